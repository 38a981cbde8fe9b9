"""The tables of one list as rows of editors: bands, vetoes, raters, indicators.

rows = SchemeRows(draft, path, known); rows.put(path, key, value); rows.asked(act, path)
rows.fields[(path, key)] -> editor                 rows.say(texts, faulty)      what is wrong, under the rows
Acts: add, remove, up, down, open (where a row has more than fits).
"""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.model.scheme_draft import Path, Table
from core.model.scheme_parts import Kind, Part, SchemeKey, part_at, part_of
from gui.pages.scheme_fields import editor_for
from gui.pages.scheme_places import offered, sum_words
from gui.theme import set_kind
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import WrappingLabel, label

QUICK = ("name", "categories", "full", "weight", "points", "number")
"""What a row shows of tables that have a form of their own."""
NAME_STRETCH = 100


class SchemeRows(QWidget):
    """A head, a row for each table, a button for one more."""

    put = Signal(tuple, str, object)
    asked = Signal(str, tuple)

    def __init__(self, draft: Table, path: Path, known: SchemeKey) -> None:
        super().__init__()
        self._draft = draft
        self._path = path
        self._known = known
        self.fields: dict[tuple[Path, str], QWidget] = {}
        self._sum = label("", "hint")
        self._wrong = WrappingLabel("", "err")
        self._wrong.hide()
        part = part_of(part_at(path), known.key)
        tables = tuple(draft.under(path, known.key))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addLayout(self._head(part))
        if tables:
            column.addLayout(self._grid(part, tables))
        column.addWidget(self._wrong)
        self.show_sum(draft)

    def show_sum(self, draft: Table) -> None:
        """Say what the rows come to."""
        self._sum.setText(sum_words(draft, self._path, self._known.key))

    def say(self, texts: Sequence[str], faulty: Collection[tuple[Path, str]]) -> None:
        """Say what is wrong with the rows, and mark the cells that it is about."""
        self._wrong.setText("\n".join(texts))
        self._wrong.setVisible(bool(texts))
        for where, field in self.fields.items():
            state = "err" if where in faulty else ""
            if (field.property("state") or "") != state:
                set_kind(field, "state", state)

    def _head(self, part: Part) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self._known.label, "strong"))
        head.addWidget(self._sum)
        end = (*self._path, self._known.key)
        add = push_button(
            f"添加{part.word}", lambda: self.asked.emit("add", end), icon_name="add-line", dense=True
        )
        head.addWidget(add)
        head.addStretch(1)
        return head

    def _grid(self, part: Part, tables: Sequence[tuple[Path, Table]]) -> QGridLayout:
        keys = self._keys(part, [table for _, table in tables])
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, known in enumerate(keys):
            grid.addWidget(label(known.label, "hint"), 0, place)
            grid.setColumnStretch(place, NAME_STRETCH if known.key == "name" else 0)
        for number, (path, table) in enumerate(tables, start=1):
            for place, known in enumerate(keys):
                if known.makes_sense(table):
                    grid.addWidget(self._cell(path, table, known, number), number, place)
            grid.addLayout(self._buttons(path, number, len(tables)), number, len(keys))
        grid.setColumnStretch(len(keys) + 1, 1)
        return grid

    def _keys(self, part: Part, tables: Sequence[Table]) -> tuple[SchemeKey, ...]:
        """The columns: of inline tables all that some row has a use for, of others the few of an overview."""
        if not self._known.inline:
            return tuple(known for known in part.keys if known.key in QUICK and known.kind is not Kind.TABLES)
        return tuple(
            known
            for known in part.keys
            if known.kind is not Kind.TABLES and any(known.makes_sense(table) for table in tables)
        )

    def _cell(self, path: Path, table: Table, known: SchemeKey, number: int) -> QWidget:
        field = editor_for(
            known,
            table.get(known.key),
            lambda value: self.put.emit(path, known.key, value),
            offered(self._draft, known),
            in_cell=True,
        )
        field.setAccessibleName(f"第 {number} 项{known.label}")
        self.fields[path, known.key] = field
        return field

    def _buttons(self, path: Path, number: int, count: int) -> QHBoxLayout:
        row = QHBoxLayout()
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
        return row
