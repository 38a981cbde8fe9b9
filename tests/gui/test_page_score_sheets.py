"""Score sheets in the window: sent out, taken back with a report, one of two chosen, the reminder."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from core.model.assessment import ScoreSheet
from core.model.journal import ActDraft
from core.model.score_form import ReturnState
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.report_dialog import ReportDialog
from gui.dialogs.score_returns import ScoreReturnsDialog
from gui.jobs import JobRunner
from gui.pages.assessment import AssessmentPage
from gui.pages.assessment_header import PROGRESS
from gui.pages.import_scores_lines import LineKind
from gui.settings_store import SettingsStore

YEAR = 2025


@pytest.fixture
def page(
    qtbot: QtBot,
    jobs: JobRunner,
    messages,
    settings: SettingsStore,
    wait_for_jobs: Callable[[], None],
    sample: Services,
) -> AssessmentPage:
    """The progress of a year without one mark."""
    with sample.store.writing(ActDraft("清空评分", "测试")) as work:
        work.remove(work.all(ScoreSheet))
    page = AssessmentPage(Desk(sample, jobs, messages, settings, YEAR))
    qtbot.addWidget(page)
    jobs.saved.connect(page.reload)
    page.resize(1220, 690)
    page.show()
    page.header.tabs.setCurrentIndex(PROGRESS)
    page.reload()
    wait_for_jobs()
    return page


def fill(path: Path, first: float = 9) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row):
        for column in range(4, 12):
            sheet.cell(row, column).value = first if column == 4 else 9
    sheet["N3"] = "印象分"
    book.save(path)


def test_from_sending_out_to_the_import(
    page: AssessmentPage, sample: Services, messages, tmp_path: Path, wait_for_jobs
) -> None:
    told: list[str] = []
    page._desk.told.connect(lambda text, _link, _act: told.append(text))
    messages.chosen = tmp_path
    bar = page.progress.sheets
    bar.send_button.click()
    wait_for_jobs()
    assert told == ["已写好 5 份评分表"]
    own = tmp_path / "2025年度街道社会组织年度考核-自评-评分表.xlsx"
    copy = tmp_path / "自评（改）.xlsx"
    fill(own)
    shutil.copy(own, copy)
    fill(copy, first=12)
    (tmp_path / "扫描.pdf").write_bytes(b"%PDF-1.7")

    bar.take_back_folder()
    wait_for_jobs()
    dialog = bar.findChild(ScoreReturnsDialog)
    states = {file.path.name: file.state for file in dialog.model.shown()}
    assert [states[own.name], states[copy.name]] == [ReturnState.TWICE] * 2
    assert list(states.values()).count(ReturnState.EMPTY) == 4
    assert not dialog.check_button.isEnabled()
    assert "没有交：社区初评、联动部门、社会事务办、群众测评\n自评交了几份" in dialog.missing.accessibleName()
    assert states["扫描.pdf"] is ReturnState.REFUSED

    dialog.table.select_ids((copy,))
    assert "请选定采用哪一份" in dialog.details.text()
    dialog.choose_button.click()
    wait_for_jobs()
    states = {file.path.name: file.state for file in dialog.model.shown()}
    assert (states[own.name], states[copy.name]) == (ReturnState.SET_ASIDE, ReturnState.COMPLETE)
    assert dialog.focusWidget() is dialog.check_button
    assert dialog.table.current_record().path == copy
    assert "多出来的一列，没有读取" in dialog.details.text()

    dialog.check_button.click()
    pane = page.importing
    assert pane.isVisible()
    assert [line.text for line in pane.model.shown() if line.kind is LineKind.OUTSIDE] == [
        "印象分：多出来的一列，没有读取"
    ]
    pane.import_button.click()
    wait_for_jobs()
    view = sample.assessments.year(YEAR)
    assert {sheet.marks[0] for sheet in view.sheets} == {12_000_000}
    assert len(view.sheets) == 58


def test_an_empty_folder_is_told(page: AssessmentPage, messages, tmp_path: Path, wait_for_jobs) -> None:
    messages.chosen = tmp_path / "空"
    messages.chosen.mkdir()
    page.progress.sheets.take_back_folder()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["no_tables"]


def test_the_reminder_lists_every_rater_that_owes(page: AssessmentPage, wait_for_jobs) -> None:
    page.progress.sheets.remind_button.click()
    wait_for_jobs()
    dialog = page.progress.sheets.findChild(ReportDialog)
    assert [row[2] for row in dialog.report.model.shown()] == [
        "自评", "社区初评", "联动部门", "社会事务办", "群众测评"
    ]  # fmt: skip
    assert dialog.report.note.text().startswith("截至 2026-01-08，应交 5 个评分方")
