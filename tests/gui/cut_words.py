"""Words that have less room than they need."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton, QToolButton, QWidget

from gui.widgets.labels import ElidedLabel
from tests.gui.played_window import Window

MOMENT_MS = 10_000
WORDED = (QPushButton, QCheckBox, QRadioButton)


def cut_words(part: QWidget) -> Iterator[str]:
    """What is cut of a label or button; what is meant to be cut with … is not."""
    if isinstance(part, QLabel) and not isinstance(part, ElidedLabel) and part.text():
        needed = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
        if needed > part.height() or (not part.wordWrap() and part.sizeHint().width() > part.width()):
            yield part.text()
    if isinstance(part, WORDED) and part.text() and part.sizeHint().width() > part.width():
        yield part.text()
    if isinstance(part, QToolButton) and part.width() < part.minimumWidth():
        yield part.text()


def once_laid_out(window: Window, look: Callable[[], Iterable[str]]) -> list[str]:
    """What is still found when what a job has just written has got its place, a moment later."""
    with suppress(window.qtbot.TimeoutError):
        window.qtbot.waitUntil(lambda: not list(look()), timeout=MOMENT_MS)
    return list(look())
