"""A measure typed or stepped: millimetres, points, per cent; the wheel does not change it by accident.

edit = MeasureEdit("左边距（毫米）", 0, 1500, decimals=1); edit.row; edit.edited (float, by the user alone)
edit.show_value(39.845)        shown rounded, and not told
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from gui.theme import fix_width
from gui.widgets.labels import label

FIELD_WIDTH = 124


class MeasureEdit(QDoubleSpinBox):
    """What is typed is told on Enter or when the field is left, what is stepped at once."""

    edited = Signal(float)

    def __init__(self, name: str, least: float, most: float, *, decimals: int = 1, step: float = 0.1) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        fix_width(self, FIELD_WIDTH)
        self.row = field_row(name, self)
        self.valueChanged.connect(lambda value: self.edited.emit(round(value, decimals)))

    def show_value(self, value: float) -> None:
        """Show a value that was not typed here; what is being typed stays."""
        if self.hasFocus() and self.lineEdit().isModified():
            return
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def field_row(name: str, field: QWidget) -> QWidget:
    """A quiet word at the left and its field at the right."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    word = label(name, "secondary")
    word.setBuddy(field)
    row.addWidget(word, 1)
    row.addWidget(field)
    return holder
