"""The buttons of an open document in the header of its page, by how far it has come.

buttons = DocumentButtons(gate); buttons.shown(opened); buttons.of(state) -> in order, the primary one last
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QMenu

from core.model.written_document import DocumentState
from core.services.document_lines import steps_from, verb_of
from core.services.guard import Gate
from gui.actions import PRINT, SAVE_PDF, command_button
from gui.rights import offer
from gui.widgets.buttons import push_button, rename

NEXT_KEYS = "Ctrl+Return"


class DocumentButtons:
    """Made once; the page connects them."""

    def __init__(self, gate: Gate) -> None:
        self.versions = push_button("版本", icon_name="history-line")
        self.versions.setToolTip("这份文书改过的每一稿，可以两稿对照")
        self.export = command_button(SAVE_PDF, lambda: None)
        self.print = command_button(PRINT, lambda: None)
        self.others = push_button("更多")
        self.menu = QMenu(self.others)
        self.others.setMenu(self.menu)
        self.others.setProperty("menu", True)
        self.back = push_button("退回修改")
        self.void = push_button("作废")
        self.next = push_button("", icon_name="send-plane-line", kind="primary")
        self.next.setShortcut(NEXT_KEYS)
        for button in (self.back, self.void, self.next):
            offer(gate, button, "documents.step")

    def name_next(self, state: DocumentState) -> None:
        """Give the primary button the verb of the step that is open."""
        if steps := steps_from(state):
            rename(self.next, verb_of(steps[0]))
            self.next.setToolTip(f"{verb_of(steps[0])}\uff08Ctrl+Enter\uff09")

    def of(self, state: DocumentState) -> Sequence[QAbstractButton]:
        """Those that belong in the header."""
        common = (self.others, self.versions, self.export, self.print)
        if state is DocumentState.ISSUED:
            return (self.void, *common)
        if state is DocumentState.VOID:
            return common
        back = (self.back,) if DocumentState.DRAFT in steps_from(state) else ()
        return (*back, *common, self.next)
