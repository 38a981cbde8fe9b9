"""A coloured card that says one thing: error, warning, hint or success, with the way out as a button.

banner = Banner("warn", "两个组织并列", "请由领导小组表决。", icon="scales-3-line")
banner.add_button(button); banner.set_text("...", "..."); banner.turn("ok")
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout

from gui.theme import set_kind
from gui.widgets.labels import IconLabel, label

_ICONS = {
    "err": "error-warning-fill",
    "warn": "alert-line",
    "info": "information-line",
    "ok": "checkbox-circle-fill",
}


class Banner(QFrame):
    """Kind is "err", "warn", "info" or "ok"; never colour alone: an icon and words."""

    def __init__(self, kind: str, text: str, second: str = "", *, icon: str = "") -> None:
        super().__init__()
        self.setProperty("banner", kind)
        self._text = label(text, wrap=True)
        self._second = label("", "hint", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._second)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 12, 8)
        self._row.setSpacing(10)
        self._icon = IconLabel(icon or _ICONS[kind], kind, 18)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)
        self.set_text(text, second)

    def set_text(self, text: str, second: str = "") -> None:
        self._text.setText(text)
        set_kind(self._text, "kind", "strong" if second else "")
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setAccessibleName(f"{text} {second}".strip())

    def turn(self, kind: str) -> None:
        """Say it as another kind."""
        set_kind(self, "banner", kind)
        self._icon.set_icon(_ICONS[kind], kind)

    def add_button(self, button: QAbstractButton) -> None:
        self._row.addWidget(button)
