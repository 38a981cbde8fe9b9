"""Commands of the log: list its acts, hand them out, verify them."""

from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.register import show_log
from core.cli.terminal import Answer
from core.errors import InvalidInput
from core.model.audit import ActQuery
from core.model.personal import LOOKS
from core.model.user import ENTRIES
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services

DOES_NOT_FIT = 4
_ALL = 1_000_000


def list_acts(services: Services, call: Invocation) -> Answer:
    """The newest acts, or those of a day, person, kind of records or with some words."""
    query = _query(services, call, call.limit)
    if query == ActQuery(limit=call.limit):
        return show_log(services, call)
    acts = services.audit.acts(query)
    lines = [
        f"{each.number}  {each.at:%Y-%m-%d %H:%M}  {each.actor}  {each.verb}  {each.reason}" for each in acts
    ]
    told = [
        {
            "number": each.number,
            "at": each.at.isoformat(),
            "actor": each.actor,
            "verb": each.verb,
            "reason": each.reason,
            "changes": each.change_count,
        }
        for each in acts
    ]
    return Answer({"acts": told}, tuple(each.rstrip() for each in lines) or ("没有这样的操作。",))


def export(services: Services, call: Invocation) -> Answer:
    """The acts with what they changed, as an Excel file; telephone and ID numbers are masked."""
    if not call.output.name:
        raise InvalidInput("wrong_use", "没有说写到哪里。", "请用 -o 文件.xlsx 说明。")
    refuse_unwritable(call.output)
    query = _query(services, call, _ALL)
    write_file(call.output, services.audit.export(query))
    return Answer({"file": str(call.output)}, (f"已写出操作日志：{call.output}",))


def verify(services: Services, call: Invocation) -> Answer:
    """Verify the chain of acts, and whether the acts whose heads stand on papers are still there."""
    report = services.audit.verify(call.heads)
    head = report.chain.head
    lines = [f"{each}。" for each in report.chain.faults]
    if not lines:
        lines = [f"操作日志完整：{report.chain.count} 次操作前后相接。"]
    lines += [f"校验码 {each.said}：{each.message}。" for each in report.heads]
    if head.said:
        lines.append(f"日志现在的校验码：{head.said}")
    data = {
        "whole": report.is_whole,
        "acts": report.chain.count,
        "head": head.said,
        "digest": head.digest,
        "faults": [{"number": each.number, "message": each.message} for each in report.chain.faults],
        "heads": [
            {"typed": each.said, "number": each.number, "fits": each.fits, "message": each.message}
            for each in report.heads
        ],
    }
    return Answer(data, tuple(lines), 0 if report.is_whole else DOES_NOT_FIT)


def _query(services: Services, call: Invocation, limit: int) -> ActQuery:
    kinds = dict(services.audit.kinds())
    names = {label: name for name, label in kinds.items()}
    kind = names.get(call.kind, call.kind)
    if kind and kind not in kinds:
        known = "、".join(kinds.values())
        raise InvalidInput("no_such_kind", f"没有“{call.kind}”这种记录。", f"可用的有：{known}。")
    verbs = (*(LOOKS if call.looks else ()), *(ENTRIES if call.entries else ()))
    return ActQuery(call.first, call.last, call.by, kind, call.content, verbs, limit)


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "log": list_acts,
    "log list": list_acts,
    "log export": export,
    "log verify": verify,
}
