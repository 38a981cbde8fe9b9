"""The tasks of a work group, the most urgent first, each a way to 待办.

pane = GroupTasks(desk); pane.show_tasks(group id, items)
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.model.task_ledgers import TASKS
from core.model.task_view import ToDoItem
from gui.desk import Desk
from gui.dialogs.ledger_form import LedgerForm
from gui.pages.todo_rows import deadline_badge, due_text
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.labels import label

COLUMNS: tuple[Column[ToDoItem], ...] = (
    Column("任务", lambda item: item.title, stretch=True),
    Column("期限", due_text, width=108, quiet=True, sort_key=lambda item: item.deadline.due_on, narrow=False),
    Column("情况", lambda item: item.deadline.words, width=148, badges=lambda item: (deadline_badge(item),)),
)


class GroupTasks(QWidget):
    """Enter opens a task where it is dealt with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._group_id = ""
        self.model = RecordTableModel(COLUMNS, lambda item: item.key, parent=self)
        self.table = RecordTable(self.model, desk.settings, "group_tasks", label="本组任务")
        self._nothing = label("这个组今年还没有任务", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)
        self.table.opened.connect(lambda item: desk.go(item.link))

    def show_tasks(self, group_id: str, items: Sequence[ToDoItem]) -> None:
        """Show what waits, then what was done this year."""
        self._group_id = group_id
        self.model.set_records(items)
        self.table.setVisible(bool(items))
        self._nothing.setVisible(not items)

    @needs("ledgers.save")
    def new(self) -> None:
        """A form for a task of this group."""
        LedgerForm(self._desk, TASKS, None, self, {"work_group_id": self._group_id}).open()
