"""The ballots on one subject beside the list: entered, entered again, compared, listed.

side = BallotSide(settings); side.show_line(box, line); side.begin(); side.left.connect(to_the_list)
side.first, side.second, side.differences, side.all       its four tabs
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui.pages.ballots_book import BallotBox, BoxLine
from gui.pages.ballots_check import BallotList, DifferencePane
from gui.pages.ballots_entry import BallotEntry
from gui.settings_store import SettingsStore
from gui.theme import bound_width
from gui.widgets.buttons import icon_button
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label

FIRST, SECOND, DIFFERENT, ALL = range(4)
WIDTH = 400


class BallotSide(QFrame):
    """One tab for each thing that is done with ballots."""

    left = Signal()

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("录入测评票")
        bound_width(self, least=WIDTH)
        self._title = label("", "heading", wrap=True)
        self._others = label("", "secondary", wrap=True)
        self._others.hide()
        self._back = icon_button("arrow-left-line", "返回名单\uff08Esc\uff09", self.left.emit)
        self._back.hide()
        self.tabs = QTabBar()
        self.first, self.second = BallotEntry(second=False), BallotEntry(second=True)
        self.differences, self.all = DifferencePane(), BallotList(settings)
        self._parts = (self.first, self.second, self.differences, self.all)
        self._stack = QStackedWidget()
        self._build()
        self.tabs.currentChanged.connect(self._show_tab)

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("测评票")
        for text, part in zip(("第一遍", "第二遍", "不一致", "全部"), self._parts, strict=True):
            self.tabs.addTab(text)
            self._stack.addWidget(_framed(part) if part is self.all else _scrolling(part))
        head, others, tabs = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 0)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        others.setContentsMargins(20, 0, 20, 0)
        others.addWidget(self._others, 1)
        tabs.setContentsMargins(12, 0, 12, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(others)
        column.addLayout(tabs)
        column.addWidget(self._stack, 1)

    def show_line(self, box: BallotBox, line: BoxLine) -> None:
        """Show the ballots on this subject."""
        self._title.setText(line.subject.name)
        for place, text, count in (
            (SECOND, "第二遍", len(line.waiting)),
            (DIFFERENT, "不一致", len(line.differing)),
            (ALL, "全部", len(line.ballots)),
        ):
            self.tabs.setTabText(place, f"{text} {count}" if count else text)
        for part in self._parts:
            part.show_line(box, line)

    def _show_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        # Whoever goes through the tabs by keys stays there; in the list of all no ballot is chosen unasked.
        if place != ALL and not self.tabs.hasFocus():
            self.begin()

    def show_others(self, words: str) -> None:
        """Say what is seen of the other raters; nothing without words."""
        self._others.setText(words)
        self._others.setVisible(bool(words))

    def begin(self) -> None:
        """Put the keyboard where the work of the tab begins."""
        self._parts[self.tabs.currentIndex()].begin()

    def set_narrow(self, narrow: bool) -> None:
        self._back.setVisible(narrow)


def _scrolling(part: QWidget) -> ScrollPane:
    pane = ScrollPane(20)
    pane.body.addWidget(part)
    return pane


def _framed(part: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(20, 12, 20, 12)
    column.addWidget(part)
    return holder
