"""The frame that is painted first: six sections without pages, closed until an office is open.

window = MainWindow(jobs, settings)
window.painted.connect(open_the_store)                   once, after the first frame
window.furnish({"home": lambda: HomePage(desk), ...})    pages, built at their first visit
window.set_open(True)                                    the rail and its keys work now
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect

from gui.jobs import JobRunner
from gui.settings_store import SettingsStore
from gui.shell import Shell
from gui.widgets.page import Page

SECTIONS = (
    ("home", "首页", "home-5"),
    ("roster", "名册", "contacts-book-2"),
    ("groups", "工作组", "team"),
    ("assessment", "考核", "survey"),
    ("documents", "文书", "file-text"),
    ("statistics", "统计", "bar-chart-box"),
    ("system", "系统", "settings-3"),
)

FAINT = 0.45


class MainWindow(Shell):
    """The shell with the program's sections."""

    painted = Signal()

    def __init__(self, jobs: JobRunner, settings: SettingsStore) -> None:
        super().__init__(jobs, settings)
        self._factories: Mapping[str, Callable[[], Page]] = {}
        self._is_painted = False
        self._is_open = False
        for key, text, icon in SECTIONS:
            self.add_section(key, text, icon, partial(self._make_page, key), bottom=key == "system")
        self._faint = QGraphicsOpacityEffect(self.rail)
        self._faint.setOpacity(FAINT)
        self.rail.setGraphicsEffect(self._faint)
        self.set_open(False)

    def _make_page(self, key: str) -> Page:
        return self._factories[key]()

    def furnish(self, factories: Mapping[str, Callable[[], Page]]) -> None:
        """Say how the page of each section is made, and show the first."""
        self._factories = factories
        super().show_section("home")

    def set_open(self, is_open: bool) -> None:
        """While there is no office, the home page alone is there to make one."""
        self._is_open = is_open
        for part in (self.rail, self.top.search):
            part.setEnabled(is_open)
        self._faint.setEnabled(not is_open)

    def show_section(self, key: str) -> None:
        if self._is_open:
            super().show_section(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # Back in the event loop the frame is on the screen.
            QTimer.singleShot(0, self, self.painted.emit)
