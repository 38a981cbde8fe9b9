"""The raters over the marks, each with what it has handed in: tabs, and a list where these have no room.

bar = RaterBar(); bar.show_progress(view.progress); bar.chosen.connect(show)      place of the rater
bar.choice                                the list, for whoever has room for it
bar.is_crowded(width)                     whether the tabs need more than this
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

MARGINS = (16, 0, 24, 0)


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
        self._all_facts: tuple[str, ...] = ()
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
        row.setContentsMargins(*MARGINS)
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
        self._all_facts = facts_of(progress)
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

    def show_facts(self, place: int) -> None:
        """Say what a rater counts for."""
        self._facts.setText(self._all_facts[place])
        self.choice.setToolTip(self._all_facts[place])

    def is_crowded(self, width: int) -> bool:
        """Whether some tabs would be out of sight in a bar of this width, whoever is chosen."""
        facts = max(map(self._facts.fontMetrics().horizontalAdvance, self._all_facts), default=0)
        return self.tabs.sizeHint().width() + facts > width - MARGINS[0] - MARGINS[2]

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


def facts_of(progress: Sequence[RaterProgress]) -> tuple[str, ...]:
    """What each rater counts for, and in which stage where there are several."""
    several = len({each.stage.code for each in progress}) > 1
    return tuple(_facts_of(each, several) for each in progress)


def _facts_of(progress: RaterProgress, several: bool) -> str:
    stage, weights = progress.stage, "、".join(map(plain, progress.weights))
    weight = f"权重 {weights}{'（按类别）' if len(progress.weights) > 1 else ''}"
    if several:
        weight = f"环节“{stage.name}”权重 {plain(stage.weight)}，环节内{weight}"
    return f"{weight}，满分 {plain(stage.full)} 分"
