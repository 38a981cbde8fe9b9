"""A list with a pane that follows its selection: side by side, or one at a time in a small window.

split = SideSplit(list_widget, pane, width=320, least=660)     pixels of the standard text size
split.set_narrow(narrow); split.show_side(); split.show_list(); split.is_side_alone()
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from gui.theme import scaled


class SideSplit(QStackedWidget):
    """Wide: a splitter of both. Narrow: the pane is a page of its own.

    It is narrow too where the list would have less than `least` beside the pane.
    """

    def __init__(self, main: QWidget, side: QWidget, *, width: int, least: int = 0) -> None:
        super().__init__()
        self._side = side
        self._room = width + least if least else 0
        self._is_small = False
        self._narrow = False
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for part in (main, side):
            self._split.addWidget(part)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([scaled(900), scaled(width)])
        self.addWidget(self._split)

    def set_narrow(self, narrow: bool) -> None:
        self._is_small = narrow
        self._arrange(narrow or self.width() < scaled(self._room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._is_small or event.size().width() < scaled(self._room))

    def _arrange(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self.addWidget(self._side)
            self.setCurrentWidget(self._split)
        else:
            self.removeWidget(self._side)
            self._split.addWidget(self._side)
            self._side.show()

    def is_side_alone(self) -> bool:
        """Whether the pane hides the list."""
        return self._narrow and self.currentWidget() is self._side

    def show_side(self) -> None:
        self._side.show()
        if self._narrow:
            self.setCurrentWidget(self._side)

    def show_list(self) -> None:
        """Back to the list of a small window."""
        self.setCurrentWidget(self._split)

    def close_side(self) -> None:
        """Give the list all the room."""
        if self._narrow:
            self.show_list()
        else:
            self._side.hide()
