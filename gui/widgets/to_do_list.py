"""The to-do rows of the home page: icon, what, whom it concerns, until when, and a verb that leads there.

todo = ToDoList(); todo.set_rows((ToDo("usb-line", "warn", "9 天没有备份到 U 盘", "建议每周一次",
                                       BadgeFace("建议", "warn"), "立即备份"),))
todo.chosen.connect(go)                  index of the row
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.glyphs import paint_glyph
from gui.theme import color, font
from gui.widgets.badge import BadgeFace, badge_width, paint_badge
from gui.widgets.buttons import PaintedButton
from gui.widgets.layouts import clear
from gui.widgets.tab_order import put_in_place


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do; the icon's token tells how urgent it is. Without a verb it only tells."""

    icon: str
    token: str
    text: str
    second: str
    badge: BadgeFace | None
    verb: str


class _ToDoRow(PaintedButton):
    def __init__(self, to_do: ToDo) -> None:
        super().__init__()
        self._to_do = to_do
        due = to_do.badge.text if to_do.badge else ""
        self.setAccessibleName(f"{to_do.text}，{to_do.second}，{due}，{to_do.verb}")
        self.setToolTip(f"{to_do.text}\n{to_do.second}")
        self.setEnabled(bool(to_do.verb))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font(14)).height() + QFontMetricsF(font(12)).height()
        return QSize(320, max(52, round(words) + 14))

    def paint_face(self, painter: QPainter) -> None:
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), color("hover"))
        painter.fillRect(0, 0, self.width(), 1, color("line"))
        middle = self.height() / 2
        paint_glyph(painter, QRectF(2, middle - 9, 18, 18), self._to_do.icon, color(self._to_do.token))
        right: float = self.width() - 4
        if self._to_do.verb:
            right = self._paint_verb(painter, right, middle)
        if self._to_do.badge:
            right -= badge_width(self._to_do.badge) + 18
            paint_badge(painter, right, middle, self._to_do.badge)
        self._paint_words(painter, right - 12)

    def _paint_verb(self, painter: QPainter, right: float, middle: float) -> float:
        ink = color("link" if self.isEnabled() else "disabled")
        paint_glyph(painter, QRectF(right - 16, middle - 8, 16, 16), "arrow-right-s-line", ink)
        painter.setFont(font(14))
        painter.setPen(ink)
        width = QFontMetricsF(font(14)).horizontalAdvance(self._to_do.verb)
        left = right - 20 - width
        area = QRectF(left, 0, width + 2, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._to_do.verb)
        return left

    def _paint_words(self, painter: QPainter, right: float) -> None:
        upper, lower = QFontMetricsF(font(14)), QFontMetricsF(font(12))
        top, room = (self.height() - upper.height() - lower.height()) / 2, right - 32
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(font(14))
        painter.setPen(color("text"))
        first = QRectF(32, top, room, upper.height())
        painter.drawText(
            first, Qt.AlignmentFlag.AlignVCenter, upper.elidedText(self._to_do.text, elide, room)
        )
        painter.setFont(font(12))
        painter.setPen(color("text3"))
        second = QRectF(32, top + upper.height(), room, lower.height())
        painter.drawText(
            second, Qt.AlignmentFlag.AlignVCenter, lower.elidedText(self._to_do.second, elide, room)
        )


class ToDoList(QWidget):
    """Rows under each other; the whole row can be pressed."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("待办")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[QWidget] = []
        self._to_dos: tuple[ToDo, ...] = ()

    def rows(self) -> list[QWidget]:
        """The rows as they stand, to be shut for who may not follow them."""
        return self._rows

    def set_rows(self, rows: Sequence[ToDo]) -> None:
        """Show these; the keyboard stays where it is if they are the same as before."""
        if self._to_dos == tuple(rows):
            return
        self._to_dos = tuple(rows)
        clear(self._column)
        self._rows = []
        for index, to_do in enumerate(rows):
            row = _ToDoRow(to_do)
            self._rows.append(row)
            row.clicked.connect(lambda _checked=False, index=index: self.chosen.emit(index))
            self._column.addWidget(row)
        self._column.addStretch(1)
        put_in_place(self, self._rows)
