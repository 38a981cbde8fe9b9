"""A new document: from which template, and what it is about.

form = NewDocument(desk, lines, parent); form.wanted (Wanted); form.open()
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.services.document_opening import Wanted
from core.services.document_templates import TemplateLine
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label
from gui.widgets.search_field import SearchField

COLUMNS: tuple[Column[TemplateLine], ...] = (
    Column("文种", lambda each: each.genre, width=100, bold=True),
    Column("模板", lambda each: each.name, width=200),
    Column("用来", lambda each: each.purpose, stretch=True, quiet=True),
    Column("内容取自", lambda each: each.about.label, width=110, quiet=True),
)


class NewDocument(FramedDialog):
    """Enter takes the template that is chosen."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, lines: Sequence[TemplateLine], parent: QWidget) -> None:
        super().__init__("起草文书", (860, 520), parent)
        self._desk = desk
        self.model = RecordTableModel(COLUMNS, record_id=lambda each: each.code)
        self.model.set_records(lines)
        self.table = RecordTable(self.model, desk.settings, "new_document", label="文书模板")
        self._search = SearchField("文种、名称、用途", width=240)
        self._start = push_button("起草", self._take, kind="primary")
        self._build()
        self._search.changed.connect(self._find)
        self.table.opened.connect(lambda _line: self._take())
        self.table.current_changed.connect(lambda line: self._start.setEnabled(line is not None))
        self.table.selectRow(0)
        self.table.setFocus()

    def _build(self) -> None:
        self.head.addWidget(label(f"{self._desk.year} 年度的文书，用哪个模板", "heading"), 1)
        self.head.addWidget(self._search)
        self.middle.addWidget(self.table)
        self.foot.addWidget(label("文字起草后都可以改；模板在“模板”页修改", "hint"))
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self._start)
        self._start.setDefault(True)

    def _find(self, text: str) -> None:
        def holds(line: TemplateLine) -> bool:
            return text in f"{line.genre} {line.name} {line.purpose}"

        self.model.set_filter(holds if text else None)
        if self.model.rowCount():
            self.table.selectRow(0)

    def _take(self) -> None:
        line = self.table.current_record()
        if line is not None:
            self.accept()
            self.wanted.emit(Wanted(line.code, self._desk.year, self._desk.cycle))
