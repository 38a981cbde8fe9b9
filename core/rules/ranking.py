"""Ranks 1, 2, 2, 4 on the final score (R12)."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from core.model.assessment import ResultState
from core.model.scheme import RankWithin, Scheme
from core.rules.grading import Verdict


class Rank(NamedTuple):
    """A place: `number` among `of` ranked subjects, `equals` of them (itself too) with this number."""

    number: int
    of: int
    equals: int


def rank_subjects(scheme: Scheme, verdicts: Iterable[Verdict]) -> dict[str, Rank]:
    """The rank of every subject that has one, by subject id: complete results only."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for verdict in verdicts:
        score = verdict.score
        if verdict.state is ResultState.COMPLETE and score.final is not None:
            within = score.subject.category if scheme.rank_within is RankWithin.CATEGORY else ""
            groups.setdefault(within, []).append((-score.final, score.subject.id))
    return {subject_id: rank for group in groups.values() for subject_id, rank in _ranks(group)}


def _ranks(group: Sequence[tuple[int, str]]) -> Iterable[tuple[str, Rank]]:
    ahead = 0
    for _, equals in groupby(sorted(group), key=lambda pair: pair[0]):
        ids = [subject_id for _, subject_id in equals]
        for subject_id in ids:
            yield subject_id, Rank(ahead + 1, len(group), len(ids))
        ahead += len(ids)
