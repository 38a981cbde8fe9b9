"""A small form that shows the facts of an act and asks why; the reason goes into the log.

form = ReasonForm("核定合计", headline, facts, hint, reason="……", parent=self)
form.accepted_with.connect(settle); form.open()          the reason, without blanks at its ends
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from gui.theme import bound_width
from gui.widgets.card import FactRow
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 520
FACT_WIDTH = 96


class ReasonForm(FittedDialog):
    """Its title is the verb on its button."""

    accepted_with = Signal(str)

    def __init__(
        self,
        verb: str,
        headline: str,
        facts: Sequence[tuple[str, str]],
        hint: str,
        *,
        reason: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(WIDTH, parent)
        self._verb = verb
        self.setWindowTitle(verb)
        self.reason = QLineEdit(reason)
        bound_width(self.reason, least=360)
        self.row = FormRow("理由", self.reason, required=True)
        self._build(headline, facts, hint)
        self.reason.selectAll()
        self.reason.setFocus()

    def _build(self, headline: str, facts: Sequence[tuple[str, str]], hint: str) -> None:
        self.words.addWidget(label(headline, "heading", wrap=True))
        self.words.addWidget(_fact_card(facts))
        self.words.addWidget(label(hint, "secondary", wrap=True))
        self.words.addWidget(self.row)
        self.end_with(FormFoot(self, self._verb))

    def accept(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.row.show_error(f"请写明{self._verb}的理由，会记入变更记录。")
            self.reason.setFocus()
            return
        super().accept()
        self.accepted_with.emit(reason)


def _fact_card(facts: Sequence[tuple[str, str]]) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "facts")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 10)
    for name, text in facts:
        column.addWidget(FactRow(name, text, label_width=FACT_WIDTH))
    return card
