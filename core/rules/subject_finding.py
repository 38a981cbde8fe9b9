"""Which assessed organization a name in a score file means."""

import re
from collections import defaultdict
from collections.abc import Iterable

from core.model.score_import import SubjectFacts
from core.rules.cell_values import Read, fault, name_key, note

_ADDITION = re.compile(r"\([^()]*\)$")
_REMEDY = "请把名称改成与名册一致"


class SubjectFinder:
    """Finds subjects by name, by name and community, and without an addition in brackets such as (社团)."""

    def __init__(self, subjects: Iterable[SubjectFacts]) -> None:
        """Index these subjects."""
        self._by_name: dict[str, list[SubjectFacts]] = defaultdict(list)
        self._by_bare_name: dict[str, list[SubjectFacts]] = defaultdict(list)
        for subject in subjects:
            key = name_key(subject.name)
            self._by_name[key].append(subject)
            self._by_bare_name[_ADDITION.sub("", key)].append(subject)

    def find(self, name: str, community: str = "") -> Read[SubjectFacts | None]:
        """The one subject meant; a fault if there is none or more than one."""
        key, place = name_key(name), name_key(community)
        exact = _of_community(self._by_name.get(key, []), place)
        if len(exact) == 1:
            return Read(exact[0])
        near = exact or self._near(key, place)
        if len(near) == 1:
            return Read(near[0], (note(f"按“{near[0].name}”计"),))
        if near:
            names = "、".join(f"“{subject.name}”（{subject.community}）" for subject in near)
            return Read(None, (fault(f"分不清是哪一个：{names}", _REMEDY),))
        return Read(None, (fault("本年度考核对象中没有这个名称", _REMEDY),))

    def _near(self, key: str, place: str) -> list[SubjectFacts]:
        """Subjects that differ by an addition on one side only, or by the community in front."""
        bare = _ADDITION.sub("", key)
        if bare != key:
            near = self._by_name.get(bare, [])
        else:
            near = [subject for subject in self._by_bare_name.get(key, []) if name_key(subject.name) != key]
        return _of_community(near or self._by_name.get(place + key, []), place)


def _of_community(subjects: list[SubjectFacts], place: str) -> list[SubjectFacts]:
    """Those of the community, if it is given and tells several apart."""
    here = [subject for subject in subjects if place and name_key(subject.community) == place]
    return here if len(subjects) > 1 and here else subjects
