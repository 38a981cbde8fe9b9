"""The organizations that a work group looks after, with how far each has come this year.

card = GroupOrganizations(desk); card.show_organizations("文化体育类组织", row of the group, reading)
card.moved(count)
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from core.model.register import OrganizationSummary, RosterQuery
from gui.desk import Desk
from gui.list_search import ListSearch, Lookup
from gui.pages.groups_reading import GroupsReading
from gui.pages.groups_rows import GroupRow
from gui.pages.roster_bulk import BulkBar
from gui.pages.roster_columns import COMMUNITY, GRADES, NAME, ORDER_FIELDS, PREVIOUS_GRADE, PRINCIPAL
from gui.pages.roster_finding import BLANK, GROUP_FIELD
from gui.rights import needs
from gui.table_model import Column
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.labels import label
from gui.windowed_table import WindowedModel, WindowedTable

YEAR = "本年考核"
# Beside the members the name of an organization needs the room of these.
QUIET_COLUMNS = (replace(COMMUNITY, narrow=False), replace(PRINCIPAL, narrow=False))
GRADE = replace(PREVIOUS_GRADE, width=92)


class GroupOrganizations(QFrame):
    """A card: heading, table, bulk bar."""

    moved = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._group_id = ""
        self._reading: GroupsReading | None = None
        year = Column(YEAR, lambda row: self._face(row).text, width=104, badges=self._badges)
        columns = (NAME, *QUIET_COLUMNS, GRADE, year)
        self.model = WindowedModel(
            columns,
            lambda row: row.id,
            BLANK,
            sortable={each.name for each in columns},
            checkable=True,
            parent=self,
        )
        self.table = WindowedTable(self.model, desk.settings, "group_organizations", label="本组的组织")
        self._search = ListSearch(desk.jobs, self.model, "查找本组的组织", "读取本组的组织")
        self.bulk = BulkBar(self.model, self.table)
        self._title = label("", "heading")
        self._count = label("", "hint")
        self._nothing = label("这个组还没有归口的组织", "secondary")
        self.open_button = push_button("在名册中打开", self._open_in_roster, kind="link", dense=True)
        self._build()
        self.table.opened.connect(lambda row: desk.go(f"organization:{row.id}"))
        self.table.copy_asked.connect(self._copy)
        self.model.order_asked.connect(self._search_group)
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

    def show_organizations(self, title: str, row: GroupRow, reading: GroupsReading) -> None:
        """Show those of a group, or those that have none."""
        if row.key != self._group_id:
            # What is on its way must not stand there as the other group's.
            self.model.set_ids(())
        self._group_id, self._reading = row.key, reading
        self._title.setText(title)
        self._count.setText(f"{row.count:,} 个，{self._desk.year} 年度")
        self.model.clear_checks()
        self._search_group()
        self.table.setVisible(bool(row.count))
        self._nothing.setVisible(not row.count)
        self.open_button.setVisible(bool(row.count))

    def _search_group(self) -> None:
        """Ask the store for the group's organizations; how far the year has come only the page knows."""
        roster, faces = self._desk.services.roster, self._reading.faces if self._reading else {}
        column, ascending = self.model.sort_state()
        name = self.model.columns[column].name if column >= 0 else ""
        query = RosterQuery(
            equal=((GROUP_FIELD, self._group_id),),
            order=ORDER_FIELDS.get(name, ""),
            descending=not ascending and name != YEAR,
            grades=GRADES,
        )

        def find(limit: int | None) -> tuple[str, ...]:
            found = roster.find(query, None if name == YEAR else limit)
            if name == YEAR:
                found = tuple(sorted(found, key=partial(_face_word, faces), reverse=not ascending))
            return found[:limit]

        self._search.begin(Lookup(find, roster.rows), typed=False)

    def _copy(self, ids: Sequence[str]) -> None:
        roster = self._desk.services.roster
        self._desk.jobs.start(
            lambda _report: roster.rows(ids), self.table.copy_records, title=f"复制 {len(ids):,} 行"
        )

    def take_focus(self) -> None:
        """Go to the table, to its first row if none was chosen yet."""
        self.table.setFocus()
        if self.model.rowCount() and self.table.current_record() is None:
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _open_in_roster(self) -> None:
        self._desk.go(f"roster:{self._group_id}")

    @needs("register.move")
    def _move(self, group_id: str) -> None:
        ids = [str(key) for key in self.model.checked_ids()]
        register = self._desk.services.register
        self._desk.jobs.start(
            lambda _report: register.move(ids, group_id), self._say_moved, title="调整归口", saves=True
        )

    def _say_moved(self, count: int) -> None:
        self.model.clear_checks()
        self.moved.emit(count)


def _face_word(faces: Mapping[str, BadgeFace], organization_id: str) -> str:
    face = faces.get(organization_id)
    return face.text if face else ""
