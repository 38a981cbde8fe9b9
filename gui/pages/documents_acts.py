"""What can be done with a document beside writing it: its steps, files, prints, versions.

acts = DocumentActs(desk, owner, choose_printer); acts.step(document); acts.send_back(document); ...
acts.export_pdf(on_desk, text, place); acts.print_out(...)
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.model.certificate import NamedFile
from core.model.document import DocumentFormat, OfficialDocument
from core.model.document_text import DocumentText
from core.model.written_document import DocumentState, WrittenDocument
from core.ports import Report
from core.services.document_lines import file_of, verb_of
from core.services.document_opening import OpenDocument, Wanted
from core.services.files import refuse_unwritable, write_file, write_files
from gui.desk import Desk
from gui.dialogs.print_form import PrintChoice, PrintWork
from gui.dialogs.printing import ChoosePrinter, print_pdf, work_of
from gui.dialogs.reason_form import ReasonForm
from gui.messages import PDF_OUT
from gui.rights import needs
from gui.undo import do_undoably
from gui.widgets.notice_line import open_folder_of

WORD_OUT = "Word 文档 (*.docx)"
PDF, WORD = "PDF", "Word"


class DocumentActs:
    """Each asks what it needs and does its job; what was done is told in the status bar."""

    def __init__(self, desk: Desk, owner: QWidget, choose_printer: ChoosePrinter) -> None:
        self._desk = desk
        self._owner = owner
        self._choose_printer = choose_printer

    # Steps

    def write(self, wanted: Wanted, done: Callable[[WrittenDocument], object], **ends: object) -> None:
        """A new draft."""
        documents = self._desk.services.documents
        do_undoably(
            self._desk,
            lambda: documents.write(wanted),
            title="起草文书",
            told=lambda made: f"已起草《{made.title}》",
            done=done,
            owner=self._owner,
            **ends,
        )

    @needs("documents.step")
    def step(self, document: WrittenDocument, state: DocumentState, note: str = "") -> None:
        """Go on to another state."""
        documents = self._desk.services.documents
        do_undoably(
            self._desk,
            lambda: documents.step(document.id, state, note),
            title=verb_of(state),
            told=lambda made: f"《{made.title}》已{verb_of(state)}",
            owner=self._owner,
        )

    @needs("documents.step")
    def send_back(self, document: WrittenDocument) -> None:
        """Back to be written, with a reason."""
        facts = (("文书", document.title), ("现在", document.state.label))
        hint = "退回后可以修改，改好再送审核。"
        form = ReasonForm("退回修改", "退回给起草人修改", facts, hint, parent=self._owner)
        form.accepted_with.connect(lambda reason: self.step(document, DocumentState.DRAFT, reason))
        form.open()

    @needs("documents.step")
    def void(self, opened: OpenDocument) -> None:
        """Declare an issued document void, with a reason."""
        document, issues = opened.document, self._desk.services.document_issue
        numbers = opened.number or "不编号"
        facts = (("文书", document.title), ("发文字号", numbers), ("份数", f"{len(opened.papers)} 份"))
        hint = "作废后不能恢复；发文字号照样占用，登记簿里写明理由，已发出的纸请收回。"
        form = ReasonForm("作废", "作废这份文书", facts, hint, parent=self._owner)

        def void(reason: str) -> None:
            self._desk.jobs.start(
                lambda _report: issues.void(document.id, reason),
                lambda made: self._desk.tell(f"《{made.title}》已作废"),
                title="作废文书",
                saves=True,
                owner=self._owner,
            )

        form.accepted_with.connect(void)
        form.open()

    @needs("documents.remove")
    def remove(self, document: WrittenDocument) -> None:
        """A draft into the bin."""
        documents = self._desk.services.documents
        do_undoably(
            self._desk,
            lambda: documents.remove(document.id),
            title="移到回收站",
            told=lambda _none: f"已移到回收站：《{document.title}》",
            owner=self._owner,
        )

    # Files

    def export_pdf(self, opened: OpenDocument, text: DocumentText, place: int) -> None:
        """One PDF of all papers, as they went out or as they are now."""
        path = self._desk.messages.choose_save_file(
            "导出 PDF", PDF_OUT, name=file_of(opened.document, ".pdf"), purpose="export"
        )
        if path is not None:
            self._write(path, self._pdf(opened, text, place))

    def export_word(self, opened: OpenDocument, text: DocumentText, place: int) -> None:
        """The paper shown as a Word file."""
        path = self._desk.messages.choose_save_file(
            "导出 Word", WORD_OUT, name=file_of(opened.document, ".docx"), purpose="export"
        )
        documents = self._desk.services.documents
        if path is not None:
            self._write(path, lambda _report: documents.word(_filled(opened, text, place)))

    def export_each(self, document: WrittenDocument, kind: str) -> None:
        """A file for each paper of a document as the store has it: all of them, or none."""
        folder = self._desk.messages.choose_folder(f"每份一个 {kind} 文件，放到哪个文件夹", purpose="export")
        if folder is None:
            return
        files = self._desk.services.document_files
        make = files.word if kind == WORD else files.pdf

        def work(report: Report) -> tuple[NamedFile, ...]:
            made = make(document.id, report, separate=True)
            write_files(folder, made)
            return made

        self._desk.jobs.start(
            work,
            lambda made: self._told(f"已导出 {len(made)} 个文件到“{folder.name}”", folder / made[0].name),
            title=f"每份导出一个 {kind}",
            owner=self._owner,
        )

    def print_out(self, opened: OpenDocument, text: DocumentText, place: int) -> None:
        """Paper out of the printer: all papers, as they went out or as they are now."""
        title = f"打印《{opened.document.title}》"
        make = self._pdf(opened, text, place)

        def prepare(report: Report) -> tuple[bytes, PrintWork]:
            pdf = make(report)
            shown = _filled(opened, text, place)
            return pdf, work_of(
                title, pdf, two_sided=shown.two_sided, red_head=shown.format is not DocumentFormat.PLAIN
            )

        def ask(made: tuple[bytes, PrintWork]) -> None:
            pdf, work = made
            stock = self._pdf(opened, text, place, red_stock=True)
            self._choose_printer(
                self._owner,
                work,
                lambda choice: self._send(stock if choice.on_stock else lambda _report: pdf, choice),
            )

        self._desk.jobs.start(prepare, ask, title="准备打印", owner=self._owner)

    def _pdf(
        self, opened: OpenDocument, text: DocumentText, place: int, *, red_stock: bool = False
    ) -> Callable[[Report], bytes]:
        services = self._desk.services
        if opened.papers:
            ids = [each.id for each in opened.papers]
            return lambda report: services.document_issue.printed(ids, report, red_stock=red_stock)

        def work(report: Report) -> bytes:
            drafts = _drafts(opened, text) if len(opened.copies) > 1 else [_filled(opened, text, place)]
            return services.documents.render_all(
                [replace(each, red_stock=red_stock) for each in drafts], report
            )

        return work

    def _send(self, make: Callable[[Report], bytes], choice: PrintChoice) -> None:
        desk = self._desk
        desk.jobs.start(
            lambda report: print_pdf(make(report), choice.printer, choice.pages, report),
            lambda pages: desk.tell(f"已送到打印机 {pages} 页"),
            title="送往打印机",
        )

    def _write(self, path: Path, make: Callable[[Report], bytes]) -> None:
        def work(report: Report) -> None:
            refuse_unwritable(path)
            write_file(path, make(report))

        self._desk.jobs.start(
            work,
            lambda _none: self._told(f"已导出“{path.name}”", path),
            title=f"导出{path.name}",
            owner=self._owner,
        )

    def _told(self, words: str, path: Path) -> None:
        self._desk.tell(words, "打开文件夹", lambda: open_folder_of(path))


def _drafts(opened: OpenDocument, text: DocumentText) -> list[OfficialDocument]:
    """All papers as they are now."""
    current = replace(opened, text=text)
    return [current.filled(place) for place in range(len(current.copies))]


def _filled(opened: OpenDocument, text: DocumentText, place: int) -> OfficialDocument:
    """A paper as it is now, or as it was issued."""
    return opened.filled(place) if opened.papers else replace(opened, text=text).filled(place)
