"""The form of a social organization: every field is read as the import reads it, when it is left.

OrganizationForm(desk, register, summary or None for a new one, parent).open(); form.saved(id)
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from core.model.organization import Organization, Standing, Status
from core.model.reading import RemarkKind
from core.model.register import OrganizationForm as FormReading
from core.model.register import OrganizationSummary, Register
from core.model.roster import CellRemark, RosterColumn
from gui.desk import Desk
from gui.dialogs.record_form import Choice, RecordForm
from gui.theme import fix_width
from gui.widgets.form_row import FormRow

WIDE, CODE, DATE, COUNT = 420, 240, 168, 112
GRADES = ("优秀", "良好", "合格", "基本合格", "不合格", "未参评")


class OrganizationForm(RecordForm):
    """New or changed, in five sections."""

    def __init__(
        self, desk: Desk, register: Register, summary: OrganizationSummary | None, parent: QWidget
    ) -> None:
        title = "修改社会组织" if summary else "新增社会组织"
        super().__init__(desk, title, "这个社会组织", parent, size=(760, 660))
        self._register = register
        self._base = summary.organization if summary else None
        self._names = {_folded(each.organization.name): each for each in register.organizations}
        self._fields: dict[RosterColumn, QLineEdit | Choice] = {}
        self._row_of: dict[RosterColumn, FormRow] = {}
        self._kept: set[RosterColumn] = set()
        self._left: set[RosterColumn] = set()
        self._build()
        if self._base:
            self._fill(self._base)
        self.begin()
        self._connect()

    # Building

    def _build(self) -> None:
        register = self._register
        communities = [(each.id, each.name) for each in register.communities]
        groups = {each.category_id: f"　归口：{each.name}" for each in register.work_groups}
        categories = [(each.id, f"{each.name}{groups.get(each.id, '')}") for each in register.categories]
        standings = [(each, each.label) for each in Standing]
        statuses = [(each, each.label) for each in Status]
        self.add_section("基本信息", note="标 * 的必填")
        self._line(RosterColumn.NAME, "名称", WIDE, required=True)
        self._choice(RosterColumn.COMMUNITY, "社区\uff08村\uff09", Choice(communities))
        self._choice(RosterColumn.CATEGORY, "类别", Choice(categories, width=WIDE))
        self._choice(RosterColumn.STATUS, "状态", Choice(statuses, empty=""))
        self.add_section("备案或登记")
        self._choice(RosterColumn.STANDING, "方式", Choice(standings))
        self._line(RosterColumn.FILING_NUMBER, "备案号", CODE)
        self._line(RosterColumn.CREDIT_CODE, "信用代码", CODE, "18 位")
        self._line(RosterColumn.FOUNDED_ON, "日期", DATE, "如 2018-03-05，不知道日的写 2018-03")
        self.add_section("负责人")
        self._line(RosterColumn.PRINCIPAL, "姓名", CODE)
        self._line(RosterColumn.POLITICAL_STATUS, "政治面貌", CODE)
        self._line(RosterColumn.PHONES, "联系电话", CODE, "几个号码用顿号隔开")
        self.add_section("人员与活动")
        self._line(RosterColumn.MEMBERS, "成员数", COUNT)
        self._line(RosterColumn.PARTY_MEMBERS, "党员数", COUNT)
        self._line(RosterColumn.VOLUNTEERS, "志愿者数", COUNT)
        self._line(RosterColumn.PREMISES, "活动场所", WIDE)
        self._line(RosterColumn.ACTIVITIES, "活动次数", COUNT, "次，全年")
        self._line(RosterColumn.VISITS, "服务人次", COUNT, "人次，全年")
        self.add_section("考核与备注")
        self._choice(RosterColumn.PREVIOUS_GRADE, "上年等次", Choice(self._grades(), width=DATE))
        self._line(RosterColumn.REMARKS, "备注", WIDE)

    def _grades(self) -> Sequence[tuple[str, str]]:
        own = self._base.previous_grade if self._base else ""
        words = GRADES if own in ("", *GRADES) else (*GRADES, own)
        return [(word, word) for word in words]

    def _line(
        self, column: RosterColumn, text: str, width: int, hint: str = "", *, required: bool = False
    ) -> None:
        field = QLineEdit()
        fix_width(field, width)
        self._fields[column] = field
        self._row_of[column] = self.add_row(FormRow(text, field, required=required, hint=hint))

    def _choice(self, column: RosterColumn, text: str, field: Choice) -> None:
        self._fields[column] = field
        self._row_of[column] = self.add_row(FormRow(text, field))

    def _fill(self, each: Organization) -> None:
        keys = {
            RosterColumn.COMMUNITY: each.community_id,
            RosterColumn.CATEGORY: each.category_id,
            RosterColumn.STATUS: each.status,
            RosterColumn.STANDING: each.standing,
            RosterColumn.PREVIOUS_GRADE: each.previous_grade or None,
        }
        for column, field in self._fields.items():
            if isinstance(field, Choice):
                field.choose(keys[column])
            else:
                field.setText(_text(getattr(each, column.value)))
                field.setCursorPosition(0)

    def _connect(self) -> None:
        for column, field in self._fields.items():
            if isinstance(field, Choice):
                field.currentIndexChanged.connect(lambda _place, column=column: self._leave(column))
            else:
                field.editingFinished.connect(lambda column=column: self._leave(column))
                field.textEdited.connect(lambda _text, column=column: self._kept.discard(column))

    # What stands in the fields

    def _words(self) -> dict[RosterColumn, str]:
        """The fields' texts, as they would stand in a row of a roster."""
        words: dict[RosterColumn, str] = {
            column: field.chosen_text() if isinstance(field, Choice) else field.text().strip()
            for column, field in self._fields.items()
            if column is not RosterColumn.COMMUNITY
        }
        # The choice tells the group too; what is read is the class alone.
        names = {each.id: each.name for each in self._register.categories}
        words[RosterColumn.CATEGORY] = names.get(self._chosen_id(RosterColumn.CATEGORY) or "", "")
        return words

    def _chosen_id(self, column: RosterColumn) -> str | None:
        field = self._fields[column]
        chosen = field.chosen() if isinstance(field, Choice) else None
        return str(chosen) if chosen is not None else None

    def texts(self) -> tuple[object, ...]:
        return (self._chosen_id(RosterColumn.COMMUNITY), *self._words().values())

    def filled(self, row: FormRow) -> bool:
        field = row.field
        if isinstance(field, Choice):
            return field.may_be_empty and bool(field.chosen_text())
        return isinstance(field, QLineEdit) and bool(field.text())

    # Checking

    def _leave(self, column: RosterColumn) -> None:
        """A field was left: read everything again, and speak of the fields that were left so far."""
        if not self.isVisible():
            return
        self._left.add(column)
        words, community = self._words(), self._chosen_id(RosterColumn.COMMUNITY)
        register = self.desk.services.register
        self.desk.jobs.start(
            lambda _report: register.read_form(words, self._base, community),
            self._show_reading,
            title="检查填写的内容",
        )

    def _show_reading(self, reading: FormReading) -> None:
        said = {each.column: each for each in reversed(reading.remarks) if each.column in self._left}
        said |= {each.column: each for each in reading.faults if each.column in self._left}
        for column in self._left:
            self._show_remark(column, said.get(column))
        self.show_faults()

    def _show_remark(self, column: RosterColumn, said: CellRemark | None) -> None:
        row = self._row_of[column]
        if said is None:
            row.clear_message()
            self._advise(column)
            return
        if column is RosterColumn.NAME and not self._words()[column]:
            # A roster's row could be deleted instead; a form's name can only be written.
            row.show_error("请填写组织名称。")
            return
        text = "。".join(filter(None, (said.remark.message, said.remark.remedy)))
        if said.remark.kind is not RemarkKind.FAULT or column in self._kept:
            row.show_warning(text)
        elif said.remark.may_stand:
            row.show_error(text, repair="保留", on_repair=lambda: self._keep(column))
        else:
            repair = said.remark.repair
            row.show_error(
                f"{said.remark.message}。" if repair else text,
                repair=f"改为 {repair}" if repair else "",
                on_repair=lambda: self._put(column, repair),
            )

    def _advise(self, column: RosterColumn) -> None:
        """What is allowed but worth a second look."""
        row = self._row_of[column]
        if column is RosterColumn.NAME:
            other = self._names.get(_folded(self._words()[column]))
            if other is not None and (self._base is None or other.id != self._base.id):
                place = other.community or "未写社区"
                row.show_warning(f"名册中已有同名组织\uff08{place}\uff09，请确认不是同一个。")
        elif column is RosterColumn.CATEGORY and not self._words()[column]:
            row.show_warning("没有类别就不会归口到专项推进组。")

    def _keep(self, column: RosterColumn) -> None:
        self._kept.add(column)
        self._leave(column)

    def _put(self, column: RosterColumn, text: str) -> None:
        field = self._fields[column]
        if isinstance(field, QLineEdit):
            field.setText(text)
        self._leave(column)

    # Saving

    def save(self) -> None:
        self._left.update(self._fields)
        words, community = self._words(), self._chosen_id(RosterColumn.COMMUNITY)
        register = self.desk.services.register
        self.save_button.setEnabled(False)
        self.desk.jobs.start(
            lambda _report: register.read_form(words, self._base, community),
            self._store,
            ended=lambda: self.save_button.setEnabled(True),
            title="检查填写的内容",
        )

    def _store(self, reading: FormReading) -> None:
        self._show_reading(reading)
        if self.wrong_rows():
            self.show_first_fault()
            return
        organization, register = self._with_own_year(reading.organization), self.desk.services.register
        self.desk.jobs.start(
            lambda _report: register.save_organization(organization),
            lambda _none: self.finish(organization.id),
            title="保存组织",
            saves=True,
            owner=self,
        )

    def _with_own_year(self, organization: Organization) -> Organization:
        """Figures that were not touched stay those of their year."""
        base = self._base
        if base and (base.activities, base.visits) == (organization.activities, organization.visits):
            return replace(organization, figures_year=base.figures_year)
        return organization


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).lower().split())
