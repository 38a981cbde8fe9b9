"""Ranks 1, 2, 2, 4 on the final score (R12)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from core.model.assessment import Subject
from core.model.scheme import RankWithin, Scheme
from core.rules.grading import COMPLETE, Verdict

_GROUPS: Mapping[RankWithin, Callable[[Subject], str]] = {
    RankWithin.ALL: lambda subject: "",
    RankWithin.CATEGORY: lambda subject: subject.category,
    RankWithin.KIND: lambda subject: subject.kind,
}


class Rank(NamedTuple):
    """A place: `number` among `of` ranked subjects, `equals` of them (itself too) with this number."""

    number: int
    of: int
    equals: int


def rank_subjects(scheme: Scheme, verdicts: Iterable[Verdict]) -> dict[str, Rank]:
    """The rank of every subject that has one, by subject id: complete results only."""
    group_of = _GROUPS[scheme.rank_within]
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for verdict in verdicts:
        score = verdict.score
        if verdict.state is COMPLETE and score.final is not None:
            groups[group_of(score.subject)][score.subject.id] = score.final
    ranks: dict[str, Rank] = {}
    for finals in groups.values():
        rank_of = _ranks(finals.values())
        ranks.update((subject_id, rank_of[final]) for subject_id, final in finals.items())
    return ranks


def _ranks(finals: Iterable[int]) -> dict[int, Rank]:
    """The rank of each final that occurs."""
    counts = Counter(finals)
    of, ahead = counts.total(), 0
    ranks = {}
    for final in sorted(counts, reverse=True):
        ranks[final] = Rank(ahead + 1, of, counts[final])
        ahead += counts[final]
    return ranks
