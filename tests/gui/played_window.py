"""The whole window over an office, played step by step on days that are turned to by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.model.assessment import CycleState
from core.services.services import Services
from gui.dialogs.entry_form import EntryForm
from gui.dialogs.gate_form import GateForm
from gui.dialogs.reason_form import ReasonForm
from gui.pages.assessment import AssessmentPage
from gui.workplace import Workplace
from tests.gui.resting import wait_for_rest

YEAR = 2025
FIFTH, SIXTH = "滨湖社区楼宇经济联合会", "洁芳社区公益堂"
Form = TypeVar("Form", bound=QWidget)


@dataclass
class Calendar:
    """A clock that is moved by hand."""

    now: datetime = datetime(2026, 1, 8, 9, 30)

    def __call__(self) -> datetime:
        return self.now

    def turn_to(self, day: str) -> None:
        self.now = datetime.fromisoformat(f"{day}T09:30:00")


@dataclass
class Window:
    """The whole window over a store, at rest after each step."""

    place: Workplace
    services: Services
    clock: Calendar
    qtbot: QtBot

    @property
    def page(self) -> AssessmentPage:
        return self.place.window.page("assessment")

    def rest(self) -> None:
        wait_for_rest(self.qtbot, self.place.desk.jobs)

    def go(self, action: str) -> None:
        self.place.go(action)
        self.rest()

    def turn_to(self, day: str) -> None:
        """It is another day; the page is looked at again."""
        self.clock.turn_to(day)
        self.page.reload()
        self.rest()

    def form(self, kind: type[Form]) -> Form:
        self.rest()
        return next(each for each in self.place.window.findChildren(kind) if each.isVisible())

    def save(self, form: Any) -> None:
        """Press the form's own button, and see it close."""
        (form.accept if isinstance(form, GateForm | ReasonForm | EntryForm) else form.save)()
        self.rest()
        assert not [each for each in self.place.window.findChildren(QDialog) if each.isVisible()]

    def pass_gate(self, *, accepting: bool = False) -> None:
        self.page.path.gate_button.click()
        form = self.form(GateForm)
        form.accept_box.setChecked(accepting)
        self.save(form)

    def state(self) -> CycleState:
        return self.services.assessments.year(YEAR).cycle.state


def steps(window: Window) -> list[str]:
    """The steps as a screen reader tells them, without their numbers."""
    row = window.page.path.frame.steps.layout()
    found = [row.itemAt(place).widget().accessibleName() for place in range(row.count())]
    return [words.partition("步 ")[2] for words in found]
