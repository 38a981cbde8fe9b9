"""The tables of one list as rows of editors: bands, vetoes, raters, indicators.

rows = SchemeRows(draft, path, known, room); rows.put(path, key, value); rows.asked(act, path); rows.pasted
rows.fields[(path, key)] -> editor; rows.add     rows.say(texts, faulty)      what is wrong, under the rows
rows.is_folded, rows.folds_in(room)              where a row has no room in one line it gets several
Acts: add, remove, up, down, open (where a row has more than fits).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.model.scheme_draft import Path, Table
from core.model.scheme_parts import Kind, Part, SchemeKey, part_at, part_of
from core.model.scheme_words import value_of
from gui.clipboard import take_block
from gui.pages.scheme_fields import editor_for
from gui.pages.scheme_places import offered, sum_words
from gui.theme import set_kind
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import ElidedLabel, WrappingLabel, label

QUICK = ("name", "categories", "full", "weight", "points", "number")
"""What a row shows of tables that have a form of their own."""
NAME_STRETCH = 100
GAP = 8
FOLDED = 2
"""How many fields stand in a line where a row has several."""


def is_filled_in_row(path: Path) -> bool:
    """Whether a row has all that must be written into the table at a path."""
    *_, key, _number = path
    if part_at(path[:-2]).by_key[str(key)].inline:
        return True
    must = {known.key for known in part_at(path).keys if known.required}
    return must <= {"code", *QUICK}


@dataclass(frozen=True, slots=True)
class _Row:
    """The editors of a table by column, and the buttons behind them."""

    cells: dict[int, QWidget]
    buttons: QWidget


class SchemeRows(QWidget):
    """A head, a row for each table, a button for one more."""

    put = Signal(tuple, str, object)
    asked = Signal(str, tuple)
    pasted = Signal(tuple, object, int)
    """The row and the values by key for it and those below; how many columns of the block had no place."""

    def __init__(self, draft: Table, path: Path, known: SchemeKey, room: int) -> None:
        super().__init__()
        self._draft = draft
        self._path = path
        self._known = known
        self.fields: dict[tuple[Path, str], QWidget] = {}
        part = part_of(part_at(path), known.key)
        self._end = (*path, known.key)
        self._sum = ElidedLabel("", "hint")
        self._wrong = WrappingLabel("", "err")
        self._wrong.hide()
        self.add = push_button(
            f"添加{part.word}", lambda: self.asked.emit("add", self._end), icon_name="add-line", dense=True
        )
        tables = tuple(draft.under(path, known.key))
        keys = self._columns = self._keys(part, [table for _, table in tables])
        rows = [self._row(keys, number, len(tables), *each) for number, each in enumerate(tables, start=1)]
        self._least = _least_width(rows)
        self.is_folded = self.folds_in(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addLayout(self._head())
        if rows:
            column.addLayout(_folded(keys, rows) if self.is_folded else _grid(keys, rows))
        column.addWidget(self._wrong)
        self.show_sum(draft)

    def folds_in(self, room: int) -> bool:
        """Whether a row is wider than this."""
        return self._least > room

    def show_sum(self, draft: Table) -> None:
        """Say what the rows come to, or what belongs into them."""
        self._sum.set_whole_text(sum_words(draft, self._path, self._known.key) or self._known.hint)

    def say(self, texts: Sequence[str], faulty: Collection[tuple[Path, str]]) -> None:
        """Say what is wrong with the rows, and mark the cells that it is about."""
        self._wrong.setText("\n".join(texts))
        self._wrong.setVisible(bool(texts))
        for where, field in self.fields.items():
            state = "err" if where in faulty else ""
            if (field.property("state") or "") != state:
                set_kind(field, "state", state)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        for part in (label(self._known.label, "strong"), self._sum, self.add):
            head.addWidget(part)
        head.addStretch(1)
        return head

    def _keys(self, part: Part, tables: Sequence[Table]) -> tuple[SchemeKey, ...]:
        """The columns: of inline tables all that some row has a use for, of others the few of an overview."""
        if not self._known.inline:
            return tuple(known for known in part.keys if known.key in QUICK and known.kind is not Kind.TABLES)
        return tuple(
            known
            for known in part.keys
            if known.kind is not Kind.TABLES and any(known.makes_sense(table) for table in tables)
        )

    def _row(self, keys: Sequence[SchemeKey], number: int, count: int, path: Path, table: Table) -> _Row:
        cells = {
            column: self._cell(path, table, known, number)
            for column, known in enumerate(keys)
            if known.makes_sense(table)
        }
        return _Row(cells, self._buttons(path, number, count))

    def _cell(self, path: Path, table: Table, known: SchemeKey, number: int) -> QWidget:
        field = editor_for(
            known,
            table.get(known.key),
            lambda value: self.put.emit(path, known.key, value),
            offered(self._draft, known),
            in_cell=True,
        )
        field.setAccessibleName(f"第 {number} 项{known.label}")
        if isinstance(field, QLineEdit):
            field.returnPressed.connect(lambda: self._go_down((*self._end, number), known.key))
            field.installEventFilter(self)
        self.fields[path, known.key] = field
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        block = take_block() if event.matches(QKeySequence.StandardKey.Paste) else []
        if [len(cells) for cells in block] == [1] and isinstance(watched, QLineEdit):
            # A spreadsheet ends even one cell with a line break.
            watched.insert(block[0][0])
        elif block:
            self._paste(next(where for where, field in self.fields.items() if field is watched), block)
        return bool(block)

    def _paste(self, where: tuple[Path, str], block: Sequence[Sequence[str]]) -> None:
        """The cells of a spreadsheet from this field on, to the right and down."""
        path, key = where
        first = next(place for place, known in enumerate(self._columns) if known.key == key)
        columns = self._columns[first:]
        rows = [
            {known.key: value_of(known, text) for known, text in zip(columns, cells, strict=False)}
            for cells in block
            if any(text.strip() for text in cells)
        ]
        if rows:
            self.pasted.emit(path, rows, max(0, max(map(len, block)) - len(columns)))

    def _go_down(self, path: Path, key: str) -> None:
        """To the same field of the next row; behind the last one a new row begins."""
        below = self.fields.get((path, key))
        if below is not None:
            below.setFocus(Qt.FocusReason.TabFocusReason)
        elif path not in {each for each, _ in self.fields}:
            self.asked.emit("add", self._end)

    def _buttons(self, path: Path, number: int, count: int) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        acts = (("arrow-up-line", "上移", "up"), ("arrow-down-line", "下移", "down"))
        for icon, words, act in (*acts, ("close-line", "删除", "remove")):
            button = icon_button(
                icon, f"{words}第 {number} 项", partial(self.asked.emit, act, path), dense=True
            )
            button.setEnabled(not (act == "up" and number == 1) and not (act == "down" and number == count))
            row.addWidget(button)
        if not self._known.inline:
            row.addWidget(
                push_button("打开", lambda: self.asked.emit("open", path), kind="link", dense=True),
                0,
                Qt.AlignmentFlag.AlignVCenter,
            )
        return holder


def _least_width(rows: Sequence[_Row]) -> int:
    """How wide a row in one line must be."""
    columns = {column for row in rows for column in row.cells}
    cells = (max(_width(row.cells.get(column)) for row in rows) for column in columns)
    buttons = (row.buttons.sizeHint().width() for row in rows)
    return sum(cells) + max(buttons, default=0) + GAP * len(columns)


def _width(cell: QWidget | None) -> int:
    return cell.minimumWidth() if cell is not None else 0


def _grid(keys: Sequence[SchemeKey], rows: Sequence[_Row]) -> QGridLayout:
    """Each row in one line, under one head."""
    grid = _empty_grid()
    for column, known in enumerate(keys):
        grid.addWidget(label(known.label, "hint"), 0, column)
        grid.setColumnStretch(column, NAME_STRETCH if known.key == "name" else 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in row.cells.items():
            grid.addWidget(cell, number, column)
        grid.addWidget(row.buttons, number, len(keys))
    grid.setColumnStretch(len(keys) + 1, 1)
    return grid


def _folded(keys: Sequence[SchemeKey], rows: Sequence[_Row]) -> QGridLayout:
    """Each row in several lines, every field under its own head, the buttons behind the first line."""
    grid = _empty_grid()
    for number, row in enumerate(rows):
        for place, (column, cell) in enumerate(row.cells.items()):
            line = 2 * (number * len(keys) + place // FOLDED)
            grid.addWidget(label(keys[column].label, "hint"), line, place % FOLDED)
            grid.addWidget(cell, line + 1, place % FOLDED)
        grid.addWidget(row.buttons, 2 * number * len(keys) + 1, FOLDED)
    grid.setColumnStretch(FOLDED + 1, 1)
    return grid


def _empty_grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(4)
    return grid
