"""催交名单: the raters who owe sheets, to print or to export.

ScoreReminderDialog(desk, view, parent).open()
"""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.cycle_view import CycleView
from gui.desk import Desk
from gui.pages.report import ReportPane
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.labels import label

NOTHING = "各评分方都已交齐，没有要催的。"


class ScoreReminderDialog(QDialog):
    """One table with its two buttons."""

    def __init__(self, desk: Desk, view: CycleView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("催交名单")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        make = partial(desk.services.score_sheets.missing, view.cycle.year, view.cycle.code)
        self.report = ReportPane(desk, "催交名单", make, NOTHING)
        head = QFrame()
        head.setProperty("kind", "header")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 14, 24, 14)
        row.addWidget(label(f"{view.cycle.year}年度评分表催交名单", "heading"))
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
        return QSize(scaled(1080), scaled(560)).boundedTo(self.screen().availableSize() * 0.9)
