"""The bar under a list while rows are ticked: how many, tick all, 调整归口, 导出, untick.

bar = BulkBar(model, table); bar.set_groups(work_groups); bar.add_button(button)
bar.move_asked.connect(move)            the id of the work group
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QPushButton

from core.model.organization import WorkGroup
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import fix_height, set_kind
from gui.widgets.buttons import icon_button, literal, push_button
from gui.widgets.labels import label


class BulkBar(QFrame):
    """Shows itself as soon as something is ticked."""

    move_asked = Signal(str)

    def __init__(self, model: RecordTableModel[Any], table: RecordTable) -> None:
        super().__init__()
        self.setProperty("kind", "bulk")
        self.setAccessibleName("对勾选的组织")
        self._records = model
        self._words = label("", "accent")
        self._all = push_button("", self._tick_all, kind="link", dense=True)
        self.move_button = menu_button("调整归口", "team-line", "把勾选的组织归到另一个专项推进组")
        close = icon_button("close-line", "取消勾选\uff08Esc\uff09", model.clear_checks)
        escape = QShortcut(Qt.Key.Key_Escape, table, model.clear_checks)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._words)
        self._row.addWidget(self._all)
        self._row.addStretch(1)
        self._row.addWidget(self.move_button)
        self._row.addWidget(close)
        fix_height(self, 52)
        model.checks_changed.connect(self._show)
        model.modelReset.connect(self._show)
        model.rowsInserted.connect(self._show)
        self._show()

    def add_button(self, button: QAbstractButton) -> None:
        self._row.insertWidget(self._row.count() - 1, button)

    def set_groups(self, groups: Sequence[WorkGroup]) -> None:
        menu = self.move_button.menu()
        menu.clear()
        for group in groups:
            menu.addAction(literal(group.name), lambda key=group.id: self.move_asked.emit(key))

    def _tick_all(self) -> None:
        self._records.check_shown(True)

    def _show(self) -> None:
        ticked, shown = len(self._records.checked_ids()), self._records.rowCount()
        self._words.setText(f"已选 {ticked:,} 个组织")
        self._all.setText(f"全选 {shown:,} 个")
        # The state of all shown rows is only asked for when it can be "all": it costs a look at each.
        all_ticked = ticked >= shown and self._records.check_state() == Qt.CheckState.Checked
        self._all.setVisible(not all_ticked)
        self.setVisible(ticked > 0)


def menu_button(text: str, icon_name: str, tip: str, *, dense: bool = False) -> QPushButton:
    """A button with a menu, empty at first."""
    button = push_button(text, icon_name=icon_name, dense=dense)
    button.setToolTip(tip)
    set_kind(button, "menu", True)
    button.setMenu(QMenu(button))
    return button
