"""The frame of the window: top bar, rail, the page shown, status bar. It knows no page and no domain.

    shell = Shell(jobs, settings)
    shell.add_section("roster", "名册", "contacts-book-2", lambda: RosterPage(office, jobs, messages))
    shell.add_section("system", "系统", "settings-3", make_system, bottom=True)
    shell.show_section("home")
    shell.top.set_office(...); shell.top.set_years(...); shell.top.year_chosen.connect(...)
    shell.status.set_last_act(...); shell.status.notify("已导入 23 行")
    shell.reload_all()                     after another year was chosen
    shell.page("roster") -> Page           built on first use
    shell.section_changed.connect(...)     key
    shell.undo_asked, shell.redo_asked     the keys, where nothing in the page has use for them
    shell.files_dropped.connect(...)       paths dragged here, where nothing in the page takes them

A page is built at its first visit, and told to reload when it is first shown, when a job has saved
something (at once if it is visible, else when it is next shown) and on `reload_all`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.actions import is_redo, is_undo
from gui.jobs import JobRunner
from gui.settings_store import SettingsStore
from gui.widgets.buttons import ENTER
from gui.widgets.late_stack import SeenStack
from gui.widgets.page import Page
from gui.widgets.rail import Rail
from gui.widgets.status_bar import StatusBar
from gui.widgets.top_bar import TopBar, paint_seal

FIRST_SIZE = QSize(1366, 768)
# What a title bar and borders take, as far as that is known before a window is shown.
FRAME = QMargins(8, 32, 8, 8)
NARROW_WIDTH = 1100
NARROW_HEIGHT = 600


@dataclass(slots=True)
class _Section:
    factory: Callable[[], Page]
    page: Page | None = None
    stale: bool = True


class Shell(QMainWindow):
    """The one main window."""

    section_changed = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    files_dropped = Signal(list)
    closing = Signal()

    def __init__(self, jobs: JobRunner, settings: SettingsStore) -> None:
        super().__init__()
        self._settings = settings
        self._sections: dict[str, _Section] = {}
        self._current = ""
        self._narrow = False
        self.top = TopBar()
        self.rail = Rail()
        self.status = StatusBar(jobs)
        self._stack = SeenStack()
        self._notes = QVBoxLayout()
        self.setWindowTitle("社评通")
        self.setWindowIcon(_window_icon())
        self.setMinimumSize(QSize(800, 480))
        self.setAcceptDrops(True)
        self._build()
        self.rail.chosen.connect(self.show_section)
        self.rail.collapse_changed.connect(self._remember_rail)
        self.rail.set_collapsed(settings.rail_collapsed)
        jobs.saved.connect(self.reload_all)
        if not self.restoreGeometry(settings.geometry):
            self.resize(FIRST_SIZE)

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(self._notes)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def show_whole(self) -> None:
        """Show the window; over the whole screen where it would not fit in with a title bar around it."""
        room, whole = self.screen().availableSize(), self.size().grownBy(FRAME)
        if whole.boundedTo(room) == whole:
            self.show()
        else:
            self.showMaximized()

    def add_section(
        self, key: str, text: str, icon: str, factory: Callable[[], Page], *, bottom: bool = False
    ) -> None:
        """Add a section to the rail; its number is its key together with Ctrl."""
        self._sections[key] = _Section(factory)
        item = self.rail.add_item(key, text, icon, bottom=bottom)
        keys = f"Ctrl+{len(self._sections)}"
        item.setToolTip(f"{text}\uff08{keys}\uff09")
        QShortcut(QKeySequence(keys), self, lambda: self.show_section(key))

    def add_note(self, note: QWidget) -> None:
        """Put a line over every page."""
        self._notes.addWidget(note)

    def current_section(self) -> str:
        return self._current

    def page(self, key: str) -> Page:
        """The page of a section, built now if it was never visited."""
        section = self._sections[key]
        if section.page is None:
            section.page = section.factory()
            section.page.set_narrow(self._narrow)
            self._stack.addWidget(section.page)
        return section.page

    def show_section(self, key: str) -> None:
        """Go to a section, unless the current page wants the user to stay."""
        if self._current and not self.page(self._current).may_leave():
            self.rail.set_current(self._current)
            return
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        self.rail.set_current(key)
        self._current = key
        self._reload_current()
        page.take_focus()
        self.section_changed.emit(key)

    def reload_all(self) -> None:
        """What is visible loads again now, the rest when it is next shown."""
        for section in self._sections.values():
            section.stale = True
        self._reload_current()

    def _reload_current(self) -> None:
        section = self._sections.get(self._current)
        if section is not None and section.page is not None and section.stale:
            section.stale = False
            section.page.reload()

    def _remember_rail(self, collapsed: bool) -> None:
        self._settings.rail_collapsed = collapsed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody else had use for: Enter presses a button, as the space bar does; undo and redo."""
        button = self.focusWidget()
        if event.key() in ENTER and isinstance(button, QAbstractButton):
            button.click()
        elif is_undo(event):
            self.undo_asked.emit()
        elif is_redo(event):
            self.redo_asked.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.files_dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_WIDTH or self.height() < NARROW_HEIGHT
        if narrow != self._narrow:
            self._narrow = narrow
            self.top.set_narrow(narrow)
            self.rail.set_collapsed(narrow or self._settings.rail_collapsed, forced=narrow)
            for section in self._sections.values():
                if section.page is not None:
                    section.page.set_narrow(narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._current and not self.page(self._current).may_leave():
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        self.closing.emit()
        super().closeEvent(event)


def _window_icon() -> QIcon:
    seal = QIcon()
    for side in (16, 24, 32, 48, 64, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_seal(painter, pixmap.rect().toRectF())
        painter.end()
        seal.addPixmap(pixmap)
    return seal
