"""From sheets to the final score (R2-R8), exact to the last digit."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from core.model.assessment import Entry, EntryKind, ScoreSheet, Subject
from core.model.scheme import Aggregate, IncompleteSheet, MissingRater, MissingStage, Rounding, Scheme
from core.rules.exact import UNIT, Ratio, to_units
from core.rules.score_plan import RaterPlan, StagePlan

TRIMMED_FROM = 5
"""From this many sheets on, `trimmed` drops the highest and the lowest (R4)."""


class SheetScore(NamedTuple):
    """What one rater gave, in 10⁻⁶ points; without a sheet: the 0 that the scheme puts in its place."""

    rater: RaterPlan
    sheet: ScoreSheet | None
    total: int


class Gap(NamedTuple):
    """A rater without a valid sheet, and why."""

    rater: RaterPlan
    sheet: ScoreSheet | None
    why: str


class StageScore(NamedTuple):
    """A stage of one subject; `counted` are the sheets that made the value, None where the stage is missing.

    `weighted` is false where the aggregate ignores the weights.
    """

    plan: StagePlan
    sheets: tuple[SheetScore, ...]
    gaps: tuple[Gap, ...]
    counted: tuple[SheetScore, ...]
    weighted: bool
    value: Ratio | None


class SubjectScore(NamedTuple):
    """The whole way of one subject to its final; `final` is in units of the scheme's last shown place."""

    subject: Subject
    stages: tuple[StageScore, ...]
    base: Ratio | None
    bonus: int
    deductions: int
    raw: Ratio | None
    final: int | None
    entries: tuple[Entry, ...]


def score_subject(
    scheme: Scheme, subject: Subject, plans: Sequence[StagePlan], entries: tuple[Entry, ...]
) -> SubjectScore:
    """What a subject reaches; base, raw and final are None where a stage is missing that must not be."""
    stages = tuple(score_stage(scheme, plan, subject.id) for plan in plans)
    base = _base(scheme, stages)
    bonus = _sum(entries, EntryKind.BONUS) if entries else 0
    deductions = _sum(entries, EntryKind.DEDUCTION) if entries else 0
    if base is None:
        return SubjectScore(subject, stages, None, bonus, deductions, None, None, entries)
    raw = _raw(scheme, base, bonus, deductions)
    return SubjectScore(
        subject, stages, base, bonus, deductions, raw, raw.rounded(scheme.rounding.places), entries
    )


def score_stage(scheme: Scheme, plan: StagePlan, subject_id: str) -> StageScore:
    """One stage of one subject (R2-R5)."""
    zero_empty = scheme.incomplete_sheet is IncompleteSheet.ZERO
    valid: list[SheetScore] = []
    gaps: list[Gap] = []
    zeros: list[SheetScore] = []
    for rater in plan.raters:
        sheet = rater.sheets.get(subject_id)
        total = _total(sheet, zero_empty) if sheet is not None else None
        if total is not None:
            valid.append(SheetScore(rater, sheet, total))
            continue
        gaps.append(Gap(rater, sheet, _why(sheet, plan)))
        if scheme.missing_rater is MissingRater.ZERO and not (sheet and sheet.recused):
            zeros.append(SheetScore(rater, None, 0))
    sheets = tuple(valid)
    if len(valid) < max(plan.stage.minimum_sheets, 1):
        return StageScore(plan, sheets, tuple(gaps), (), True, None)
    counted, weighted = _counted(plan.stage.aggregate, (*sheets, *zeros))
    value = _scaled(plan, mean_of(counted, weighted), scheme.rounding)
    return StageScore(plan, sheets, tuple(gaps), counted, weighted, value)


def _total(sheet: ScoreSheet, zero_empty: bool) -> int | None:
    if sheet.recused:
        return None
    if None not in sheet.marks:
        return sum(cast(tuple[int, ...], sheet.marks))
    given = [mark for mark in sheet.marks if mark is not None]
    return sum(given) if zero_empty and given else None


def _why(sheet: ScoreSheet | None, plan: StagePlan) -> str:
    if sheet is None:
        return "没有评分表"
    if sheet.recused:
        return f"回避：{sheet.recused}"
    empty = [leaf.name for leaf, mark in zip(plan.leaves, sheet.marks, strict=True) if mark is None]
    if len(empty) == len(sheet.marks):
        return f"没有评分（{sheet.remark}）" if sheet.remark else "没有评分"
    return f"缺{'、'.join(empty)}"


def _counted(aggregate: Aggregate, sheets: tuple[SheetScore, ...]) -> tuple[tuple[SheetScore, ...], bool]:
    """The sheets that count, and whether by weight."""
    if aggregate is Aggregate.MEAN or (aggregate is Aggregate.TRIMMED and len(sheets) < TRIMMED_FROM):
        return sheets, True
    ordered = sorted(sheets, key=lambda score: score.total)
    if aggregate is Aggregate.TRIMMED:
        return tuple(ordered[1:-1]), False
    middle = (len(ordered) - 1) // 2
    return tuple(ordered[middle : len(ordered) - middle]), False


def mean_of(counted: Iterable[SheetScore], weighted: bool) -> Ratio:
    """The mean of sheets, in points of their stage."""
    over = under = 0
    for rater, _, total in counted:
        weight = rater.weight if weighted else 1
        over += weight * total
        under += weight
    return Ratio(over, under * UNIT)


def _scaled(plan: StagePlan, mean: Ratio, rounding: Rounding) -> Ratio:
    """A stage's mean in points of the scheme (R3)."""
    if plan.full != plan.scheme_full:
        mean = Ratio(mean.over * plan.scheme_full, mean.under * plan.full)
    return _stage_rounded(mean, rounding)


def _stage_rounded(value: Ratio, rounding: Rounding) -> Ratio:
    if not rounding.each_stage:
        return value
    return Ratio(value.rounded(rounding.places), int(10**rounding.places))


def _base(scheme: Scheme, stages: Sequence[StageScore]) -> Ratio | None:
    """Weighted mean of the stages (R6), with the scheme's answer to missing ones (R5)."""
    if all(stage.value is None for stage in stages):
        return None
    over, under, weights = 0, 1, 0
    for stage in stages:
        if stage.value is None and scheme.missing_stage is MissingStage.BLOCK:
            return None
        if stage.value is None and scheme.missing_stage is MissingStage.RENORMALISE:
            continue
        value = stage.value or Ratio(0, 1)
        over = over * value.under + stage.plan.weight * value.over * under
        under *= value.under
        weights += stage.plan.weight
    return _stage_rounded(Ratio(over, under * weights), scheme.rounding)


def _sum(entries: Sequence[Entry], kind: EntryKind) -> int:
    return sum(to_units(entry.points) for entry in entries if entry.kind is kind and entry.points is not None)


def _raw(scheme: Scheme, base: Ratio, bonus: int, deductions: int) -> Ratio:
    """Base with bonus and deductions, each up to its cap, within floor and cap of the scheme (R7)."""
    change = capped_bonus(scheme, bonus) - capped_deductions(scheme, deductions)
    raw = Ratio(base.over * UNIT + change * base.under, base.under * UNIT) if change else base
    low, high = to_units(scheme.score_floor), to_units(scheme.score_cap)
    if raw.over * UNIT < low * raw.under:
        return Ratio(low, UNIT)
    return Ratio(high, UNIT) if raw.over * UNIT > high * raw.under else raw


def capped_bonus(scheme: Scheme, bonus: int) -> int:
    """The part of the bonus that counts."""
    return bonus if scheme.bonus_cap is None else min(bonus, to_units(scheme.bonus_cap))


def capped_deductions(scheme: Scheme, deductions: int) -> int:
    """The part of the deductions that counts."""
    return deductions if scheme.deduction_cap is None else min(deductions, to_units(scheme.deduction_cap))
