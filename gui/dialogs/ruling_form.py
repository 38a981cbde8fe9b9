"""What every decision says: who decided, when, who was there, why, on what evidence.

class TieForm(RulingForm):
    add_facts(...), its own rows, then add_ruling(today, body, persons=True)
    check() marks what is wrong in its own rows
    save() -> unless refused(): start the job; then finish(id)
"""

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from core.model.decision import Decision, DecisionKind
from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit, LongEdit
from gui.dialogs.texts_form import WIDE, TextsForm


class RulingForm(TextsForm):
    """Facts first, then what is decided, then by whom; all in one section."""

    def __init__(self, desk: Desk, verb: str, what: str, parent: QWidget) -> None:
        super().__init__(desk, verb, what, parent)
        self.body, self.persons = (
            LineEdit(WIDE, "例如：考核领导小组"),
            LineEdit(WIDE, "例如：张三、李四、王五"),
        )
        self.evidence = LineEdit(WIDE, "例如：会议纪要〔2026〕3号")
        self.reason = LongEdit()

    def add_ruling(self, today: date, body: str, *, persons: bool) -> None:
        """The rows that every decision has."""
        self.body.setText(body)
        self.add_text("作出机关", self.body)
        self.add_day(today)
        if persons:
            self.add_text("参加人员", self.persons)
        self.add_text("理由", self.reason)
        self.add_text("依据", self.evidence, required=False)
        self.begin()

    def draft(self, kind: DecisionKind) -> Decision:
        """A decision of a kind with all that the common rows say."""
        return Decision(
            "",
            "",
            kind,
            self.body.text().strip(),
            self.chosen_day(),
            self.persons.text().strip(),
            self.reason.text().strip(),
            self.evidence.text().strip(),
        )


def score_of(text: str) -> Decimal | None:
    """The score that was typed; None where it is no number."""
    try:
        return Decimal(unicodedata.normalize("NFKC", text).strip())
    except InvalidOperation:
        return None
