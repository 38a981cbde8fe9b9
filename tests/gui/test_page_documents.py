"""The documents page: a document from its template to the register, nothing lost on its way."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from PySide6.QtCore import QDate, QMetaObject, QPoint, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model.mark_entry import TypedMark
from core.model.written_document import DocumentState, IssuedPaper, WrittenDocument
from core.services.document_opening import Wanted
from core.services.services import Services
from gui.dialogs.document_findings import FindingsDialog
from gui.dialogs.document_versions import VersionsDialog
from gui.dialogs.issue_document import IssueForm
from gui.dialogs.new_document import NewDocument
from gui.dialogs.printing import ChoosePrinter
from gui.dialogs.reason_form import ReasonForm
from gui.jobs import JobRunner
from gui.pages.documents import REGISTER, TEMPLATES, WRITING, DocumentsPage
from gui.widgets.pdf_view import PdfView

TITLE = "关于2025年度社会组织考核结果的通报"
NOTICE = "results-notice"
ALT = Qt.KeyboardModifier.AltModifier

Open = Callable[[Services], DocumentsPage]


@pytest.fixture
def open_page(show_page: Callable[..., DocumentsPage], print_to_file: ChoosePrinter) -> Open:
    return partial(show_page, lambda desk: DocumentsPage(desk, print_to_file))


@pytest.fixture
def drafted(computed: Services) -> WrittenDocument:
    """A draft of the results notice."""
    return computed.documents.write(Wanted(NOTICE, 2025))


# A journey


def test_from_a_template_to_the_register(
    open_page: Open,
    computed: Services,
    messages: Any,
    wait_for_jobs: Callable[[], None],
    tmp_path: Path,
    printed_to: Path,
) -> None:
    page = open_page(computed)
    _button(page, "起草文书").click()
    wait_for_jobs()
    chosen = _dialog(page, NewDocument)
    chosen.table.select_ids((NOTICE,))
    wait_for_jobs()
    chosen.table.opened.emit(chosen.table.current_record())
    wait_for_jobs()
    assert page.header.tabs.tabText(WRITING) == "文书 1"
    edit = page.writing.editor.edit
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.put_paragraphs(["请遵照执行。"])
    for verb in ("送审核", "签发"):
        _button(page, verb).click()
        wait_for_jobs()
    assert edit.isReadOnly() and not _button(page, "插入数据").isEnabled()
    _button(page, "印发").click()
    wait_for_jobs()
    form = _dialog(page, IssueForm)
    form.reason.setText("已核对")
    form.accept()
    wait_for_jobs()
    (paper,) = _papers(computed)
    assert (paper.sequence, paper.dated_on, paper.title) == (1, "2026-01-08", TITLE)
    assert computed.documents.documents(2025)[0].state is DocumentState.ISSUED

    messages.chosen = tmp_path / "通报.pdf"
    _button(page, "导出 PDF").click()
    _button(page, "打印").click()
    wait_for_jobs()
    assert "请遵照执行。" in _text_of(messages.chosen)
    assert len(_sizes_of(printed_to)) == len(_sizes_of(messages.chosen)) > 1
    messages.chosen = tmp_path / "通报.docx"
    _action(page, "导出 Word").trigger()
    wait_for_jobs()
    assert messages.chosen.read_bytes().startswith(b"PK")

    page.header.tabs.setCurrentIndex(REGISTER)
    wait_for_jobs()
    (row,) = [page.register.model.record_at(0)]
    assert (row.number, row.title, row.genre, row.state) == ("示例街办〔2026〕1号", TITLE, "通报", "已发")
    assert not messages.errors and not messages.bugs


def test_notice_of_the_year_is_written_once(
    open_page: Open, computed: Services, wait_for_jobs: Callable[[], None]
) -> None:
    page = open_page(computed)
    for _time in range(2):
        page.perform("notice", "")
        wait_for_jobs()
    assert [each.title for each in computed.documents.documents(2025)] == [TITLE]
    assert _preview(page).page_count() > 1
    assert _papers(computed) == ()


# Nothing typed is lost


def _type(page: DocumentsPage, qtbot: QtBot, text: str = "abc") -> None:
    edit = page.writing.editor.edit
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(edit, text)


def _text(services: Services) -> str:
    return services.documents.documents(2025)[0].text


def test_paragraph_being_written_is_marked_on_its_page_and_one_pressed_upon_is_opened(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot
) -> None:
    page = open_page(computed)
    editor, view = page.writing.editor, page.writing.preview.view
    qtbot.waitUntil(lambda: view.page_count() > 2)
    spots = computed.documents.shown(computed.documents.open(drafted.id), 0).spots
    text = computed.documents.open(drafted.id).text
    assert {each.block for each in spots if each.annex == 2} == set(range(len(text.annexes[1].blocks)))
    before = view.grab().toImage()
    editor.go_to(2, 0)
    assert view.page_index() == next(each.page for each in spots if (each.annex, each.block) == (2, 0))
    assert editor.edit.current_block() == text.annexes[1].blocks[0]
    editor.go_to(0, len(text.blocks) - 1)
    spot = next(each for each in spots if (each.annex, each.block) == editor.spot())
    assert view.page_index() == spot.page
    editor.go_to(0, 0)
    assert (view.page_index(), editor.spot()) == (0, (0, 0))
    assert view.grab().toImage() == before
    first = next(each for each in spots if (each.annex, each.block) == (0, 1))
    sheet = view.widget()
    scale = (sheet.width() - 2) / (210 / 25.4 * 72)
    place = QPoint(round(first.left * scale) + 9, round(first.top * scale) + 5)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sheet.mapTo(view.viewport(), place))
    assert editor.spot() == (0, 1)
    assert view.grab().toImage() != before


def test_pause_saves_once(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot, wait_for_jobs: Any
) -> None:
    page = open_page(computed)
    page.writing.keeper._pause.setInterval(50)
    before = len(computed.documents.versions(drafted.id))
    _type(page, qtbot)
    qtbot.waitUntil(lambda: "abc" in _text(computed))
    wait_for_jobs()
    assert len(computed.documents.versions(drafted.id)) == before + 1
    assert not page.writing.keeper.is_waiting()
    _type(page, qtbot, "x")
    qtbot.waitUntil(lambda: "xabc" in _text(computed))


def test_leaving_the_page_saves(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot
) -> None:
    page = open_page(computed)
    _type(page, qtbot)
    assert page.may_leave()
    assert "abc" in _text(computed)


def test_going_to_another_document_or_tab_saves(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot, wait_for_jobs: Any
) -> None:
    other = computed.documents.write(Wanted(NOTICE, 2025))
    page = open_page(computed)
    page.writing.open_document(drafted.id)
    wait_for_jobs()
    _type(page, qtbot, "one")
    page.writing.papers.view.setCurrentIndex(page.writing.papers.view.model().index(0, 0))
    wait_for_jobs()
    assert "one" in computed.documents.open(drafted.id).document.text
    _type(page, qtbot, "two")
    page.header.tabs.setCurrentIndex(TEMPLATES)
    wait_for_jobs()
    assert "two" in computed.documents.open(other.id).document.text
    assert "one" not in computed.documents.open(other.id).document.text


@pytest.mark.parametrize("mine", [True, False])
def test_conflict_is_asked_and_both_texts_are_kept(
    mine: bool,
    open_page: Open,
    computed: Services,
    drafted: WrittenDocument,
    messages: Any,
    qtbot: QtBot,
    wait_for_jobs: Any,
) -> None:
    page = open_page(computed)
    opened = computed.documents.open(drafted.id)
    _type(page, qtbot, "mine")
    other = opened.text.blocks[0]
    shorter = type(opened.text)(**{**_fields(opened.text), "blocks": (other,)})
    computed.documents.save(opened.document, shorter, None)
    messages.says_yes = mine
    page.writing.keeper.save_now()
    wait_for_jobs()
    assert messages.questions == ["这份文书在别处改过了，用哪一份？"]
    assert ("mine" in _text(computed)) is mine
    versions = [each.text for each in computed.documents.versions(drafted.id)]
    assert any("mine" in each for each in versions)
    assert any(each.count("[[block]]") == 1 for each in versions)
    shown = page.writing.editor.edit.toPlainText()
    assert shown.startswith("mine") is mine


def test_day_is_fixed_and_loosened(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot, wait_for_jobs: Any
) -> None:
    page = open_page(computed)
    form = page.writing.editor.form
    assert form.chosen_day() == computed.clock().date()
    form.day.setDate(QDate(2025, 12, 31))
    qtbot.waitUntil(lambda: "示例街办〔2025〕1号" in _texts(page))
    wait_for_jobs()
    assert computed.documents.documents(2025)[0].dated_on == "2025-12-31"
    _button(page, "随签发日").click()
    wait_for_jobs()
    assert computed.documents.documents(2025)[0].dated_on == ""
    assert "示例街办〔2026〕1号" in _texts(page)


# Steps


def test_sent_back_with_a_reason(
    open_page: Open, computed: Services, drafted: WrittenDocument, wait_for_jobs: Any
) -> None:
    page = open_page(computed)
    _button(page, "送审核").click()
    wait_for_jobs()
    _button(page, "退回修改").click()
    form = _dialog(page, ReasonForm)
    form.accept()
    assert form.isVisible()
    form.reason.setText("标题改一下")
    form.accept()
    wait_for_jobs()
    (document,) = computed.documents.documents(2025)
    assert (document.state, document.steps[-1].note) == (DocumentState.DRAFT, "标题改一下")


def test_number_typed_by_hand_that_was_given_is_refused_in_its_place(
    open_page: Open, computed: Services, drafted: WrittenDocument, wait_for_jobs: Any
) -> None:
    computed.document_issue.skip("示例街办", 2026, 7, "手写发文")
    form = _issue_form(open_page(computed), computed, drafted, wait_for_jobs)
    assert form.number.value() == 8
    form.number.setValue(7)
    form.reason.setText("已核对")
    form.accept()
    wait_for_jobs()
    assert form.isVisible() and form.number_row.is_wrong()
    assert [each.state.label for each in _papers(computed, "skipped")] == ["空号"]
    form.number.setValue(12)
    form.accept()
    wait_for_jobs()
    assert [each.sequence for each in _papers(computed)] == [12]


def test_findings_are_told_and_issuing_wants_a_reason(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot, wait_for_jobs: Any
) -> None:
    page = open_page(computed)
    edit = page.writing.editor.edit
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    edit.put_paragraphs(["详见附件9。"])
    qtbot.waitUntil(lambda: _visible(page, "查看"))
    _button(page, "查看").click()
    assert any("附件9" in str(row[1]) for row in _rows(_dialog(page, FindingsDialog)))
    _dialog(page, FindingsDialog).reject()
    page.may_leave()
    form = _issue_form(page, computed, drafted, wait_for_jobs)
    form.accept()
    assert form.reason_row.is_wrong() and _papers(computed) == ()
    form.reason.setText("附件随后补")
    form.accept()
    wait_for_jobs()
    assert len(_papers(computed)) == 1


@pytest.fixture
def cancel(jobs: JobRunner, monkeypatch: pytest.MonkeyPatch) -> Callable[[], QMetaObject.Connection]:
    """From then on jobs are cancelled once something is done; the worker waits for it, and is not sooner."""
    monkeypatch.setattr("gui.jobs.PROGRESS_PERIOD_S", 0)
    return lambda: jobs.progressed.connect(
        lambda _title, done, _total: jobs.cancel() if done else None,
        Qt.ConnectionType.BlockingQueuedConnection,
    )


def test_batch_that_is_cancelled_books_nothing(
    open_page: Open, computed: Services, messages: Any, cancel: Any, wait_for_jobs: Any
) -> None:
    letters = computed.documents.write(Wanted("result-letter", 2025))
    form = _issue_form(open_page(computed), computed, letters, wait_for_jobs)
    form.reason.setText("已核对")
    cancel()
    form.accept()
    wait_for_jobs()
    assert form.isVisible() and not messages.errors
    assert _papers(computed, "result-letter") == ()
    assert computed.documents.documents(2025)[0].state is DocumentState.SIGNED


def test_batch_goes_out_as_many_files_all_of_them_or_none(
    open_page: Open,
    computed: Services,
    messages: Any,
    jobs: JobRunner,
    cancel: Any,
    wait_for_jobs: Any,
    tmp_path: Path,
) -> None:
    computed.documents.write(Wanted("rectification-notice", 2025))
    page = open_page(computed)
    edit = page.writing.editor.edit
    edit.put_paragraphs(["刚刚写的。"])
    messages.chosen = tmp_path
    stop = cancel()
    _menu_act(page, "每份导出一个 Word").trigger()
    wait_for_jobs()
    assert not list(tmp_path.glob("*.docx")) and not messages.errors
    jobs.progressed.disconnect(stop)
    _menu_act(page, "每份导出一个 Word").trigger()
    wait_for_jobs()
    files = sorted(tmp_path.glob("*.docx"))
    assert len(files) == 7 and all(each.name.endswith("（草稿）.docx") for each in files)
    with ZipFile(files[-1]) as package:
        assert "刚刚写的。" in package.read("word/document.xml").decode()


def _menu_act(page: DocumentsPage, text: str) -> QAction:
    return next(each for each in page.writing.header.menu.actions() if each.text() == text)


def test_issued_document_is_void_with_a_reason(
    open_page: Open, computed: Services, wait_for_jobs: Any
) -> None:
    computed.document_issue.at_once(Wanted(NOTICE, 2025), note="已核对")
    page = open_page(computed)
    assert page.writing.editor.edit.isReadOnly()
    _button(page, "作废").click()
    form = _dialog(page, ReasonForm)
    form.reason.setText("名单有误")
    form.accept()
    wait_for_jobs()
    assert [(each.state.label, each.reason) for each in _papers(computed)] == [("作废", "名单有误")]


def test_versions_are_compared(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot, wait_for_jobs: Any
) -> None:
    page = open_page(computed)
    _type(page, qtbot, "abc")
    page.may_leave()
    _button(page, "版本").click()
    wait_for_jobs()
    dialog = _dialog(page, VersionsDialog)
    assert dialog.model.rowCount() == 2
    changed = [each for each in dialog.compared() if each.change.value == "changed"]
    assert [each.new.startswith("abc") for each in changed] == [True]


# Years that are not ready


def test_year_without_documents_says_what_belongs_there(open_page: Open, services: Services) -> None:
    page = open_page(services)
    assert "2025 年度还没有文书" in _texts(page)
    assert page.header.tabs.tabText(WRITING) == "文书"


def test_year_without_results_leads_to_them(
    open_page: Open, sample: Services, asked: list[str], wait_for_jobs: Any
) -> None:
    page = open_page(sample)
    page.perform("notice", "")
    wait_for_jobs()
    _button(page, "计算结果").click()
    assert asked == ["compute"]


def test_unopened_year_leads_to_opening(
    open_page: Open, services: Services, asked: list[str], wait_for_jobs: Any
) -> None:
    page = open_page(services)
    page.perform("notice", "")
    wait_for_jobs()
    _button(page, "开启考核").click()
    assert asked == ["open_year"]


def test_stale_results_lead_to_computing(
    open_page: Open, computed: Services, drafted: WrittenDocument, asked: list[str]
) -> None:
    subject = computed.assessments.year(2025).assessed[0]
    computed.marks.enter(2025, "year", "self", TypedMark(subject.id, "project", "1"))
    page = open_page(computed)
    _button(page, "重新计算").click()
    assert asked == ["compute"]
    assert page.writing.papers.lines()[0].document.id == drafted.id


def test_character_without_a_font_is_told_in_place_of_the_pages(
    open_page: Open, computed: Services, drafted: WrittenDocument, qtbot: QtBot
) -> None:
    page = open_page(computed)
    edit = page.writing.editor.edit
    edit.put_paragraphs(["\ue123"])
    qtbot.waitUntil(lambda: any("\ue123" in text for text in _texts(page)))
    assert _papers(computed) == ()


def _issue_form(
    page: DocumentsPage, services: Services, document: WrittenDocument, wait_for_jobs: Any
) -> IssueForm:
    for state in (DocumentState.REVIEW, DocumentState.SIGNED):
        services.documents.step(document.id, state)
    page.reload()
    wait_for_jobs()
    _button(page, "印发").click()
    wait_for_jobs()
    return _dialog(page, IssueForm)


def _fields(text: Any) -> dict[str, Any]:
    return {name: getattr(text, name) for name in type(text).__dataclass_fields__}


def _rows(dialog: FindingsDialog) -> list[Any]:
    model = dialog.table.model()
    return [model.record_at(row) for row in range(model.rowCount())]


def _papers(services: Services, kind: str = NOTICE) -> tuple[IssuedPaper, ...]:
    with services.store.reading() as view:
        return view.all(IssuedPaper, kind=kind)


def _dialog(page: QWidget, kind: type[QDialog]) -> Any:
    return [each for each in page.findChildren(kind) if each.isVisible()][-1]


def _visible(page: QWidget, text: str) -> bool:
    return any(each.text() == text and each.isVisible() for each in page.findChildren(QPushButton))


def _button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def _action(page: DocumentsPage, text: str) -> Any:
    return next(each for each in page.writing.header.menu.actions() if each.text() == text)


def _preview(page: QWidget) -> PdfView:
    return next(each for each in page.findChildren(PdfView) if each.isVisible())


def _texts(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def _text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def _sizes_of(path: Path) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(path)
    sizes = [page.get_size() for page in document]
    document.close()
    return sizes
