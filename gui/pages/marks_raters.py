"""The raters over the marks, each with what it has handed in: tabs, and a list for a small window.

bar = RaterBar(); bar.show_progress(view.progress); bar.chosen.connect(show)      place of the rater
bar.choice                                the list, for whoever has room for it
"""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QTabBar

from core.model.cycle_view import RaterProgress
from core.model.scheme import plain
from gui.theme import fix_height
from gui.widgets.buttons import literal
from gui.widgets.labels import label


class RaterBar(QFrame):
    """One rater is always chosen."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "filters")
        fix_height(self, 44)
        self.tabs = QTabBar()
        self.choice = QComboBox()
        self._facts = label("", "hint")
        self._stages = 1
        self._build()
        self.tabs.currentChanged.connect(self._choose)
        self.choice.activated.connect(self.choose)

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("评分方")
        self.choice.setProperty("dense", True)
        self.choice.setAccessibleName("评分方")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 24, 0)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self._facts)

    def place(self) -> int:
        """Which rater is chosen."""
        return self.tabs.currentIndex()

    def choose(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)

    def show_progress(self, progress: Sequence[RaterProgress]) -> None:
        """Offer these raters; the chosen place stays."""
        blocked = self.tabs.blockSignals(True)
        while self.tabs.count() > len(progress):
            self.tabs.removeTab(self.tabs.count() - 1)
        self.choice.clear()
        self._stages = len({each.stage.code for each in progress})
        for place, (each, name) in enumerate(zip(progress, names_of(progress), strict=True)):
            text = f"{name} {each.delivered}/{each.expected}"
            if place < self.tabs.count():
                self.tabs.setTabText(place, literal(text))
            else:
                self.tabs.addTab(literal(text))
            self.choice.addItem(text)
        self.tabs.blockSignals(blocked)
        self.choice.setCurrentIndex(self.place())
        # Tabs that were added while the page was hidden have not told the layout yet.
        self.tabs.updateGeometry()

    def show_facts(self, progress: RaterProgress) -> None:
        """Say what the chosen rater counts for, and in which stage where there are several."""
        stage, weight = progress.stage, f"权重 {plain(progress.rater.weight)}"
        if self._stages > 1:
            weight = f"环节“{stage.name}”权重 {plain(stage.weight)}，环节内{weight}"
        self._facts.setText(f"{weight}，满分 {plain(stage.full)} 分")

    def _choose(self, place: int) -> None:
        self.choice.setCurrentIndex(place)
        self.chosen.emit(place)


def names_of(progress: Sequence[RaterProgress]) -> tuple[str, ...]:
    """What the raters are called; those of one name in several stages with their stage."""
    times = Counter(each.rater.name for each in progress)
    return tuple(
        f"{each.stage.name}·{each.rater.name}" if times[each.rater.name] > 1 else each.rater.name
        for each in progress
    )
