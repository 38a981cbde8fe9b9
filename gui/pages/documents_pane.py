"""What the documents page asks of each of its tabs.

class RegisterPane(DocumentsPane):
    title = "发文字号登记簿"                          the words of its tab; `retitled` when they change
    def buttons(self): ...                           its buttons in the header, the primary one last;
                                                     `rearranged` when these are others
    def reload(self), take_focus(self), set_narrow(self, narrow), may_leave(self)

The page shows only the buttons that a pane names; a pane never hides one itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton

from gui.widgets.page import Page


class DocumentsPane(Page):
    """One tab of the documents page."""

    title = ""
    retitled = Signal(str)
    rearranged = Signal()

    def buttons(self) -> Sequence[QAbstractButton]:
        """The buttons that belong in the header now."""
        return ()
