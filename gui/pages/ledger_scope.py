"""The line over a list that says which records alone are shown.

line = ScopeLine("活动"); line.show_organization(id, title); line.show_counted(listed); line.clear()
line.organization_id, line.among; line.left
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.model.year_report import CountedList
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, IconLabel


class ScopeLine(QFrame):
    """Says that only one organization's records are shown, or only what was counted; leads back to all."""

    left = Signal()

    def __init__(self, what: str) -> None:
        super().__init__()
        self.organization_id = ""
        self.among: tuple[tuple[str, Sequence[object]], ...] = ()
        self._what = what
        self.setProperty("kind", "bulk")
        self._words = ElidedLabel("", "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel("filter-3-line", "accent_text", 18))
        row.addWidget(self._words, 1)
        row.addWidget(push_button("显示全部", self.left.emit, kind="link", dense=True))
        self.hide()

    def show_organization(self, organization_id: str, title: str) -> None:
        """Name the organization."""
        self.organization_id, self.among = organization_id, ()
        self._say(f"只显示“{title}”的{self._what}")

    def show_counted(self, listed: CountedList) -> None:
        """Name what a figure of the statistics counts."""
        self.organization_id, self.among = "", listed.among
        self._say(f"只显示统计里的：{listed.words}")

    def clear(self) -> None:
        """Hide: everything is shown."""
        self.organization_id, self.among = "", ()
        self.hide()

    def words(self) -> str:
        """What it says; empty while everything is shown."""
        return "" if self.isHidden() else self._words.whole_text()

    def _say(self, words: str) -> None:
        self._words.set_whole_text(words)
        self.show()
