"""The list of papers at the left: title, kind and number, state."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from gui.theme import color, fix_width, font, scaled
from gui.widgets.badge import BadgeFace, badge_width, paint_badge
from gui.widgets.buttons import PaintedButton

LIST_WIDTH = 288
PADDING = 16


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper."""

    title: str
    second: str
    state: BadgeFace


class _PaperButton(PaintedButton):
    RADIUS = 0.0

    def __init__(self, row: PaperRow) -> None:
        super().__init__()
        self._row = row
        self.setCheckable(True)
        self.setAccessibleName(f"{row.title}，{row.second}，{row.state.text}")
        self.setToolTip(f"{row.title}\n{row.second}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font(14)).height() + QFontMetricsF(font(12)).height()
        return QSize(scaled(LIST_WIDTH), max(64, round(words) + 24))

    def paint_face(self, painter: QPainter) -> None:
        background = "sel" if self.isChecked() else "hover" if self.underMouse() else "surface"
        painter.fillRect(self.rect(), color(background))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
        if self.isChecked():
            painter.fillRect(0, 0, 3, self.height(), color("accent"))
        first, second = font(14, bold=self.isChecked()), font(12)
        upper, lower = QFontMetricsF(first), QFontMetricsF(second)
        top = (self.height() - upper.height() - lower.height() - 4) / 2
        width = self.width() - 2 * PADDING
        self._write(painter, "text", first, QRectF(PADDING, top, width, upper.height()), self._row.title)
        badge = badge_width(self._row.state)
        line = QRectF(PADDING, top + upper.height() + 4, width - badge - 8, lower.height())
        self._write(painter, "text3", second, line, self._row.second)
        paint_badge(painter, self.width() - PADDING - badge, line.center().y(), self._row.state)

    def _write(self, painter: QPainter, token: str, face: QFont, room: QRectF, words: str) -> None:
        painter.setFont(face)
        painter.setPen(color(token))
        shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class PaperList(QFrame):
    """A few large rows; arrows move between them."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "list")
        self.setAccessibleName("本年度的文书")
        fix_width(self, LIST_WIDTH)
        self._rows: tuple[PaperRow, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)

    def set_rows(self, rows: Sequence[PaperRow], current: int) -> None:
        """Show these papers; the same ones again keep their buttons, and with them the focus."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._make_buttons()
        if (button := self._group.button(current)) is not None:
            button.setChecked(True)

    def _make_buttons(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if isinstance(button := item.widget(), _PaperButton):
                self._group.removeButton(button)
                button.deleteLater()
        for number, row in enumerate(self._rows):
            button = _PaperButton(row)
            self._group.addButton(button, number)
            self._column.addWidget(button)
        self._column.addStretch(1)
