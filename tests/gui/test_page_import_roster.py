"""The import preview: what would happen, corrections, what is stored, what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from core.model.roster import RosterColumn, Verdict
from core.services.services import Services
from core.sheets.reader import read_workbook
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.import_roster import ImportRosterPane
from gui.pages.roster import RosterPage
from gui.settings_store import SettingsStore

NAME, NUMBER, DATE, PHONE, MEMBERS = 3, 6, 7, 10, 11
FIRST, BAD_PHONE, BAD_DATE, BAD_CODE = 5, 17, 31, 40

Choose = Callable[[Path], ImportRosterPane]


@pytest.fixture
def page(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, wait_for_jobs, services: Services):
    desk = Desk(services, jobs, messages, settings, 2025)
    made = RosterPage(desk)
    made.setProperty("desk", desk)
    jobs.saved.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1220, 660)
    made.show()
    made.reload()
    wait_for_jobs()
    return made


@pytest.fixture
def choose(page: RosterPage, messages, wait_for_jobs) -> Choose:
    def begin(path: Path) -> ImportRosterPane:
        messages.chosen = path
        page.perform("import_roster", "")
        messages.chosen = None
        wait_for_jobs()
        return page.importing

    return begin


@pytest.fixture
def faulty(data: Path, tmp_path: Path) -> Path:
    """The sample roster with three cells that cannot be."""
    book = load_workbook(data / "roster.xlsx")
    sheet = book["花名册"]
    sheet.cell(BAD_PHONE, PHONE).value = 1380000123
    sheet.cell(BAD_DATE, DATE).value = "2025.2.30"
    sheet.cell(BAD_CODE, NUMBER).value = "5133O499MJ00000122"
    path = tmp_path / "有误.xlsx"
    book.save(path)
    return path


def figures(pane: ImportRosterPane) -> dict[str, str]:
    return dict(tile.accessibleName().split(" ") for tile in pane.checking.tiles.tiles.values())


def row_of(pane: ImportRosterPane, number: int):
    return next(row for row in pane.checking.rows.model._all if row.row.number == number)


def stored(services: Services) -> dict[str, object]:
    return {each.organization.name: each.organization for each in services.register.register().organizations}


def test_sample_is_shown_and_stored_only_when_confirmed(
    choose: Choose, page: RosterPage, services: Services, data: Path, wait_for_jobs
) -> None:
    pane = choose(data / "roster.xlsx")
    assert page._stack.currentWidget() is pane
    assert figures(pane) == {"新增": "60", "更改": "0", "相同": "0", "重复": "1", "有误": "0"}
    assert pane.checking.foot.communities.text() == "将新建 26 个社区\uff08村\uff09"
    assert not stored(services)
    pane.checking.foot.import_button.click()
    wait_for_jobs()
    assert len(stored(services)) == 60
    assert page._stack.currentWidget() is not pane
    assert page.notice.text() == "已导入名册：新增 60 个、更改 0 个，新建 26 个社区\uff08村\uff09。"
    assert page.organizations.model.rowCount() == 60


@pytest.mark.parametrize(("mended", "number"), [(True, 5), (False, BAD_PHONE)])
def test_the_side_speaks_of_the_row_that_is_marked(
    choose: Choose, data: Path, faulty: Path, mended: bool, number: int
) -> None:
    pane = choose(data / "roster.xlsx" if mended else faulty)
    assert [row.row.number for row in pane.checking.rows.table.selected_records()] == [number]


def test_same_file_again_has_nothing_to_import(choose: Choose, data: Path, wait_for_jobs) -> None:
    choose(data / "roster.xlsx").checking.foot.import_button.click()
    wait_for_jobs()
    pane = choose(data / "roster.xlsx")
    assert figures(pane)["相同"] == "60"
    assert not pane.checking.foot.import_button.isEnabled()


def test_changes_are_shown_old_to_new(
    choose: Choose, data: Path, tmp_path: Path, services: Services, wait_for_jobs
) -> None:
    choose(data / "roster.xlsx").checking.foot.import_button.click()
    wait_for_jobs()
    book = load_workbook(data / "roster.xlsx")
    book["花名册"].cell(FIRST, MEMBERS).value = 99
    book["花名册"].cell(FIRST + 1, PHONE).value = "13800009999"
    book.save(tmp_path / "改.xlsx")
    pane = choose(tmp_path / "改.xlsx")
    assert [row.row.number for row in pane.checking.rows.model.shown() if row.verdict is Verdict.CHANGED] == [
        5,
        6,
    ]
    content = pane.checking.rows.model.columns[3].text
    assert content(row_of(pane, FIRST)) == "成员数 72 → 99"
    assert content(row_of(pane, FIRST + 1)) == "联系电话 138****0101 → 138****9999"
    pane.checking.foot.import_button.click()
    wait_for_jobs()
    assert stored(services)["松枫社区作风监督志愿队"].members == 99


def test_wrong_cell_is_corrected_in_the_preview(
    choose: Choose, faulty: Path, qtbot: QtBot, services: Services, wait_for_jobs
) -> None:
    pane = choose(faulty)
    assert figures(pane)["有误"] == "3"
    assert pane.checking.rows.table.current_record().row.number == BAD_PHONE
    qtbot.keyClick(pane.checking.rows.table, Qt.Key.Key_Return)
    line = pane.checking.side.lines[0]
    assert line.field.text() == "1380000123"
    line.field.setText("13800001234")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    wait_for_jobs()
    assert figures(pane)["有误"] == "2"
    assert pane.checking.rows.table.current_record().verdict is Verdict.NEW
    pane.checking.foot.import_button.click()
    wait_for_jobs()
    assert stored(services)["梅园社区业主互助会"].phones == ("13800001234",)
    assert len(stored(services)) == 58


def test_wrong_field_can_be_left_out_and_taken_back(choose: Choose, faulty: Path, wait_for_jobs) -> None:
    pane = choose(faulty)
    pane.checking.side.findChildren(QRadioButton)[-1].setChecked(True)
    wait_for_jobs()
    row = row_of(pane, BAD_PHONE)
    assert row.verdict is Verdict.NEW and row.row.draft.phones == ()
    undo = next(
        b for b in pane.checking.side.findChildren(QPushButton) if b.text() == "恢复" and not b.isHidden()
    )
    undo.click()
    wait_for_jobs()
    assert row_of(pane, BAD_PHONE).verdict is Verdict.REFUSED


def test_refused_row_stands_beside_the_register(
    choose: Choose, faulty: Path, data: Path, services: Services, wait_for_jobs
) -> None:
    choose(data / "roster.xlsx").checking.foot.import_button.click()
    wait_for_jobs()
    pane = choose(faulty)
    pane.checking.rows.table.select_ids((BAD_PHONE,))
    words = [each.text() for each in pane.checking.side.findChildren(QLabel)]
    assert words[words.index("名册中") :][:5] == [
        "名册中",
        "表格中",
        "联系电话",
        "138****0112",
        "138****0123",
    ]


def test_mistaken_character_has_its_repair(choose: Choose, faulty: Path, wait_for_jobs) -> None:
    pane = choose(faulty)
    pane.checking.rows.table.select_ids((BAD_CODE,))
    repair = "改为 51330499MJ00000122"
    next(b for b in pane.checking.side.findChildren(QPushButton) if b.text() == repair).click()
    wait_for_jobs()
    texts = {said.text for said in row_of(pane, BAD_CODE).row.faults}
    assert "5133O499MJ00000122" not in texts


def test_tiles_filter_one_at_a_time(choose: Choose, faulty: Path) -> None:
    pane = choose(faulty)
    pane.checking.tiles.tiles[Verdict.REFUSED].click()
    assert [row.row.number for row in pane.checking.rows.model.shown()] == [BAD_PHONE, BAD_DATE, BAD_CODE]
    pane.checking.tiles.tiles[Verdict.DUPLICATE].click()
    assert not pane.checking.tiles.tiles[Verdict.REFUSED].isChecked()
    assert len(pane.checking.rows.model.shown()) == 1
    pane.checking.tiles.tiles[Verdict.DUPLICATE].click()
    assert len(pane.checking.rows.model.shown()) == 61


def test_faulty_rows_are_saved_with_their_problem(
    choose: Choose, faulty: Path, messages, tmp_path: Path, wait_for_jobs
) -> None:
    pane = choose(faulty)
    messages.chosen = tmp_path / "待修改.xlsx"
    pane.checking.foot.export_button.click()
    wait_for_jobs()
    cells = [value for row in read_workbook(messages.chosen).sheets[0].rows for value in row]
    assert "问题" in cells and "梅园社区业主互助会" in cells
    assert "导出" in pane.checking.rows.notice.text()


def test_leaving_asks_when_something_was_corrected(
    choose: Choose, page: RosterPage, faulty: Path, messages, services: Services, wait_for_jobs
) -> None:
    pane = choose(faulty)
    pane.checking.side.corrected.emit(BAD_PHONE, RosterColumn.PHONES, "13800001234")
    wait_for_jobs()
    messages.says_yes = False
    pane.checking.foot.left.emit()
    assert page._stack.currentWidget() is pane
    messages.says_yes = True
    pane.checking.foot.left.emit()
    assert page._stack.currentWidget() is not pane
    assert len(messages.questions) == 2 and not stored(services)


def test_file_that_is_no_roster_is_refused(
    choose: Choose, page: RosterPage, messages, tmp_path: Path, services: Services
) -> None:
    path = tmp_path / "说明.xlsx"
    path.write_text("这不是表格", encoding="utf-8")
    pane = choose(path)
    assert page._stack.currentWidget() is not pane
    assert any("说明.xlsx" in text for text in messages.problems)
    assert not stored(services)


@pytest.fixture
def unknown_titles(tmp_path: Path) -> Path:
    """A roster under titles that nobody would guess."""
    book = Workbook()
    book.active.append(["东风社区一览"])
    book.active.append(["序", "队伍", "归哪个社区", "当家人"])
    book.active.append([1, "银杏合唱团", "东风社区", "张三"])
    path = tmp_path / "东风.xlsx"
    book.save(path)
    return path


def test_columns_are_mapped_by_hand_once_and_known_from_then_on(
    choose: Choose, page: RosterPage, unknown_titles: Path, services: Services, wait_for_jobs
) -> None:
    pane = choose(unknown_titles)
    assert page._stack.currentWidget() is pane and not pane.frame.is_checking()
    assert "没有找到花名册的表头" in pane.mapping.look.message
    assert pane.mapping.look.head == range(2, 3)
    assert not pane.mapping.next_button.isEnabled() and pane.mapping.trouble.isVisible()
    for place, field in ((1, "name"), (2, "community"), (3, "principal")):
        pane.mapping.choices[place].choose(field)
        pane.mapping.choices[place].activated.emit(0)
    assert not pane.mapping.trouble.isVisible()
    pane.mapping.next_button.click()
    wait_for_jobs()
    assert pane.frame.is_checking()
    pane.checking.columns_asked.emit()
    wait_for_jobs()
    assert pane.mapping.choices[1].chosen() == "name" and not pane.mapping.trouble.isVisible()
    pane.mapping.next_button.click()
    wait_for_jobs()
    assert row_of(pane, 3).row.draft.principal == "张三"
    assert choose(unknown_titles).frame.is_checking()
    pane.checking.foot.import_button.click()
    wait_for_jobs()
    assert stored(services)["银杏合唱团"].principal == "张三"


def test_columns_can_be_changed_from_the_preview(
    choose: Choose, faulty: Path, messages, wait_for_jobs
) -> None:
    pane = choose(faulty)
    pane.checking.side.corrected.emit(BAD_PHONE, RosterColumn.PHONES, "13800001234")
    wait_for_jobs()
    messages.says_yes = False
    pane.checking.columns_asked.emit()
    assert pane.frame.is_checking() and messages.questions == ["回去改列的对应吗？"]
    messages.says_yes = True
    pane.checking.columns_asked.emit()
    wait_for_jobs()
    assert not pane.frame.is_checking()
    assert pane.mapping.look.head == range(3, 5)
    phones = next(each for each in pane.mapping.choices if each.chosen() == "phones")
    phones.choose(None)
    pane.mapping.next_button.click()
    wait_for_jobs()
    assert figures(pane)["有误"] == "2"
    pane.go_back()
    assert not pane.frame.is_checking()


def test_block_pasted_into_the_list_is_previewed_and_imported(
    choose: Choose, page: RosterPage, data: Path, services: Services, wait_for_jobs
) -> None:
    choose(data / "roster.xlsx").checking.foot.import_button.click()
    wait_for_jobs()
    QGuiApplication.clipboard().setText("组织名称\t所属社区\r\n银杏合唱团\t松枫社区\r\n")
    page.organizations.day_asked.emit(date(2025, 1, 1))
    wait_for_jobs()
    page.organizations.table._paste()
    assert page.notice.text().startswith("这里是 2025-01-01 的内容")
    page.organizations.day_asked.emit(None)
    wait_for_jobs()
    page.organizations.table._paste()
    wait_for_jobs()
    assert page._stack.currentWidget() is page.importing
    page.importing.checking.foot.import_button.click()
    wait_for_jobs()
    assert "银杏合唱团" in stored(services)


def test_preview_of_an_old_register_is_not_written(
    choose: Choose, page: RosterPage, data: Path, messages, services: Services, wait_for_jobs
) -> None:
    pane = choose(data / "roster.xlsx")
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    messages.says_yes = True
    pane.checking.foot.import_button.click()
    wait_for_jobs()
    assert any("没有导入名册" in text for text in messages.problems)
    assert len(stored(services)) == 60


def test_small_window_shows_the_row_as_a_page(choose: Choose, faulty: Path, qtbot: QtBot) -> None:
    pane = choose(faulty)
    pane.set_narrow(True)
    assert pane.checking.tiles.isHidden()
    qtbot.keyClick(pane.checking.rows.table, Qt.Key.Key_Return)
    assert pane.checking._split.is_side_alone()
    pane.go_back()
    assert not pane.checking._split.is_side_alone()
