"""社会组织分类统计: by community and the classes of another classification, of today or a past day.

ClassReportDialog(desk, parent).open()
"""

from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.tables import OutSheet
from core.services.services import Services
from gui.desk import Desk
from gui.pages.report import ReportPane, empty_report
from gui.pages.roster_day import DayButton
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.labels import label

NOTHING = "还没有分类标准；在台账“分类标准”里登记，再在“分类对照”里写明本街道的类别对应哪一类。"


class ClassReportDialog(QDialog):
    """Which classification, which day, and the table."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("分类统计")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._day: date | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName("分类标准")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day_button = DayButton(desk.services.clock().date(), "统计")
        self.report = ReportPane(desk, "分类统计", self._make(), NOTHING)
        self._build()
        self._connect()
        reports = desk.services.reports
        desk.jobs.start(
            lambda _report: reports.classifications(), self._offer, title="读取分类标准", owner=self
        )

    def sizeHint(self) -> QSize:
        return QSize(scaled(1080), scaled(620)).boundedTo(self.screen().availableSize() * 0.9)

    def _build(self) -> None:
        head = QFrame()
        head.setProperty("kind", "header")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 14, 16, 14)
        row.setSpacing(8)
        row.addWidget(label("社会组织分类统计", "heading"))
        row.addStretch(1)
        row.addWidget(self.choice)
        row.addWidget(self.day_button)
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

    def _connect(self) -> None:
        self.choice.activated.connect(lambda _place: self.report.show_report_of(self._make()))
        self.day_button.chosen.connect(self._show_day)

    def _offer(self, classifications: tuple[tuple[str, str], ...]) -> None:
        for key, title in classifications:
            self.choice.addItem(title, key)
        self.report.show_report_of(self._make())

    def _show_day(self, day: date) -> None:
        self._day = day
        self.report.show_report_of(self._make())

    def _make(self) -> partial[OutSheet]:
        return partial(class_report, self._desk.services, self.choice.currentData(), self._day)


def class_report(services: Services, classification_id: str | None, day: date | None) -> OutSheet:
    """The report by a classification; an empty one as long as none is chosen."""
    if classification_id is None:
        return empty_report("分类统计")
    return services.reports.classes(classification_id, day)
