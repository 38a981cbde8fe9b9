"""Icons of the bundled Remix font.

    icon("upload-2-line")                 a QIcon in the quiet text colour
    icon("check-line", "on_accent")       in another token of the theme

An icon keeps the name of its colour, not the colour: it is drawn at the moment it is shown, so it is sharp
at every size and follows a change of the theme by itself.
"""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from gui.glyphs import paint_glyph
from gui.theme import color


class _GlyphEngine(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "disabled" if mode == QIcon.Mode.Disabled else self._token
        paint_glyph(painter, QRectF(rect), self._name, color(token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # The size comes in logical pixels; Qt sets the ratio on what it gets back.
        return self.pixmap(size * scale, mode, state)


@cache
def icon(name: str, token: str = "text2") -> QIcon:
    """The icon of that name in a colour of the theme."""
    return QIcon(_GlyphEngine(name, token))
