"""Counts as bars, neutral on purpose: 九类组织数.

bars = BarList("九类组织数"); bars.set_rows((("作风建设类", 8), ("矛盾调处类", 6)))
bars.chosen.connect(show)                index of the row that was pressed
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.theme import color, font
from gui.widgets.buttons import PaintedButton
from gui.widgets.layouts import clear
from gui.widgets.tab_order import put_in_place

BAR = 8
ROW = 28


class _BarRow(PaintedButton):
    RADIUS = 4.0

    def __init__(self, word: str, count: int, largest: int, words: Sequence[str]) -> None:
        super().__init__()
        self._word, self._count, self._largest, self._words = word, count, largest, words
        self.setAccessibleName(f"{word} {count}")
        self.setToolTip(f"{word}：{count}，点击查看")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(200, max(ROW, self.minimumSizeHint().height() + 6))

    def minimumSizeHint(self) -> QSize:
        # Closer than lines of text: nine rows fit a window over which a task bar stands.
        return QSize(160, ceil(font(13).pixelSize() * 1.3))

    def paint_face(self, painter: QPainter) -> None:
        widest = max(map(QFontMetricsF(font(13)).horizontalAdvance, self._words))
        if self.underMouse():
            painter.fillRect(self.rect(), color("hover"))
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.setFont(font(13))
        painter.setPen(color("text2"))
        painter.drawText(QRectF(0, 0, widest, self.height()), line, self._word)
        figure = QFontMetricsF(font(13, bold=True)).horizontalAdvance("0000")
        left = widest + 24
        groove = QRectF(left, (self.height() - BAR) / 2, self.width() - left - figure, BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("track"))
        painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
        if self._count:
            groove.setWidth(max(BAR, groove.width() * self._count / self._largest))
            painter.setBrush(color("bar"))
            painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
        painter.setFont(font(13, bold=True))
        painter.setPen(color("text"))
        painter.drawText(self.rect(), line | Qt.AlignmentFlag.AlignRight, f"{self._count:,}")


class BarList(QWidget):
    """One row a count; bars share one scale."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: tuple[tuple[str, int], ...] = ()

    def set_rows(self, rows: Sequence[tuple[str, int]]) -> None:
        """Show these; the keyboard stays where it is if they are the same as before."""
        if self._shown == tuple(rows):
            return
        self._shown = tuple(rows)
        clear(self._column)
        # A fifth of air, so that the longest bar is not mistaken for "full".
        largest = max((count for _word, count in rows), default=0) * 5 // 4 or 1
        words = [word for word, _count in rows]
        made = []
        for index, (word, count) in enumerate(rows):
            row = _BarRow(word, count, largest, words)
            row.clicked.connect(lambda _checked=False, index=index: self.chosen.emit(index))
            self._column.addWidget(row)
            made.append(row)
        self._column.addStretch(1)
        put_in_place(self, made)
