"""A line of text drawn with a font file, and with no other font.

line = FontSample(); line.show_text(path, "社会组织")
"""

from pathlib import Path

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRawFont
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import color, row_height

EM = 24
HEIGHT = 40


class FontSample(QWidget):
    """What the font lacks stays out of the line."""

    def __init__(self) -> None:
        super().__init__()
        self._outline = QPainterPath()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, path: Path, text: str) -> None:
        """Draw the text with the font in a file; nothing if Qt cannot read it."""
        # Outlines at once, then the font is let go: a QRawFont must not outlive the QGuiApplication.
        raw = QRawFont(str(path), EM)
        outline, x, drawn = QPainterPath(), 0.0, []
        for character in text if raw.isValid() else "":
            glyphs = raw.glyphIndexesForString(character)
            if glyphs and glyphs[0]:
                shape = raw.pathForGlyph(glyphs[0])
                shape.translate(QPointF(x, raw.ascent()))
                outline.addPath(shape)
                x += raw.advancesForGlyphIndexes([glyphs[0]])[0].x()
                drawn.append(character)
        # The strokes of a shape overlap.
        outline.setFillRule(Qt.FillRule.WindingFill)
        self._outline, self._text = outline, "".join(drawn)
        self.setAccessibleName(f"样张：{self._text}")
        self.updateGeometry()
        self.update()

    def text_shown(self) -> str:
        """The characters that the font drew."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(240, row_height(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._outline.boundingRect()
        size = min(1.0, self.width() / max(1.0, area.right()))
        painter.translate(0, (self.height() - size * area.height()) / 2 - size * area.top())
        painter.scale(size, size)
        painter.fillPath(self._outline, color("text"))
        painter.end()
