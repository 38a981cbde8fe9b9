"""The short notes that stand beside a result in a list."""

from collections.abc import Iterator

from core.model.assessment import WAITS
from core.model.outcome import NearEdge
from core.model.scheme import Scheme, VetoEffect, plain
from core.rules.grading import NOT_ASSESSED, Verdict, shown_final
from core.rules.score_steps import gap_text, missing_raters

NO_AWARDS = "不得评奖"
"""How the note of a veto begins that leaves score and rank as they are (R10)."""


def notes_of(scheme: Scheme, verdict: Verdict, edge: NearEdge | None, waits: bool) -> tuple[str, ...]:
    """What a list says beside a result: vetoes, what is missing, what people decided, a near edge, a tie."""
    score = verdict.score
    if verdict.state is NOT_ASSESSED:
        return (f"不参评：{score.subject.barred}",)
    notes = []
    if verdict.vetoes:
        word = NO_AWARDS if verdict.effect is VetoEffect.BAR_AWARDS else "一票否决"
        notes = [f"{word}：{veto.reason}" for veto in verdict.vetoes]
    for stage in score.stages:
        if stage.value is None:
            notes.append(f"缺环节：{stage.plan.stage.name}")
        elif None in stage.totals:
            notes += [
                f"缺{rater.rater.name}评分：{gap_text(scheme, stage.plan, rater, score.subject.id)}"
                for rater in missing_raters(stage)
            ]
    if verdict.decisions:
        notes += _decided(scheme, verdict)
    if verdict.revocation:
        notes.append(f"已撤销：{verdict.revocation.reason}")
    if edge:
        notes.append(f"距{edge.grade} {plain(edge.gap)}")
    if waits:
        notes.append(WAITS)
    return tuple(notes)


def _decided(scheme: Scheme, verdict: Verdict) -> Iterator[str]:
    """What the computation alone gave where people decided otherwise."""
    computed = verdict.computed_final
    for decision in verdict.decisions:
        if decision.grade:
            yield f"{decision.kind.label}（按分数为{verdict.computed_band or '未完成'}）"
        elif decision.score is None:
            yield f"{decision.kind.label}，维持原得分"
        else:
            before = "没有得分" if computed is None else str(shown_final(scheme, computed))
            yield f"{decision.kind.label}（计算得 {before}）"
