"""决定: what people settled and what was taken back (R15, R17), the newest first."""

from core.model.decision import Decision, DecisionKind, Revocation
from core.model.result_list import STANDS, ListKind, ResultLine, ResultList
from core.model.tables import OutColumn
from core.rules.result_findings import ResultFindings

_COLUMNS = (
    OutColumn("日期", 12),
    OutColumn("对象", 26),
    OutColumn("事项", 10),
    OutColumn("决定", 30),
    OutColumn("作出机关", 16),
    OutColumn("参加人员", 16),
    OutColumn("理由", 26),
    OutColumn("依据", 18),
    OutColumn("效力", 14),
)


def decision_list(found: ResultFindings) -> ResultList:
    """All of them, also those that were lifted."""
    view = found.view
    lines = [(each.decided_on, _decision(found, each)) for each in view.decisions]
    lines += [(each.dated_on, _revocation(found, each)) for each in view.revocations]
    lines.sort(key=lambda pair: pair[0], reverse=True)
    standing = sum(line.values[-1] == STANDS for _, line in lines)
    return ResultList(
        ListKind.DECISIONS,
        found.title("决定和撤销"),
        f"有效的 {standing} 件；撤下的不再起作用，结果按其余有效的计算。",
        _COLUMNS,
        tuple(line for _, line in lines),
        "还没有作过决定，也没有撤销过。",
    )


def _decision(found: ResultFindings, one: Decision) -> ResultLine:
    about = found.subjects[one.subject_id].name if one.subject_id else _award(found, one)
    values = (
        one.decided_on,
        about,
        one.kind.label,
        _ruling(found, one),
        one.body,
        one.persons,
        one.reason,
        one.evidence or None,
        _force(one.lifted),
    )
    return ResultLine(values, one.subject_id, one.id)


def _revocation(found: ResultFindings, one: Revocation) -> ResultLine:
    places = "其余对象递补" if one.promote else "名额空着，不递补"
    values = (
        one.dated_on,
        found.subjects[one.subject_id].name,
        "撤销",
        f"撤销等次、奖项和奖金；{places}",
        one.body,
        None,
        one.reason,
        one.evidence or None,
        _force(one.lifted),
    )
    return ResultLine(values, one.subject_id, one.id)


def _ruling(found: ResultFindings, one: Decision) -> str:
    if one.kind is DecisionKind.TIE:
        return f"先后：{'、'.join(found.names(one.order))}"
    if one.kind is DecisionKind.LEAVE_OPEN:
        return "名额空着"
    computed = next((each for each in found.outcome.decided if each.subject_id == one.subject_id), None)
    if one.kind is DecisionKind.GRADE:
        before = f"（按分数为{computed.grade}）" if computed and computed.grade else ""
        return f"定为{one.grade}{before}"
    places = found.view.scheme.rounding.places
    before = "" if computed is None or computed.final is None else f"（计算得 {computed.final}）"
    return f"维持原得分{before}" if one.score is None else f"定为 {one.score:.{places}f} 分{before}"


def _award(found: ResultFindings, one: Decision) -> str:
    name = next((each.name for each in found.view.scheme.awards if each.code == one.award), one.award)
    return f"{name}（{one.category}）" if one.category else name


def _force(lifted: str) -> str:
    return f"已撤下：{lifted}" if lifted else STANDS
