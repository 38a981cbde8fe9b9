"""The steps of a trace from the sheets to the final (R2-R8), to be followed with a pocket calculator."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.model.assessment import Entry, EntryKind, ScoreSheet, Source, TraceInput, TraceStep
from core.model.scheme import Aggregate, MissingRater, MissingStage, Scheme
from core.rules.exact import UNIT, Ratio, plain, points, to_decimal, to_units, units_text
from core.rules.score_plan import StagePlan
from core.rules.scoring import (
    Gap,
    SheetScore,
    StageScore,
    SubjectScore,
    capped_bonus,
    capped_deductions,
    mean_of,
)

EMPTY = "0（未填）"


def source_text(source: Source) -> str:
    """Where a figure comes from: `scores.xlsx 联动部门 第 12 行`, or who typed it and when."""
    if source.file:
        row = f" 第 {source.row} 行" if source.row else ""
        return f"{source.file} {source.sheet}{row}"
    return f"{source.person} {source.at}".strip()


def score_steps(scheme: Scheme, score: SubjectScore) -> Iterator[TraceStep]:
    """All steps up to the final, or up to what is missing."""
    for stage in score.stages:
        yield from _stage(scheme, stage)
    if score.base is None or score.raw is None or score.final is None:
        missing = "、".join(stage.plan.stage.name for stage in score.stages if stage.value is None)
        yield TraceStep("R5", "总分", (), f"缺环节：{missing}", "未完成")
        return
    if len(score.stages) > 1:
        yield _base(scheme, score.stages, score.base)
    change = [entry for entry in score.entries if entry.kind is not EntryKind.VETO]
    if change or score.raw != score.base:
        yield _raw(scheme, score, score.base, score.raw, change)
    final = str(to_decimal(score.final, scheme.rounding.places))
    yield TraceStep("R8", "取整", (), _rounding(score.raw, scheme.rounding.places), final)


def _stage(scheme: Scheme, stage: StageScore) -> Iterator[TraceStep]:
    for score in stage.sheets:
        if score.sheet is not None:
            yield _sheet(stage.plan, score, score.sheet)
    for gap in stage.gaps:
        yield _gap(scheme, gap)
    if stage.value is None:
        yield _missing_stage(scheme, stage)
        return
    mean = mean_of(stage.counted, stage.weighted)
    name, value = stage.plan.stage.name, mean.text()
    yield TraceStep("R4", name, (), f"{_mean(stage)} = {value}", value)
    if stage.plan.full != stage.plan.scheme_full:
        full, scheme_full = (units_text(units) for units in (stage.plan.full, stage.plan.scheme_full))
        scaled = Ratio(mean.over * stage.plan.scheme_full, mean.under * stage.plan.full)
        working = f"{_operand(value)} ÷ {full} × {scheme_full} = {scaled.text()}"
        yield TraceStep("R3", f"{name}折算到满分 {plain(scheme.full)}", (), working, scaled.text())
        mean = scaled
    if scheme.rounding.each_stage:
        places = scheme.rounding.places
        final = str(to_decimal(mean.rounded(places), places))
        yield TraceStep("R8", f"{name}取整", (), _rounding(mean, places), final)


def _sheet(plan: StagePlan, score: SheetScore, sheet: ScoreSheet) -> TraceStep:
    total = units_text(score.total)
    texts = [EMPTY if mark is None else units_text(mark) for mark in sheet.marks]
    name = score.rater.rater.name
    inputs = (TraceInput(name, total, source_text(sheet.source)), *_issues(sheet))
    return TraceStep("R2", f"{name}评分表", inputs, f"{plan.working % tuple(texts)} = {total}", total)


def _issues(sheet: ScoreSheet) -> tuple[TraceInput, ...]:
    if not sheet.issues:
        return ()
    return tuple(TraceInput("填写有疑问", issue.text, issue.message) for issue in sheet.issues)


def _gap(scheme: Scheme, gap: Gap) -> TraceStep:
    inputs: tuple[TraceInput, ...] = ()
    zero = scheme.missing_rater is MissingRater.ZERO
    if gap.sheet is not None:
        zero = zero and not gap.sheet.recused
        inputs = (
            TraceInput(gap.rater.rater.name, gap.why, source_text(gap.sheet.source)),
            *_issues(gap.sheet),
        )
    working = "按 0 分计" if zero else "不计，其余评分方按各自权重折算"
    return TraceStep(
        "R5", f"{gap.rater.rater.name}缺评分", inputs, f"{gap.why}：{working}", "0.00" if zero else "不计"
    )


def _missing_stage(scheme: Scheme, stage: StageScore) -> TraceStep:
    needed, found = max(stage.plan.stage.minimum_sheets, 1), len(stage.sheets)
    working = f"有效评分表 {found} 张，至少要 {needed} 张"
    outcome = {
        MissingStage.BLOCK: "缺这一环节，不能评定",
        MissingStage.RENORMALISE: "不计，其余环节按权重折算",
        MissingStage.ZERO: "0.00",
    }[scheme.missing_stage]
    return TraceStep("R5", f"{stage.plan.stage.name}缺评分", (), working, outcome)


def _mean(stage: StageScore) -> str:
    counted = stage.counted
    if stage.weighted:
        terms = " + ".join([f"{units_text(one.total)}×{one.rater.weight_text}" for one in counted])
        return f"({terms}) ÷ {units_text(sum([one.rater.weight for one in counted])).removesuffix('.00')}"
    terms = " + ".join(units_text(one.total) for one in counted)
    mean = f"({terms}) ÷ {len(counted)}" if len(counted) > 1 else terms
    if stage.plan.stage.aggregate is Aggregate.TRIMMED:
        return f"去掉一个最高、一个最低，不计权重：{mean}"
    return f"中位数：{mean}"


def _base(scheme: Scheme, stages: Sequence[StageScore], base: Ratio) -> TraceStep:
    renormalise = scheme.missing_stage is MissingStage.RENORMALISE
    used = [stage for stage in stages if stage.value is not None or not renormalise]
    terms = [
        f"{_operand((stage.value or Ratio(0, 1)).text())}×{plain(stage.plan.stage.weight)}" for stage in used
    ]
    weights = plain(sum((stage.plan.stage.weight for stage in used), Decimal(0)))
    working = f"({' + '.join(terms)}) ÷ {weights} = {base.text()}"
    return TraceStep("R6", "各环节合计", (), working, base.text())


def _operand(text: str) -> str:
    """A value inside a calculation: its exact fraction where it does not end."""
    return f"({text.partition(' ≈ ')[0]})" if " ≈ " in text else text


def _raw(scheme: Scheme, score: SubjectScore, base: Ratio, raw: Ratio, entries: Sequence[Entry]) -> TraceStep:
    words = {EntryKind.BONUS: "加分", EntryKind.DEDUCTION: "扣分"}
    inputs = tuple(
        TraceInput(
            f"{words[entry.kind]}：{entry.reason}",
            points(entry.points or Decimal(0)),
            source_text(entry.source),
        )
        for entry in entries
    )
    bonus, deductions = capped_bonus(scheme, score.bonus), capped_deductions(scheme, score.deductions)
    parts = [
        _sum(entries, EntryKind.BONUS, "加分", score.bonus, bonus),
        _sum(entries, EntryKind.DEDUCTION, "扣分", score.deductions, deductions),
    ]
    change = Ratio(base.over * UNIT + (bonus - deductions) * base.under, base.under * UNIT)
    signs = f" + {units_text(bonus)}" * bool(bonus) + f" − {units_text(deductions)}" * bool(deductions)
    parts.append(f"{_operand(base.text())}{signs} = {change.text()}")
    if change.fraction() != raw.fraction():
        parts.append(f"总分限于 {plain(scheme.score_floor)} 至 {plain(scheme.score_cap)} 分，计 {raw.text()}")
    return TraceStep("R7", "加分扣分", inputs, "；".join(filter(None, parts)), raw.text())


def _sum(entries: Sequence[Entry], kind: EntryKind, word: str, total: int, counted: int) -> str:
    """How several entries of a kind add up, and what of it counts; empty where there is nothing to add."""
    terms = [units_text(to_units(one.points)) for one in entries if one.kind is kind and one.points]
    if not terms or (len(terms) == 1 and total == counted):
        return ""
    text = f"{word} {' + '.join(terms)}"
    text += f" = {units_text(total)}" if len(terms) > 1 else ""
    return text if total == counted else f"{text}，最多计 {units_text(counted)}"


def _rounding(value: Ratio, places: int) -> str:
    rounded = value.rounded(places)
    text = f"{value.text()} → {to_decimal(rounded, places)}（四舍五入，保留 {places} 位小数）"
    shown = Ratio(value.rounded(6), UNIT)
    return text if shown.rounded(places) == rounded else f"{text}；取整看精确值，它略小于所示的近似值"
