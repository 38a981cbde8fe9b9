"""The print form: pages, copies, both sides and how many sheets; what is asked is what is printed."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.ports import unwatched
from gui.dialogs.print_form import (
    BACKS_FIRST,
    BY_HAND,
    MIRRORED,
    NO_PRINTER,
    Pages,
    PrintChoice,
    Printers,
    PrintForm,
    PrintWork,
    typed_pages,
)
from gui.dialogs.printing import print_pdf

NOTICE = PrintWork("打印《通报》", 7, two_sided=True)
OLD, NEW = "一楼旧打印机", "二楼激光打印机"
TWO = Printers((OLD, NEW), OLD, lambda name: name == NEW)
MODES = QPrinter.DuplexMode


@pytest.fixture
def open_form(qtbot: QtBot) -> Callable[..., PrintForm]:
    window = QWidget()
    qtbot.addWidget(window)

    def show(work: PrintWork = NOTICE, printers: Printers = TWO) -> PrintForm:
        form = PrintForm(work, window, printers)
        form.open()
        return form

    return show


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What printers were told that this machine has not: their names, and whether to turn the paper."""
    said: list[object] = []
    for setting in ("setPrinterName", "setDuplex"):
        monkeypatch.setattr(QPrinter, setting, lambda _printer, words: said.append(words))
    return said


def warning(form: PrintForm) -> str:
    return form.sides_row.field.accessibleDescription()


def agree(form: PrintForm) -> PrintChoice:
    got: list[PrintChoice] = []
    form.agreed.connect(got.append)
    form.accept()
    (agreed,) = got
    return agreed


def test_both_sides_copies_and_sheets(open_form: Callable[..., PrintForm], told: list[object]) -> None:
    form = open_form(PrintWork("打印《通报》", 7, two_sided=True, printer=NEW, red_head=True))
    assert form.printer.chosen() == NEW and form.two_sided.text().endswith("沿长边翻转")
    assert (form.sheets.text(), warning(form)) == ("7 页，4 张纸", "")
    form.copies.setValue(3)
    assert form.sheets.text() == "7 页，4 张纸；3 份共 12 张"
    form.on_stock.setChecked(True)
    choice = agree(form)
    assert choice.on_stock and told == [NEW, MODES.DuplexLongSide]
    assert (choice.pages, choice.printer.copyCount()) == (tuple(range(7)), 3)


def test_printer_that_does_not_turn_paper_prints_one_side_after_the_other(
    open_form: Callable[..., PrintForm], told: list[object]
) -> None:
    form = open_form()
    assert (form.printer.chosen(), warning(form)) == (OLD, BY_HAND)
    form.which.choose(Pages.EVEN)
    assert (form.sheets.text(), warning(form)) == ("3 页，3 张纸", BY_HAND)
    assert agree(form).pages == (1, 3, 5) and told == [OLD, MODES.DuplexNone]
    form = open_form()
    form.two_sided.setChecked(False)
    assert (form.sheets.text(), warning(form)) == ("7 页，7 张纸", MIRRORED)


def test_pages_are_typed_and_wrong_ones_told(open_form: Callable[..., PrintForm], told: list[object]) -> None:
    form = open_form(PrintWork("打印统计表", 7, two_sided=False, lying=True))
    assert form.two_sided.text().endswith("沿短边翻转") and not form.two_sided.isChecked()
    form.printer.choose(NEW)
    form.which.choose(Pages.SOME)
    for text in ("", "8", "3-2", "0", "x", "1-"):
        form.span.setText(text)
        form.accept()
        assert form.isVisible() and "有 7 页" in form.pages_row.field.accessibleDescription()
    form.span.setText("2-3\uff0c6")
    form.two_sided.setChecked(True)
    assert warning(form) == BACKS_FIRST
    assert agree(form).pages == (1, 2, 5) and told == [NEW, MODES.DuplexShortSide]
    assert typed_pages("3、1－2", 3) == (0, 1, 2)


def test_sheets_without_a_back_and_a_pc_without_a_printer(open_form: Callable[..., PrintForm]) -> None:
    form = open_form(PrintWork("打印证书", 5), Printers((), "", lambda _name: False))
    assert not form.sides_row.isVisible() and not form.stock_row.isVisible()
    assert form.sheets.text() == "5 页，5 张纸"
    assert form.printer.accessibleDescription() == NO_PRINTER and not form.done_button.isEnabled()


def test_window_of_the_system_takes_over(
    open_form: Callable[..., PrintForm], told: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form()
    got: list[PrintChoice] = []
    form.agreed.connect(got.append)
    monkeypatch.setattr(QPrintDialog, "show", lambda dialog: dialog.accepted.emit(dialog.printer()))
    next(each for each in form.findChildren(QPushButton) if each.text().startswith("系统")).click()
    assert [each.pages for each in got] == [range(7)] and not form.isVisible()
    assert told == [OLD, MODES.DuplexLongSide]


def test_only_the_chosen_pages_are_printed(tmp_path: Path, printed_to: Path) -> None:
    sizes = [(300, 400), (400, 300), (300, 400)]
    made = pypdfium2.PdfDocument.new()
    for size in sizes:
        made.new_page(*size)
    made.save(tmp_path / "made.pdf")
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(printed_to))
    assert print_pdf((tmp_path / "made.pdf").read_bytes(), printer, (1, 2), unwatched) == 2
    printed = pypdfium2.PdfDocument(printed_to.read_bytes())
    assert [width > height for width, height in (page.get_size() for page in printed)] == [True, False]
