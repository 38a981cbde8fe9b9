"""What can be done to the organizations of a list: changed together, merged, removed, exported.

acts = RosterActs(desk, model, table, notice); acts.frame = frame; acts.day = day
acts.move(group_id), acts.change(BulkField.STATUS), acts.merge(), acts.remove(ids), acts.export(ids)
acts.remove_ticked(), acts.export_ticked()
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from core.model.register import RosterFrame
from core.model.register_changes import BulkField
from core.services.files import write_file
from gui.actions import REMOVE
from gui.desk import Desk
from gui.dialogs.bulk_change import BulkChangeDialog
from gui.dialogs.merge import MergeDialog
from gui.messages import EXCEL_OUT
from gui.rights import needs
from gui.undo import do_undoably
from gui.widgets.notice_line import NoticeLine, open_folder_of
from gui.windowed_table import WindowedModel, WindowedTable

TITLE = "社会组织花名册"


class RosterActs(QObject):
    """Works on the ticked rows, but where it is given others; `day` is None for now."""

    def __init__(
        self, desk: Desk, model: WindowedModel[Any], table: WindowedTable, notice: NoticeLine
    ) -> None:
        super().__init__(table)
        self._desk = desk
        self._model = model
        self._table = table
        self._notice = notice
        self.frame: RosterFrame | None = None
        self.day: date | None = None

    def _with_ticked(self, act: Callable[[Sequence[str]], object]) -> None:
        """Give `act` the ids of the ticked ones; ticking all rows may still wait for them."""
        self._model.whole_asked.emit(lambda: act(self._model.ticked_ids()))

    @needs("register.move")
    def move(self, group_id: str) -> None:
        """Assign the ticked ones to a work group."""
        self._with_ticked(partial(self._move, group_id))

    def _move(self, group_id: str, ids: Sequence[str]) -> None:
        register = self._desk.services.register
        do_undoably(
            self._desk,
            lambda: register.move(ids, group_id),
            title="调整归口",
            told=_moved_words,
            done=lambda _count: self._model.clear_checks(),
            owner=self,
        )

    @needs("register.bulk_change")
    def change(self, field: BulkField) -> None:
        """Ask for a value of this field, show what it would do, and do it."""
        self._with_ticked(partial(self._change, field))

    def _change(self, field: BulkField, ids: Sequence[str]) -> None:
        if self.frame is not None:
            dialog = BulkChangeDialog(self._desk, self.frame, field, ids, self._table.window())
            dialog.done_for.connect(lambda _count: self._model.clear_checks())
            dialog.open()

    @needs("register.merge")
    def merge(self) -> None:
        """Show the two ticked ones side by side, and make them one."""
        self._with_ticked(self._merge)

    def _merge(self, ids: Sequence[str]) -> None:
        if len(ids) == 2:
            dialog = MergeDialog(self._desk, (ids[0], ids[1]), self._table.window())
            dialog.merged.connect(self._show_merged)
            dialog.open()

    def _show_merged(self, kept: str) -> None:
        self._model.clear_checks()
        self._table.select_ids((kept,))

    @needs("register.remove")
    def remove_ticked(self) -> None:
        """Move the ticked ones into the bin."""
        self._with_ticked(self.remove)

    @needs("register.remove")
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

    def export_ticked(self) -> None:
        """Write the ticked ones as an Excel file."""
        self._with_ticked(self.export)

    def export(self, ids: Sequence[str]) -> None:
        """Write these in this order as an Excel file, as of the day that is shown."""
        day = self.day
        title = f"{TITLE}\uff08{day}\uff09" if day else TITLE
        path = self._desk.messages.choose_save_file(
            "导出社会组织", EXCEL_OUT, name=f"{title}.xlsx", purpose="export"
        )
        if path is None:
            return
        roster, exports = self._desk.services.roster, self._desk.services.exports

        def write() -> int:
            rows = roster.rows(ids, day)
            write_file(path, exports.roster(rows, title))
            return len(rows)

        self._desk.jobs.start(
            lambda _report: write(),
            lambda count: self._notice.say(
                f"已导出 {count:,} 个组织到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出名册",
            owner=self,
        )


def _moved_words(count: int) -> str:
    return f"已调整 {count:,} 个组织的归口" if count else "这些组织已经归口到这个专项推进组"
