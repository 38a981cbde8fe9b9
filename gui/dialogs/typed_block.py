"""What the dialogs have in common in which a person types a block of a text.

A kind puts `grid` and its buttons into the frame, calls `begin()` when it is filled, and tells in `made()`
what stands there. `written` gives it on; Esc asks first where something was typed.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.model.document_text import WrittenBlock
from gui.messages import Answer, Messages
from gui.widgets.buttons import push_button
from gui.widgets.cell_grid import CellGrid
from gui.widgets.framed_dialog import FramedDialog


class TypedBlock(FramedDialog):
    """See the module."""

    written = Signal(object)

    what: str
    """What is typed here, in the question whether to keep it."""
    grid: CellGrid
    made: Callable[..., WrittenBlock]
    """What stands here."""

    def __init__(
        self, title: str, size: tuple[int, int], verb: str, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(title, size, parent)
        self._messages = messages
        self.finish = push_button(verb, self.accept, kind="primary")
        self.finish.setDefault(True)
        QShortcut(QKeySequence("Ctrl+S"), self, self.finish.click)

    def begin(self) -> None:
        """What stands here now is what was there before."""
        self.grid.setCurrentCell(0, 0)
        self.grid.setFocus()
        self._before = self.made()

    def accept(self) -> None:
        made = self._typed()
        super().accept()
        self.written.emit(made)

    def reject(self) -> None:
        answer = Answer.DISCARD
        if self._typed() != self._before:
            answer = self._messages.ask_save(f"写下的{self.what}")
        if answer is Answer.SAVE:
            self.finish.click()
        elif answer is Answer.DISCARD:
            super().reject()

    def _typed(self) -> WrittenBlock:
        # What is being typed goes into its cell when the keyboard leaves it.
        self.grid.setFocus()
        return self.made()
