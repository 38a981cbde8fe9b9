"""The form of a social organization: the roster's fields and what the filing form says besides, one save.

OrganizationForm(desk, places, summary or None for a new one, parent).open(); form.saved(id)

Every field is read as an import reads it, when it is left.
"""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from core.model.organization import Organization, PartyOrganization, Standing, Status
from core.model.reading import Remark, RemarkKind
from core.model.register import OrganizationSummary, Places
from core.model.roster import RosterColumn
from gui.desk import Desk
from gui.dialogs.ledger_fields import DATE, WIDE, AnyEditor, KeyChoice, LineEdit, editor_of, hint_of
from gui.dialogs.organization_fields import (
    CODE,
    LINES,
    PARTY,
    SECTIONS,
    SHORT,
    TAGS,
    TagLine,
    category_choices,
    grade_choices,
)
from gui.dialogs.organization_reading import FormStart, Reading, read_start, read_words
from gui.dialogs.record_form import RecordForm
from gui.theme import bound_width
from gui.undo import do_undoably
from gui.widgets.attachments import AttachmentBox
from gui.widgets.form_row import FormRow

CHOICES = (
    RosterColumn.COMMUNITY,
    RosterColumn.CATEGORY,
    RosterColumn.STATUS,
    RosterColumn.STANDING,
    RosterColumn.PREVIOUS_GRADE,
    PARTY,
)
REASON = "reason"


class OrganizationForm(RecordForm):
    """New or changed, in the sections of the paper form."""

    def __init__(
        self, desk: Desk, places: Places, summary: OrganizationSummary | None, parent: QWidget
    ) -> None:
        title = "修改社会组织" if summary else "新增社会组织"
        super().__init__(desk, title, "这个社会组织", parent, size=(760, 660))
        self._places = places
        self._base = summary.organization if summary else None
        self._namesake: OrganizationSummary | None = None
        self._fields: dict[str, AnyEditor] = {}
        self._row_of: dict[str, FormRow] = {}
        self._start = FormStart({}, None, {})
        self._kept: dict[str, str] = {}
        self._left: set[str] = set()
        self._reason = LineEdit(CODE)

    def open(self) -> None:
        """Read what the form begins with, then show it."""
        services, key = self.desk.services, self._base.id if self._base else None
        self.desk.jobs.start(lambda _report: read_start(services, key), self._begin, title="打开表单")

    def _begin(self, start: FormStart) -> None:
        self._start = start
        for title, names in SECTIONS:
            self.add_section(title, note="标 * 的必填" if title == SECTIONS[0][0] else "")
            for name in names:
                self._add(name)
        if self._base:
            self._add_for_known(self._base)
        self._fill()
        self.begin()
        for name, editor in self._fields.items():
            editor.left.connect(lambda name=name: self._leave(name))
        super().open()

    # Building

    def _add(self, name: str) -> None:
        if name in CHOICES:
            self._put_row(name, self._choice(name), _CHOICE_LABELS[name])
        elif name in LINES:
            line = LINES[name]
            editor = TagLine(line.width) if name == TAGS else LineEdit(line.width)
            self._put_row(name, editor, line.label, line.hint, required=name == RosterColumn.NAME)
        elif name in self._start.fields:
            field = self._start.fields[name]
            self._put_row(name, editor_of(self.desk, field), SHORT.get(name, field.label), hint_of(field))

    def _put_row(
        self, name: str, editor: AnyEditor, text: str, hint: str = "", *, required: bool = False
    ) -> None:
        self._fields[name] = editor
        self._row_of[name] = self.add_row(FormRow(text, editor, required=required, hint=hint))

    def _choice(self, name: str) -> KeyChoice:
        places = self._places
        if name == RosterColumn.COMMUNITY:
            return KeyChoice([(each.id, each.name) for each in places.communities])
        if name == RosterColumn.CATEGORY:
            return KeyChoice(category_choices(places), width=WIDE)
        if name == RosterColumn.PREVIOUS_GRADE:
            return KeyChoice(grade_choices(self._base.previous_grade if self._base else ""), width=DATE)
        words = {RosterColumn.STATUS: Status, RosterColumn.STANDING: Standing, PARTY: PartyOrganization}[name]
        empty = "" if words is Status else "未填"
        return KeyChoice([(each.value, each.label) for each in words], empty=empty)

    def _add_for_known(self, each: Organization) -> None:
        """Files hang on a record that is there; why it was changed is asked of one that is."""
        self.add_row(FormRow("修改原因", self._reason, hint="记入变更记录，可以不填"))
        self.add_section("附件")
        box = AttachmentBox(self.desk, each.id)
        bound_width(box, least=WIDE)
        self.add_row(FormRow("文件", box))
        box.counted.connect(lambda _count: self.show_faults())
        box.load()

    def _fill(self) -> None:
        each = self._base
        for name, editor in self._fields.items():
            if name in self._start.texts and name not in LINES:
                editor.set_text(self._start.texts[name])
            elif each is not None:
                editor.set_text(_text(getattr(each, _ATTRIBUTES.get(name, name))))

    # What stands in the fields

    def texts(self) -> tuple[object, ...]:
        return tuple(each.text().strip() for each in self._fields.values())

    def filled(self, row: FormRow) -> bool:
        field = row.field
        if isinstance(field, AttachmentBox):
            return bool(field.files_shown())
        if isinstance(field, KeyChoice):
            return field.may_be_empty and bool(field.text())
        return any(each is field and each.text() for each in self._fields.values())

    def _words(self) -> dict[str, str]:
        return {name: each.text().strip() for name, each in self._fields.items()}

    def _read(self, done: Callable[[Reading], None], ended: Callable[[], None] | None = None) -> None:
        """Read the fields as they stand now."""
        services, base, start, words = self.desk.services, self._base, self._start, self._words()
        categories = self._places.categories
        self.desk.jobs.start(
            lambda _report: read_words(services, base, start, words, categories),
            done,
            ended=ended,
            title="检查填写的内容",
        )

    # Checking

    def _leave(self, name: str) -> None:
        """A field was left: read everything again, and speak of the fields that were left so far."""
        if not self.isVisible():
            return
        self._left.add(name)
        self._read(self._show_reading)

    def _show_reading(self, reading: Reading) -> None:
        self._namesake = reading.namesake
        for name in self._left:
            # What was typed since then is read when that field is left.
            if reading.words[name] == self._fields[name].text().strip():
                self._show_remark(name, reading.remarks.get(name))
        self.show_faults()

    def _show_remark(self, name: str, remark: Remark | None) -> None:
        row, editor = self._row_of[name], self._fields[name]
        if doubt := editor.doubt():
            row.show_error(doubt)
        elif name == RosterColumn.NAME and not editor.text().strip():
            # A roster's row could be deleted instead; a form's name can only be written.
            row.show_error("请填写组织名称。")
        elif remark is None:
            row.clear_message()
            self._advise(name)
        elif remark.kind is RemarkKind.NOTE:
            row.show_note(remark.message)
        elif remark.kind is RemarkKind.QUESTION or self._stands(name, remark):
            row.show_warning(remark.sentence)
        elif remark.may_stand:
            row.show_error(remark.sentence, repair="保留", on_repair=lambda: self._keep(name))
        else:
            self._show_fault(row, name, remark)

    def _show_fault(self, row: FormRow, name: str, remark: Remark) -> None:
        row.show_error(
            f"{remark.message}。" if remark.repair else remark.sentence,
            repair=f"改为 {remark.repair}" if remark.repair else "",
            on_repair=lambda: self._put(name, remark.repair),
        )

    def _stands(self, name: str, remark: Remark) -> bool:
        return remark.may_stand and self._kept.get(name) == self._fields[name].text().strip()

    def _advise(self, name: str) -> None:
        """What is allowed but worth a second look."""
        row, text = self._row_of[name], self._fields[name].text()
        if name == RosterColumn.NAME:
            if self._namesake is not None:
                place = self._namesake.community or "未写社区"
                row.show_warning(f"名册中已有同名组织\uff08{place}\uff09，请确认不是同一个。")
        elif name == RosterColumn.CATEGORY and not text:
            row.show_warning("没有类别就不会归口到专项推进组。")

    def _keep(self, name: str) -> None:
        self._kept[name] = self._fields[name].text().strip()
        self._leave(name)

    def _put(self, name: str, text: str) -> None:
        self._fields[name].set_text(text)
        self._leave(name)

    # Saving

    def save(self) -> None:
        self._left.update(self._fields)
        self.save_button.setEnabled(False)
        self._read(self._store, ended=lambda: self.save_button.setEnabled(True))

    def _store(self, reading: Reading) -> None:
        self._show_reading(reading)
        if self.wrong_rows():
            self.show_first_fault()
            return
        organization, register = reading.organization, self.desk.services.register
        particulars, reason = reading.particulars, self._reason.text().strip()
        do_undoably(
            self.desk,
            lambda: register.save_form(organization, particulars, reason),
            title="保存组织",
            told=lambda _none: f"已保存“{organization.name}”",
            done=lambda _none: self.finish(organization.id),
            owner=self,
        )


_CHOICE_LABELS: Mapping[str, str] = {
    RosterColumn.COMMUNITY: "社区\uff08村\uff09",
    RosterColumn.CATEGORY: "类别",
    RosterColumn.STATUS: "状态",
    RosterColumn.STANDING: "方式",
    RosterColumn.PREVIOUS_GRADE: "上年等次",
    PARTY: "党组织",
}
_ATTRIBUTES: Mapping[str, str] = {
    RosterColumn.COMMUNITY: "community_id",
    RosterColumn.CATEGORY: "category_id",
}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)
