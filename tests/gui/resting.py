"""When a window is at rest.

What is beside a list follows a moment after it, and a button that is pressed by its keys is clicked a tenth
of a second later: idle jobs are not enough.
"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.jobs import JobRunner

LONGEST_PAUSE_MS = 300


def wait_for_rest(qtbot: QtBot, jobs: JobRunner) -> None:
    """Run the window until it is at rest and shows what it has."""
    qtbot.waitUntil(lambda: is_at_rest(jobs))
    # What was just put into a layout is shown by the event loop.
    QApplication.processEvents()


def is_at_rest(jobs: JobRunner) -> bool:
    """No job is at work, and nothing is about to begin one."""
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return not jobs.is_busy() and not any(_pauses(each) or _is_pressed(each) for each in windows)


def _pauses(window: QWidget) -> bool:
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE_MS
        for timer in window.findChildren(QTimer)
    )


def _is_pressed(window: QWidget) -> bool:
    """Whether a button is down by its keys; one whose menu is open stays down."""
    return any(each.isDown() and each.menu() is None for each in window.findChildren(QPushButton))
