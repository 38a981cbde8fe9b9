"""A form of a few texts and a day, with the facts that they are about above them; all in one section.

class AnswerForm(TextsForm):
    add_facts(...), add_text("答复", self.answer), add_day(today), then begin()
    check() marks what is wrong in its own rows
    save() -> unless refused(): start the job; then finish(id)
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit, LongEdit
from gui.dialogs.record_form import RecordForm
from gui.theme import bound_width
from gui.widgets.day_edit import DayEdit
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

SIZE = (640, 620)
WIDE, DAY = 400, 168


class TextsForm(RecordForm):
    """Its title is the verb on its button."""

    def __init__(
        self, desk: Desk, verb: str, what: str, parent: QWidget, *, size: tuple[int, int] = SIZE
    ) -> None:
        super().__init__(desk, verb, what, parent, size=size)
        self.save_button.setText(f"{verb}　Ctrl+S")
        self.save_button.setAccessibleName(verb)
        self.save_button.setShortcut("Ctrl+S")
        self.day = DayEdit(DAY)
        self._texts: list[tuple[FormRow, LineEdit | LongEdit, bool]] = []

    def add_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Say what the form is about."""
        self.add_section(self.windowTitle(), note="标 * 的必填")
        for name, text in facts:
            value = label(text, wrap=True, selectable=True)
            bound_width(value, least=WIDE)
            self.add_row(FormRow(name, value))

    def add_text(self, title: str, editor: LineEdit | LongEdit, *, required: bool = True) -> FormRow:
        """A row of text; a required one must not stay empty while it is seen."""
        row = self.add_row(FormRow(title, editor, required=required))
        self._texts.append((row, editor, required))
        editor.left.connect(lambda: self._leave(row, editor))
        return row

    def _leave(self, row: FormRow, editor: LineEdit | LongEdit) -> None:
        """What was missing and has been written is not asked for any more."""
        if row.is_wrong() and editor.text().strip() and not editor.doubt():
            row.clear_message()
            self.show_faults()

    def add_day(self, today: date, title: str = "日期") -> None:
        """The row of the day, today at first."""
        self.day.show_day(today)
        self.add_row(FormRow(title, self.day, required=True))

    def chosen_day(self) -> str:
        """The day as it is stored."""
        return self.day.day().isoformat()

    def texts(self) -> tuple[object, ...]:
        return (*(editor.text() for _, editor, _ in self._texts), self.chosen_day())

    def filled(self, row: FormRow) -> bool:
        return not isinstance(row.field, LineEdit | LongEdit) or bool(row.field.text().strip())

    def refused(self) -> bool:
        """Whether something is missing or wrong; the first such place is shown."""
        for row, editor, required in self._texts:
            if editor.text().strip() or not required or row.isHidden():
                row.clear_message()
            else:
                row.show_error("请填写。")
        self.check()
        self.show_faults()
        self.show_first_fault()
        return bool(self.wrong_rows())

    def check(self) -> None:
        """Mark what is wrong in the form's own rows."""
