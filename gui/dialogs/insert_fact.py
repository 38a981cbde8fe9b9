"""Which data to put into a text: all that a document may name, what each means, what it is now.

form = InsertFact(desk, facts, words, parent); form.field_chosen.connect(edit.insert_field)
form.table_chosen.connect(put_table)         a list, to be printed as a table
form.open()
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.model.facts import FactKind, FactName
from core.services.document_editing import FieldWords
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label
from gui.widgets.search_field import SearchField


class InsertFact(FramedDialog):
    """Enter puts in what is chosen."""

    field_chosen = Signal(str)
    table_chosen = Signal(object)

    def __init__(self, desk: Desk, facts: Sequence[FactName], words: FieldWords, parent: QWidget) -> None:
        super().__init__("插入数据", (760, 520), parent)
        self._words = words
        self.model = RecordTableModel(self._columns(), record_id=lambda each: each.name)
        self.model.set_records(facts)
        self.table = RecordTable(self.model, desk.settings, "facts", label="可以插入的数据")
        self._search = SearchField("名称、含义", width=240)
        self._as_table = push_button("插入表格", self._put_table)
        self._put = push_button("插入", self._put_field, kind="primary")
        self._build()
        self._search.changed.connect(self._find)
        self.table.current_changed.connect(self._follow)
        self.table.opened.connect(lambda _fact: self._put_field())
        self.table.selectRow(0)
        self._search.setFocus()

    def _build(self) -> None:
        self.head.addWidget(label("插入的数据随数据库自动更新，发文时定下", "hint"), 1)
        self.head.addWidget(self._search)
        column = QVBoxLayout()
        column.addWidget(self.table)
        self.middle.addLayout(column)
        self.foot.addWidget(label("清单插入的是个数；要列出各行，请插入表格", "hint"))
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self._as_table)
        self.foot.addWidget(self._put)
        self._put.setDefault(True)

    def _columns(self) -> tuple[Column[FactName], ...]:
        return (
            Column("名称", lambda each: each.name, width=150, bold=True),
            Column("含义", lambda each: each.meaning, stretch=True, quiet=True),
            Column("现在的值", self._value, width=220),
        )

    def _value(self, fact: FactName) -> str:
        if self._words.is_template:
            return fact.kind.label
        words = self._words.of(fact.name)
        return f"{words} 行" if words and fact.kind is FactKind.LIST else words or ""

    def _find(self, text: str) -> None:
        self.model.set_filter((lambda each: text in each.name or text in each.meaning) if text else None)
        if self.model.rowCount():
            self.table.selectRow(0)

    def _follow(self, fact: FactName | None) -> None:
        self._put.setEnabled(fact is not None)
        self._as_table.setVisible(fact is not None and fact.kind is FactKind.LIST)

    def _put_field(self) -> None:
        fact = self.table.current_record()
        if fact is not None:
            self.accept()
            self.field_chosen.emit(fact.name)

    def _put_table(self) -> None:
        fact = self.table.current_record()
        if fact is not None:
            self.accept()
            self.table_chosen.emit(fact)
