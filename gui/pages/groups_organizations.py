"""The organizations that a work group looks after, with how far each has come this year.

card = GroupOrganizations(desk); card.show_organizations("文化体育类组织", group id, rows, reading)
card.moved(count)
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from core.model.register import OrganizationSummary
from gui.desk import Desk
from gui.pages.groups_reading import GroupsReading
from gui.pages.roster_bulk import BulkBar
from gui.pages.roster_columns import COMMUNITY, NAME, PREVIOUS_GRADE, PRINCIPAL
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.labels import label

# Beside the members the name of an organization needs the room of these.
QUIET_COLUMNS = (replace(COMMUNITY, narrow=False), replace(PRINCIPAL, narrow=False))


class GroupOrganizations(QFrame):
    """A card: heading, table, bulk bar."""

    moved = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._group_id = ""
        self._reading: GroupsReading | None = None
        year = Column("本年考核", lambda row: self._face(row).text, width=124, badges=self._badges)
        self.model = RecordTableModel(
            (NAME, *QUIET_COLUMNS, PREVIOUS_GRADE, year), lambda row: row.id, checkable=True, parent=self
        )
        self.table = RecordTable(self.model, desk.settings, "group_organizations", label="本组的组织")
        self.bulk = BulkBar(self.model, self.table)
        self._title = label("", "heading")
        self._count = label("", "hint")
        self._nothing = label("这个组还没有归口的组织", "secondary")
        self.open_button = push_button("在名册中打开", self._open_in_roster, kind="link", dense=True)
        self._build()
        self.table.opened.connect(lambda row: desk.go(f"organization:{row.id}"))
        self.bulk.move_asked.connect(self._move)

    def _build(self) -> None:
        self.setProperty("kind", "card")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 6)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.bulk)

    def _badges(self, row: OrganizationSummary) -> tuple[BadgeFace, ...]:
        return (self._face(row),)

    def _face(self, row: OrganizationSummary) -> BadgeFace:
        reading = self._reading
        return (reading and reading.faces.get(row.id)) or BadgeFace(
            "未纳入" if reading and reading.is_open else "未开启", "line"
        )

    def show_organizations(
        self, title: str, group_id: str, rows: Sequence[OrganizationSummary], reading: GroupsReading
    ) -> None:
        """Show these; an empty group id stands for those that have no group."""
        self._group_id, self._reading = group_id, reading
        self._title.setText(title)
        self._count.setText(f"{len(rows)} 个，{self._desk.year} 年度")
        self.model.clear_checks()
        self.model.set_records(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.open_button.setVisible(bool(rows))

    def take_focus(self) -> None:
        """Go to the table, to its first row if none was chosen yet."""
        self.table.setFocus()
        if self.model.rowCount() and self.table.current_record() is None:
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _open_in_roster(self) -> None:
        self._desk.go(f"roster:{self._group_id}")

    def _move(self, group_id: str) -> None:
        ids = [str(key) for key in self.model.checked_ids()]
        register = self._desk.services.register
        self._desk.jobs.start(
            lambda _report: register.move(ids, group_id), self._say_moved, title="调整归口", saves=True
        )

    def _say_moved(self, count: int) -> None:
        self.model.clear_checks()
        self.moved.emit(count)
