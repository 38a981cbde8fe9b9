"""The forms of decisions (R15): about a subject's score or grade, about a tie at the border of an award.

SubjectDecisionForm(desk, computed, subject, DecisionKind.RECHECK, parent).open()
TieForm(desk, computed, filling, parent).open()
LeaveOpenForm(desk, computed, filling, parent).open()
"""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from core.model.assessment import Subject
from core.model.cycle_view import ComputedYear
from core.model.decision import Decision, DecisionKind
from core.model.outcome import AwardFilling
from core.model.reminder import Reminder
from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit
from gui.dialogs.order_list import OrderList
from gui.dialogs.ruling_form import RulingForm, score_of
from gui.dialogs.texts_form import DAY
from gui.undo import do_undoably
from gui.widgets.choice import Choice
from gui.widgets.form_row import FormRow


class DecisionForm(RulingForm):
    """A decision on a computed cycle; its results are kept anew with it."""

    def __init__(self, desk: Desk, computed: ComputedYear, kind: DecisionKind, parent: QWidget) -> None:
        super().__init__(desk, kind.label, "这个决定", parent)
        self.computed = computed

    def begin_ruling(self) -> None:
        """The rows that every decision has; the last body is offered again."""
        bodies = [each.body for each in self.computed.view.decisions]
        self.add_ruling(self.desk.services.clock().date(), bodies[-1] if bodies else "", persons=True)

    @abstractmethod
    def ruling(self) -> Decision:
        """What was decided, without who decided it."""

    def save(self) -> None:
        if self.refused():
            return
        cycle, decision = self.computed.view.cycle, self.ruling()
        services = self.desk.services

        def decide() -> tuple[Decision, Sequence[Reminder]]:
            kept = services.decisions.decide(cycle.year, decision, cycle.code)
            return kept, services.results.reminders(cycle.year, cycle.code)

        self.save_button.setEnabled(False)
        do_undoably(
            self.desk,
            decide,
            title=self.windowTitle(),
            told=lambda answer: also(f"已记下“{decision.kind.label}”的决定，结果已重新计算", answer[1]),
            done=lambda answer: self.finish(answer[0].id),
            ended=lambda: self.save_button.setEnabled(True),
            owner=self,
        )


def also(done: str, reminders: Iterable[Reminder]) -> str:
    """What was done, and what it leaves to be done, if anything."""
    return "；".join((done, *(each.short for each in reminders)))


class SubjectDecisionForm(DecisionForm):
    """A score put in place of the computed one, a recheck, or a grade."""

    def __init__(
        self, desk: Desk, computed: ComputedYear, subject: Subject, kind: DecisionKind, parent: QWidget
    ) -> None:
        super().__init__(desk, computed, kind, parent)
        self._subject = subject
        self._kind = kind
        self.score = LineEdit(DAY)
        result = next(each for each in computed.outcome.results if each.subject_id == subject.id)
        self.grade = Choice([(each, each) for each in computed.view.scheme.grades()], empty="")
        self.grade.choose(result.grade)
        final = "没有得分" if result.final is None else f"{result.final} 分"
        self.add_facts((("考核对象", subject.name), ("得分和等次", f"{final}　{result.grade}".strip())))
        self._row = self.add_row(self._value_row())
        self.begin_ruling()
        self._row.field.setFocus()

    def _value_row(self) -> FormRow:
        if self._kind is DecisionKind.GRADE:
            return FormRow("定为", self.grade, required=True)
        if self._kind is DecisionKind.SCORE:
            return FormRow("定为", self.score, required=True, hint="分")
        return FormRow("复核后得分", self.score, hint="分；维持原得分就不填")

    def texts(self) -> tuple[object, ...]:
        return (*super().texts(), self.score.text(), self.grade.chosen())

    def check(self) -> None:
        if self._kind is DecisionKind.GRADE:
            return
        text = self.score.text().strip()
        wrong = score_of(text) is None if text else self._kind is DecisionKind.SCORE
        if wrong:
            self._row.show_error("请写数字，例如 92.50。")
        else:
            self._row.clear_message()

    def ruling(self) -> Decision:
        draft = replace(self.draft(self._kind), subject_id=self._subject.id)
        if self._kind is DecisionKind.GRADE:
            return replace(draft, grade=str(self.grade.chosen()))
        return replace(draft, score=score_of(self.score.text()))


class TieForm(DecisionForm):
    """The order of equals at the border of an award's places, or that the places stay open."""

    def __init__(self, desk: Desk, computed: ComputedYear, filling: AwardFilling, parent: QWidget) -> None:
        super().__init__(desk, computed, DecisionKind.TIE, parent)
        self._filling = filling
        names = {each.id: each.name for each in computed.view.subjects}
        waiting = [(each, names[each]) for each in filling.undecided]
        self.add_facts(
            (
                ("奖项", _places_left(filling)),
                ("并列", f"{len(waiting)} 个，按方案的并列规则分不出先后"),
            ),
        )
        self.way = Choice(
            [(DecisionKind.TIE, "排出先后"), (DecisionKind.LEAVE_OPEN, "名额空着，谁也不给")], empty=""
        )
        self.order = OrderList(waiting)
        self.add_row(FormRow("表决结果", self.way, required=True))
        order_row = self.add_row(FormRow("先后", self.order, required=True))
        self.way.currentIndexChanged.connect(lambda _place: order_row.setVisible(self._orders()))
        self.begin_ruling()
        self.order.names.setFocus()

    def _orders(self) -> bool:
        return self.way.chosen() == DecisionKind.TIE

    def texts(self) -> tuple[object, ...]:
        return (*super().texts(), self.way.chosen(), self.order.ids())

    def ruling(self) -> Decision:
        kind = DecisionKind.TIE if self._orders() else DecisionKind.LEAVE_OPEN
        order = self.order.ids() if self._orders() else ()
        return replace(
            self.draft(kind), award=self._filling.code, category=self._filling.category, order=order
        )


class LeaveOpenForm(DecisionForm):
    """That the open places of an award stay open."""

    def __init__(self, desk: Desk, computed: ComputedYear, filling: AwardFilling, parent: QWidget) -> None:
        super().__init__(desk, computed, DecisionKind.LEAVE_OPEN, parent)
        self._filling = filling
        why = "、".join(dict.fromkeys(each.label for each in filling.open_reasons))
        self.add_facts((("奖项", _places_left(filling)), ("空缺原因", why)))
        self.begin_ruling()
        self.persons.setFocus()

    def ruling(self) -> Decision:
        draft = self.draft(DecisionKind.LEAVE_OPEN)
        return replace(draft, award=self._filling.code, category=self._filling.category)


def _places_left(filling: AwardFilling) -> str:
    among = f"\uff08{filling.category}\uff09" if filling.category else ""
    return f"{filling.name}{among}，还剩 {filling.open_places} 个名额"
