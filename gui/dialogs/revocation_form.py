"""The form of a revocation (R17): grade, award and money of a subject taken back after the announcement.

RevocationForm(desk, view, subject, parent).open()

Before it is done, it shows whose results change and how.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from core.model.assessment import Subject
from core.model.cycle_view import CycleView
from core.model.decision import Revocation
from core.model.reminder import Effects, Reminder, ReminderKind
from gui.desk import Desk
from gui.dialogs.decision_form import also
from gui.dialogs.ruling_form import RulingForm
from gui.widgets.form_row import FormRow

MOST = 8
STAYS = "已发的证书、文书和已登记的奖金都留着；哪些要收回、更正、追回，撤销以后在结果页和奖金台账里写明。"


class RevocationForm(RulingForm):
    """Who revokes, why, and whether others move up."""

    def __init__(self, desk: Desk, view: CycleView, subject: Subject, parent: QWidget) -> None:
        super().__init__(desk, "撤销结果", "这次撤销", parent)
        self._view = view
        self._subject = subject
        result = next(each for each in view.results if each.subject_id == subject.id)
        held = "，".join(filter(None, (result.grade, result.award))) or "没有等次"
        self.add_facts((("考核对象", subject.name), ("等次和奖项", held)))
        self.promote = QCheckBox("由其余对象按名次递补")
        self.promote.setChecked(view.scheme.promote)
        self.add_row(FormRow("空出的名额", self.promote))
        self.add_ruling(desk.services.clock().date(), "", persons=False)
        self.body.setFocus()

    def texts(self) -> tuple[object, ...]:
        return (*super().texts(), self.promote.isChecked())

    def _revocation(self) -> Revocation:
        return Revocation(
            "",
            "",
            self._subject.id,
            self.body.text().strip(),
            self.chosen_day(),
            self.reason.text().strip(),
            self.evidence.text().strip(),
            promote=self.promote.isChecked(),
        )

    def save(self) -> None:
        if self.refused():
            return
        revocation, cycle, results = self._revocation(), self._view.cycle, self.desk.services.results
        self.save_button.setEnabled(False)
        self.desk.jobs.start(
            lambda _report: results.would_revoke(cycle.year, revocation, cycle.code),
            lambda effects: self._ask(revocation, effects),
            title="推算撤销的影响",
            ended=lambda: self.save_button.setEnabled(True),
            owner=self,
        )

    def _ask(self, revocation: Revocation, effects: Effects) -> None:
        facts = list(effects.changes[:MOST])
        if more := len(effects.changes) - len(facts):
            facts.append(("另外", f"还有 {more} 个对象的结果改变"))
        if effects.certificates:
            facts.append(("要收回的证书", "、".join(effects.certificates)))
        question = f"撤销“{self._subject.name}”的等次、奖项和奖金吗？"
        if self.desk.messages.confirm(question, facts, yes="撤销结果", note=STAYS):
            self._revoke(revocation)

    def _revoke(self, revocation: Revocation) -> None:
        cycle, services = self._view.cycle, self.desk.services

        def revoke() -> tuple[Revocation, Sequence[Reminder]]:
            kept = services.decisions.revoke(cycle.year, revocation, cycle.code)
            return kept, services.results.reminders(cycle.year, cycle.code)

        self.desk.jobs.start(
            lambda _report: revoke(),
            self._finish,
            title="撤销结果",
            saves=True,
            owner=self,
        )

    def _finish(self, answer: tuple[Revocation, Sequence[Reminder]]) -> None:
        """No way back beside it: a revocation is taken back by a decision of its own."""
        kept, reminders = answer
        done = also(f"已撤销“{self._subject.name}”的结果", reminders)
        if any(each.kind is ReminderKind.MONEY for each in reminders):
            self.desk.tell(done, "登记奖金", lambda: self.desk.go("award_money"))
        else:
            self.desk.tell(done)
        self.finish(kept.id)
