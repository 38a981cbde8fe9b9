"""The raters' totals of each stage side by side, as the lens compares them."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from core.model.assessment import ScoreSheet, Subject
from core.model.scheme import Rater, Scheme, Stage
from core.rules.exact import UNIT
from core.rules.score_plan import index_sheets, plan_categories


class StageTotals(NamedTuple):
    """A stage, its raters with a valid sheet, and their totals: by subject id, then by rater code."""

    stage: Stage
    raters: tuple[Rater, ...]
    rows: Mapping[str, Mapping[str, Fraction]]

    def beside_the_rest(self, rater: str) -> Iterator[tuple[Fraction, Fraction]]:
        """A rater's total and the mean of the others' totals, for each subject that has both."""
        for row in self.rows.values():
            if rater in row and len(row) > 1:
                own = row[rater]
                yield own, (sum(row.values()) - own) / (len(row) - 1)


def stage_totals(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet]
) -> tuple[StageTotals, ...]:
    """Every stage with the totals that count (R5); subjects without one are left out."""
    plans = plan_categories(scheme, subjects, index_sheets(scheme, sheets))
    found = []
    for place, stage in enumerate(scheme.stages):
        rows = {}
        for subject in subjects:
            if not subject.barred:
                plan = plans[subject.category][place]
                pairs = zip(plan.raters, plan.totals[subject.id], strict=True)
                row = {one.rater.code: Fraction(total, UNIT) for one, total in pairs if total is not None}
                if row:
                    rows[subject.id] = row
        present = {code for row in rows.values() for code in row}
        found.append(StageTotals(stage, tuple(one for one in stage.raters if one.code in present), rows))
    return tuple(found)
