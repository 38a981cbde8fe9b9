"""The results: ranking with badges, ties, stale results, filters, and the explanation down to the sheets."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model.mark_entry import TypedMark
from core.model.scheme import RankWithin
from core.services.exports import RESULT_COLUMNS as HEADS_OUT
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.assessment_state import load_year
from gui.pages.import_scores_lines import LINE_COLUMNS
from gui.pages.results import ResultsPane
from gui.pages.results_rows import RESULT_COLUMNS, ResultRow, result_rows
from gui.settings_store import SettingsStore
from gui.widgets.banner import Banner

YEAR = 2025

Show = Callable[[], ResultsPane]


@pytest.fixture
def show(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services) -> Show:
    """The results as they stand."""

    def make() -> ResultsPane:
        pane = ResultsPane(Desk(sample, jobs, messages, settings, YEAR))
        qtbot.addWidget(pane)
        pane.resize(1220, 640)
        pane.show_state(load_year(sample, YEAR))
        pane.show()
        return pane

    return make


def test_rows_follow_the_ranks_and_carry_awards_and_marks(show: Show, sample: Services) -> None:
    computed = sample.assessments.compute(YEAR)
    rows = show().ranking.model.shown()
    assert [row.subject.id for row in rows] == [subject.id for subject, _result in computed.ordered()]
    assert [row.badges[0].text for row in rows[:5]] == ["优秀奖"] * 2 + ["良好奖"] * 3
    assert (rows[0].rank, rows[0].final, rows[0].grade.kind) == ("1", "98.35", "g1")
    vetoed = _row(rows, "启元社区家长里短帮帮团")
    assert (vetoed.rank, vetoed.grade.text, vetoed.badges[0].text) == ("", "不合格", "一票否决")
    barred = [row for row in rows if row.subject.barred]
    assert [row.badges[0].text for row in barred] == ["不参评"] * 2
    assert _row(rows, "通界村作风监督志愿队").badges[0].text == "缺 2 份评分"


def test_subjects_of_any_kind_are_spoken_of(show: Show) -> None:
    pane = show()
    titles = [column.title for column in (*RESULT_COLUMNS, *LINE_COLUMNS)]
    assert "考核对象" in titles and not any("组织" in each for each in titles)
    words = (*_texts(pane), pane.ranking.search.placeholderText(), *(column.title for column in HEADS_OUT))
    assert not any("组织" in each for each in words)


def test_sums_count_grades_and_money(show: Show, sample: Services) -> None:
    outcome = sample.assessments.compute(YEAR).outcome
    sums = show().ranking.sums
    texts = _texts(sums)
    counted = [each.text() for each in sums.findChildren(QLabel) if each.text().isdigit()]
    assert counted == [str(each.count) for each in outcome.grade_counts]
    assert "170,000 元" in texts and "/ 预算 170,000 元" in texts


def test_a_tie_over_the_places_is_told_and_shared_ranks_are_marked(show: Show, sample: Services) -> None:
    names = _make_a_tie(sample)
    sample.assessments.compute(YEAR)
    pane = show()
    banner = next(each for each in pane.findChildren(Banner) if each is not pane.bar.stale)
    assert "优秀社会组织奖还剩 2 个名额，3 个对象并列第 1 名" in banner.accessibleName()
    tied = pane.ranking.model.shown()[:3]
    assert {row.subject.name for row in tied} == names
    assert [row.rank for row in tied] == ["并列1"] * 3
    assert {row.badges[0].text for row in tied} == {"并列待定"}
    pane.ranking.award.set_chosen("并列待定")
    assert pane.ranking.model.rowCount() == 3


def test_equals_of_two_kinds_share_no_rank(computed: Services) -> None:
    state = load_year(computed, YEAR)
    kinds = [replace(each, kind="甲" if each.position % 2 else "乙") for each in state.view.subjects]
    scheme = replace(state.view.scheme, rank_within=RankWithin.KIND)
    first = {each.subject_id: replace(each, rank=1) for each in state.view.results if 0 < each.rank < 3}
    results = tuple(first.get(each.subject_id, replace(each, rank=0)) for each in state.view.results)
    in_two = replace(state.view, scheme=scheme, subjects=tuple(kinds), results=results)
    ranks = [row.rank for row in result_rows(replace(state, view=in_two, computed=None)) if row.rank]
    assert ranks == ["1", "1"]


def test_filters_narrow_the_list_and_say_so(show: Show, sample: Services) -> None:
    sample.assessments.compute(YEAR)
    pane = show()
    assert pane.ranking.count.whole_text() == "60 个：参评 58，一票否决 2"
    pane.ranking.grade.set_chosen("优秀")
    pane.ranking.category.set_chosen("综合治理类")
    rows = pane.ranking.model.shown()
    assert rows and {(row.result.grade, row.subject.category) for row in rows} == {("优秀", "综合治理类")}
    assert pane.ranking.count.whole_text() == f"{len(rows)} / 60 个"
    assert pane.shown_ids() == {row.subject.id for row in rows}


def test_a_selection_is_explained_from_the_sheets_to_the_award(show: Show, sample: Services) -> None:
    sample.assessments.compute(YEAR)
    pane = show()
    winner = pane.ranking.model.shown()[0]
    texts = _texts(pane.explanation)
    assert winner.subject.name in texts and winner.final in texts and "第 1 名 / 56" in texts
    _, explained = sample.assessments.explain(YEAR, winner.subject.name)
    rules = [step.rule for step in explained.trace]
    assert rules[0] == "R2" and {"R4", "R8", "R9", "R12", "R13", "R18"} <= set(rules)
    assert any("÷ 100 = " in text for text in texts)
    assert any("数据校验码" in text for text in texts)


def test_in_a_narrow_page_the_explanation_stays_when_the_year_is_read_again(
    show: Show, sample: Services, wait_for_jobs
) -> None:
    sample.assessments.compute(YEAR)
    pane = show()
    pane.set_narrow(True)
    pane.select(pane.ranking.model.shown()[0].id)
    pane.show_state(load_year(sample, YEAR))
    wait_for_jobs()
    assert pane.explanation.isVisible() and not pane.ranking.isVisible()
    pane.show_only({"grade": "优秀"})
    assert pane.ranking.isVisible() and not pane.explanation.isVisible()


def test_a_figure_leads_to_the_raters_sheet(show: Show, sample: Services, qtbot: QtBot) -> None:
    sample.assessments.compute(YEAR)
    pane = show()
    row = _row(pane.ranking.model.shown(), "如意社区阳光监督小组")
    pane.ranking.table.select_ids((row.id,))
    links = {each.text().split(" ")[0]: each for each in pane.explanation.findChildren(QPushButton)}
    with qtbot.waitSignal(pane.sheet_asked) as asked:
        links["社会事务办"].click()
    assert asked.args == ["year", "desk", row.subject.id]
    assert any(text.startswith("查看联动部门的评分表") for text in links)


def test_stale_results_stay_visible_and_ask_for_a_new_computation(
    show: Show, sample: Services, qtbot: QtBot
) -> None:
    subject = sample.assessments.compute(YEAR).view.subjects[0]
    sample.marks.enter(YEAR, "year", "self", TypedMark(subject.id, "project", "1"))
    pane = show()
    assert not pane.explanation.print_button.isVisible() and not pane.bar.print_button.isEnabled()
    assert pane.bar.stale.isVisible() and "评分有改动，请重新计算" in pane.bar.stale.accessibleName()
    assert [row.final for row in pane.ranking.model.shown()[:3]] == ["98.35", "96.58", "96.40"]
    with qtbot.waitSignal(pane.compute_asked):
        pane.bar.stale.findChild(QPushButton).click()


def test_a_closed_explanation_comes_back_with_a_row(show: Show, sample: Services) -> None:
    sample.assessments.compute(YEAR)
    pane = show()
    pane.explanation.closed.emit()
    assert not pane.explanation.isVisible()
    pane.ranking.table.clicked.emit(pane.ranking.model.index(3, 1))
    assert pane.explanation.isVisible()


def _make_a_tie(services: Services) -> set[str]:
    """Three organizations with full marks by every rater."""
    view = services.assessments.year(YEAR)
    # None of these has a bonus or a deduction.
    touched = {entry.subject_id for entry in view.entries}
    subjects = [subject for subject in view.assessed if subject.id not in touched][:3]
    for subject in subjects:
        for rater in view.scheme.stages[0].raters:
            marks = [TypedMark(subject.id, leaf.code, str(leaf.full)) for leaf in view.scheme.leaves("year")]
            services.marks.enter_block(YEAR, "year", rater.code, marks)
    return {subject.name for subject in subjects}


def _row(rows: tuple[ResultRow, ...], name: str) -> ResultRow:
    return next(row for row in rows if row.subject.name == name)


def _texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
