"""What somebody's roles do not allow is not offered: it stays disabled and says who may do it.

@needs("register.save_form")                             above what a page does, whichever way it is asked for
def _edit(self) -> None: ...

push_button("修改", self._edit)                          is shut for who may not; so is command_action
offer(gate, menu.addAction("修改", ask), "register.save_form")    what only passes the wish on

Which roles may do what is the table of rights; a page names a method of a desk and knows no role.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.services.guard import Gate

if TYPE_CHECKING:
    from gui.desk import Desk


class AtDesk(Protocol):
    """A page, pane or list that works at a desk."""

    _desk: "Desk"


Given = ParamSpec("Given")
Page = TypeVar("Page", bound=AtDesk)
Part = TypeVar("Part", bound=QWidget | QAction)

_NEEDS = "needs"


def needs(
    *methods: str,
) -> Callable[[Callable[Concatenate[Page, Given], None]], Callable[Concatenate[Page, Given], None]]:
    """Do it only for who may call one of the methods; everybody else is told so in the status bar."""

    def limit(act: Callable[Concatenate[Page, Given], None]) -> Callable[Concatenate[Page, Given], None]:
        @wraps(act)
        def limited(page: Page, /, *given: Given.args, **named: Given.kwargs) -> None:
            if may(page._desk, *methods):
                act(page, *given, **named)

        limited.__dict__[_NEEDS] = methods
        return limited

    return limit


def may(desk: "Desk", *methods: str) -> bool:
    """Whether who works now may call one of the methods; who may not is told so in the status bar."""
    if why := desk.services.gate.why_not(*methods):
        desk.warn(why)
    return not why


def offer(gate: Gate, part: Part, *methods: str) -> Part:
    """Leave a part as it is for who may call one of the methods, and shut it for everybody else."""
    if why := gate.why_not(*methods):
        if isinstance(part, QAction):
            _shut_action(part, why)
        else:
            _Shut(part, why)
    return part


def offer_act(part: QWidget | QAction, act: Callable[[], object]) -> None:
    """The same for a part that does what a page limited by `needs`."""
    while isinstance(act, partial):
        act = act.func
    if methods := getattr(act, _NEEDS, ()):
        page: AtDesk = getattr(act, "__self__")  # noqa: B009 - mypy knows no such attribute of a callable
        offer(page._desk.services.gate, part, *methods)


class _Shut(QObject):
    """Keeps a widget disabled whatever its page makes of it."""

    def __init__(self, widget: QWidget, why: str) -> None:
        super().__init__(widget)
        self._widget = widget
        self._why = why
        widget.installEventFilter(self)
        self._shut()

    def _shut(self) -> None:
        if not self._widget.testAttribute(Qt.WidgetAttribute.WA_ForceDisabled):
            self._widget.setEnabled(False)
        if self._widget.toolTip() != self._why:
            self._widget.setToolTip(self._why)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange):
            self._shut()
        return False


def _shut_action(action: QAction, why: str) -> None:
    def shut() -> None:
        if action.isEnabled():
            action.setEnabled(False)
        if action.toolTip() != why:
            action.setToolTip(why)

    action.changed.connect(shut)
    shut()
    for each in action.associatedObjects():
        if isinstance(each, QMenu):
            each.setToolTipsVisible(True)
