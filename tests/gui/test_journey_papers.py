"""The papers of a year by hand: each drafted, looked through, signed, issued, read back and registered."""

from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QTextCursor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QMenu

from core.model.certificate_form import Output
from gui.dialogs import print_form
from gui.dialogs.certificate_register import CertificateRegister
from gui.dialogs.document_findings import FindingsDialog
from gui.dialogs.issue_certificates import IssueCertificates
from gui.dialogs.issue_document import IssueForm
from gui.dialogs.new_document import NewDocument
from gui.dialogs.print_form import Printers, PrintForm
from gui.pages.documents import REGISTER, DocumentsPage
from tests.gui.played_window import Window

PRINTER = "二楼激光打印机"
DOCUMENTS = {
    "opening-notice": ("示例街办〔2026〕1号", "关于开展2025年度社会组织考核工作的通知"),
    "founding-notice": ("示例街办〔2026〕2号", "领导小组和专项推进组的通知"),
    "public-notice": ("", "公示时间。2026年1月8日至2026年1月14日，共5个工作日"),
    "results-notice": ("示例街办〔2026〕3号", "评定优秀15个，良好14个，合格12个"),
    "payment-table": ("", "人民币壹拾柒万元整"),
}
LETTERS = 60
SCREEN_DPI = 96


@pytest.fixture
def office_printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The one printer of the office; where its pages lie."""
    tray = tmp_path / "tray.pdf"
    installed = Printers((PRINTER,), PRINTER, lambda _name: True)
    monkeypatch.setattr(print_form, "installed_printers", lambda: installed)
    monkeypatch.setattr(QPrinter, "setPrinterName", lambda printer, _name: print_into(printer, tray))
    return tray


def test_every_paper_of_the_year_by_hand(
    window: Window, messages: Any, tmp_path: Path, office_printer: Path
) -> None:
    window.go("compute")
    for code, (number, words) in DOCUMENTS.items():
        write(window, code)
        if code == "opening-notice":
            look_through(window)
        issue(window)
        said = "".join(read(export(window, messages, tmp_path / f"{code}.pdf")))
        assert number in said and words in said
    write(window, "result-letter")
    issue(window)
    letters = read(export(window, messages, tmp_path / "告知书.pdf"))
    told = Counter(page.count("考核结果告知书示例街办告") for page in letters)
    assert (told[1], told[2]) == (LETTERS, 0)
    certify(window, office_printer)
    numbers, certificates = registers(window, messages, tmp_path)
    given = [number for number, _words in DOCUMENTS.values() if number]
    given += [f"示例街办告〔2026〕{number}号" for number in range(1, LETTERS + 1)]
    assert sorted(numbers) == sorted(given)
    assert certificates == [f"示例街办证〔2026〕第00{number}号" for number in range(1, 6)]
    assert not messages.errors and not messages.problems and not messages.bugs


def print_into(printer: QPrinter, tray: Path) -> None:
    """Coarsely: how sharp it is costs time, and is not looked at here."""
    printer.setOutputFileName(str(tray))
    printer.setResolution(SCREEN_DPI)


def documents(window: Window) -> DocumentsPage:
    return window.place.window.page("documents")


def press(window: Window, words: str, place: Any = None) -> None:
    """Press the button in sight that says so."""
    buttons = (place or window.place.window).findChildren(QAbstractButton)
    next(each for each in buttons if each.text() == words and each.isVisible()).click()
    window.rest()


def write(window: Window, code: str) -> None:
    window.go("new_document")
    form = window.form(NewDocument)
    form.table.select_ids((code,))
    window.rest()
    press(window, "起草", form)


def look_through(window: Window) -> None:
    """What is wrong is found, shown, and put right."""
    edit = documents(window).writing.editor.edit
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.put_paragraphs(["详见附件9。"])
    window.qtbot.waitUntil(lambda: documents(window).writing._found.isVisible())
    press(window, "查看")
    findings = window.form(FindingsDialog)
    found = [findings.table.model().record_at(row) for row in range(findings.table.model().rowCount())]
    assert any("附件9" in str(each) for each in found)
    findings.reject()
    edit.undo()
    window.rest()
    assert "附件9" not in edit.toPlainText()


def issue(window: Window) -> None:
    """Reviewed, signed and issued, whatever remains to be looked at with a reason."""
    for verb in ("送审核", "签发", "印发"):
        press(window, verb)
    form = window.form(IssueForm)
    form.reason.setText("已核对")
    press(window, "印发", form)


def export(window: Window, messages: Any, path: Path) -> Path:
    messages.chosen = path
    press(window, "导出 PDF")
    return path


def read(path: Path) -> list[str]:
    """What the pages say, without blanks and line ends."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def certify(window: Window, tray: Path) -> None:
    """On plain paper with everything, then the text alone on stock that has the rest."""
    window.go("certificates")
    pane = documents(window).certificates
    for output in (Output.BOTH, Output.TEXT):
        pane.side.what.choose(output)
        press(window, "打印全部 5 张")
        form = window.form(PrintForm)
        assert form.sheets.text() == "5 页，5 张纸" and not form.sides_row.isVisible()
        form.accept()
        window.rest()
        if output is Output.BOTH:
            window.form(IssueCertificates).accept()
            window.rest()
        pages = pypdfium2.PdfDocument(tray.read_bytes())
        assert [width > height for width, height in (each.get_size() for each in pages)] == [True] * 5
        pages.close()


def registers(window: Window, messages: Any, folder: Path) -> tuple[list[str], list[str]]:
    """The numbers in the two registers, as they are shown and handed out."""
    page = documents(window)
    actions = [each for menu in page.findChildren(QMenu) for each in menu.actions()]
    next(each for each in actions if each.text() == "证书登记簿……").trigger()
    register = window.form(CertificateRegister)
    assert {(each.state.label, each.copies) for each in register.model.shown()} == {("已印", 2)}
    messages.chosen = folder / "证书登记簿.xlsx"
    press(window, "导出登记簿", register)
    certificates = column(messages.chosen)
    register.table.selectRow(0)
    messages.chosen = folder / "证书.pdf"
    press(window, "导出留存的 PDF", register)
    kept, *_others = read(messages.chosen)
    assert (
        "凤凰社区楼宇经济联合会：" in kept and "优秀社会组织奖。特发此证" in kept and certificates[0] in kept
    )
    register.reject()
    page.header.tabs.setCurrentIndex(REGISTER)
    window.rest()
    assert page.register.model.rowCount() == len(DOCUMENTS) + LETTERS
    messages.chosen = folder / "发文字号登记簿.xlsx"
    press(window, "导出")
    return column(messages.chosen), certificates


def column(path: Path) -> list[str]:
    """The numbers that a register begins its lines with."""
    rows = load_workbook(path).active.iter_rows(max_col=1, values_only=True)
    return [cell for (cell,) in rows if cell and "〔2026〕" in str(cell)]
