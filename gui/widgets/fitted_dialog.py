"""A dialog of a given width that is always as high as its wrapped words need.

class AskYear(FittedDialog):
    def __init__(self, parent): super().__init__(560, parent); ...      pixels of the standard text size
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget

from gui.theme import fix_width


class FittedDialog(QDialog):
    """Modal; gone when it is closed."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        fix_width(self, width)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        # A window heeds the least height of a layout, not the height its wrapping labels need at this width.
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest) and (layout := self.layout()):
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        return handled
