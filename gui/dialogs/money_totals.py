"""奖金汇总: the money of the whole ledger by year, award, category or community.

MoneyTotalsDialog(desk, parent).open()
"""

from functools import partial

from PySide6.QtWidgets import QWidget

from core.model.money_report import MoneyBy
from gui.desk import Desk
from gui.dialogs.report_dialog import ReportDialog
from gui.widgets.choice import Choice


class MoneyTotalsDialog(ReportDialog):
    """One table and a choice of what it is summed up by."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        totals = desk.services.award_money.totals
        heading, nothing = "奖金汇总：各年度、各次考核", "台账里还没有奖金。"
        super().__init__(desk, "奖金汇总", heading, partial(totals, MoneyBy.YEAR), nothing, parent)
        self._totals = totals
        self.by = Choice([(each, f"按{each.label}") for each in MoneyBy], width=160, empty="")
        self.by.setAccessibleName("按什么汇总")
        self.by.currentIndexChanged.connect(lambda _place: self._show())
        self.head.addWidget(self.by)

    def _show(self) -> None:
        self.report.show_report_of(partial(self._totals, MoneyBy(str(self.by.chosen()))))
