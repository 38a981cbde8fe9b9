"""The tab of certificates: those of the year's winners, exported and printed all together."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout

from core.errors import AppError
from core.ports import Report
from core.services.files import refuse_unwritable, write_file
from gui.actions import PRINT, SAVE_PDF, command_button
from gui.desk import Desk
from gui.dialogs.printing import ChoosePrinter, choose_printer, print_pdf
from gui.messages import PDF_OUT
from gui.pages.documents_certificates import CertificatesPane
from gui.pages.documents_pane import DocumentsPane
from gui.pages.documents_place import DocumentPlace
from gui.pages.documents_view import CertificatesView, OutPaper, certificates_paper, read_certificates
from gui.widgets.buttons import rename
from gui.widgets.notice_line import open_folder_of


class CertificatesTab(DocumentsPane):
    """List and preview, or the way to them."""

    title = "证书"

    def __init__(self, desk: Desk, choose: ChoosePrinter = choose_printer) -> None:
        super().__init__()
        self._desk = desk
        self._choose_printer = choose
        self._view: CertificatesView | None = None
        self._export = command_button(SAVE_PDF, self._export_paper)
        self._print = command_button(PRINT, self._print_paper, kind="primary")
        rename(self._export, "导出全部证书")
        rename(self._print, "打印全部证书")
        self._pane = CertificatesPane(desk)
        self._place = DocumentPlace(desk, self._pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._place)

    def buttons(self) -> Sequence[QAbstractButton]:
        return (self._export, self._print) if self._view else ()

    def reload(self) -> None:
        services, year, cycle = self._desk.services, self._desk.year, self._desk.cycle
        self._desk.jobs.start(
            lambda report: read_certificates(services, year, cycle, report),
            self._show,
            title="排版证书",
            failed=self._show_trouble,
            owner=self,
        )

    def _show(self, view: CertificatesView) -> None:
        self._view = view
        self._pane.show_view(view)
        self._place.show_document()
        self.retitled.emit(f"证书 {len(view.prepared.certificates)}")
        self.rearranged.emit()

    def _show_trouble(self, error: AppError) -> None:
        self._view = None
        self._place.show_trouble(error)
        self.retitled.emit("证书")
        self.rearranged.emit()

    def _paper(self) -> OutPaper | None:
        if self._view is None:
            return None
        return certificates_paper(self._desk.services, self._desk.year, self._desk.cycle, self._view)

    def _agreed(self, paper: OutPaper, verb: str) -> bool:
        """Ask once, before numbers are booked."""
        return paper.booked or self._desk.messages.confirm(
            f"现在{verb}“{paper.title}”吗？", paper.numbers, yes=verb, no="返回核对"
        )

    def _export_paper(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        path = self._desk.messages.choose_save_file(
            f"导出{paper.title}", PDF_OUT, name=paper.file_name, purpose="export"
        )
        if path is not None and self._agreed(paper, "导出"):
            self._issue(paper, lambda pdf: self._write(pdf, path), path)

    def _print_paper(self) -> None:
        paper = self._paper()
        if paper is not None:
            self._choose_printer(
                self,
                f"打印{paper.title}",
                self._pane.page_count(),
                lambda printer: self._print_on(printer, paper),
            )

    def _print_on(self, printer: QPrinter, paper: OutPaper) -> None:
        if self._agreed(paper, "打印"):
            self._issue(paper, lambda pdf: self._send(pdf, printer))

    def _issue(self, paper: OutPaper, then: Callable[[bytes], None], place: Path | None = None) -> None:
        """Book the numbers, unless `place` takes no file; they stay booked if the printer then fails."""

        def work(report: Report) -> bytes:
            if place is not None:
                refuse_unwritable(place)
            return paper.issue(report)

        self._desk.jobs.start(work, then, title=f"排版{paper.title}", saves=not paper.booked, owner=self)

    def _write(self, pdf: bytes, path: Path) -> None:
        self._desk.jobs.start(
            lambda _report: write_file(path, pdf),
            lambda _none: self._desk.tell(f"已导出“{path.name}”", "打开文件夹", lambda: open_folder_of(path)),
            title=f"导出{path.name}",
            owner=self,
        )

    def _send(self, pdf: bytes, printer: QPrinter) -> None:
        self._desk.jobs.start(
            lambda report: print_pdf(pdf, printer, report),
            lambda pages: self._desk.tell(f"已送到打印机 {pages} 页"),
            title="送往打印机",
        )
