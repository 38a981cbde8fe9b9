"""The documents page: preview, numbers booked once, PDF files, paper, and years that are not ready."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QDate
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDateEdit, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from core.model.certificate import CertificateRequest
from core.model.mark_entry import TypedMark
from core.model.written_document import IssuedPaper
from core.services.services import Services
from gui.pages.documents import DocumentsPage
from gui.widgets.pdf_view import PdfView

TITLE = "关于2025年度社会组织考核结果的通报"

Open = Callable[[Services], DocumentsPage]


@pytest.fixture
def printed_to(tmp_path: Path) -> Path:
    """Where the printer of these tests puts its pages."""
    return tmp_path / "printed.pdf"


@pytest.fixture
def open_page(show_page: Callable[..., DocumentsPage], printed_to: Path) -> Open:
    def choose(_window: QWidget, _title: str, _pages: int, print_it: Callable[[QPrinter], None]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFileName(str(printed_to))
        print_it(printer)

    return partial(show_page, lambda desk: DocumentsPage(desk, choose))


@pytest.fixture
def computed(sample: Services) -> Services:
    """The sample year with its results."""
    sample.assessments.compute(2025)
    return sample


def test_year_without_results_leads_to_them(open_page: Open, sample: Services, asked: list[str]) -> None:
    page = open_page(sample)
    assert not _button(page, "打印").isEnabled()
    _button(page, "计算结果").click()
    assert asked == ["compute"]


def test_unopened_year_leads_to_opening(open_page: Open, services: Services, asked: list[str]) -> None:
    page = open_page(services)
    _button(page, "开启考核").click()
    assert asked == ["open_year"]


def test_stale_results_lead_to_computing(open_page: Open, computed: Services, asked: list[str]) -> None:
    view = computed.assessments.year(2025)
    subject = view.assessed[0]
    computed.marks.enter(2025, "year", "self", TypedMark(subject.id, "project", "1"))
    page = open_page(computed)
    _button(page, "重新计算").click()
    assert asked == ["compute"]


def test_preview_books_nothing(open_page: Open, computed: Services) -> None:
    page = open_page(computed)
    assert {TITLE, "示例街办〔2026〕1号", "字库齐全"} <= set(_texts(page))
    assert _preview(page).page_count() > 1
    assert _papers(computed) == ()


def test_export_books_the_number_once(
    open_page: Open, computed: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    page = open_page(computed)
    messages.chosen = tmp_path / "通报.pdf"
    for _time in range(2):
        _button(page, "导出 PDF").click()
        wait_for_jobs()
    assert len(messages.questions) == 1
    assert any("示例街办〔2026〕1号 将被占用" in words for _figure, words in messages.facts[0])
    assert [(each.sequence, each.dated_on) for each in _papers(computed)] == [(1, "2026-01-08")]
    assert TITLE in _text_of(messages.chosen)
    assert not page.findChild(QDateEdit).isEnabled()


def test_export_thought_better_of_books_nothing(
    open_page: Open, computed: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    page = open_page(computed)
    messages.chosen, messages.says_yes = tmp_path / "通报.pdf", False
    _button(page, "导出 PDF").click()
    messages.chosen = None
    _button(page, "导出 PDF").click()
    wait_for_jobs()
    assert _papers(computed) == ()
    assert not (tmp_path / "通报.pdf").exists()


def test_export_into_a_place_that_takes_no_file_books_no_number(
    open_page: Open, computed: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    (tmp_path / "occupied").write_bytes(b"")
    page = open_page(computed)
    messages.chosen = tmp_path / "occupied" / "通报.pdf"
    _button(page, "导出 PDF").click()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["file_not_written"]
    assert _papers(computed) == ()
    assert page.findChild(QDateEdit).isEnabled()


def test_other_date_is_previewed_and_then_kept(
    open_page: Open, computed: Services, messages, qtbot: QtBot, wait_for_jobs, tmp_path: Path
) -> None:
    page = open_page(computed)
    page.findChild(QDateEdit).setDate(QDate(2025, 12, 31))
    qtbot.waitUntil(lambda: "示例街办〔2025〕1号" in _texts(page), timeout=10_000)
    messages.chosen = tmp_path / "通报.pdf"
    _button(page, "导出 PDF").click()
    wait_for_jobs()
    assert [each.dated_on for each in _papers(computed)] == ["2025-12-31"]
    assert "2025年12月31日" in _text_of(messages.chosen)


def test_print_sends_every_page_and_books_the_number(
    open_page: Open, computed: Services, wait_for_jobs, printed_to: Path
) -> None:
    page = open_page(computed)
    pages = _preview(page).page_count()
    _button(page, "打印").click()
    wait_for_jobs()
    sizes = _sizes_of(printed_to)
    assert len(sizes) == pages
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in sizes)
    assert len(_papers(computed)) == 1


def test_certificates(
    open_page: Open, computed: Services, messages, wait_for_jobs, tmp_path: Path, printed_to: Path
) -> None:
    page = open_page(computed)
    page.perform("certificates", "")
    assert _button(page, "打印全部证书").shortcut().toString() == "Ctrl+P"
    winners = computed.certificates.prepare(CertificateRequest(year=2025)).certificates
    table = next(each for each in page.findChildren(QTableView) if each.isVisible())
    assert table.model().rowCount() == len(winners) == 5
    messages.chosen = tmp_path / "证书.pdf"
    _button(page, "导出全部证书").click()
    wait_for_jobs()
    assert [each.sequence for each in _papers(computed, "certificate")] == [1, 2, 3, 4, 5]
    assert all(each.recipient in _text_of(messages.chosen) for each in winners)
    _button(page, "打印全部证书").click()
    wait_for_jobs()
    assert [width > height for width, height in _sizes_of(printed_to)] == [True] * 5
    assert len(messages.questions) == 1


def test_small_window_keeps_both_ways_out(open_page: Open, computed: Services) -> None:
    page = open_page(computed)
    page.set_narrow(True)
    page.perform("certificates", "")
    folded = [
        action.text() for action in page.findChildren(QAction) if "Shift+P" in action.shortcut().toString()
    ]
    assert folded == ["导出全部证书"]
    assert _button(page, "打印全部证书").isEnabled()


def test_certificate_follows_the_list(open_page: Open, computed: Services, qtbot: QtBot) -> None:
    page = open_page(computed)
    page.perform("certificates", "")
    table = next(each for each in page.findChildren(QTableView) if each.isVisible())
    table.selectRow(3)
    qtbot.waitUntil(lambda: _preview(page).page_index() == 3)
    _preview(page).go_to(1)
    assert table.currentIndex().row() == 1


def test_character_without_a_font_is_listed(
    open_page: Open, computed: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    computed.setup.change_office(_renamed(computed, "\ue123街道办事处"))
    page = open_page(computed)
    assert any("\ue123" in text for text in _texts(page))
    messages.chosen = tmp_path / "通报.pdf"
    _button(page, "导出 PDF").click()
    wait_for_jobs()
    assert len(messages.errors) == 1
    assert _papers(computed) == ()


def test_dates_are_of_the_clock(open_page: Open, computed: Services) -> None:
    shown = open_page(computed).findChild(QDateEdit).date()
    assert date(shown.year(), shown.month(), shown.day()) == computed.clock().date()


def _renamed(services: Services, name: str):
    return replace(services.setup.office(), name=name)


def _papers(services: Services, kind: str = "results-notice") -> tuple[IssuedPaper, ...]:
    with services.store.reading() as view:
        return view.all(IssuedPaper, kind=kind)


def _button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


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
