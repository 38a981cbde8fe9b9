"""A list under the path of a cycle: what it is about, its buttons, its table.

view = CycleList(desk, COLUMNS, record_id, name="objections", title="异议", nothing="还没有异议")
view.add_button(button)
view.show_records(records, note); view.current(); view.current_changed.connect(...)
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.labels import ElidedLabel, label

R = TypeVar("R")


class _Signals(QWidget):
    """Qt's signals do not go together with a generic class."""

    current_changed = Signal()
    opened = Signal()


class CycleList(_Signals, Generic[R]):
    """Every record of one cycle."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[R]],
        record_id: Callable[[R], Hashable],
        *,
        name: str,
        title: str,
        nothing: str,
    ) -> None:
        super().__init__()
        self.model: RecordTableModel[R] = RecordTableModel(tuple(columns), record_id, parent=self)
        self.table = RecordTable(self.model, desk.settings, name, label=title)
        self.note = ElidedLabel("", "secondary")
        self._nothing = label(nothing, "secondary", wrap=True)
        self._head = QHBoxLayout()
        self._body = QStackedWidget()
        self._build()
        self.table.current_changed.connect(lambda _record: self.current_changed.emit())
        self.table.opened.connect(lambda _record: self.opened.emit())

    def _build(self) -> None:
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(24)
        self._head.setContentsMargins(16, 8, 16, 8)
        self._head.setSpacing(8)
        self._head.addWidget(self.note, 1)
        self._body.addWidget(self.table)
        self._body.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._body, 1)

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the right of the note."""
        self._head.addWidget(button)

    def show_records(self, records: Sequence[R], note: str) -> None:
        """Show the records; the one that was chosen stays chosen."""
        self.note.set_whole_text(note)
        self.model.set_records(records)
        self._body.setCurrentIndex(0 if records else 1)
        if records and self.table.current_record() is None:
            self.table.selectRow(0)
        self.current_changed.emit()

    def current(self) -> R | None:
        """The chosen record."""
        record: Any = self.table.current_record()
        return record if self.model.total() else None
