"""The assessment page: years that are not ready, the next step, computing, progress, the scheme."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model.assessment import CycleState
from core.model.cycle_view import RESULTS_NOTICE
from core.model.written_document import IssuedPaper, PaperState
from core.services.services import Services
from core.sheets.reader import read_workbook
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.assessment import AssessmentPage
from gui.pages.assessment_header import MARKS, PATH, PROGRESS, RESULTS, SCHEME
from gui.pages.assessment_state import load_year
from gui.pages.marks_book import Spot
from gui.settings_store import SettingsStore

YEAR = 2025

Open = Callable[[Services], AssessmentPage]


@pytest.fixture
def open_page(show_page: Callable[..., AssessmentPage]) -> Open:
    return partial(show_page, AssessmentPage)


def test_an_empty_register_leads_to_the_roster(open_page: Open, services: Services, asked) -> None:
    page = open_page(services)
    assert "名册还是空的" in _texts(page)
    _press(page, "导入名册")
    assert asked == ["import_roster"]


def test_a_closed_year_offers_to_open_it_with_figures(
    open_page: Open, services: Services, data: Path, asked
) -> None:
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    page = open_page(services)
    assert any("60 个组织，其中 2 个" in text for text in _texts(page))
    assert not page.header.tabs.isVisible() and not page.header.primary.isVisible()
    _press(page, "开启考核")
    assert asked == ["open_year"]


def test_the_keyboard_begins_where_the_work_does(
    open_page: Open, services: Services, data: Path, wait_for_jobs
) -> None:
    page = open_page(services)
    page.take_focus()
    assert page.focusWidget().text() == "导入名册"
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    services.assessments.open_year(YEAR)
    page.reload()
    page.take_focus()
    wait_for_jobs()
    assert page.focusWidget() is page.marks.sheets.grid.cells


def test_an_open_year_without_sheets_asks_for_them(open_page: Open, services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    services.assessments.open_year(YEAR)
    page = open_page(services)
    assert page.header.primary.text() == "导入评分表"
    assert page.marks.sheets.grid.shown()[0].name == "松枫社区作风监督志愿队"
    page.header.tabs.setCurrentIndex(RESULTS)
    assert "还没有评分，不能计算" in _texts(page)


def test_the_year_is_computed_and_leads_to_the_notice(
    open_page: Open, sample: Services, wait_for_jobs, qtbot: QtBot, asked
) -> None:
    page = open_page(sample)
    assert page.header.primary.text() == "计算结果"
    qtbot.keyClick(page, Qt.Key.Key_F9)
    wait_for_jobs()
    assert sample.assessments.year(YEAR).cycle.state is CycleState.COMPUTED
    assert page.header.tabs.currentIndex() == RESULTS
    assert "已计算 2025 年度的结果" in page.notice.text()
    assert page.results.ranking.model.total() == 60
    assert page.header.primary.text() == "办理下一步"
    page.make_notice()
    assert asked == ["notice"]
    page.header.primary.click()
    wait_for_jobs()
    assert page.header.tabs.currentIndex() == PATH
    assert page.path.gate_button.text() == "开始公示" and not page.header.primary.isVisible()


def test_the_button_offers_no_notice_that_went_out_and_nothing_after_the_archive(
    open_page: Open, computed: Services
) -> None:
    page = open_page(computed)
    state = load_year(computed, YEAR)
    told = IssuedPaper("p", RESULTS_NOTICE, "", "", "示例街办", 2026, 1, "通报", "2026-01-08")

    def offered(reached: CycleState, *papers: IssuedPaper) -> str:
        cycle = replace(state.view.cycle, state=reached)
        view = replace(state.view, cycle=cycle, papers=papers)
        page.header.arrange(
            replace(state, view=view, computed=replace(state.computed, view=view)), narrow=False
        )
        return page.header.primary.text() if page.header.primary.isVisible() else ""

    assert offered(CycleState.ANNOUNCED) == offered(CycleState.ARCHIVED) == "生成通报"
    assert offered(CycleState.ANNOUNCED, replace(told, state=PaperState.VOID)) == "生成通报"
    assert offered(CycleState.ANNOUNCED, told) == "办理下一步"
    assert offered(CycleState.ARCHIVED, told) == ""


def test_nothing_is_computed_before_the_year_is_open(
    open_page: Open, services: Services, messages, wait_for_jobs, asked
) -> None:
    page = open_page(services)
    page.perform("compute", "")
    page.make_notice()
    page.results.export()
    wait_for_jobs()
    assert (messages.errors, asked, services.assessments.years()) == ([], [], ())


def test_what_another_page_asks_waits_for_the_year(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> None:
    page = AssessmentPage(Desk(sample, jobs, messages, settings, YEAR))
    qtbot.addWidget(page)
    page.show()
    page.reload()
    page.perform("marks", "desk")
    wait_for_jobs()
    assert page.marks.raters.tabs.tabText(page.marks.raters.place()).startswith("社会事务办")
    page.perform("issues", "")
    assert page.marks.raters.tabs.tabText(page.marks.raters.place()).startswith("社区初评")
    assert [subject.name for subject in page.marks.sheets.grid.shown()] == ["虹霓村物管联盟"]


def test_results_of_a_subject_can_be_asked_for(open_page: Open, sample: Services, wait_for_jobs) -> None:
    computed = sample.assessments.compute(YEAR)
    subject = computed.view.subjects[7]
    page = open_page(sample)
    page.perform("results", subject.id)
    assert page.header.tabs.currentIndex() == RESULTS
    assert page.results.ranking.table.current_record().subject.name == subject.name


def test_results_are_exported_as_they_are_filtered(
    open_page: Open, sample: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    sample.assessments.compute(YEAR)
    page = open_page(sample)
    page.header.tabs.setCurrentIndex(RESULTS)
    page.results.ranking.award.set_chosen("优秀社会组织奖")
    messages.chosen = tmp_path / "结果.xlsx"
    told: list[str] = []
    page.property("desk").told.connect(lambda text, _link, _act: told.append(text))
    page.header.export_button.click()
    wait_for_jobs()
    rows = read_workbook(messages.chosen).sheets[0].rows
    names = {row.subject.name for row in page.results.ranking.model.shown()}
    assert len(names) == 2
    assert {cell for row in rows for cell in row if cell in names} == names
    assert told == ["已把 2 行导出到“结果.xlsx”"]


def test_a_file_that_cannot_be_written_is_told(
    open_page: Open, sample: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    sample.assessments.compute(YEAR)
    page = open_page(sample)
    (tmp_path / "结果.xlsx").mkdir()
    messages.chosen = tmp_path / "结果.xlsx"
    page.header.tabs.setCurrentIndex(RESULTS)
    page.results.export()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["file_not_written"]


def test_progress_lists_every_gap_and_leads_to_its_sheet(open_page: Open, sample: Services) -> None:
    page = open_page(sample)
    page.header.tabs.setCurrentIndex(PROGRESS)
    found = [(gap.rater_name, gap.subject.name, gap.badge.text) for gap in page.progress.model.shown()]
    assert ("自评", "东湖社区合唱团", "未交") in found
    assert ("社区初评", "梅园社区业主互助会", "缺 1 项") in found
    assert ("联动部门", "如意社区阳光监督小组", "2 处有误") in found
    assert len(found) == 10
    page.progress.tiles[2].click()
    (gap,) = page.progress.model.shown()
    page.progress.state.set_chosen("warn")
    assert page.progress._body.currentWidget().text() == "联动部门没有未交或缺项的评分表"
    page.progress.state.clear()
    page.progress.table.opened.emit(gap)
    assert page.header.tabs.currentIndex() == MARKS
    spot = page.marks.sheets.grid.current()
    assert spot == Spot(gap.subject.id, "ledger"), "the mark that is wrong"


def test_the_frozen_scheme_is_shown(open_page: Open, sample: Services) -> None:
    page = open_page(sample)
    page.header.tabs.setCurrentIndex(SCHEME)
    texts = _texts(page.scheme)
    for expected in ("街道社会组织年度考核", "社会事务办", "权重 30", "居民满意度", "90 分起", "170,000 元"):
        assert expected in texts
    assert any("2 个，从优秀等次中按总分取，每个 40,000 元" in text for text in texts)


def test_a_small_window_folds_what_does_not_fit(open_page: Open, sample: Services) -> None:
    sample.assessments.compute(YEAR)
    page = open_page(sample)
    page.resize(846, 436)
    page.set_narrow(True)
    assert page.marks.raters.choice.isVisible() and not page.marks.raters.isVisible()
    page.header.tabs.setCurrentIndex(RESULTS)
    assert page.results.ranking.table.isVisible() and not page.results.explanation.isVisible()
    page.results.ranking.table.opened.emit(page.results.ranking.model.shown()[0])
    assert page.results.explanation.isVisible() and not page.results.ranking.table.isVisible()
    page.results.explanation.closed.emit()
    assert page.results.ranking.table.isVisible()


def test_another_year_replaces_the_page(open_page: Open, sample: Services, wait_for_jobs) -> None:
    page = open_page(sample)
    desk = page.property("desk")
    desk.year = 2024
    page.reload()
    wait_for_jobs()
    assert "2024 年度考核还没有开启" in _texts(page)


def _texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def _press(page: QWidget, text: str) -> None:
    buttons = [
        each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisibleTo(page)
    ]
    buttons[-1].click()
