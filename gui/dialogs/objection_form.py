"""The forms of an objection: registered, looked into, answered; what is decided is in a form of its own.

ObjectionForm(desk, view, parent).open()
CheckForm(desk, view, objection, parent).open(); AnswerForm(desk, view, objection, parent).open()
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from core.model.cycle_view import CycleView
from core.model.objection import Objection
from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit, LongEdit
from gui.dialogs.subject_edit import SubjectEdit
from gui.dialogs.texts_form import WIDE, TextsForm
from gui.undo import do_undoably

SIZE = (640, 520)


class ObjectionForm(TextsForm):
    """Who objects to whose result, and why."""

    def __init__(self, desk: Desk, view: CycleView, parent: QWidget) -> None:
        super().__init__(desk, "登记异议", "这件异议", parent, size=SIZE)
        self._view = view
        self.subject = SubjectEdit(view.subjects)
        self.raised_by, self.contact = LineEdit(WIDE, "姓名或单位"), LineEdit(WIDE)
        self.content = LongEdit()
        period = f"{view.cycle.notice_from} 至 {view.cycle.notice_until}"
        self.add_facts((("公示期", period),))
        self._subject_row = self.add_text("考核对象", self.subject)
        self.add_day(desk.services.clock().date(), "提出日期")
        self.add_text("提出人", self.raised_by)
        self.add_text("联系方式", self.contact, required=False)
        self.add_text("内容", self.content)
        self.begin()
        self.subject.setFocus()

    def check(self) -> None:
        if words := self.subject.doubt():
            self._subject_row.show_error(words)

    def save(self) -> None:
        subject = None if self.refused() else self.subject.subject()
        if subject is None:
            return
        cycle, service = self._view.cycle, self.desk.services.objections
        objection = Objection(
            id="",
            cycle_id="",
            subject_id=subject.id,
            raised_on=self.chosen_day(),
            raised_by=self.raised_by.text().strip(),
            content=self.content.text().strip(),
            contact=self.contact.text().strip(),
        )
        do_undoably(
            self.desk,
            lambda: service.register(cycle.year, objection, cycle.code),
            title="登记异议",
            told=lambda _kept: f"已登记对“{subject.name}”的异议，它的结果暂缓",
            done=lambda kept: self.finish(kept.id),
            owner=self,
        )


class CheckForm(TextsForm):
    """Who looks into it, and what was found."""

    def __init__(self, desk: Desk, view: CycleView, objection: Objection, parent: QWidget) -> None:
        super().__init__(desk, "核查异议", "这次核查", parent, size=SIZE)
        self._objection = objection
        self.checker, self.finding = LineEdit(WIDE, "姓名或单位"), LongEdit()
        self.checker.set_text(objection.checker)
        self.finding.set_text(objection.finding)
        self.add_facts(objection_facts(view, objection))
        self.add_text("核查人", self.checker)
        self.add_text("核查结果", self.finding, required=False)
        self.begin()
        self.checker.setFocus()

    def save(self) -> None:
        if self.refused():
            return
        service, checker, finding = self.desk.services.objections, self.checker.text(), self.finding.text()
        do_undoably(
            self.desk,
            lambda: service.check(self._objection.id, checker, finding),
            title="核查异议",
            told=lambda _kept: f"已记下由{checker.strip()}核查",
            done=lambda kept: self.finish(kept.id),
            owner=self,
        )


class AnswerForm(TextsForm):
    """What was answered to whoever raised it."""

    def __init__(self, desk: Desk, view: CycleView, objection: Objection, parent: QWidget) -> None:
        super().__init__(desk, "答复异议", "这次答复", parent, size=SIZE)
        self._objection = objection
        self.answer = LongEdit()
        self.answer.set_text(objection.answer)
        self.add_facts((*objection_facts(view, objection), ("处理", objection.state.label)))
        self.add_text("答复", self.answer)
        self.add_day(desk.services.clock().date(), "答复日期")
        self.begin()
        self.answer.setFocus()

    def save(self) -> None:
        if self.refused():
            return
        service, answer = self.desk.services.objections, self.answer.text()
        day = date.fromisoformat(self.chosen_day())
        do_undoably(
            self.desk,
            lambda: service.answer(self._objection.id, answer, day),
            title="答复异议",
            told=lambda _kept: f"已记下对{self._objection.raised_by}的答复",
            done=lambda kept: self.finish(kept.id),
            owner=self,
        )


def objection_facts(view: CycleView, objection: Objection) -> tuple[tuple[str, str], ...]:
    """What an objection says, as the forms about it show it."""
    name = next(each.name for each in view.subjects if each.id == objection.subject_id)
    facts = [
        ("考核对象", name),
        ("异议", f"{objection.raised_on}　{objection.raised_by}：{objection.content}"),
    ]
    if objection.finding:
        facts.append(("核查结果", f"{objection.checker}：{objection.finding}"))
    return tuple(facts)
