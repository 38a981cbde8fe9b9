"""What can be done to the organizations of a list: changed together, merged, removed, exported.

acts = RosterActs(desk, model, table, notice); acts.register = register
acts.move(group_id), acts.change(BulkField.STATUS), acts.merge(), acts.remove(ids), acts.export(rows, day)
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from core.model.register import OrganizationSummary, Register
from core.model.register_changes import BulkField
from core.services.files import write_file
from gui.actions import REMOVE
from gui.desk import Desk
from gui.dialogs.bulk_change import BulkChangeDialog
from gui.dialogs.merge import MergeDialog
from gui.messages import EXCEL_OUT
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.undo import do_undoably
from gui.widgets.notice_line import NoticeLine, open_folder_of

TITLE = "社会组织花名册"


class RosterActs(QObject):
    """Works on the ticked rows, but where it is given others."""

    def __init__(
        self, desk: Desk, model: RecordTableModel[Any], table: RecordTable, notice: NoticeLine
    ) -> None:
        super().__init__(table)
        self._desk = desk
        self._model = model
        self._table = table
        self._notice = notice
        self.register: Register | None = None

    def ticked(self) -> list[str]:
        """The ids of the ticked rows, as they stand."""
        return [summary.id for summary in self._model.checked_records()]

    def move(self, group_id: str) -> None:
        """Assign the ticked ones to a work group."""
        ids, register = self.ticked(), self._desk.services.register
        do_undoably(
            self._desk,
            lambda: register.move(ids, group_id),
            title="调整归口",
            told=_moved_words,
            done=lambda _count: self._model.clear_checks(),
            owner=self,
        )

    def change(self, field: BulkField) -> None:
        """Ask for a value of this field, show what it would do, and do it."""
        if self.register is not None:
            dialog = BulkChangeDialog(self._desk, self.register, field, self.ticked(), self._table.window())
            dialog.done_for.connect(lambda _count: self._model.clear_checks())
            dialog.open()

    def merge(self) -> None:
        """Show the two ticked ones side by side, and make them one."""
        if len(ticked := self.ticked()) == 2:
            dialog = MergeDialog(self._desk, (ticked[0], ticked[1]), self._table.window())
            dialog.merged.connect(self._show_merged)
            dialog.open()

    def _show_merged(self, kept: str) -> None:
        self._model.clear_checks()
        self._table.select_ids((kept,))

    def remove(self, ids: Sequence[str]) -> None:
        """Move into the bin; no question: it is told with the way back."""
        if not ids:
            return
        register = self._desk.services.register
        do_undoably(
            self._desk,
            lambda: register.remove(ids),
            title=REMOVE.text,
            told=lambda count: f"已移到回收站：{count:,} 个组织",
            done=lambda _count: self._model.set_checked(ids, False),
            owner=self,
        )

    def export(self, rows: tuple[OrganizationSummary, ...], day: date | None) -> None:
        """Write rows as an Excel file; `day` is the one whose register they are of, None for now."""
        if not rows:
            self._notice.say("没有可以导出的组织，请先清除筛选。")
            return
        title = f"{TITLE}\uff08{day}\uff09" if day else TITLE
        path = self._desk.messages.choose_save_file(
            "导出社会组织", EXCEL_OUT, name=f"{title}.xlsx", purpose="export"
        )
        if path is None:
            return
        exports = self._desk.services.exports
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.roster(rows, title)),
            lambda _none: self._notice.say(
                f"已导出 {len(rows):,} 个组织到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出名册",
            owner=self,
        )


def _moved_words(count: int) -> str:
    return f"已调整 {count:,} 个组织的归口" if count else "这些组织已经归口到这个专项推进组"
