"""The real window over the user's own store: goes through its pages and tells how long each step took.

A line for each step, `NAME MILLISECONDS`, and `memory MEGABYTES` where the process stands at the end of one.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main
from gui import app as program
from gui.pages.ledger_list import LedgerPane

TYPED = ("z", "zy", "志愿", "一二三", "不存在", "")
DEEDS = ("义", "义诊", "第3次", "13800012345", "不存在", "")
STEPS = 40


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
        self._beat = self._longest = 0.0

    def begin(self) -> None:
        self._next()
        self._timer.start()

    def _look(self) -> None:
        now = time.perf_counter()
        self._longest, self._beat = max(self._longest, now - self._beat), now
        if self._until():
            if self._name:
                told(self._name, now - self._began)
                told(f"{self._name}_longest_block", self._longest)
            self._next()

    def _next(self) -> None:
        self._began = self._beat = time.perf_counter()
        self._longest = 0.0
        step = next(self._steps, None)
        if step is None:
            program.QApplication.quit()
            self._timer.stop()
        else:
            self._name, self._until = step

    def _walk(self) -> Iterator[tuple[str, Callable[[], bool]]]:
        jobs, window = self._program.jobs, self._program.window

        def idle() -> bool:
            return not jobs.is_busy()

        yield "", idle
        memory()
        window.show_section("roster")
        roster = window.page("roster")
        painted = Painted(roster)
        yield "roster_switch", lambda: painted.count > 0
        yield "roster_filled", idle
        memory()
        rows, table = roster.organizations, roster.organizations.table
        yield from self._scrolled("roster_scroll", table)
        for typed in TYPED:
            rows.filters.search.setText(typed)
            rows.filters.search.returnPressed.emit()
            yield f"roster_find_{typed}", shown_again(table.viewport())
        memory()
        window.show_section("home")
        home = Painted(window.page("home"))
        yield "home_switch", lambda: home.count > 0
        yield "home_filled", idle
        painted.count = 0
        window.show_section("roster")
        yield "roster_again", lambda: painted.count > 0
        yield "roster_again_filled", idle
        roster.header.tabs.setCurrentIndex(2)
        roster.ledgers.open("activities")
        pane = roster.ledgers.pane()
        ledger = Painted(pane)
        yield "ledger_switch", lambda: ledger.count > 0
        yield "ledger_filled", lambda: idle() and pane.model.rowCount() > 0
        memory()
        yield from self._scrolled("ledger_scroll", pane.table)
        for typed in DEEDS:
            pane.filters.search.setText(typed)
            pane.filters.search.returnPressed.emit()
            yield f"ledger_find_{typed}", lambda: idle() and in_sight(pane)
        yield "idle", idle
        memory()

    def _scrolled(self, name: str, table: QWidget) -> Iterator[tuple[str, Callable[[], bool]]]:
        bar = table.verticalScrollBar()
        for step in range(STEPS):
            bar.setValue(bar.maximum() * step // STEPS)
            yield f"{name}", shown_again(table.viewport())


def in_sight(pane: LedgerPane) -> bool:
    """Whether the first row that is seen is held."""
    row = pane.table.rowAt(0)
    return row < 0 or pane.model.is_held(row)


def shown_again(widget: QWidget) -> Callable[[], bool]:
    painted = Painted(widget)
    widget.update()
    return lambda: painted.count > 0


class Walked(program.WindowProgram):
    def _enter(self, office: object) -> None:
        super()._enter(office)
        self._walk = Walk(self)
        self._walk.begin()


program.WindowProgram = Walked
main.main([])
