"""奖金汇总: the money of the whole ledger by year, award, category or community.

MoneyTotalsDialog(desk, parent).open()
"""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.money_report import MoneyBy
from gui.desk import Desk
from gui.dialogs.record_form import Choice
from gui.pages.report import ReportPane
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.labels import label

NOTHING = "台账里还没有奖金。"


class MoneyTotalsDialog(QDialog):
    """One table, a choice of what it is summed up by, its buttons."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("奖金汇总")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._totals = desk.services.award_money.totals
        self.report = ReportPane(desk, "奖金汇总", partial(self._totals, MoneyBy.YEAR), NOTHING)
        self.by = Choice([(each, f"按{each.label}") for each in MoneyBy], width=160, empty="")
        self.by.setAccessibleName("按什么汇总")
        self.report.add_widget(self.by)
        self.by.currentIndexChanged.connect(lambda _place: self._show())
        head = QFrame()
        head.setProperty("kind", "header")
        upper = QHBoxLayout(head)
        upper.setContentsMargins(24, 14, 24, 14)
        upper.addWidget(label("奖金汇总：各年度、各次考核", "heading"))
        foot = QFrame()
        foot.setProperty("kind", "foot")
        lower = QHBoxLayout(foot)
        lower.setContentsMargins(24, 12, 24, 12)
        lower.addStretch(1)
        lower.addWidget(push_button("关闭", self.accept, kind="primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.report, 1)
        column.addWidget(foot)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(scaled(1000), scaled(560)).boundedTo(self.screen().availableSize() * 0.9)

    def _show(self) -> None:
        self.report.show_report_of(partial(self._totals, MoneyBy(str(self.by.chosen()))))
