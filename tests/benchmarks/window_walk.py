"""The real window over the user's own store: goes through its pages and tells how long each step took.

A line for each step, `NAME MILLISECONDS`, how long the window's thread worked for it and the longest time
that it answered nobody, and `memory MEGABYTES` where the process stands at the end of one.
A find is from the last key press to the paint of the rows found, a scroll to that of the rows in sight.
With a folder as argument pictures of some pages are put there.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main
from gui import app as program
from gui.pages.ledger_list import LedgerPane
from gui.pages.roster_list import OrganizationsPane

TYPED = ("z", "zy", "志愿", "一二三", "不存在", "")
DEEDS = ("义", "义诊", "第3次", "13800012345", "不存在", "")
PICTURED = ("一二三", "第3次")
STEPS = 40
SIZE = QSize(1366, 768)
PICTURES = Path(sys.argv[1]) if len(sys.argv) > 1 else None

ListPane = OrganizationsPane | LedgerPane
Step = tuple[str, Callable[[], bool]]


def told(name: str, seconds: float) -> None:
    print(f"{name} {seconds * 1000:.1f}", flush=True)


def memory() -> None:
    """What the process holds now; the top is kept by the system."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    for name in ("VmRSS", "VmHWM"):
        print(f"memory_{name} {int(status[name].split()[0]) / 1024:.0f}", flush=True)


class Painted(QObject):
    """Counts the paints of a widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Walk(QObject):
    """Steps, one after the other: each does something and says what it waits for."""

    def __init__(self, window_program: "program.WindowProgram") -> None:
        super().__init__(window_program)
        self._program = window_program
        self._steps = self._walk()
        self._name, self._began, self._until = "", 0.0, lambda: True
        self._timer = QTimer(self)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._look)
        self._beat = self._longest = self._worked = 0.0

    def begin(self) -> None:
        self._next()
        self._timer.start()

    def _look(self) -> None:
        now = time.perf_counter()
        self._longest, self._beat = max(self._longest, now - self._beat), now
        if self._until():
            if self._name:
                told(self._name, now - self._began)
                told(f"{self._name}_worked", time.thread_time() - self._worked)
                told(f"{self._name}_longest_block", self._longest)
            self._next()

    def _next(self) -> None:
        self._began = self._beat = time.perf_counter()
        self._longest, self._worked = 0.0, time.thread_time()
        step = next(self._steps, None)
        if step is None:
            program.QApplication.quit()
            self._timer.stop()
        else:
            self._name, self._until = step

    def _walk(self) -> Iterator[Step]:
        window = self._program.window
        window.resize(SIZE)
        yield "", self._idle
        memory()
        yield from self._visited("roster", "roster_switch", "roster_filled")
        memory()
        roster = window.page("roster")
        self._picture("roster-100000")
        yield from self._listed("roster", roster.organizations, TYPED)
        memory()
        yield from self._visited("home", "home_switch", "home_filled")
        yield from self._visited("groups", "groups_switch", "groups_filled")
        yield from self._visited("statistics", "statistics_switch", "statistics_filled")
        self._picture("statistics-100000")
        yield from self._visited("roster", "roster_again", "roster_again_filled")
        roster.header.tabs.setCurrentIndex(2)
        roster.ledgers.open("activities")
        pane = roster.ledgers.pane()
        ledger = Painted(pane)
        yield "ledger_switch", lambda: ledger.count > 0
        yield "ledger_filled", lambda: self._idle() and in_sight(pane)
        memory()
        yield from self._listed("ledger", pane, DEEDS)
        yield "idle", self._idle
        memory()

    def _idle(self) -> bool:
        return not self._program.jobs.is_busy()

    def _visited(self, section: str, switch: str, filled: str) -> Iterator[Step]:
        self._program.window.show_section(section)
        page = Painted(self._program.window.page(section))
        yield switch, lambda: page.count > 0
        yield filled, self._idle

    def _listed(self, name: str, pane: ListPane, typed: Sequence[str]) -> Iterator[Step]:
        """Scroll through a list, then find in it."""
        bar = pane.table.verticalScrollBar()
        for step in range(STEPS):
            bar.setValue(bar.maximum() * step // STEPS)
            painted = Painted(pane.table.viewport())
            pane.table.viewport().update()
            yield f"{name}_scroll", lambda painted=painted: painted.count > 0 and in_sight(pane)
        for text in typed:
            if text:
                pane.filters.search.setText(text[:-1])
                yield "", self._idle
            found = Found(pane)
            pane.filters.search.setText(text)
            yield f"{name}_find_{text}", found.is_painted
            yield f"{name}_all_{text}", self._idle
            if text in PICTURED:
                self._picture(f"{name}-found-100000")

    def _picture(self, name: str) -> None:
        if PICTURES:
            self._program.window.grab().save(str(PICTURES / f"{name}.png"))


class Found(QObject):
    """Notices that the answer of a search is painted."""

    def __init__(self, pane: ListPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._is_answered = False
        self._painted = Painted(pane.table.viewport())
        pane.model.modelReset.connect(self._take)

    def _take(self) -> None:
        self._is_answered = True
        self._painted.count = 0

    def is_painted(self) -> bool:
        return self._is_answered and self._painted.count > 0 and in_sight(self._pane)


def in_sight(pane: ListPane) -> bool:
    """Whether the first row that is seen is held."""
    row = pane.table.rowAt(0)
    return row < 0 or pane.model.is_held(row)


class Walked(program.WindowProgram):
    def _enter(self, office: object) -> None:
        super()._enter(office)
        self._walk = Walk(self)
        self._walk.begin()


program.WindowProgram = Walked
main.main([])
