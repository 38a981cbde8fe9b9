"""The line over a ledger's list that says whose records alone are shown.

line = ScopeLine(ledger); line.show_organization(id, title); line.organization_id; line.left
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.model.ledger import Ledger
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, IconLabel


class ScopeLine(QFrame):
    """Says that only one organization's records are shown, and leads back to all."""

    left = Signal()

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.organization_id = ""
        self._ledger = ledger
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
        """Name the organization; none hides the line."""
        self.organization_id = organization_id
        self._words.set_whole_text(f"只显示“{title}”的{self._ledger.label}")
        self.setVisible(bool(organization_id))
