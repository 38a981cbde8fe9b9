"""A choice of few, by key; the wheel does not change it by accident.

field = Choice([(Status.ACTIVE, "正常"), ...], empty="未填"); field.choose(Status.ACTIVE); field.chosen()
"""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from gui.theme import bound_width, fix_width


class Choice(QComboBox):
    """A choice by key; the first entry stands for "not known". `least` is how narrow it may get."""

    def __init__(
        self,
        choices: Sequence[tuple[Hashable, str]],
        *,
        width: int = 240,
        least: int = 0,
        empty: str = "未填",
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if least:
            bound_width(self, least=least, most=width)
        else:
            fix_width(self, width)
        # The width does not follow the entries: else every entry has all of them measured anew.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(14)
        self.may_be_empty = bool(empty)
        if empty:
            self.addItem(empty, None)
        for key, text in choices:
            self.addItem(text, key)

    def chosen(self) -> Hashable | None:
        key: Hashable | None = self.currentData()
        return key

    def chosen_text(self) -> str:
        """The words chosen; empty when nothing is."""
        return self.currentText() if self.currentData() is not None else ""

    def choose(self, key: Hashable | None) -> None:
        keys = [self.itemData(place) for place in range(self.count())]
        self.setCurrentIndex(keys.index(key) if key in keys else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
