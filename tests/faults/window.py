"""The window at work, offscreen: a script presses its keys; it is killed, and its workers with it.

After every finished job the script tells how many acts stand in the log: so many were told to the user.
"""

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.services.services import Services
from gui.app import WindowProgram
from gui.dialogs.issue_document import IssueForm
from gui.jobs import Report
from gui.pages.system_backup import BackupPane
from gui.settings_store import SettingsStore
from gui.workplace import Workplace
from main import open_backups, open_door
from tests.faults.kills import Moments
from tests.faults.offices import SAMPLES, Offices
from tests.faults.referee import ALL_ACTS, Held, Tally, held_in
from tests.faults.runs import Forked, Ran, ended, killed
from tests.gui.conftest import RecordingMessages
from tests.gui.resting import is_at_rest

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
STAGE = "office"
RESTED = 5


class Clerk:
    """Presses the keys of the window over a data folder."""

    def __init__(self, place: Path) -> None:
        self._messages = RecordingMessages()
        settings = SettingsStore(QSettings(str(place.parent / "window.ini"), QSettings.Format.IniFormat))
        self._program = WindowProgram(
            QApplication(["faults"]),
            lambda: open_door(place, create=True),
            self._messages,
            settings,
            lambda: open_backups(place),
        )
        self._program.jobs.saved.connect(self._tell)
        self._window = self._program.window
        self._window.resize(1366, 768)
        self._window.show()

    @property
    def trouble(self) -> list[str]:
        """What the window told that nobody expects."""
        messages = self._messages
        return [*(each.message_zh for each in messages.errors), *messages.problems, *messages.bugs]

    def work(self) -> None:
        """A morning of an office: roster, year, marks, results, a document, a file of a record, a backup."""
        self._rest()
        self._window.activateWindow()
        for _ in self._steps():
            self._rest()
        self._tell()
        self._program.close()

    def _steps(self) -> Iterator[None]:
        self._messages.chosen = SAMPLES / "roster.xlsx"
        yield self._place().go("import_roster")
        yield self._press(Qt.Key.Key_Return, CTRL)
        services = self._services()
        # The form would open the year of the PC's clock; the marks are of another.
        yield self._start("开启考核", lambda _report: services.assessments.open_year(2025))
        self._place().desk.choose_year(2025)
        self._messages.chosen = SAMPLES / "scores.xlsx"
        yield self._place().go("import_scores")
        yield self._press(Qt.Key.Key_Return, CTRL)
        yield self._press(Qt.Key.Key_F9)
        yield self._press(Qt.Key.Key_G, CTRL)
        for _step in ("送审核", "签发", "印发"):
            yield self._press(Qt.Key.Key_Return, CTRL)
        self._window.findChild(IssueForm).reason.setText("已核对")
        yield self._press(Qt.Key.Key_Return)
        owner, file = services.register.register().organizations[0].id, SAMPLES / "roster.xlsx"
        yield self._start("添加附件", lambda report: services.attachments.add(owner, file, report=report))
        yield self._place().go("backup")
        yield self._window.findChild(BackupPane).make()

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        if QGuiApplication.focusWindow() is None:
            self._window.activateWindow()
        QTest.keyClick(QGuiApplication.focusWindow() or self._window.windowHandle(), key, modifier)

    def _start(self, title: str, work: Callable[[Report], object]) -> None:
        self._program.jobs.start(work, lambda _result: None, title=title, saves=True)

    def _place(self) -> Workplace:
        assert self._program.workplace is not None
        return self._program.workplace

    def _services(self) -> Services:
        return self._place().desk.services

    def _tell(self) -> None:
        with self._services().store.reading() as view:
            print(len(view.log.find(ALL_ACTS)), flush=True)

    def _rest(self) -> None:
        """Let the window work until it has rested a while; one that never does is killed from outside."""
        rested = 0
        while rested < RESTED:
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()
            rested = rested + 1 if self._is_at_rest() else 0

    def _is_at_rest(self) -> bool:
        return self._program.workplace is not None and is_at_rest(self._program.jobs)


def play(place: Path) -> int:
    """Play the whole script in a process of its own; 1 where the window told of trouble."""
    QStandardPaths.setTestModeEnabled(True)
    clerk = Clerk(place)
    clerk.work()
    for each in clerk.trouble:
        print(each, file=sys.stderr)
    return 1 if clerk.trouble else 0


def kill_windows(offices: Offices, chance: random.Random, count: int) -> Tally:
    """Kill so many windows at random moments of the script; each act that it told of must be there."""
    tally = Tally("随时强行结束窗口")
    place = offices.copy(STAGE, "window-reference")
    whole = ended(Forked(play, place))
    after = held_in(place)
    tally.run("the whole script", [*whole.wrong(), *_wrong(after, after, whole)])
    if whole.status != 0:
        tally.wrong.append(f"the script does not reach its end: {whole.out}{whole.err}")
        return tally
    moments = Moments(chance)
    for number in range(count):
        place = offices.copy(STAGE, "window")
        run = killed(Forked(play, place), moments.one_of(STAGE, whole.seconds))
        moments.learn(STAGE, run)
        tally.note("结束在半途" if run.status else "已经做完")
        tally.run(f"{number} window", [*run.wrong(), *_wrong(after, held_in(place), run)])
    return tally


def _wrong(after: Held, found: Held, run: Ran) -> list[str]:
    """What is wrong with what a window left on its way to `after`."""
    told = max(map(int, run.out.split()), default=0)
    wrong = list(found.faults)
    if len(found.acts) < told:
        wrong.append(f"{told} acts told, {len(found.acts)} there")
    if found.acts != after.acts[: len(found.acts)] or not found.acts:
        wrong.append(f"half done: {found.acts[-2:]}")
    if found.lost:
        wrong.append("a record without its file")
    return wrong
