"""A store that cannot be opened: the newest good backup is offered before the program gives up.

rescue = Rescue(lambda: program.jobs, messages, open_backups, parent)       the runner of the window there is
rescue.takes(error) -> bool            whether a backup could help; then it asks, and in the end emits one of
rescue.restored, rescue.given_up (error)
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import AppError
from gui.jobs import JobRunner
from gui.messages import Messages

if TYPE_CHECKING:
    from core.services.backups import BackupService
    from gui.restoring import RestoreOffer

OpenBackups = Callable[[], "BackupService"]

_HELPED = frozenset({"store_damaged", "store_empty", "store_gone", "not_a_store"})


class Rescue(QObject):
    """Asks step by step; the damaged file is kept as it is whatever is answered."""

    restored = Signal()
    given_up = Signal(object)

    def __init__(
        self, jobs: Callable[[], JobRunner], messages: Messages, open_backups: OpenBackups, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._open_backups = open_backups
        self._error: AppError | None = None

    def takes(self, error: AppError) -> bool:
        """Begin, if it is an error that a backup can mend."""
        if error.code not in _HELPED:
            return False
        self._error = error
        self._look(None)
        return True

    def _look(self, folder: Path | None) -> None:
        self._jobs().start(
            lambda _report: self._found(folder),
            self._ask,
            failed=self._ask_elsewhere,
            title="查找完好的备份",
            owner=self,
        )

    def _found(self, folder: Path | None) -> "RestoreOffer":
        # What can mend is loaded only where something is broken.
        from gui.restoring import find_offer  # noqa: PLC0415 - see above

        return find_offer(self._open_backups(), folder)

    def _ask(self, offer: "RestoreOffer") -> None:
        from gui.restoring import confirm_offer  # noqa: PLC0415 - as in _found

        if not confirm_offer(self._messages.confirm, offer, f"{self._why()}要用最近一份完好的备份恢复吗？"):
            # There may be a newer one on a stick.
            self._ask_elsewhere()
            return
        self._jobs().start(
            lambda _report: self._open_backups().restore(offer.backup),
            lambda _replaced: self.restored.emit(),
            failed=self._ask_elsewhere,
            title="恢复数据",
            owner=self,
        )

    def _ask_elsewhere(self, error: AppError | None = None) -> None:
        """Nothing here helps, or it is not wanted: perhaps a stick does."""
        facts = [("怎么办", error.remedy_zh)] if error else []
        wants = self._messages.confirm(
            f"{self._why()}{error.message_zh if error else ''}要从 U 盘或共享文件夹里的备份恢复吗？",
            (*facts, ("保留", "现在的数据文件原样留着，不删除也不覆盖")),
            yes="选择文件夹",
            no="退出程序",
        )
        folder = None
        if wants:
            folder = self._messages.choose_folder("选择备份所在的文件夹", purpose="backup")
        if folder is None:
            self._give_up()
        else:
            self._look(folder)

    def _why(self) -> str:
        return self._error.message_zh if self._error else ""

    def _give_up(self) -> None:
        self.given_up.emit(self._error)
