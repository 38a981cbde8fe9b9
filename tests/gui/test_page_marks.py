"""The marks grid: what is shown of messy sheets, correcting in place, bad input, undo, the stated total."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.model.assessment import ScoreSheet
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.mark_form import SettleTotalForm
from gui.jobs import JobRunner
from gui.pages.marks import MarksPane
from gui.pages.marks_book import Spot
from gui.settings_store import SettingsStore

YEAR = 2025
SELF, COMMUNITY, DEPARTMENT, DESK, PUBLIC = range(5)


@pytest.fixture
def pane(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> MarksPane:
    desk = Desk(sample, jobs, messages, settings, YEAR)
    made = MarksPane(desk)
    qtbot.addWidget(made)

    def show() -> None:
        made.show_view(sample.assessments.year(YEAR))

    jobs.saved.connect(show)
    made.resize(1220, 600)
    made.show()
    show()
    return made


@pytest.fixture
def sheet_of(sample: Services) -> Callable[[str, str], ScoreSheet | None]:
    """The stored sheet of a rater for an organization."""

    def find(rater: str, name: str) -> ScoreSheet | None:
        view = sample.assessments.year(YEAR)
        subject = next(each for each in view.subjects if each.name == name)
        sheets = [each for each in view.sheets if (each.rater, each.subject_id) == (rater, subject.id)]
        return sheets[0] if sheets else None

    return find


def test_columns_are_the_indicators_between_names_and_totals(pane: MarksPane) -> None:
    cells = pane.grid.cells
    model = cells.model()
    shown = [
        model.columns[each].title for each in range(model.columnCount()) if not cells.isColumnHidden(each)
    ]
    assert shown[0] == "一个好项目" and shown[-1] == "居民满意度" and len(shown) == 8
    assert pane.raters.tabs.tabText(DEPARTMENT) == "联动部门 57/58"
    assert pane.grid.shown()[0].name == "松枫社区作风监督志愿队"
    assert model.rowCount() == 58


def test_missing_and_faulty_marks_say_so(pane: MarksPane) -> None:
    pane.raters.choose(DEPARTMENT)
    spot = _spot(pane, "如意社区阳光监督小组", "ledger")
    book = pane.book
    subject = book.subject(spot.subject_id)
    assert (book.text(subject, "ledger"), book.tint(subject, "ledger")) == ("11", "err")
    pane.grid.go_to(spot)
    assert "超过满分 10 分" in _bar(pane)
    pane.raters.choose(COMMUNITY)
    absent = pane.book.subject(_spot(pane, "梅园社区业主互助会", "team").subject_id)
    assert (pane.book.text(absent, "team"), pane.book.tint(absent, "team")) == ("未填", "warn")
    assert pane.book.badge(absent).text == "缺 1 项"


def test_the_bar_says_range_and_source(pane: MarksPane) -> None:
    pane.raters.choose(DEPARTMENT)
    pane.grid.go_to(_spot(pane, "水洞埭社区平安巡逻队", "mechanism"))
    assert pane.bar.range.text() == "应在 0 至 15 分之间"
    assert "scores.xlsx 联动部门 第 54 行" in _bar(pane)


def test_typing_and_enter_store_the_mark_and_go_down(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.raters.choose(DEPARTMENT)
    pane.grid.go_to(_spot(pane, "如意社区阳光监督小组", "ledger"))
    pane.grid.cells.setFocus()
    _type(qtbot, pane, "8.5", Qt.Key.Key_Return)
    wait_for_jobs()
    sheet = sheet_of("department", "如意社区阳光监督小组")
    assert sheet.marks[6] == 8_500_000
    assert [issue.indicator for issue in sheet.issues] == [""]
    assert pane.grid.cells.currentIndex().row() == _row(pane, "如意社区阳光监督小组") + 1
    assert pane.undo_button.isEnabled()


def test_tab_goes_right_and_a_full_width_figure_is_read(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.grid.go_to(_spot(pane, "东湖社区合唱团", "project"))
    pane.grid.cells.setFocus()
    column = pane.grid.cells.currentIndex().column()
    _type(qtbot, pane, "１３．５", Qt.Key.Key_Tab)
    wait_for_jobs()
    assert sheet_of("self", "东湖社区合唱团").marks[0] == 13_500_000
    assert pane.grid.cells.currentIndex().column() == column + 1


@pytest.mark.parametrize("text", ["15.25", "-1", "十", "1e99", "=1+1"])
def test_a_mark_out_of_range_is_refused_in_place(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of, messages, text: str
) -> None:
    before = sheet_of("self", "松枫社区公益堂")
    pane.grid.go_to(_spot(pane, "松枫社区公益堂", "project"))
    pane.grid.cells.setFocus()
    _type(qtbot, pane, text, Qt.Key.Key_Return)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂") == before
    assert pane.grid.current() == _spot(pane, "松枫社区公益堂", "project")
    assert f"“{text}”" in _bar(pane) and "0 至 15" in _bar(pane)
    assert pane.bar.field.text() == text
    assert (messages.errors, messages.bugs) == ([], [])
    pane.enter(pane.grid.current(), "12")
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[0] == 12_000_000
    assert "不能填" not in _bar(pane)


def test_undo_takes_entries_back_one_by_one(pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of) -> None:
    name = "松枫社区公益堂"
    before = sheet_of("self", name).marks
    for text, code in (("11", "project"), ("7", "team")):
        pane.enter(_spot(pane, name, code), text)
        wait_for_jobs()
    pane.raters.choose(PUBLIC)
    pane.grid.cells.setFocus()
    qtbot.keyClick(pane.grid.cells, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    assert pane.raters.place() == SELF
    assert pane.grid.current() == _spot(pane, name, "team")
    assert sheet_of("self", name).marks[:3] == (11_000_000, *before[1:3])
    pane.undo()
    wait_for_jobs()
    assert sheet_of("self", name).marks == before
    assert not pane.undo_button.isEnabled()


def test_undoing_a_correction_says_that_the_faulty_text_does_not_come_back(
    pane: MarksPane, wait_for_jobs, sheet_of
) -> None:
    pane.raters.choose(DEPARTMENT)
    pane.enter(_spot(pane, "如意社区阳光监督小组", "ledger"), "9")
    wait_for_jobs()
    pane.undo()
    wait_for_jobs()
    assert sheet_of("department", "如意社区阳光监督小组").marks[6] is None
    assert "原来写的“11”不能计入" in pane.saved.whole_text()


def test_delete_empties_a_mark(pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of) -> None:
    pane.grid.go_to(_spot(pane, "松枫社区公益堂", "base"))
    pane.grid.cells.setFocus()
    qtbot.keyClick(pane.grid.cells, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[4] is None


def test_typing_goes_on_while_the_last_mark_is_stored(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.grid.go_to(_spot(pane, "松枫社区公益堂", "project"))
    pane.grid.cells.setFocus()
    _type(qtbot, pane, "9", Qt.Key.Key_Tab)
    qtbot.keyClicks(pane.grid.cells, "5")
    wait_for_jobs()
    editor = pane.grid.cells.findChild(QLineEdit)
    assert editor is not None and editor.text() == "5"
    _end_editing(qtbot, pane, editor, Qt.Key.Key_Return)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[:2] == (9_000_000, 5_000_000)


def test_the_bars_field_stores_too_and_escape_puts_back(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.grid.go_to(_spot(pane, "松枫社区公益堂", "project"))
    field = pane.bar.field
    field.setText("3")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "10.00"
    field.setText("4")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[0] == 4_000_000


def test_filters_show_what_is_left_to_do(pane: MarksPane, qtbot: QtBot) -> None:
    pane.only.set_chosen("missing")
    assert {subject.name for subject in pane.grid.shown()} == {
        "百花社区门前三包志愿队",
        "东湖社区合唱团",
        "通界村作风监督志愿队",
    }
    pane.search.setText("没有这个")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert pane.nothing.isVisible()
    pane.clear_filters()
    assert len(pane.grid.shown()) == 58
    pane.category.set_chosen("矛盾调处类")
    assert {subject.category for subject in pane.grid.shown()} == {"矛盾调处类"}


def test_f8_finds_the_next_open_cell(pane: MarksPane, qtbot: QtBot) -> None:
    pane.raters.choose(COMMUNITY)
    pane.grid.cells.setFocus()
    qtbot.keyClick(pane.grid.cells, Qt.Key.Key_F8)
    assert pane.grid.current() == _spot(pane, "梅园社区业主互助会", "team")


def test_a_total_that_disagrees_is_settled_with_a_reason(
    pane: MarksPane, sample: Services, wait_for_jobs, sheet_of
) -> None:
    pane.raters.choose(COMMUNITY)
    pane.grid.go_to(_spot(pane, "虹霓村物管联盟", "project"))
    assert "81.25" in _bar(pane) and "80.25" in _bar(pane)
    pane.bar.settle.click()
    form = pane.findChild(SettleTotalForm)
    form.reason.setText("  ")
    form.accept()
    assert form.isVisible() and form.row.is_wrong()
    form.reason.setText("已电话核对")
    form.accept()
    wait_for_jobs()
    assert sheet_of("community", "虹霓村物管联盟").issues == ()
    act = sample.register.acts(1)[0]
    assert (act.verb, act.reason) == ("核定合计", "已电话核对")
    assert not pane.bar.settle.isVisible()


def test_columns_share_the_width_and_scroll_as_whole_ones(pane: MarksPane, qtbot: QtBot) -> None:
    cells = pane.grid.cells
    assert pane.grid.across.isHidden()
    pane.resize(846, 400)
    pane.set_narrow(True)
    qtbot.waitUntil(lambda: pane.grid.across.isVisible())
    width = cells.columnWidth(2)
    assert cells.viewport().width() - 5 * width < 5
    pane.grid.cells.verticalScrollBar().setValue(60)
    assert pane.grid.names.verticalScrollBar().value() == pane.grid.totals.verticalScrollBar().value() == 60


def test_a_header_click_sorts_and_the_current_cell_stays(pane: MarksPane) -> None:
    pane.grid.go_to(_spot(pane, "松枫社区公益堂", "project"))
    pane.grid.cells.header.sectionClicked.emit(2)
    marks = [pane.book.mark(subject, "project") for subject in pane.grid.shown()]
    known = [mark for mark in marks if mark is not None]
    assert known == sorted(known) and marks[len(known) :] == [None] * 3
    assert pane.grid.current() == _spot(pane, "松枫社区公益堂", "project")


def test_copy_puts_the_mark_on_the_clipboard(pane: MarksPane, qtbot: QtBot) -> None:
    pane.grid.go_to(_spot(pane, "松枫社区公益堂", "project"))
    pane.grid.cells.setFocus()
    qtbot.keyClick(pane.grid.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "10.00"


def _spot(pane: MarksPane, name: str, code: str) -> Spot:
    return Spot(next(each.id for each in pane.book.subjects if each.name == name), code)


def _row(pane: MarksPane, name: str) -> int:
    return [each.name for each in pane.grid.shown()].index(name)


def _bar(pane: MarksPane) -> str:
    return pane.bar.message.whole_text()


def _type(qtbot: QtBot, pane: MarksPane, text: str, end: Qt.Key) -> None:
    qtbot.keyClick(pane.grid.cells, Qt.Key.Key_F2)
    editor = pane.grid.cells.findChild(QLineEdit)
    editor.setText(text)
    _end_editing(qtbot, pane, editor, end)


def _end_editing(qtbot: QtBot, pane: MarksPane, editor: QLineEdit, key: Qt.Key) -> None:
    # Qt takes an editor's text after Enter only when it is back in the event loop.
    qtbot.keyClick(editor, key)
    qtbot.waitUntil(lambda: not pane.grid.is_editing())
