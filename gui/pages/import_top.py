"""The first rows of a sheet, with a choice over each column and the rows that are the head.

table = TopTable(); table.top.show_rows(rows, head=range(2, 3)); table.put_choices(choices)
table.head_chosen(row)                  counted from 1; 0: there is no head
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QTableView,
    QWidget,
)

from gui.theme import color, font, row_height, scaled
from gui.widgets.buttons import ENTER
from gui.widgets.choice import Choice

Index = QModelIndex | QPersistentModelIndex
COLUMN_WIDTH, NUMBER_WIDTH = 148, 68
POPUP_MARGIN = 32
LEFT_OUT = "\uff08不导入\uff09"


class ColumnChoice(Choice):
    """What a column is imported to; long words are elided, whole in the list that opens."""

    def __init__(self, choices: Sequence[tuple[str, str]], title: str) -> None:
        super().__init__(choices, width=COLUMN_WIDTH - 8, empty=LEFT_OUT)
        self.setAccessibleName(title)
        self.currentTextChanged.connect(self.setToolTip)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + scaled(POPUP_MARGIN))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawItemText(room, left, self.palette(), self.isEnabled(), words, QPalette.ColorRole.Text)


class TopModel(QAbstractTableModel):
    """The first rows of a sheet under a row of choices; the head stands out, what is above it stands back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._width = 0
        self.head = range(0)

    def show_rows(self, rows: tuple[tuple[str, ...], ...], head: range) -> None:
        self.beginResetModel()
        self._rows = rows
        self._width = max(map(len, rows), default=0)
        self.head = head
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._width

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.row() == 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() == 0:
            return None
        row = index.row()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            cells = self._rows[row - 1]
            text = cells[index.column()] if index.column() < len(cells) else ""
            return " ".join(text.split())
        if role == Qt.ItemDataRole.FontRole:
            return font(14, bold=row in self.head)
        if role == Qt.ItemDataRole.ForegroundRole:
            return color("text3" if row < self.head.start else "text")
        if role == Qt.ItemDataRole.BackgroundRole and row in self.head:
            return color("sel")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return f"第 {section} 行" if section else "导入为"
        return None


class TopTable(QTableView):
    """Click a row, or go there and press Enter, to make it the head."""

    head_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("文件的前几行，选中一行按 Enter 作为表头")
        self.setProperty("kind", "sheet")
        self.top = TopModel(self)
        self.setModel(self.top)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.verticalHeader().setFixedWidth(scaled(NUMBER_WIDTH))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height(34))
        self.verticalHeader().setSectionsClickable(True)
        self.verticalHeader().sectionClicked.connect(self._choose)
        self.clicked.connect(lambda index: self._choose(index.row()))

    def put_choices(self, choices: Sequence[Choice]) -> None:
        """Set these over the columns."""
        self._fit_columns()
        self.setRowHeight(0, row_height(36) + 10)
        for place, choice in enumerate(choices):
            holder = QWidget()
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(4, 4, 4, 4)
            inside.addWidget(choice)
            self.setIndexWidget(self.top.index(0, place), holder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Few columns share a wide window, so that long words stand whole; many scroll."""
        width = scaled(COLUMN_WIDTH)
        share = self.viewport().width() // max(1, self.top.columnCount())
        self.horizontalHeader().setDefaultSectionSize(max(width, min(share, 2 * width)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER or event.key() == Qt.Key.Key_Space:
            self._choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if row > 0:
            self.head_chosen.emit(0 if row in self.top.head else row)
