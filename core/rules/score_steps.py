"""The steps of a trace from the sheets to the final (R2-R8), to be followed with a pocket calculator."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from core.model.assessment import MARK_PLACES, Entry, EntryKind, ScoreSheet, Source, TraceInput, TraceStep
from core.model.scheme import Aggregate, MissingStage, Rater, Scheme, plain
from core.rules.change_items import item_of
from core.rules.exact import (
    UNIT,
    DecimalTexts,
    Ratio,
    RatioTexts,
    UnitsTexts,
    points,
    to_units,
    units_text,
)
from core.rules.score_plan import RaterPlan, StagePlan, ballot_totals, weighted_working
from core.rules.scoring import (
    StageScore,
    SubjectScore,
    Terms,
    capped,
    changed,
    exact_base,
    missing_is_zero,
    scaled,
    stage_terms,
)

EMPTY = "0（未填）"
_CHANGES = (EntryKind.BONUS, EntryKind.DEDUCTION)


def source_text(source: Source) -> str:
    """Where a figure comes from: `scores.xlsx 联动部门 第 12 行`, or who typed it; and who corrected it."""
    if source.row:
        text = f"{source.file} {source.sheet} 第 {source.row} 行"
    elif source.file:
        text = f"{source.file} {source.sheet}".strip()
    else:
        text = f"{source.person} {source.at[:16].replace('T', ' ')}".strip()
    return f"{text}，{source.corrected} 更正" if source.corrected else text


class ScoreSteps:
    """Writes the score part of the traces of one scheme."""

    def __init__(self, scheme: Scheme, finals: DecimalTexts) -> None:
        """`finals` are the texts of rounded values."""
        self._scheme = scheme
        self._finals = finals
        self._texts = UnitsTexts(EMPTY)
        self._values = RatioTexts()
        self._places = scheme.rounding.places
        self._rounding_title = f"四舍五入到 {self._places} 位小数"
        self._final_step = cache(self._make_final_step)

    def steps(self, score: SubjectScore) -> list[TraceStep]:
        """All steps up to the final, or up to what is missing."""
        scheme = self._scheme
        steps: list[TraceStep] = []
        for stage in score.stages:
            self._add_stage(steps, stage, score)
        if score.base is None or score.raw is None:
            missing = "、".join(stage.plan.stage.name for stage in score.stages if stage.value is None)
            steps.append(TraceStep("R5", "不能评定", (), f"缺环节：{missing}", "未完成"))
            return steps
        if len(score.stages) > 1:
            steps += self._base(score.stages)
        changes = score.entries and any(one.kind in _CHANGES for one in score.entries)
        if changes or score.raw != score.base:
            steps.append(_raw(scheme, score, score.base, score.raw))
        steps.append(self._final_step(score.raw))
        return steps

    def _add_stage(self, steps: list[TraceStep], stage: StageScore, score: SubjectScore) -> None:
        plan, subject_id = stage.plan, score.subject.id
        whole = None not in stage.totals
        if whole or stage.totals.count(None) < len(stage.totals):
            steps.append(self._sheets(stage, score))
        if not whole:
            steps += self._gaps(stage, subject_id)
        if stage.value is None:
            steps.append(_missing_stage(self._scheme, stage))
            return
        if whole and plan.straight and plan.factor == 1:
            text = self._values[stage.value]
            working = plan.working % tuple(map(self._texts.__getitem__, stage.totals))
            steps.append(TraceStep("R4", "按权重合计", plan.bounds, f"{working} = {text}", text))
            return
        terms = stage_terms(self._scheme, plan, subject_id, stage.totals)
        mean = terms.mean()
        steps.append(self._mean(plan, terms, mean))
        if plan.full != plan.scheme_full:
            steps.append(_scaling(self._scheme, plan, mean))
        if self._scheme.rounding.each_stage:
            value = scaled(plan, mean)
            rounded = value.rounded(self._places)
            steps.append(self._rounding(plan.stage.name, value, rounded, value.text()))

    def _sheets(self, stage: StageScore, score: SubjectScore) -> TraceStep:
        """R2: a line for each sheet, its marks in the order of the indicators that the first line names."""
        texts, sum_of = self._texts, self._texts.sum_of
        plan, subject_id = stage.plan, score.subject.id
        lines = [plan.heading]
        inputs: list[TraceInput] = []
        for (rater, _, sheets, ballots), total in zip(plan.raters, stage.totals, strict=True):
            if total is None:
                continue
            total_text = texts[total]
            if rater.ballots:
                line, source = self._ballots(ballots[subject_id])
                lines.append(f"{rater.name}：{line} = {total_text}")
                inputs.append(TraceInput(rater.name, total_text, source))
                continue
            sheet = sheets[subject_id]
            lines.append(f"{rater.name}：{sum_of(sheet.marks)} = {total_text}")
            inputs.append(TraceInput(rater.name, total_text, source_text(sheet.source)))
            if sheet.issues:
                inputs += _issues(rater, sheet)
        return TraceStep("R2", plan.title, tuple(inputs), "\n".join(lines), f"{len(lines) - 1} 张")

    def _ballots(self, ballots: Sequence[ScoreSheet]) -> tuple[str, str]:
        """How valid ballots are averaged, equal ones together, and how many there are."""
        totals = ballot_totals(ballots, self._scheme.incomplete_sheet)
        parts = [f"{self._texts[total]}×{times}" for total, times in Counter(totals).items()]
        return f"({' + '.join(parts)}) ÷ {len(totals)}", f"有效票 {len(totals)} 张"

    def _gaps(self, stage: StageScore, subject_id: str) -> Iterator[TraceStep]:
        for rater in missing_raters(stage):
            sheet = rater.recusal(subject_id) or rater.sheets.get(subject_id)
            why = gap_text(self._scheme, stage.plan, rater, subject_id)
            inputs: tuple[TraceInput, ...] = ()
            if sheet is not None:
                inputs = (
                    TraceInput(rater.rater.name, why, source_text(sheet.source)),
                    *_issues(rater.rater, sheet),
                )
            as_zero = missing_is_zero(self._scheme, rater, subject_id)
            working = "按 0 分计" if as_zero else _left_out(stage)
            yield TraceStep(
                "R5", f"缺{rater.rater.name}评分", inputs, f"{why}；{working}", "0.00" if as_zero else "不计"
            )

    def _mean(self, plan: StagePlan, terms: Terms, mean: Ratio) -> TraceStep:
        value = mean.text()
        parts = [operand(self._texts[total]) for _, total in terms.terms]
        if terms.weighted:
            working = weighted_working([rater.weight for rater, _ in terms.terms]) % tuple(parts)
            return TraceStep("R4", "按权重合计", plan.bounds, f"{working} = {value}", value)
        working = f"({' + '.join(parts)}) ÷ {len(parts)} = {value}" if len(parts) > 1 else value
        if plan.stage.aggregate is Aggregate.TRIMMED:
            return TraceStep(
                "R4", "去掉最高最低后平均", (), f"去掉一个最高、一个最低，不计权重：{working}", value
            )
        return TraceStep("R4", "取中位数", (), f"从低到高排，居中的是：{working}", value)

    def _base(self, stages: Sequence[StageScore]) -> Iterator[TraceStep]:
        scheme = self._scheme
        renormalise = scheme.missing_stage is MissingStage.RENORMALISE
        used = [stage for stage in stages if stage.value is not None or not renormalise]
        parts = [
            f"{operand((stage.value or Ratio(0, 1)).text())}×{plain(stage.plan.stage.weight)}"
            for stage in used
        ]
        weights = plain(sum((stage.plan.stage.weight for stage in used), Decimal(0)))
        exact = exact_base(scheme, used) or Ratio(0, 1)
        working = f"({' + '.join(parts)}) ÷ {weights} = {exact.text()}"
        yield TraceStep("R6", "各环节按权重合计", (), working, exact.text())
        if scheme.rounding.each_stage:
            yield self._rounding("合计", exact, exact.rounded(self._places), exact.text())

    def _make_final_step(self, raw: Ratio) -> TraceStep:
        return self._rounding("", raw, raw.rounded(self._places), self._values[raw])

    def _rounding(self, what: str, value: Ratio, rounded: int, text: str) -> TraceStep:
        """R8; `text` is that of the value."""
        shown = self._finals[rounded]
        working = f"{text} → {shown}"
        if "≈" in text and Ratio(value.rounded(MARK_PLACES), UNIT).rounded(self._places) != rounded:
            working += "；取整看精确值，它略小于所示的近似值"
        return TraceStep("R8", what + self._rounding_title, (), working, shown)


def _left_out(stage: StageScore) -> str:
    """What becomes of the others where a sheet does not count."""
    weighted = stage.plan.stage.aggregate is Aggregate.MEAN and stage.value is not None
    return "不计，其余评分方按各自权重折算" if weighted else "不计"


def missing_raters(stage: StageScore) -> Iterator[RaterPlan]:
    """The raters of a stage without a valid sheet for this subject."""
    return (rater for rater, total in zip(stage.plan.raters, stage.totals, strict=True) if total is None)


def gap_text(scheme: Scheme, plan: StagePlan, rater: RaterPlan, subject_id: str) -> str:
    """Why a rater has no valid sheet."""
    if recusal := rater.recusal(subject_id):
        return f"回避：{recusal.recused}"
    if rater.rater.ballots:
        valid = len(ballot_totals(rater.ballots.get(subject_id, ()), scheme.incomplete_sheet))
        return f"有效票 {valid} 张，至少要 {max(rater.rater.minimum_ballots, 1)} 张"
    sheet = rater.sheets.get(subject_id)
    if sheet is None:
        return "没有评分表"
    empty = [leaf.name for leaf, mark in zip(plan.leaves, sheet.marks, strict=True) if mark is None]
    if len(empty) == len(sheet.marks):
        return f"没有评分（{sheet.remark}）" if sheet.remark else "没有评分"
    return f"“{'”“'.join(empty)}”没有分数"


def _issues(rater: Rater, sheet: ScoreSheet) -> tuple[TraceInput, ...]:
    label = f"{rater.name}填写有疑问"
    return tuple(TraceInput(label, issue.text, issue.message) for issue in sheet.issues)


def _missing_stage(scheme: Scheme, stage: StageScore) -> TraceStep:
    found = len(stage.totals) - stage.totals.count(None)
    working = f"有效评分表 {found} 张，至少要 {stage.plan.stage.minimum_sheets} 张"
    outcome = {
        MissingStage.BLOCK: "缺这一环节，不能评定",
        MissingStage.RENORMALISE: "不计，其余环节按权重折算",
        MissingStage.ZERO: "0.00",
    }[scheme.missing_stage]
    return TraceStep("R5", f"缺{stage.plan.stage.name}", (), working, outcome)


def operand(text: str) -> str:
    """A value inside a calculation: its exact fraction where it does not end."""
    return f"({text.partition(' ≈ ')[0]})" if " ≈ " in text else text


def _scaling(scheme: Scheme, plan: StagePlan, mean: Ratio) -> TraceStep:
    value = scaled(plan, mean).text()
    working = f"{operand(mean.text())} ÷ {plain(plan.stage.full)} × {plain(scheme.full)} = {value}"
    return TraceStep("R3", f"{plan.stage.name}折算到满分 {plain(scheme.full)}", (), working, value)


def _raw(scheme: Scheme, score: SubjectScore, base: Ratio, raw: Ratio) -> TraceStep:
    words = {EntryKind.BONUS: "加分", EntryKind.DEDUCTION: "扣分"}
    entries = [entry for entry in score.entries if entry.kind in _CHANGES]
    inputs = tuple(
        TraceInput(
            f"{words[entry.kind]}：{_item(scheme, entry)}{entry.reason}",
            points(entry.points or Decimal(0)),
            "，".join(filter(None, (entry.dated_on, entry.evidence, source_text(entry.source)))),
        )
        for entry in entries
    )
    bonus = capped(score.bonus, scheme.bonus_cap)
    deductions = capped(score.deductions, scheme.deduction_cap)
    parts = [
        _sum(entries, EntryKind.BONUS, "加分", score.bonus, bonus),
        _sum(entries, EntryKind.DEDUCTION, "扣分", score.deductions, deductions),
    ]
    change = changed(scheme, base, bonus, deductions)
    signs = f" + {units_text(bonus)}" * bool(bonus) + f" − {units_text(deductions)}" * bool(deductions)
    if signs:
        parts.append(f"{operand(base.text())}{signs} = {change.text()}")
    if change.over * raw.under != raw.over * change.under:
        parts.append(f"总分限于 {plain(scheme.score_floor)} 至 {plain(scheme.score_cap)} 分，计 {raw.text()}")
    return TraceStep("R7", "加分与扣分", inputs, "；".join(filter(None, parts)), raw.text())


def _item(scheme: Scheme, entry: Entry) -> str:
    """The item of the scheme that an entry names, with its level."""
    item = item_of(scheme, entry)
    if item is None:
        return ""
    return f"{item.name}（{entry.level}级）：" if item.levels else f"{item.name}："


def _sum(entries: Sequence[Entry], kind: EntryKind, word: str, total: int, counted: int) -> str:
    """How several entries of a kind add up, and what of it counts; empty where there is nothing to add."""
    terms = [units_text(to_units(one.points)) for one in entries if one.kind is kind and one.points]
    if not terms or (len(terms) == 1 and total == counted):
        return ""
    text = f"{word} {' + '.join(terms)}"
    text += f" = {units_text(total)}" if len(terms) > 1 else ""
    return text if total == counted else f"{text}，最多计 {units_text(counted)}"
