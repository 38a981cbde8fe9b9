"""Any list beside the ranking: what it says as a whole, its table, and what can be done with a row.

view = ResultListView(desk); view.show_list(found); view.show_words("……")
view.current_changed, view.opened     the line, or None
view.add_button(button)               at the right of the note
"""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.tables import OutColumn, OutSheet
from gui.desk import Desk
from gui.pages.report import LEAST_STRETCH, Row, columns_of
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.labels import label


class ResultListView(QWidget):
    """Shows one list after another; each kind remembers its own widths and order."""

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: ResultList | None = None
        self._narrow = False
        self._shown_columns: tuple[OutColumn, ...] = ()
        self.note = label("", "secondary", wrap=True, selectable=True)
        self.nothing = label("", "secondary", wrap=True)
        self.model, self.table = self._table_for((Column("", lambda line: ""),))
        self._head = QHBoxLayout()
        self._body = QStackedWidget()
        self._build()

    def _build(self) -> None:
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMargin(32)
        self._head.setSpacing(8)
        self._head.addWidget(self.note, 1)
        upper = QFrame()
        upper.setProperty("kind", "filters")
        upper.setLayout(self._head)
        self._body.addWidget(self.table)
        self._body.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(self._body, 1)
        self.set_narrow(False)

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the right of the note."""
        self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def show_list(self, found: ResultList) -> None:
        """Show a list; a row that was chosen before stays chosen where it is still there."""
        if found.columns != self._shown_columns:
            self._replace_table(found)
        self._found = found
        self.note.setText(found.note if found.lines else "")
        self.nothing.setText(found.nothing)
        self.model.set_records(found.lines)
        self._body.setCurrentIndex(0 if found.lines else 1)
        if found.lines and not self.table.selected_records():
            # With the focus comes a current row, but no chosen one.
            self.table.selectRow(max(0, self.table.currentIndex().row()))
        self.current_changed.emit(self.current_line())

    def show_words(self, words: str) -> None:
        """Show why there is no list."""
        self._found = None
        self.note.setText("")
        self.nothing.setText(words)
        self._body.setCurrentIndex(1)
        self.current_changed.emit(None)

    def kind(self) -> ListKind | None:
        """What the shown list is about."""
        return self._found.kind if self._found else None

    def current_line(self) -> ResultLine | None:
        """The chosen row of the list that is shown."""
        line = self.table.current_record() if self._found is not None else None
        return line if isinstance(line, ResultLine) else None

    def shown_sheet(self) -> OutSheet | None:
        """The list in the order shown; None where there is nothing to hand out."""
        if self._found is None or not self._found.lines:
            return None
        return replace(self._found, lines=self.model.shown()).sheet()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        margin = 16 if narrow else 24
        self._head.setContentsMargins(margin, 8, margin, 8)
        self.table.set_narrow(narrow)

    def _replace_table(self, found: ResultList) -> None:
        self._shown_columns = found.columns
        old = self.table
        self.model, self.table = self._table_for(_columns(found))
        self.table.set_narrow(self._narrow)
        self.table.setAccessibleName(found.kind.label)
        self._body.insertWidget(0, self.table)
        self._body.removeWidget(old)
        old.deleteLater()

    def _table_for(
        self, columns: tuple[Column[ResultLine], ...]
    ) -> tuple[RecordTableModel[ResultLine], RecordTable]:
        model: RecordTableModel[ResultLine] = RecordTableModel(columns, _id_of, parent=self)
        name = "_".join(("result_list", *(column.title for column in columns)))
        table = RecordTable(model, self._desk.settings, name, label="结果名单")
        table.set_least_stretch(LEAST_STRETCH)
        table.current_changed.connect(lambda _line: self.current_changed.emit(self.current_line()))
        table.opened.connect(self.opened)
        return model, table


def _id_of(line: ResultLine) -> str | ResultLine:
    """A line is known by its record, else by all that it says: a subject may stand on several."""
    return line.record_id or line


def _columns(found: ResultList) -> tuple[Column[ResultLine], ...]:
    return tuple(_of_line(column) for column in columns_of(found.sheet()))


def _of_line(column: Column[Row]) -> Column[ResultLine]:
    text, sort_key = column.text, column.sort_key
    return Column(
        column.title,
        lambda line: text(line.values),
        width=column.width,
        stretch=column.stretch,
        align_right=column.align_right,
        sort_key=lambda line: sort_key(line.values) if sort_key else None,
        tooltip=lambda line: text(line.values),
    )
