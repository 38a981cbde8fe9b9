"""The form of what is decided about an objection, with the decision about the result that follows.

ObjectionRulingForm(desk, view, objection, parent).open()
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from core.model.cycle_view import CycleView
from core.model.decision import Decision, DecisionKind
from core.model.objection import Objection
from core.model.objection_ruling import Ruling
from core.model.reminder import Reminder
from gui.desk import Desk
from gui.dialogs.decision_form import also
from gui.dialogs.ledger_fields import LineEdit, LongEdit
from gui.dialogs.objection_form import objection_facts
from gui.dialogs.ruling_form import RulingForm, score_of
from gui.dialogs.texts_form import DAY
from gui.undo import do_undoably
from gui.widgets.choice import Choice
from gui.widgets.form_row import FormRow

CHANGES = (
    (DecisionKind.RECHECK, "复核后改得分"),
    (DecisionKind.GRADE, "改等次"),
    (None, "得分和等次不变"),
)


class ObjectionRulingForm(RulingForm):
    """An objection that does not hold changes nothing; one that does may change the result."""

    def __init__(self, desk: Desk, view: CycleView, objection: Objection, parent: QWidget) -> None:
        super().__init__(desk, "处理异议", "这个决定", parent)
        self._view, self._objection = view, objection
        result = next(each for each in view.results if each.subject_id == objection.subject_id)
        self.outcome = Choice([(True, "成立"), (False, "不成立，维持原结果")], empty="")
        self.change = Choice([(kind or "", words) for kind, words in CHANGES], empty="")
        self.score = LineEdit(DAY)
        self.grade = Choice([(each, each) for each in view.scheme.grades()], empty="")
        self.grade.choose(result.grade)
        self.answer = LongEdit()
        final = "没有得分" if result.final is None else f"{result.final} 分"
        self.add_facts(
            (*objection_facts(view, objection), ("现在的结果", f"{final}　{result.grade}".strip()))
        )
        self.add_row(FormRow("异议", self.outcome, required=True))
        self._changes = self.add_row(FormRow("更正", self.change, required=True))
        self._scores = self.add_text("复核后得分", self.score)
        self._grades = self.add_row(FormRow("定为", self.grade, required=True))
        self.add_text("答复", self.answer, required=False)
        bodies = [each.body for each in view.decisions]
        self.add_ruling(desk.services.clock().date(), bodies[-1] if bodies else "", persons=True)
        for choice in (self.outcome, self.change):
            choice.currentIndexChanged.connect(lambda _place: self._show_needed())
        self._show_needed()
        self.outcome.setFocus()

    def _kind(self) -> DecisionKind | None:
        """What kind of decision follows, if any."""
        chosen = self.change.chosen() if self.outcome.chosen() else ""
        return DecisionKind(str(chosen)) if chosen else None

    def _show_needed(self) -> None:
        """Only an upheld objection asks for what changes; only a decision has persons and a reason."""
        kind = self._kind()
        self._changes.setVisible(bool(self.outcome.chosen()))
        self._scores.setVisible(kind is DecisionKind.RECHECK)
        self._grades.setVisible(kind is DecisionKind.GRADE)
        for row, editor, _required in self._texts:
            if editor in (self.persons, self.reason, self.evidence):
                row.setVisible(kind is not None)

    def texts(self) -> tuple[object, ...]:
        return (*super().texts(), self.outcome.chosen(), self.change.chosen(), self.grade.chosen())

    def check(self) -> None:
        if self._kind() is DecisionKind.RECHECK and score_of(self.score.text()) is None:
            self._scores.show_error("请写数字，例如 92.50。")

    def _decision(self) -> Decision | None:
        """What follows for the result, None where nothing does."""
        kind = self._kind()
        if kind is None:
            return None
        if kind is DecisionKind.GRADE:
            return replace(self.draft(kind), grade=str(self.grade.chosen()))
        return replace(self.draft(kind), score=score_of(self.score.text()))

    def save(self) -> None:
        if self.refused():
            return
        services, cycle, decision = self.desk.services, self._view.cycle, self._decision()
        ruling = Ruling(
            bool(self.outcome.chosen()), self.body.text(), self.chosen_day(), self.answer.text().strip()
        )

        def decide() -> tuple[Objection, Sequence[Reminder]]:
            kept = services.objections.decide(self._objection.id, ruling, decision)
            return kept, services.results.reminders(cycle.year, cycle.code)

        changed = "，结果已重新计算" if decision else ""
        self.save_button.setEnabled(False)
        do_undoably(
            self.desk,
            decide,
            title="处理异议",
            told=lambda answer: also(f"异议{answer[0].state.label}{changed}", answer[1]),
            done=lambda answer: self.finish(answer[0].id),
            ended=lambda: self.save_button.setEnabled(True),
            owner=self,
        )
