"""The nine special working groups at the left, the chosen one at the right.

pane = GroupsPane(desk); pane.reload(); pane.choose(group id); pane.edit_group(); pane.current_group()
pane.loaded(reading), pane.chosen(row)
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from core.model.organization import WorkGroup
from gui.actions import EDIT, command_action
from gui.desk import Desk
from gui.dialogs.group_form import GroupForm
from gui.pages.groups_detail import GroupDetail
from gui.pages.groups_reading import GroupsReading, read_group, read_groups
from gui.pages.groups_rows import GROUP_COLUMNS, GroupRow, group_rows
from gui.rights import needs
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import bound_width, scaled

LIST_WIDTH, NARROW_LIST_WIDTH = 328, 208


class GroupsPane(QWidget):
    """List and detail."""

    loaded = Signal(object)
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reading: GroupsReading | None = None
        self._asked = ""
        self.model = RecordTableModel(GROUP_COLUMNS, lambda row: row.key, parent=self)
        self.list = RecordTable(self.model, desk.settings, "groups", label="工作组")
        self.detail = GroupDetail(desk)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list.set_row_height(56)
        bound_width(self.list, least=LIST_WIDTH)
        for part in (self.list, self.detail):
            self._split.addWidget(part)
        self._split.setStretchFactor(1, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([scaled(LIST_WIDTH), scaled(900)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._show_row)
        self.list.opened.connect(lambda _row: self.detail.organizations.take_focus())
        # Here and not on the button: the tables of members and papers have the same key.
        edit = command_action(EDIT, self.edit_group, self.list)
        edit.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.list.addAction(edit)

    def reload(self) -> None:
        services, year = self._desk.services, self._desk.year
        self._desk.jobs.start(lambda _report: read_groups(services, year), self._show, title="读取工作组")

    def choose(self, group_id: str) -> None:
        """Select a group, now or as soon as it is read."""
        self._asked = group_id
        if self._reading is not None:
            self._choose(group_id)

    def set_narrow(self, narrow: bool) -> None:
        self.detail.set_narrow(narrow)
        self.list.set_narrow(narrow)
        bound_width(self.list, least=NARROW_LIST_WIDTH if narrow else LIST_WIDTH)
        self._split.setSizes([self.list.minimumWidth(), self.width()])

    def current_group(self) -> WorkGroup | None:
        """The group selected; None where it is the row of those without one."""
        row: GroupRow | None = self.list.current_record()
        return row.group if row else None

    def _show(self, reading: GroupsReading) -> None:
        self._reading = reading
        rows = group_rows(reading)
        self.detail.organizations.bulk.set_groups(reading.sizes.work_groups)
        present = self.list.current_record()
        self.model.set_records(rows)
        self.loaded.emit(reading)
        if rows:
            self._choose(self._asked or (present or rows[0]).key)
        if reading.made:
            self._desk.jobs.saved.emit()

    def _choose(self, group_id: str) -> None:
        self._asked = ""
        self.list.select_ids((group_id,))
        self._show_row(self.list.current_record())

    def _show_row(self, row: GroupRow | None) -> None:
        if row is None or self._reading is None:
            return
        self.detail.show_group(row, self._reading)
        self.chosen.emit(row)
        services, detail = self._desk.services, self.detail
        if row.group is not None:
            self._desk.jobs.start(
                lambda _report: read_group(services, row.key), detail.show_holdings, title="读取本组"
            )

    @needs("register.save_work_group")
    def edit_group(self) -> None:
        """The form of the selected group."""
        row: GroupRow | None = self.list.current_record()
        if row is not None and row.group is not None:
            GroupForm(self._desk, row.group, row.category, self).open()
