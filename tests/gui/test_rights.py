"""What the roles of who works now do not allow is not offered, on any page."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QTabBar, QWidget

from core.model.rights import EVERYBODY, RIGHTS
from core.model.user import Role
from core.services.services import Services
from gui.desk import Desk
from gui.pages.assessment import AssessmentPage
from gui.pages.documents import DocumentsPage
from gui.pages.groups import GroupsPage
from gui.pages.home import HomePage
from gui.pages.roster import RosterPage
from gui.pages.system import SystemPage
from gui.rights import needs, offer
from gui.widgets.buttons import push_button
from gui.widgets.page import Page

SOURCES = sorted((Path(__file__).resolve().parents[2] / "gui").rglob("*.py"))
REFUSED = "这件事要由"
PAGES = (HomePage, RosterPage, GroupsPage, AssessmentPage, DocumentsPage, SystemPage)


def work_as(services: Services, *roles: Role) -> None:
    gate = services.gate
    gate.session = replace(gate.session, roles=frozenset(roles))


def named(calls: str) -> set[tuple[str, str]]:
    """The methods that pages name with what they offer."""
    told = re.findall(r"\b(?:needs|offer|may|why_not)\((.*?)\)\n", calls, re.S)
    return {(desk, name) for text in told for desk, name in re.findall(r'"(\w+)\.(\w+)"', text)}


def test_everything_that_not_everybody_may_call_is_offered_by_the_table() -> None:
    """A method is spoken for where one of its desk with the same roles is named."""
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    told = named(code)
    assert all(name in RIGHTS[desk] for desk, name in told)
    spoken_for = {(desk, RIGHTS[desk][name]) for desk, name in told}
    called = {
        (desk, name)
        for desk, name in re.findall(r"\b(\w+)\.(\w+)\b(?!\")", code)
        if RIGHTS.get(desk, {}).get(name, EVERYBODY) != EVERYBODY
    }
    assert len(called) > 40
    assert {each for each in called if (each[0], RIGHTS[each[0]][each[1]]) not in spoken_for} == set()


class Pane(QWidget):
    """A page with one thing to do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.removed = 0
        self.button = push_button("移除", self.remove)

    @needs("register.remove")
    def remove(self) -> None:
        self.removed += 1


@pytest.fixture
def pane(qtbot: Any, jobs: Any, messages: Any, settings: Any, sample: Services) -> Callable[..., Pane]:
    def made(*roles: Role) -> Pane:
        work_as(sample, *roles)
        shown = Pane(Desk(sample, jobs, messages, settings, 2025))
        qtbot.addWidget(shown)
        return shown

    return made


def test_who_may_not_finds_it_shut_and_reads_who_may(pane: Callable[..., Pane]) -> None:
    shown = pane(Role.CHECK, Role.ADMIN)
    told: list[str] = []
    shown._desk.warned.connect(lambda text, *_rest: told.append(text))
    shown.button.setEnabled(True)
    shown.button.setToolTip("移到回收站")
    assert not shown.button.isEnabled()
    assert "要由录入员来做" in shown.button.toolTip()
    # A key or a double click asks for the same.
    shown.remove()
    assert (shown.removed, told) == (0, [shown.button.toolTip()])
    menu = QMenu(shown)
    action: QAction = offer(shown._desk.services.gate, menu.addAction("移除"), "register.remove")
    action.setEnabled(True)
    assert not action.isEnabled() and menu.toolTipsVisible()


def test_who_may_finds_it_as_it_is(pane: Callable[..., Pane]) -> None:
    shown = pane(Role.ENTER)
    shown.button.click()
    assert shown.removed == 1
    shown.button.setEnabled(False)
    shown.button.setEnabled(True)
    assert shown.button.isEnabled()


def turns(page: Page) -> list[Callable[[], None]]:
    """To each of the page's outer tabs; a page without tabs stays as it is."""
    tabs = next((each for each in page.findChildren(QTabBar) if each.isVisible()), QTabBar())
    return [partial(tabs.setCurrentIndex, place) for place in range(tabs.count() or 1)]


def close_dialogs(window: QWidget) -> None:
    for each in window.findChildren(QWidget):
        if each.isWindow():
            each.close()


def pressable(page: Page) -> list[QAbstractButton]:
    return [
        each
        for each in page.findChildren(QPushButton)
        if each.isVisible() and each.isEnabled() and each.menu() is None
    ]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("make", PAGES, ids=lambda page: page.__name__)
def test_nothing_that_is_offered_is_refused(
    make: Callable[[Desk], Page],
    role: Role,
    show_page: Any,
    sample: Services,
    messages: Any,
    wait_for_jobs: Any,
) -> None:
    work_as(sample, role)
    page = show_page(make, sample)
    told: list[str] = []
    page.property("desk").warned.connect(lambda text, *_rest: told.append(text))
    # Who may do least finds most of it shut; the other roles look at the tab that comes up first.
    for turn in turns(page) if role is Role.ADMIN else turns(page)[:1]:
        turn()
        wait_for_jobs()
        for place in range(len(pressable(page))):
            if place < len(now := pressable(page)):
                now[place].click()
                wait_for_jobs()
                close_dialogs(page.window())
    told += [error.message_zh for error in messages.errors]
    assert [words for words in told if REFUSED in words] == []


def test_the_next_step_is_shut_where_it_is_not_ones_own(
    show_page: Any, sample: Services, wait_for_jobs: Any, asked: list[str]
) -> None:
    """Computing is the work of who enters or checks, the gates after it only of who checks."""
    work_as(sample, Role.ADMIN)
    home, page = show_page(HomePage, sample), show_page(AssessmentPage, sample)
    page.perform("cycle_path", "")
    for button in (home._path.primary, page.header.primary, page.path.gate_button):
        assert not button.isEnabled() and "要由录入员或审核员来做" in button.toolTip(), button.text()
    work_as(sample, Role.ENTER)
    for each in (home, page):
        each.reload()
    wait_for_jobs()
    for button in (home._path.primary, page.header.primary, page.path.gate_button):
        assert button.isEnabled() and "要由" not in button.toolTip(), button.text()
    page.compute()
    wait_for_jobs()
    for each in (home, page):
        each.reload()
    wait_for_jobs()
    # Where a gate is passed is for everybody to see.
    assert home._path.primary.isEnabled() and home._path.primary.text() == "去公示"
    assert not page.path.gate_button.isEnabled()
    assert "要由审核员来做" in page.path.gate_button.toolTip()
