"""A report as a table: seen, exported and printed alike.

pane = ReportPane(desk, "各单位任务进展", services.reports.progress, "没有任务"); pane.reload()
pane.add_widget(choice)                 before the buttons
table = SheetTable(desk.settings, "各单位任务进展", sheet); table.show_sheet(other)      the table alone
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.model.tables import OutColumn, OutSheet, OutValue
from core.services.files import write_file
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.messages import EXCEL_OUT
from gui.settings_store import SettingsStore
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.notice_line import NoticeLine, open_folder_of

Row = tuple[OutValue, ...]
_FIGURES = re.compile(r"(?:^|≈ ?)(-?\d+(?:\.\d+)?)")
"""What a text begins with, and what it comes to: 12.375, 2/3, 2435/28 ≈ 86.96."""
CHARACTER, MARGIN, LONG, LEAST_STRETCH, SCROLL_BAR = 7, 26, 18, 180, 14


class SheetTable(QWidget):
    """Any sheet as a table; one with other columns is another table."""

    def __init__(
        self, settings: SettingsStore, title: str, sheet: OutSheet, least: int = LEAST_STRETCH
    ) -> None:
        """`least` is what the widest column keeps."""
        super().__init__()
        self._least = least
        self._settings = settings
        self._title = title
        self._narrow = False
        self.sheet = sheet
        self.model, self.table = self._table_for(sheet)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.table)

    def show_sheet(self, sheet: OutSheet) -> None:
        """Show the rows of this sheet."""
        if sheet.columns != self.sheet.columns:
            old = self.table
            self.model, self.table = self._table_for(sheet)
            self.table.set_narrow(self._narrow)
            self._column.replaceWidget(old, self.table)
            old.deleteLater()
        self.sheet = sheet
        self.model.set_records(sheet.rows)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.table.set_narrow(narrow)

    def _table_for(self, sheet: OutSheet) -> tuple[RecordTableModel[Row], RecordTable]:
        model: RecordTableModel[Row] = RecordTableModel(columns_of(sheet), itemgetter(0), parent=self)
        # Widths and order are remembered for these columns: another classification has others.
        name = "_".join(("report", *(each.title for each in sheet.columns)))
        table = RecordTable(model, self._settings, name, label=self._title)
        table.set_least_stretch(self._least)
        return model, table

    def wanted_width(self) -> int:
        """What it needs to show all of its columns."""
        own = sum(self._least if each.stretch else each.width for each in self.model.columns)
        return scaled(own) + SCROLL_BAR


class ReportPane(QWidget):
    """Reads when it is shown; the note says of which day and how many."""

    def __init__(self, desk: Desk, title: str, make: Callable[[], OutSheet], nothing: str) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        self._make = make
        self._is_stale = True
        self._figures = SheetTable(desk.settings, title, empty_report(title))
        self.note = ElidedLabel("", "secondary")
        self.notice = NoticeLine()
        self._nothing = label(nothing, "secondary", wrap=True)
        self._head = QHBoxLayout()
        self._buttons = (
            push_button("导出表格", self.export, icon_name="file-excel-2-line", dense=True),
            push_button("打印", self.print, icon_name="printer-line", dense=True),
        )
        self._build()

    def _build(self) -> None:
        self._head.setContentsMargins(24, 8, 16, 8)
        self._head.setSpacing(8)
        self._head.addWidget(self.note, 1)
        for button in self._buttons:
            self._head.addWidget(button)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self._figures, 1)
        self._column.addWidget(self._nothing, 1)

    @property
    def model(self) -> RecordTableModel[Row]:
        """The rows that are shown."""
        return self._figures.model

    @property
    def table(self) -> RecordTable:
        """Where they are shown."""
        return self._figures.table

    def add_widget(self, widget: QWidget) -> None:
        """Put a choice before the buttons."""
        self._head.insertWidget(self._head.count() - len(self._buttons), widget)

    def show_report_of(self, make: Callable[[], OutSheet]) -> None:
        """Show another report of this kind from now on."""
        self._make = make
        self.reload()

    def reload(self) -> None:
        """Make the report anew; while hidden, when it is shown."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            make = self._make
            self._desk.jobs.start(
                lambda _report: (make, make()), self._show, title=f"读取{self._title}", owner=self
            )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def set_narrow(self, narrow: bool) -> None:
        self._figures.set_narrow(narrow)

    def take_focus(self) -> None:
        self.table.setFocus()

    def _show(self, answer: tuple[Callable[[], OutSheet], OutSheet]) -> None:
        make, sheet = answer
        if make is not self._make:
            return
        self._figures.show_sheet(sheet)
        self.note.set_whole_text(sheet.subtitle)
        for part in (self._figures, *self._buttons):
            part.setVisible(bool(sheet.rows))
        self._nothing.setVisible(not sheet.rows)

    def export(self) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        sheet, messages = self._shown(), self._desk.messages
        path = messages.choose_save_file("导出表格", EXCEL_OUT, name=f"{sheet.name}.xlsx", purpose="export")
        if path is None:
            return
        exports = self._desk.services.exports
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.sheet(sheet)),
            lambda _none: self.notice.say(
                f"已导出{sheet.name}到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出表格",
            owner=self,
        )

    def print(self) -> None:
        """Preview what is shown, in the order shown, on paper."""
        sheet = self._shown()
        make = partial(self._desk.services.papers.table, sheet, sheet.title, sheet.subtitle)
        PaperPreview(self._desk, sheet.name, make, f"{sheet.name}.pdf", self).open()

    def _shown(self) -> OutSheet:
        return replace(self._figures.sheet, rows=self.model.shown())


def empty_report(title: str) -> OutSheet:
    """What stands where there is no report yet; a table has a column."""
    return OutSheet(title, "", (OutColumn(title),), ())


def columns_of(sheet: OutSheet) -> tuple[Column[Row], ...]:
    """The columns of a sheet in a table; the widest one takes what room is left.

    Of the other long ones a small window shows only that beside the number.
    """
    widest = max(sheet.columns, key=lambda each: each.width)
    return tuple(
        Column(
            each.title,
            _text_of(place, each),
            width=_width(each, is_figure := _is_figure(row[place] for row in sheet.rows)),
            stretch=each is widest,
            align_right=is_figure,
            narrow=each is widest or is_figure or each.width < LONG or place <= 1,
            sort_key=partial(_sort_key, place, each.order),
        )
        for place, each in enumerate(sheet.columns)
    )


def _sort_key(place: int, order: tuple[str, ...], row: Row) -> tuple[int, int | Decimal, str] | None:
    """Figures by their amount, also those that begin a text; words in their order, others by characters."""
    value = row[place]
    if value is None:
        return None
    if isinstance(value, int | Decimal):
        return 0, value, ""
    text = str(value)
    if text in order:
        return 0, order.index(text), ""
    figures = _FIGURES.findall(text)
    return (0, Decimal(figures[-1]), text) if figures else (1, 0, text)


def _width(column: OutColumn, is_figure: bool) -> int:
    title = max(6, 2 * len(column.title))
    is_count = is_figure and column.places is None
    return (title if is_count else max(column.width, title)) * CHARACTER + MARGIN


def _is_figure(values: Iterable[OutValue]) -> bool:
    return any(isinstance(value, int | Decimal) or str(value).endswith("%") for value in values)


def _text_of(place: int, column: OutColumn) -> Callable[[Row], str]:
    return lambda row: _words(row[place], column.places)


def _words(value: OutValue, places: int | None) -> str:
    if isinstance(value, Decimal) and places is not None:
        return f"{value:,.{places}f}"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
