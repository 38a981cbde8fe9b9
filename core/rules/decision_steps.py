"""The steps of a trace that tell what people decided (R15) and took back (R17)."""

from collections.abc import Iterator

from core.model.assessment import TraceInput, TraceStep
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.scheme import Scheme
from core.rules.grading import Verdict, shown_final
from core.rules.settling import decided_final


def decision_inputs(decision: Decision) -> tuple[TraceInput, ...]:
    """Who decided, when, why and on what evidence."""
    who = TraceInput(decision.body, decision.decided_on, decision.persons)
    return (who, TraceInput("理由", decision.reason, decision.evidence))


def decided_score_steps(scheme: Scheme, verdict: Verdict) -> Iterator[TraceStep]:
    """What was decided about the score; to stand after the rounding."""
    computed = verdict.computed_final
    before = "" if computed is None else str(shown_final(scheme, computed))
    for one in verdict.decisions:
        if one.kind is DecisionKind.GRADE and one.score is None:
            continue
        after, word = before, "维持"
        if one.score is not None:
            after = str(shown_final(scheme, decided_final(scheme, one.score)))
            word = f"定为 {after}"
        working = f"{f'原为 {before}' if before else '没有得分'}，{word}"
        yield TraceStep("R15", one.kind.label, decision_inputs(one), working, after)
        before = after


def decided_grade_steps(verdict: Verdict) -> Iterator[TraceStep]:
    """What was decided about the grade; to stand after the bands."""
    for one in verdict.decisions:
        if one.kind is DecisionKind.GRADE:
            before = f"按分数为{verdict.computed_band}" if verdict.computed_band else "没有按分数的等次"
            yield TraceStep(
                "R15", one.kind.label, decision_inputs(one), f"{before}，定为{one.grade}", one.grade
            )


def revocation_step(verdict: Verdict, one: Revocation) -> TraceStep:
    """What was taken back, and what becomes of the place."""
    inputs = (TraceInput(one.body, one.dated_on), TraceInput("理由", one.reason, one.evidence))
    places = "由其余对象递补" if one.promote else "空着，不递补"
    return TraceStep("R17", "撤销", inputs, f"撤销等次、奖项和奖金；所得名额{places}", verdict.grade)
