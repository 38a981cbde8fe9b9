"""What is done about award money: lines put into the ledger, changed, summed up.

buttons = MoneyButtons(desk, list_view, changed); buttons.show_state(state, shown=True); buttons.follow(line)
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from core.model.assessment import CycleState
from core.model.award_payment import AWARD_PAYMENTS, AwardPayment
from core.model.result_list import ResultLine
from gui.desk import Desk
from gui.dialogs.ledger_form import LedgerForm
from gui.dialogs.money_totals import MoneyTotalsDialog
from gui.pages.assessment_state import YearState
from gui.pages.results_list import ResultListView
from gui.rights import needs
from gui.undo import do_undoably
from gui.widgets.buttons import push_button


class MoneyButtons:
    """Stand beside the note of the list of award money."""

    def __init__(self, desk: Desk, view: ResultListView, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._owner: QWidget = view
        self._changed = changed
        self._state: YearState | None = None
        self._line: ResultLine | None = None
        self.propose_button = push_button("登记奖金", self.propose, icon_name="add-line", dense=True)
        self.edit_button = push_button("修改", self.edit, icon_name="pencil-line", dense=True)
        self.totals_button = push_button("汇总", self.show_totals, icon_name="pie-chart-2-line", dense=True)
        self.propose_button.setToolTip("按公布的结果把还没有登记的奖金记入台账")
        self.edit_button.setToolTip("拨付日期、凭证号、户名、使用情况、追回")
        self._buttons = (self.propose_button, self.edit_button, self.totals_button)
        for button in self._buttons:
            view.add_button(button)

    def show_state(self, state: YearState | None, *, shown: bool) -> None:
        """Show the buttons or not; money is only proposed from what was announced."""
        self._state = state
        for button in self._buttons:
            button.setVisible(shown)
        reached = state.computed.view.cycle.state if state and state.computed else CycleState.OPEN
        self.propose_button.setEnabled(reached in (CycleState.ANNOUNCED, CycleState.ARCHIVED))

    def follow(self, line: ResultLine | None) -> None:
        """Know which line is chosen."""
        self._line = line
        self.edit_button.setEnabled(line is not None and bool(line.record_id))

    @needs("award_money.propose")
    def propose(self) -> None:
        """Put what follows from the results into the ledger."""
        if self._state is None or self._state.view is None:
            return
        cycle, money = self._state.view.cycle, self._desk.services.award_money
        do_undoably(
            self._desk,
            lambda: money.propose(cycle.year, cycle.code),
            title="登记奖金",
            told=lambda lines: f"登记了 {len(lines)} 笔奖金" if lines else "公布的奖金都已在台账里",
            done=lambda _lines: self._changed(),
            owner=self._owner,
        )

    @needs("ledgers.save")
    def edit(self) -> None:
        """Open the form of the chosen payment."""
        line = self._line
        if self._state is None or self._state.view is None or line is None or not line.record_id:
            return
        cycle, money = self._state.view.cycle, self._desk.services.award_money
        self._desk.jobs.start(
            lambda _report: money.lines(cycle.year, cycle.code),
            partial(self._open_form, line.record_id),
            title="读取奖金",
            owner=self._owner,
        )

    def _open_form(self, record_id: str, lines: tuple[AwardPayment, ...]) -> None:
        record = next((each for each in lines if each.id == record_id), None)
        if record is not None:
            form = LedgerForm(self._desk, AWARD_PAYMENTS, record, self._owner)
            form.saved.connect(lambda _id: self._changed())
            form.open()

    def show_totals(self) -> None:
        """Sums of the whole ledger: by year, award, category, community."""
        MoneyTotalsDialog(self._desk, self._owner).open()
