"""Backups that nobody asks for: after the start, and while something is changed; beside the other work.

keeper = BackupKeeper(desk, backups, status); keeper.begin()
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from core.errors import AppError
from core.model.backup import BackupReason
from core.services.backups import BackupService
from core.services.old_backups import OldBackups
from gui.desk import Desk
from gui.restoring import shown_moment
from gui.widgets.status_bar import StatusBar

LOOK_EVERY_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class Kept:
    """How backups stand: when the last was made, what went wrong, whether the second place waits."""

    newest: datetime | None
    trouble: AppError | None
    second_is_due: bool
    second_at: datetime | None
    is_empty: bool = False


class BackupKeeper(QObject):
    """Belongs to the window; what goes wrong stands in the status bar, no box interrupts the work."""

    def __init__(self, desk: Desk, backups: BackupService, status: StatusBar) -> None:
        super().__init__(desk)
        self._desk = desk
        self._backups = backups
        self._status = status
        self._told: str = ""
        self._reminded = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(lambda: self._look(backups.due_by_change, BackupReason.CHANGE))
        status.backup_clicked.connect(lambda: desk.go("backup"))
        desk.jobs.saved.connect(self.show_newest)

    def begin(self) -> None:
        """Make the backup of the day if it is due, and look every few minutes from now on."""
        self._look(self._backups.due_at_start, BackupReason.START)
        self._desk.jobs.look(
            lambda: checked(self._backups), self._tell_checked, title="每月检查备份", owner=self
        )
        self._desk.jobs.look(
            self._desk.services.old_backups.found,
            lambda found: warn_of_old(self._desk, found),
            title="找旧备份",
            owner=self,
        )
        self._timer.start()

    def show_newest(self) -> None:
        """Say anew when the last backup was made."""
        self._look(lambda: False, BackupReason.CHANGE)

    def _look(self, is_due: Callable[[], bool], reason: BackupReason) -> None:
        # Beside the queue: nobody who saves waits for it. The titles differ, so that none drops the other.
        self._desk.jobs.look(
            lambda: keep(self._backups, is_due, reason),
            self._show,
            title=f"自动备份 {reason.value}",
            owner=self,
        )

    def _tell_checked(self, found: tuple[int, int] | None) -> None:
        if found is None:
            return
        count, bad = found
        if bad:
            words = f"每月检查：{count} 份备份里有 {bad} 份损坏"
            self._desk.warn(words, "查看备份", lambda: self._desk.go("backup"))
        else:
            self._desk.tell(f"每月检查：{count} 份备份都完好")

    def _show(self, kept: Kept) -> None:
        today = self._desk.services.clock().date()
        if kept.trouble is not None:
            self._status.set_backup("没有做成", good=False)
            # Once for each trouble; it stays in the status bar.
            if kept.trouble.message_zh != self._told:
                self._desk.warn(kept.trouble.message_zh, "查看备份", lambda: self._desk.go("backup"))
            self._told = kept.trouble.message_zh
            return
        self._told = ""
        if kept.is_empty:
            return
        self._status.set_backup(shown_moment(kept.newest, today), good=kept.newest is not None)
        if kept.second_is_due and not self._reminded and kept.newest is not None:
            self._reminded = True
            days = f"已 {(today - kept.second_at.date()).days} 天" if kept.second_at else "还"
            self._desk.warn(f"{days}没有备份到 U 盘", "去备份", lambda: self._desk.go("backup"))


def warn_of_old(desk: Desk, found: OldBackups | None) -> None:
    """Say that backups hold what was encrypted or erased since, with the way to do away with them."""
    if found is not None:
        desk.warn(found.said, "去处理", lambda: desk.go("backup"))


def checked(backups: BackupService) -> tuple[int, int] | None:
    """Once a month: how many backups there are and how many are damaged; None where that is not due."""
    try:
        found = backups.check_all() if backups.check_is_due() else {}
    except AppError:
        # What keeps backups from being read stands in the status bar already; it is tried again next time.
        return None
    return (len(found), sum(map(bool, found.values()))) if found else None


def keep(backups: BackupService, is_due: Callable[[], bool], reason: BackupReason) -> Kept:
    """Make a backup if it is due; how backups stand then."""
    try:
        if is_due():
            backups.make(reason=reason)
        shown = backups.overview()
    except AppError as error:
        return Kept(None, error, False, None)
    newest = shown.newest
    return Kept(
        newest.made_at if newest else None,
        None,
        shown.second.is_due,
        shown.second.newest,
        shown.now.last_act == 0,
    )
