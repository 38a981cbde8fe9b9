"""The tables of the marks grid: two-line heads, a painted current row, and the keys of a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from gui.delegates import RecordDelegate
from gui.glyphs import paint_glyph
from gui.icons import icon
from gui.table_model import RecordTableModel
from gui.theme import color, fix_height, font, scaled
from gui.widgets.buttons import ENTER

PADDING = 8
ARROW = 14
HEADER = 48
MOST_WIDTH = 132


class TwoLineHeader(QHeaderView):
    """A title over a quiet second line, with the sort arrow beside the title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        fix_height(self, HEADER)
        self.records: RecordTableModel[Any] | None = None
        self.seconds: dict[str, str] = {}

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if self.records is None:
            return
        painter.save()
        painter.fillRect(rect, color("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), color("line"))
        column = self.records.columns[section]
        room = QRectF(rect).adjusted(PADDING, 0, -PADDING, 0)
        second = self.seconds.get(column.name, "")
        side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
        if second:
            upper, lower = QFontMetricsF(font(13, bold=True)).height(), QFontMetricsF(font(12)).height()
            top = room.center().y() - (upper + lower) / 2
            self._paint_title(painter, QRectF(room.left(), top, room.width(), upper), section, side)
            painter.setFont(font(12))
            painter.setPen(color("text3"))
            painter.drawText(QRectF(room.left(), top + upper, room.width(), lower), side, second)
        else:
            self._paint_title(painter, room, section, side)
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.said_of(self.logicalIndexAt(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def said_of(self, section: int) -> str:
        """A head in full, as its column may be too narrow for it."""
        if self.records is None or section < 0:
            return ""
        column = self.records.columns[section]
        return f"{column.title} {self.seconds.get(column.name, '')}".strip() + "，单击排序"

    def _paint_title(self, painter: QPainter, room: QRectF, section: int, side: Qt.AlignmentFlag) -> None:
        assert self.records is not None
        sorted_by, ascending = self.records.sort_state()
        is_sorted = sorted_by == section
        if is_sorted:
            name = "arrow-up-line" if ascending else "arrow-down-line"
            area = QRectF(room.right() - ARROW, room.center().y() - ARROW / 2, ARROW, ARROW)
            paint_glyph(painter, area, name, color("text"))
            room = room.adjusted(0, 0, -ARROW - 2, 0)
        painter.setFont(font(13, bold=True))
        painter.setPen(color("text" if is_sorted else "text2"))
        title = self.records.columns[section].title
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, shown)


class FrozenView(QTableView):
    """Columns that stand still beside the marks; a click chooses the row."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.header = TwoLineHeader(self)
        self.delegate = RecordDelegate(self)
        self.delegate.grid = True
        self.setHorizontalHeader(self.header)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header.sectionClicked.connect(self._sort)

    def show_model(self, model: RecordTableModel[Any], seconds: dict[str, str]) -> None:
        """Show a model; `seconds` are the lower lines of the heads."""
        self.header.records = model
        self.header.seconds = seconds
        self.setModel(model)

    def mark_row(self, row: int) -> None:
        """Tint the row the user is in."""
        rows = {self.delegate.hover_row, row}
        self.delegate.hover_row = row
        for each in rows if len(rows) > 1 else ():
            area = QRect(0, self.rowViewportPosition(each), self.viewport().width(), self.rowHeight(each))
            self.viewport().update(area)

    def _sort(self, section: int) -> None:
        model = self.header.records
        if model is not None:
            sorted_by, ascending = model.sort_state()
            model.sort_by(
                model.columns[section].name, ascending=not ascending if sorted_by == section else True
            )


class CellsDelegate(RecordDelegate):
    """Cells of a block that is marked stand out from their tints."""

    def _background(self, index: QModelIndex | QPersistentModelIndex, selected: bool, tint: str) -> QColor:
        view = self.parent()
        if selected and isinstance(view, CellsView) and view.is_wide():
            return color("sel")
        return super()._background(index, selected, tint)


@dataclass(frozen=True, slots=True)
class Block:
    """The marked cells: rows and columns of the model."""

    rows: range
    columns: range

    @property
    def is_wide(self) -> bool:
        """Whether it is more than one cell."""
        return len(self.rows) * len(self.columns) > 1


class CellsView(FrozenView):
    """The marks themselves."""

    resized = Signal()
    moved = Signal()
    escaped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._tabbed_from: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._is_wide = False
        self.delegate = CellsDelegate(self)
        self.delegate.grid = True
        self.setItemDelegate(self.delegate)
        self.set_locked(False)
        # Whole columns only, so that none is ever cut.
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    def offer(
        self, text: str, handler: Callable[[], object], *, keys: str = "", icon_name: str = ""
    ) -> QAction:
        """Add a command to the menu of the cells; its keys work while no cell is being edited."""
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.triggered.connect(lambda _checked=False: handler())
        self.addAction(action)
        return action

    def set_locked(self, locked: bool) -> None:
        """Leave the marks to be looked at and copied only."""
        trigger = QAbstractItemView.EditTrigger
        typing = trigger.EditKeyPressed | trigger.AnyKeyPressed | trigger.DoubleClicked
        self.setEditTriggers(trigger.NoEditTriggers if locked else typing)
        for action in self.actions():
            action.setEnabled(not locked or action.shortcut() == QKeySequence("Ctrl+C"))

    def block(self) -> Block:
        """The cells that are marked; empty where there are none."""
        chosen = self.selectionModel().selection()
        if chosen.isEmpty():
            return Block(range(0), range(0))
        area = chosen.first()
        # Hidden columns at the sides can be swept over, too.
        shown = [at for at in range(self.model().columnCount()) if not self.isColumnHidden(at)]
        left, right = max(area.left(), shown[0]), min(area.right(), shown[-1])
        return Block(range(area.top(), area.bottom() + 1), range(left, right + 1))

    def mark(self, height: int, width: int) -> None:
        """Mark so many cells from the first marked one on, as far as they are there."""
        block, model = self.block(), self.model()
        shown = [at for at in range(block.columns.start, model.columnCount()) if not self.isColumnHidden(at)]
        first = model.index(block.rows.start, block.columns.start)
        last = model.index(min(block.rows.start + height, model.rowCount()) - 1, shown[:width][-1])
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, last), select)

    def is_wide(self) -> bool:
        """Whether more than one cell is marked."""
        return self._is_wide

    def share_width(self, columns: range) -> None:
        """Give as many whole columns as fit the same share of the width."""
        model = self.header.records
        if model is None or not columns:
            return
        least = min(self._titled_width(columns), scaled(MOST_WIDTH))
        room = self.viewport().width()
        fitting = max(1, min(len(columns), room // least))
        share = max(room // fitting, 24)
        for each in columns:
            self.setColumnWidth(each, share)
        if fitting == len(columns):
            self.setColumnWidth(columns[-1], room - share * (fitting - 1))

    def width_of(self, columns: range) -> int:
        """What these columns need to show their titles whole, and look well."""
        return len(columns) * max(self._titled_width(columns), scaled(MOST_WIDTH))

    def _titled_width(self, columns: range) -> int:
        """How wide the widest title makes its column."""
        metrics = QFontMetricsF(font(13, bold=True))
        shown = self.header.records.columns if self.header.records else ()
        titles = (shown[each].title for each in columns)
        return round(max(map(metrics.horizontalAdvance, titles), default=0)) + 2 * PADDING

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self._tabbed_from = None
        self.moved.emit()

    def selectionChanged(self, chosen: QItemSelection, left: QItemSelection) -> None:
        super().selectionChanged(chosen, left)
        # Whether one cell or many are marked changes how the first of them looks.
        was_wide, self._is_wide = self._is_wide, self.block().is_wide
        if was_wide or self._is_wide:
            self.viewport().update()

    def reset(self) -> None:
        super().reset()
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyboardSearch(self, search: str) -> None:
        """A figure that is typed where none may be changed leads nowhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            # Enter comes here too after the editor had it, and must not move on a second time.
            super().keyPressEvent(event)
        elif key in ENTER:
            self._step_down(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key == Qt.Key.Key_Tab:
            self._tab(lambda: super(CellsView, self).keyPressEvent(event))
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        if hint == hints.SubmitModelCache:
            self._step_down(1)
        elif hint == hints.EditNextItem:
            self._tab(lambda: self._go(self.currentIndex().siblingAtColumn(self.currentIndex().column() + 1)))
        elif hint == hints.EditPreviousItem:
            self._go(self.currentIndex().siblingAtColumn(self.currentIndex().column() - 1))

    def _tab(self, step: Callable[[], object]) -> None:
        """A step to the right; Enter then goes on below where the first of them began, as in Excel."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        began = column if self._tabbed_from is None else self._tabbed_from
        step()
        if self.currentIndex().row() == row:
            self._tabbed_from = began

    def _step_down(self, rows: int) -> None:
        current = self.currentIndex()
        column = current.column() if self._tabbed_from is None else self._tabbed_from
        self._go(current.sibling(current.row() + rows, column))

    def _go(self, index: QModelIndex) -> None:
        if index.isValid() and not self.isColumnHidden(index.column()):
            self.setCurrentIndex(index)
