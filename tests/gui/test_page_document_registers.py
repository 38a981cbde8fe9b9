"""The register of numbers and the templates: gaps are explained, templates changed and given back."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model.document_text import TextPeople, TextReceipt, TextReceiptField
from core.model.text_comparison import Change
from core.services.document_editing import FieldWords
from core.services.document_opening import Wanted
from core.services.document_templates import shipped_templates
from core.services.document_versions import compare_versions
from core.services.services import Services
from gui.clipboard import put_block
from gui.dialogs.block_heads import BlockHeads
from gui.dialogs.insert_fact import InsertFact
from gui.dialogs.new_document import NewDocument
from gui.dialogs.receipt_form import ReceiptForm
from gui.dialogs.skip_number import SkipNumber
from gui.dialogs.template_name import TemplateName
from gui.dialogs.typed_rows import USUAL_RECEIPT, TypedPeople, TypedReceipt
from gui.dialogs.typed_table import TypedTable
from gui.messages import Answer
from gui.pages.documents import REGISTER, TEMPLATES, WRITING, DocumentsPage
from gui.pages.documents_annexes import TAIL
from gui.widgets.pdf_view import PdfView
from tests.core.played_days import named

NOTICE = "results-notice"
LETTER = "result-letter"
SERIES = "示例街办"

Open = Callable[[Services], DocumentsPage]


@pytest.fixture
def open_page(show_page: Callable[..., DocumentsPage]) -> Open:
    return partial(show_page, DocumentsPage)


@pytest.fixture
def open_tab(open_page: Open, wait_for_jobs: Callable[[], None]) -> Callable[..., DocumentsPage]:
    def show(services: Services, tab: int) -> DocumentsPage:
        page = open_page(services)
        page.header.tabs.setCurrentIndex(tab)
        wait_for_jobs()
        return page

    return show


# The register


def test_gaps_are_shown_and_explained(
    open_tab: Callable[..., DocumentsPage], computed: Services, wait_for_jobs: Any
) -> None:
    computed.document_issue.skip(SERIES, 2026, 4, "手写发文")
    page = open_tab(computed, REGISTER)
    rows = [page.register.model.record_at(row) for row in range(2)]
    assert [(row.number, row.state) for row in rows] == [
        ("示例街办〔2026〕1 至 3号", "未登记"),
        ("示例街办〔2026〕4号", "空号"),
    ]
    assert any("有 1 处号没有用过" in text for text in _texts(page))
    _button(page, "只看空号").click()
    assert page.register.model.rowCount() == 1
    _button(page, "登记空号").click()
    form = _dialog(page, SkipNumber)
    form.accept()
    assert form.reason_row.is_wrong()
    form.reason.setText("前三号手写发出")
    form.accept()
    wait_for_jobs()
    assert [each.reason for each in computed.document_issue.papers()] == ["前三号手写发出"] * 3 + ["手写发文"]
    assert not any("没有用过" in text for text in _texts(page))


def test_number_that_was_given_cannot_be_skipped(
    open_tab: Callable[..., DocumentsPage], computed: Services, wait_for_jobs: Any
) -> None:
    computed.document_issue.skip(SERIES, 2026, 1, "手写发文")
    page = open_tab(computed, REGISTER)
    _button(page, "登记空号").click()
    form = _dialog(page, SkipNumber)
    form.series.setText(SERIES)
    form.first.setValue(1)
    form.last.setValue(3)
    form.reason.setText("又一次")
    form.accept()
    wait_for_jobs()
    assert form.number_row.is_wrong()
    assert len(computed.document_issue.papers()) == 1


def test_register_is_searched_exported_and_leads_to_the_document(
    open_tab: Callable[..., DocumentsPage],
    computed: Services,
    messages: Any,
    wait_for_jobs: Any,
    tmp_path: Path,
) -> None:
    computed.document_issue.at_once(Wanted(NOTICE, 2025), note="已核对")
    computed.document_issue.skip("某街函", 2026, 1, "手写发文")
    page = open_tab(computed, REGISTER)
    page.register.search.setText("通报")
    page.register.search.changed.emit("通报")
    assert page.register.model.rowCount() == 1
    messages.chosen = tmp_path / "登记簿.xlsx"
    _button(page, "导出").click()
    wait_for_jobs()
    sheet = openpyxl.load_workbook(messages.chosen).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "示例街办〔2026〕1号" in cells and "某街函〔2026〕1号" not in cells
    page.register.table.selectRow(0)
    _button(page, "打开文书").click()
    wait_for_jobs()
    assert page.header.tabs.currentIndex() == WRITING
    assert page.writing.papers.current().document.title == "关于2025年度社会组织考核结果的通报"


def test_receipts_that_came_back_are_told_and_taken_back(
    open_tab: Callable[..., DocumentsPage], computed: Services, wait_for_jobs: Any
) -> None:
    computed.document_issue.at_once(Wanted(NOTICE, 2025), note="已核对")
    names = ("凤凰社区平安巡逻队", "东升社区合唱团", "水洞埭社区平安巡逻队")
    for name in names:
        ref_id = named(computed, 2025, name).id
        computed.document_issue.at_once(Wanted(LETTER, 2025, ref_id=ref_id), note="已核对")
    page = open_tab(computed, REGISTER)
    register = page.register
    register.receipt.set_chosen("未收回")
    assert {row.recipient for row in register.model.shown()} == set(names)
    register.table.selectAll()
    _button(page, "登记回执").click()
    form = _dialog(page, ReceiptForm)
    form.accept()
    wait_for_jobs()
    assert register.model.rowCount() == 0 and not _button(page, "登记回执").isEnabled()
    register.receipt.set_chosen("已收回")
    assert {row.remark for row in register.model.shown()} == {"2026-01-08 收回回执"}
    computed.versions.undo(computed.versions.newest_undoable())
    assert {each.received_on for each in computed.document_issue.papers()} == {None}


def test_document_of_another_year_is_opened_in_its_list(
    open_page: Open, computed: Services, wait_for_jobs: Any
) -> None:
    other = computed.documents.write(Wanted("notice", 2026))
    page = open_page(computed)
    page.property("desk").year_changed.connect(lambda _year: page.reload())
    page.perform("document", other.id)
    wait_for_jobs()
    assert page.property("desk").year == 2026
    assert page.writing.papers.current().document.id == other.id


# Templates


def test_template_is_changed_and_restored(
    open_tab: Callable[..., DocumentsPage], computed: Services, wait_for_jobs: Any
) -> None:
    page = open_tab(computed, TEMPLATES)
    pane = page.templates
    pane.table.select_ids((NOTICE,))
    wait_for_jobs()
    pane.editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    pane.editor.edit.put_paragraphs(["", "本通报自印发之日起生效。"])
    _button(page, "保存模板").click()
    wait_for_jobs()
    changed = computed.document_templates.template(NOTICE)
    assert changed.blocks[:-1] == shipped_templates()[NOTICE].blocks
    assert changed.blocks[-1].text == "本通报自印发之日起生效。"
    assert "已修改" in [pane.model.columns[1].text(line) for line in _lines(pane)]
    _button(page, "恢复自带").click()
    wait_for_jobs()
    assert computed.document_templates.template(NOTICE) == shipped_templates()[NOTICE]
    assert "自印发之日" not in pane.editor.edit.toPlainText()


def test_unsaved_template_is_asked_about(
    open_tab: Callable[..., DocumentsPage], computed: Services, messages: Any, wait_for_jobs: Any
) -> None:
    page = open_tab(computed, TEMPLATES)
    page.templates.table.select_ids((NOTICE,))
    wait_for_jobs()
    page.templates.editor.edit.put_paragraphs(["改了"])
    messages.answer = Answer.STAY
    page.header.tabs.setCurrentIndex(REGISTER)
    assert page.header.tabs.currentIndex() == TEMPLATES
    messages.answer = Answer.DISCARD
    page.header.tabs.setCurrentIndex(REGISTER)
    wait_for_jobs()
    assert page.header.tabs.currentIndex() == REGISTER
    assert computed.document_templates.template(NOTICE) == shipped_templates()[NOTICE]


def test_own_template_is_made_written_out_read_in_and_used(
    open_tab: Callable[..., DocumentsPage],
    computed: Services,
    messages: Any,
    wait_for_jobs: Any,
    tmp_path: Path,
) -> None:
    page = open_tab(computed, TEMPLATES)
    pane = page.templates
    pane.table.select_ids((NOTICE,))
    wait_for_jobs()
    _action(pane, "另存为新模板……").trigger()
    form = _dialog(page, TemplateName)
    form.name.setText("简短通报")
    form.accept()
    wait_for_jobs()
    own = next(line for line in computed.document_templates.lines() if line.name == "简短通报")
    assert (own.is_own, own.is_shipped) == (True, False)
    pane.table.select_ids((own.code,))
    wait_for_jobs()
    messages.chosen = tmp_path / "模板.toml"
    _action(pane, "导出为文件").trigger()
    wait_for_jobs()
    _action(pane, "删除这个模板").trigger()
    wait_for_jobs()
    assert own.code not in [line.code for line in computed.document_templates.lines()]
    _action(pane, "从文件导入").trigger()
    wait_for_jobs()
    assert own.code in [line.code for line in computed.document_templates.lines()]
    pane.table.select_ids((own.code,))
    wait_for_jobs()
    _button(page, "用它起草").click()
    wait_for_jobs()
    assert page.header.tabs.currentIndex() == WRITING
    assert [each.template for each in computed.documents.documents(2025)] == [own.code]


def test_file_that_is_no_template_is_refused(
    open_tab: Callable[..., DocumentsPage],
    computed: Services,
    messages: Any,
    wait_for_jobs: Any,
    tmp_path: Path,
) -> None:
    page = open_tab(computed, TEMPLATES)
    messages.chosen = tmp_path / "坏.toml"
    messages.chosen.write_text("title = [", "utf-8")
    _action(page.templates, "从文件导入").trigger()
    wait_for_jobs()
    assert [each.code for each in messages.errors] == ["toml_unreadable"]


# Data and blocks in the editor


def test_data_are_put_where_the_keyboard_was(open_page: Open, computed: Services, wait_for_jobs: Any) -> None:
    computed.documents.write(Wanted(NOTICE, 2025))
    page = open_page(computed)
    editor = page.writing.editor
    page.activateWindow()
    editor.form.note.setFocus()
    editor.form.line_entered.emit(editor.form.note)
    editor.ask_fact()
    form = _dialog(page, InsertFact)
    form.table.select_ids(("联系电话",))
    form.table.opened.emit(form.table.current_record())
    texts = (editor.form.note.text(), editor.edit.blocks()[0].text)
    assert sum("{联系电话}" in text for text in texts) == 1


def test_list_becomes_a_table_and_its_heads_are_changed(
    open_page: Open, computed: Services, wait_for_jobs: Any
) -> None:
    computed.documents.write(Wanted(NOTICE, 2025))
    page = open_page(computed)
    editor = page.writing.editor
    editor.ask_fact()
    form = _dialog(page, InsertFact)
    form.table.select_ids(("各奖项",))
    _button(form, "插入表格").click()
    table = editor.edit.current_block()
    assert table.rows == "各奖项"
    editor.ask_heads()
    heads = _dialog(page, BlockHeads)
    heads.lines[1].set_text("奖项名称")
    heads.accept()
    assert editor.edit.current_block().columns[1].title == "奖项名称"
    page.may_leave()
    assert "奖项名称" in computed.documents.documents(2025)[0].text


def test_table_is_typed_printed_and_opened_again(
    open_page: Open, computed: Services, qtbot: QtBot, wait_for_jobs: Any
) -> None:
    draft = computed.documents.write(Wanted(NOTICE, 2025))
    page = open_page(computed)
    editor = page.writing.editor
    editor.ask_table()
    form = _dialog(page, TypedTable)
    QGuiApplication.clipboard().setText('事项\t期限\r\n整改\t{年度}年底\r\n复查\t"明年\n{无此字段}"\r\n')
    qtbot.keyClick(form.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    form.remove_rows()
    form.grid.setCurrentCell(3, 0)
    qtbot.keyClick(form.grid, Qt.Key.Key_E)
    cell = form.grid.findChild(QLineEdit)
    qtbot.keyClicks(cell, "nd")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.grid.text(3, 0) == "end")
    assert form.isVisible()
    form.grid.setCurrentCell(0, 2)
    form.remove_columns()
    form.grid.setColumnWidth(0, form.grid.columnWidth(0) * 2)
    form.accept()
    table = editor.edit.current_block()
    assert [(each.title, each.weight) for each in table.columns] == [("事项", 12), ("期限", 6)]
    assert table.cells == (("整改", "{年度}年底"), ("复查", "明年 ｛无此字段｝"), ("end", ""))
    qtbot.waitUntil(lambda: "2025年底" in _text_of(page.writing.preview.view))
    page.may_leave()
    opened = computed.documents.open(draft.id)
    assert table in opened.text.blocks
    compared = compare_versions(opened, draft.text, opened.document.text)
    assert "整改｜2025年底" in [each.new for each in compared if each.change is Change.ADDED]
    editor.ask_heads()
    again = _dialog(page, TypedTable)
    assert again.made() == table
    again.grid.setCurrentCell(1, 0)
    again.remove_rows()
    again.accept()
    assert editor.edit.current_block().cells == table.cells[1:]


def test_pasted_block_stays_within_a_table(qtbot: QtBot, messages: Any) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    form = TypedTable(None, FieldWords({}), messages, parent)
    put_block([["x"] * 22] * 502)
    form.grid.paste()
    table = form.made()
    assert (len(table.cells), len(table.columns)) == (500, 20)
    assert "多出的没有放进来" in _words_of(form)
    assert (form.rows.minimum(), form.columns.minimum()) == (500, 20)
    form.add_row()
    form.add_column()
    assert form.made() == table


def test_annex_is_added_written_and_taken_out(
    open_page: Open, computed: Services, messages: Any, wait_for_jobs: Any
) -> None:
    computed.documents.write(Wanted(NOTICE, 2025))
    page = open_page(computed)
    editor = page.writing.editor
    editor.add_annex("联系人", ())
    editor.edit.put_paragraphs(["张三"])
    assert page.may_leave()
    opened = computed.documents.open(computed.documents.documents(2025)[0].id)
    assert [each.title for each in opened.text.annexes][-1] == "联系人"
    assert opened.text.annexes[-1].blocks[0].text == "张三"
    editor.annexes.removed.emit(2)
    assert page.may_leave()
    assert messages.questions[-1] == "去掉这个附件吗？"
    opened = computed.documents.open(opened.document.id)
    assert len(opened.text.annexes) == 2


def test_lists_behind_minutes_are_moved_and_taken_out(
    open_page: Open, computed: Services, qtbot: QtBot
) -> None:
    minutes = shipped_templates()["minutes"]
    draft = computed.documents.write(Wanted("minutes", 2025))
    page = open_page(computed)
    editor = page.writing.editor
    assert editor.text() == minutes
    editor.annexes.opened.emit(TAIL)
    assert editor.edit.current_block() == minutes.attendance[0]
    qtbot.keyClicks(editor.edit, "x")
    qtbot.keyClick(editor.edit, Qt.Key.Key_Return)
    QGuiApplication.clipboard().setText("x")
    editor.edit.paste()
    editor.edit.remove_block()
    assert page.may_leave()
    assert computed.documents.open(draft.id).text.attendance == minutes.attendance[1:]
    assert computed.documents.open(draft.id).text.blocks == minutes.blocks


def test_people_and_receipt_are_typed_printed_undone_and_opened_again(
    open_page: Open, computed: Services, qtbot: QtBot, messages: Any
) -> None:
    draft = computed.documents.write(Wanted("minutes", 2025))
    page = open_page(computed)
    editor = page.writing.editor
    menu = _button(page, "插入附件").menu()
    menu.aboutToShow.emit()
    acts = {each.text(): each for each in menu.actions()}
    acts["文后名单：出席、请假、列席"].trigger()
    form = _dialog(page, TypedPeople)
    assert form.line.text() == "请假" and form.made().typed == ()
    put_block([["甲一、乙二"], ["丙三", "{单位}主任"]])
    form.grid.paste()
    form.line.set_text("列席")
    form.accept()
    people = editor.edit.current_block()
    assert people == TextPeople("列席", "", typed=(("甲一", ""), ("乙二", ""), ("丙三", "{单位}主任")))
    acts["送达回执"].trigger()
    slip = _dialog(page, TypedReceipt)
    assert slip.made() == USUAL_RECEIPT
    slip.grid.put(0, 1, "会议纪要")
    messages.answer = Answer.STAY
    slip.reject()
    assert messages.questions == ["写下的送达回执"]
    assert slip.isVisible()
    slip.accept()
    receipt = editor.edit.current_block()
    assert receipt.rows[0] == (TextReceiptField("送达文书", "会议纪要"),)
    qtbot.waitUntil(lambda: "送达文书：会议纪要" in _text_of(page.writing.preview.view))
    assert "示例街道办事处主任" in _text_of(page.writing.preview.view)
    page.may_leave()
    opened = computed.documents.open(draft.id)
    assert (opened.text.attendance[-1], opened.text.receipt) == (people, receipt)
    with ZipFile(BytesIO(computed.documents.word(opened.filled()))) as package:
        assert "受送达单位" in package.read("word/document.xml").decode()
    qtbot.keyClick(editor.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text().receipt == TextReceipt()
    qtbot.keyClick(editor.edit, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    editor.ask_heads()
    again = _dialog(page, TypedReceipt)
    assert again.made() == receipt
    again.reject()
    assert len(messages.questions) == 1


def test_document_about_one_subject_is_chosen_by_name(
    open_page: Open, computed: Services, wait_for_jobs: Any
) -> None:
    page = open_page(computed)
    page.writing.ask_new()
    wait_for_jobs()
    form = _dialog(page, NewDocument)
    form.table.select_ids((LETTER,))
    wait_for_jobs()
    assert form.about.isVisible()
    names = [form.about.itemText(place) for place in range(form.about.count())]
    assert names[0].startswith("全部") and len(names) == 61
    form.about.setEditText("没有这个名字")
    assert not _button(form, "起草").isEnabled()
    form.about.setEditText(names[3])
    _button(form, "起草").click()
    wait_for_jobs()
    (document,) = computed.documents.documents(2025)
    opened = computed.documents.open(document.id)
    assert [copy.recipient for copy in opened.copies] == [names[3]]


def _lines(pane: Any) -> list[Any]:
    return [pane.model.record_at(row) for row in range(pane.model.rowCount())]


def _dialog(page: QWidget, kind: type[QDialog]) -> Any:
    return [each for each in page.findChildren(kind) if each.isVisible()][-1]


def _button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def _action(pane: Any, text: str) -> Any:
    return next(each for each in pane._more.menu().actions() if each.text() == text)


def _texts(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def _text_of(view: PdfView) -> str:
    """The words on the pages that a preview shows."""
    if not view.page_count():
        return ""
    document = pypdfium2.PdfDocument(view._data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def _words_of(form: QDialog) -> str:
    return "".join(each.text() for each in form.findChildren(QLabel))
