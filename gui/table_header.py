"""The header of a RecordTable: sort arrow beside the word, a tick box for all rows, a menu for columns."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.delegates import PADDING, paint_tick
from gui.glyphs import paint_glyph
from gui.table_model import CHECK_KEY, RecordTableModel
from gui.theme import color, font, scaled

ARROW = 14
MIN_COLUMN = 48


class RecordHeader(QHeaderView):
    """Titles with the sort arrow beside the word, a tick box for all, a menu for columns."""

    menu_asked = Signal(int, QPoint)

    def __init__(self, model: RecordTableModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(not model.is_checkable())
        self.setHighlightSections(False)
        self.setMinimumSectionSize(scaled(MIN_COLUMN) if not model.is_checkable() else 40)
        self.setToolTip("单击排序，右键选择显示哪些列")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, color("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        if self._records.columns[section].key == CHECK_KEY:
            paint_tick(painter, QRectF(rect).center(), self._records.check_state())
        else:
            self._paint_title(painter, QRectF(rect).adjusted(PADDING, 0, -PADDING, 0), section)
        painter.restore()

    def _paint_title(self, painter: QPainter, room: QRectF, section: int) -> None:
        column = self._records.columns[section]
        sorted_by, ascending = self._records.sort_state()
        is_sorted = sorted_by == section
        painter.setFont(font(13, bold=True))
        painter.setPen(color("text" if is_sorted else "text2"))
        arrow = ARROW + 4 if is_sorted else 0
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, int(room.width()) - arrow)
        width = metrics.horizontalAdvance(shown)
        left = room.right() - width - arrow if column.align_right else room.left()
        painter.drawText(
            QRectF(left, room.top(), width + 2, room.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        if is_sorted:
            name = "arrow-up-line" if ascending else "arrow-down-line"
            area = QRectF(left + width + 4, room.center().y() - ARROW / 2, ARROW, ARROW)
            paint_glyph(painter, area, name, color("text"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.logicalIndexAt(event.pos()), event.globalPos())
