"""Commands for backups: make, list, verify, restore, drill, choose the second place.

All but making one work where the store cannot be opened: that is when they are needed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.errors import NotFound
from core.model.backup import Backup, Drill, summary
from core.services.backups import BackupService

DAMAGED = 4
FOR_ACCOUNTS = frozenset({"backup now", "backup restore", "backup place"})
"""What an office with accounts lets nobody do who did not log in, as long as its store is there."""


def now(backups: BackupService, call: Invocation) -> Answer:
    """Make a backup on this PC, or in the second place."""
    if backups.overview().now.last_act is None:
        raise NotFound(
            "backup_no_store",
            f"没有可备份的数据：“{backups.store_path}”不在或读不出来。",
            "请检查 --data，或用 backup restore 恢复。",
        )
    outcome = backups.make_second() if call.second else backups.make()
    made = outcome.backup
    thinned = f"；按保留规则清理了 {outcome.thinned} 份旧备份" if outcome.thinned else ""
    lines = (f"已备份并检查：{made.name}（{_megabytes(made.size)}）{thinned}。", f"位置：{made.place}")
    return Answer({**_fields(made), "thinned": outcome.thinned}, lines)


def list_backups(backups: BackupService, call: Invocation) -> Answer:
    """The backups on this PC and in the second place, or those in a folder."""
    found = backups.listed(call.folder)
    rows = [
        (
            each.name,
            f"{each.made_at:%Y-%m-%d %H:%M}" if each.made_at else "—",
            each.occasion if not each.fault else "—",
            each.fault or summary(dict(each.counts)),
            _megabytes(each.size) if not each.fault else "—",
        )
        for each in found
    ]
    heads = ("名称", "备份时间", "缘由", "内容", "大小")
    lines = tuple(table(heads, rows, frozenset({4}))) if rows else ("还没有备份。",)
    return Answer({"backups": [_fields(each) for each in found]}, lines)


def verify(backups: BackupService, call: Invocation) -> Answer:
    """Read backups again, whole: the one named, or all."""
    chosen = (backups.named(call.name, call.folder),) if call.name else backups.listed(call.folder)
    checked = [(each, backups.faults(each)) for each in chosen]
    lines = [f"{each.name}：{'；'.join(faults) if faults else '完好，可以恢复'}" for each, faults in checked]
    data = [{**_fields(each), "faults": list(faults)} for each, faults in checked]
    status = DAMAGED if any(faults for _, faults in checked) else 0
    return Answer({"backups": data}, tuple(lines or ["还没有备份。"]), status)


def restore(
    backups: BackupService, call: Invocation, finish: Callable[[], Path | None] | None = None
) -> Answer:
    """Put a backup in the store's place: the one named, the newest good one, or the undoing."""
    chosen = backups.undoing() if call.undo_last else backups.named(call.name, call.folder)
    lost = backups.lost_acts(chosen)
    replaced = backups.restore(chosen)
    kept = finish() if finish else backups.finish()
    lines = [f"已用 {_told(chosen)} 的备份恢复，数据在 {backups.store_path}"]
    if lost:
        lines.append(f"备份之后的 {lost} 次操作不在里面了。")
    if replaced is not None:
        lines.append(
            f"恢复前的数据已另存为备份 {replaced.name}；要回到恢复之前，请用 backup restore --undo。"
        )
    if kept is not None:
        lines.append(f"被换下的数据文件原样保存在 {kept}")
    data = {
        "restored": _fields(chosen),
        "lost_acts": lost,
        "replaced": replaced.name if replaced else "",
        "kept": str(kept) if kept else "",
        "store": str(backups.store_path),
    }
    return Answer(data, tuple(lines))


def drill(backups: BackupService, call: Invocation) -> Answer:
    """Restore a backup on trial."""
    chosen = backups.named(call.name, call.folder) if call.name or call.folder else None
    return _drilled(backups.drill(chosen))


def place(backups: BackupService, call: Invocation) -> Answer:
    """Show or choose the second place."""
    if call.place == "-":
        backups.choose_second(None)
    elif call.place:
        backups.choose_second(Path(call.place))
    shown = backups.overview()
    second = shown.second
    if second.chosen is None:
        lines: tuple[str, ...] = ("还没有选第二备份位置（U 盘、移动硬盘或共享文件夹）。",)
    else:
        state = "现在可用" if second.is_there else "现在找不到（U 盘没有插好，或共享断开）"
        last = f"上次备份 {second.newest:%Y-%m-%d %H:%M}" if second.newest else "还没有在这里备份过"
        due = "，该备份了" if second.is_due else ""
        lines = (f"第二备份位置：{second.chosen}", f"{state}；{last}{due}。")
    data = {
        "local": str(backups.local),
        "second": str(second.chosen) if second.chosen else "",
        "available": second.is_there,
        "last": second.newest.isoformat() if second.newest else None,
        "due": second.is_due,
    }
    return Answer(data, lines)


COMMANDS: Mapping[str, Callable[[BackupService, Invocation], Answer]] = {
    "backup now": now,
    "backup list": list_backups,
    "backup verify": verify,
    "backup restore": restore,
    "backup drill": drill,
    "backup place": place,
}


def _drilled(done: Drill) -> Answer:
    counts = dict(done.counts)
    head = f"演练恢复 {_told(done.backup)} 的备份"
    if done.faults:
        lines = (f"{head}：不能恢复。", *done.faults)
    else:
        lines = (
            f"{head}：可以恢复，用了 {done.seconds:.1f} 秒。",
            f"内容：{summary(counts)}，操作日志 {counts.get('acts', 0):,} 次。演练日期已记下。",
        )
    data = {
        **_fields(done.backup),
        "faults": list(done.faults),
        "seconds": round(done.seconds, 3),
        "counts": counts,
    }
    return Answer(data, lines, DAMAGED if done.faults else 0)


def _told(backup: Backup) -> str:
    return f"{backup.made_at:%Y-%m-%d %H:%M}" if backup.made_at else backup.name


def _fields(backup: Backup) -> dict[str, object]:
    return {
        "name": backup.name,
        "folder": str(backup.folder),
        "made_at": backup.made_at.isoformat() if backup.made_at else None,
        "reason": backup.reason.value,
        "said": backup.said,
        "revision": backup.revision,
        "last_act": backup.last_act,
        "size": backup.size,
        "fault": backup.fault,
    }


def _megabytes(size: int) -> str:
    return f"{size / 1_048_576:,.1f} MB"
