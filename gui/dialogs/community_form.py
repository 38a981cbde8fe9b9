"""The form of a community or village.

CommunityForm(desk, community, parent).open(); form.saved(id)
"""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from core.model.organization import Community, CommunityKind
from gui.desk import Desk
from gui.dialogs.record_form import RecordForm
from gui.theme import fix_width
from gui.widgets.choice import Choice
from gui.widgets.form_row import FormRow

LARGEST = 99_999_999


class CommunityForm(RecordForm):
    """Name, kind, whether it is still being set up, and two figures."""

    def __init__(self, desk: Desk, community: Community, parent: QWidget) -> None:
        # A community gets its place in the list when it is first kept.
        verb = "修改" if community.position else "新增"
        title = f"{verb}社区\uff08村\uff09"
        super().__init__(desk, title, "对这个社区\uff08村\uff09的修改", parent, size=(560, 400))
        self._community = community
        self._name = QLineEdit(community.name)
        self._kind = Choice([(kind, kind.label) for kind in CommunityKind], width=112, empty="")
        self._population = QLineEdit(_text(community.population))
        self._areas = QLineEdit(_text(community.areas))
        self._preparatory = QCheckBox("筹建中")
        self._build()
        self.begin()

    def _build(self) -> None:
        fix_width(self._name, 320)
        self._kind.choose(self._community.kind)
        self._preparatory.setChecked(self._community.preparatory)
        for field in (self._population, self._areas):
            fix_width(field, 112)
        self.add_section("社区\uff08村\uff09")
        self._name_row = self.add_row(FormRow("名称", self._name, required=True))
        self.add_row(FormRow("类型", self._kind))
        self.add_row(FormRow("状态", self._preparatory, hint="居\uff08村\uff09委会还在筹建"))
        self._population_row = self.add_row(FormRow("常住人口", self._population, hint="人"))
        self._areas_row = self.add_row(FormRow("小区\uff08组\uff09数", self._areas, hint="小区或村小组"))
        for field in (self._name, self._population, self._areas):
            field.editingFinished.connect(self._check)

    def texts(self) -> tuple[object, ...]:
        fields = (self._name, self._population, self._areas)
        choices = (self._kind.chosen(), self._preparatory.isChecked())
        return (*choices, *(field.text().strip() for field in fields))

    def filled(self, row: FormRow) -> bool:
        return bool(row.field.text()) if isinstance(row.field, QLineEdit) else True

    def _check(self) -> None:
        if self._name.text().strip():
            self._name_row.clear_message()
        else:
            self._name_row.show_error("请写名称，例如“松枫社区”。")
        for row, field in ((self._population_row, self._population), (self._areas_row, self._areas)):
            text = field.text().strip()
            if text and not (text.isdecimal() and int(text) <= LARGEST):
                row.show_error("请写整数，例如 3200；不知道就不填。")
            else:
                row.clear_message()
        self.show_faults()

    def save(self) -> None:
        self._check()
        if self.wrong_rows():
            self.show_first_fault()
            return
        kind = self._kind.chosen()
        changed = replace(
            self._community,
            name=self._name.text().strip(),
            kind=kind if isinstance(kind, CommunityKind) else self._community.kind,
            population=_count(self._population.text()),
            areas=_count(self._areas.text()),
            preparatory=self._preparatory.isChecked(),
        )
        register = self.desk.services.register
        self.desk.jobs.start(
            lambda _report: register.save_community(changed),
            lambda _none: self.finish(changed.id),
            title="保存社区\uff08村\uff09",
            saves=True,
            owner=self,
        )


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _count(text: str) -> int | None:
    return int(text) if text.strip() else None
