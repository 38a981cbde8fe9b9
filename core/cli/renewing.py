"""The command that replaces backups which hold what was encrypted or erased since."""

from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.terminal import Answer
from core.services.services import Services


def renew(services: Services, call: Invocation) -> Answer:
    """Make a new backup and take the old ones away, or only tell which these are."""
    desk = services.old_backups
    old = desk.found() if call.dry_run else desk.replace()
    if old is None:
        return Answer({"old": [], "done": False}, ("没有要销毁的旧备份。",))
    names = [each.name for each in old.backups]
    verb = "将重做一份备份，销毁" if call.dry_run else "已重做一份备份，销毁了"
    lines = [f"{verb}“{old.since.verb}”以前的 {len(names)} 份：", *(f"  {each}" for each in names)]
    if old.second_missing:
        lines.append("第二备份位置没有接上，里面的旧备份接上以后再处理。")
    return Answer({"old": names, "done": not call.dry_run}, tuple(lines))


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {"backup renew": renew}
