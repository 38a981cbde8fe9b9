"""异议: who objects to whose result; each is looked into, decided and answered."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from core.model.assessment import CycleState
from core.model.cycle_view import CycleView
from core.model.objection import Objection, ObjectionState
from gui.desk import Desk
from gui.dialogs.objection_form import AnswerForm, CheckForm, ObjectionForm, objection_facts
from gui.dialogs.objection_ruling_form import ObjectionRulingForm
from gui.dialogs.reason_form import ReasonForm
from gui.pages.cycle_list import CycleList
from gui.rights import needs, offer
from gui.table_model import Column
from gui.undo import do_undoably
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button

NOTHING = "还没有异议。公示期内有人提出的，登记在这里；被提异议的对象暂缓确定，其余的照常。"
_BADGES = {
    ObjectionState.REGISTERED: ("warn", "time-line"),
    ObjectionState.CHECKING: ("info", "search-line"),
    ObjectionState.UPHELD: ("err", "check-line"),
    ObjectionState.REJECTED: ("ok", "check-line"),
    ObjectionState.WITHDRAWN: ("mute", ""),
}
_CLOSED = (ObjectionState.UPHELD, ObjectionState.REJECTED)


class ObjectionsList(CycleList[Objection]):
    """All objections of a cycle, and what can be done with the chosen one."""

    def __init__(self, desk: Desk) -> None:
        self._names: dict[str, str] = {}
        super().__init__(
            desk,
            self._columns(),
            lambda each: each.id,
            name="objections",
            title="异议",
            nothing=NOTHING,
        )
        self._desk = desk
        self._view: CycleView | None = None
        self.register_button = push_button("登记异议", self.register, icon_name="add-line", dense=True)
        self.check_button = self._act("核查", "search-line", CheckForm)
        self.decide_button = self._act("作出决定", "scales-3-line", ObjectionRulingForm)
        self.answer_button = self._act("答复", "pencil-line", AnswerForm)
        offer(desk.services.gate, self.check_button, "objections.check")
        offer(desk.services.gate, self.decide_button, "objections.decide")
        offer(desk.services.gate, self.answer_button, "objections.answer")
        self.withdraw_button = push_button("撤回", self._withdraw, dense=True)
        for button in (
            self.check_button,
            self.decide_button,
            self.answer_button,
            self.withdraw_button,
            self.register_button,
        ):
            self.add_button(button)
        self.current_changed.connect(self._follow)
        self.opened.connect(self._go_on)

    def _act(
        self,
        verb: str,
        icon_name: str,
        form: Callable[[Desk, CycleView, Objection, QWidget], QDialog],
    ) -> QPushButton:
        def open_form() -> None:
            chosen = self.current()
            if self._view is not None and chosen is not None:
                form(self._desk, self._view, chosen, self).open()

        return push_button(verb, open_form, icon_name=icon_name, dense=True)

    def show_view(self, view: CycleView) -> None:
        """Show a cycle's objections, those that wait first."""
        self._view = view
        self._names.clear()
        self._names.update({each.id: each.name for each in view.subjects})
        records = sorted(view.objections, key=lambda each: (not each.is_open, each.raised_on, each.id))
        waiting = sum(each.is_open for each in records)
        ended = f"，{waiting} 件没有办结" if waiting else "，都已办结"
        self.show_records(records, f"{len(records)} 件异议{ended}" if records else "")
        why = _why_closed(view.cycle.state)
        self.register_button.setEnabled(not why)
        self.register_button.setToolTip(why or "登记公示期内提出的异议")

    @needs("objections.register")
    def register(self) -> None:
        """Ask who objects to what."""
        if self._view is not None:
            ObjectionForm(self._desk, self._view, self).open()

    def _follow(self) -> None:
        """What can be done with an objection follows from how far it has come."""
        chosen = self.current()
        is_open = chosen is not None and chosen.is_open
        for button in (self.check_button, self.decide_button, self.withdraw_button):
            button.setVisible(is_open)
        self.answer_button.setVisible(chosen is not None and chosen.state in _CLOSED)

    def _go_on(self) -> None:
        """The next step of the chosen objection."""
        chosen = self.current()
        if chosen is None:
            return
        if chosen.state is ObjectionState.REGISTERED:
            self.check_button.click()
        elif chosen.is_open:
            self.decide_button.click()
        elif chosen.state in _CLOSED:
            self.answer_button.click()

    @needs("objections.withdraw")
    def _withdraw(self) -> None:
        chosen, view = self.current(), self._view
        if chosen is None or view is None:
            return
        form = ReasonForm(
            "撤回异议",
            f"{chosen.raised_by}撤回对“{self._names[chosen.subject_id]}”的异议",
            objection_facts(view, chosen)[1:],
            "撤回以后按办结处理，结果不变；登记的内容留在记录里。",
            parent=self,
        )
        service = self._desk.services.objections
        form.accepted_with.connect(
            lambda reason: do_undoably(
                self._desk,
                lambda: service.withdraw(chosen.id, reason),
                title="撤回异议",
                told=lambda _kept: "异议已撤回",
                owner=self,
            )
        )
        form.open()

    def _columns(self) -> tuple[Column[Objection], ...]:
        return (
            Column("考核对象", lambda each: self._names.get(each.subject_id, ""), width=220),
            Column("提出日期", lambda each: each.raised_on, width=112),
            Column("提出人", lambda each: each.raised_by, width=112),
            Column("内容", lambda each: each.content, stretch=True, tooltip=lambda each: each.content),
            Column("情况", lambda each: each.state.label, width=104, badges=_badges),
            Column("核查人", lambda each: each.checker, width=96, quiet=True, narrow=False),
            Column("处理", lambda each: each.decided_by, width=128, quiet=True, narrow=False),
            Column("答复日期", lambda each: each.answered_on, width=112, quiet=True, narrow=False),
        )


def _why_closed(state: CycleState) -> str:
    """Why no objection can be registered, and what is needed first; empty if one can."""
    if state is CycleState.NOTICED:
        return ""
    if list(CycleState).index(state) > list(CycleState).index(CycleState.NOTICED):
        return f"公示已经结束（{state.label}），不再受理异议；查实问题的，可以撤销结果"
    return f"还没有公示（{state.label}）：先“开始公示”，公示期内才受理异议"


def _badges(objection: Objection) -> tuple[BadgeFace, ...]:
    kind, icon = _BADGES[objection.state]
    return (BadgeFace(objection.state.label, kind, icon),)
