"""Badges: the four grades and the states, text as well as colour.

BadgeFace("优秀", "g1")                       g1 优秀, g2 良好, g3 合格, g4 基本合格, g5 不合格
BadgeFace("未交", "warn", "time-line")        ok info warn err mute line accent
Badge(face)                                   the same as a widget
paint_badge(painter, x, middle_y, face) -> width;  badge_width(face)
"""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.glyphs import paint_glyph
from gui.theme import color, font

PADDING = 8
ICON = 16
ICON_GAP = 2
RADIUS = 4

# kind -> background, text, border
_COLORS = {
    "g1": ("g1_bg", "g1", ""),
    "g2": ("g2_bg", "g2", ""),
    "g3": ("g3_bg", "g3", ""),
    "g4": ("g4_bg", "g4", ""),
    "g5": ("g5_bg", "g5", "g5"),
    "ok": ("ok_bg", "ok", ""),
    "info": ("info_bg", "info", ""),
    "warn": ("warn_bg", "warn", ""),
    "err": ("err_bg", "err", ""),
    "mute": ("g3_bg", "g3", ""),
    "line": ("surface", "text2", "line2"),
    "accent": ("sel", "accent_text", ""),
}


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """What a badge shows."""

    text: str
    kind: str = "mute"
    icon: str = ""


def badge_height() -> int:
    """24, or more for larger text."""
    return max(24, ceil(QFontMetricsF(font(13)).height()) + 4)


def badge_width(face: BadgeFace) -> float:
    """Room that a badge takes."""
    icon = ICON + ICON_GAP if face.icon else 0
    return QFontMetricsF(font(13, bold=True)).horizontalAdvance(face.text) + icon + 2 * PADDING


def paint_badge(painter: QPainter, left: float, middle: float, face: BadgeFace) -> float:
    """Paint a badge around a middle line; gives back its width."""
    background, text, border = _COLORS[face.kind]
    width, height = badge_width(face), badge_height()
    area = QRectF(left, round(middle - height / 2), width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(color(background))
    painter.setPen(QPen(color(border), 1) if border else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5) if border else area, RADIUS, RADIUS)
    words = area.adjusted(PADDING, 0, -PADDING, 0)
    if face.icon:
        icon = QRectF(words.left() - 1, area.center().y() - ICON / 2, ICON, ICON)
        paint_glyph(painter, icon, face.icon, color(text))
        words.setLeft(words.left() + ICON + ICON_GAP)
    painter.setFont(font(13, bold=True))
    painter.setPen(color(text))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, face.text)
    painter.restore()
    return width


class Badge(QWidget):
    """A badge that stands by itself."""

    def __init__(self, face: BadgeFace) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_face(face)

    def set_face(self, face: BadgeFace) -> None:
        self._face = face
        self.setAccessibleName(face.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(ceil(badge_width(self._face)), badge_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, 0, self.height() / 2, self._face)
        painter.end()
