"""On which day the receipts (送达回执) of letters came back.

ReceiptForm(desk, rows, parent).open()        rows of the register of numbers
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.errors import AppError
from core.services.number_register import NumberRow
from gui.desk import Desk
from gui.undo import do_undoably
from gui.widgets.day_edit import DayEdit
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 540
VERB = "登记回执"
MOST_NAMED = 4


class ReceiptForm(FittedDialog):
    """All of them get the same day."""

    def __init__(self, desk: Desk, rows: Sequence[NumberRow], parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._desk = desk
        self._papers = [row.key for row in rows]
        self.setWindowTitle(VERB)
        self.day = DayEdit(160)
        self.day.show_day(desk.services.clock().date())
        self.day.setMaximumDate(self.day.date())
        self.day_row = FormRow("收回日期", self.day, required=True)
        names = [f"{row.number}　{row.recipient}" for row in rows[:MOST_NAMED]]
        more = [f"……另有 {len(rows) - MOST_NAMED} 份"] if len(rows) > MOST_NAMED else []
        self.words.addWidget(label(f"收回 {len(rows)} 份送达回执", "heading"))
        self.words.addWidget(label("\n".join((*names, *more)), wrap=True))
        self.words.addWidget(self.day_row)
        self.end_with(FormFoot(self, VERB))
        self.day.setFocus()

    def accept(self) -> None:
        issues, day = self._desk.services.document_issue, self.day.day()
        do_undoably(
            self._desk,
            lambda: issues.record_receipts(self._papers, day),
            title=VERB,
            told=lambda papers: f"已登记 {len(papers)} 份回执",
            done=lambda _papers: super(ReceiptForm, self).accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        self.day_row.show_error(str(error))
