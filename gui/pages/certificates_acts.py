"""How certificates go out: shown, numbered, printed on stock, written as files. Numbers are agreed to first.

acts = CertificateActs(desk, pane, choose); acts.print_out(out); acts.export_one(out); acts.export_each(out)
acts.preview(out); acts.print_calibration(form); acts.print_calibration(form, adjustment)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QSizeF, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from core.model.certificate import (
    CertificateRequest,
    IssuedCertificates,
    NamedFile,
    PreparedCertificates,
)
from core.model.certificate_form import Adjustment, CertificateForm, Output
from core.services.files import refuse_unwritable, write_file, write_files
from gui.desk import Desk
from gui.dialogs.calibration_readings import adjustment_words
from gui.dialogs.certificate_preview import CertificatePreview
from gui.dialogs.issue_certificates import IssueCertificates
from gui.dialogs.print_form import PrintChoice, PrintWork
from gui.dialogs.printing import ChoosePrinter, print_pdf
from gui.jobs import Report
from gui.messages import PDF_OUT
from gui.widgets.notice_line import open_folder_of

MAKE = "制作证书"
UNMOVED = Adjustment()


@dataclass(frozen=True, slots=True)
class Out:
    """Certificates on their way out: which, what of them, corrected for which printer."""

    request: CertificateRequest
    count: int
    title: str
    form: CertificateForm
    output: Output = Output.BOTH
    adjustment: Adjustment = UNMOVED
    profile: str = ""

    @property
    def books(self) -> bool:
        """Whether they get numbers: a background says nothing that a number stands for."""
        return self.output is not Output.BACKGROUND


class CertificateActs(QObject):
    """See the module."""

    printer_chosen = Signal(str)

    def __init__(self, desk: Desk, window: QWidget, choose: ChoosePrinter) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._choose = choose

    # Looking

    def preview(self, out: Out) -> None:
        """All of them, page by page; no number is booked."""
        certificates = self._desk.services.certificates

        def work(report: Report) -> bytes:
            return certificates.render(certificates.prepare(out.request), report, out.output)

        self._desk.jobs.start(
            work,
            lambda pdf: CertificatePreview(out.title, pdf, self._window).open(),
            title="预览证书",
            owner=self,
        )

    # Printing

    def print_out(self, out: Out) -> None:
        """Ask for the printer, then for the numbers; then book them and print."""
        work = PrintWork(f"打印{out.title}", out.count, printer=out.profile)
        self._choose(self._window, work, lambda choice: self._print_on(choice, out))

    def _print_on(self, choice: PrintChoice, out: Out) -> None:
        fit_paper(choice.printer, out.form)

        def send(made: _Made) -> None:
            self._send(made, choice, out)

        self._agreed(out, "打印", lambda asked, agreed: self._make(asked, agreed, send))

    def _send(self, made: "_Made", choice: PrintChoice, out: Out) -> None:
        printer, pages = choice.printer, choice.pages
        register = self._desk.services.certificate_register
        name = printer.printerName() or "本机打印机"

        def work(report: Report) -> int:
            count = print_pdf(made.pdf, printer, pages, report)
            if out.books:
                papers = [made.prepared.lines[place].paper for place in pages]
                register.record_print(
                    papers, out.form, name, max(1, printer.copyCount()), stock=out.output is Output.TEXT
                )
            return count

        self._desk.jobs.start(
            work,
            lambda count: self._desk.tell(f"已送到打印机 {count} 张"),
            title="送往打印机",
            saves=True,
            owner=self,
        )

    def print_calibration(self, form: CertificateForm, adjustment: Adjustment | None = None) -> None:
        """The sheet to measure, on the printer and the paper that the certificates go to."""
        designs = self._desk.services.certificate_designs
        self._desk.jobs.start(
            lambda _report: designs.calibration_sheet(form, adjustment),
            lambda pdf: self._choose(
                self._window,
                PrintWork("打印校准页", 1),
                lambda choice: self._send_sheet(pdf, choice.printer, form),
            ),
            title="生成校准页",
            owner=self,
        )

    def _send_sheet(self, pdf: bytes, printer: QPrinter, form: CertificateForm) -> None:
        fit_paper(printer, form)
        self.printer_chosen.emit(printer.printerName())
        self._desk.jobs.start(
            lambda report: print_pdf(pdf, printer, (0,), report),
            lambda _pages: self._desk.tell("已打印校准页。量出每个十字到纸左边、上边的距离，填写校准读数"),
            title="送往打印机",
            owner=self,
        )

    # Files

    def export_one(self, out: Out) -> None:
        """One PDF with all of them."""
        path = self._desk.messages.choose_save_file(
            f"导出{out.title}", PDF_OUT, name=f"{out.title}.pdf", purpose="export"
        )
        if path is None:
            return

        def save(made: _Made) -> None:
            self._write(lambda: write_file(path, made.pdf), f"已导出“{path.name}”", path)

        self._agreed(out, "导出", lambda asked, agreed: self._make(asked, agreed, save, place=path))

    def export_each(self, out: Out) -> None:
        """A PDF for each, in one folder."""
        folder = self._desk.messages.choose_folder("每张证书一个文件，存到", purpose="export")
        if folder is None:
            return
        place = folder / "证书.pdf"

        def save(made: _Made) -> None:
            told = f"已导出 {len(made.files)} 个文件"
            self._write(lambda: write_files(folder, made.files), told, place)

        self._agreed(
            out, "导出", lambda asked, agreed: self._make(asked, agreed, save, place=place, separate=True)
        )

    def _write(self, write: Callable[[], None], told: str, place: Path) -> None:
        self._desk.jobs.start(
            lambda _report: write(),
            lambda _none: self._desk.tell(told, "打开文件夹", lambda: open_folder_of(place)),
            title="写入文件",
            owner=self,
        )

    # Numbers

    def _agreed(self, out: Out, verb: str, then: Callable[[Out, PreparedCertificates], None]) -> None:
        """Ask once, before numbers are booked; go on without a word where none is."""
        certificates = self._desk.services.certificates

        def ask(prepared: PreparedCertificates) -> None:
            if not out.books or prepared.booked:
                then(out, prepared)
                return
            form = IssueCertificates(
                self._desk, verb, out.title, out.request, consequences(out), self._window
            )
            form.show_prepared(prepared)
            form.agreed.connect(lambda request: then(replace(out, request=request), prepared))
            form.open()

        self._desk.jobs.start(
            lambda _report: certificates.prepare(out.request), ask, title="核对证书编号", owner=self
        )

    def _make(
        self,
        out: Out,
        agreed: PreparedCertificates,
        then: "Callable[[_Made], None]",
        *,
        place: Path | None = None,
        separate: bool = False,
    ) -> None:
        """Book the numbers, unless `place` takes no file; they stay booked if the printer then fails."""
        certificates = self._desk.services.certificates

        def work(report: Report) -> _Made:
            if place is not None:
                refuse_unwritable(place)
            if not out.books:
                pdf = certificates.render(agreed, report, out.output, out.adjustment)
                return _Made(agreed, pdf, (NamedFile("证书底图.pdf", pdf),))
            made = certificates.issue(out.request, report, separate=separate)
            return self._as_asked(out, made, report, separate)

        self._desk.jobs.start(work, then, title=MAKE, saves=out.books and not agreed.booked, owner=self)

    def _as_asked(self, out: Out, made: IssuedCertificates, report: Report, separate: bool) -> "_Made":
        """What was issued, or the same as this printer needs it on its stock."""
        render, prepared = self._desk.services.certificates.render, made.prepared
        if out.output is Output.BOTH and out.adjustment == UNMOVED:
            return _Made(prepared, made.files[0].content, made.files)
        if not separate:
            return _Made(prepared, render(prepared, report, out.output, out.adjustment))
        files = tuple(
            NamedFile(file.name, render(single, report, out.output, out.adjustment))
            for file, single in zip(made.files, prepared.singly(), strict=True)
        )
        return _Made(prepared, b"", files)


@dataclass(frozen=True, slots=True)
class _Made:
    """Certificates that may go out."""

    prepared: PreparedCertificates
    pdf: bytes
    files: tuple[NamedFile, ...] = ()


def consequences(out: Out) -> tuple[tuple[str, str], ...]:
    """What else somebody agrees to, beside the numbers."""
    facts = []
    if out.output is Output.TEXT:
        facts.append(("只打文字", f"用印好的“{out.form.name}”，空白证书相应减少"))
    if out.adjustment != UNMOVED:
        words = adjustment_words(out.adjustment)
        facts.append(("套打校准", f"{out.profile}：{words}" if out.profile else words))
    return tuple(facts)


def fit_paper(printer: QPrinter, form: CertificateForm) -> None:
    """Tell the printer how large the sheet is; which way it lies is told page by page."""
    short, long = sorted((form.width, form.height))
    printer.setPageSize(
        QPageSize(
            QSizeF(short, long), QPageSize.Unit.Millimeter, form.name, QPageSize.SizeMatchPolicy.FuzzyMatch
        )
    )
