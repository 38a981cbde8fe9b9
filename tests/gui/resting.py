"""When a window is at rest.

What is beside a list follows a moment after it, a button that is pressed by its keys is clicked a tenth of a
second later, and what a job has brought may ask for more once it is laid out: idle jobs are not enough.
"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.jobs import JobRunner

LONGEST_PAUSE_MS = 300


def wait_for_rest(qtbot: QtBot, jobs: JobRunner) -> None:
    """Run the window until it is at rest and shows what it has."""

    def stays_at_rest() -> bool:
        if not is_at_rest(jobs):
            return False
        # What was just put into a layout is shown by the event loop.
        QApplication.processEvents()
        return is_at_rest(jobs)

    qtbot.waitUntil(stays_at_rest)


def is_at_rest(jobs: JobRunner) -> bool:
    """No job is at work, and nothing is about to begin one."""
    if jobs.is_busy():
        return False
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return not any(_pauses(each) or _is_pressed(each) for each in windows)


def _pauses(window: QWidget) -> bool:
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE_MS
        for timer in window.findChildren(QTimer)
    )


def _is_pressed(window: QWidget) -> bool:
    """Whether a button is down by its keys; one whose menu is open stays down."""
    down = [each for each in window.findChildren(QAbstractButton) if each.isDown()]
    return any(not isinstance(each, QPushButton | QToolButton) or each.menu() is None for each in down)
