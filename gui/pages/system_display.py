"""How the window looks on this PC: light or dark, and the size of the text."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.display import change_mode, change_text_size
from gui.theme import Mode, TextSize, bound_width
from gui.widgets.card import Card, ScrollPane
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

PANE_WIDTH = 900


class DisplayPane(QWidget):
    """Two rows of choices that act at once and are remembered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._settings = desk.settings
        self._modes = _Choices(tuple(Mode), [mode.label for mode in Mode])
        self._sizes = _Choices(tuple(TextSize), [size.label for size in TextSize])
        card = Card("显示")
        bound_width(card, most=PANE_WIDTH)
        card.body.setSpacing(12)
        card.body.addWidget(FormRow("颜色", self._modes))
        card.body.addWidget(FormRow("文字大小", self._sizes))
        card.body.addWidget(label("只影响这台电脑上的显示，不影响打印出来的公文和证书。", "hint", wrap=True))
        pane = ScrollPane(24)
        pane.body.addWidget(card)
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        self.reload()
        self._modes.on_choice(lambda place: change_mode(desk.settings, tuple(Mode)[place]))
        self._sizes.on_choice(lambda place: change_text_size(desk.settings, tuple(TextSize)[place]))

    def reload(self) -> None:
        """Show what is set, which the menu of the top bar may have changed."""
        self._modes.choose(self._settings.mode)
        self._sizes.choose(self._settings.text_size)


class _Choices(QWidget):
    """Radio buttons side by side."""

    def __init__(self, values: Sequence[StrEnum], words: Sequence[str]) -> None:
        super().__init__()
        self._values = tuple(values)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(20)
        for number, word in enumerate(words):
            button = QRadioButton(word)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)

    def choose(self, value: StrEnum) -> None:
        self._group.button(self._values.index(value)).setChecked(True)

    def on_choice(self, handler: Callable[[int], None]) -> None:
        self._group.idClicked.connect(handler)
