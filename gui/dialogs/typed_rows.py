"""Lists and slips that a person types: the people under a label, the rows of a receipt.

form = TypedPeople(people, words, messages, parent); form.written.connect(put) (TextPeople); form.open()
form = TypedReceipt(receipt, words, messages, parent); form.written.connect(put) (TextReceipt)

Empty rows are left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from PySide6.QtWidgets import QHeaderView, QWidget

from core.model.document_text import (
    MOST_TYPED_ROWS,
    RECEIPT_COLUMNS,
    TextPeople,
    TextReceipt,
    TextReceiptField,
)
from core.services.document_editing import FieldWords, typed
from gui.dialogs.typed_block import TypedBlock
from gui.messages import Messages
from gui.theme import fix_width, scaled
from gui.widgets.buttons import push_button
from gui.widgets.cell_grid import CellGrid
from gui.widgets.field_edit import FieldLine
from gui.widgets.labels import label

SIZE = (860, 480)
NARROW = 108
LEAST_ROWS = 6
LABEL_WIDTH = 180
LIST_SIGN = "、"
FIELDS = "也可以写 {年度} 这样的字段"
USUAL_RECEIPT = TextReceipt(
    (
        (TextReceiptField("送达文书"),),
        (TextReceiptField("受送达单位"),),
        (TextReceiptField("签收人"), TextReceiptField("签收日期", "　　　年　　月　　日")),
        (TextReceiptField("送达人"), TextReceiptField("送达方式", "□直接　□邮寄　□留置")),
    )
)


_Rows: TypeAlias = Sequence[tuple[str, ...]]


class _TypedRows(TypedBlock):
    """A grid with given heads; `make` makes what is written from the rows in which something stands."""

    def __init__(
        self, title: str, grid: CellGrid, words: FieldWords, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(title, SIZE, "改好", messages, parent)
        self._words = words
        self.grid = grid
        self._hint = label("", "hint", wrap=True)

    def _build(
        self, hint: str, rows: Sequence[Sequence[str]], make: Callable[[_Rows], TextPeople | TextReceipt]
    ) -> None:
        self._make = make
        self._words_below = hint + FIELDS
        self.head.addStretch(1)
        for text, act, icon_name in (
            ("粘贴", self.grid.paste, "clipboard-line"),
            ("加行", self.grid.add_row, "add-line"),
            ("删行", self.grid.remove_rows, "subtract-line"),
        ):
            self.head.addWidget(push_button(text, act, icon_name=icon_name, dense=True))
        self.middle.addWidget(self.grid, 1)
        self.foot.addWidget(self._hint, 1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self.finish)
        self.grid.resize_to(max(LEAST_ROWS, len(rows) + 1), self.grid.columnCount())
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                self.grid.put(down, across, text)
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.grid.pasted.connect(self._say_pasted)
        self._say_pasted(True)
        self.begin()

    def _say_pasted(self, is_whole: bool) -> None:
        more = f"粘贴的超过了 {MOST_TYPED_ROWS} 行或 {self.grid.columnCount()} 栏，多出的没有放进来。"
        self._hint.setText(self._words_below if is_whole else more)

    def made(self) -> TextPeople | TextReceipt:
        """What stands here."""
        rows = (tuple(typed(text, self._words) for text in row) for row in self.grid.rows())
        return self._make([row for row in rows if any(row)])


class TypedPeople(_TypedRows):
    """People under a label."""

    what = "名单"

    def __init__(self, people: TextPeople, words: FieldWords, messages: Messages, parent: QWidget) -> None:
        super().__init__("名单", CellGrid("名单", ("姓名", "单位、职务")), words, messages, parent)
        self._people = people
        self.line = FieldLine("名单前的字")
        self.line.set_words(words)
        self.line.set_text(self._people.label)
        fix_width(self.line, LABEL_WIDTH)
        word = label("名单前的字", "secondary")
        word.setBuddy(self.line)
        self.head.addWidget(word)
        self.head.addWidget(self.line)
        self.line.edited.connect(self._follow)
        self._build(
            "可以粘贴 Excel 里的两栏，或者一格里用顿号隔开的几个姓名；", self._people.typed, self._people_of
        )
        self._follow()

    def _follow(self) -> None:
        """Names stand behind a label."""
        self.finish.setEnabled(bool(self.line.text().strip()))

    def _people_of(self, rows: _Rows) -> TextPeople:
        people = (
            (name.strip(), post)
            for names, post in rows
            for name in (names.split(LIST_SIGN) if not post else (names,))
        )
        return replace(self._people, label=self.line.text(), typed=tuple(people))


class TypedReceipt(_TypedRows):
    """The rows of a receipt; what is not filled in gets a line to write upon."""

    what = "送达回执"

    def __init__(self, receipt: TextReceipt, words: FieldWords, messages: Messages, parent: QWidget) -> None:
        heads = ("栏目", "填好的字") * RECEIPT_COLUMNS
        super().__init__("送达回执", CellGrid("回执的各行", heads), words, messages, parent)
        rows = [[text for each in row for text in (each.label, each.text)] for row in receipt.rows]
        self._build("一行一栏或两栏；填好的字空着，就印一条横线，由收件人填写；", rows, _receipt_of)
        for column in range(0, len(heads), 2):
            self.grid.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.grid.setColumnWidth(column, scaled(NARROW))


def _receipt_of(rows: _Rows) -> TextReceipt:
    return TextReceipt(tuple(map(_fields, rows)))


def _fields(row: Sequence[str]) -> tuple[TextReceiptField, ...]:
    pairs = zip(row[::2], row[1::2], strict=True)
    return tuple(TextReceiptField(name, text) for name, text in pairs if name or text)
