"""The findings of the checker as a list under the form; a click leads to the field.

found = SchemeFindings(); found.show_findings(findings); found.chosen(finding)
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout

from core.model.scheme_draft import DraftFinding
from gui.theme import row_height, set_kind
from gui.widgets.labels import ElidedLabel

FINDING = Qt.ItemDataRole.UserRole
SHOWN, FEW_SHOWN = 3, 2
TO_MEND = "处要改，改好才能保存；点一条就到那里。没写完的可以先导出，以后再导入接着写"


class SchemeFindings(QFrame):
    """How many there are, and each in a line."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._head = ElidedLabel("", "ok")
        self._model = QStandardItemModel(self)
        self._shown_at_once = SHOWN
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("要改的地方")
        self.list.setProperty("kind", "menu")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._tell)
        self.list.activated.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self.list)
        self.show_findings(())

    def show_findings(self, findings: Sequence[DraftFinding]) -> None:
        """List them; without any it is one quiet line."""
        self._model.clear()
        for finding in findings:
            item = QStandardItem(str(finding.problem))
            item.setToolTip(str(finding.problem))
            item.setData(finding, FINDING)
            item.setEditable(False)
            self._model.appendRow(item)
        self._head.set_whole_text(f"{len(findings)} {TO_MEND}" if findings else "检查过了，没有问题")
        set_kind(self._head, "kind", "err" if findings else "ok")
        self.list.setVisible(bool(findings))
        self._fit()

    def set_narrow(self, narrow: bool) -> None:
        self._shown_at_once = FEW_SHOWN if narrow else SHOWN
        self._fit()

    def _fit(self) -> None:
        count = min(self._model.rowCount(), self._shown_at_once)
        self.list.setFixedHeight(row_height(32) * count + 12)

    def _tell(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(FINDING))
