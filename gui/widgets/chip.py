"""A filter chip: a button with a menu; when something is chosen it is tinted and its cross clears it.

chip = ChipFilter("类别", (("a", "作风建设类"), ("b", "公益宣传类")))
chip.changed.connect(refilter)          the key, or None for all
chip.chosen() -> key or None; chip.set_chosen("a"); chip.set_choices(...); chip.clear()
A key that is not offered cannot be chosen.
"""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton

from gui.icons import icon
from gui.theme import font, set_kind
from gui.widgets.buttons import literal

ARROW_ROOM = 48


class ChipFilter(QToolButton):
    """One condition of a filter bar."""

    changed = Signal(object)

    def __init__(self, title: str, choices: Sequence[tuple[Hashable, str]] = ()) -> None:
        super().__init__()
        self._title = title
        self._choices: tuple[tuple[Hashable, str], ...] = ()
        self._chosen: Hashable | None = None
        self.setProperty("chip", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # Right to left puts the arrow after the words.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIconSize(QSize(16, 16))
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(menu)
        self.set_choices(choices)

    def chosen(self) -> Hashable | None:
        return self._chosen

    def chosen_text(self) -> str:
        """The words chosen; empty when nothing is."""
        return next((words for key, words in self._choices if key == self._chosen), "")

    def set_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offer these keys and words; a chosen key that is gone is cleared."""
        self._choices = tuple(choices)
        menu = self.menu()
        menu.clear()
        menu.addAction("全部", self.clear)
        for key, text in self._choices:
            menu.addAction(literal(text), lambda key=key: self.set_chosen(key))
        if self._chosen not in dict(self._choices):
            self.set_chosen(None)
        self._show()

    def clear(self) -> None:
        self.set_chosen(None)

    def set_chosen(self, key: Hashable | None) -> None:
        if key != self._chosen and (key is None or key in dict(self._choices)):
            self._chosen = key
            self._show()
            self.changed.emit(key)

    def _show(self) -> None:
        active = self._chosen is not None
        text = f"{self._title}：{dict(self._choices)[self._chosen]}" if active else self._title
        self.setText(literal(text))
        self.setIcon(icon("close-line", "accent_text") if active else icon("arrow-down-s-line"))
        self.setAccessibleName(f"筛选 {text}")
        self.setToolTip(f"{text}，点叉清除" if active else f"按{self._title}筛选")
        set_kind(self, "active", active)
        self._fit()

    def wanted_width(self) -> int:
        """What its words need; a line that is too full gives it less."""
        return QFontMetrics(font(14, bold=True)).horizontalAdvance(self.text()) + ARROW_ROOM

    def _fit(self) -> None:
        self.setFixedWidth(self.wanted_width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._chosen is not None and event.position().x() > self.width() - 32:
            self.clear()
        else:
            super().mousePressEvent(event)
