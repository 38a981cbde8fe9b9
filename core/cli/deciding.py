"""Commands of decisions, revocations, objections: what people settle about results."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from core.cli.invocation import Invocation
from core.cli.naming import in_codes
from core.cli.terminal import Answer, of_cycle, table
from core.errors import NotFound
from core.model.assessment import Subject
from core.model.cycle_view import CycleView
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.objection import Objection
from core.model.objection_ruling import Ruling
from core.model.plain_records import to_plain
from core.model.reminder import ReminderKind
from core.services.cycle_reading import find_subject
from core.services.services import Services

R = TypeVar("R")
_DECISIONS = ("序号", "决定", "对象或奖项", "结果", "作出机关", "日期", "撤下")
_UNCHANGED = {DecisionKind.RECHECK: "维持", DecisionKind.LEAVE_OPEN: "空缺"}
_OBJECTIONS = ("序号", "对象", "提出人", "日期", "内容", "状态", "答复")


def numbered(records: Sequence[R], number: int) -> R:
    """The record with a number of its list.

    Raises:
        NotFound: there is none.
    """
    if number > len(records):
        raise NotFound(
            "number_missing", f"没有第 {number} 号，一共 {len(records)} 条。", "请用 list 核对序号。"
        )
    return records[number - 1]


def subject_of(services: Services, call: Invocation) -> Subject:
    """The subject that a command names."""
    return find_subject(services.assessments.year(call.year, call.cycle).subjects, call.name)


def day_of(services: Services, given: date | None) -> str:
    """The day that a command gives; today if it gives none."""
    return (given or services.clock().date()).isoformat()


def decide(services: Services, call: Invocation) -> Answer:
    """Take a decision of the kind that the command names."""
    kept = services.decisions.decide(call.year, _decision(services, call), call.cycle)
    return _settled(services, call, f"已记下“{kept.kind.label}”的决定，结果已按它重新计算。")


def lift_decision(services: Services, call: Invocation) -> Answer:
    """Let a decision count no more."""
    decisions = services.assessments.year(call.year, call.cycle).decisions
    services.decisions.lift(numbered(decisions, call.number).id, call.reason)
    return _settled(services, call, "已撤下，这个决定不再起作用，结果已重新计算；其余的决定照旧。")


def list_decisions(services: Services, call: Invocation, said: str = "") -> Answer:
    """List the decisions and revocations of a cycle."""
    view = services.assessments.year(call.year, call.cycle)
    names = {each.id: each.name for each in view.subjects}
    awards = {each.code: each.name for each in view.scheme.awards}
    rows = [_decision_row(number, each, names, awards) for number, each in enumerate(view.decisions, start=1)]
    lines = [said] if said else []
    lines += table(_DECISIONS, rows) if rows else []
    lines += [_revoked_line(each, names) for each in view.revocations]
    if not rows and not view.revocations:
        lines.append("还没有作过决定，也没有撤销过。")
    data = {
        "decisions": [
            {"number": number, "subject": names.get(each.subject_id), "decision": to_plain(each)}
            for number, each in enumerate(view.decisions, start=1)
        ],
        "revocations": [
            {"subject": names[each.subject_id], "revocation": to_plain(each)} for each in view.revocations
        ],
    }
    return Answer(data, tuple(lines))


def revoke(services: Services, call: Invocation) -> Answer:
    """Revoke a subject's result, or take its revocation back."""
    subject = subject_of(services, call)
    view = services.assessments.year(call.year, call.cycle)
    if call.lift:
        standing = [each for each in _standing(view) if each.subject_id == subject.id]
        if not standing:
            raise NotFound("revocation_missing", f"“{subject.name}”没有被撤销。", "请核对名称。")
        services.decisions.lift_revocation(standing[0].id, call.reason)
        return _settled(services, call, f"已取消对“{subject.name}”的撤销，结果已重新计算。")
    revocation = Revocation(
        "",
        "",
        subject.id,
        body=call.body,
        dated_on=day_of(services, call.dated_on),
        reason=call.reason,
        evidence=call.evidence,
        promote=view.scheme.promote and not call.no_promote,
    )
    services.decisions.revoke(call.year, revocation, call.cycle)
    return _settled(services, call, f"已撤销“{subject.name}”的等次、奖项和奖金。")


def _settled(services: Services, call: Invocation, said: str) -> Answer:
    """The decisions after one was taken, and what is to be done now."""
    return _reminded(services, call, list_decisions(services, call, said))


def _reminded(services: Services, call: Invocation, answer: Answer) -> Answer:
    """The same with what changed results leave to be done; the key of the money is `reminder`."""
    found = services.results.reminders(call.year, call.cycle)
    said: dict[str, str] = {}
    for each in found:
        key = "reminder" if each.kind is ReminderKind.MONEY else each.kind.value
        said[key] = "；".join(filter(None, (said.get(key, ""), each.words)))
    lines = tuple(f"注意：{each.words}{_command_for(call, each.kind)}" for each in found)
    return replace(answer, data={**answer.data, **said}, lines=(*answer.lines, *lines))


def _command_for(call: Invocation, kind: ReminderKind) -> str:
    if kind is not ReminderKind.MONEY:
        return ""
    return f"：payments propose {of_cycle(call.year, call.cycle)}"


def register_objection(services: Services, call: Invocation) -> Answer:
    """Register an objection."""
    subject = subject_of(services, call)
    raised_on = call.dated_on.isoformat() if call.dated_on else ""
    objection = Objection("", "", subject.id, raised_on, call.by, call.content, call.contact)
    services.objections.register(call.year, objection, call.cycle)
    return list_objections(services, call, f"已登记；“{subject.name}”的结果暂缓，其余照常。")


def check_objection(services: Services, call: Invocation) -> Answer:
    """Note who looks into an objection."""
    services.objections.check(_objection(services, call).id, call.by, call.finding)
    return list_objections(services, call, "已记下核查情况。")


def decide_objection(services: Services, call: Invocation) -> Answer:
    """Decide an objection; an upheld one may settle the score or the grade in the same act."""
    objection = _objection(services, call)
    day = day_of(services, call.dated_on)
    kind = DecisionKind.GRADE if call.grade else DecisionKind.RECHECK
    decision = Decision(
        "",
        "",
        kind,
        body=call.by,
        decided_on=day,
        persons=call.persons,
        reason=call.reason,
        evidence=call.evidence,
        score=call.score,
        grade=call.grade,
    )
    ruling = Ruling(call.upheld, call.by, day, call.answer)
    follows = decision if call.grade or call.score is not None else None
    services.objections.decide(objection.id, ruling, follows)
    return _reminded(services, call, list_objections(services, call, "已记下对异议的决定。"))


def answer_objection(services: Services, call: Invocation) -> Answer:
    """Note what was answered."""
    services.objections.answer(_objection(services, call).id, call.answer, call.dated_on)
    return list_objections(services, call, "已记下答复。")


def withdraw_objection(services: Services, call: Invocation) -> Answer:
    """Close an objection that was taken back."""
    services.objections.withdraw(_objection(services, call).id, call.reason)
    return _reminded(services, call, list_objections(services, call, "已记下撤回。"))


def list_objections(services: Services, call: Invocation, said: str = "") -> Answer:
    """List the objections of a cycle."""
    view = services.assessments.year(call.year, call.cycle)
    names = {each.id: each.name for each in view.subjects}
    rows = [
        (
            str(number),
            names[each.subject_id],
            each.raised_by,
            each.raised_on,
            each.content,
            each.state.label,
            each.answer,
        )
        for number, each in enumerate(view.objections, start=1)
    ]
    lines = [said] if said else []
    lines += table(_OBJECTIONS, rows) if rows else ["没有异议。"]
    data = [
        {"number": number, "subject": names[each.subject_id], "objection": to_plain(each)}
        for number, each in enumerate(view.objections, start=1)
    ]
    return Answer({"objections": data}, tuple(lines))


def _decision(services: Services, call: Invocation) -> Decision:
    kind = DecisionKind(call.command.split()[1].replace("-", "_"))
    view = services.assessments.year(call.year, call.cycle)
    subjects = view.subjects
    return Decision(
        "",
        "",
        kind,
        body=call.body,
        decided_on=day_of(services, call.dated_on),
        persons=call.persons,
        reason=call.reason,
        evidence=call.evidence,
        subject_id=find_subject(subjects, call.name).id if call.name else "",
        award=in_codes(call, view.scheme).award,
        category=call.category,
        order=tuple(find_subject(subjects, name).id for name in call.order),
        score=call.score,
        grade=call.grade,
    )


def _decision_row(
    number: int, each: Decision, names: dict[str, str], awards: dict[str, str]
) -> tuple[str, ...]:
    order = "、".join(names[one] for one in each.order)
    came_to = (
        order or each.grade or (_UNCHANGED.get(each.kind, "") if each.score is None else f"{each.score}")
    )
    about = names.get(each.subject_id) or "".join((awards[each.award], each.category))
    return str(number), each.kind.label, about, came_to, each.body, each.decided_on, each.lifted


def _revoked_line(each: Revocation, names: dict[str, str]) -> str:
    taken_back = f"；已取消：{each.lifted}" if each.lifted else ""
    return f"撤销　{names[each.subject_id]}（{each.dated_on}）：{each.reason}{taken_back}"


def _standing(view: CycleView) -> list[Revocation]:
    return [each for each in view.revocations if not each.lifted]


def _objection(services: Services, call: Invocation) -> Objection:
    return numbered(services.assessments.year(call.year, call.cycle).objections, call.number)


COMMANDS: dict[str, Callable[[Services, Invocation], Answer]] = {
    "decide tie": decide,
    "decide score": decide,
    "decide recheck": decide,
    "decide grade": decide,
    "decide leave-open": decide,
    "decide lift": lift_decision,
    "decide list": list_decisions,
    "revoke": revoke,
    "object register": register_objection,
    "object check": check_objection,
    "object decide": decide_objection,
    "object answer": answer_objection,
    "object withdraw": withdraw_objection,
    "object list": list_objections,
}
