"""The form before a gate of a cycle: its day, what is accepted, and the consequence in figures, asked once.

form = GateForm(desk, path, parent); form.passed.connect(tell); form.open()      the path as it is then
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from core.errors import AppError
from core.model.assessment import CycleState
from core.model.cycle_path import CyclePath, NoticePeriod
from core.services.cycles import OBJECTIONS_OPEN, SHEETS_MISSING
from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.day_edit import DayEdit
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE, DAY = 600, 400, 168
_ACCEPTED = {
    SHEETS_MISSING: "缺的不再等，按考核方案折算",
    OBJECTIONS_OPEN: "异议没有办结的对象暂缓，其余的先确定",
}


class Gate(NamedTuple):
    """The words of a gate: the verb of its button with its icon, what was done, and the paper that follows.

    The paper is a verb and the action that writes it.
    """

    verb: str
    icon: str
    done: str
    paper: tuple[str, str] = ("", "")


GATES = {
    CycleState.COMPUTED: Gate("计算结果", "calculator-line", "已计算结果"),
    CycleState.REPORTED: Gate("报备结果", "send-plane-line", "已报备结果，评分锁定"),
    CycleState.NOTICED: Gate(
        "开始公示", "notification-3-line", "已开始公示，评分锁定", ("起草公示", "notice:public-notice")
    ),
    CycleState.CONFIRMED: Gate("确定结果", "check-double-line", "已确定结果"),
    CycleState.ANNOUNCED: Gate("公布结果", "trophy-line", "已公布结果", ("生成通报", "notice")),
    CycleState.ARCHIVED: Gate("归档", "archive-line", "已归档"),
}


class GateForm(FittedDialog):
    """The rows that the next gate of a path needs."""

    passed = Signal(object)

    def __init__(self, desk: Desk, path: CyclePath, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        assert path.next_state is not None
        self._desk, self._path, self._target = desk, path, path.next_state
        self._gate = GATES[self._target]
        self.setWindowTitle(self._gate.verb)
        today = desk.services.clock().date()
        self.day, self.last = DayEdit(DAY), DayEdit(DAY)
        for each in (self.day, self.last):
            each.show_day(today)
        self.to = LineEdit(WIDE, "接受报备的机关")
        self.accept_box = QCheckBox()
        self._rows = self._needed_rows()
        self._note = Banner("info", "")
        self._buttons = FormFoot(self, self._gate.verb)
        self._build()
        if self._target is CycleState.NOTICED:
            self._note.add_button(push_button("登记节假日", self._show_holidays, kind="link", dense=True))
            self.day.dateChanged.connect(lambda _day: self._count(shortest=True))
            self.last.dateChanged.connect(lambda _day: self._count(shortest=False))
            self._count(shortest=True)

    def _needed_rows(self) -> dict[str, FormRow]:
        """Days and texts by the gate; a tick for what stands against it and may be accepted."""
        if self._target is CycleState.NOTICED:
            rows = {
                "day": FormRow("公示首日", self.day, required=True),
                "last": FormRow("公示末日", self.last, required=True),
            }
        else:
            rows = {"day": FormRow("日期", self.day, required=True)}
        if self._target is CycleState.REPORTED:
            self.to.set_text(self._demanded())
            rows["to"] = FormRow("报给", self.to, required=True)
        for each in self._path.blockers:
            if each.may_stand:
                self.accept_box.setText(_ACCEPTED[each.code])
                rows["accept"] = FormRow("确认", self.accept_box, required=True)
                rows["accept"].show_warning(each.message)
        return rows

    def _demanded(self) -> str:
        """To whom the scheme demands the report."""
        step = next(each for each in self._path.steps if each.state is CycleState.REPORTED)
        return step.detail.removeprefix("报")

    def _build(self) -> None:
        self.words.addWidget(label(f"{self._gate.verb}\uff1f", "heading"))
        for row in self._rows.values():
            self.words.addWidget(row)
        self.words.addWidget(self._note)
        self._note.hide()
        self.words.addWidget(Banner("warn", self._path.consequence))
        self.end_with(self._buttons)

    # The public notice

    def _count(self, *, shortest: bool) -> None:
        """Count the working days; from a new first day on the shortest period is proposed."""
        cycle, cycles = self._path.cycle, self._desk.services.cycles
        first, last = self.day.day(), None if shortest else self.last.day()
        self._desk.jobs.look(
            lambda: cycles.notice_period(cycle.year, first, cycle.code, last),
            self._show_period,
            title="推算公示期",
            failed=partial(self._say, "day" if shortest else "last"),
            owner=self,
        )

    def _show_period(self, period: NoticePeriod) -> None:
        self._rows["day"].clear_message()
        self.last.blockSignals(True)
        self.last.show_day(period.last)
        self.last.blockSignals(False)
        self._rows["last"].show_note(f"共 {max(period.working_days, 0)} 个工作日")
        self._note.set_text(period.note)
        self._note.setVisible(bool(period.note))

    def _show_holidays(self) -> None:
        self.reject()
        self._desk.go("ledger:holidays")

    # Going through

    def accept(self) -> None:
        if "accept" in self._rows and not self.accept_box.isChecked():
            self._rows["accept"].show_error(f"{self._blocker_words()}请先勾选确认，或者取消。")
            self.accept_box.setFocus()
            return
        self._buttons.setEnabled(False)
        act = self._act()
        self._desk.jobs.start(
            lambda _report: act(),
            self._finish,
            title=self._gate.verb,
            saves=True,
            failed=self._refuse,
            ended=partial(self._buttons.setEnabled, True),
            owner=self,
        )

    def _blocker_words(self) -> str:
        return next(each.message for each in self._path.blockers if each.may_stand)

    def _act(self) -> Callable[[], CyclePath]:
        """The service's method with all that the form says."""
        cycles, year, code = self._desk.services.cycles, self._path.cycle.year, self._path.cycle.code
        day, accepted = self.day.day(), self.accept_box.isChecked()
        if self._target is CycleState.REPORTED:
            return partial(cycles.report, year, self.to.text(), day, accepted, code)
        if self._target is CycleState.NOTICED:
            return partial(cycles.publish, year, day, self.last.day(), accepted, code)
        if self._target is CycleState.CONFIRMED:
            return partial(cycles.confirm, year, day, accepted, code)
        gate = cycles.announce if self._target is CycleState.ANNOUNCED else cycles.archive
        return partial(gate, year, day, code)

    def _finish(self, path: CyclePath) -> None:
        super().accept()
        self.passed.emit(path)

    def _refuse(self, error: AppError) -> None:
        self._say("last" if error.code in ("notice_short", "last_day_odd") else "day", error)

    def _say(self, name: str, error: AppError) -> None:
        self._rows[name].show_error(str(error))
