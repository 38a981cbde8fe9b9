"""What every decision says: who decided, when, who was there, why, on what evidence.

class TieForm(RulingForm):
    add_facts(...), its own rows, then add_ruling(today, body, persons=True)
    check() marks what is wrong in its own rows
    save() -> unless refused(): start the job; then finish(id)
"""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit, LongEdit
from gui.dialogs.record_form import RecordForm
from gui.theme import bound_width, fix_width
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

SIZE = (640, 620)
WIDE, DAY = 400, 168


class RulingForm(RecordForm):
    """Facts first, then what is decided, then by whom; all in one section."""

    def __init__(self, desk: Desk, verb: str, what: str, parent: QWidget) -> None:
        super().__init__(desk, verb, what, parent, size=SIZE)
        self.save_button.setText(f"{verb}　Ctrl+S")
        self.save_button.setAccessibleName(verb)
        self.save_button.setShortcut("Ctrl+S")
        self.body, self.persons = (
            LineEdit(WIDE, "例如：考核领导小组"),
            LineEdit(WIDE, "例如：张三、李四、王五"),
        )
        self.evidence = LineEdit(WIDE, "例如：会议纪要〔2026〕3号")
        self.reason = LongEdit()
        self.day = QDateEdit()
        self._texts: list[tuple[FormRow, LineEdit | LongEdit]] = []

    def add_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Say what the decision is about."""
        self.add_section(self.windowTitle(), note="标 * 的必填")
        for name, text in facts:
            value = label(text, wrap=True, selectable=True)
            bound_width(value, least=WIDE)
            self.add_row(FormRow(name, value))

    def add_ruling(self, today: date, body: str, *, persons: bool) -> None:
        """The rows that every decision has."""
        self.body.setText(body)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setDate(QDate(today.year, today.month, today.day))
        fix_width(self.day, DAY)
        self.add_text("作出机关", self.body)
        self.add_row(FormRow("日期", self.day, required=True))
        if persons:
            self.add_text("参加人员", self.persons)
        self.add_text("理由", self.reason)
        self.add_row(FormRow("依据", self.evidence))
        self.begin()

    def add_text(self, title: str, editor: LineEdit | LongEdit) -> None:
        """A row that must not stay empty."""
        self._texts.append((self.add_row(FormRow(title, editor, required=True)), editor))

    def decided_on(self) -> str:
        """The day as it is stored."""
        return self.day.date().toString("yyyy-MM-dd")

    def texts(self) -> tuple[object, ...]:
        written = tuple(editor.text() for _, editor in self._texts)
        return (*written, self.evidence.text(), self.decided_on())

    def filled(self, row: FormRow) -> bool:
        return not isinstance(row.field, LineEdit | LongEdit) or bool(row.field.text().strip())

    def refused(self) -> bool:
        """Whether something is missing or wrong; the first such place is shown."""
        for row, editor in self._texts:
            if editor.text().strip():
                row.clear_message()
            else:
                row.show_error("请填写。")
        self.check()
        self.show_faults()
        self.show_first_fault()
        return bool(self.wrong_rows())

    def check(self) -> None:
        """Mark what is wrong in the form's own rows."""
