"""A card with the steps of a path, and under them the band that says what to do now.

frame = PathFrame(); frame.steps.set_steps(...); frame.title.setText("公示"); frame.detail.setText("……")
frame.beside.addWidget(bar)             after the title
frame.add_button(button)                at the right of the words, the primary one last
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.widgets.labels import label
from gui.widgets.step_path import StepPath


class PathFrame(QFrame):
    """Knows no domain; the home page and the page of a cycle fill it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.steps = StepPath()
        self._lead = label("下一步", "accent")
        self.title = label("", "heading")
        self.detail = label("", "secondary")
        self.beside = QHBoxLayout()
        self._buttons = QHBoxLayout()
        self._band = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()

    def _build(self) -> None:
        self.beside.setSpacing(10)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._lead)
        first.addWidget(self.title)
        first.addSpacing(6)
        first.addLayout(self.beside)
        first.addStretch(1)
        self._buttons.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(first)
        words.addWidget(self.detail)
        band = QFrame()
        band.setProperty("kind", "band")
        band.setLayout(self._band)
        self._band.setContentsMargins(24, 12, 16, 12)
        self._band.setSpacing(12)
        self._band.addLayout(words, 1)
        self._band.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 1)
        column.setSpacing(4)
        column.addWidget(self.steps)
        column.addWidget(band)

    def add_button(self, button: QPushButton) -> None:
        self._buttons.addWidget(button)

    def show_finished(self, finished: bool) -> None:
        """Whether there is nothing left to do: the title is no next step then."""
        self._lead.setVisible(not finished)

    def set_narrow(self, narrow: bool) -> None:
        """Buttons under the words, from the left, when there is no room beside them."""
        # A label that wraps makes the page ask for its full height, so it wraps only where the page scrolls.
        self.detail.setWordWrap(narrow)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._band.setDirection(way)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignRight)
