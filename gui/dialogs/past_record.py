"""One record as it stood at the end of a day, only to look at.

PastRecordDialog(desk, record_id, day, parent).open()
"""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.errors import AppError
from core.model.versions import PastRecord
from gui.desk import Desk
from gui.widgets.card import FactRow, ScrollPane
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import ElidedLabel, label, rule
from gui.widgets.past_day import DayButton

SIZE, LABEL_WIDTH = (640, 600), 128


class PastRecordDialog(FramedDialog):
    """The words of a form, and another day to look at."""

    def __init__(self, desk: Desk, record_id: str, day: date, parent: QWidget) -> None:
        super().__init__("某一天的内容", SIZE, parent)
        self._desk = desk
        self._record_id = record_id
        self._day = day
        self._title = ElidedLabel("", "heading")
        self._when = label("", "hint")
        self._said = label("", "secondary", wrap=True)
        self.day_button = DayButton(desk.services.clock, "内容")
        self._stack = QStackedWidget()
        self._build()
        self.day_button.chosen.connect(self._show_day)
        self._show_day(day)

    def _build(self) -> None:
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._when)
        self.head.addWidget(self.day_button)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._said)
        self.middle.addWidget(self._stack)
        self.close_below("只能看；电话和身份证号遮住中间几位")

    def _show_day(self, day: date) -> None:
        self._day = day
        self._when.setText(f"{day} 这一天结束时")
        versions, key = self._desk.services.versions, self._record_id
        self._desk.jobs.start(
            lambda _report: versions.record_as_of(key, day),
            self._show,
            failed=self._say,
            title="读取某一天的内容",
            owner=self,
        )

    def _say(self, error: AppError) -> None:
        self._said.setText(f"{error.message_zh}\n{error.remedy_zh}")
        self._stack.setCurrentWidget(self._said)

    def _show(self, found: PastRecord) -> None:
        if found.day != self._day:
            return
        self._title.set_whole_text(found.title)
        pane = ScrollPane(24)
        for place, (heading, lines) in enumerate(found.parts):
            if place:
                pane.body.addWidget(rule())
            pane.body.addWidget(label(heading, "strong"))
            for name, text in lines:
                pane.body.addWidget(FactRow(name, text, label_width=LABEL_WIDTH))
        pane.body.addStretch(1)
        while self._stack.count() > 1:
            old = self._stack.widget(1)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(pane)
        self._stack.setCurrentWidget(pane)
