"""The form of a special working group (专项推进组).

GroupForm(desk, group, category name, parent).open(); form.saved(id)
"""

import re
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from core.model.organization import WorkGroup
from gui.desk import Desk
from gui.dialogs.record_form import RecordForm
from gui.theme import bound_width, fix_width, scaled
from gui.widgets.form_row import FormRow

POSTS_FIRST = "成员里有在任的，以成员为准"
_BETWEEN = re.compile(r"[、，,；;\s]+")


class GroupForm(RecordForm):
    """Who leads it, who helps, what it is for."""

    def __init__(self, desk: Desk, group: WorkGroup, category: str, parent: QWidget) -> None:
        title = f"修改专项推进组：{group.name}"
        super().__init__(desk, title, f"对“{group.name}”的修改", parent, size=(700, 560))
        self._group = group
        self._name = _line(group.name)
        self._leader = _line(group.lead_leader)
        self._convener = _line(group.convener)
        self._departments = _line("、".join(group.linked_departments))
        self._unit = _line(group.coordinating_unit)
        self._duties = QPlainTextEdit(group.duties)
        self._build(category)
        self.begin()

    def _build(self, category: str) -> None:
        bound_width(self._duties, least=320)
        self._duties.setMinimumHeight(scaled(120))
        self._duties.setTabChangesFocus(True)
        self.add_section(f"负责的类别：{category}" if category else "专项推进组")
        self._name_row = self.add_row(FormRow("组名", self._name, required=True))
        self.add_row(FormRow("牵头领导", self._leader, hint=POSTS_FIRST))
        self.add_row(FormRow("牵头人", self._convener, hint=POSTS_FIRST))
        self.add_row(FormRow("联动部门", self._departments, hint="几个部门用顿号隔开"))
        self.add_row(FormRow("协调单位", self._unit))
        self.add_row(FormRow("工作职责", self._duties))
        self._name.editingFinished.connect(self._check)

    def texts(self) -> tuple[object, ...]:
        lines = (self._name, self._leader, self._convener, self._departments, self._unit)
        return (*(line.text().strip() for line in lines), self._duties.toPlainText().strip())

    def filled(self, row: FormRow) -> bool:
        return bool(row.field.text()) if isinstance(row.field, QLineEdit) else True

    def _check(self) -> None:
        if self._name.text().strip():
            self._name_row.clear_message()
        else:
            self._name_row.show_error("请写组名，例如“家长里短帮帮团”。")
        self.show_faults()

    def save(self) -> None:
        self._check()
        if self.wrong_rows():
            self.show_first_fault()
            return
        changed = replace(
            self._group,
            name=self._name.text().strip(),
            lead_leader=self._leader.text().strip(),
            convener=self._convener.text().strip(),
            linked_departments=tuple(filter(None, _BETWEEN.split(self._departments.text()))),
            coordinating_unit=self._unit.text().strip(),
            duties=self._duties.toPlainText().strip(),
        )
        register = self.desk.services.register
        self.desk.jobs.start(
            lambda _report: register.save_work_group(changed),
            lambda _none: self.finish(changed.id),
            title="保存专项推进组",
            saves=True,
            owner=self,
        )


def _line(text: str) -> QLineEdit:
    line = QLineEdit(text)
    fix_width(line, 320)
    return line
