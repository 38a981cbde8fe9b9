"""A new template after one that is there: its name.

form = TemplateName(text, parent); form.based_on(edited_text); form.named (DocumentText); form.open()
"""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.model.document_text import DocumentText
from core.model.identity import new_id
from gui.theme import bound_width
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 520
VERB = "另存为新模板"


class TemplateName(FittedDialog):
    """The new one gets a code of its own."""

    named = Signal(object)

    def __init__(self, text: DocumentText, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle(VERB)
        self._text = text
        self.name = QLineEdit(f"{text.name}（自己的）")
        self.purpose = QLineEdit(text.purpose)
        for line in (self.name, self.purpose):
            bound_width(line, least=360)
        self.row = FormRow("名称", self.name, required=True)
        self.words.addWidget(label("新模板的名称和用途", "heading"))
        self.words.addWidget(self.row)
        self.words.addWidget(FormRow("用途", self.purpose))
        self.end_with(FormFoot(self, VERB))
        self.name.selectAll()
        self.name.setFocus()

    def based_on(self, text: DocumentText) -> None:
        """What the new one says."""
        self._text = text

    def accept(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.row.show_error("请写模板的名称。")
            self.name.setFocus()
            return
        super().accept()
        self.named.emit(
            replace(self._text, code=f"own-{new_id()}", name=name, purpose=self.purpose.text().strip())
        )
