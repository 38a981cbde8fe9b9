"""What tests of the window stand on: theme, settings in a scratch folder, recorded messages, a runner."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, QStandardPaths
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from core.errors import AppError
from core.paper.render import ReportLabPaper
from core.services.log_file import Bug
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.print_form import PrintChoice, PrintWork
from gui.dialogs.printing import ChoosePrinter, PrintIt
from gui.jobs import JobRunner
from gui.main_window import MainWindow
from gui.messages import Answer
from gui.open_office import open_office
from gui.settings_store import SettingsStore
from gui.theme import Mode, TextSize, apply_theme, current
from gui.widgets.page import Page
from tests.conftest import services_over
from tests.gui.played_window import Calendar, Window
from tests.gui.resting import wait_for_rest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

YEAR = 2025
PATIENCE_MS = 60_000
"""How long a test waits for what must come: on a busy machine much longer than it takes."""
for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    waiting.__kwdefaults__["timeout"] = PATIENCE_MS


@dataclass
class RecordingMessages:
    """Stands in for the user: keeps what it was told and gives the answers set beforehand."""

    errors: list[AppError] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    facts: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    says_yes: bool = True
    answer: Answer = Answer.SAVE
    chosen: Path | None = None

    def show_error(self, error: AppError, *, headline: str = "") -> None:
        self.errors.append(error)

    def show_problem(self, headline: str, why: str = "", remedy: str = "", *, retry: str = "") -> bool:
        self.problems.append(headline)
        return False

    def show_bug(self, bug: Bug) -> None:
        self.bugs.append(bug.details)

    def show_facts(self, headline: str, facts: Sequence[tuple[str, str]], *, note: str = "") -> None:
        self.questions.append(headline)
        self.facts.append(tuple(facts))

    def confirm(
        self,
        question: str,
        facts: Sequence[tuple[str, str]] = (),
        *,
        yes: str,
        no: str = "取消",
        note: str = "",
    ) -> bool:
        self.questions.append(question)
        self.facts.append(tuple(facts))
        return self.says_yes

    def ask_save(self, what: str) -> Answer:
        self.questions.append(what)
        return self.answer

    def choose_open_file(self, title: str, kinds: str, *, purpose: str) -> Path | None:
        return self.chosen

    def choose_open_files(self, title: str, kinds: str, *, purpose: str) -> tuple[Path, ...]:
        return (self.chosen,) if self.chosen else ()

    def choose_save_file(self, title: str, kinds: str, *, name: str, purpose: str) -> Path | None:
        return self.chosen

    def choose_folder(self, title: str, *, purpose: str) -> Path | None:
        return self.chosen


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    QStandardPaths.setTestModeEnabled(True)
    # Windows of the test before go when an event loop begins, and a style sheet would first be given to them.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # Qt polishes every widget anew for a style sheet: only where a test has left another look.
    if not qapp.styleSheet() or (current().mode, current().text_size) != (Mode.LIGHT, TextSize.STANDARD):
        apply_theme(qapp, Mode.LIGHT)


@pytest.fixture(autouse=True)
def no_box_waits_for_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        pytest.fail("a box waits for a user")

    for owner, names in (
        (QDialog, ("exec",)),
        (QMenu, ("exec",)),
        (QMessageBox, ("exec", "information", "warning", "critical", "question")),
        (
            QFileDialog,
            ("exec", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
        ),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, refuse)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def messages() -> RecordingMessages:
    return RecordingMessages()


@pytest.fixture
def printed_to(tmp_path: Path) -> Path:
    """Where the printer of these tests puts its pages."""
    return tmp_path / "printed.pdf"


@pytest.fixture
def print_to_file(printed_to: Path) -> ChoosePrinter:
    """Stands in for the print dialog: all pages, once, into a file."""

    def choose(_window: QWidget, work: PrintWork, print_it: PrintIt) -> None:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFileName(str(printed_to))
        print_it(PrintChoice(printer, range(work.pages)))

    return choose


@pytest.fixture
def jobs(qapp: QApplication, messages: RecordingMessages) -> Iterator[JobRunner]:
    runner = JobRunner(messages)
    yield runner
    runner.shut_down()


@pytest.fixture
def wait_for_jobs(qtbot: Any, jobs: JobRunner) -> Callable[[], None]:
    """Returns once no job is running or waiting, nor a pause after which one begins."""

    def wait() -> None:
        wait_for_rest(qtbot, jobs)

    return wait


@pytest.fixture
def asked() -> list[str]:
    """The actions that shown pages asked for."""
    return []


@pytest.fixture
def show_page(
    qtbot: QtBot,
    jobs: JobRunner,
    messages: RecordingMessages,
    settings: SettingsStore,
    wait_for_jobs: Callable[[], None],
    asked: list[str],
) -> Callable[[Callable[[Desk], Page], Services], Page]:
    """Shows a page at the width that the rail leaves, filled, and filled anew whenever something is saved."""

    def show(make: Callable[[Desk], Page], services: Services) -> Page:
        desk = Desk(services, jobs, messages, settings, YEAR)
        desk.asked.connect(asked.append)
        page = make(desk)
        page.setProperty("desk", desk)
        jobs.saved.connect(page.reload)
        qtbot.addWidget(page)
        page.resize(1220, 690)
        page.show()
        page.reload()
        wait_for_jobs()
        return page

    return show


@pytest.fixture
def calendar() -> Calendar:
    """The clock of the whole window."""
    return Calendar()


@pytest.fixture
def window(
    qtbot: QtBot,
    jobs: JobRunner,
    messages,
    settings: SettingsStore,
    sample: Services,
    paper: ReportLabPaper,
    calendar: Calendar,
) -> Iterator[Window]:
    """The window over the sample office, whose year is open and marked."""
    path = sample.store.path
    sample.close()
    services = services_over(path, paper, calendar)
    main = MainWindow(jobs, settings)
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    made = Window(open_office(services).enter(main, jobs, messages, settings), services, calendar, qtbot)
    made.rest()
    yield made
    jobs.shut_down()
    services.close()
