"""The home page: how far the year has come, the next step, what waits, the office in figures.

Before there is an office it is the page that makes one; before there is a roster, the first steps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.office import Office
from core.model.scheme import Scheme
from core.model.year_path import StepState, ToDo, YearPath
from core.services.services import Services
from gui.desk import Desk
from gui.pages.home_figures import FiguresCard
from gui.pages.home_path import PathCard, ToDoCard
from gui.theme import set_kind
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.card import ScrollPane
from gui.widgets.page import Page, PageHeader

if TYPE_CHECKING:
    from gui.pages.first_steps import FirstStepsPane
    from gui.pages.home_start import StartPane

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the page shows, read at one moment; without an office there is nothing else.

    `cycle_title` tells a year's cycles apart; empty where it has at most one.
    """

    office: Office | None
    path: YearPath
    to_do: tuple[ToDo, ...]
    scheme: Scheme | None
    cycle_title: str
    today: date


def read_home(services: Services, year: int, cycle: str) -> HomeView:
    """The page's content; the scheme is known once the year is open."""
    lines = services.assessments.cycles(year)
    line = next((each for each in lines if each.code == cycle), lines[0] if lines else None)
    cycle = line.code if line else ""
    today, path = services.clock().date(), services.assessments.path(year, cycle)
    return HomeView(
        office=services.setup.office(),
        path=path,
        to_do=(*services.tasks.urgent(today), *path.to_do),
        scheme=services.assessments.scheme(year, cycle) if line else None,
        cycle_title=line.title if line and len(lines) > 1 else "",
        today=today,
    )


class HomePage(Page):
    """Three faces in one stack: first start, first steps, the year.

    `settled` fires whenever its content is in sight, or could not be read.
    """

    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._header = PageHeader("首页")
        self._badge = Badge(BadgeFace("", "accent"))
        self._path = PathCard(desk)
        self._to_do = ToDoCard(desk)
        self._figures = FiguresCard(desk)
        self._year = ScrollPane(0)
        self._lower = QHBoxLayout()
        self._blank = QWidget()
        self._stack = QStackedWidget()
        self._begins: Callable[[], QWidget] = lambda: self
        self._wants_focus = False
        self._build()

    def _build(self) -> None:
        set_kind(self._header, "kind", "canvas")
        self._header.add_beside_title(self._badge)
        self._lower.setSpacing(16)
        self._lower.addWidget(self._to_do)
        self._lower.addWidget(self._figures)
        self._year.body.setSpacing(16)
        self._year.body.addWidget(self._path)
        self._year.body.addLayout(self._lower, 1)
        for pane in (self._blank, self._year):
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._header.hide()
        self._arrange(narrow=False)

    @cached_property
    def _start(self) -> "StartPane":
        """Few starts of the program need it, or its forms; the same holds for the steps."""
        from gui.pages.home_start import StartPane  # noqa: PLC0415 - see above

        pane = StartPane(self._desk)
        self._stack.addWidget(pane)
        return pane

    @cached_property
    def _steps(self) -> "FirstStepsPane":
        from gui.pages.first_steps import FirstStepsPane  # noqa: PLC0415 - see above

        pane = FirstStepsPane(self._desk)
        self._stack.addWidget(pane)
        return pane

    def _arrange(self, *, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._year.body.setContentsMargins(margin, 0, margin, 16)
        for place, share in enumerate((6, 5) if narrow else (7, 5)):
            self._lower.setStretch(place, share)

    def take_focus(self) -> None:
        """The first step of the face shown, now or as soon as it is known."""
        self._wants_focus = self._stack.currentWidget() is self._blank
        if not self._wants_focus:
            self._focus_first()

    def _focus_first(self) -> None:
        self._wants_focus = False
        self._begins().setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._header.set_narrow(narrow)
        self._path.set_narrow(narrow)
        self._to_do.set_narrow(narrow)
        self._arrange(narrow=narrow)

    def reload(self) -> None:
        services, year, cycle = self._desk.services, self._desk.year, self._desk.cycle
        self._desk.jobs.start(
            lambda _report: read_home(services, year, cycle),
            self._show,
            title="读取首页",
            ended=self.settled.emit,
        )

    def perform(self, action: str, argument: str) -> None:
        """The page has one action, to be shown."""

    def _show(self, view: HomeView) -> None:
        self._header.setVisible(view.office is not None)
        if view.office is None:
            self._turn_to(self._start, lambda: self._start)
            return
        self._show_title(view)
        if not view.path.figures.total:
            self._steps.reload()
            self._turn_to(self._steps, lambda: self._steps.begins)
            return
        self._path.show_path(view.path)
        self._to_do.show_to_do(view.to_do)
        self._figures.show_figures(view.path.figures, view.scheme)
        self._turn_to(self._year, lambda: self._path.primary)

    def _turn_to(self, face: QWidget, begins: Callable[[], QWidget]) -> None:
        """Another face has another first step."""
        turned = self._stack.currentWidget() is not face
        self._begins = begins
        self._stack.setCurrentWidget(face)
        if self._wants_focus or (turned and self.isVisible()):
            self._focus_first()

    def _show_title(self, view: HomeView) -> None:
        path = view.path
        self._header.set_title(f"{path.year}年度{view.cycle_title or '社会组织考核'}")
        self._header.set_note(f"今天 {view.today} 星期{WEEKDAYS[view.today.weekday()]}")
        current = next(
            ((place, step) for place, step in enumerate(path.steps, 1) if step.state is StepState.CURRENT),
            None,
        )
        if current:
            place, step = current
            self._badge.set_face(BadgeFace(f"第 {place} 步 · {step.title}", "accent"))
        else:
            self._badge.set_face(BadgeFace("已办完", "ok", "check-line"))
