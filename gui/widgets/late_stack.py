"""Panes under each other's tabs, each made when it is first shown or asked for: most are not, in a visit.

stack = LateStack([make_office, make_log]); stack.made.connect(arrange)       place and pane, once for each
stack.turn_to(1); stack.pane(0); stack.panes()                                those that are made
SeenStack()                    any pages of which one is seen: what it needs is asked of that one alone
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget


class SeenStack(QStackedWidget):
    """Takes no more room than the page in sight needs: a hidden wide page would push it out of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page else QSize(0, 0)


class LateStack(SeenStack):
    """A stack that knows how its panes are made."""

    made = Signal(int, QWidget)

    def __init__(self, factories: Sequence[Callable[[], QWidget]]) -> None:
        super().__init__()
        self._factories = factories
        self._panes: dict[int, QWidget] = {}

    def pane(self, place: int) -> QWidget:
        """The pane at a place, made now if it was not yet."""
        if place not in self._panes:
            pane = self._panes[place] = self._factories[place]()
            self.addWidget(pane)
            self.made.emit(place, pane)
        return self._panes[place]

    def turn_to(self, place: int) -> None:
        """Show the pane at a place."""
        self.setCurrentWidget(self.pane(place))

    def panes(self) -> tuple[QWidget, ...]:
        """The panes that are made."""
        return tuple(self._panes.values())
