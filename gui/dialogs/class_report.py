"""社会组织分类统计: by community and the classes of another classification, of today or a past day.

ClassReportDialog(desk, parent).open()
"""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from core.model.tables import OutSheet
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.report_dialog import ReportDialog
from gui.pages.report import empty_report
from gui.widgets.past_day import DayButton

NOTHING = "还没有分类标准；在台账“分类标准”里登记，再在“分类对照”里写明本街道的类别对应哪一类。"


class ClassReportDialog(ReportDialog):
    """Which classification, which day, and the table."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        empty = partial(empty_report, "分类统计")
        super().__init__(desk, "分类统计", "社会组织分类统计", empty, NOTHING, parent)
        self._services = desk.services
        self._day: date | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName("分类标准")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day_button = DayButton(desk.services.clock, "统计")
        self.head.addWidget(self.choice)
        self.head.addWidget(self.day_button)
        self.choice.activated.connect(lambda _place: self.report.show_report_of(self._make()))
        self.day_button.chosen.connect(self._show_day)
        reports = desk.services.reports
        desk.jobs.start(
            lambda _report: reports.classifications(), self._offer, title="读取分类标准", owner=self
        )

    def _offer(self, classifications: tuple[tuple[str, str], ...]) -> None:
        for key, title in classifications:
            self.choice.addItem(title, key)
        self.choice.setVisible(bool(classifications))
        self.report.show_report_of(self._make())

    def _show_day(self, day: date) -> None:
        self._day = day
        self.report.show_report_of(self._make())

    def _make(self) -> partial[OutSheet]:
        return partial(class_report, self._services, self.choice.currentData(), self._day)


def class_report(services: Services, classification_id: str | None, day: date | None) -> OutSheet:
    """The report by a classification; an empty one as long as none is chosen."""
    if classification_id is None:
        return empty_report("分类统计")
    return services.reports.classes(classification_id, day)
