"""The questions before a backup takes the store's place, and the work after them.

ask_restore(desk, backups, backup)                 a backup of the list
ask_restore_from_folder(desk, backups)             a stick or share that is pointed at
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from core.model.backup import Backup, summary
from core.services.backups import BackupService
from gui.desk import Desk

PURPOSE = "backup"


@dataclass(frozen=True, slots=True)
class RestoreOffer:
    """A good backup, and how many acts of the store it does not have; None where those cannot be counted.

    `replaces` is False on a bare PC, and where the store is gone.
    """

    backup: Backup
    lost: int | None
    replaces: bool = True


def find_offer(backups: BackupService, folder: Path | None = None) -> RestoreOffer:
    """The newest good backup of this PC and the second place, or of a folder."""
    return _offer(backups, backups.newest_good_in(folder))


def _offer(backups: BackupService, found: Backup) -> RestoreOffer:
    return RestoreOffer(found, backups.lost_acts(found), backups.replaces_something())


def offer_facts(offer: RestoreOffer) -> tuple[tuple[str, str], ...]:
    """What the person must know before saying yes."""
    backup = offer.backup
    made = f"{backup.made_at:%Y-%m-%d %H:%M}" if backup.made_at else backup.name
    facts = [(made.split(" ")[0], f"{made.split(' ')[-1]} 的备份：{summary(dict(backup.counts))}")]
    if not offer.replaces:
        facts.append(("要补做", "备份之后又做过的操作，这份备份里没有"))
        return tuple(facts)
    if offer.lost is None:
        facts.append(("未知", "备份之后又做了多少次操作，现在的数据读不出来，无法知道"))
    elif offer.lost:
        facts.append((f"{offer.lost:,} 次", "备份之后的操作，恢复后就没有了"))
    else:
        facts.append(("不会少", "备份之后没有再做过操作"))
    kept = "现在的数据文件原样留在数据文件夹里"
    again = "，并先做一份备份，可以用它撤销恢复" if offer.lost else ""
    facts.append(("保留", f"{kept}{again}"))
    return tuple(facts)


def ask_restore(desk: Desk, backups: BackupService, backup: Backup) -> None:
    """Count what would be lost, ask, restore, and open anew."""
    desk.jobs.start(
        lambda _report: _offer(backups, backup),
        lambda offer: _ask(desk, backups, offer),
        title="查看备份",
        owner=desk,
    )


def ask_restore_from_folder(desk: Desk, backups: BackupService) -> None:
    """Ask for the folder, look for its newest good backup, ask, restore, and open anew."""
    folder = desk.messages.choose_folder("选择备份所在的文件夹\uff08U 盘或共享文件夹\uff09", purpose=PURPOSE)
    if folder is None:
        return
    desk.jobs.start(
        lambda _report: find_offer(backups, folder),
        lambda offer: _ask(desk, backups, offer),
        title="查找完好的备份",
        owner=desk,
    )


def confirm_offer(
    ask: Callable[..., bool], offer: RestoreOffer, question: str = "用这份备份恢复吗？"
) -> bool:
    """Ask by the messages' `confirm`."""
    return ask(question, offer_facts(offer), yes="恢复", no="取消", note="恢复后程序会自动重新打开数据。")


def _ask(desk: Desk, backups: BackupService, offer: RestoreOffer) -> None:
    if not confirm_offer(desk.messages.confirm, offer):
        return
    desk.jobs.start(
        lambda _report: backups.restore(offer.backup),
        lambda _replaced: desk.reopen(),
        title="恢复数据",
        owner=desk,
    )


def shown_moment(moment: datetime | None, today: date) -> str:
    """今天 12:30, 昨天 17:42, else the day."""
    if moment is None:
        return "还没有"
    days = (today - moment.date()).days
    if days in (0, 1):
        return f"{'今天' if not days else '昨天'} {moment:%H:%M}"
    return f"{moment:%Y-%m-%d}"
