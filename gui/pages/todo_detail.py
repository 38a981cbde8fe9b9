"""The pane beside the to-do list: what an item is about, its ticks and progress, and finishing it.

detail = ToDoDetail(desk); detail.show_item(item or None, today)
detail.closed; detail.edit_asked(task); detail.finished(title)
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.task_view import Tick, ToDoItem, ToDoSource
from core.model.tasks import Task
from gui.desk import Desk
from gui.pages.todo_progress import LABEL_WIDTH, FinishPanel, ProgressPanel, reads_again
from gui.pages.todo_rows import deadline_badge, due_text
from gui.rights import needs
from gui.theme import bound_width
from gui.widgets.attachments import AttachmentBox
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.card import FactRow, ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

WIDTH = 320
_WAYS = {ToDoSource.FILING: "打开这个组织", ToDoSource.PAPERS: "打开工作组"}


class ToDoDetail(QFrame):
    """Follows the selection; everything scrolls."""

    closed = Signal()
    edit_asked = Signal(object)
    finished = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._item: ToDoItem | None = None
        self._title = label("", "heading", wrap=True, selectable=True)
        self._badges, self._facts = QHBoxLayout(), QVBoxLayout()
        self._edit = icon_button("pencil-line", "修改这项任务\uff08F2\uff09", self._ask_edit, dense=True)
        self._edit.setShortcut("F2")
        self._way = push_button("", self._go, icon_name="external-link-line", kind="primary")
        self._again = push_button("重新办理", self._reopen, icon_name="arrow-go-back-line", dense=True)
        self.progress = ProgressPanel(desk)
        self.finish = FinishPanel(desk)
        self._files: AttachmentBox | None = None
        self._files_place = QVBoxLayout()
        self._task_part = QWidget()
        self._empty = label("选中一项，\n这里显示它的情况", "secondary", wrap=True)
        self._stack = QStackedWidget()
        self._build()
        self.finish.finished.connect(self.finished)
        self.show_item(None, date.min)

    def _build(self) -> None:
        self.setProperty("kind", "pane")
        self.setAccessibleName("事项详情")
        bound_width(self, least=WIDTH)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pane = ScrollPane(20)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        close = icon_button("close-line", "关闭详情\uff08Esc\uff09", self.closed.emit, dense=True)
        for button in (self._edit, close):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        for way in (self._again, self._way):
            buttons.addWidget(way)
        buttons.addStretch(1)
        for layout in (self._badges, buttons, self._facts):
            layout.setSpacing(8)
        pane.body.addLayout(head)
        for layout in (self._badges, buttons, self._facts):
            pane.body.addLayout(layout)
        pane.body.addWidget(self._task_part)
        pane.body.addStretch(1)
        column = QVBoxLayout(self._task_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (rule(), label("进展", "strong"), self.progress, self.finish, rule()):
            column.addWidget(part)
        column.addWidget(label("附件", "strong"))
        column.addLayout(self._files_place)
        self._stack.addWidget(pane)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.addWidget(self._stack)

    def item(self) -> ToDoItem | None:
        return self._item

    def show_item(self, item: ToDoItem | None, today: date) -> None:
        """Show this one, or say that none is selected."""
        before, self._item = self._item, item
        if item is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentIndex(0)
        self._title.setText(item.title)
        self._show_badges(item)
        self._show_facts(item)
        task = item.task
        self._way.setText(_WAYS.get(item.source, ""))
        self._way.setVisible(item.source in _WAYS)
        self._edit.setVisible(task is not None)
        self._again.setVisible(task is not None and task.done_on is not None)
        self._task_part.setVisible(task is not None)
        if task is None:
            return
        self.progress.show_task(task)
        self.finish.setVisible(task.done_on is None)
        self.finish.show_item(item, task, today)
        if before is None or before.record_id != task.id or self._files is None:
            self._show_files(task.id)

    def take_focus(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        has_task = self._item is not None and self._item.task is not None
        first = self.progress.ticks[Tick.PLANNED] if has_task else self._way
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_badges(self, item: ToDoItem) -> None:
        clear(self._badges)
        task_list = item.task.task_list if item.task else None
        kind = task_list.label if task_list else item.source.label
        for face in (deadline_badge(item), BadgeFace(kind, "mute")):
            self._badges.addWidget(Badge(face))
        self._badges.addStretch(1)

    def _show_facts(self, item: ToDoItem) -> None:
        clear(self._facts)
        for name, value in (("期限", due_text(item)), *_whose(item), *_task_facts(item.task)):
            self._facts.addWidget(FactRow(name, value, label_width=LABEL_WIDTH))

    def _show_files(self, owner_id: str) -> None:
        clear(self._files_place)
        self._files = AttachmentBox(self._desk, owner_id)
        self._files_place.addWidget(self._files)
        self._files.load()

    @needs("ledgers.save")
    def _ask_edit(self) -> None:
        if self._item and self._item.task:
            self.edit_asked.emit(self._item.task)

    def _go(self) -> None:
        if self._item:
            self._desk.go(self._item.link)

    @needs("tasks.reopen")
    def _reopen(self) -> None:
        item, tasks = self._item, self._desk.services.tasks
        if item is not None:
            key = item.record_id
            self._desk.jobs.start(
                lambda _report: tasks.reopen(key), reads_again, title="重新办理", saves=True, owner=self
            )


def _whose(item: ToDoItem) -> tuple[tuple[str, str], ...]:
    words = ("工作组", "单位", "社区\uff08村\uff09", "社会组织")
    return tuple((word, name) for word, name in zip(words, item.whose, strict=True) if name)


def _task_facts(task: Task | None) -> tuple[tuple[str, str], ...]:
    if task is None:
        return ()
    facts = [("责任人", task.responsible), ("分工", task.division), ("备注", task.remarks)]
    if task.done_on:
        facts += [("完成日期", str(task.done_on)), ("完成情况", task.result or "—")]
    return tuple((name, value) for name, value in facts if value)
