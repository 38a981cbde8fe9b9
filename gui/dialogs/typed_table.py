"""A table that a person types: its heads, its rows, how wide its columns are to each other.

form = TypedTable(table_or_none, words, messages, parent); form.written.connect(put) (TextTable); form.open()

The first line of the grid (`gui.widgets.cell_grid`) holds the heads. A block copied in Excel is put down at
the marked cell and makes the grid larger where it needs to.
"""

from dataclasses import replace

from PySide6.QtWidgets import QSpinBox, QWidget

from core.model.document_text import MOST_COLUMNS, MOST_TYPED_ROWS, TextColumn, TextTable
from core.services.document_editing import FieldWords, typed
from gui.dialogs.typed_block import TypedBlock
from gui.messages import Messages
from gui.theme import fix_width, scaled
from gui.widgets.buttons import push_button
from gui.widgets.cell_grid import UNIT, CellGrid
from gui.widgets.labels import label

SIZE = (940, 520)
ROWS, COLUMNS = 3, 3
WEIGHT = 6
WIDEST = 40
HINT = "第一行是表头；拖动边线改栏宽；可以粘贴 Excel 里的一块，或者写 {年度} 这样的字段"


class TypedTable(TypedBlock):
    """See the module."""

    what = "表格"

    def __init__(
        self, table: TextTable | None, words: FieldWords, messages: Messages, parent: QWidget
    ) -> None:
        title, verb = ("改表格", "改好") if table else ("插入表格", "插入")
        super().__init__(title, SIZE, verb, messages, parent)
        self._table = table or TextTable("", (TextColumn("", "", WEIGHT),) * COLUMNS, cells=((),) * ROWS)
        self._words = words
        # Of each column what the grid does not show: its alignment, its cell in the last row.
        totals = self._table.totals or ("",) * len(self._table.columns)
        self._kept = list(zip(self._table.columns, totals, strict=True))
        self.grid = CellGrid("表格的表头和各行")
        self.rows, self.columns = _count("行数", MOST_TYPED_ROWS), _count("栏数", MOST_COLUMNS)
        self._hint = label(HINT, "hint", wrap=True)
        self._build()
        self._fill()
        self.grid.itemChanged.connect(lambda _item: self._follow())
        self.grid.pasted.connect(self._follow_paste)
        self.rows.valueChanged.connect(lambda _value: self._resize())
        self.columns.valueChanged.connect(lambda _value: self._resize())
        self.begin()

    def _build(self) -> None:
        for name, count in (("行数", self.rows), ("栏数", self.columns)):
            word = label(name, "secondary")
            word.setBuddy(count)
            self.head.addWidget(word)
            self.head.addWidget(count)
        self.head.addStretch(1)
        acts = (
            ("粘贴", self.grid.paste, "clipboard-line"),
            ("加行", self.add_row, "add-line"),
            ("删行", self.remove_rows, "subtract-line"),
            ("加栏", self.add_column, "add-line"),
            ("删栏", self.remove_columns, "subtract-line"),
        )
        for text, act, icon_name in acts:
            self.head.addWidget(push_button(text, act, icon_name=icon_name, dense=True))
        self.middle.addWidget(self.grid, 1)
        self.foot.addWidget(self._hint, 1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self.finish)

    def _fill(self) -> None:
        table, grid = self._table, self.grid
        grid.resize_to(len(table.cells), len(table.columns))
        for row, texts in enumerate(([each.title for each in table.columns], *table.cells)):
            for column, text in enumerate(texts):
                grid.put(row, column, text)
        self._follow()
        for column, (each, _) in enumerate(self._kept):
            grid.setColumnWidth(column, _width(each.weight))

    def _follow(self) -> None:
        """The counts follow the grid; they take away nothing in which something stands."""
        rows, columns = self.grid.used()
        for column in range(len(self._kept), self.grid.columnCount()):
            self._kept.append((TextColumn("", "", WEIGHT), ""))
            self.grid.setColumnWidth(column, _width(WEIGHT))
        del self._kept[self.grid.columnCount() :]
        for count, least, now in (
            (self.rows, rows, self.grid.rowCount() - 1),
            (self.columns, columns, self.grid.columnCount()),
        ):
            count.blockSignals(True)
            count.setMinimum(max(1, least))
            count.setValue(now)
            count.blockSignals(False)

    def _resize(self) -> None:
        self.grid.resize_to(self.rows.value(), self.columns.value())
        self._follow()

    def _follow_paste(self, is_whole: bool) -> None:
        self._follow()
        more = f"粘贴的超过了 {MOST_TYPED_ROWS} 行或 {MOST_COLUMNS} 栏，多出的没有放进来；请分成几个表格。"
        self._hint.setText(HINT if is_whole else more)

    # Rows and columns

    def add_row(self) -> None:
        self.grid.add_row()
        self._follow()

    def remove_rows(self) -> None:
        self.grid.remove_rows()
        self._follow()

    def add_column(self) -> None:
        """An empty column right of the current one."""
        if self.grid.columnCount() < MOST_COLUMNS:
            place = max(0, self.grid.currentColumn()) + 1
            self._kept.insert(place, (TextColumn("", "", WEIGHT), ""))
            self.grid.insertColumn(place)
            self.grid.setColumnWidth(place, _width(WEIGHT))
            self._renamed(max(0, self.grid.currentRow()), place)

    def remove_columns(self) -> None:
        """Take out the marked columns; one stays."""
        for column in sorted({index.column() for index in self.grid.selectedIndexes()}, reverse=True):
            if self.grid.columnCount() > 1:
                del self._kept[column]
                self.grid.removeColumn(column)
        self._renamed(self.grid.currentRow(), self.grid.currentColumn())

    def _renamed(self, row: int, column: int) -> None:
        self.grid.name_lines()
        self._follow()
        self.grid.setCurrentCell(row, column)
        self.grid.setFocus()

    def made(self) -> TextTable:
        """The table as it stands."""
        heads, *cells = (tuple(typed(text, self._words) for text in row) for row in self.grid.rows())
        columns = tuple(
            replace(each, title=title, weight=self._weight(place, each.weight))
            for place, ((each, _), title) in enumerate(zip(self._kept, heads, strict=True))
        )
        totals = tuple(total for _, total in self._kept) if self._table.totals else ()
        return replace(self._table, columns=columns, cells=tuple(cells), totals=totals)

    def _weight(self, column: int, before: int) -> int:
        """How wide a column is to the others: as before unless it was dragged."""
        width = self.grid.columnWidth(column)
        return before if width == _width(before) else max(1, round(width / scaled(UNIT)))


def _width(weight: int) -> int:
    return scaled(UNIT) * min(weight, WIDEST)


def _count(name: str, most: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.setAccessibleName(name)
    fix_width(made, 84)
    return made
