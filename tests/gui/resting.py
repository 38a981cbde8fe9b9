"""When a window is at rest: what is beside a list follows a moment after it, so idle jobs are not enough."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.jobs import JobRunner

LONGEST_PAUSE_MS = 300


def wait_for_rest(qtbot: QtBot, jobs: JobRunner) -> None:
    """Run the window until it is at rest and shows what it has."""
    qtbot.waitUntil(lambda: is_at_rest(jobs))
    # What was just put into a layout is shown by the event loop.
    QApplication.processEvents()


def is_at_rest(jobs: JobRunner) -> bool:
    """No job is at work, and no pause runs out soon that would begin one."""
    return not jobs.is_busy() and not any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE_MS
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
        for timer in window.findChildren(QTimer)
    )
