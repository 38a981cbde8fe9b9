"""What somebody's roles do not allow is not offered: it stays disabled and says who may do it.

@needs("register.save_form")                             above what a page does, whichever way it is asked for
def _edit(self) -> None: ...

push_button("修改", self._edit)                          is shut for who may not; so is command_action
offer(gate, menu.addAction("修改", ask), "register.save_form")    what only passes the wish on
push_button("计算结果", Way(desk, "compute"))              what leads to an action of the desk
offer_act(button, act)                                   anew, where another act is behind a button

Which roles may do what is the table of rights; a page names a method of a desk and knows no role.
"""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    # The first picture does without the models behind the gate.
    from core.services.guard import Gate
    from gui.desk import Desk


class AtDesk(Protocol):
    """A page, pane or list that works at a desk."""

    _desk: "Desk"


Given = ParamSpec("Given")
Page = TypeVar("Page", bound=AtDesk)
Part = TypeVar("Part", bound=QWidget | QAction)

_NEEDS = "needs"
_WAYS: Mapping[str, str] = {
    "import_roster": "roster_import.apply",
    "new_organization": "register.save_form",
    "open_year": "assessments.open_year",
    "import_scores": "score_import.apply",
    "compute": "assessments.compute",
    "notice": "documents.write",
    "new_document": "documents.write",
}
"""The actions of the desk that do something; the others show a page, which is for everybody."""


class Way:
    """To an action of the desk, for who may do what it does."""

    def __init__(self, desk: "Desk", action: str) -> None:
        self._desk = desk
        self._action = action

    def __call__(self) -> None:
        self._desk.go(self._action)

    def why_not(self) -> str:
        """Why who works now may not go it; empty if they may."""
        method = _WAYS.get(self._action.partition(":")[0])
        return self._desk.services.gate.why_not(method) if method else ""


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


def offer(gate: "Gate", part: Part, *methods: str) -> Part:
    """Leave a part as it is for who may call one of the methods, and shut it for everybody else."""
    _offer(part, gate.why_not(*methods))
    return part


def offer_act(part: QWidget | QAction, act: Callable[[], object]) -> None:
    """The same for a part that does what a page limited by `needs`, or that leads a way.

    Where another act is put behind a widget, only the last one counts.
    """
    while isinstance(act, partial):
        act = act.func
    if isinstance(act, Way):
        _offer(part, act.why_not())
    elif methods := getattr(act, _NEEDS, ()):
        page: AtDesk = getattr(act, "__self__")  # noqa: B009 - mypy knows no such attribute of a callable
        offer(page._desk.services.gate, part, *methods)
    else:
        _offer(part, "")


def _offer(part: QWidget | QAction, why: str) -> None:
    if isinstance(part, QAction):
        if why:
            _shut_action(part, why)
        return
    for before in part.findChildren(_Shut):
        before.give_back()
    if why:
        _Shut(part, why)


class _Shut(QObject):
    """Keeps a widget disabled whatever its page makes of it."""

    def __init__(self, widget: QWidget, why: str) -> None:
        super().__init__(widget)
        self._widget = widget
        self._why = why
        widget.installEventFilter(self)
        self._shut()

    def give_back(self) -> None:
        """Leave the widget to its page again, which has its own words for it."""
        self._widget.removeEventFilter(self)
        self.setParent(None)
        self._widget.setEnabled(True)
        self._widget.setToolTip("")

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
