"""Residents' ballots: two blind passes, the list of differences, what does not count, the minimum."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.errors import RuleViolation
from core.model.assessment import SchemeText
from core.model.ballot import Ballot
from core.model.ballot_view import Vote
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.opening import Opening
from core.rules.scheme_file import read_scheme
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.reason_form import ReasonForm
from gui.jobs import JobRunner
from gui.pages.assessment_progress import gaps_of
from gui.pages.ballots_book import BoxLine
from gui.pages.ballots_side import ALL, DIFFERENT, SECOND
from gui.pages.marks import MarksPane
from gui.settings_store import SettingsStore

YEAR = 2024
SCHEME = """
code = "ballots"
name = "居民测评"
source = "测试用"
full = 100
below_name = "不合格"

[[bands]]
name = "合格"
floor = 60

[[stages]]
code = "year"
name = "测评"
full = 100
weight = 1
raters = [
    { code = "desk", name = "社会事务办", weight = 50 },
    { code = "box", name = "居民测评", weight = 50, ballots = true, minimum_ballots = 2 },
]

[[stages.indicators]]
code = "service"
name = "服务态度"
full = 60
kind = "options"
choices = [{ name = "满意", points = 60 }, { name = "一般", points = 30 }, { name = "不满意", points = 0 }]

[[stages.indicators]]
code = "deeds"
name = "实事办理"
full = 40
"""


@pytest.fixture
def polled(sample: Services) -> Services:
    """The sample office with another cycle, in which residents vote."""
    scheme = read_scheme(SCHEME)
    with sample.store.writing(ActDraft("登记考核方案", "录入员")) as work:
        work.add([SchemeText(new_id(), scheme.code, scheme.name, SCHEME, scheme.digest, "2026-01-08")])
    sample.assessments.open_year(YEAR, Opening(scheme_code="ballots"))
    return sample


@pytest.fixture
def pane(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, polled: Services) -> MarksPane:
    made = MarksPane(Desk(polled, jobs, messages, settings, YEAR))
    qtbot.addWidget(made)

    def show() -> None:
        made.show_view(polled.assessments.year(YEAR))

    jobs.saved.connect(show)
    made.resize(1220, 600)
    made.show()
    show()
    made.choose_rater("box")
    return made


@pytest.fixture
def ballots(polled: Services) -> Callable[[], tuple[Ballot, ...]]:
    """The stored ballots."""
    return lambda: polled.assessments.year(YEAR).ballots


def test_a_box_of_ballots_takes_the_place_of_the_grid(pane: MarksPane) -> None:
    assert pane.ballots.isVisible() and not pane.sheets.isVisible()
    assert pane.raters.tabs.tabText(pane.raters.place()) == "居民测评 0/58"
    assert len(pane.ballots.model.shown()) == 58
    assert [each.placeholderText() for each in pane.ballots.side.first.fields] == [
        "1 满意 2 一般 3 不满意",
        "应在 0 至 40 分之间",
    ]
    pane.choose_rater("desk")
    assert pane.sheets.isVisible() and not pane.ballots.isVisible()


def test_a_box_takes_no_marks_but_ballots(polled: Services) -> None:
    subject = polled.assessments.year(YEAR).assessed[0]
    with pytest.raises(RuleViolation, match="测评票"):
        polled.marks.enter(YEAR, "year", "box", TypedMark(subject.id, "deeds", "1"))


def test_two_passes_that_agree_make_a_valid_ballot(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, ballots
) -> None:
    first, second = pane.ballots.side.first, pane.ballots.side.second
    assert (first.by.text(), first.number.text()) == ("录入员", "1")
    _answer(qtbot, pane, "1", "38")
    wait_for_jobs()
    assert first.number.text() == "2" and not first.fields[0].text()
    assert first.fields[0].hasFocus()
    pane.ballots.side.tabs.setCurrentIndex(SECOND)
    assert second.number.text() == "1"
    _answer(qtbot, pane, "满意", "38", by="复核员")
    wait_for_jobs()
    ballot = ballots()[0]
    assert (ballot.first, ballot.second, ballot.first_by, ballot.second_by) == (
        ("满意", "38"),
        ("满意", "38"),
        "录入员",
        "复核员",
    )
    assert ballot.counts
    assert _line(pane).badge.text == "缺 1 张"
    assert not second.save.isEnabled()


def test_keys_lead_through_the_answers_and_a_blank_ballot_is_asked_about(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, ballots
) -> None:
    first = pane.ballots.side.first
    first.by.setFocus()
    for key, field in (
        (Qt.Key.Key_Return, first.number),
        (Qt.Key.Key_Return, first.fields[0]),
        (Qt.Key.Key_Tab, first.fields[1]),
        (Qt.Key.Key_Tab, first.save),
    ):
        qtbot.keyClick(pane.window().focusWidget(), key)
        assert field.hasFocus()
    qtbot.keyClick(first.fields[1], Qt.Key.Key_Return)
    wait_for_jobs()
    assert ballots() == () and "再按一次" in first.number.accessibleDescription()
    qtbot.keyClick(first.fields[1], Qt.Key.Key_Return)
    wait_for_jobs()
    assert ballots()[0].first == ("", "")


def test_the_second_pass_sees_nothing_of_the_first(pane: MarksPane, qtbot: QtBot, wait_for_jobs) -> None:
    _answer(qtbot, pane, "3", "17.25")
    wait_for_jobs()
    pane.ballots.side.tabs.setCurrentIndex(SECOND)
    shown = [each.text() for kind in (QLabel, QLineEdit) for each in pane.ballots.findChildren(kind)]
    assert not [text for text in shown if "17.25" in text or text == "不满意"]


def test_the_same_person_is_refused_in_the_second_pass(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, messages, ballots
) -> None:
    _answer(qtbot, pane, "1", "38")
    wait_for_jobs()
    pane.ballots.side.tabs.setCurrentIndex(SECOND)
    second = pane.ballots.side.second
    _answer(qtbot, pane, "1", "38")
    assert second.by_row.is_wrong() and not ballots()[0].second
    _answer(qtbot, pane, "1", "38", by="录入员")
    wait_for_jobs()
    assert second.by_row.is_wrong() and second.by.hasFocus()
    assert (ballots()[0].second, messages.errors) == ((), [])
    assert second.fields[0].text() == "满意"


def test_differences_are_settled_by_the_paper(pane: MarksPane, qtbot: QtBot, wait_for_jobs, ballots) -> None:
    _answer(qtbot, pane, "1", "38")
    wait_for_jobs()
    pane.ballots.side.tabs.setCurrentIndex(SECOND)
    _answer(qtbot, pane, "2", "38", by="复核员")
    wait_for_jobs()
    assert _line(pane).badge.text == "1 张不一致"
    assert pane.ballots.side.tabs.tabText(DIFFERENT) == "不一致 1"
    pane.ballots.side.tabs.setCurrentIndex(DIFFERENT)
    check = pane.ballots.side.differences
    assert [each.text() for each in check.fields] == ["", "38"] and check.fields[0].hasFocus()
    assert check.fields[1].nextInFocusChain() is check.by
    check.fields[0].setText("2")
    check.save.click()
    assert check.by_row.is_wrong()
    check.by.setText("组长")
    check.save.click()
    wait_for_jobs()
    assert ballots()[0].first == ballots()[0].second == ("一般", "38")
    assert pane.ballots.side.tabs.tabText(DIFFERENT) == "不一致"
    assert not check.save.isVisible()


def test_an_answer_that_cannot_be_makes_the_ballot_invalid_with_the_reason(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs
) -> None:
    _answer(qtbot, pane, "1", "41")
    wait_for_jobs()
    pane.ballots.side.tabs.setCurrentIndex(SECOND)
    _answer(qtbot, pane, "1", "41", by="复核员")
    wait_for_jobs()
    assert _line(pane).invalid == 1
    pane.ballots.side.tabs.setCurrentIndex(ALL)
    shown = pane.ballots.side.all.model.shown()[0]
    assert "填了“41”，应在 0 至 40 分之间" in shown.invalid


def test_a_ballot_is_declared_invalid_with_a_reason(
    pane: MarksPane, polled: Services, qtbot: QtBot, wait_for_jobs, ballots
) -> None:
    _vote(polled, pane, 1)
    _vote(polled, pane, 2)
    pane.show_view(polled.assessments.year(YEAR))
    assert _line(pane).is_enough
    assert pane.raters.tabs.tabText(pane.raters.place()) == "居民测评 1/58"
    listed = pane.ballots.side.all
    pane.ballots.side.tabs.setCurrentIndex(ALL)
    assert not listed.invalid.isEnabled()
    listed.table.select_ids([listed.model.shown()[1].id])
    listed.invalid.click()
    form = pane.findChild(ReasonForm)
    form.reason.setText("两张笔迹相同")
    form.accept()
    wait_for_jobs()
    assert [each.invalid for each in ballots()] == ["", "两张笔迹相同"]
    assert _line(pane).badge.text == "缺 1 张"


def test_filters_show_the_subjects_with_something_to_do(pane: MarksPane, polled: Services) -> None:
    _vote(polled, pane, 1)
    _vote(polled, pane, 2)
    _first(polled, pane.ballots.box.lines[1].subject.id, 1)
    pane.show_view(polled.assessments.year(YEAR))
    pane.ballots.only.set_chosen("short")
    assert len(pane.ballots.model.shown()) == 57
    pane.ballots.only.set_chosen("waiting")
    assert [line.subject.name for line in pane.ballots.model.shown()] == ["松枫社区公益堂"]


def test_the_progress_names_what_a_box_lacks(polled: Services, pane: MarksPane) -> None:
    _vote(polled, pane, 1)
    second = _line(pane, 1).subject.id
    polled.ballots.enter(YEAR, Vote("year", "box", second, 1, ("满意", "40")), "录入员")
    polled.ballots.enter(YEAR, Vote("year", "box", second, 1, ("一般", "40")), "复核员", second=True)
    gaps = list(gaps_of(polled.assessments.year(YEAR), 1))
    assert [(gap.badge.text, gap.words) for gap in gaps[:3]] == [
        ("缺 1 张", "有效票 1 张，至少 2 张"),
        ("1 张不一致", "有效票 0 张，至少 2 张"),
        ("缺 2 张", "有效票 0 张，至少 2 张"),
    ]
    pane.show_sheet(gaps[1].stage, gaps[1].rater, gaps[1].subject.id)
    assert pane.ballots.table.current_record().subject.id == second


def test_an_open_ballot_outlives_a_reload_and_another_subject_begins_anew(
    pane: MarksPane, polled: Services
) -> None:
    first = pane.ballots.side.first
    first.fields[0].setText("1")
    pane.show_view(polled.assessments.year(YEAR))
    assert first.fields[0].text() == "1"
    pane.ballots.choose(pane.ballots.box.lines[1].subject.id)
    assert first.fields[0].text() == ""


def test_a_small_window_shows_list_and_ballots_one_after_the_other(pane: MarksPane, qtbot: QtBot) -> None:
    pane.resize(846, 400)
    pane.set_narrow(True)
    assert pane.raters.choice.isVisible() and not pane.ballots.side.isVisible()
    pane.ballots.table.setFocus()
    qtbot.keyClick(pane.ballots.table, Qt.Key.Key_Return)
    assert pane.ballots.side.isVisible() and not pane.ballots.table.isVisible()
    qtbot.keyClick(pane.ballots.side.first.by, Qt.Key.Key_Escape)
    assert pane.ballots.table.isVisible()
    pane.raters.choice.setFocus()
    pane.choose_rater("desk")
    assert pane.sheets.isVisible() and pane.raters.choice.hasFocus()


def _line(pane: MarksPane, place: int = 0) -> BoxLine:
    return pane.ballots.box.lines[place]


def _answer(qtbot: QtBot, pane: MarksPane, *answers: str, by: str = "") -> None:
    """Type a ballot into the pass that is shown, Enter after each answer."""
    side = pane.ballots.side
    entry = (side.first, side.second)[side.tabs.currentIndex()]
    if by:
        entry.by.setText(by)
    for field, answer in zip(entry.fields, answers, strict=True):
        field.setText(answer)
        qtbot.keyClick(field, Qt.Key.Key_Return)


def _first(polled: Services, subject_id: str, number: int) -> Vote:
    vote = Vote("year", "box", subject_id, number, ("满意", "40"))
    polled.ballots.enter(YEAR, vote, "录入员")
    return vote


def _vote(polled: Services, pane: MarksPane, number: int) -> None:
    """A valid ballot on the first subject."""
    vote = _first(polled, _line(pane).subject.id, number)
    polled.ballots.enter(YEAR, vote, "复核员", second=True)
