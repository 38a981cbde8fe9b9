"""What residents' ballots come to: which count (R5), and the sheets that the engine gets of them."""

from collections.abc import Sequence
from functools import cache

from core.model.assessment import ScoreSheet, Source, Subject
from core.model.ballot import Ballot
from core.model.scheme import Indicator, Scheme
from core.rules.leaf_marks import points_for


def ballot_fault(leaves: Sequence[Indicator], answers: Sequence[str]) -> str:
    """Why a ballot with these answers does not count; empty if it does.

    An answer that is missing or no mark of its indicator makes the whole ballot invalid.
    """
    for place, (leaf, answer) in enumerate(zip(leaves, answers, strict=True), start=1):
        if not answer.strip():
            return f"第 {place} 项“{leaf.name}”没有填"
        if points_for(leaf, answer) is None:
            return f"第 {place} 项“{leaf.name}”填了“{answer}”，{leaf.range_text()}"
    return ""


def ballot_sheets(
    scheme: Scheme, subjects: Sequence[Subject], ballots: Sequence[Ballot]
) -> tuple[ScoreSheet, ...]:
    """One sheet for each ballot that counts, under the ballot's id."""
    categories = {subject.id: subject.category for subject in subjects}
    answers_of = cache(lambda stage, category: tuple(map(_Answers, scheme.leaves(stage, category))))
    return tuple(
        [
            ScoreSheet(
                ballot.id,
                ballot.cycle_id,
                ballot.subject_id,
                ballot.stage,
                ballot.rater,
                _marks(answers_of(ballot.stage, categories[ballot.subject_id]), ballot.first),
                source=Source(
                    sheet=f"第 {ballot.number} 号票", person=f"{ballot.first_by}、{ballot.second_by}"
                ),
            )
            for ballot in ballots
            if ballot.counts
        ]
    )


class _Answers(dict[str, int | None]):
    """What each answer earns for a leaf, remembered: ballots give the same few by the thousand."""

    def __init__(self, leaf: Indicator) -> None:
        super().__init__()
        self._leaf = leaf

    def __missing__(self, answer: str) -> int | None:
        """Work it out once."""
        points = self[answer] = points_for(self._leaf, answer)
        return points


def _marks(known: Sequence[_Answers], answers: Sequence[str]) -> tuple[int | None, ...]:
    return tuple([each[answer] for each, answer in zip(known, answers, strict=True)])
