"""Before paper comes out: which printer, which pages, how many copies, one side or two, and how many sheets.

form = PrintForm(work, parent); form.agreed (PrintChoice); form.open()
The system's own window, with all that a printer's driver can do, is one button away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from gui.theme import fix_width
from gui.widgets.buttons import push_button
from gui.widgets.choice import Choice
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, PRINTER_WIDTH, SPAN_WIDTH = 600, 380, 160
MOST_COPIES = 999
NO_PRINTER = "这台电脑没有安装打印机。请先安装打印机，或者导出 PDF，拿到能打印的电脑上打印。"
WRONG_PAGES = "请写要打印的页，如 2 或 1-3,5；这份有 {count} 页。"
BY_HAND = "这台打印机不会自动翻面：先打印单数页，整叠翻面放回，再打印双数页；先用一张纸试试怎样放。"
MIRRORED = "这份按双面排版，单双页的装订边相对；只印一面的，请在“系统”页的“装订”里改。"
BACKS_FIRST = "从双数页印起，正面和反面会对不上；双面打印请从单数页开始。"


class Pages(Enum):
    """Which pages are printed."""

    ALL = auto()
    ODD = auto()
    EVEN = auto()
    SOME = auto()


@dataclass(frozen=True, slots=True)
class PrintWork:
    """What is to be printed.

    `two_sided` says how its pages are laid out; None where it has no back (certificates). `lying`: its pages
    are wider than high. `printer` is offered first if it is there. `red_head`: it may go onto stock that has
    the red head already.
    """

    title: str
    pages: int
    two_sided: bool | None = None
    lying: bool = False
    printer: str = ""
    red_head: bool = False


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What was agreed to: pages counted from 0; `on_stock` leaves out what red-headed stock has already."""

    printer: QPrinter
    pages: Sequence[int]
    on_stock: bool = False


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers of this PC, and which of them print both sides by themselves."""

    names: tuple[str, ...]
    usual: str
    turns: Callable[[str], bool]


def installed_printers() -> Printers:
    """What the system says."""
    return Printers(
        tuple(QPrinterInfo.availablePrinterNames()), QPrinterInfo.defaultPrinterName(), _turns_paper
    )


def _turns_paper(name: str) -> bool:
    modes = QPrinterInfo.printerInfo(name).supportedDuplexModes()
    return any(each is not QPrinter.DuplexMode.DuplexNone for each in modes)


class PrintForm(FittedDialog):
    """See the module."""

    agreed = Signal(object)

    def __init__(self, work: PrintWork, parent: QWidget, printers: Printers | None = None) -> None:
        super().__init__(WIDTH, parent)
        self._work = work
        self._printers = printers or installed_printers()
        self.setWindowTitle("打印")
        names = self._printers.names
        self.printer = Choice([(each, each) for each in names], width=PRINTER_WIDTH, empty="")
        self.which = Choice(
            (
                (Pages.ALL, f"全部 {work.pages} 页"),
                (Pages.ODD, "单数页"),
                (Pages.EVEN, "双数页"),
                (Pages.SOME, "只印这几页"),
            ),
            width=SPAN_WIDTH,
            empty="",
        )
        self.span = QLineEdit()
        self.copies = QSpinBox()
        self.two_sided = QCheckBox("印在纸的两面，沿短边翻转" if work.lying else "印在纸的两面，沿长边翻转")
        self.on_stock = QCheckBox("纸上已印好红头和红线，只打其余的")
        self.printer_row = FormRow("打印机", self.printer)
        self.pages_row = FormRow("页", self._page_fields())
        self.sides_row = FormRow("双面", self.two_sided)
        self.sheets = label("", "strong")
        self._build()
        self._connect()
        self._choose_usual()
        self._follow()

    def _page_fields(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        fix_width(self.span, SPAN_WIDTH)
        self.span.setPlaceholderText("如 1-3,5")
        self.span.setAccessibleName("要打印的页")
        row.addWidget(self.which)
        row.addWidget(self.span)
        return holder

    def _build(self) -> None:
        self.copies.setRange(1, MOST_COPIES)
        fix_width(self.copies, 112)
        self.two_sided.setChecked(bool(self._work.two_sided))
        self.sides_row.setVisible(self._work.two_sided is not None)
        self.stock_row = FormRow("红头纸", self.on_stock)
        self.stock_row.setVisible(self._work.red_head)
        self.words.addWidget(label(self._work.title, "heading", wrap=True))
        copies_row = FormRow("份数", self.copies)
        for row in (self.printer_row, self.pages_row, copies_row, self.sides_row, self.stock_row):
            self.words.addWidget(row)
        self.words.addWidget(self.sheets)
        foot = FormFoot(self, "打印", push_button("系统打印窗口……", self._ask_system))
        self.done_button = foot.done
        self.end_with(foot)
        self.done_button.setFocus()

    def _connect(self) -> None:
        for choice in (self.printer, self.which):
            choice.currentIndexChanged.connect(lambda _place: self._follow())
        self.span.textChanged.connect(lambda _text: self._follow())
        self.copies.valueChanged.connect(lambda _count: self._follow())
        self.two_sided.toggled.connect(lambda _on: self._follow())

    def _choose_usual(self) -> None:
        names = self._printers.names
        for name in (self._printers.usual, self._work.printer):
            if name in names:
                self.printer.choose(name)
        if not names:
            self.printer_row.show_error(NO_PRINTER)
        self.done_button.setEnabled(bool(names))

    # What is chosen

    def pages(self) -> tuple[int, ...]:
        """The pages, counted from 0; none where what is typed is no page of these."""
        count = self._work.pages
        match self.which.chosen():
            case Pages.ODD:
                return tuple(range(0, count, 2))
            case Pages.EVEN:
                return tuple(range(1, count, 2))
            case Pages.SOME:
                return typed_pages(self.span.text(), count)
        return tuple(range(count))

    def _on_both_sides(self) -> bool:
        """Whether the printer turns the paper: not where one side is printed, and the other by hand later."""
        return self.two_sided.isChecked() and self.which.chosen() not in (Pages.ODD, Pages.EVEN)

    def _follow(self) -> None:
        self.span.setVisible(self.which.chosen() is Pages.SOME)
        self.pages_row.clear_message()
        self._tell_sides()
        pages, copies = len(self.pages()), self.copies.value()
        sheets = -(-pages // 2) if self._on_both_sides() else pages
        each = f"{pages} 页，{sheets} 张纸"
        self.sheets.setText(f"{each}；{copies} 份共 {sheets * copies} 张" if copies > 1 else each)
        self.sheets.setVisible(pages > 0)

    def _tell_sides(self) -> None:
        row, name, pages = self.sides_row, str(self.printer.chosen() or ""), self.pages()
        turned = self.two_sided.isChecked()
        if self._work.two_sided and not turned:
            row.show_warning(MIRRORED)
        elif turned and name and not self._printers.turns(name):
            row.show_warning(BY_HAND)
        elif self._on_both_sides() and pages and pages[0] % 2:
            row.show_warning(BACKS_FIRST)
        else:
            row.clear_message()

    # Going on

    def accept(self) -> None:
        pages = self.pages()
        if not pages:
            self.pages_row.show_error(WRONG_PAGES.format(count=self._work.pages))
            self.span.setFocus()
        elif self._printers.names:
            super().accept()
            self.agreed.emit(PrintChoice(self._printer(), pages, self.on_stock.isChecked()))

    def _printer(self) -> QPrinter:
        """The printer as it is chosen here."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if name := self.printer.chosen():
            printer.setPrinterName(str(name))
        printer.setDocName(self._work.title)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setCopyCount(self.copies.value())
        printer.setCollateCopies(True)
        modes = QPrinter.DuplexMode
        turned = modes.DuplexShortSide if self._work.lying else modes.DuplexLongSide
        printer.setDuplex(turned if self._on_both_sides() else modes.DuplexNone)
        return printer

    def _ask_system(self) -> None:
        """The system's window, with what was chosen here; what is chosen there holds."""
        printer, count, on_stock = self._printer(), self._work.pages, self.on_stock.isChecked()
        dialog = QPrintDialog(printer, self.parentWidget())
        dialog.setWindowTitle(self._work.title)
        dialog.setMinMax(1, count)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(
            lambda _printer: self.agreed.emit(PrintChoice(printer, _system_pages(printer, count), on_stock))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.deleteLater)
        dialog.setModal(True)
        self.hide()
        dialog.show()


def typed_pages(text: str, count: int) -> tuple[int, ...]:
    """The pages that "1-3,5" names, counted from 0 and in order; none where one is not there."""
    pages: set[int] = set()
    for part in text.translate(_MARKS).replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)):
            return ()
        begin, end = int(first), int(last or first)
        if not 1 <= begin <= end <= count:
            return ()
        pages.update(range(begin - 1, end))
    return tuple(sorted(pages))


_MARKS = str.maketrans("\uff0c、;\uff1b—－～~至", ",,,,-----")


def _system_pages(printer: QPrinter, count: int) -> Sequence[int]:
    """Which pages of so many were chosen in the system's window, counted from 0."""
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        return range(printer.fromPage() - 1, min(printer.toPage(), count))
    return range(count)
