"""White cards on the canvas, and areas that scroll.

card = Card("待办", note="6 项"); card.add_link("全部", self._show_all); card.body.addWidget(...)
area = ScrollPane(); area.body.addWidget(...)        a column that scrolls when there is no room
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.theme import fix_width
from gui.widgets.buttons import push_button
from gui.widgets.labels import label


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


class ScrollPane(QScrollArea):
    """A column of widgets that scrolls; word-wrapped labels are never cut in it."""

    def __init__(self, margin: int = 16) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setProperty("kind", "viewport")
        inside = QWidget()
        inside.setProperty("kind", "viewport")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(8)
        self.setWidget(inside)


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
