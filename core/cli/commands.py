"""Every command: what it does, and what exit status an error leaves (interface.md 7)."""

import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from core.cli import access, backups
from core.cli.arguments import WRONG_USE
from core.cli.invocation import Invocation
from core.cli.options_asked import option_for
from core.cli.terminal import STORAGE_TROUBLE, Answer, show, tell
from core.errors import (
    AppError,
    Conflict,
    DocumentFailed,
    InvalidInput,
    NotFound,
    RuleViolation,
    StorageFailed,
)
from core.model.backup import BackupReason
from core.services.backups import BackupService
from core.services.door import Door
from core.services.log_file import log_bug
from core.services.services import Services
from core.services.setup import OfficeDraft
from core.services.surroundings import warnings_of

Command: TypeAlias = Callable[[Services, Invocation], Answer]
OpenDoor: TypeAlias = Callable[[Invocation, bool], Door]
"""The way into the store that an invocation names; the store is made first when the flag says so."""
OpenBackups: TypeAlias = Callable[[Invocation], BackupService]
"""The backups of the store an invocation names, whether that can be opened or not."""

_log = logging.getLogger(__name__)

BREAKS_A_RULE = 3
_READ_FILES = (
    "certificate import",
    "document edit",
    "document save-template",
    "import",
    "scheme",
    "sheets back",
    "try-scheme",
    "verify",
)
"""Commands where invalid input is what stands in a file, not what was typed."""
_WITHOUT_OFFICE = frozenset({"init", "check", "sample-year"})


def init(services: Services, call: Invocation) -> Answer:
    """Set up an office."""
    office = services.setup.init_office(OfficeDraft(call.office))
    place = services.store.path
    lines = (f"已新建“{office.name}”，机关代字“{office.document_code}”。", f"数据在 {place}")
    return Answer({"office": office.name, "document_code": office.document_code, "store": str(place)}, lines)


def check(services: Services, call: Invocation) -> Answer:
    """Check the whole store."""
    from core.model.versions import LABEL_OF
    from core.services.diagnosis import examine

    health, contents = examine(services)
    counts = "，".join(
        f"{LABEL_OF[name]} {count:,}" for name, count in health.counts if count and name in LABEL_OF
    )
    faults = (*health.faults, *map(str, contents.faults))
    words = faults or ("数据文件完好。",)
    if contents.orphans:
        words += (f"另有 {contents.orphans} 份附件的记录已删除，恢复记录时还用得着。",)
    lines = (*words, f"版本 {health.revision}，SQLite {health.sqlite_version}", f"记录数：{counts}")
    data = {
        "whole": not faults,
        "faults": list(faults),
        "spare_attachments": contents.orphans,
        "revision": health.revision,
        "sqlite": health.sqlite_version,
        "counts": dict(health.counts),
    }
    return Answer(data, lines, STORAGE_TROUBLE if faults else 0)


COMMANDS: Mapping[str, Command] = {"init": init, "check": check}
_MODULES: Mapping[str, Sequence[str]] = {
    "assess": ("assessing", "cycle_path"),
    "backup": ("renewing",),
    "ballots": ("entering",),
    "certificate": ("certificates",),
    "certificates": ("certificates",),
    "decide": ("deciding",),
    "document": ("documents", "papers"),
    "entry": ("entering",),
    "explain": ("assessing",),
    "export": ("register", "reports", "handing_out", "score_details"),
    "fonts": ("fonts",),
    "import": ("importing", "register"),
    "lens": ("lens",),
    "log": ("log",),
    "numbers": ("numbers",),
    "object": ("deciding",),
    "payments": ("handing_out",),
    "person": ("persons",),
    "print": ("register", "reports", "score_details"),
    "recuse": ("entering",),
    "revoke": ("deciding",),
    "sample-year": ("sample_year",),
    "scheme": ("schemes",),
    "sheets": ("score_sheets",),
    "statistics": ("year_report",),
    "undo": ("register",),
    "verify": ("handing_out",),
    "verify-certificate": ("certificates",),
    "year-papers": ("year_papers",),
    "year-report": ("year_report",),
}
"""Where the commands with this first word are. All of them take longer to load than most take to run."""


def command_of(name: str) -> Command:
    """What carries out the command with this name; only modules that may have it are loaded."""
    if name in COMMANDS:
        return COMMANDS[name]
    modules = (import_module(f"core.cli.{each}") for each in _MODULES[name.split()[0]])
    found: Command = next(each.COMMANDS[name] for each in modules if name in each.COMMANDS)
    return found


def run_command(call: Invocation, open_door: OpenDoor, open_backups: OpenBackups) -> int:
    """Carry out one command; its exit status. Errors are told in Chinese on standard error."""
    try:
        return show(_answer(call, open_door, open_backups), call.json)
    except AppError as error:
        return _tell(error, call)
    except Exception as error:
        bug = log_bug(_log, f"Command {call.command} failed", error)
        told = f"程序出错（编号 {bug.number}），没有完成；已保存的内容不受影响。"
        remedy = "请用 diagnosis -o 诊断包.zip 生成诊断包，交给技术人员；里面没有个人信息。"
        return _tell(AppError("bug", told, remedy), call)


def _answer(call: Invocation, open_door: OpenDoor, open_backups: OpenBackups) -> Answer:
    if call.command == "diagnosis":
        from core.cli import diagnosing

        return diagnosing.diagnosis(open_door, open_backups(call).store_path.parent, call)
    if call.command in backups.COMMANDS:
        return _with_backups(call, open_door, open_backups)
    if call.command in access.COMMANDS:
        return access.COMMANDS[call.command](open_door(call, False), call)
    if call.command == "try-scheme":
        from core.cli import trial

        return trial.try_scheme(call)
    if call.command == "verify" and call.file.name:
        from core.cli import handing_out

        return handing_out.verify_file(call)
    if call.command == "sample-year":
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return _with_store(replace(call, data=Path(folder)), open_door)
    return _with_store(call, open_door)


def _with_backups(call: Invocation, open_door: OpenDoor, open_backups: OpenBackups) -> Answer:
    """Where there are accounts, what changes something is for those who log in and may."""
    alone = open_backups(call)
    if call.command not in backups.FOR_ACCOUNTS or not access.asks_login(open_door, call):
        return backups.COMMANDS[call.command](alone, call)
    try:
        services = access.come_in(open_door(call, False), call)
    except (NotFound, StorageFailed):
        # A store that is damaged or gone lets nobody in: now the backups are what helps.
        return backups.COMMANDS[call.command](alone, call)
    try:
        own = services.backups or alone
        if call.command == "backup restore":
            return backups.restore(own, call, finish=partial(_finish, services, alone))
        return backups.COMMANDS[call.command](own, call)
    finally:
        services.close()


def _finish(services: Services, alone: BackupService) -> Path | None:
    services.close()
    return alone.finish()


def _with_store(call: Invocation, open_door: OpenDoor) -> Answer:
    services = access.come_in(open_door(call, call.command in ("init", "sample-year")), call)
    try:
        if call.command not in _WITHOUT_OFFICE and services.setup.office() is None:
            raise NotFound("office_missing", "还没有新建单位。", "请先用 init --office 新建单位。")
        for each in warnings_of(services.store.path.parent):
            tell(AppError(each.code, each.message_zh, each.remedy_zh), as_json=False)
        _refuse_ahead(services, call)
        _back_up_daily(services)
        return command_of(call.command)(services, call)
    finally:
        services.close()


def _refuse_ahead(services: Services, call: Invocation) -> None:
    today = services.clock().date()
    if call.as_of and call.as_of > today:
        raise InvalidInput(
            "day_ahead",
            f"{call.as_of} 还没有到，那一天的内容还不知道；今天是 {today}。",
            "请写今天或以前的日期；要现在的内容，不写 --as-of。",
        )


def _back_up_daily(services: Services) -> None:
    """The backup of the day; that it failed is told, and the command goes on."""
    try:
        if services.backups is not None and services.backups.due_at_start():
            services.backups.make(reason=BackupReason.START)
    except AppError as error:
        tell(error, as_json=False)


def _tell(error: AppError, call: Invocation) -> int:
    error.remedy_zh += option_for(call.command, error.code)
    tell(error, call.json)
    return _status(error, call)


def _status(error: AppError, call: Invocation) -> int:
    if isinstance(error, RuleViolation | NotFound | Conflict | DocumentFailed):
        return BREAKS_A_RULE
    by_words = error.code == "wrong_use" or call.command == "verify-certificate"
    typed = by_words or not call.command.startswith(_READ_FILES)
    if isinstance(error, InvalidInput) and typed:
        return WRONG_USE
    return STORAGE_TROUBLE
