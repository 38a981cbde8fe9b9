"""The home page: the first start, the empty roster, the year's path with its next step."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model.assessment import Cycle, CycleState
from core.model.certificate import CertificateRequest
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.tasks import Task
from core.services.document_opening import Wanted
from core.services.services import Services
from core.services.setup import OfficeDraft
from gui.pages.home import HomePage
from gui.widgets.to_do_list import ToDoList

Open = Callable[[Services], HomePage]


@pytest.fixture
def open_page(show_page: Callable[..., HomePage]) -> Open:
    return partial(show_page, HomePage)


def test_first_start_makes_the_office(
    open_page: Open, bare_services: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    page = open_page(bare_services)
    _field(page, "单位名称").setText(" 城东街道办事处 ")
    qtbot.keyClick(_field(page, "机关代字"), Qt.Key.Key_Return)
    wait_for_jobs()
    office = bare_services.setup.office()
    assert (office.name, office.document_code) == ("城东街道办事处", "城东街办")


@pytest.mark.parametrize(("name", "told"), [("  ", "请写单位全称"), ("某" * 31, "有 31 个字")])
def test_first_start_refuses_a_name(
    open_page: Open, bare_services: Services, wait_for_jobs, name: str, told: str
) -> None:
    page = open_page(bare_services)
    _field(page, "单位名称").setText(name)
    _press(page, "新建单位")
    wait_for_jobs()
    assert any(told in text for text in _texts(page))
    assert bare_services.setup.office() is None


def test_second_office_is_refused_in_a_box(
    open_page: Open, bare_services: Services, wait_for_jobs, messages
) -> None:
    page = open_page(bare_services)
    bare_services.setup.init_office(OfficeDraft("城西街道办事处"))
    _field(page, "单位名称").setText("城东街道办事处")
    _press(page, "新建单位")
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["office_exists"]
    assert bare_services.setup.office().name == "城西街道办事处"


def test_everything_stands_in_a_window_under_a_task_bar(
    open_page: Open, sample: Services, qtbot: QtBot
) -> None:
    page = open_page(sample)
    page.resize(1221, 614)
    qtbot.waitUntil(lambda: page.height() == 614)
    assert page._year.verticalScrollBar().maximum() == 0


def test_empty_roster_leads_to_the_import(open_page: Open, services: Services, asked: list[str]) -> None:
    page = open_page(services)
    _press(page, "导入名册")
    assert asked == ["import_roster"]


def test_year_before_computing(open_page: Open, sample: Services, asked: list[str], qtbot: QtBot) -> None:
    page = open_page(sample)
    texts = _texts(page)
    assert "2025年度社会组织考核" in texts
    assert "计算考核结果" in texts
    assert "今天 2026-01-08 星期四" in texts
    given = sum(each.delivered for each in sample.assessments.year(2025).progress)
    assert any(text.startswith(f"已交 {given} 份") for text in texts)
    assert _named(page, "计算结果").toolTip().endswith("\uff08F9\uff09")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.keyClick(page, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: asked == ["compute", "import_scores"])


def test_figures_come_from_register_and_scheme(open_page: Open, sample: Services) -> None:
    texts = _texts(open_page(sample))
    assert {"60", "26", "17.0", "备案 50·登记 10", "社区 18·村 8", "4万×2+3万×3"} <= set(texts)


def test_to_do_and_steps_lead_to_their_pages(open_page: Open, sample: Services, asked: list[str]) -> None:
    page = open_page(sample)
    waiting = sample.assessments.path(2025).to_do
    for each in waiting:
        _named(page, each.title).click()
    assert asked == [each.action for each in waiting]
    asked.clear()
    for word in ("年度考核", "汇总计算", "发文通报"):
        _named(page, f" {word}，").click()
    assert asked == ["marks:self", "results", "notice"]


def test_what_is_due_stands_before_what_the_year_asks_for(
    open_page: Open, sample: Services, asked: list[str]
) -> None:
    due = (PartialDate(2026, 1, 7), PartialDate(2026, 1, 9), PartialDate(2026, 3, 1))
    with sample.store.writing(ActDraft("登记任务", "录入员")) as work:
        work.add([Task(new_id(), f"报送第{each.day}日台账", due_on=each) for each in due])
    page = open_page(sample)
    # The week's meeting counts, though nobody has looked at the tasks yet for it to be made one.
    rows = page.findChild(ToDoList).rows()
    assert [each.accessibleName().partition("，")[0] for each in rows[:2]] == ["1 件事逾期", "2 件事本周到期"]
    rows[1].click()
    assert asked == ["todo"]


def test_finished_year(open_page: Open, sample: Services) -> None:
    sample.assessments.compute(2025)
    sample.document_issue.at_once(Wanted("results-notice", 2025))
    sample.certificates.issue(CertificateRequest(year=2025))
    with sample.store.writing(ActDraft("归档", "录入员")) as work:
        work.change([replace(work.all(Cycle)[0], state=CycleState.ARCHIVED, notice_until="2026-01-14")])
    page = open_page(sample)
    assert "2025年度考核已办完" in _texts(page)
    assert any(widget.accessibleName() == "已办完" for widget in page.findChildren(QWidget))


def test_unopened_year_shows_no_budget(open_page: Open, sample: Services, wait_for_jobs) -> None:
    page = open_page(sample)
    page.property("desk").choose_year(2026)
    page.reload()
    wait_for_jobs()
    texts = _texts(page)
    assert "开启2026年度考核" in texts
    assert "17.0" not in texts


def _field(page: QWidget, name: str) -> QLineEdit:
    return next(
        each
        for each in page.findChildren(QLineEdit)
        if each.isVisible() and each.accessibleName().startswith(name)
    )


def _press(page: QWidget, text: str) -> None:
    next(each for each in page.findChildren(QPushButton) if each.isVisible() and each.text() == text).click()


def _named(page: QWidget, words: str) -> QAbstractButton:
    return next(
        each
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and words in each.accessibleName()
    )


def _texts(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
