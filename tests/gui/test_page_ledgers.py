"""The ledgers' page: list by windows, search, form, bin, masked numbers, import of a file and of a block."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.model.activities import Series
from core.model.activity_ledgers import ACTIVITIES
from core.model.dates import PartialDate
from core.model.journal import ActDraft
from core.model.ledger import Ledger
from core.model.people import Person
from core.model.register_ledgers import PEOPLE
from core.model.roster import Verdict
from core.rules.ledger_values import blank_record
from core.services.services import Services
from core.sheets.reader import read_workbook
from gui.dialogs.ledger_form import LedgerForm
from gui.dialogs.reason_form import ReasonForm
from gui.pages.ledger_columns import ON_THE_WAY
from gui.pages.ledger_detail import LedgerDetail
from gui.pages.ledger_menu import SHOWN_LEDGERS
from gui.pages.ledgers import LedgersPane
from gui.pages.roster import LEDGERS as LEDGERS_TAB
from gui.pages.roster import RosterPage
from gui.windowed_table import WindowedModel

MANY = 600
Show = Callable[[str], LedgersPane]


def put(services: Services, ledger: Ledger, **values: object) -> str:
    return services.ledgers.save(ledger, replace(blank_record(ledger), **values))


def organization(services: Services, place: int = 0) -> str:
    return services.register.register().organizations[place].id


@pytest.fixture
def show(show_page, sample: Services, wait_for_jobs) -> Show:
    """Shows the page at a ledger, as the window does."""

    def show(argument: str) -> LedgersPane:
        page = show_page(RosterPage, sample)
        page.perform("ledger", argument)
        wait_for_jobs()
        return page.ledgers

    return show


@pytest.fixture
def many(sample: Services) -> Services:
    """More activities than a window holds."""
    owner = organization(sample)
    with_title = [
        replace(
            blank_record(ACTIVITIES),
            organization_id=owner,
            title=f"夜间巡逻{number}",
            held_on=PartialDate(2025, 1 + number % 12, 1 + number % 28),
            visits=number,
            series=Series.SAFETY if number % 2 else None,
            search_key=f"夜间巡逻{number} yejianxunluo{number}",
        )
        for number in range(MANY)
    ]
    with sample.store.writing(ActDraft("导入活动", "录入员")) as work:
        work.add(with_title)
    return sample


def test_only_the_windows_in_sight_are_read(show: Show, many: Services, wait_for_jobs, qtbot: QtBot) -> None:
    pane = show("activities").pane()
    assert pane.model.rowCount() == MANY
    last = MANY - 1
    qtbot.waitUntil(lambda: pane.model.is_held(0))
    assert not pane.model.is_held(last)
    assert pane.model.index(last, 0).data() == ON_THE_WAY
    pane.table.scrollToBottom()
    qtbot.waitUntil(lambda: pane.model.is_held(last))
    assert pane.model.index(last, pane.model.column_named("title")).data().startswith("夜间巡逻")


def test_windowed_model_keeps_the_rules_of_models(show: Show, many: Services, request) -> None:
    pane = show("activities").pane()
    tester = ModelTester(request.config)
    tester.check(pane.model)
    pane.model.set_ids(("a", "b"))
    tester._cleanup()


def test_rows_of_an_answer_that_was_overtaken_are_dropped(many: Services) -> None:
    asked = []
    model = WindowedModel((), lambda row: row, "")
    model.rows_asked.connect(asked.append)
    model.set_ids(("a", "b"))
    model.record_at(0)
    model._ask()
    model.set_ids(("c",))
    model.put_rows(asked[0], ("a", "b"))
    assert not model.is_held(0)
    assert model.record_at(0) == ""


def test_search_chips_and_order_are_the_stores(
    show: Show, many: Services, wait_for_jobs, qtbot: QtBot
) -> None:
    pane = show("activities").pane()
    pane.filters.search.setText("xunluo59")
    pane.filters.search.returnPressed.emit()
    wait_for_jobs()
    assert pane.model.rowCount() == 11
    pane.filters.choose("series", Series.SAFETY)
    wait_for_jobs()
    assert pane.model.rowCount() == 6
    pane.table._sort(pane.model.column_named("visits"), ascending=False)
    wait_for_jobs()
    qtbot.waitUntil(lambda: pane.model.is_held(0))
    wait_for_jobs()
    assert pane.model.record_at(0).record.visits == 599


def test_export_right_after_typing_holds_all_that_is_found(
    show: Show, many: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    pane = show("activities").pane()
    messages.chosen = tmp_path / "活动.xlsx"
    pane.filters.search.setText("xunluo59")
    pane.filters.search.tell()
    wait_for_jobs()
    pane.filters.search.setText("yejian")
    pane.export(publication=False)
    wait_for_jobs()
    assert pane.notice.text() == f"已导出 {MANY} 条活动到“活动.xlsx”。"
    assert sum("夜间巡逻" in str(row) for row in read_workbook(messages.chosen).sheets[0].rows) == MANY
    pane.filters.search.setText("没有")
    pane.export(publication=False)
    wait_for_jobs()
    assert pane.notice.text() == "没有可以导出的内容，请先清除筛选。"


def test_empty_ledger_says_what_belongs_there_and_fills(show: Show, wait_for_jobs, qtbot: QtBot) -> None:
    ledgers = show("projects")
    pane = ledgers.pane()
    assert pane._stack.currentWidget() is pane._empty
    assert not ledgers._new.isVisible()
    qtbot.keyClick(ledgers.window(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(pane.findChildren(LedgerForm)))
    pane.findChildren(LedgerForm)[0].reject()
    put(ledgers._desk.services, pane.ledger, title="居家养老服务")
    ledgers.reload()
    wait_for_jobs()
    assert pane._stack.currentWidget() is pane._split
    assert ledgers._new.isVisible()


def test_opened_for_an_organization_only_its_records_are_shown(
    show: Show, sample: Services, wait_for_jobs
) -> None:
    first, second = organization(sample), organization(sample, 1)
    put(sample, ACTIVITIES, organization_id=first, title="包粽子")
    put(sample, ACTIVITIES, organization_id=second, title="理发")
    pane = show(f"activities:{second}").pane()
    assert pane.model.rowCount() == 1
    assert "的活动" in pane.scope._words.whole_text()
    pane.scope.left.emit()
    wait_for_jobs()
    assert pane.model.rowCount() == 2
    assert pane.scope.isHidden()


def test_number_is_masked_until_it_is_asked_for_and_that_is_logged(
    show: Show, sample: Services, wait_for_jobs, qtbot: QtBot
) -> None:
    put(sample, PEOPLE, name="张三", phones=("13800000104",))
    ledgers = show("people")
    detail = ledgers.pane().detail
    qtbot.waitUntil(lambda: "phones" in detail.masked)
    row = detail.masked["phones"]
    assert row.value.text() == "138****0104"
    row.toggle.click()
    wait_for_jobs()
    assert row.value.text() == "13800000104"
    assert detail.masked["phones"] is row
    assert sample.register.acts(1)[0].verb == "查看号码"


def test_delete_key_puts_the_selection_into_the_bin(
    show: Show, sample: Services, wait_for_jobs, qtbot: QtBot
) -> None:
    for title in ("包粽子", "理发", "巡逻"):
        put(sample, ACTIVITIES, organization_id=organization(sample), title=title)
    pane = show("activities").pane()
    qtbot.waitUntil(lambda: pane.model.is_held(0))
    pane.table.selectAll()
    pane.remove_selected()
    wait_for_jobs()
    assert sample.ledgers.find(ACTIVITIES) == ()
    assert pane._stack.currentWidget() is pane._empty


def test_copying_rows_that_were_never_in_sight(
    show: Show, many: Services, wait_for_jobs, qtbot: QtBot
) -> None:
    pane = show("activities").pane()
    pane.table.selectAll()
    pane.table.copy_selection()
    wait_for_jobs()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == MANY
    assert not any(ON_THE_WAY in line for line in lines)


def test_form_of_the_current_record_opens_by_f2(
    show: Show, sample: Services, wait_for_jobs, qtbot: QtBot
) -> None:
    put(sample, ACTIVITIES, organization_id=organization(sample), title="包粽子")
    pane = show("activities").pane()
    qtbot.waitUntil(lambda: pane.table.current_record() is not None)
    pane.edit_record()
    wait_for_jobs()
    (form,) = pane.findChildren(LedgerForm)
    assert form.isVisible()
    assert form._editors["title"].text() == "包粽子"
    form.reject()


def test_export_for_publication_leaves_numbers_out(
    show: Show, sample: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    put(sample, PEOPLE, name="张三", phones=("13800000104",))
    pane = show("people").pane()
    messages.chosen = tmp_path / "人员.xlsx"
    pane.export(publication=True)
    wait_for_jobs()
    assert "已导出 1 条人员" in pane.notice.text()
    assert not messages.errors
    assert messages.chosen.stat().st_size > 0


# Import


def activities_file(folder: Path, services: Services) -> Path:
    name = services.register.register().organizations[0].organization.name
    book = Workbook()
    sheet = book.active
    sheet.append(["填表单位：示例街道"])
    sheet.append(["组织名称", "节目", "时间", "参加人次"])
    sheet.append([name, "重阳敬老", "2025.10.29", 120])
    sheet.append([name, "垃圾分类宣传", "2025.2.30", 80])
    path = folder / "活动.xlsx"
    book.save(path)
    return path


def choose_column(ledgers: LedgersPane, place: int, field: str) -> None:
    choice = ledgers.importing.mapping.choices[place]
    choice.choose(field)
    choice.activated.emit(choice.currentIndex())


def test_import_maps_a_column_by_hand_and_remembers_it(
    show: Show, sample: Services, wait_for_jobs, tmp_path: Path
) -> None:
    ledgers = show("activities")
    path = activities_file(tmp_path, sample)
    importing = ledgers.importing
    importing.open_table(ACTIVITIES, path)
    wait_for_jobs()
    assert ledgers.currentWidget() is importing
    assert importing.mapping.look.head == range(2, 3)
    assert importing.mapping.place().mapping == {0: "organization_id", 2: "held_on", 3: "visits"}
    assert not importing.mapping.next_button.isEnabled()
    choose_column(ledgers, 1, "title")
    importing.mapping.next_button.click()
    wait_for_jobs()
    preview = importing.checking.preview
    assert [len(preview.of(each)) for each in (Verdict.NEW, Verdict.REFUSED)] == [1, 1]
    importing.checking.foot.import_button.click()
    wait_for_jobs()
    assert len(sample.ledgers.find(ACTIVITIES)) == 1
    assert "新增 1 条" in ledgers.pane().notice.text()
    importing.open_table(ACTIVITIES, path)
    wait_for_jobs()
    assert importing.mapping.place().mapping[1] == "title"


def test_head_can_be_pointed_at_by_eye(show: Show, sample: Services, wait_for_jobs, tmp_path: Path) -> None:
    ledgers = show("activities")
    mapping = ledgers.importing.mapping
    ledgers.importing.open_table(ACTIVITIES, activities_file(tmp_path, sample))
    wait_for_jobs()
    mapping.table._choose(1)
    wait_for_jobs()
    assert mapping.look.head == range(1, 2)
    assert mapping.place().mapping == {}
    mapping.table._choose(2)
    wait_for_jobs()
    assert mapping.place().mapping[0] == "organization_id"


def test_faulty_rows_are_saved_as_a_sheet(
    show: Show, sample: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    ledgers = show("activities")
    importing = ledgers.importing
    importing.open_table(ACTIVITIES, activities_file(tmp_path, sample))
    wait_for_jobs()
    choose_column(ledgers, 1, "title")
    importing.mapping.next_button.click()
    wait_for_jobs()
    messages.chosen = tmp_path / "有误.xlsx"
    importing.checking.foot.export_button.click()
    wait_for_jobs()
    assert "有误的 1 行" in importing.checking.notice.text()
    assert messages.chosen.exists()


def test_block_pasted_from_excel_is_previewed(show: Show, sample: Services, wait_for_jobs) -> None:
    name = sample.register.register().organizations[0].organization.name
    put(sample, ACTIVITIES, organization_id=organization(sample), title="包粽子")
    ledgers = show("activities")
    QGuiApplication.clipboard().setText(f"组织名称\t活动名称\t服务人次\r\n{name}\t重阳敬老\t120\r\n")
    ledgers.pane().table._paste()
    wait_for_jobs()
    importing = ledgers.importing
    assert importing.mapping.place().mapping == {0: "organization_id", 1: "title", 2: "visits"}
    importing.mapping.next_button.click()
    wait_for_jobs()
    assert [line.verdict for line in importing.checking.preview.lines] == [Verdict.NEW]


def test_file_that_is_no_workbook_is_told(show: Show, messages, wait_for_jobs, tmp_path: Path) -> None:
    path = tmp_path / "活动.xlsx"
    path.write_bytes(b"no workbook")
    ledgers = show("activities")
    ledgers.importing.open_table(ACTIVITIES, path)
    wait_for_jobs()
    assert messages.problems == ["没有读取“活动.xlsx”"]
    assert ledgers.currentWidget() is not ledgers.importing


def test_buttons_of_the_roster_are_gone_on_this_tab(show: Show, qtbot: QtBot) -> None:
    page = show("activities").parentWidget()
    while not isinstance(page, RosterPage):
        page = page.parentWidget()
    for narrow in (False, True, False):
        page.set_narrow(narrow)
        texts = [each.text() for each in page.header.findChildren(QPushButton) if each.isVisible()]
        assert texts == []
    page.header.tabs.setCurrentIndex(LEDGERS_TAB - 1)
    assert page._new.isVisible()


def test_list_and_pane_share_the_page_only_where_there_is_room(show: Show, sample: Services, qtbot) -> None:
    put(sample, ACTIVITIES, organization_id=organization(sample), title="包粽子")
    ledgers = show("activities")
    pane = ledgers.pane()
    ledgers.set_narrow(True)
    assert not pane.detail.isVisible()
    qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    assert pane.detail.isVisible()
    assert not pane.table.isVisible()
    qtbot.keyClick(pane.detail, Qt.Key.Key_Escape)
    assert pane.table.isVisible()


def test_arrow_keys_pass_over_the_captions_of_the_menu(show: Show, wait_for_jobs, qtbot: QtBot) -> None:
    ledgers = show("particulars")
    qtbot.keyClick(ledgers.menu, Qt.Key.Key_Down)
    wait_for_jobs()
    assert ledgers.menu.code() == "good_evidence"
    assert ledgers.pane().ledger.code == "good_evidence"


def test_template_is_saved_from_the_empty_page(
    show: Show, messages, wait_for_jobs, tmp_path: Path, qtbot: QtBot
) -> None:
    pane = show("activities").pane()
    messages.chosen = tmp_path / "模板.xlsx"
    pane.sheets.save_template()
    wait_for_jobs()
    assert not messages.errors
    assert messages.chosen.stat().st_size > 0


def test_every_ledger_is_shown(show: Show, wait_for_jobs, messages) -> None:
    ledgers = show("units")
    for ledger in SHOWN_LEDGERS:
        ledgers.open(ledger.code)
        wait_for_jobs()
        assert ledgers._header._title.text() == ledger.label
    assert not messages.bugs
    assert not messages.errors


def test_a_persons_data_are_erased_from_the_detail(show: Show, sample: Services, wait_for_jobs) -> None:
    put(sample, PEOPLE, name="张三", phones=("13800001234",))
    with sample.store.reading() as view:
        someone = next(each for each in view.all(Person) if each.name == "张三")
    pane = show("people")
    detail = next(each for each in pane.findChildren(LedgerDetail) if each.isVisible())
    detail.show_row(sample.ledgers.rows(PEOPLE, [someone.id])[0])
    wait_for_jobs()
    next(each for each in detail.findChildren(QPushButton) if each.text() == "按本人要求删除……").click()
    wait_for_jobs()
    form = detail.findChild(ReasonForm)
    form.accept()
    assert form.isVisible()  # no reason yet
    form.reason.setText("本人2026年1月8日提出")
    form.accept()
    wait_for_jobs()
    with sample.store.reading() as view:
        assert someone.id not in [each.id for each in view.all(Person)]
