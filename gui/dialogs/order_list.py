"""Names to be put in order: dragged, or moved by buttons and keys.

order = OrderList((("id", "甲"), ("id2", "乙"))); order.ids()      as they stand
"""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.theme import bound_width, row_height
from gui.widgets.buttons import icon_button

WIDE, ROW, MOST = 400, 32, 6


class OrderList(QWidget):
    """The first stands in front."""

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.names = QListWidget()
        for item_id, name in items:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, item_id)
            item.setSizeHint(QSize(0, row_height(ROW)))
            self.names.addItem(item)
        self.names.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.names.setProperty("kind", "menu")
        self.names.setCurrentRow(0)
        bound_width(self.names, least=WIDE)
        self.names.setFixedHeight(row_height(ROW) * min(self.names.count(), MOST) + 8)
        self.setFocusProxy(self.names)
        self.up = icon_button("arrow-up-line", "上移\uff08Alt+↑\uff09", lambda: self._move(-1))
        self.down = icon_button("arrow-down-line", "下移\uff08Alt+↓\uff09", lambda: self._move(1))
        self.up.setShortcut("Alt+Up")
        self.down.setShortcut("Alt+Down")
        buttons = QVBoxLayout()
        for button in (self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.names)
        row.addLayout(buttons)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.names.setAccessibleName(name)

    def ids(self) -> tuple[str, ...]:
        """The ids in the order in which they stand."""
        items = (self.names.item(row) for row in range(self.names.count()))
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items)

    def _move(self, step: int) -> None:
        row = self.names.currentRow()
        if 0 <= row + step < self.names.count():
            self.names.insertItem(row + step, self.names.takeItem(row))
            self.names.setCurrentRow(row + step)
