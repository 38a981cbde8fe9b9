"""What all subjects of a category share, worked out once: leaves, whole weights, the totals of the sheets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from core.model.assessment import MARK_PLACES, ScoreSheet, Subject
from core.model.scheme import Aggregate, IncompleteSheet, Indicator, Rater, Scheme, Stage, plain
from core.rules.exact import UNIT, to_decimal, to_units

SheetsOfRater: TypeAlias = dict[str, ScoreSheet]
"""One rater's sheets in one stage, by subject id."""
SheetIndex: TypeAlias = Mapping[tuple[str, str], SheetsOfRater]
"""Sheets by stage and rater."""
Totals: TypeAlias = tuple[int | None, ...]


class RaterPlan(NamedTuple):
    """A rater for one category, with its whole weight and its sheets."""

    rater: Rater
    weight: int
    sheets: SheetsOfRater


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage for one category; `weight` is whole, full marks and totals are in 10⁻⁶ points.

    `totals` are by subject id, then as the raters: those of the valid sheets (R2), None where there is none.
    `straight` tells that complete sheets are simply weighted: then `weights` follow the raters, and the
    stage's score is their weighted sum × `factor` / `under`; `working` has a place for each total.
    `title` and `heading` are those of the step that lists the sheets.
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


def index_sheets(sheets: Iterable[ScoreSheet]) -> SheetIndex:
    """The sheets by stage and rater, then by subject."""
    index: dict[tuple[str, str], SheetsOfRater] = defaultdict(dict)
    for sheet in sheets:
        index[sheet.stage, sheet.rater][sheet.subject_id] = sheet
    return index


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
            raters.append(RaterPlan(rater, weight, index.get((stage.code, rater.code), {})))
    columns = [_totals(rater.sheets, ids, scheme.incomplete_sheet) for rater in raters]
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
        straight=stage.aggregate is Aggregate.MEAN and not scheme.rounding.each_stage,
        weights=weights,
        factor=factor,
        under=sum(weights) * UNIT * divisor,
        working=weighted_working(weights),
        title=f"{stage.name}评分表",
        heading=f"各项依次为：{'、'.join(leaf.name for leaf in leaves)}",
    )


def weighted_working(weights: Sequence[int]) -> str:
    """How totals with these weights are averaged, with a place for each total."""
    terms = " + ".join(f"%s×{weight_text(weight)}" for weight in weights)
    return f"({terms}) ÷ {weight_text(sum(weights))}"


def weight_text(weight: int) -> str:
    """A whole weight as it is written in the scheme."""
    return plain(to_decimal(weight, MARK_PLACES))


def _totals(sheets: SheetsOfRater, ids: Iterable[str], incomplete: IncompleteSheet) -> list[int | None]:
    """One rater's totals, as the ids."""
    totals: list[int | None] = []
    for sheet in map(sheets.get, ids):
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
