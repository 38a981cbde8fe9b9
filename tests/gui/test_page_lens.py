"""评分分析: read when it is seen, words for each figure, the way to a result, and the exported file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.mark_entry import TypedMark
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.assessment import AssessmentPage
from gui.pages.assessment_header import LENS, RESULTS
from gui.pages.assessment_state import load_year
from gui.pages.results_lens import FOR_WHOM, STALE, LensView
from gui.settings_store import SettingsStore

YEAR = 2025

Show = Callable[[], LensView]


@pytest.fixture
def show(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs, asked
) -> Show:
    """The lens over the computed sample year."""
    sample.assessments.compute(YEAR)

    def make() -> LensView:
        desk = Desk(sample, jobs, messages, settings, YEAR)
        desk.asked.connect(asked.append)
        view = LensView(desk)
        view.setProperty("desk", desk)
        qtbot.addWidget(view)
        view.resize(1220, 640)
        view.show()
        view.show_state(load_year(sample, YEAR))
        wait_for_jobs()
        return view

    return make


def test_every_figure_has_its_words(show: Show, sample: Services) -> None:
    texts = _texts(show())
    lens = sample.lens.look(YEAR)
    (stage,) = lens.stages
    assert FOR_WHOM in texts
    assert {stage.concordance_words, stage.spread_words} <= set(texts)
    for one in stage.raters:
        assert f"{one.difference:+}" in texts
        assert one.severity_words + one.correlation_words in texts
    for trials in (lens.deciding, lens.without, lens.one_point):
        assert trials.words in texts and trials.cases
        assert {case.words for case in trials.cases} <= set(texts)
    rest = len(stage.spreads) - 10
    assert f"另有 {rest} 条，见导出的表格。" in texts


def test_a_case_leads_to_its_result(show: Show, sample: Services, asked: list[str]) -> None:
    first = sample.lens.look(YEAR).deciding.cases[0]
    link = next(
        each for each in show().findChildren(QPushButton) if first.shifts[0].name in each.accessibleName()
    )
    link.click()
    assert asked == [f"results:{first.subject_id}"]


def test_what_was_seen_is_exported(
    show: Show, messages, wait_for_jobs: Callable[[], None], tmp_path: Path
) -> None:
    view = show()
    messages.chosen = tmp_path / "分析.xlsx"
    view.export_button.click()
    wait_for_jobs()
    assert messages.chosen.read_bytes()[:2] == b"PK"
    assert "分析.xlsx" in view.notice.text()


def test_stale_results_are_not_analysed(show: Show, sample: Services, wait_for_jobs) -> None:
    view = show()
    subject = sample.assessments.year(YEAR).subjects[0]
    sample.marks.enter(YEAR, "year", "self", TypedMark(subject.id, "project", "1"))
    view.show_state(load_year(sample, YEAR))
    wait_for_jobs()
    assert STALE in _texts(view) and FOR_WHOM not in _texts(view)
    assert not view.export_button.isEnabled()


def test_the_page_has_it_beside_the_results(show_page, sample: Services, qtbot: QtBot) -> None:
    page = show_page(AssessmentPage, sample)
    page.header.tabs.setCurrentIndex(LENS)
    assert page.nothing.isVisible()
    sample.assessments.compute(YEAR)
    page.reload()
    qtbot.waitUntil(lambda: any("去掉“自评”" in text for text in _texts(page.lens)))
    assert page.lens.isVisible()
    assert page.header.tabs.tabText(RESULTS) == "结果" and page.header.tabs.tabText(LENS) == "评分分析"


def _texts(view: LensView) -> list[str]:
    return [each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view)]
