"""What each subject has in an outcome, what differs in another, and what a new final may move."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from core.model.assessment import WAITS
from core.model.lens import Shift, Standing
from core.model.outcome import AwardFilling, Outcome
from core.model.scheme import Scheme


class Standings:
    """The standings of one outcome; subjects are told by id."""

    def __init__(self, scheme: Scheme, outcome: Outcome) -> None:
        waiting = {one: f"{each.name}（{WAITS}）" for each in outcome.awards for one in each.undecided}
        self.of: Mapping[str, Standing] = {
            each.subject_id: Standing(each.final, each.grade, each.award or waiting.get(each.subject_id, ""))
            for each in outcome.results
        }
        with_final = [(each.final, each.award) for each in self.of.values() if each.final is not None]
        with_final.sort()
        self._finals = [final for final, _ in with_final]
        self._awards = [award for _, award in with_final]
        self._fillings = outcome.awards
        self._grades = {award.code: award.grades for award in scheme.awards}

    def shifts_to(self, after: "Standings", names: Mapping[str, str]) -> tuple[Shift, ...]:
        """The subjects whose grade or award differs afterwards, best first."""
        found = [
            Shift(subject_id, names[subject_id], before, after.of[subject_id])
            for subject_id, before in self.of.items()
            if before[1:] != after.of[subject_id][1:]
        ]
        return tuple(sorted(found, key=lambda each: -(each.before.final or 0)))

    def may_move_awards(self, before: Standing, after: Standing) -> bool:
        """Whether a subject's new final and grade alone may change who has which award.

        It may where the subject meets one with another award on its way, or becomes or ceases to be a
        candidate; True is no promise.
        """
        if before.final is None or after.final is None:
            return False
        low, high = sorted((before.final, after.final))
        met = self._awards[bisect_left(self._finals, low) : bisect_right(self._finals, high)]
        if any(award != before.award for award in met):
            return True
        return before.grade != after.grade and any(
            self._may_enter_or_leave(filling, before, after) for filling in self._fillings
        )

    def _may_enter_or_leave(self, filling: AwardFilling, before: Standing, after: Standing) -> bool:
        grades = self._grades[filling.code]
        if before.grade in grades:
            return after.grade not in grades and bool(before.award)
        if after.grade not in grades or after.final is None:
            return False
        finals = [self.of[winner].final or 0 for winner in filling.winners]
        return filling.places is None or filling.open_places > 0 or after.final >= min(finals, default=0)
