"""The tab of documents: the list, the text of the one chosen, its pages; its steps as buttons.

Whatever keeps the open document from being shown stands where its text would, with the way out.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.document import ShownDocument
from core.model.document_check import DocumentFinding
from core.model.document_text import DocumentText
from core.model.written_document import DocumentState, IssuedPaper, WrittenDocument
from core.services.document_lines import DocumentLine, is_writable, steps_from
from core.services.document_opening import OpenDocument, Wanted
from core.services.document_templates import TemplateLine
from gui.desk import Desk
from gui.dialogs.document_findings import FindingsDialog
from gui.dialogs.document_versions import VersionsDialog
from gui.dialogs.issue_document import IssueForm
from gui.dialogs.new_document import NewDocument
from gui.dialogs.printing import ChoosePrinter, choose_printer
from gui.pages.documents_acts import PDF, WORD, DocumentActs
from gui.pages.documents_buttons import DocumentButtons
from gui.pages.documents_editor import DocumentEditor
from gui.pages.documents_keeper import DraftKeeper
from gui.pages.documents_list import DocumentList
from gui.pages.documents_pane import DocumentsPane
from gui.pages.documents_place import WAYS_OUT, DocumentPlace
from gui.pages.documents_preview import DocumentPreview
from gui.pages.documents_reading import OnDesk, Shelf, found_in, read_desk, read_shelf, standing
from gui.rights import needs
from gui.theme import bound_width, scaled
from gui.widgets.badge import BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button

CHECK_AFTER_MS = 900
EDITOR_WIDTH, SMALL_EDITOR_WIDTH, PREVIEW_WIDTH = 504, 420, 340
ROOMY = 1108
FREE, TAKEN, VOIDED = (
    BadgeFace("预留，未占用", "warn"),
    BadgeFace("已占用", "ok", "check-line"),
    BadgeFace("作废", "line"),
)


class WritingPane(DocumentsPane):
    """See the module."""

    title = "文书"

    def __init__(self, desk: Desk, choose: ChoosePrinter = choose_printer) -> None:
        super().__init__()
        self._desk = desk
        self._on_desk: OnDesk | None = None
        self._shown_id = ""
        self._wanted_id = ""
        self._findings: tuple[DocumentFinding, ...] = ()
        self._narrow = False
        self.papers = DocumentList(desk.services.gate)
        self.editor = DocumentEditor(desk)
        self.preview = DocumentPreview(desk)
        self.keeper = DraftKeeper(desk, self)
        self.acts = DocumentActs(desk, self, choose)
        self._found = Banner("warn", "")
        self.header = DocumentButtons(desk.services.gate)
        self._middle = QWidget()
        self._place = DocumentPlace(desk, self._middle)
        self._check = QTimer(self)
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        self._check.setSingleShot(True)
        self._check.setInterval(CHECK_AFTER_MS)
        bound_width(self.preview, least=PREVIEW_WIDTH)
        writing = QVBoxLayout()
        writing.setSpacing(0)
        writing.addWidget(self.editor, 1)
        writing.addLayout(self._foot())
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._writing = QWidget()
        self._writing.setLayout(writing)
        writing.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._writing, 52)
        row.addWidget(self.preview, 48)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.papers)
        whole.addWidget(self._place, 1)

    def _foot(self) -> QVBoxLayout:
        self._found.add_button(push_button("查看", self._show_findings, kind="link", dense=True))
        self._found.hide()
        column = QVBoxLayout()
        column.setContentsMargins(18, 0, 18, 12)
        column.addWidget(self._found)
        return column

    def _connect(self) -> None:
        self.papers.chosen.connect(self._choose)
        self.papers.new_asked.connect(self.ask_new)
        self.editor.edited.connect(self._edited)
        self.editor.form.dated.connect(self._date)
        self.keeper.saved.connect(self._saved)
        self.keeper.taken_over.connect(self._take_over)
        self.preview.copy_changed.connect(self._show_copy)
        self.preview.pointed.connect(self.editor.go_to)
        self.editor.moved.connect(self.preview.mark)
        self._check.timeout.connect(self._find)
        self.editor.look.toggled.connect(lambda _on: self._fit_parts())
        self._desk.year_changed.connect(lambda _year: self._forget())
        header = self.header
        header.versions.clicked.connect(lambda: self._act(self._show_versions))
        header.export.clicked.connect(self._export_pdf)
        header.print.clicked.connect(self._print_out)
        header.back.clicked.connect(lambda: self._act(self._send_back))
        header.void.clicked.connect(lambda: self._act(self._ask_void))
        header.next.clicked.connect(lambda: self._act(self._go_on))

    # The pane

    def buttons(self) -> Sequence[QAbstractButton]:
        if self._on_desk is None:
            return ()
        return self.header.of(self._on_desk.opened.document.state)

    def take_focus(self) -> None:
        self.papers.view.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._fit_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_parts()

    def _fit_parts(self) -> None:
        """Where there is little room the pages take the place of the text when they are asked for."""
        small = self._narrow or self.width() < scaled(ROOMY)
        pages = self.editor.look.isChecked()
        self.editor.set_small(small)
        bound_width(self.editor, least=SMALL_EDITOR_WIDTH if small else EDITOR_WIDTH)
        self.papers.fit(self.width(), narrow=small)
        self.papers.setVisible(not small or not pages)
        self.preview.setVisible(not small or pages)

    def may_leave(self) -> bool:
        return self.keeper.finish()

    def reload(self) -> None:
        services, year = self._desk.services, self._desk.year
        wanted = self._wanted_id or self._shown_id
        self._desk.jobs.start(
            lambda _report: read_shelf(services, year, wanted), self._show_shelf, title="读取文书", owner=self
        )

    def open_document(self, document_id: str) -> None:
        """Show this document."""
        self._wanted_id = document_id
        self.reload()

    def write(self, wanted: Wanted) -> None:
        """A new draft, shown as soon as it is there."""
        self.keeper.save_now()
        self.acts.write(wanted, lambda made: self._wrote(made), failed=self._not_written)

    def write_or_open(self, wanted: Wanted) -> None:
        """The year's document from this template, or a new one."""
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: standing(services, wanted),
            lambda found: self.open_document(found) if found else self.write(wanted),
            title="查找文书",
            owner=self,
        )

    @needs("documents.write")
    def ask_new(self) -> None:
        """Choose a template."""
        templates = self._desk.services.document_templates
        self._desk.jobs.start(
            lambda _report: templates.lines(), self._choose_template, title="读取模板", owner=self
        )

    def _choose_template(self, lines: Sequence[TemplateLine]) -> None:
        form = NewDocument(self._desk, lines, self)
        form.wanted.connect(self.write)
        form.open()

    def _wrote(self, made: WrittenDocument) -> None:
        self._wanted_id = made.id

    def _not_written(self, error: AppError) -> None:
        if error.code in WAYS_OUT:
            self._show_trouble(error)
        else:
            self._desk.messages.show_error(error, headline="没有起草")

    # Showing

    def _forget(self) -> None:
        self.keeper.save_now()
        self._shown_id = ""

    def _show_shelf(self, shelf: Shelf) -> None:
        if shelf.year != self._desk.year:
            return
        if shelf.elsewhere:
            self._desk.choose_year(shelf.elsewhere)
            return
        self.papers.set_lines(shelf.lines)
        self.retitled.emit(f"文书 {len(shelf.lines)}" if shelf.lines else "文书")
        self._wanted_id = ""
        if shelf.on_desk is not None:
            self._show(shelf.on_desk)
        elif shelf.trouble is not None:
            self._show_trouble(shelf.trouble)
        else:
            self._show_nothing()

    def _choose(self, line: DocumentLine) -> None:
        self.keeper.save_now()
        self._open(line.document.id)

    def _take_over(self, document_id: str) -> None:
        """Show the text of somebody else in place of the one here."""
        self._on_desk = None
        self._open(document_id)

    def _open(self, document_id: str) -> None:
        services = self._desk.services
        self._shown_id = document_id
        self._desk.jobs.start(
            lambda _report: read_desk(services, document_id),
            self._show,
            title="打开文书",
            failed=self._show_trouble,
            owner=self,
        )

    def _show(self, on_desk: OnDesk) -> None:
        """Show a document; one that is being written keeps its text, only the data are new."""
        document = on_desk.opened.document
        is_other = self._on_desk is None or self._on_desk.opened.document.id != document.id
        stays = not is_other and (self.keeper.is_waiting() or self._is_shown(document))
        self._on_desk, self._shown_id = on_desk, document.id
        self.papers.select(document.id)
        if stays:
            self.editor.show_words(on_desk.words)
        else:
            self.keeper.begin(document)
            self.editor.form.forget_day()
            self.editor.show_text(on_desk.text, on_desk.words)
        self._show_state(on_desk.opened)
        self._place.show_document()
        self._preview_again(at_once=is_other)
        self._check.start()

    def _is_shown(self, document: WrittenDocument) -> bool:
        shown = self._on_desk
        if shown is None:
            return False
        before = shown.opened.document
        return before.state is document.state and before.text == document.text

    def _show_state(self, opened: OpenDocument) -> None:
        document = opened.document
        locked = not is_writable(document) or bool(self._desk.services.gate.why_not("documents.save"))
        self.editor.set_locked(locked)
        form = self.editor.form
        form.show_day(opened.dated_on, is_fixed=bool(document.dated_on))
        face = VOIDED if document.state is DocumentState.VOID else TAKEN if opened.papers else FREE
        count = len(opened.copies)
        number = opened.number
        if number and count > 1:
            number = f"{number.removesuffix('号')}—{opened.sequence + count - 1}号"
        form.show_number(number, face if opened.number else None)
        self.preview.set_copies([each.recipient or opened.document.title for each in opened.copies])
        self.header.name_next(document.state)
        self._fill_menu(opened)
        self._say_kept()
        self.rearranged.emit()

    def _say_kept(self) -> None:
        if self._on_desk is None:
            return
        document = self._on_desk.opened.document
        if not is_writable(document):
            step = document.steps[-1] if document.steps else None
            said = f"{document.state.label}：{step.at[:10]} {step.person} {step.note}" if step else ""
            self.editor.say_kept(f"{said.strip()}　只能查看")
        else:
            self.editor.say_kept("停下几秒后自动保存" if self.keeper.is_waiting() else "已自动保存")

    def _fill_menu(self, opened: OpenDocument) -> None:
        menu = self.header.menu
        menu.clear()
        is_batch = len(opened.copies) > 1
        menu.addAction("导出 Word\uff08看着的这一份\uff09" if is_batch else "导出 Word", self._export_word)
        for kind in (PDF, WORD) if is_batch else ():
            menu.addAction(f"每份导出一个 {kind}", partial(self._export_each, kind))
        menu.addAction("起草文书", self.ask_new)
        if opened.document.state is DocumentState.DRAFT:
            menu.addSeparator()
            menu.addAction("移到回收站", lambda: self._act(lambda: self.acts.remove(opened.document)))

    def _show_trouble(self, error: AppError) -> None:
        self._on_desk = None
        self.preview.clear()
        self.keeper.forget()
        self._place.show_trouble(error)
        self.rearranged.emit()

    def _show_nothing(self) -> None:
        self._on_desk = None
        self._shown_id = ""
        self._place.show_none(self.ask_new)
        self.rearranged.emit()

    # Writing

    def _edited(self) -> None:
        if self._on_desk is None or not is_writable(self._on_desk.opened.document):
            return
        self.keeper.changed(self._written)
        self._say_kept()
        self._preview_again()
        self._check.start()

    def _written(self) -> tuple[DocumentText, date | None]:
        assert self._on_desk is not None
        fixed = self._on_desk.opened.document.dated_on
        return self.editor.text(), date.fromisoformat(fixed) if fixed else None

    def _date(self, day: date | None) -> None:
        """Another day changes the data too: it is saved at once, and the document read anew."""
        if self._on_desk is None:
            return
        opened = self._on_desk.opened
        dated = replace(opened.document, dated_on=day.isoformat() if day else "")
        self._on_desk = replace(self._on_desk, opened=replace(opened, document=dated))
        self.keeper.changed(self._written)
        self.keeper.save_now()

    def _saved(self, kept: WrittenDocument) -> None:
        if self._on_desk is not None and self._on_desk.opened.document.id == kept.id:
            opened = replace(self._on_desk.opened, document=kept)
            self._on_desk = replace(self._on_desk, opened=opened)
        self._say_kept()

    def _now(self) -> tuple[OpenDocument, DocumentText] | None:
        """The open document with its text as it stands."""
        if self._on_desk is None:
            return None
        opened = self._on_desk.opened
        text = self.editor.text() if is_writable(opened.document) else opened.text
        return opened, text

    def _preview_again(self, *, at_once: bool = False) -> None:
        now = self._now()
        if now is None:
            return
        opened, text = now
        services, place = self._desk.services, self.preview.place()
        if opened.papers:
            paper = opened.papers[min(place, len(opened.papers) - 1)].id
            issued = services.document_issue
            self.preview.show_paper(lambda: ShownDocument(issued.printed([paper])), at_once=at_once)
        elif opened.copies:
            current = replace(opened, text=text)
            at = min(place, len(opened.copies) - 1)
            self.preview.show_paper(lambda: services.documents.shown(current, at), at_once=at_once)
        else:
            self.preview.clear()

    def _show_copy(self, _place: int) -> None:
        self._preview_again(at_once=True)

    def _find(self) -> None:
        now = self._now()
        if now is None or now[0].papers:
            self._show_found(())
            return
        opened, text = now
        services = self._desk.services
        current = replace(opened, text=text)
        self._desk.jobs.look(
            lambda: found_in(services, current), self._show_found, title="核对文书", owner=self
        )

    def _show_found(self, findings: tuple[DocumentFinding, ...]) -> None:
        self._findings = findings
        self._found.setVisible(bool(findings))
        if findings:
            first = findings[0]
            self._found.set_text(f"{len(findings)} 处需要核对。{first.place}：{first.message}")

    def _show_findings(self) -> None:
        dialog = FindingsDialog(self._desk, self._findings, self)
        dialog.chosen.connect(self._go_to)
        dialog.open()

    def _go_to(self, finding: DocumentFinding) -> None:
        self.editor.open_place(-1)
        if finding.words:
            self.editor.edit.find(finding.words)

    # Steps

    def _act(self, act: Callable[[], object]) -> None:
        """Do something with the document as it is written, once all of it is in the store."""
        if self._on_desk is not None and self.keeper.finish():
            act()

    def _go_on(self) -> None:
        assert self._on_desk is not None
        opened = self._on_desk.opened
        steps = steps_from(opened.document.state)
        if not steps:
            return
        if steps[0] is DocumentState.ISSUED:
            self._ask_issue(opened)
        else:
            self.acts.step(opened.document, steps[0])

    def _ask_issue(self, opened: OpenDocument) -> None:
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: services.documents.findings(opened),
            lambda findings: self._show_issue(opened, findings),
            title="核对文书",
            owner=self,
        )

    def _show_issue(self, opened: OpenDocument, findings: tuple[DocumentFinding, ...]) -> None:
        form = IssueForm(self._desk, opened, findings, self)
        form.issued.connect(self._tell_issued)
        form.open()

    def _tell_issued(self, papers: tuple[IssuedPaper, ...]) -> None:
        count = f"，共 {len(papers)} 份" if len(papers) > 1 else ""
        self._desk.tell(f"已印发《{papers[0].title}》{count}", "打印", self._print_out)

    def _send_back(self) -> None:
        assert self._on_desk is not None
        self.acts.send_back(self._on_desk.opened.document)

    def _ask_void(self) -> None:
        assert self._on_desk is not None
        self.acts.void(self._on_desk.opened)

    def _show_versions(self) -> None:
        if self._on_desk is not None:
            VersionsDialog(self._desk, self._on_desk.opened, self).open()

    def _export_pdf(self) -> None:
        if (now := self._now()) is not None:
            self.acts.export_pdf(*now, self.preview.place())

    def _export_word(self) -> None:
        if (now := self._now()) is not None:
            self.acts.export_word(*now, self.preview.place())

    def _export_each(self, kind: str) -> None:
        assert self._on_desk is not None
        document = self._on_desk.opened.document
        self._act(lambda: self.acts.export_each(document, kind))

    def _print_out(self) -> None:
        if (now := self._now()) is not None:
            self.acts.print_out(*now, self.preview.place())
