"""The documents page: documents being written, certificates, the register of numbers, templates.

Each tab is a pane of its own (`gui.pages.documents_pane`); the page shows the buttons of the one in sight.
"""

from functools import partial
from typing import cast

from PySide6.QtWidgets import QVBoxLayout

from core.model.cycle_view import RESULTS_NOTICE
from core.services.document_opening import Wanted
from gui.desk import Desk
from gui.dialogs.printing import ChoosePrinter, choose_printer
from gui.pages.certificates import CertificatesPane
from gui.pages.documents_pane import DocumentsPane
from gui.pages.documents_register import RegisterPane
from gui.pages.documents_templates import TemplatesPane
from gui.pages.documents_writing import WritingPane
from gui.widgets.late_stack import LateStack
from gui.widgets.page import Page, PageHeader

WRITING, CERTIFICATES, REGISTER, TEMPLATES = range(4)
KINDS: tuple[type[DocumentsPane], ...] = (WritingPane, CertificatesPane, RegisterPane, TemplatesPane)


class DocumentsPage(Page):
    """Four tabs under one header."""

    def __init__(self, desk: Desk, choose: ChoosePrinter = choose_printer) -> None:
        super().__init__()
        self._desk = desk
        self.header = PageHeader("文书", tabs=tuple(each.title for each in KINDS))
        self._stack = LateStack(
            [
                partial(WritingPane, desk, choose),
                partial(CertificatesPane, desk, choose),
                partial(RegisterPane, desk),
                partial(TemplatesPane, desk),
            ]
        )
        self._narrow = False
        self._tab = WRITING
        self._stale = set(range(len(KINDS)))
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self._stack.made.connect(self._adopt)
        self._stack.turn_to(WRITING)
        self.header.tab_changed.connect(self._turn)
        self._arrange(WRITING)

    def _adopt(self, place: int, pane: DocumentsPane) -> None:
        """Join a pane that was just made with the page."""
        pane.set_narrow(self._narrow)
        pane.retitled.connect(partial(self.header.set_tab_text, place))
        pane.rearranged.connect(partial(self._arrange, place))
        if isinstance(pane, RegisterPane):
            pane.document_asked.connect(self._open_document)
        elif isinstance(pane, TemplatesPane):
            pane.document_asked.connect(self._write)

    @property
    def writing(self) -> WritingPane:
        """The documents being written."""
        return cast(WritingPane, self._stack.pane(WRITING))

    @property
    def certificates(self) -> CertificatesPane:
        """The certificates."""
        return cast(CertificatesPane, self._stack.pane(CERTIFICATES))

    @property
    def register(self) -> RegisterPane:
        """The register of numbers."""
        return cast(RegisterPane, self._stack.pane(REGISTER))

    @property
    def templates(self) -> TemplatesPane:
        """The templates."""
        return cast(TemplatesPane, self._stack.pane(TEMPLATES))

    def take_focus(self) -> None:
        self._pane().take_focus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        for pane in self._panes():
            pane.set_narrow(narrow)

    def may_leave(self) -> bool:
        return self._pane().may_leave()

    def perform(self, action: str, argument: str) -> None:
        """Show the tab of an action."""
        if action in ("certificates", "certificate"):
            self.header.tabs.setCurrentIndex(CERTIFICATES)
            if argument:
                self.certificates.open_certificate(argument)
            return
        self.header.tabs.setCurrentIndex(WRITING)
        if action == "document":
            self.writing.open_document(argument)
        elif action == "new_document":
            self.writing.ask_new()
        else:
            template = argument or RESULTS_NOTICE
            self.writing.write_or_open(Wanted(template, self._desk.year, self._desk.cycle))

    def reload(self) -> None:
        """Load the tab in sight; the others when they are next shown."""
        self._stale = set(range(len(KINDS)))
        self._reload_tab()

    def _reload_tab(self) -> None:
        if self._tab in self._stale:
            self._stale.discard(self._tab)
            self._pane().reload()

    def _pane(self) -> DocumentsPane:
        return cast(DocumentsPane, self._stack.pane(self._tab))

    def _panes(self) -> tuple[DocumentsPane, ...]:
        return cast(tuple[DocumentsPane, ...], self._stack.panes())

    def _turn(self, tab: int) -> None:
        """Another tab, if what was typed in this one could be kept."""
        if tab == self._tab:
            return
        if not self._pane().may_leave():
            self.header.tabs.setCurrentIndex(self._tab)
            return
        self._tab = tab
        self._stack.turn_to(tab)
        self._arrange(tab)
        self._reload_tab()

    def _arrange(self, place: int) -> None:
        if place == self._tab:
            self.header.set_buttons(self._pane().buttons())

    def _open_document(self, document_id: str) -> None:
        self.header.tabs.setCurrentIndex(WRITING)
        self.writing.open_document(document_id)

    def _write(self, code: str) -> None:
        self.header.tabs.setCurrentIndex(WRITING)
        self.writing.write(Wanted(code, self._desk.year, self._desk.cycle))
