"""The import of score sheets: what came, what is wrong, what is missing; stored only when confirmed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model.mark_entry import TypedMark
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.assessment import AssessmentPage
from gui.pages.import_scores_lines import LineKind
from gui.pages.marks_book import Spot
from gui.settings_store import SettingsStore

YEAR = 2025


@pytest.fixture
def opened(services: Services, data: Path) -> Services:
    """An office whose year is open, without one sheet."""
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    services.assessments.open_year(YEAR)
    return services


@pytest.fixture
def open_page(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, wait_for_jobs
) -> Callable[[Services], AssessmentPage]:
    def begin(services: Services) -> AssessmentPage:
        page = AssessmentPage(Desk(services, jobs, messages, settings, YEAR))
        qtbot.addWidget(page)
        jobs.saved.connect(page.reload)
        page.resize(1220, 690)
        page.show()
        page.reload()
        wait_for_jobs()
        return page

    return begin


def test_a_preview_stores_nothing_and_names_every_problem(
    open_page, opened: Services, messages, data: Path, wait_for_jobs
) -> None:
    page = open_page(opened)
    messages.chosen = data / "scores.xlsx"
    page.perform("import_scores", "")
    wait_for_jobs()
    pane = page.importing
    assert pane.isVisible()
    assert opened.assessments.year(YEAR).sheets == ()
    faults = [line for line in pane.model.shown() if line.kind is LineKind.FAULT]
    assert [(line.sheet, line.row, line.name) for line in faults] == [
        ("社区初评", 54, "虹霓村物管联盟"),
        ("联动部门", 27, "如意社区阳光监督小组"),
        ("联动部门", 27, "如意社区阳光监督小组"),
        ("社会事务办", 44, "沐阳(通界桥)社区星级门店自治协会"),
    ]
    assert "超过满分 10 分" in faults[1].text and faults[1].handling == "不计入"
    assert faults[0].handling == "按各项相加"
    missing = {(line.sheet, line.name) for line in pane.model.shown() if line.kind is LineKind.MISSING}
    assert ("自评", "东湖社区合唱团") in missing
    assert pane.model.shown()[0] is faults[0]


def test_confirmed_sheets_and_entries_are_stored_once(
    open_page, opened: Services, messages, data: Path, wait_for_jobs
) -> None:
    page = open_page(opened)
    messages.chosen = data / "scores.xlsx"
    page.import_scores()
    wait_for_jobs()
    assert page.importing.import_button.text() == "导入 297 份"
    page.importing.import_button.click()
    wait_for_jobs()
    view = opened.assessments.year(YEAR)
    assert (len(view.sheets), len(view.entries), view.issue_count) == (297, 10, 4)
    assert not page.importing.isVisible()
    assert page.notice.text() == "已导入 297 份评分表，加减分和否决 10 条；4 处有误，请更正。"
    assert page.header.primary.text() == "计算结果"

    page.import_scores()
    wait_for_jobs()
    pane = page.importing
    assert not pane.import_button.isEnabled()
    assert pane.import_button.text() == "没有要导入的内容"
    assert pane._sum.text() == "没有新的评分要导入；4 处有误，导入后可以在“打分”里更正。"
    assert {line.kind for line in pane.model.shown()} & {LineKind.NEW, LineKind.CHANGED} == set()


def test_a_correction_made_here_is_shown_before_it_is_overwritten(
    open_page, sample: Services, messages, data: Path, wait_for_jobs
) -> None:
    subject = sample.assessments.year(YEAR).subjects[1]
    sample.marks.enter(YEAR, "year", "self", TypedMark(subject.id, "project", "3"))
    page = open_page(sample)
    messages.chosen = data / "scores.xlsx"
    page.import_scores()
    wait_for_jobs()
    page.importing.kind.set_chosen(LineKind.CHANGED)
    (line,) = page.importing.model.shown()
    assert line.name == subject.name
    assert "".join(run.text for run in line.runs).strip() == "一个好项目 3.00 → 10.00"
    assert page.importing._sum.text().startswith("将导入 1 份评分表\uff08其中 1 份换掉已有的评分\uff09；")
    page.importing.import_button.click()
    wait_for_jobs()
    assert page.marks.sheets.grid.current() == Spot(subject.id, "project")


def test_tiles_filter_and_esc_leaves_without_storing(
    open_page, opened: Services, messages, data: Path, wait_for_jobs, qtbot: QtBot
) -> None:
    page = open_page(opened)
    messages.chosen = data / "scores.xlsx"
    page.import_scores()
    wait_for_jobs()
    pane = page.importing
    pane.tiles[LineKind.ENTRY].click()
    assert {line.kind for line in pane.model.shown()} == {LineKind.ENTRY}
    assert any(line.text.startswith("一票否决：") for line in pane.model.shown())
    qtbot.keyClick(pane.table, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert opened.assessments.year(YEAR).sheets == ()


def test_data_changed_since_the_preview_is_not_overwritten(
    open_page, opened: Services, messages, data: Path, wait_for_jobs
) -> None:
    page = open_page(opened)
    messages.chosen = data / "scores.xlsx"
    page.import_scores()
    wait_for_jobs()
    subject = opened.assessments.year(YEAR).assessed[0]
    opened.marks.enter(YEAR, "year", "self", TypedMark(subject.id, "project", "3"))
    page.importing.import_button.click()
    wait_for_jobs()
    assert messages.problems == ["没有导入评分表"]
    assert len(opened.assessments.year(YEAR).sheets) == 1


@pytest.mark.parametrize("name", ["不是表格.xlsx", "空.xlsx", "没有.xlsx"])
def test_a_file_that_is_no_score_file_changes_nothing(
    open_page, opened: Services, messages, wait_for_jobs, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name != "没有.xlsx":
        path.write_text("" if name == "空.xlsx" else "不是表格", encoding="utf-8")
    page = open_page(opened)
    messages.chosen = path
    page.import_scores()
    wait_for_jobs()
    assert messages.problems == [f"没有读取“{name}”"]
    assert not page.importing.isVisible()
    assert opened.assessments.year(YEAR).sheets == ()


def test_a_roster_is_no_score_file(open_page, opened: Services, messages, data: Path, wait_for_jobs) -> None:
    page = open_page(opened)
    messages.chosen = data / "roster.xlsx"
    page.import_scores()
    wait_for_jobs()
    assert messages.problems == ["没有读取“roster.xlsx”"]
