import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.clipboard import format_block
from gui.settings_store import SettingsStore
from gui.table_model import CHECK_KEY, CellIcon, Column, RecordTableModel, TextRun
from gui.table_view import RecordTable
from gui.theme import Mode, TextSize, apply_theme
from gui.widgets.badge import BadgeFace


@dataclass(frozen=True)
class Entry:
    id: int
    name: str
    points: Decimal | None = None
    filed_on: date | None = None


ENTRIES = (
    Entry(1, "松枫社区公益堂", Decimal("9.5"), date(2024, 3, 2)),
    Entry(2, "凤凰社区平安巡逻队", Decimal("88.40"), date(2023, 12, 31)),
    Entry(3, "梅园社区业主互助会"),
    Entry(4, "洁芳社区物管联盟", Decimal("10"), date(2024, 1, 15)),
)

COLUMNS: tuple[Column[Entry], ...] = (
    Column("组织名称", lambda e: e.name, stretch=True),
    Column("得分", lambda e: str(e.points or ""), align_right=True, sort_key=lambda e: e.points),
    Column("备案日期", lambda e: str(e.filed_on or ""), sort_key=lambda e: e.filed_on, narrow=False),
)


@pytest.fixture
def model() -> RecordTableModel[Entry]:
    made = RecordTableModel(COLUMNS, lambda e: e.id, checkable=True)
    made.set_records(ENTRIES)
    return made


@pytest.fixture
def table(qtbot, model: RecordTableModel[Entry], settings: SettingsStore) -> RecordTable:
    made = RecordTable(model, settings, "entries", label="测试")
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


def ids(model: RecordTableModel[Entry]) -> list[int]:
    return [entry.id for entry in model.shown()]


def test_the_model_keeps_the_contract_of_qt(qtmodeltester, model: RecordTableModel[Entry]) -> None:
    qtmodeltester.check(model)
    model.set_filter(lambda e: e.id > 1)
    model.sort_by("得分")
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("column", "ascending", "expected"),
    [
        ("得分", True, [1, 4, 2, 3]),
        ("得分", False, [2, 4, 1, 3]),
        ("备案日期", True, [2, 4, 1, 3]),
    ],
)
def test_numbers_and_dates_sort_as_such_and_unknown_comes_last(
    model: RecordTableModel[Entry], column: str, ascending: bool, expected: list[int]
) -> None:
    model.sort_by(column, ascending=ascending)
    assert ids(model) == expected


def test_order_and_filter_survive_a_reload(model: RecordTableModel[Entry]) -> None:
    model.sort_by("得分")
    model.set_filter(lambda e: "社区" in e.name and e.id != 4)
    model.set_records((*ENTRIES, Entry(5, "东湖社区合唱团", Decimal("1"))))
    assert ids(model) == [5, 1, 2, 3]
    assert model.total() == 5


def test_marks_belong_to_records_not_rows(model: RecordTableModel[Entry]) -> None:
    model.set_checked((2, 3), True)
    model.sort_by("组织名称", ascending=False)
    model.set_filter(lambda e: e.id == 1)
    assert model.checked_ids() == {2, 3}
    assert model.check_state() == Qt.CheckState.Unchecked
    model.set_records(ENTRIES[:2])
    assert model.checked_ids() == {2}


def test_the_tick_box_of_a_row_is_data(model: RecordTableModel[Entry]) -> None:
    index = model.index(1, 0)
    assert model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.check_state() == Qt.CheckState.PartiallyChecked


def test_editing_asks_the_column() -> None:
    taken: list[tuple[int, str]] = []

    def take(entry: Entry, text: str) -> bool:
        taken.append((entry.id, text))
        return text.isdigit()

    model = RecordTableModel((Column("得分", lambda e: str(e.points), edit=take),), lambda e: e.id)
    model.set_records(ENTRIES)
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(model.index(0, 0), "12")
    assert not model.setData(model.index(1, 0), "十二")
    assert taken == [(1, "12"), (2, "十二")]


def test_an_editor_starts_with_what_was_typed() -> None:
    column = Column("得分", lambda e: str(e.points or "未填"), typed=lambda e: str(e.points or ""))
    model = RecordTableModel((column,), lambda e: e.id)
    model.set_records(ENTRIES[2:3])
    assert model.data(model.index(0, 0)) == "未填"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.EditRole) == ""


def test_rows_are_found_by_id_in_every_order(model: RecordTableModel[Entry]) -> None:
    assert model.rows_of((4, 2, 9)) == [1, 3]
    model.sort_by("得分")
    assert model.rows_of((2, 3)) == [2, 3]
    model.set_filter(lambda e: e.id != 1)
    assert model.rows_of((1, 2, 3)) == [1, 2]
    assert model.ids_at(model.rows_of((3,))) == [3]


def test_a_cell_carries_all_that_is_painted() -> None:
    column: Column[Entry] = Column(
        "组织名称",
        lambda e: e.name,
        badges=lambda _e: (BadgeFace("优秀", "g1"),),
        runs=lambda _e: (TextRun("42", "old"), TextRun("45", "new")),
        icon=lambda _e: CellIcon("error-warning-fill", "err"),
        tint=lambda _e: "err",
        second=lambda _e: "第二行",
    )
    model = RecordTableModel((column,), lambda e: e.id)
    model.set_records((Entry(1, ""),))
    cell = model.cell_at(0, 0)
    assert (cell.text, cell.second, cell.tint) == ("—", "第二行", "err")
    assert cell.badges[0].text == "优秀"
    assert [run.kind for run in cell.runs] == ["old", "new"]


def test_selection_stays_with_its_records(table: RecordTable, model: RecordTableModel[Entry]) -> None:
    table.select_ids((2, 4))
    model.sort_by("得分", ascending=False)
    assert {entry.id for entry in table.selected_records()} == {2, 4}
    model.set_records((Entry(9, "新来的"), *ENTRIES))
    assert {entry.id for entry in table.selected_records()} == {2, 4}
    assert table.current_record().id == 2
    model.set_filter(lambda e: e.id == 4)
    assert [entry.id for entry in table.selected_records()] == [4]


def test_a_row_is_chosen_alone_also_while_ctrl_is_down(qtbot, table: RecordTable) -> None:
    table.selectRow(0)
    qtbot.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    for row in (2, 2, 99):
        table.selectRow(row)
        assert [entry.id for entry in table.selected_records()] == [ENTRIES[2].id]
        assert table.current_record() == ENTRIES[2]
    qtbot.keyRelease(table, Qt.Key.Key_Control)


def test_the_current_record_is_told_again_when_it_changed(
    qtbot, table: RecordTable, model: RecordTableModel[Entry]
) -> None:
    table.select_ids((2,))
    told: list[Entry | None] = []
    table.current_changed.connect(told.append)
    model.set_records((Entry(2, "改了名字"),))
    model.set_records(())
    assert told == [Entry(2, "改了名字"), None]


def test_enter_opens_and_space_ticks(qtbot, table: RecordTable, model: RecordTableModel[Entry]) -> None:
    table.select_ids((2,))
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].id == 2
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert model.checked_ids() == {2}
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert model.checked_ids() == set()


def test_a_click_on_the_box_ticks_without_moving_the_selection(
    qtbot, table: RecordTable, model: RecordTableModel[Entry]
) -> None:
    table.select_ids((1,))
    box = table.visualRect(model.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert model.checked_ids() == {3}
    assert table.current_record().id == 1


def test_copy_gives_what_is_seen(qtbot, table: RecordTable, model: RecordTableModel[Entry]) -> None:
    table.horizontalHeader().moveSection(2, 1)
    table.show_column(model.column_named("备案日期"), False)
    table.select_ids((1, 2))
    table.copy_selection()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied == ["9.5\t松枫社区公益堂", "88.40\t凤凰社区平安巡逻队"]


def test_a_click_on_a_title_sorts_and_turns(table: RecordTable, model: RecordTableModel[Entry]) -> None:
    header = table.horizontalHeader()
    section = model.column_named("得分")
    header.sectionClicked.emit(section)
    assert model.sort_state() == (section, True)
    header.sectionClicked.emit(section)
    assert model.sort_state() == (section, False)
    header.sectionClicked.emit(model.column_named(CHECK_KEY))
    assert model.check_state() == Qt.CheckState.Checked


def test_the_arrangement_is_remembered(
    qtbot, table: RecordTable, model: RecordTableModel[Entry], settings: SettingsStore
) -> None:
    table.setColumnWidth(2, 173)
    table.horizontalHeader().moveSection(3, 2)
    table.show_column(3, False)
    model.sort_by("得分", ascending=False)
    table.save_layout()
    again_model = RecordTableModel(COLUMNS, lambda e: e.id, checkable=True)
    again = RecordTable(again_model, settings, "entries", label="测试")
    qtbot.addWidget(again)
    assert again.columnWidth(2) == 173
    assert again.isColumnHidden(3)
    assert again.horizontalHeader().visualIndex(3) == 2
    assert again_model.sort_state() == (2, False)


def test_a_wide_table_keeps_its_columns_together(table: RecordTable) -> None:
    table.resize(500, 400)
    table.show()
    name, least, other = table.columnWidth(1), table.columnWidth(2), table.columnWidth(3)
    table.resize(1600, 400)
    assert table.columnWidth(1) > name
    assert table.columnWidth(2) > 1.5 * least
    table.setColumnWidth(2, 90)
    table.resize(1500, 400)
    assert table.columnWidth(2) == 90, "what the user gave stays"
    assert table.columnWidth(3) > 1.5 * other
    table.show_column(2, False)
    table.show_column(3, False)
    table.show_column(2, True)
    assert table.columnWidth(2) == 90
    table.resize(500, 400)
    table.show_column(3, True)
    assert table.columnWidth(3) == other


def test_a_narrow_window_hides_columns_only_for_now(table: RecordTable, settings: SettingsStore) -> None:
    table.set_narrow(True)
    assert table.isColumnHidden(3)
    table.save_layout()
    table.set_narrow(False)
    assert not table.isColumnHidden(3)


def test_the_last_column_cannot_be_hidden(table: RecordTable) -> None:
    for section in (1, 2, 3):
        table.show_column(section, False)
    assert [section for section in (1, 2, 3) if not table.isColumnHidden(section)] == [3]


def test_the_header_menu_names_every_column(table: RecordTable) -> None:
    texts = [action.text() for action in table.header_menu(1).actions()]
    assert texts[:3] == ["升序排列", "降序排列", "隐藏此列"]
    assert {"组织名称", "得分", "备案日期"} <= set(texts)


def test_a_stored_arrangement_that_cannot_be_read_is_ignored(settings: SettingsStore) -> None:
    settings._settings.setValue("tables/entries", "{broken")
    assert settings.table_layout("entries") is None


@pytest.mark.parametrize("cells", [(("1", "a"), ("2", "b")), (("换\n行", 'a"b', "c\td"),), (("", "x"),)])
def test_blocks_survive_the_clipboard(cells: tuple[tuple[str, ...], ...]) -> None:
    copied = io.StringIO(format_block(cells), newline="")
    assert tuple(tuple(row) for row in csv.reader(copied, dialect="excel-tab")) == cells


def test_columns_follow_the_text_size(qapp: QApplication, table: RecordTable) -> None:
    table.resize(480, 400)
    before = table.columnWidth(2)
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    assert table.columnWidth(2) == pytest.approx(before * 1.3, abs=2)


def test_a_hundred_thousand_rows_are_shown_whole(qtbot, settings: SettingsStore) -> None:
    model = RecordTableModel(COLUMNS, lambda e: e.id)
    table = RecordTable(model, settings, "many", label="很多")
    qtbot.addWidget(table)
    model.set_records([Entry(number, f"组织{number:06}") for number in range(100_000)])
    table.select_ids((99_999,))
    model.set_filter(lambda e: "99" in e.name)
    assert table.current_record().id == 99_999
    assert len(model.shown()) == sum("99" in f"{number:06}" for number in range(100_000))
