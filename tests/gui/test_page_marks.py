"""The marks grid: what is shown of messy sheets, correcting in place, bad input, undo, the stated total."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.model.assessment import CycleState, MarkNote, ScoreSheet
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.mark_form import NoteForm
from gui.dialogs.reason_form import ReasonForm
from gui.jobs import JobRunner
from gui.pages.marks import MarksPane
from gui.pages.marks_blocks import Pasted
from gui.settings_store import SettingsStore
from tests.gui.marks_grid import bar_words, end_editing, mark, press, row_of, spot_of, type_in

YEAR = 2025
SELF, COMMUNITY, DEPARTMENT, DESK, PUBLIC = range(5)


@pytest.fixture
def told() -> list[str]:
    """What the status bar was given to say."""
    return []


@pytest.fixture
def pane(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, told: list[str]
) -> MarksPane:
    desk = Desk(sample, jobs, messages, settings, YEAR)
    for said in (desk.told, desk.warned):
        said.connect(lambda text, *_link: told.append(text))
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
    cells = pane.sheets.grid.cells
    model = cells.model()
    shown = [
        model.columns[each].title for each in range(model.columnCount()) if not cells.isColumnHidden(each)
    ]
    assert shown[0] == "一个好项目" and shown[-1] == "居民满意度" and len(shown) == 8
    assert pane.raters.tabs.tabText(DEPARTMENT) == "联动部门 57/58"
    assert pane.sheets.grid.shown()[0].name == "松枫社区作风监督志愿队"
    assert model.rowCount() == 58


def test_missing_and_faulty_marks_say_so(pane: MarksPane) -> None:
    pane.raters.choose(DEPARTMENT)
    spot = spot_of(pane, "如意社区阳光监督小组", "ledger")
    book = pane.sheets.book
    subject = book.subject(spot.subject_id)
    assert (book.text(subject, "ledger"), book.tint(subject, "ledger")) == ("11", "err")
    pane.sheets.grid.go_to(spot)
    assert "超过满分 10 分" in bar_words(pane)
    pane.raters.choose(COMMUNITY)
    absent = pane.sheets.book.subject(spot_of(pane, "梅园社区业主互助会", "team").subject_id)
    assert (pane.sheets.book.text(absent, "team"), pane.sheets.book.tint(absent, "team")) == ("未填", "warn")
    assert pane.sheets.book.badge(absent).text == "缺 1 项"


def test_the_bar_says_range_and_source(pane: MarksPane) -> None:
    pane.raters.choose(DEPARTMENT)
    pane.sheets.grid.go_to(spot_of(pane, "水洞埭社区平安巡逻队", "mechanism"))
    assert pane.sheets.bar.range.text() == "应在 0 至 15 分之间"
    assert "scores.xlsx 联动部门 第 54 行" in bar_words(pane)


def test_typing_and_enter_store_the_mark_and_go_down(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.raters.choose(DEPARTMENT)
    pane.sheets.grid.go_to(spot_of(pane, "如意社区阳光监督小组", "ledger"))
    pane.sheets.grid.cells.setFocus()
    type_in(qtbot, pane, "8.5", Qt.Key.Key_Return)
    wait_for_jobs()
    sheet = sheet_of("department", "如意社区阳光监督小组")
    assert sheet.marks[6] == 8_500_000
    assert [issue.indicator for issue in sheet.issues] == [""]
    assert pane.sheets.grid.cells.currentIndex().row() == row_of(pane, "如意社区阳光监督小组") + 1
    assert pane.sheets.undo_button.isEnabled()


def test_tab_goes_right_and_enter_then_below_where_it_began(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "东湖社区合唱团", "project"))
    pane.sheets.grid.cells.setFocus()
    cells, began = pane.sheets.grid.cells, pane.sheets.grid.cells.currentIndex()
    type_in(qtbot, pane, "１３．５", Qt.Key.Key_Tab)
    wait_for_jobs()
    assert sheet_of("self", "东湖社区合唱团").marks[0] == 13_500_000
    assert cells.currentIndex() == began.siblingAtColumn(began.column() + 1)
    qtbot.keyClick(cells, Qt.Key.Key_Tab)
    type_in(qtbot, pane, "8", Qt.Key.Key_Return)
    assert cells.currentIndex() == began.siblingAtRow(began.row() + 1)


@pytest.mark.parametrize("text", ["15.25", "-1", "十", "1e99", "=1+1"])
def test_a_mark_out_of_range_is_refused_in_place(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of, messages, text: str
) -> None:
    before = sheet_of("self", "松枫社区公益堂")
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "project"))
    pane.sheets.grid.cells.setFocus()
    type_in(qtbot, pane, text, Qt.Key.Key_Return)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂") == before
    assert pane.sheets.grid.current() == spot_of(pane, "松枫社区公益堂", "project")
    assert f"“{text}”" in bar_words(pane) and "0 至 15" in bar_words(pane)
    assert pane.sheets.bar.field.text() == text
    assert (messages.errors, messages.bugs) == ([], [])
    pane.sheets.enter(pane.sheets.grid.current(), "12")
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[0] == 12_000_000
    assert "不能填" not in bar_words(pane)


def test_escape_and_undo_put_back_what_a_refused_text_stands_for(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs
) -> None:
    cells, spot = pane.sheets.grid.cells, spot_of(pane, "松枫社区公益堂", "team")
    pane.sheets.enter(spot_of(pane, "松枫社区公益堂", "project"), "12")
    for modifier, key in (
        (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Escape),
        (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z),
    ):
        pane.sheets.enter(spot, "99")
        wait_for_jobs()
        pane.sheets.grid.go_to(spot)
        assert "按 Esc 恢复原来的评分" in bar_words(pane)
        cells.setFocus()
        qtbot.keyClick(cells, key, modifier)
        wait_for_jobs()
        assert pane.sheets.bar.field.text() == "6.00" and "不能填" not in bar_words(pane)
    book = pane.sheets.book
    assert book.typed(book.subject(spot.subject_id), "project") == "12.00"


def test_undo_takes_entries_back_one_by_one(pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of) -> None:
    name = "松枫社区公益堂"
    before = sheet_of("self", name).marks
    for text, code in (("11", "project"), ("7", "team")):
        pane.sheets.enter(spot_of(pane, name, code), text)
        wait_for_jobs()
    pane.raters.choose(PUBLIC)
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    assert pane.raters.place() == SELF
    assert pane.sheets.grid.current() == spot_of(pane, name, "team")
    assert sheet_of("self", name).marks[:3] == (11_000_000, *before[1:3])
    pane.sheets.undo()
    wait_for_jobs()
    assert sheet_of("self", name).marks == before
    assert not pane.sheets.undo_button.isEnabled()


def test_undoing_a_correction_brings_the_faulty_text_back(pane: MarksPane, wait_for_jobs, sheet_of) -> None:
    pane.raters.choose(DEPARTMENT)
    before = sheet_of("department", "如意社区阳光监督小组")
    pane.sheets.enter(spot_of(pane, "如意社区阳光监督小组", "ledger"), "9")
    wait_for_jobs()
    pane.sheets.undo()
    wait_for_jobs()
    after = sheet_of("department", "如意社区阳光监督小组")
    assert (after.marks, after.issues) == (before.marks, before.issues)
    assert "写的是“11”" in bar_words(pane)


def test_what_was_done_again_is_undone_first(
    pane: MarksPane, sample: Services, wait_for_jobs, sheet_of
) -> None:
    before = sheet_of("self", "松枫社区公益堂").marks
    for text, code in (("11", "project"), ("7", "team")):
        pane.sheets.enter(spot_of(pane, "松枫社区公益堂", code), text)
    pane.sheets.undo()
    wait_for_jobs()
    sample.versions.redo(sample.versions.newest_redoable())
    pane.sheets.undo()
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks == (11_000_000, *before[1:])


def test_undo_waits_for_the_mark_that_is_being_stored(pane: MarksPane, wait_for_jobs, sheet_of) -> None:
    before = sheet_of("self", "松枫社区公益堂").marks
    pane.sheets.enter(spot_of(pane, "松枫社区公益堂", "project"), "11")
    pane.sheets.undo()
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks == before


def test_a_mark_shows_before_it_is_stored_and_the_row_adds_up_then(pane: MarksPane, wait_for_jobs) -> None:
    spot = spot_of(pane, "松枫社区公益堂", "project")
    pane.sheets.grid.go_to(spot)
    subject = pane.sheets.book.subject(spot.subject_id)
    assert pane.sheets.bar.sum.text() == "合计 64.25 / 100"
    pane.sheets.enter(spot, "12")
    assert pane.sheets.book.text(subject, "project") == "12"
    wait_for_jobs()
    assert pane.sheets.book.text(subject, "project") == "12.00"
    assert pane.sheets.bar.sum.text() == "合计 66.25 / 100"


def test_delete_empties_a_mark(pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "base"))
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[4] is None


def test_typing_goes_on_while_the_last_mark_is_stored(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "project"))
    pane.sheets.grid.cells.setFocus()
    type_in(qtbot, pane, "9", Qt.Key.Key_Tab)
    qtbot.keyClicks(pane.sheets.grid.cells, "5")
    wait_for_jobs()
    editor = pane.sheets.grid.cells.findChild(QLineEdit)
    assert editor is not None and editor.text() == "5"
    end_editing(qtbot, pane, editor, Qt.Key.Key_Return)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[:2] == (9_000_000, 5_000_000)


def test_the_bars_field_stores_too_and_escape_puts_back(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "project"))
    field = pane.sheets.bar.field
    field.setText("3")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "10.00"
    field.setText("4")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks[0] == 4_000_000


def test_what_is_being_typed_in_the_bar_outlives_a_reload(
    pane: MarksPane, qtbot: QtBot, sample: Services
) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "project"))
    field = pane.sheets.bar.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12")
    pane.show_view(sample.assessments.year(YEAR))
    assert field.text() == "12"
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "team"))
    assert field.text() == "6.00"


def test_filters_show_what_is_left_to_do(pane: MarksPane, qtbot: QtBot) -> None:
    pane.sheets.only.set_chosen("missing")
    assert {subject.name for subject in pane.sheets.grid.shown()} == {
        "百花社区门前三包志愿队",
        "东湖社区合唱团",
        "通界村作风监督志愿队",
    }
    pane.sheets.search.setText("没有这个")
    qtbot.keyClick(pane.sheets.search, Qt.Key.Key_Return)
    assert pane.sheets.nothing.isVisible()
    pane.sheets.clear_filters()
    assert len(pane.sheets.grid.shown()) == 58
    pane.sheets.category.set_chosen("矛盾调处类")
    assert {subject.category for subject in pane.sheets.grid.shown()} == {"矛盾调处类"}


def test_f8_finds_the_next_open_cell(pane: MarksPane, qtbot: QtBot) -> None:
    pane.raters.choose(COMMUNITY)
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_F8)
    assert pane.sheets.grid.current() == spot_of(pane, "梅园社区业主互助会", "team")


def test_a_total_that_disagrees_is_settled_with_a_reason(
    pane: MarksPane, sample: Services, wait_for_jobs, sheet_of
) -> None:
    pane.raters.choose(COMMUNITY)
    pane.sheets.grid.go_to(spot_of(pane, "虹霓村物管联盟", "project"))
    assert "81.25" in bar_words(pane) and "80.25" in bar_words(pane)
    pane.sheets.bar.settle.click()
    form = pane.findChild(ReasonForm)
    form.reason.setText("  ")
    form.accept()
    assert form.isVisible() and form.row.is_wrong()
    form.reason.setText("已电话核对")
    form.accept()
    wait_for_jobs()
    assert sheet_of("community", "虹霓村物管联盟").issues == ()
    act = sample.register.acts(1)[0]
    assert (act.verb, act.reason) == ("核定合计", "已电话核对")
    assert not pane.sheets.bar.settle.isVisible()


def test_columns_share_the_width_and_scroll_as_whole_ones(pane: MarksPane, qtbot: QtBot) -> None:
    cells = pane.sheets.grid.cells
    assert pane.sheets.grid.across.isHidden()
    pane.resize(846, 400)
    pane.set_narrow(True)
    qtbot.waitUntil(lambda: pane.sheets.grid.across.isVisible())
    width = cells.columnWidth(2)
    assert cells.viewport().width() - 5 * width < 5
    pane.sheets.grid.cells.verticalScrollBar().setValue(60)
    assert (
        pane.sheets.grid.names.verticalScrollBar().value()
        == pane.sheets.grid.totals.verticalScrollBar().value()
        == 60
    )


def test_a_header_click_sorts_and_the_current_cell_stays(pane: MarksPane) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "project"))
    pane.sheets.grid.cells.header.sectionClicked.emit(2)
    marks = [pane.sheets.book.mark(subject, "project") for subject in pane.sheets.grid.shown()]
    known = [mark for mark in marks if mark is not None]
    assert known == sorted(known) and marks[len(known) :] == [None] * 3
    assert pane.sheets.grid.current() == spot_of(pane, "松枫社区公益堂", "project")


def test_copy_puts_the_mark_on_the_clipboard(pane: MarksPane, qtbot: QtBot) -> None:
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区公益堂", "project"))
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "10.00"


def test_a_block_from_excel_goes_down_and_right_in_one_act(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of, sample: Services, told: list[str]
) -> None:
    acts = sample.register.acts(1)[0].number
    before = sheet_of("self", "松枫社区公益堂")
    pane.sheets.grid.go_to(spot_of(pane, "松枫社区作风监督志愿队", "project"))
    press(qtbot, pane, "1\t99\r\n\r\n２\t优\t3\r\n", Qt.Key.Key_V)
    wait_for_jobs()
    first, second, third = (sheet_of("self", each.name) for each in pane.sheets.grid.shown()[:3])
    assert (first.marks[0], first.marks[1]) == (1_000_000, None)
    assert [issue.text for issue in first.issues] == ["99"]
    assert second.marks[0] is None and second.marks[1:] == before.marks[1:]
    assert (third.marks[0], third.marks[1], third.marks[2]) == (2_000_000, None, 3_000_000)
    assert sample.register.acts(1)[0].number == acts + 1
    assert told == ["已录入 4 格；2 格不是有效的评分，标红保留，没有计入"]
    assert "应在 0 至 10 分之间，没有计入。写的是“99”" in pane.sheets.book.fault(
        pane.sheets.grid.shown()[0], "convener"
    )
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    undone = sheet_of("self", "松枫社区公益堂")
    assert (undone.marks, undone.issues) == (before.marks, before.issues)


def test_what_lies_beyond_the_grid_is_told(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of, told: list[str]
) -> None:
    last = pane.sheets.grid.shown()[-1]
    pane.sheets.grid.go_to(spot_of(pane, last.name, "satisfaction"))
    press(qtbot, pane, "5\t6\r\n7\t8", Qt.Key.Key_V)
    wait_for_jobs()
    assert sheet_of("self", last.name).marks[-1] == 5_000_000
    assert told == ["已录入 1 格；3 格超出了表格的范围，没有录入"]
    mark(qtbot, pane, "松枫社区公益堂", "project", down=0, right=0)
    press(qtbot, pane, "松枫社区公益堂\t5\t6", Qt.Key.Key_V)
    assert sheet_of("self", "松枫社区公益堂").marks[0] == 10_000_000 and "请只复制评分" in told[-1]
    press(qtbot, pane, "", Qt.Key.Key_V)
    assert told[-1] == "没有粘贴：复制的内容是空的"


def test_one_text_fills_all_marked_cells_and_delete_empties_them(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    names = [each.name for each in pane.sheets.grid.shown()[:3]]
    mark(qtbot, pane, names[0], "project", down=2, right=1)
    press(qtbot, pane, "4.5", Qt.Key.Key_V)
    wait_for_jobs()
    assert [sheet_of("self", name).marks[:2] for name in names] == [(4_500_000, 4_500_000)] * 3
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert [sheet_of("self", name).marks[:2] for name in names] == [(None, None)] * 3


def test_filling_down_and_right_repeats_the_first_cells(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    first, second, third = (each.name for each in pane.sheets.grid.shown()[:3])
    top = sheet_of("self", first).marks
    mark(qtbot, pane, first, "project", down=2, right=1)
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    assert sheet_of("self", second).marks[:2] == sheet_of("self", third).marks[:2] == top[:2]
    pane.sheets.grid.go_to(spot_of(pane, third, "team"))
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    assert sheet_of("self", third).marks[2] == top[1]
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    assert sheet_of("self", third).marks[2] == sheet_of("self", second).marks[2]


def test_a_block_is_copied_as_it_would_be_typed(pane: MarksPane, qtbot: QtBot) -> None:
    pane.raters.choose(COMMUNITY)
    mark(qtbot, pane, "梅园社区业主互助会", "convener", down=0, right=1)
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    convener = pane.sheets.book.typed(
        pane.sheets.book.subject(pane.sheets.grid.current().subject_id), "convener"
    )
    assert QGuiApplication.clipboard().text() == f"{convener}\t\r\n"


def test_a_note_with_its_proof_stands_at_the_mark(
    pane: MarksPane, qtbot: QtBot, wait_for_jobs, sheet_of
) -> None:
    spot = spot_of(pane, "松枫社区公益堂", "project")
    pane.sheets.grid.go_to(spot)
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    form = pane.findChild(NoteForm)
    form.text.setText("缺一次例会，扣 2 分")
    form.evidence.setText("会议记录")
    form.accept()
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").notes == (
        MarkNote("project", "缺一次例会，扣 2 分", "会议记录"),
    )
    assert bar_words(pane) == "缺一次例会，扣 2 分\uff08佐证：会议记录\uff09"
    pane.sheets.undo()
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").notes == ()


def test_a_recused_rater_takes_no_marks_until_it_is_taken_back(
    pane: MarksPane, wait_for_jobs, sheet_of, told: list[str]
) -> None:
    spot = spot_of(pane, "松枫社区公益堂", "project")
    pane.sheets.grid.go_to(spot)
    pane.sheets.grid.recusal.trigger()
    pane.findChild(ReasonForm).reason.setText("负责人亲属")
    pane.findChild(ReasonForm).accept()
    wait_for_jobs()
    subject = pane.sheets.book.subject(spot.subject_id)
    assert sheet_of("self", "松枫社区公益堂").recused == "负责人亲属"
    assert (pane.sheets.book.badge(subject).text, bar_words(pane)) == ("回避", "回避：负责人亲属")
    marks = sheet_of("self", "松枫社区公益堂").marks
    pane.sheets.enter_block(Pasted((TypedMark(subject.id, "project", "1"),)))
    wait_for_jobs()
    assert sheet_of("self", "松枫社区公益堂").marks == marks
    assert "回避或不评这一项" in told[-1]
    assert pane.sheets.grid.recusal.text() == "取消回避"
    pane.sheets.grid.recusal.trigger()
    wait_for_jobs()
    assert not sheet_of("self", "松枫社区公益堂").recused


def test_a_frozen_cycle_is_looked_at_only(pane: MarksPane, qtbot: QtBot, sample: Services) -> None:
    with sample.store.writing(ActDraft("公示", "录入员")) as work:
        work.change([replace(sample.assessments.year(YEAR).cycle, state=CycleState.NOTICED)])
    pane.show_view(sample.assessments.year(YEAR))
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClicks(pane.sheets.grid.cells, "9")
    assert not pane.sheets.grid.is_editing()
    assert pane.sheets.bar.field.isReadOnly() and bar_words(pane) == "公示中，评分已经锁定"
    before = sample.register.acts(1)
    press(qtbot, pane, "1", Qt.Key.Key_V)
    assert sample.register.acts(1) == before and not pane.sheets.paste_button.isEnabled()
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "13.25"
