"""What was found in a document before it is issued: where, what, and what to do about it.

FindingsDialog(desk, findings, parent).open(); chosen(finding) when the user wants to see the place
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.model.document_check import DocumentFinding
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label

ROW_HEIGHT = 52
COLUMNS: tuple[Column[tuple[int, DocumentFinding]], ...] = (
    Column("位置", lambda row: row[1].place, width=170, bold=True),
    Column("核对", lambda row: row[1].code.label, width=96, quiet=True),
    Column(
        "发现和办法",
        lambda row: row[1].message,
        stretch=True,
        second=lambda row: row[1].remedy,
        tooltip=lambda row: f"{row[1].message}\n{row[1].remedy}",
    ),
)


class FindingsDialog(FramedDialog):
    """In reading order."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, findings: Sequence[DocumentFinding], parent: QWidget) -> None:
        super().__init__("需要核对的地方", (980, 480), parent)
        model = RecordTableModel(COLUMNS, record_id=lambda row: row[0], parent=self)
        model.set_records(tuple(enumerate(findings)))
        self.table = RecordTable(model, desk.settings, "document_findings", label="需要核对的地方")
        self.table.set_row_height(ROW_HEIGHT)
        self.head.addWidget(label(f"{len(findings)} 处需要核对", "heading"))
        self.head.addWidget(label("改好后自动重新核对；确认无误的也可以说明理由后印发", "hint"))
        self.head.addStretch(1)
        self.middle.addWidget(self.table)
        self._go = push_button("到这个地方", self._choose)
        self.foot.addWidget(self._go)
        self.close_below()
        self.table.opened.connect(lambda _row: self._choose())
        self.table.selectRow(0)
        self.table.setFocus()

    def _choose(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.accept()
            self.chosen.emit(row[1])
