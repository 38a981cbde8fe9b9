"""Why numbers of the register stand for no paper of this program: used on paper, passed over.

SkipNumber(desk, row, parent).open()          the row of a gap, or None for any number
"""

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from core.errors import AppError
from core.services.number_register import NumberRow
from gui.desk import Desk
from gui.theme import bound_width, fix_width
from gui.undo import do_undoably
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 540
VERB = "登记空号"
HIGHEST = 99_999


class SkipNumber(FittedDialog):
    """All numbers of a gap get the same reason."""

    def __init__(self, desk: Desk, row: NumberRow | None, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._desk = desk
        self.setWindowTitle(VERB)
        self.series = QLineEdit(row.series if row else "")
        self.year = _number(row.year if row else desk.services.clock().year, 1900, 9999)
        self.first = _number(row.first if row else 1, 1, HIGHEST)
        self.last = _number(row.last if row else 1, 1, HIGHEST)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("例如：手写发文，未用程序")
        fix_width(self.series, 200)
        bound_width(self.reason, least=360)
        self.number_row = FormRow("机关代字", self.series, required=True)
        self.reason_row = FormRow("理由", self.reason, required=True)
        self._build()
        self.first.valueChanged.connect(self.last.setMinimum)
        (self.reason if row else self.series).setFocus()

    def _build(self) -> None:
        self.words.addWidget(label("这些号不再发给别的文书", "heading"))
        for row in (
            self.number_row,
            FormRow("年份", self.year, required=True),
            FormRow("从第", self.first, required=True, hint="号"),
            FormRow("到第", self.last, required=True, hint="号"),
            self.reason_row,
        ):
            self.words.addWidget(row)
        self.end_with(FormFoot(self, VERB))

    def accept(self) -> None:
        series, reason = self.series.text().strip(), self.reason.text().strip()
        for text, row, words in (
            (series, self.number_row, "请写机关代字，例如“某街办”。"),
            (reason, self.reason_row, "请写明理由，会记入登记簿。"),
        ):
            row.clear_message()
            if not text:
                row.show_error(words)
                row.field.setFocus()
                return
        issues, year = self._desk.services.document_issue, self.year.value()
        numbers = range(self.first.value(), self.last.value() + 1)
        do_undoably(
            self._desk,
            lambda: issues.skip_all(series, year, numbers, reason),
            title=VERB,
            told=lambda made: f"已登记 {len(made)} 个空号",
            done=lambda _made: super(SkipNumber, self).accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        self.number_row.show_error(str(error))


def _number(value: int, least: int, most: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    fix_width(made, 120)
    return made
