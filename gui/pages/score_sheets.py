"""The buttons for score sheets on their way: send out, take back, ask for what is missing.

bar = ScoreSheetsBar(desk); bar.show_view(view); bar.checked(preview, again)
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from core.model.cycle_view import CycleView
from gui.desk import Desk
from gui.dialogs.report_dialog import ReportDialog
from gui.dialogs.score_returns import ScoreReturnsDialog
from gui.messages import EXCEL_IN
from gui.rights import needs
from gui.theme import set_kind
from gui.widgets.buttons import push_button
from gui.widgets.notice_line import open_folder_of


class ScoreSheetsBar(QWidget):
    """Three buttons; what came back is checked on the import's page."""

    checked = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: CycleView | None = None
        self.send_button = push_button("发出评分表", self.send_out, icon_name="send-plane-line", dense=True)
        self.back_button = push_button("收回评分表", icon_name="inbox-unarchive-line", dense=True)
        self.remind_button = push_button("催交名单", self.remind, icon_name="notification-3-line", dense=True)
        self.send_button.setToolTip("给每个评分方写一份带锁的 Excel 评分表")
        self.back_button.setToolTip("收回填好的评分表，可以一次收一个文件夹")
        menu = QMenu(self.back_button)
        menu.addAction("选择文件夹……", self.take_back_folder)
        menu.addAction("选择文件……", self.take_back_files)
        set_kind(self.back_button, "menu", True)
        self.back_button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.send_button, self.back_button, self.remind_button):
            row.addWidget(button)

    @property
    def cycle_id(self) -> str:
        """The cycle that is worked on; empty before the first."""
        return self._view.cycle.id if self._view else ""

    def show_view(self, view: CycleView) -> None:
        """Work on this cycle from now on."""
        self._view = view

    def send_out(self) -> None:
        """Ask for a folder and write a sheet for every rater into it."""
        view, sheets = self._view, self._desk.services.score_sheets
        folder = self._desk.messages.choose_folder("评分表写到哪个文件夹", purpose="score_sheets")
        if folder is None or view is None:
            return
        self._desk.jobs.start(
            lambda report: sheets.send_out(view.cycle.year, folder, view.cycle.code, report),
            self._tell_sent,
            title="发出评分表",
            owner=self,
        )

    def _tell_sent(self, paths: tuple[Path, ...]) -> None:
        self._desk.tell(f"已写好 {len(paths)} 份评分表", "打开文件夹", lambda: open_folder_of(paths[0]))

    @needs("score_sheets.take_back")
    def take_back_folder(self) -> None:
        """Ask for a folder and show what all tables in it bring."""
        folder = self._desk.messages.choose_folder("交回的评分表在哪个文件夹", purpose="score_sheets")
        self._take_back((folder,) if folder else ())

    @needs("score_sheets.take_back")
    def take_back_files(self) -> None:
        """Ask for files and show what they bring."""
        self._take_back(
            self._desk.messages.choose_open_files("选择交回的评分表", EXCEL_IN, purpose="score_sheets")
        )

    def _take_back(self, places: Sequence[Path]) -> None:
        if not places or self._view is None:
            return
        dialog = ScoreReturnsDialog(self._desk, self._view, places, self)
        dialog.checked.connect(lambda preview: self.checked.emit(preview, lambda: self._take_back(places)))
        dialog.open()

    def remind(self) -> None:
        """Show who owes sheets."""
        if self._view is None:
            return
        cycle = self._view.cycle
        make = partial(self._desk.services.score_sheets.missing, cycle.year, cycle.code)
        heading, nothing = f"{cycle.year}年度评分表催交名单", "各评分方都已交齐，没有要催的。"
        ReportDialog(self._desk, "催交名单", heading, make, nothing, self).open()
