"""The steps of a trace from the sheets to the final (R2-R8), in figures that a pocket calculator can follow."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from core.model.assessment import Entry, EntryKind, ScoreSheet, Source, TraceInput, TraceStep
from core.model.scheme import Aggregate, IncompleteSheet, MissingRater, MissingStage, Scheme
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
FEWEST_FOR_STEP = 2
"""A base of one stage is that stage; the step is left out."""


def source_text(source: Source) -> str:
    """Where a figure comes from: `scores.xlsx 联动部门 第 12 行`, or who typed it and when."""
    if source.file:
        row = f" 第 {source.row} 行" if source.row else ""
        return f"{source.file} {source.sheet}{row}"
    return f"{source.person} {source.at}".strip()


class _Wording(NamedTuple):
    """What is the same for all sheets of a stage: the places for the marks, beside their names."""

    marks: str


@lru_cache(maxsize=200)
def _wording(names: tuple[str, ...]) -> _Wording:
    return _Wording(" + ".join(f"{name.replace('%', '%%')} %s" for name in names))


class ScoreSteps:
    """Writes the score part of traces for one scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._templates: dict[int, str] = {}

    def steps(self, score: SubjectScore) -> Iterator[TraceStep]:
        """All steps up to the final, or up to what is missing."""
        for stage in score.stages:
            yield from self._stage(stage)
        if len(score.stages) >= FEWEST_FOR_STEP and score.base is not None:
            yield self._base(score, score.base)
        if score.base is None or score.raw is None or score.final is None:
            missing = "、".join(one.plan.stage.name for one in score.stages if one.value is None)
            yield TraceStep("R5", "总分", (), f"缺环节：{missing}", "未完成")
            return
        change = [entry for entry in score.entries if entry.kind is not EntryKind.VETO]
        if change or score.raw is not score.base:
            yield self._raw(score, score.base, score.raw, change)
        yield self._rounding(score.raw, score.final)

    def _stage(self, stage: StageScore) -> Iterator[TraceStep]:
        template = self._template(stage.plan)
        for score in stage.sheets:
            if score.sheet is not None:
                yield _sheet(template, score, score.sheet)
        for gap in stage.gaps:
            yield self._gap(stage.plan, gap)
        if stage.value is None:
            yield self._no_stage(stage)
            return
        mean = mean_of(stage.counted, stage.weighted)
        yield _mean(stage, mean)
        yield from self._scaling(stage.plan, mean, stage.value)

    def _template(self, plan: StagePlan) -> str:
        template = self._templates.get(id(plan.leaves))
        if template is None:
            template = " + ".join(f"{leaf.name.replace('%', '%%')} %s" for leaf in plan.leaves)
            self._templates[id(plan.leaves)] = template
        return template

    def _gap(self, plan: StagePlan, gap: Gap) -> TraceStep:
        sheet = gap.rater.sheets.get("")
        zero = self._scheme.missing_rater is MissingRater.ZERO and not gap.why.startswith("回避")
        working = "方案规定缺的评分按 0 分计" if zero else "不计这一评分方，其余评分方按各自权重折算"
        return TraceStep("R5", gap.rater.rater.name, (), f"{gap.why}；{working}", "0.00" if zero else "不计")
