"""The documents page: this year's papers, previewed as they print, exported and printed.

Until the year is computed it says what is missing and leads there.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError
from core.ports import Report
from core.services.files import refuse_unwritable, write_file
from gui.actions import PRINT, SAVE_PDF, command_button
from gui.desk import Desk
from gui.dialogs.printing import ChoosePrinter, choose_printer, print_pdf
from gui.messages import PDF_OUT
from gui.pages.documents_certificates import CertificatesPane
from gui.pages.documents_list import PaperList
from gui.pages.documents_notice import NoticePane, paper_rows
from gui.pages.documents_view import (
    DocumentsView,
    OutPaper,
    certificates_paper,
    notice_paper,
    read_documents,
)
from gui.widgets.buttons import push_button, rename
from gui.widgets.empty_page import EmptyPage
from gui.widgets.notice_line import open_folder_of
from gui.widgets.page import Page, PageHeader

NOTICE, CERTIFICATES = range(2)
# What keeps a year from having papers, and the way out: headline, action, verb.
_WAYS_OUT = {
    "cycle_missing": ("本年度考核还没有开启", "open_year", "开启考核"),
    "not_computed": ("还没有计算结果", "compute", "计算结果"),
    "results_stale": ("结果已经过时", "compute", "重新计算"),
}


class DocumentsPage(Page):
    """Two tabs under one header, or the way to them."""

    def __init__(self, desk: Desk, choose: ChoosePrinter = choose_printer) -> None:
        super().__init__()
        self._desk = desk
        self._choose_printer = choose
        self._view: DocumentsView | None = None
        self._dated_on: date | None = None
        self._is_narrow = False
        self._header = PageHeader("文书", tabs=("公文", "证书"))
        self._export = command_button(SAVE_PDF, self._export_paper)
        self._print = command_button(PRINT, self._print_paper, kind="primary")
        self._papers = PaperList()
        self._notice = NoticePane(desk, self._papers)
        self._certificates = CertificatesPane(desk)
        self._empty: QWidget = QWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._header.add_button(self._export)
        self._header.add_button(self._print)
        for pane in (self._empty, self._notice, self._certificates):
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._set_ready(False)

    def _connect(self) -> None:
        self._header.tab_changed.connect(lambda _tab: self._show_tab())
        self._papers.chosen.connect(self._header.tabs.setCurrentIndex)
        self._notice.dated.connect(self._date_again)
        self._desk.year_changed.connect(self._forget_date)

    def take_focus(self) -> None:
        self._header.tabs.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._is_narrow = narrow
        self._header.set_narrow(narrow)
        self._notice.set_narrow(narrow)

    def perform(self, action: str, argument: str) -> None:
        """Show the tab of an action."""
        self._header.tabs.setCurrentIndex(CERTIFICATES if action == "certificates" else NOTICE)

    def reload(self) -> None:
        services, year, cycle = self._desk.services, self._desk.year, self._desk.cycle
        dated_on = self._dated_on
        self._desk.jobs.start(
            lambda report: read_documents(services, year, cycle, dated_on, report),
            self._show,
            title="排版预览",
            failed=self._show_way_out,
        )

    def _date_again(self, day: date) -> None:
        self._dated_on = day
        self.reload()

    def _forget_date(self, _year: int) -> None:
        self._dated_on = None

    def _show(self, view: DocumentsView) -> None:
        self._view = view
        self._notice.show_view(view)
        if view.certificates:
            self._certificates.show_view(view.certificates)
        count = len(view.certificates.prepared.certificates) if view.certificates else 0
        self._header.set_tab_text(CERTIFICATES, f"证书 {count}")
        self._show_tab()

    def _show_tab(self) -> None:
        view, tab = self._view, self._header.tabs.currentIndex()
        if view is None:
            return
        self._papers.set_rows(paper_rows(view), tab)
        rename(self._export, "导出 PDF" if tab == NOTICE else "导出全部证书")
        rename(self._print, "打印" if tab == NOTICE else "打印全部证书")
        self._set_ready(True)
        if tab == CERTIFICATES and view.certificates is None:
            way = push_button("查看结果", lambda: self._desk.go("results"), kind="primary")
            text = view.no_certificates
            self._show_empty(EmptyPage("award-line", "没有要制作的证书", text, buttons=(way,)))
        else:
            self._stack.setCurrentWidget(self._notice if tab == NOTICE else self._certificates)

    def _show_way_out(self, error: AppError) -> None:
        self._view = None
        self._header.set_tab_text(CERTIFICATES, "证书")
        if error.code not in _WAYS_OUT:
            self._desk.messages.show_error(error, headline="没有排出预览")
            return
        headline, action, verb = _WAYS_OUT[error.code]
        way = push_button(verb, lambda: self._desk.go(action), kind="primary")
        text = f"{error.message_zh}算出结果以后，这里就有通报和证书。"
        self._show_empty(EmptyPage("file-text-line", headline, text, buttons=(way,)))

    def _show_empty(self, page: EmptyPage) -> None:
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._set_ready(False)

    def _set_ready(self, ready: bool) -> None:
        for button in (self._export, self._print):
            button.setEnabled(ready)
        # The menu of a small window repeats the buttons as they are now.
        self._header.set_narrow(self._is_narrow)

    def _paper(self) -> OutPaper | None:
        """The paper of the tab shown."""
        services, year, cycle = self._desk.services, self._desk.year, self._desk.cycle
        if self._view is None:
            return None
        if self._header.tabs.currentIndex() == NOTICE:
            return notice_paper(services, year, cycle, self._view.notice, self._dated_on)
        if self._view.certificates is None:
            return None
        return certificates_paper(services, year, cycle, self._view.certificates, self._dated_on)

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
            pane = self._notice if self._header.tabs.currentIndex() == NOTICE else self._certificates
            self._choose_printer(
                self, f"打印{paper.title}", pane.page_count(), lambda printer: self._print_on(printer, paper)
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
            lambda _nothing: self._tell_exported(path),
            title=f"导出{path.name}",
            owner=self,
        )

    def _send(self, pdf: bytes, printer: QPrinter) -> None:
        self._desk.jobs.start(
            lambda report: print_pdf(pdf, printer, report), self._tell_printed, title="送往打印机"
        )

    def _tell_exported(self, path: Path) -> None:
        self._desk.tell(f"已导出“{path.name}”", "打开文件夹", lambda: open_folder_of(path))

    def _tell_printed(self, pages: int) -> None:
        self._desk.tell(f"已送到打印机 {pages} 页")
