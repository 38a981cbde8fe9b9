"""One row of a form: label, field, a quiet word beside it, the message right under it.

row = FormRow("信用代码", field, required=True, hint="18 位")
row.show_error("第 13 位是字母 O，应为数字 0。", repair="改为 0", on_repair=self._repair)
row.show_warning("……"); row.show_note("……"); row.clear_message(); row.is_wrong()
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import fix_height, fix_width, row_height, set_kind
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, IconLabel, WrappingLabel, label

LABEL_WIDTH = 96
FIELD = 36
FIELD_STRETCH = 100
UNBOUNDED = 16_777_215
"""How wide a widget may be that has no bounds: Qt's QWIDGETSIZE_MAX."""
ABOVE_WORDS = 7
"""Pixels above one line of words in the middle of a field."""


class FormRow(QWidget):
    """The field keeps its own width, or its bounds; its label is its buddy."""

    def __init__(
        self,
        text: str,
        field: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        label_width: int = LABEL_WIDTH,
    ) -> None:
        super().__init__()
        self.field = field
        field.setAccessibleName(f"{text}\uff08必填\uff09" if required else text)
        self._icon = IconLabel("error-warning-fill", "err", 16)
        self._message = WrappingLabel("", "err")
        self._repair = push_button("", kind="link", dense=True)
        self._on_repair: Callable[[], object] = self.clear_message
        self._repair.clicked.connect(lambda _checked=False: self._on_repair())
        self._wrong = False
        if isinstance(field, QLabel):
            # The first of its lines stands beside the label.
            field.setContentsMargins(0, ABOVE_WORDS, 0, ABOVE_WORDS)
        upper = QHBoxLayout()
        upper.setSpacing(10)
        # As high as the label, so that a lower field stands beside it.
        upper.addStrut(row_height(FIELD))
        # A field with bounds gets as wide as it may, and gives way where there is little room.
        upper.addWidget(field, FIELD_STRETCH if field.maximumWidth() < UNBOUNDED else 0)
        if hint:
            upper.addWidget(ElidedLabel(hint, "hint"))
        upper.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(upper)
        self._line = self._message_line()
        column.addLayout(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_buddy_label(text, field, required, label_width), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.clear_message()

    def _message_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._message)
        line.addWidget(self._repair, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        return line

    def show_error(
        self, text: str, *, repair: str = "", on_repair: Callable[[], object] | None = None
    ) -> None:
        """Say what is wrong and what to do; `repair` puts it right where the remedy is known."""
        self._wrong = True
        self._show("err", "error-warning-fill", text)
        self._repair.setText(repair)
        self._repair.setVisible(bool(repair))
        if repair:
            # The button is higher than a line of text, which stands in its middle; so does the icon.
            self._line.setAlignment(self._icon, Qt.AlignmentFlag.AlignVCenter)
        self._on_repair = on_repair or self.clear_message

    def show_warning(self, text: str) -> None:
        """Say what to mind; the form can still be saved."""
        self._wrong = False
        self._show("warn", "alert-fill", text)

    def show_note(self, text: str) -> None:
        """Say something quiet."""
        self._wrong = False
        self._show("hint", "", text)

    def clear_message(self) -> None:
        self._wrong = False
        for part in (self._icon, self._message, self._repair):
            part.hide()
        set_kind(self.field, "state", "")
        self.field.setAccessibleDescription("")

    def is_wrong(self) -> bool:
        return self._wrong

    def _show(self, kind: str, icon: str, text: str) -> None:
        if icon:
            self._icon.set_icon(icon, kind)
        self._message.setText(text)
        set_kind(self._message, "kind", kind)
        set_kind(self.field, "state", kind)
        self.field.setAccessibleDescription(text)
        self._icon.setVisible(bool(icon))
        self._line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self._message.show()
        self._repair.hide()


def _buddy_label(text: str, field: QWidget, required: bool, width: int) -> QWidget:
    holder = QWidget()
    fix_width(holder, width)
    fix_height(holder, FIELD)
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    word: QLabel = label(text, "secondary")
    word.setBuddy(field)
    line.addWidget(word)
    if required:
        star = label("*", "err")
        star.setToolTip("必填")
        line.addWidget(star)
    line.addStretch(1)
    return holder
