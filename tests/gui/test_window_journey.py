"""The whole job by the keyboard alone, through the window as it starts: nothing is clicked or called."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from core.model.certificate import CertificateRequest
from core.services.document_opening import Wanted
from core.services.services import Services
from gui.app import WindowProgram
from gui.dialogs.issue_document import IssueForm
from gui.settings_store import SettingsStore
from gui.widgets.card import ScrollPane
from tests.gui.doors import OpenDoor
from tests.gui.resting import wait_for_rest

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)

MOST_STOPS = 200
"""More than any page has: a walk that comes so far is caught somewhere."""


class Keyboard:
    """Presses keys where the focus is, and waits until the window rests."""

    def __init__(self, qtbot: QtBot, program: WindowProgram) -> None:
        self._qtbot = qtbot
        self._jobs = program.jobs
        self.window = program.window

    def press(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = NONE) -> None:
        if QGuiApplication.focusWindow() is None:
            # What a window system does when a dialog has gone; the offscreen one does not.
            self.window.activateWindow()
            self._qtbot.waitUntil(self.window.isActiveWindow)
        self._qtbot.keyClick(QGuiApplication.focusWindow(), key, modifier)
        self.rest()

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CTRL)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def rest(self) -> None:
        wait_for_rest(self._qtbot, self._jobs)


@pytest.fixture
def start(qtbot: QtBot, messages, settings: SettingsStore) -> Iterator[Callable[[Services], Keyboard]]:
    programs: list[WindowProgram] = []

    def begin(services: Services) -> Keyboard:
        program = WindowProgram(
            QApplication.instance(), lambda: OpenDoor(lambda: services), messages, settings
        )
        programs.append(program)
        program.window.resize(1366, 768)
        program.window.show()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        qtbot.waitUntil(lambda: program.workplace is not None)
        keyboard = Keyboard(qtbot, program)
        keyboard.rest()
        return keyboard

    yield begin
    for program in programs:
        program.close()
        program.window.deleteLater()
        QCoreApplication.sendPostedEvents(program.window, QEvent.Type.DeferredDelete)
        program.deleteLater()


def test_from_marks_to_papers(
    qtbot: QtBot, start: Callable[[Services], Keyboard], sample: Services, messages, tmp_path: Path
) -> None:
    keyboard = start(sample)
    keyboard.press(Qt.Key.Key_Return)
    outcome = sample.assessments.outcome(2025)
    assert sum(1 for each in outcome.outcome.results if each.rank) == 56
    page = keyboard.window.page("assessment")
    first = page.results.ranking.table.current_record()
    keyboard.press(Qt.Key.Key_Down)
    second = page.results.ranking.table.current_record()
    assert second is not first
    keyboard.press(Qt.Key.Key_G, CTRL)
    assert keyboard.window.current_section() == "documents"
    for _step in ("送审核", "签发", "印发"):
        keyboard.press(Qt.Key.Key_Return, CTRL)
    form = keyboard.window.findChild(IssueForm)
    form.reason.setText("已核对")
    keyboard.press(Qt.Key.Key_Return)
    messages.chosen = tmp_path / "通报.pdf"
    keyboard.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert messages.chosen.read_bytes().startswith(b"%PDF")
    assert sample.document_issue.prepared(Wanted("results-notice", 2025)).papers
    keyboard.press(Qt.Key.Key_K, CTRL)
    keyboard.type("hjzs")
    qtbot.waitUntil(keyboard.window.findChild(QListWidget).isVisible)
    keyboard.press(Qt.Key.Key_Return)
    messages.chosen = tmp_path / "证书.pdf"
    keyboard.press(Qt.Key.Key_P, CTRL | SHIFT)
    keyboard.press(Qt.Key.Key_Return)
    assert messages.chosen.read_bytes().startswith(b"%PDF")
    assert sample.certificates.prepare(CertificateRequest(year=2025)).booked
    assert not messages.errors and not messages.bugs
    for section in "1234567":
        keyboard.press(section, CTRL)
        there, back = (_walk(keyboard.window, key) for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab))
        # A pane is a stop only while it has something to scroll, and may still be filled.
        assert not [each for each in there ^ back if not isinstance(each, ScrollPane)], section
        assert not [each for each in there if not _shows_the_keyboard(each)], section


def _walk(window: QWidget, key: Qt.Key) -> set[QWidget]:
    """Every stop of the Tab key, until the first one comes again."""
    first = stop = window.focusWidget()
    stops = []
    while len(stops) < MOST_STOPS and (not stops or stop is not first):
        stops.append(stop)
        QTest.keyClick(stop, key)
        stop = window.focusWidget()
    return set(stops)


def _shows_the_keyboard(stop: QWidget) -> bool:
    """Whether it looks another with the keyboard in it."""
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    held = stop.grab().toImage()
    stop.clearFocus()
    return held != stop.grab().toImage()


def test_from_an_empty_store_to_results(
    start: Callable[[Services], Keyboard], bare_services: Services, messages, data: Path
) -> None:
    keyboard = start(bare_services)
    keyboard.paste("城东街道办事处")
    keyboard.press(Qt.Key.Key_Return)
    assert bare_services.setup.office().name == "城东街道办事处"
    # Accounts are offered at once, and put off.
    keyboard.press(Qt.Key.Key_Escape)
    messages.chosen = data / "roster.xlsx"
    keyboard.press(Qt.Key.Key_I, CTRL)
    assert bare_services.register.register().organizations == ()
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert len(bare_services.register.register().organizations) == 60
    keyboard.press(Qt.Key.Key_1, CTRL)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Return)
    assert bare_services.assessments.years() == (2025,)
    messages.chosen = data / "scores.xlsx"
    keyboard.press(Qt.Key.Key_Return)
    assert keyboard.window.current_section() == "assessment"
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert len(bare_services.assessments.year(2025).sheets) == 297
    keyboard.press(Qt.Key.Key_F9)
    counts = {each.grade: each.count for each in bare_services.assessments.outcome(2025).outcome.grade_counts}
    assert counts == {"优秀": 15, "良好": 14, "合格": 12, "基本合格": 10, "不合格": 7}
    assert not messages.errors and not messages.problems and not messages.bugs
