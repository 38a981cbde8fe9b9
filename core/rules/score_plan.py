"""What all subjects of a category share, worked out once: leaves, whole weights, the totals of the sheets."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias, cast

from core.model.assessment import MARK_PLACES, ScoreSheet, Subject, TraceInput
from core.model.scheme import Aggregate, IncompleteSheet, Indicator, Rater, Scheme, Stage, plain
from core.rules.exact import UNIT, to_decimal, to_units

SheetsOfRater: TypeAlias = dict[str, ScoreSheet]
"""One rater's sheets in one stage, by subject id."""
BallotsOfRater: TypeAlias = Mapping[str, Sequence[ScoreSheet]]
"""The ballots that stand for one rater in one stage, by subject id."""
Points: TypeAlias = int | Fraction
"""In 10⁻⁶ points; whole but for the mean of ballots."""
Totals: TypeAlias = tuple[Points | None, ...]
NO_BALLOTS: BallotsOfRater = {}
_sum = cast("Callable[[tuple[int | None, ...]], int]", sum)
"""Raises TypeError where a mark is missing."""


class SheetIndex(NamedTuple):
    """Sheets by stage and rater, then by subject; ballots apart."""

    sheets: Mapping[tuple[str, str], SheetsOfRater]
    ballots: Mapping[tuple[str, str], BallotsOfRater]


class RaterPlan(NamedTuple):
    """A rater for one category, with its whole weight and its sheets or ballots."""

    rater: Rater
    weight: int
    sheets: SheetsOfRater
    ballots: BallotsOfRater = NO_BALLOTS

    def recusal(self, subject_id: str) -> ScoreSheet | None:
        """The sheet that says that the rater stays out for this subject (回避)."""
        sheet = self.sheets.get(subject_id)
        found = self.ballots.get(subject_id, ()) if sheet is None else (sheet,)
        return next((one for one in found if one.recused), None)


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage for one category; `weight` is whole, full marks and totals are in 10⁻⁶ points.

    `totals` are by subject id, then as the raters: those of the valid sheets (R2), None where there is none.
    `straight` tells that complete sheets are simply weighted: then `weights` follow the raters, and the
    stage's score is their weighted sum × `factor` / `under`; `working` has a place for each total.
    `title` and `heading` are those of the step that lists the sheets; `bounds` are the weights that the
    scheme only bounds, as inputs of the step that weighs.
    """

    stage: Stage
    leaves: tuple[Indicator, ...]
    raters: tuple[RaterPlan, ...]
    totals: Mapping[str, Totals]
    weight: int
    full: int
    scheme_full: int
    straight: bool
    weights: tuple[int, ...]
    factor: int
    under: int
    working: str
    title: str
    heading: str
    bounds: tuple[TraceInput, ...]


def index_sheets(scheme: Scheme, sheets: Sequence[ScoreSheet]) -> SheetIndex:
    """The sheets as the plans find them."""
    boxes = {(stage.code, rater.code) for stage in scheme.stages for rater in stage.raters if rater.ballots}
    ballots: dict[tuple[str, str], dict[str, list[ScoreSheet]]] = defaultdict(lambda: defaultdict(list))
    if boxes:
        for sheet in sheets:
            if (sheet.stage, sheet.rater) in boxes:
                ballots[sheet.stage, sheet.rater][sheet.subject_id].append(sheet)
        sheets = [sheet for sheet in sheets if (sheet.stage, sheet.rater) not in boxes]
    index: dict[tuple[str, str], SheetsOfRater] = defaultdict(dict)
    for sheet in sheets:
        index[sheet.stage, sheet.rater][sheet.subject_id] = sheet
    return SheetIndex(index, ballots)


def plan_categories(
    scheme: Scheme, subjects: Iterable[Subject], index: SheetIndex
) -> dict[str, tuple[StagePlan, ...]]:
    """The stages as they apply to each category that is assessed."""
    ids: dict[str, list[str]] = defaultdict(list)
    for subject in subjects:
        if not subject.barred:
            ids[subject.category].append(subject.id)
    return {
        category: tuple(_plan(scheme, stage, category, of_category, index) for stage in scheme.stages)
        for category, of_category in ids.items()
    }


def _plan(scheme: Scheme, stage: Stage, category: str, ids: Sequence[str], index: SheetIndex) -> StagePlan:
    leaves = scheme.leaves(stage.code, category)
    raters = []
    for rater in stage.raters:
        weight = to_units(rater.weight_for(category)[0])
        if weight:
            key = stage.code, rater.code
            raters.append(
                RaterPlan(rater, weight, index.sheets.get(key, {}), index.ballots.get(key, NO_BALLOTS))
            )
    sheets = [rater.sheets for rater in raters]
    weights = tuple(rater.weight for rater in raters)
    full, scheme_full = to_units(stage.full), to_units(scheme.full)
    factor, divisor = (1, 1) if full == scheme_full else (scheme_full, full)
    return StagePlan(
        stage=stage,
        leaves=leaves,
        raters=tuple(raters),
        totals={one: _totals(raters, sheets, one, scheme.incomplete_sheet) for one in ids},
        weight=to_units(stage.weight),
        full=full,
        scheme_full=scheme_full,
        straight=stage.aggregate is Aggregate.MEAN
        and len(raters) >= stage.minimum_sheets
        and not scheme.rounding.each_stage
        and not any(rater.rater.ballots for rater in raters),
        weights=weights,
        factor=factor,
        under=sum(weights) * UNIT * divisor,
        working=weighted_working(weights),
        title=f"{stage.name}评分表",
        heading=f"各项依次为：{'、'.join(leaf.name for leaf in leaves)}",
        bounds=tuple(_bounds(raters, category)),
    )


def _bounds(raters: Iterable[RaterPlan], category: str) -> Iterator[TraceInput]:
    for rater in raters:
        _, bound = rater.rater.weight_for(category)
        if bound is not None:
            label = f"{rater.rater.name}的权重"
            yield TraceInput(label, weight_text(rater.weight), f"考核方案要求不低于 {plain(bound)}%")


def weighted_working(weights: Sequence[int]) -> str:
    """How totals with these weights are averaged, with a place for each total."""
    terms = " + ".join(f"%s×{weight_text(weight)}" for weight in weights)
    return f"({terms}) ÷ {weight_text(sum(weights))}"


def weight_text(weight: int) -> str:
    """A whole weight as it is written in the scheme."""
    return plain(to_decimal(weight, MARK_PLACES))


def ballot_totals(ballots: Iterable[ScoreSheet], incomplete: IncompleteSheet) -> list[int]:
    """The totals of the valid ballots, the highest first."""
    totals = (_total(ballot, incomplete) for ballot in ballots)
    return sorted((total for total in totals if total is not None), reverse=True)


def valid_sheets(rater: RaterPlan, subject_id: str, incomplete: IncompleteSheet) -> list[ScoreSheet]:
    """What a rater with a total gave: its one sheet, or its valid ballots."""
    if not rater.rater.ballots:
        return [rater.sheets[subject_id]]
    return [one for one in rater.ballots[subject_id] if _total(one, incomplete) is not None]


def _totals(
    raters: Iterable[RaterPlan],
    sheets: Iterable[SheetsOfRater],
    subject_id: str,
    incomplete: IncompleteSheet,
) -> Totals:
    """The totals of one subject, as the raters; `sheets` are theirs.

    As a rule all sheets are there and complete: to look for gaps first would cost as much as the sums, and
    to go rater by rater more still, as the sheets of a subject lie together in memory.
    """
    try:
        return tuple([None if (one := own[subject_id]).recused else _sum(one.marks) for own in sheets])
    except (KeyError, TypeError):
        return tuple(_points(rater, subject_id, incomplete) for rater in raters)


def _points(rater: RaterPlan, subject_id: str, incomplete: IncompleteSheet) -> Points | None:
    if not rater.rater.ballots:
        return _total(rater.sheets.get(subject_id), incomplete)
    totals = ballot_totals(rater.ballots.get(subject_id, ()), incomplete)
    if len(totals) < max(rater.rater.minimum_ballots, 1):
        return None
    mean = Fraction(sum(totals), len(totals))
    return mean.numerator if mean.denominator == 1 else mean


def _total(sheet: ScoreSheet | None, incomplete: IncompleteSheet) -> int | None:
    """The total of a sheet, None where it is not valid (R5)."""
    if sheet is None or sheet.recused:
        return None
    empty = sheet.marks.count(None)
    if empty == len(sheet.marks) or (empty and incomplete is IncompleteSheet.IGNORE):
        return None
    return sum(mark or 0 for mark in sheet.marks)
