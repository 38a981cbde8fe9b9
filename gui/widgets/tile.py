"""A figure that filters: the tiles over the import preview.

tile = Tile("add-line", "info", "新增", "名册中没有"); tile.set_figure(9)
tile.toggled.connect(refilter)           checkable; put several into a QButtonGroup for one at a time
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from gui.glyphs import paint_glyph
from gui.theme import color, font
from gui.widgets.buttons import PaintedButton


class Tile(PaintedButton):
    """Icon, figure, word and a quiet second line."""

    RADIUS = 8.0

    def __init__(self, icon: str, token: str, word: str, second: str = "") -> None:
        super().__init__()
        self._icon, self._token, self._word, self._second = icon, token, word, second
        self._figure = "0"
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_figure(0)

    def set_figure(self, figure: int, second: str | None = None) -> None:
        self._figure = f"{figure:,}"
        self._second = self._second if second is None else second
        self.setAccessibleName(f"{self._word} {self._figure}")
        self.setToolTip(f"只显示{self._word}的行")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self._words_height() + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._words_height() + 24)

    def _words_height(self) -> int:
        return round(QFontMetricsF(font(14)).height() + QFontMetricsF(font(12)).height())

    def paint_face(self, painter: QPainter) -> None:
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(color("sel_line" if on else "line"), 1))
        painter.setBrush(color("sel" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(area, self.RADIUS, self.RADIUS)
        middle = area.center().y()
        paint_glyph(painter, QRectF(16, middle - 9, 18, 18), self._icon, color(self._token))
        painter.setFont(font(20))
        painter.setPen(color("text"))
        width = QFontMetricsF(font(20)).horizontalAdvance(self._figure)
        painter.drawText(QRectF(44, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self._figure)
        self._paint_words(painter, 44 + width + 12)

    def _paint_words(self, painter: QPainter, left: float) -> None:
        upper, room = QFontMetricsF(font(14)).height(), self.width() - left - 8
        top = (self.height() - self._words_height()) / 2
        painter.setFont(font(14, bold=True))
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(left, top, room, upper), line, self._word)
        painter.setFont(font(12))
        painter.setPen(color("text3"))
        second = painter.fontMetrics().elidedText(self._second, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, top + upper, room, self._words_height() - upper), line, second)
