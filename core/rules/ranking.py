"""Ranks 1, 2, 2, 4 on the final score (R12)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from core.model.assessment import Subject
from core.model.cycle_view import ranked_among
from core.model.scheme import Scheme
from core.rules.grading import COMPLETE, Verdict


class Rank(NamedTuple):
    """A place: `number` among `of` ranked subjects, `equals` of them (itself too) with this number."""

    number: int
    of: int
    equals: int


def rank_subjects(scheme: Scheme, verdicts: Iterable[Verdict]) -> dict[str, Rank]:
    """The rank of every subject that has one, by subject id: complete results only."""
    return rank_finals(
        scheme,
        (
            (verdict.score.subject, verdict.score.final)
            for verdict in verdicts
            if verdict.state is COMPLETE and verdict.score.final is not None
        ),
    )


def rank_finals(scheme: Scheme, finals: Iterable[tuple[Subject, int]]) -> dict[str, Rank]:
    """The rank of each subject by its score, in whole units of the place that is shown; highest first."""
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for subject, final in finals:
        groups[ranked_among(scheme.rank_within, subject)][subject.id] = final
    ranks: dict[str, Rank] = {}
    for of_group in groups.values():
        rank_of = _ranks(of_group.values())
        ranks.update((subject_id, rank_of[final]) for subject_id, final in of_group.items())
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
