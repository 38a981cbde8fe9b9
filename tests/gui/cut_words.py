"""Words that have less room than they need."""

from collections.abc import Iterator

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton, QToolButton, QWidget

from gui.widgets.labels import ElidedLabel

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
