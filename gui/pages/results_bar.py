"""What stands over the results: are they stale, what is to be decided or put right, which list is shown.

bar = ResultsBar(gate); bar.show_state(state); bar.tab(); bar.choose(ListKind.TIES)
bar.show_reminders(reminders)
bar.tab_changed, bar.compute_asked, bar.tie_asked(filling), bar.paper_asked(action)
bar.print_asked, bar.details_asked, bar.details_file_asked
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QTabBar, QVBoxLayout

from core.model.outcome import OpenReason
from core.model.reminder import Reminder, ReminderKind
from core.model.result_list import ListKind
from core.services.guard import Gate
from gui.actions import PRINT
from gui.pages.assessment_state import YearState
from gui.pages.results_rows import tie_words
from gui.rights import offer
from gui.theme import set_kind
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.layouts import clear

RANKING = "ranking"


class ResultsBar(QFrame):
    """Banners, then one line with the tabs and the printer."""

    tab_changed = Signal()
    compute_asked = Signal()
    tie_asked = Signal(object)
    paper_asked = Signal(str)
    print_asked = Signal()
    details_asked = Signal()
    details_file_asked = Signal()

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate
        self.setProperty("kind", "filters")
        self.stale = Banner("warn", "评分有改动，请重新计算")
        again = push_button("重新计算", self.compute_asked.emit, dense=True)
        self.stale.add_button(offer(gate, again, "assessments.compute"))
        self.tabs = QTabBar()
        self.print_button = push_button("打印", icon_name=PRINT.icon, dense=True)
        self._ties = QVBoxLayout()
        self._papers = QVBoxLayout()
        self._narrow = False
        self._reminders: tuple[Reminder, ...] = ()
        self._column = QVBoxLayout(self)
        self._build()
        self.tabs.currentChanged.connect(lambda _place: self.tab_changed.emit())

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("结果的各种名单")
        for key, text in ((RANKING, "排名"), *((kind, kind.label) for kind in ListKind)):
            self.tabs.setTabData(self.tabs.addTab(text), key)
        self._fill_print_menu()
        self._ties.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.tabs)
        line.addStretch(1)
        line.addWidget(self.print_button)
        self._column.setSpacing(8)
        self._column.addWidget(self.stale)
        self._column.addLayout(self._ties)
        self._column.addLayout(self._papers)
        self._column.addLayout(line)
        self.set_narrow(False)

    def _fill_print_menu(self) -> None:
        menu = QMenu(self.print_button)
        shown = menu.addAction("这张表", self.print_asked.emit)
        shown.setShortcut(PRINT.keys)
        menu.addAction("列出的评分明细", self.details_asked.emit)
        menu.addSeparator()
        menu.addAction("导出评分明细", self.details_file_asked.emit)
        set_kind(self.print_button, "menu", True)
        self.print_button.setMenu(menu)
        # In the page too: keys of an action that only stands in a closed menu do nothing.
        self.addAction(shown)

    def tab(self) -> str:
        """`RANKING`, or the kind of the list that is shown."""
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def choose(self, key: str) -> None:
        """Show the ranking, or the list of a kind."""
        keys = [self.tabs.tabData(place) for place in range(self.tabs.count())]
        self.tabs.setCurrentIndex(keys.index(key))

    def show_state(self, state: YearState) -> None:
        """Say what is to be done about a year's results."""
        view = state.view
        if view is None:
            return
        at = view.cycle.computed_at.replace("T", " ")[:16]
        self.stale.setVisible(view.stale)
        self.print_button.setEnabled(state.computed is not None)
        self.stale.set_text(
            "评分有改动，请重新计算", f"下面是 {at} 的结果，以后的改动还没有计入，不能生成通报。"
        )
        clear(self._ties)
        for filling in state.computed.outcome.awards if state.computed else ():
            if filling.reason is OpenReason.TIE and filling.undecided:
                banner = Banner("warn", *tie_words(state, filling), icon="scales-3-line")
                settle = push_button("录入表决结果", partial(self.tie_asked.emit, filling), dense=True)
                banner.add_button(offer(self._gate, settle, "decisions.decide"))
                self._ties.addWidget(banner)

    def show_reminders(self, reminders: Sequence[Reminder]) -> None:
        """Say which papers that went out tell other results; the money has its own list."""
        self._reminders = tuple(each for each in reminders if each.kind is not ReminderKind.MONEY)
        self._show_papers()

    def _show_papers(self) -> None:
        """A narrow page has room for what there is to do, and tells the numbers in the tooltip."""
        clear(self._papers)
        if not self._reminders:
            return
        words = "\n".join(f"{each.words}。" for each in self._reminders)
        banner = Banner("warn", "，".join(each.short for each in self._reminders))
        if self._narrow:
            banner.setToolTip(words)
        else:
            banner.set_text("，".join(each.short for each in self._reminders), words)
        for each in self._reminders:
            lead = partial(self.paper_asked.emit, each.action)
            banner.add_button(push_button(each.verb, lead, dense=True))
        self._papers.addWidget(banner)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._show_papers()
        margin = 16 if narrow else 24
        self._column.setContentsMargins(margin, 8, margin, 0)
