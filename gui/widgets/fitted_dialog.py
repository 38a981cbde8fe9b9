"""A dialog of a given width that is as high as its wrapped words need, as far as the screen reaches.

class AskYear(FittedDialog):
    def __init__(self, parent):
        super().__init__(560, parent)                pixels of the standard text size
        self.words.addWidget(...); self.end_with(foot)
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from gui.theme import fix_width
from gui.widgets.card import ScrollPane

SHARE_OF_SCREEN = 0.9


class FittedDialog(QDialog):
    """Modal; gone when it is closed. What is higher than the screen scrolls above the foot."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        fix_width(self, width)
        self._pane = ScrollPane(is_stop=False)
        self.words: QVBoxLayout = self._pane.body
        self.words.setContentsMargins(22, 20, 22, 20)
        self.words.setSpacing(12)
        self._foot = QWidget()
        self._pane.widget().installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._reveal)

    def end_with(self, foot: QWidget) -> None:
        """Put the buttons under the words."""
        self._foot = foot
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pane, 1)
        column.addWidget(foot)

    def bring_to_sight(self, part: QWidget) -> None:
        """Scroll to a part that was just shown, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._pane.ensureWidgetVisible(part, 0, 20))

    def _reveal(self, _before: QWidget | None, focused: QWidget | None) -> None:
        """Scroll to what got the focus, as to a field that is wrong."""
        if focused is not None and self._pane.isAncestorOf(focused):
            self._pane.ensureWidgetVisible(focused, 0, 40)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        return handled

    def _fit(self) -> None:
        # A window heeds the least height of a layout, not the height its wrapping labels need at this width.
        words = self.words
        wraps = words.hasHeightForWidth()
        high = words.totalHeightForWidth(self.width()) if wraps else words.totalSizeHint().height()
        needed = high + self._foot.sizeHint().height()
        room = round(self.screen().availableSize().height() * SHARE_OF_SCREEN)
        # A bar that came up before there was this height makes the words narrower, and so would stay.
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > room else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._pane.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(min(needed, room))
