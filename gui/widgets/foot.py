"""The line of buttons at the end of a dialog.

Foot([next_one], [close, check])                 what stands at its left, and the buttons that end the dialog
foot = FormFoot(form, "打印", system)             取消 and the form's own verb, which Enter and Ctrl+S press
foot.done                                         the button with the verb
"""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QWidget

from gui.widgets.buttons import push_button


class Foot(QFrame):
    """Stands under what scrolls."""

    def __init__(self, beside: Sequence[QWidget], buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(8)
        for each in beside:
            row.addWidget(each)
        row.addStretch(1)
        for each in buttons:
            row.addWidget(each)


class FormFoot(Foot):
    """Of a form that is accepted or left."""

    def __init__(self, form: QDialog, verb: str, *beside: QWidget) -> None:
        done = push_button(verb, form.accept, kind="primary")
        done.setDefault(True)
        super().__init__(beside, [push_button("取消", form.reject), done])
        self.done = done
        QShortcut(QKeySequence("Ctrl+S"), form, form.accept)
