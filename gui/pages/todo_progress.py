"""The working parts of the to-do detail: the three ticks, how far a task has come, and finishing it.

panel = ProgressPanel(desk); panel.show_task(task)          each change is kept at once
panel = FinishPanel(desk); panel.show_item(item, task, today); panel.finished(title)
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.model.task_view import Tick, ToDoItem
from core.model.tasks import Task
from gui.desk import Desk
from gui.jobs import Report
from gui.rights import needs
from gui.theme import fix_width, scaled
from gui.widgets.buttons import push_button
from gui.widgets.day_edit import DayEdit
from gui.widgets.labels import label, rule

LABEL_WIDTH, RESULT_HEIGHT, STEP = 72, 84, 10
EVIDENCE = "要佐证：写明完成情况，或者把纪要、照片附在下面。"
NO_EVIDENCE = "可以写明完成情况；不写也能完成。"


def reads_again(_result: object) -> None:
    """What was kept makes the page read again by itself."""


class _Percent(QSpinBox):
    """The wheel scrolls the pane, and does not change a figure by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ProgressPanel(QWidget):
    """The three ticks and how far a task has come; each change is kept at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self.ticks = {tick: QCheckBox(tick.label) for tick in Tick}
        self.percent = _Percent()
        self.percent.setRange(0, 100)
        self.percent.setSingleStep(STEP)
        self.percent.setSuffix(" %")
        self.percent.setKeyboardTracking(False)
        self.percent.setAccessibleName("进度")
        fix_width(self.percent, 104)
        row = QHBoxLayout()
        row.setSpacing(16)
        for tick, box in self.ticks.items():
            box.clicked.connect(lambda on, tick=tick: self._keep_tick(tick, on))
            row.addWidget(box)
        row.addStretch(1)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        word = label("进度", "hint")
        word.setBuddy(self.percent)
        fix_width(word, LABEL_WIDTH)
        lower.addWidget(word)
        lower.addWidget(self.percent)
        lower.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(lower)
        self.percent.editingFinished.connect(self._keep_progress)

    def show_task(self, task: Task) -> None:
        self._task = task
        for tick, box in self.ticks.items():
            box.setChecked(getattr(task, tick.value))
        self.percent.setValue(task.progress or 0)

    def _keep_tick(self, tick: Tick, on: bool) -> None:
        task, tasks = self._task, self._desk.services.tasks
        if task is not None:
            self._keep(lambda _report: tasks.tick(task.id, tick, on), "勾选进展")

    def _keep_progress(self) -> None:
        task, percent, tasks = self._task, self.percent.value(), self._desk.services.tasks
        if task is not None and percent != (task.progress or 0):
            self._keep(lambda _report: tasks.progress(task.id, percent), "填写进度")

    def _keep(self, work: Callable[[Report], None], title: str) -> None:
        self._desk.jobs.start(work, reads_again, title=title, saves=True, owner=self)


class FinishPanel(QWidget):
    """When a task was done and what came of it; afterwards how to take that back."""

    finished = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self._drafts: dict[str, str] = {}
        self.result = QPlainTextEdit()
        self.result.setTabChangesFocus(True)
        self.result.setAccessibleName("完成情况")
        self.result.setFixedHeight(scaled(RESULT_HEIGHT))
        self.day = DayEdit(132)
        self.day.setAccessibleName("完成日期")
        self.finish = push_button("完成", self._finish, icon_name="check-line", kind="primary")
        self.finish.setShortcut("Ctrl+Return")
        self.finish.setToolTip("记为完成\uff08Ctrl+Enter\uff09")
        self._hint = label("", "hint", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        word = label("日期", "hint")
        word.setBuddy(self.day)
        row.addWidget(word)
        row.addWidget(self.day)
        row.addStretch(1)
        row.addWidget(self.finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (rule(), label("完成情况", "strong"), self._hint, self.result):
            column.addWidget(part)
        column.addLayout(row)

    def show_item(self, item: ToDoItem, task: Task, today: date) -> None:
        """Show a task; what was written about it and not stored yet is there again."""
        self._keep_draft()
        is_other = self._task is None or self._task.id != task.id
        self._task = task
        self._hint.setText(EVIDENCE if item.evidence_required else NO_EVIDENCE)
        draft = self._drafts.get(task.id)
        if is_other or not self.result.document().isModified():
            self.result.setPlainText(task.result if draft is None else draft)
            self.result.document().setModified(draft is not None)
        if is_other:
            self.day.setMaximumDate(QDate(today.year, today.month, today.day))
            self.day.setDate(self.day.maximumDate())

    def _keep_draft(self) -> None:
        if self._task is not None and self.result.document().isModified():
            self._drafts[self._task.id] = self.result.toPlainText()

    @needs("tasks.finish")
    def _finish(self) -> None:
        task, tasks = self._task, self._desk.services.tasks
        if task is None:
            return
        done_on, result = self.day.day(), self.result.toPlainText()
        self.finish.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: tasks.finish(task.id, done_on, result),
            lambda _none: self._tell(task),
            title="完成任务",
            ended=lambda: self.finish.setEnabled(True),
            saves=True,
            owner=self,
        )

    def _tell(self, task: Task) -> None:
        self._drafts.pop(task.id, None)
        self.result.document().setModified(False)
        self.finished.emit(task.title)
