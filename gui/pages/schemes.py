"""考核方案: all schemes in a list, one of them being written, or tried on a year that has marks.

pane = SchemesPane(desk); pane.open(); pane.edit(code); pane.edit_cycle(year, cycle); pane.left()
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.model.cycle_view import CycleLine
from core.model.scheme_draft import Table
from core.model.scheme_view import SchemeLine
from core.model.tables import OutSheet
from core.services.services import Services
from gui.actions import EDIT, REMOVE, command_button
from gui.desk import Desk
from gui.pages.report import ReportPane, empty_report
from gui.pages.scheme_editor import SchemeEditor
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.undo import do_undoably
from gui.widgets.buttons import literal, push_button
from gui.widgets.page import PageHeader

SCHEME_IN = "考核方案 (*.toml *.xlsx *.xls *.et *.ods);;所有文件 (*)"
TRIAL = "方案试算"
NOT_KEPT = ""
"""What a scheme of its own began as: it takes no other one's code."""
COLUMNS: tuple[Column[SchemeLine], ...] = (
    Column("方案", lambda line: line.name, width=320, stretch=True),
    Column("代码", lambda line: line.code, width=220, narrow=False),
    Column("来自", lambda line: "本单位" if line.own else "随程序", width=100),
    Column("最近保存", lambda line: line.loaded_at[:16].replace("T", " "), width=160),
)


@dataclass(frozen=True, slots=True)
class _Reading:
    schemes: tuple[SchemeLine, ...]
    cycles: tuple[CycleLine, ...]


def _read(services: Services) -> _Reading:
    cycles = services.assessments.cycles()
    return _Reading(services.schemes.all(), tuple(sorted(cycles, key=lambda line: -line.year)))


class SchemesPane(QWidget):
    """List, editor and trial, one at a time."""

    left = Signal()
    opened = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cycles: Sequence[CycleLine] = ()
        self.header = PageHeader("考核方案")
        self.model = RecordTableModel(COLUMNS, lambda line: line.code, parent=self)
        self.table = RecordTable(self.model, desk.settings, "schemes", label="考核方案")
        self.editor = SchemeEditor(desk)
        self.trial_header = PageHeader(TRIAL)
        self.trial = ReportPane(desk, TRIAL, partial(empty_report, TRIAL), "没有对象的等次或奖项会变。")
        self._cycle_menu = QMenu(self)
        self._from_cycle = push_button("从往年复制", icon_name="history-line")
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.show_back(self.left.emit)
        self._from_cycle.setMenu(self._cycle_menu)
        self._from_cycle.setProperty("menu", True)
        self.header.add_button(push_button("新建方案", self.new, icon_name="add-line"))
        self.header.add_button(push_button("从文件导入", self.import_file, icon_name="upload-2-line"))
        self.header.add_button(self._from_cycle)
        self.header.add_button(push_button("复制为新方案", self.copy, icon_name="file-copy-2-line"))
        self.remove_button = command_button(REMOVE, self.remove)
        self.header.add_button(self.remove_button)
        self.header.add_button(command_button(EDIT, self.edit_chosen, kind="primary", text="修改方案"))
        self.trial_header.show_back(self._show_editor)
        for parts in ((self.header, self.table), (self.trial_header, self.trial)):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for part in parts:
                column.addWidget(part)
            column.setStretch(1, 1)
            self._stack.addWidget(page)
        self._stack.addWidget(self.editor)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.table.opened.connect(lambda line: self.edit(line.code))
        self.table.current_changed.connect(self._offer_removal)
        self.editor.left.connect(self.open)
        self.editor.thrown_away.connect(lambda: self._stack.setCurrentIndex(0))
        self.editor.trial_asked.connect(self._try_on)

    def set_narrow(self, narrow: bool) -> None:
        for part in (self.header, self.table, self.editor, self.trial_header, self.trial):
            part.set_narrow(narrow)

    def may_leave(self) -> bool:
        """False where something is being written that the user wants to keep."""
        return self.editor.may_leave()

    def open(self, code: str = "") -> None:
        """Show the list, at a scheme if one is named."""
        self._stack.setCurrentIndex(0)
        self.opened.emit()
        self._reload(partial(self._rest_at, code))

    def _rest_at(self, code: str) -> None:
        if code:
            self.table.select_ids((code,))
        self.table.setFocus()

    def _reload(self, then: Callable[[], object]) -> None:
        services = self._desk.services

        def show(reading: _Reading) -> None:
            self._show(reading)
            then()

        self._desk.jobs.start(lambda _report: _read(services), show, title="读取方案", owner=self)

    def _show(self, reading: _Reading) -> None:
        self._cycles = reading.cycles
        self.model.set_records(reading.schemes)
        if self.table.current_record() is None and reading.schemes:
            self.table.select_ids((reading.schemes[0].code,))
        self.editor.show_cycles(reading.cycles)
        self._cycle_menu.clear()
        for line in reading.cycles:
            action = QAction(literal(f"{line.year} 年度 {line.title}"), self._cycle_menu)
            action.triggered.connect(partial(self.edit_cycle, line.year, line.code))
            self._cycle_menu.addAction(action)
        self._from_cycle.setEnabled(bool(reading.cycles))

        self._offer_removal(self.table.current_record())

    def _offer_removal(self, line: SchemeLine | None) -> None:
        self.remove_button.setEnabled(line is not None and line.own)

    def reload(self) -> None:
        """Read the list again, as something was stored."""
        self._reload(lambda: None)

    @needs("scheme_drafts.remove")
    def remove(self) -> None:
        """Take the own scheme out that is selected."""
        if (line := self.table.current_record()) is not None:
            drafts, code = self._desk.services.scheme_drafts, line.code
            do_undoably(
                self._desk,
                lambda: drafts.remove(code),
                title=REMOVE.text,
                told=lambda name: f"已移到回收站：方案“{name}”",
                owner=self,
            )

    # Beginning to write

    def edit_chosen(self) -> None:
        """Write on the scheme selected."""
        if (line := self.table.current_record()) is not None:
            self.edit(line.code)

    def edit(self, code: str) -> None:
        """Write on the latest version of a scheme."""
        drafts = self._desk.services.scheme_drafts
        self._begin(lambda: drafts.of_scheme(code), code)

    def edit_cycle(self, year: int, cycle: str) -> None:
        """Write on from the scheme that a cycle was opened with."""
        drafts = self._desk.services.scheme_drafts
        self._begin(lambda: drafts.of_cycle(year, cycle))

    def new(self) -> None:
        """A new scheme from nothing."""
        self._begin(self._desk.services.scheme_drafts.blank, NOT_KEPT)

    def copy(self) -> None:
        """A new scheme that begins as the one selected."""
        if (line := self.table.current_record()) is not None:
            drafts = self._desk.services.scheme_drafts
            self._begin(lambda: drafts.copy_of(line.code), NOT_KEPT)

    def import_file(self) -> None:
        """Write on from a file; nothing is kept before it is saved."""
        path = self._desk.messages.choose_open_file("导入考核方案", SCHEME_IN, purpose="import")
        if path is not None:
            drafts = self._desk.services.scheme_drafts
            self._begin(lambda: drafts.of_file(path))

    def _begin(self, read: Callable[[], Table], began_as: str | None = None) -> None:
        def work(_report: object) -> tuple[Table, _Reading]:
            return read(), _read(services)

        def show(answer: tuple[Table, _Reading]) -> None:
            draft, reading = answer
            self._show(reading)
            self.editor.begin(draft, began_as)
            self._show_editor()
            self.opened.emit()

        services = self._desk.services
        self._desk.jobs.start(work, show, title="打开考核方案", owner=self)

    def _show_editor(self) -> None:
        self._stack.setCurrentWidget(self.editor)
        self.editor.take_focus()

    def _try_on(self, year: int, cycle: str) -> None:
        """Show who would get another grade or award."""
        draft, drafts = self.editor.draft(), self._desk.services.scheme_drafts

        def make() -> OutSheet:
            return drafts.trial_table(drafts.try_on(draft, year, cycle))

        name = self.editor.draft().word("name")
        self.trial_header.set_title(f"{TRIAL}：{year} 年度按“{name}”")
        self._stack.setCurrentIndex(1)
        self.trial.show_report_of(make)
        self.trial.take_focus()
