"""Words, icons and lines that only show something.

    label("名册", "title")       kinds: title figure heading strong secondary hint caption accent err warn ok
    ElidedLabel(long_name)       one line, cut with … when narrow, the full text as tooltip
    WrappingLabel(message)       one line where there is room for it, else several
    IconLabel("time-line", "warn", 16)
    rule(), upright()            hairlines

All follow the theme by themselves.
"""

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from gui.glyphs import paint_glyph
from gui.theme import color

_SEAMS = re.compile(r"(?<=[^\s“‘（《【])(?=[“‘])|(?<=[”’])(?=[^\s，。；：、！？）》】”’…])|(?<=\\)(?=\w)")
"""Where a Chinese line may end though Qt keeps it together: before and after quotes; and in folders."""
_MAY_END = "\u200b"


def label(text: str, kind: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of plain text: what comes from the register is never markup."""
    # What is copied out of a label has nothing in it that is not seen.
    made = ParagraphLabel(text) if wrap and not selectable else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class ParagraphLabel(QLabel):
    """Text of several lines, which end wherever a Chinese line may: none is wider than there is room for."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._words = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        self._words = text
        super().setText(_SEAMS.sub(_MAY_END, text))

    def text(self) -> str:
        return self._words


def rule() -> QFrame:
    """A horizontal hairline."""
    line = QFrame()
    line.setProperty("kind", "rule")
    return line


def upright() -> QFrame:
    """A vertical hairline."""
    line = QFrame()
    line.setProperty("kind", "upright")
    return line


class ElidedLabel(QLabel):
    """One line of text that is cut with … where there is no room; the tooltip has it whole.

    Where not even one character has room it shows nothing.
    """

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.set_whole_text(text)

    def whole_text(self) -> str:
        return self._whole

    def set_whole_text(self, text: str) -> None:
        self._whole = text
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText("" if shown == "…" else shown)
        self.setAccessibleName(self._whole)
        self.setToolTip(self._whole if shown != self._whole else "")


class WrappingLabel(ParagraphLabel):
    """Text that wants one line, and wraps only where there is no room for it."""

    def __init__(self, text: str = "", kind: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        # Qt would rather make a wrapping label three lines high than one line long.
        width = self.fontMetrics().horizontalAdvance(self.text()) + 4
        return QSize(width, self.heightForWidth(width))


class IconLabel(QWidget):
    """One icon in a colour of the theme; with `disc` it stands in a round patch of that colour."""

    def __init__(
        self, name: str, token: str = "text2", size: int = 20, *, disc: str = "", disc_size: int = 40
    ) -> None:
        super().__init__()
        self._name, self._token, self._size, self._disc = name, token, size, disc
        side = disc_size if disc else size
        self.setFixedSize(QSize(side, side))

    def set_icon(self, name: str, token: str, *, disc: str = "") -> None:
        """Another icon; `disc` colours the patch anew where there is one."""
        self._name, self._token = name, token
        self._disc = disc or self._disc
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._disc:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(self._disc))
            painter.drawEllipse(self.rect())
        spare = (self.width() - self._size) / 2
        paint_glyph(painter, QRectF(spare, spare, self._size, self._size), self._name, color(self._token))
        painter.end()
