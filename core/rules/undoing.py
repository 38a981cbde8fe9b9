"""What stands against taking an act back, and what comes back together."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from core.model.journal import Act, Change, FieldValue
from core.model.user import Role
from core.model.versions import LABEL_OF

_UNDONE, _REDONE = "撤销：", "重做："


def undoing_verb(verb: str) -> str:
    """What undoing an act is called: 撤销：…, and 重做：… where the act was itself an undoing."""
    if verb.startswith(_UNDONE):
        return _REDONE + verb.removeprefix(_UNDONE)
    return _UNDONE + verb.removeprefix(_REDONE)


def is_undoing(act: Act) -> bool:
    """Whether the act took another one back, so that it can be redone."""
    return act.verb.startswith(_UNDONE)


def is_redoing(act: Act) -> bool:
    """Whether the act did again what an undoing had taken back."""
    return act.verb.startswith(_REDONE)


def named(act: Act) -> str:
    """The act as messages name it: number, verb, who, when."""
    return f"第 {act.number} 号操作“{act.verb}”（{act.actor}，{act.at:%Y-%m-%d %H:%M}）"


def never_undone(touched: Collection[str], founding: bool, numbering: bool, stepping: bool) -> str:
    """Why an act that touched these kinds of records is never undone; empty if it may be.

    `founding` marks the act that made the office, without which a store is of no use; `numbering` one that
    gave numbers to papers, or said what became of them; `stepping` one that moved a cycle on its path.
    """
    if not touched:
        return "这次操作没有改动任何内容，不用撤销。"
    if "decisions" in touched or "revocations" in touched:
        return "决定和撤销已经记录在案，不能这样撤销；要收回，请写明理由撤下那个决定，或取消那次撤销。"
    if "results" in touched:
        return "计算可以随时重做，不用撤销。"
    if stepping:
        return "考核走过的步骤不能这样撤销；公示以前可以在考核路径里退回上一步，写明理由。"
    if "store_keys" in touched:
        return "校验密钥已经用在证书上，不能撤销；没有它，发出的证书就无法核对。"
    if "users" in touched or "access_rules" in touched:
        return "账户和密码规则不能这样撤销；请由管理员在“系统 › 用户”里改回来。"
    if numbering:
        return "文号和证书编号已经登记，不能撤销；同一个号不能给两份文书。"
    if founding:
        return "这次操作建立了单位，不能撤销；要重新开始，请另选一个数据文件夹新建。"
    return ""


def role_to_undo(touched: Collection[str]) -> Role:
    """Which role undoes what another person did, by the kinds of records that the act touched.

    Otherwise undoing would be a way around the rights: whoever enters would undo what was checked.
    """
    return Role.ADMIN if "offices" in touched else Role.CHECK


def of_another(act: Act, needed: Role) -> str:
    """Why somebody without the role does not undo the act, in words."""
    return f"第 {act.number} 号操作“{act.verb}”是“{act.actor}”做的，要撤销它，须由本人或{needed.label}来做。"


def standing_after(past: Sequence[tuple[Act, Change]], act_number: int) -> Act | None:
    """The later act that made the record what it is now; None if it is as the act `act_number` left it.

    Acts that were undone again do not count: the record is what it was before them.
    """
    states = list(_states(past))
    left = next(state for act, state in reversed(states) if act.number <= act_number)
    now = states[-1][1]
    if now == left:
        return None
    return next(act for act, state in states if act.number > act_number and state == now)


def blocked(act: Act, change: Change, later: Act) -> str:
    """Why an act is not undone after another one, in words."""
    label = LABEL_OF[change.kind]
    return (
        f"第 {act.number} 号操作“{act.verb}”改过的“{label}”记录，后来又被{named(later)}改动，不能直接撤销。"
    )


def coming_back(removals: Mapping[str, Change], record_id: str) -> set[str]:
    """The removed records that come back with one: those that refer to it, and those that they refer to."""
    back = {record_id}
    while more := {key for key, change in removals.items() if _linked(change) & back} - back:
        back |= more
    while more := {key for each in back for key in _linked(removals[each]) if key in removals} - back:
        back |= more
    return back


def with_others(removals: Mapping[str, Change], record_id: str) -> bool:
    """Whether a removed record refers to another of them, with which it comes back."""
    return any(key in removals for key in _linked(removals[record_id]))


def _linked(change: Change) -> set[str]:
    return {value for value in (change.before or {}).values() if isinstance(value, str)}


def _states(
    past: Iterable[tuple[Act, Change]],
) -> Iterator[tuple[Act, Mapping[str, FieldValue] | None]]:
    """The record's fields after each of its changes; None where it was removed."""
    changes = list(past)
    # A field that its kind got later has been what its first change found there.
    state: dict[str, FieldValue] = {}
    for _, change in reversed(changes):
        state |= change.before or {}
    for act, change in changes:
        state = state | dict(change.after or {})
        yield act, state if change.after is not None else None
