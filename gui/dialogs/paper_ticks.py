"""The papers of a filing matter as a check list.

ticks = PaperTicks(); ticks.show_needed(titles); ticks.show_papers(handed_in, missing)
ticks.text() -> titles with 、 between; ticks.left
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.dialogs.ledger_fields import MIDDLE, LineEdit


class PaperTicks(QWidget):
    """The papers needed, ticked when they were handed in, and a line for others."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._handed_in: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(4)
        self._others = LineEdit(MIDDLE)
        self._others.setPlaceholderText("其他材料，用顿号隔开")
        self._others.setAccessibleName("其他材料")
        self._column.addWidget(self._others)

    def show_needed(self, titles: Sequence[str]) -> None:
        """Offer these to tick; ticks of those offered before stay."""
        self._handed_in.update(title for title, box in self._boxes.items() if box.isChecked())
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {title: QCheckBox(title) for title in titles}
        for place, (title, box) in enumerate(self._boxes.items()):
            box.setChecked(title in self._handed_in)
            self._column.insertWidget(place, box)

    def show_papers(self, papers: Sequence[str], missing: Sequence[str]) -> None:
        """Tick what was handed in, under whatever title; other titles stand in the line."""
        for title, box in self._boxes.items():
            box.setChecked(title in papers or title not in missing)
        self._others.set_text("、".join(each for each in papers if each not in self._boxes))

    def text(self) -> str:
        """The titles, as the ledger's field takes them."""
        ticked = [title for title, box in self._boxes.items() if box.isChecked()]
        return "、".join(filter(None, (*ticked, self._others.text().strip())))

    def set_text(self, text: str) -> None:
        self._others.set_text(text)

    def doubt(self) -> str:
        return ""
