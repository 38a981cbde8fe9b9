"""What all subjects of a category share, worked out once: leaves, whole weights, the totals of the sheets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

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
    columns = [_column(rater, ids, scheme.incomplete_sheet) for rater in raters]
    weights = tuple(rater.weight for rater in raters)
    full, scheme_full = to_units(stage.full), to_units(scheme.full)
    factor, divisor = (1, 1) if full == scheme_full else (scheme_full, full)
    return StagePlan(
        stage=stage,
        leaves=leaves,
        raters=tuple(raters),
        totals=dict(zip(ids, zip(*columns, strict=True), strict=True)),
        weight=to_units(stage.weight),
        full=full,
        scheme_full=scheme_full,
        straight=stage.aggregate is Aggregate.MEAN
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
            yield TraceInput(label, weight_text(rater.weight), f"考核方案，不低于 {plain(bound)}%")


def weighted_working(weights: Sequence[int]) -> str:
    """How totals with these weights are averaged, with a place for each total."""
    terms = " + ".join(f"%s×{weight_text(weight)}" for weight in weights)
    return f"({terms}) ÷ {weight_text(sum(weights))}"


def weight_text(weight: int) -> str:
    """A whole weight as it is written in the scheme."""
    return plain(to_decimal(weight, MARK_PLACES))


def ballot_totals(ballots: Sequence[ScoreSheet], incomplete: IncompleteSheet) -> list[int]:
    """The totals of the valid ballots, the highest first."""
    return sorted((total for total in _totals(ballots, incomplete) if total is not None), reverse=True)


def valid_sheets(rater: RaterPlan, subject_id: str, incomplete: IncompleteSheet) -> list[ScoreSheet]:
    """What a rater with a total gave: its one sheet, or its valid ballots."""
    if not rater.rater.ballots:
        return [rater.sheets[subject_id]]
    ballots = rater.ballots[subject_id]
    totals = _totals(ballots, incomplete)
    return [sheet for sheet, total in zip(ballots, totals, strict=True) if total is not None]


def _column(rater: RaterPlan, ids: Iterable[str], incomplete: IncompleteSheet) -> Sequence[Points | None]:
    """One rater's totals, as the ids."""
    if not rater.rater.ballots:
        return _totals(map(rater.sheets.get, ids), incomplete)
    return [_ballot_mean(rater, one, incomplete) for one in ids]


def _ballot_mean(rater: RaterPlan, subject_id: str, incomplete: IncompleteSheet) -> Points | None:
    totals = ballot_totals(rater.ballots.get(subject_id, ()), incomplete)
    if len(totals) < max(rater.rater.minimum_ballots, 1):
        return None
    mean = Fraction(sum(totals), len(totals))
    return mean.numerator if mean.denominator == 1 else mean


def _totals(sheets: Iterable[ScoreSheet | None], incomplete: IncompleteSheet) -> list[int | None]:
    """The total of each sheet, None where it is not valid (R5)."""
    totals: list[int | None] = []
    for sheet in sheets:
        if sheet is None or sheet.recused:
            totals.append(None)
            continue
        try:
            totals.append(sum(sheet.marks))  # type: ignore[arg-type]  # looking for None costs more
        except TypeError:
            totals.append(_incomplete_total(sheet, incomplete))
    return totals


def _incomplete_total(sheet: ScoreSheet, incomplete: IncompleteSheet) -> int | None:
    if incomplete is IncompleteSheet.IGNORE or all(mark is None for mark in sheet.marks):
        return None
    return sum(mark or 0 for mark in sheet.marks)
