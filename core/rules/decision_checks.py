"""What a decision or a revocation must say before it is kept (R15, R17)."""

from collections.abc import Iterator
from datetime import date

from core.errors import InvalidInput, NotFound, RuleViolation
from core.model.cycle_view import ComputedYear
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.outcome import AwardFilling
from core.model.scheme import Scheme

ABOUT_AWARDS = (DecisionKind.TIE, DecisionKind.LEAVE_OPEN)


def refuse_decision(computed: ComputedYear, decision: Decision, today: date) -> None:
    """Nothing, if the decision can be kept.

    Raises:
        InvalidInput: something is not said, a day is impossible, a score or grade is not the scheme's, an
            order leaves somebody out.
        NotFound: the subject or the award is not there.
        RuleViolation: there is nothing to decide, or it was decided already.
    """
    _refuse_gaps("决定", decision.body, decision.decided_on, decision.reason, decision.persons)
    _refuse_day(decision.decided_on, computed.view.cycle.opened_on, today)
    if decision.kind in ABOUT_AWARDS:
        _refuse_award(computed, decision)
    else:
        _refuse_result(computed, decision)
    _refuse_second(computed, decision)


def refuse_revocation(computed: ComputedYear, revocation: Revocation, today: date) -> None:
    """Nothing, if the revocation can be kept.

    Raises:
        InvalidInput: something is not said, or a day is impossible.
        NotFound: the subject is not there.
        RuleViolation: it was revoked already.
    """
    _refuse_gaps("撤销", revocation.body, revocation.dated_on, revocation.reason)
    _refuse_day(revocation.dated_on, computed.view.cycle.announced_on, today)
    name = _assessed_name(computed, revocation.subject_id)
    for each in computed.view.revocations:
        if each.subject_id == revocation.subject_id and not each.lifted:
            raise RuleViolation("revoked_twice", f"“{name}”已在 {each.dated_on} 撤销。", "不用再撤销。")


def is_day(text: str) -> bool:
    """Whether the text is a day as it is stored: 2026-01-08."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse_gaps(what: str, body: str, day: str, reason: str, persons: str = "—") -> None:
    said = {"作出机关": body, "日期": day, "参加人员": persons, "理由": reason}
    if missing := [name for name, text in said.items() if not text.strip()]:
        raise InvalidInput(
            "decision_incomplete", f"{what}没有写{'、'.join(missing)}。", "请补全再保存；没有保存任何内容。"
        )


def _refuse_day(day: str, since: str, today: date) -> None:
    if not (is_day(day) and since <= day <= today.isoformat()):
        raise InvalidInput("day_odd", f"日期“{day}”不对。", f"请写 {since} 到今天 {today} 之间的日子。")


def _refuse_award(computed: ComputedYear, decision: Decision) -> None:
    fillings = _fillings(computed, decision)
    if decision.kind is DecisionKind.LEAVE_OPEN:
        if not any(each.open_places for each in fillings):
            raise RuleViolation("no_open_place", f"“{fillings[0].name}”没有空着的名额。", "不用作出决定。")
        return
    waiting = {subject for each in fillings for subject in each.undecided}
    if not waiting:
        raise RuleViolation("no_tie", f"“{fillings[0].name}”没有待定的并列。", "不用作出决定。")
    if set(decision.order) != waiting or len(decision.order) != len(waiting):
        names = "、".join(_names(computed, waiting))
        raise InvalidInput(
            "order_incomplete", "并列的对象没有逐个排好先后。", f"请把每一个都排上，各排一次：{names}。"
        )


def _fillings(computed: ComputedYear, decision: Decision) -> list[AwardFilling]:
    found = [
        each
        for each in computed.outcome.awards
        if each.code == decision.award and each.category == decision.category
    ]
    if not found:
        raise NotFound(
            "award_missing", f"考核方案里没有奖项“{decision.award}{decision.category}”。", "请从奖项中选择。"
        )
    return found


def _refuse_result(computed: ComputedYear, decision: Decision) -> None:
    scheme = computed.view.scheme
    _assessed_name(computed, decision.subject_id)
    if decision.kind is DecisionKind.GRADE and decision.grade not in scheme.grades():
        raise InvalidInput(
            "grade_unknown",
            f"考核方案里没有等次“{decision.grade}”。",
            f"请写其中一个：{'、'.join(scheme.grades())}。",
        )
    if decision.kind is DecisionKind.SCORE and decision.score is None:
        raise InvalidInput("score_missing", "没有写核定的得分。", "请写得分。")
    if decision.score is not None:
        _refuse_score(scheme, decision)


def _refuse_score(scheme: Scheme, decision: Decision) -> None:
    score, places = decision.score, scheme.rounding.places
    assert score is not None
    if not score.is_finite() or not scheme.score_floor <= score <= scheme.score_cap:
        raise InvalidInput(
            "score_out_of_range",
            f"得分 {score} 不在 {scheme.score_floor} 至 {scheme.score_cap} 之间。",
            "请核对得分。",
        )
    if score != round(score, places):
        raise InvalidInput("score_too_fine", f"得分 {score} 的小数太多。", f"请写到 {places} 位小数。")


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


def _assessed_name(computed: ComputedYear, subject_id: str) -> str:
    found = next((each for each in computed.view.assessed if each.id == subject_id), None)
    if found is None:
        raise NotFound("subject_missing", "这个对象没有参加这次考核。", "请从参评名单中选择。")
    return found.name


def _names(computed: ComputedYear, subject_ids: set[str]) -> Iterator[str]:
    return (each.name for each in computed.view.subjects if each.id in subject_ids)
