"""The form of a record of any ledger, made from the descriptions of its fields.

LedgerForm(desk, ACTIVITIES, record or None for a new one, parent, fixed={"organization_id": id}).open()
form.saved(id)

`fixed` are values of a new record that are already decided: texts as the form holds them.
Every field is read as an import reads it, when it is left; a date or an amount tells how it was read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import AppError
from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerForm as FormReading
from core.model.reading import Remark, RemarkKind
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.ledger_fields import WIDE, AnyEditor, KeyChoice, LinkEdit, editor_of, hint_of
from gui.dialogs.record_form import RecordForm
from gui.widgets.form_row import LABEL_WIDTH, FormRow

FIRST_SECTION = "基本信息"
CHARACTER, STAR = 14, 12


@dataclass(frozen=True, slots=True)
class FormStart:
    """What a form begins with: the fields in use, their texts, the titles of what they refer to.

    `cycles` are the codes of cycles with their titles, asked for where a field holds one.
    """

    fields: Sequence[Field]
    texts: Mapping[str, str]
    titles: Mapping[str, str]
    cycles: Mapping[str, str]


def read_start(services: Services, ledger: Ledger, record: Any | None, fixed: Mapping[str, str]) -> FormStart:
    """Read what a form begins with."""
    ledgers = services.ledgers
    texts = {**ledgers.form_texts(ledger, record), **fixed}
    draft = ledgers.read_form(ledger, texts, record).record
    fields = ledgers.fields(ledger)
    return FormStart(fields, texts, ledgers.link_titles(ledger, draft), _cycles(services, fields, texts))


def _cycles(services: Services, fields: Sequence[Field], texts: Mapping[str, str]) -> dict[str, str]:
    """Titles by code; a code that no cycle bears any more stands for itself."""
    names = [each.name for each in fields if each.kind is FieldKind.CYCLE]
    if not names:
        return {}
    titles = {each.code: f"{each.title}（{each.code}）" for each in services.assessments.cycles()}
    return {code: code for name in names if (code := texts.get(name, ""))} | titles


class LedgerForm(RecordForm):
    """New or changed."""

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        record: Any | None,
        parent: QWidget,
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        verb = "修改" if record else "新增"
        super().__init__(desk, f"{verb}{ledger.label}", f"这条{ledger.label}", parent, size=(760, 620))
        self._ledger = ledger
        self._record = record
        self._fixed = dict(fixed or {})
        self._editors: dict[str, AnyEditor] = {}
        self._row_of: dict[str, FormRow] = {}
        self._left: set[str] = set()

    def open(self) -> None:
        """Read what the form begins with, then show it."""
        services, ledger = self.desk.services, self._ledger
        record, fixed = self._record, self._fixed
        self.desk.jobs.start(
            lambda _report: read_start(services, ledger, record, fixed), self._begin, title="打开表单"
        )

    def _begin(self, start: FormStart) -> None:
        self._build(start.fields, start.cycles)
        for name, editor in self._editors.items():
            if isinstance(editor, LinkEdit):
                editor.set_link(start.texts.get(name, ""), start.titles.get(name, ""))
            else:
                editor.set_text(start.texts.get(name, ""))
            editor.left.connect(lambda name=name: self._leave(name))
        self.begin()
        if first := self._first_empty():
            first.setFocus()
        super().open()

    def _build(self, fields: Sequence[Field], cycles: Mapping[str, str]) -> None:
        longest = max(len(field.label) for field in fields)
        self.add_section(fields[0].section or FIRST_SECTION, note="标 * 的必填")
        for place, field in enumerate(fields):
            if place and field.section:
                self.add_section(field.section)
            is_cycle = field.kind is FieldKind.CYCLE
            editor = KeyChoice(tuple(cycles.items()), width=WIDE) if is_cycle else editor_of(self.desk, field)
            self._editors[field.name] = editor
            row = FormRow(
                field.label,
                editor,
                required=field.required,
                hint=hint_of(field),
                label_width=max(LABEL_WIDTH, longest * CHARACTER + STAR),
            )
            self._row_of[field.name] = self.add_row(row)

    def _first_empty(self) -> AnyEditor | None:
        """A new record's first field that is still to be filled in."""
        if self._record is not None:
            return None
        return next((each for name, each in self._editors.items() if name not in self._fixed), None)

    def texts(self) -> tuple[object, ...]:
        return tuple(
            (each.text(), each.text_shown()) if isinstance(each, LinkEdit) else each.text()
            for each in self._editors.values()
        )

    def filled(self, row: FormRow) -> bool:
        return any(each is row.field and each.text() for each in self._editors.values())

    # Checking

    def _words(self) -> dict[str, str]:
        return {name: each.text() for name, each in self._editors.items()}

    def _leave(self, name: str) -> None:
        """A field was left: read everything again, and speak of the fields that were left so far."""
        if not self.isVisible():
            return
        self._left.add(name)
        self._read(self._show_reading)

    def _read(self, done: Callable[[tuple[Mapping[str, str], FormReading]], None]) -> None:
        words, ledger, record = self._words(), self._ledger, self._record
        ledgers = self.desk.services.ledgers
        self.desk.jobs.start(
            lambda _report: (words, ledgers.read_form(ledger, words, record)),
            done,
            failed=self._tell_unread,
            title="检查填写的内容",
            owner=self,
        )

    def _tell_unread(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.desk.messages.show_error(error, headline="没有检查填写的内容")

    def _show_reading(self, read: tuple[Mapping[str, str], FormReading]) -> None:
        words, reading = read
        said = dict(reversed(reading.remarks)) | dict(reversed(reading.faults))
        for name in self._left:
            # What was typed since then is read when that field is left.
            if words[name] == self._editors[name].text():
                self._show_remark(name, said.get(name) or self._as_read(name, reading.record))
        self.show_faults()

    def _show_remark(self, name: str, remark: Remark | None) -> None:
        row, editor = self._row_of[name], self._editors[name]
        if doubt := editor.doubt():
            row.show_error(doubt)
        elif remark is None:
            row.clear_message()
        elif remark.kind is RemarkKind.NOTE:
            row.show_note(remark.message)
        elif remark.kind is RemarkKind.QUESTION:
            row.show_warning(remark.sentence)
        elif remark.repair:
            row.show_error(
                f"{remark.message}。",
                repair=f"改为 {remark.repair}",
                on_repair=lambda: self._put(name, remark.repair),
            )
        else:
            row.show_error(remark.sentence)

    def _as_read(self, name: str, record: Any) -> Remark | None:
        """How a date was understood that is written otherwise than we write it."""
        field, text = self._ledger.field(name), str(getattr(record, name) or "")
        if field.kind is not FieldKind.DATE or text in ("", self._editors[name].text()):
            return None
        return Remark(RemarkKind.NOTE, f"读作 {text}")

    def _put(self, name: str, text: str) -> None:
        self._editors[name].set_text(text)
        self._leave(name)

    # Saving

    def save(self) -> None:
        self._left.update(self._editors)
        self.save_button.setEnabled(False)
        self._read(self._store)

    def _store(self, read: tuple[Mapping[str, str], FormReading]) -> None:
        self._show_reading(read)
        if self.wrong_rows():
            self.save_button.setEnabled(True)
            self.show_first_fault()
            return
        ledger, ledgers, record = self._ledger, self.desk.services.ledgers, read[1].record
        self.desk.jobs.start(
            lambda _report: ledgers.save(ledger, record),
            self.finish,
            ended=lambda: self.save_button.setEnabled(True),
            title=f"保存{ledger.label}",
            saves=True,
            owner=self,
        )
