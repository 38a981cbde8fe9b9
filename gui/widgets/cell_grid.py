"""A grid of cells that a person types: Enter goes down, blocks of Excel are pasted and copied.

grid = CellGrid("表格的表头和各行")                   its first line holds the heads, and columns come and go
grid = CellGrid("名单", ("姓名", "单位、职务"))       the heads are given, and so are the columns
grid.resize_to(rows, columns); grid.put(row, column, text); grid.rows() -> all texts; grid.pasted
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from core.model.document_text import MOST_COLUMNS, MOST_TYPED_ROWS
from gui.clipboard import put_block, take_block
from gui.theme import color, fix_width, font, row_height, scaled
from gui.widgets.buttons import ENTER

LEFT = 56
UNIT = 24
"""Pixels of a column for each of its weight."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


class CellGrid(QTableWidget):
    """Heads in the first line, rows below; with given heads, rows only."""

    pasted = Signal(bool)
    """Whether all of it found its place."""

    def __init__(self, name: str, heads: Sequence[str] = ()) -> None:
        super().__init__(0 if heads else 1, len(heads))
        self._heads = tuple(heads)
        self.above = self.rowCount()
        """How many lines stand above the rows."""
        self._most_columns = len(heads) or MOST_COLUMNS
        self.setProperty("kind", "sheet")
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setFont(font(14))
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setMinimumSectionSize(scaled(UNIT))
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        fix_width(self.verticalHeader(), LEFT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height(34))

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; the heads that are typed are row 0."""
        item = self.item(row, column)
        return item.text() if item is not None else ""

    def rows(self) -> list[tuple[str, ...]]:
        """What stands in all lines, those of the heads first."""
        across = range(self.columnCount())
        return [tuple(self.text(row, column) for column in across) for row in range(self.rowCount())]

    def put(self, row: int, column: int, text: str) -> None:
        """Write a cell, in one line."""
        item = QTableWidgetItem(_BREAKS.sub(" ", text).strip(" "))
        if row < self.above:
            item.setFont(font(14, bold=True))
            item.setBackground(color("sunken"))
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setItem(row, column, item)

    def resize_to(self, rows: int, columns: int) -> None:
        """Have so many rows below the heads and so many columns, the old ones kept from the first."""
        self.setRowCount(rows + self.above)
        self.setColumnCount(columns)
        self.name_lines()

    def name_lines(self) -> None:
        """Number the lines, and give every head its look."""
        rows = (str(place) for place in range(1, self.rowCount() - self.above + 1))
        self.setVerticalHeaderLabels(["表头"] * self.above + [*rows])
        numbered = (f"第 {place} 栏" for place in range(1, self.columnCount() + 1))
        self.setHorizontalHeaderLabels([*(self._heads or numbered)])
        for column in range(self.columnCount() if self.above else 0):
            if self.item(0, column) is None:
                self.put(0, column, "")

    def used(self) -> tuple[int, int]:
        """The last row and the last column in which something stands, counted from 1."""
        filled = [
            (row + 1 - self.above, column + 1)
            for row in range(self.rowCount())
            for column in range(self.columnCount())
            if self.text(row, column)
        ]
        return max((row for row, _ in filled), default=0), max((column for _, column in filled), default=0)

    def paste(self) -> None:
        """Put the clipboard's cells down at the marked one, as far as a table reaches."""
        block = take_block()
        top, left = max(0, self.currentRow()), max(0, self.currentColumn())
        rows, columns = top + len(block) - self.above, left + max(map(len, block), default=0)
        # One telling for the whole block instead of one for each cell.
        self.blockSignals(True)
        self.resize_to(
            min(MOST_TYPED_ROWS, max(rows, self.rowCount() - self.above)),
            min(self._most_columns, max(columns, self.columnCount())),
        )
        for down, row in enumerate(block[: self.rowCount() - top], start=top):
            for across, text in enumerate(row[: self.columnCount() - left], start=left):
                self.put(down, across, text)
        self.blockSignals(False)
        self.pasted.emit(rows <= MOST_TYPED_ROWS and columns <= self._most_columns)

    def copy(self) -> None:
        """Put the marked cells on the clipboard."""
        for area in self.selectedRanges():
            put_block(
                [self.text(row, column) for column in range(area.leftColumn(), area.rightColumn() + 1)]
                for row in range(area.topRow(), area.bottomRow() + 1)
            )

    def add_row(self) -> None:
        """An empty row below the current one."""
        if self.rowCount() - self.above < MOST_TYPED_ROWS:
            place = max(self.above - 1, self.currentRow()) + 1
            self.insertRow(place)
            self._numbered(place)

    def remove_rows(self) -> None:
        """Take out the marked rows; one stays, and the heads."""
        marked = {index.row() for index in self.selectedIndexes()} - set(range(self.above))
        for row in sorted(marked, reverse=True):
            if self.rowCount() > self.above + 1:
                self.removeRow(row)
        self._numbered(self.currentRow())

    def _numbered(self, row: int) -> None:
        self.name_lines()
        self.setCurrentCell(row, max(0, self.currentColumn()))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENTER and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.setCurrentCell(min(self.currentRow() + 1, self.rowCount() - 1), self.currentColumn())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.selectedIndexes():
                self.put(index.row(), index.column(), "")
        else:
            super().keyPressEvent(event)
