"""White cards on the canvas, and areas that scroll.

card = Card("待办", note="6 项"); card.add_link("全部", self._show_all); card.body.addWidget(...)
area = ScrollPane(); area.body.addWidget(...)        a column that scrolls when there is no room
A subclass of ScrollArea shows that the keyboard is in it.
"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.theme import bound_width, fix_width
from gui.widgets.buttons import paint_focus_ring, push_button
from gui.widgets.labels import label

READ_WIDTH = 1200
"""Pixels of the standard text size: the lines of a wider card are hard to follow."""


class Card(QFrame):
    """A card with a heading, a quiet note beside it and links at its right; the rest goes into `body`."""

    def __init__(self, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._note = label(note, "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        if title:
            self._head.addWidget(label(title, "heading"))
            self._head.addWidget(self._note)
            self._head.addStretch(1)
            column.addLayout(self._head)
        column.addLayout(self.body, 1)

    def set_note(self, text: str) -> None:
        self._note.setText(text)

    def add_button(self, button: QAbstractButton) -> None:
        """Add a button at the right of the heading."""
        self._head.addWidget(button)

    def add_link(self, text: str, handler: Callable[[], object]) -> None:
        self._head.addWidget(push_button(text, handler, kind="link", dense=True))


class ScrollArea(QScrollArea):
    """An area that scrolls by the keyboard, with a ring around it while the keyboard has come to it.

    Who clicks on an empty place sees where he is without one.
    """

    RADIUS = 4.0

    def __init__(self) -> None:
        super().__init__()
        self._is_clicked = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._is_clicked = event.reason() is Qt.FocusReason.MouseFocusReason
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # It is the button of an empty page that has the focus, not the page.
        if self.hasFocus() and not self._is_clicked and self.focusProxy() is None:
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, QRectF(self.viewport().rect()), self.RADIUS)
            painter.end()


class ScrollPane(ScrollArea):
    """A column of widgets that scrolls; word-wrapped labels are never cut in it.

    While there is something to scroll the Tab key stops at it; never with `is_stop` False, where each
    line holds a stop of its own. `most` is how wide the column gets, in pixels of the standard text size.
    """

    def __init__(self, margin: int = 16, *, is_stop: bool = True, most: int = 0) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if is_stop else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("可以滚动的内容")
        if is_stop:
            self.verticalScrollBar().rangeChanged.connect(self._be_a_stop)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setProperty("kind", "viewport")
        inside = QWidget()
        inside.setProperty("kind", "viewport")
        self.body = QVBoxLayout()
        if most:
            # In a row, whose height is asked for at the width that its parts do get.
            column = QWidget()
            column.setLayout(self.body)
            bound_width(column, most=most)
            row = QHBoxLayout(inside)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(column, 1)
            row.addStretch()
        else:
            inside.setLayout(self.body)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(8)
        self.setWidget(inside)

    def _be_a_stop(self, _least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most else Qt.FocusPolicy.ClickFocus)


class FactRow(QWidget):
    """A quiet word and its value in one line; the value wraps and can be copied.

    `label_width` is in pixels of the standard text size.
    """

    def __init__(self, name: str, value: str, *, label_width: int, strong: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        word = label(name, "hint")
        fix_width(word, label_width)
        self.value: QLabel = label(value or "—", "strong" if strong else "", wrap=True, selectable=True)
        self.value.setAccessibleName(f"{name}：{value}")
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.value, 1)
