"""What a decision or a revocation must say before it is kept (R15, R17), beyond what the engine asks."""

from collections.abc import Iterator, Mapping
from datetime import date

from core.errors import InvalidInput, NotFound, Problem, RuleViolation
from core.model.cycle_view import ComputedYear
from core.model.decision import ABOUT_AWARDS, Decision, DecisionKind, Revocation
from core.model.outcome import AwardFilling
from core.model.settled import Settled
from core.rules.settled_checks import bad_settled
from core.rules.vague_days import is_day

_ABOUT_ONE = frozenset({"subject_id", "score"})
_SAID: Mapping[DecisionKind, frozenset[str]] = {
    DecisionKind.TIE: frozenset({"award", "category", "order"}),
    DecisionKind.LEAVE_OPEN: frozenset({"award", "category"}),
    DecisionKind.SCORE: _ABOUT_ONE,
    DecisionKind.RECHECK: _ABOUT_ONE,
    DecisionKind.GRADE: frozenset({"subject_id", "grade"}),
}
"""What a new decision of a kind may say; one from before that says more is carried out as it was (R21)."""
_PARTS = {
    "subject_id": "考核对象",
    "award": "奖项",
    "category": "类别",
    "order": "先后",
    "score": "得分",
    "grade": "等次",
}


def refuse_decision(computed: ComputedYear, decision: Decision, today: date) -> None:
    """Nothing, if the decision can be kept.

    Raises:
        InvalidInput: something is not said or is not the scheme's, a day is impossible, an order leaves
            somebody out; all findings are in `problems`.
        RuleViolation: there is nothing to decide, or it was decided already.
    """
    view = computed.view
    settled = Settled(decisions=(decision,))
    problems = (*_unasked(decision), *bad_settled(view.scheme, view.subjects, settled))
    if problems:
        raise InvalidInput("decision_wrong", "这个决定没有保存。", "请按所列改正。", problems)
    _refuse_day(decision.decided_on, view.cycle.opened_on, today)
    _refuse_second(computed, decision)
    if decision.kind in ABOUT_AWARDS:
        _refuse_award(computed, decision)


def refuse_revocation(computed: ComputedYear, revocation: Revocation, today: date) -> None:
    """Nothing, if the revocation can be kept.

    Raises:
        InvalidInput: something is not said, or a day is impossible.
        NotFound: the subject is not there.
        RuleViolation: it was revoked already.
    """
    said = {"作出机关": revocation.body, "日期": revocation.dated_on, "理由": revocation.reason}
    if missing := [name for name, text in said.items() if not text.strip()]:
        raise InvalidInput(
            "revocation_incomplete", f"撤销没有写{'、'.join(missing)}。", "请补全；没有保存任何内容。"
        )
    _refuse_day(revocation.dated_on, computed.view.cycle.announced_on, today)
    subject = next((each for each in computed.view.assessed if each.id == revocation.subject_id), None)
    if subject is None:
        raise NotFound("subject_missing", "这个对象没有参加这次考核。", "请从参评名单中选择。")
    for each in computed.view.revocations:
        if each.subject_id == revocation.subject_id and not each.lifted:
            raise RuleViolation(
                "revoked_twice", f"“{subject.name}”已在 {each.dated_on} 撤销。", "不用再撤销。"
            )


def _unasked(decision: Decision) -> Iterator[Problem]:
    for part, word in _PARTS.items():
        if part not in _SAID[decision.kind] and getattr(decision, part) not in ("", (), None):
            yield Problem(f"{decision.kind.label}决定", f"这种决定不写{word}", "请删去，或另作一个决定")


def _refuse_day(day: str, since: str, today: date) -> None:
    if not (is_day(day) and since <= day <= today.isoformat()):
        raise InvalidInput("day_odd", f"日期“{day}”不对。", f"请写 {since} 到今天 {today} 之间的日子。")


def _refuse_second(computed: ComputedYear, decision: Decision) -> None:
    """What was decided stands until it is lifted: of two on one matter nobody knows which counts."""
    matter = (decision.kind, decision.subject_id, decision.award, decision.category)
    for each in computed.view.decisions:
        if not each.lifted and (each.kind, each.subject_id, each.award, each.category) == matter:
            raise RuleViolation(
                "decided_already",
                f"{each.decided_on} {each.body}已作过“{each.kind.label}”的决定。",
                "要改，请先写明理由撤下那个决定。",
            )


def _refuse_award(computed: ComputedYear, decision: Decision) -> None:
    fillings = [
        each
        for each in computed.outcome.awards
        if (each.code, each.category) == (decision.award, decision.category)
    ]
    name = next((each.name for each in fillings), decision.award)
    if decision.kind is DecisionKind.LEAVE_OPEN:
        if not any(each.open_places for each in fillings):
            raise RuleViolation("no_open_place", f"“{name}”没有空着的名额。", "不用作出决定。")
        return
    _refuse_order(computed, decision, name, fillings)


def _refuse_order(
    computed: ComputedYear, decision: Decision, award: str, fillings: list[AwardFilling]
) -> None:
    waiting = {subject for each in fillings for subject in each.undecided}
    if not waiting:
        raise RuleViolation("no_tie", f"“{award}”没有待定的并列。", "不用作出决定。")
    if set(decision.order) != waiting:
        names = "、".join(_names(computed, waiting))
        raise InvalidInput(
            "order_incomplete", "并列的对象没有逐个排好先后。", f"请把每一个都排上，各排一次：{names}。"
        )


def _names(computed: ComputedYear, subject_ids: set[str]) -> Iterator[str]:
    return (each.name for each in computed.view.subjects if each.id in subject_ids)
