"""Commands for personal data: who looked at whose numbers, and what is erased on request."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from core.cli.argument_types import count, text
from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.errors import InvalidInput, NotFound
from core.model.people import Person
from core.services.services import Services


def looks(services: Services, call: Invocation) -> Answer:
    """Who looked at which numbers."""
    found = services.persons.looks(call.limit)
    rows = [(str(each.number), f"{each.at:%Y-%m-%d %H:%M}", each.actor, each.reason) for each in found]
    lines = table(("序号", "时间", "操作人", "看了什么"), rows) if rows else ["没有人查看过号码。"]
    data = [{"number": one, "at": at, "actor": actor, "what": what} for one, at, actor, what in rows]
    return Answer({"looks": data}, tuple(lines))


def erase(services: Services, call: Invocation) -> Answer:
    """Erase a person's data, or tell what would be."""
    person = _chosen(services, call)
    if call.dry_run:
        found = services.persons.would_erase(person.id)
    else:
        found = services.persons.erase(person.id, call.reason)
    verb = "将删除" if call.dry_run else "已删除"
    lines = [f"{verb}“{found.name}”的：{'、'.join(found.goes) or '无'}。"]
    lines += ["保留："] if found.stays else []
    lines += [f"  {what}——{why}" for what, why in found.stays]
    data = {"name": found.name, "goes": list(found.goes), "stays": [list(each) for each in found.stays]}
    return Answer({**data, "done": not call.dry_run}, tuple(lines))


def _chosen(services: Services, call: Invocation) -> Person:
    found = services.persons.named(call.name)
    if not found:
        raise NotFound("no_person", f"人员台账里没有“{call.name}”。", "请核对姓名。")
    if call.number:
        if call.number > len(found):
            raise NotFound("no_person", f"叫“{call.name}”的只有 {len(found)} 人。", "请核对 --which。")
        return found[call.number - 1]
    if len(found) > 1:
        listed = "；".join(
            f"{place}. {each.title or '职务不详'}" for place, each in enumerate(found, start=1)
        )
        raise InvalidInput(
            "several_people", f"叫“{call.name}”的有 {len(found)} 人：{listed}。", "请用 --which 序号 指明。"
        )
    return found[0]


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "person looks": looks,
    "person erase": erase,
}


def add_person_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add their grammar."""
    person = commands.add_parser("person", help="个人信息：谁看过号码、按要求删除")
    kinds = person.add_subparsers(dest="what", title="做什么", metavar="looks|erase", required=True)
    seen = kinds.add_parser("looks", help="列出谁在什么时候查看过谁的号码")
    seen.add_argument("--limit", type=count, metavar="条数", help="列多少条（默认 20）")
    gone = kinds.add_parser("erase", help="删除一个人的个人信息，不能撤销")
    gone.add_argument("name", type=text, metavar="姓名")
    gone.add_argument("--which", dest="number", type=count, metavar="序号", help="同名的人里的第几个")
    gone.add_argument("--reason", type=text, metavar="理由", help="谁在什么时候提出、经谁同意")
    gone.add_argument("--dry-run", dest="dry_run", action="store_true", help="只看会删除什么、保留什么")
    for each in (seen, gone):
        each.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")
