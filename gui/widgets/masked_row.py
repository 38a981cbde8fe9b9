"""A number that is shown in part: the whole is read, and its reading logged, when it is asked for.

row = MaskedRow("联系电话", "138****0104", label_width=72)
row.asked.connect(read); row.show_whole(("13800000104",))
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow

SHOW, HIDE = "显示", "遮住"


class MaskedRow(FactRow):
    """Masked until asked; nothing to ask for where there is no number."""

    asked = Signal()

    def __init__(self, name: str, masked: str, *, label_width: int) -> None:
        super().__init__(name, masked, label_width=label_width)
        self._name = name
        self._masked = masked
        self.toggle = push_button(SHOW, self._toggle, kind="link", dense=True)
        self.toggle.setAccessibleName(f"{SHOW}{name}")
        self.toggle.setToolTip("显示完整号码，会记入变更记录")
        # Hidden only, never shown from here: without a parent yet it would be a window of its own.
        if not masked:
            self.toggle.hide()
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setAlignment(row.itemAt(0).widget(), Qt.AlignmentFlag.AlignVCenter)
            row.setStretch(1, 0)
            row.addWidget(self.toggle)
            row.addStretch(1)

    def show_whole(self, numbers: Sequence[str]) -> None:
        """Show them in full, a line each, until the link hides them again."""
        self._show("\n".join(numbers), HIDE)

    def _toggle(self) -> None:
        if self.toggle.text() == SHOW:
            self.asked.emit()
        else:
            self._show(self._masked, SHOW)

    def _show(self, text: str, verb: str) -> None:
        self.value.setText(text)
        self.toggle.setText(verb)
        self.toggle.setAccessibleName(f"{verb}{self._name}")
