"""工作组: the nine special working groups, who leads them, and the organizations they look after."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.errors import NotFound
from core.model.organization import WorkGroup
from core.model.register import OrganizationSummary, Register
from core.services.services import Services
from gui.actions import EDIT, command_button
from gui.desk import Desk
from gui.dialogs.group_form import GroupForm
from gui.pages.groups_facts import GroupFacts
from gui.pages.groups_year import year_faces
from gui.pages.roster_bulk import BulkBar
from gui.pages.roster_columns import COMMUNITY, NAME, PREVIOUS_GRADE, PRINCIPAL
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import bound_width, scaled
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine
from gui.widgets.page import Page, PageHeader

LIST_WIDTH, NARROW_LIST_WIDTH, ROOMY = 328, 220, 1000


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with its class and the number of its organizations; without a group: those that have none."""

    group: WorkGroup | None
    category: str
    count: int

    @property
    def key(self) -> str:
        return self.group.id if self.group else ""

    @property
    def name(self) -> str:
        return self.group.name if self.group else "未归口"

    @property
    def second(self) -> str:
        return self.category or "未定类别" if self.group else "还没有类别的组织"

    @property
    def badges(self) -> tuple[BadgeFace, ...]:
        missing = self.group is not None and not self.group.lead_leader
        return (BadgeFace("缺牵头领导", "warn"),) if missing else ()


@dataclass(frozen=True, slots=True)
class GroupsReading:
    """What the page shows, read at one moment."""

    register: Register
    faces: dict[str, BadgeFace]
    is_open: bool


GROUP_COLUMNS: tuple[Column[GroupRow], ...] = (
    Column("专项推进组", lambda row: row.name, stretch=True, bold=True, second=lambda row: row.second),
    Column("情况", lambda row: " ", width=106, badges=lambda row: row.badges, narrow=False),
    Column("组织数", lambda row: str(row.count), width=72, align_right=True, sort_key=lambda row: row.count),
)


# In a small window the name needs their room.
QUIET_COLUMNS = (replace(COMMUNITY, narrow=False), replace(PRINCIPAL, narrow=False))


class GroupsPage(Page):
    """List at the left, the chosen group at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._register: Register | None = None
        self._faces: dict[str, BadgeFace] = {}
        self._is_open = False
        self._asked = ""
        self._narrow = False
        self.header = PageHeader("工作组", tabs=("专项推进组",))
        self.list_model = RecordTableModel(GROUP_COLUMNS, lambda row: row.key, parent=self)
        self.list = RecordTable(self.list_model, desk.settings, "groups", label="专项推进组")
        self.model = RecordTableModel(
            (NAME, *QUIET_COLUMNS, PREVIOUS_GRADE, self._year_column()),
            lambda row: row.id,
            checkable=True,
            parent=self,
        )
        self.table = RecordTable(self.model, desk.settings, "group_organizations", label="本组的组织")
        self.facts = GroupFacts()
        self.bulk = BulkBar(self.model, self.table)
        self.notice = NoticeLine()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _year_column(self) -> Column[OrganizationSummary]:
        return Column(
            "本年考核",
            lambda row: self._face(row).text,
            width=124,
            badges=lambda row: (self._face(row),),
        )

    def _face(self, row: OrganizationSummary) -> BadgeFace:
        return self._faces.get(row.id, BadgeFace("未纳入" if self._is_open else "未开启", "line"))

    # Building

    def _build(self) -> None:
        self._edit = command_button(EDIT, self._edit_group, kind="primary", text="编辑本组")
        self.header.add_button(self._edit)
        self.list.set_row_height(56)
        bound_width(self.list, least=LIST_WIDTH)
        self._right = self._group_side()
        self._split.addWidget(self.list)
        self._split.addWidget(self._right)
        self._split.setStretchFactor(1, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([scaled(LIST_WIDTH), scaled(900)])
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _group_side(self) -> QWidget:
        side = QWidget()
        column = self._column = QVBoxLayout(side)
        column.setContentsMargins(24, 14, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.facts)
        column.addWidget(self.notice)
        column.addWidget(self._organizations_card(), 1)
        return side

    def _organizations_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        self._title = label("", "heading")
        self._count = label("", "hint")
        self._nothing = label("这个组还没有归口的组织", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 6)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        self._open = push_button("在名册中打开", self._open_in_roster, kind="link", dense=True)
        head.addWidget(self._open)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.bulk)
        return card

    def _connect(self) -> None:
        self.list.current_changed.connect(self._show_group)
        self.list.opened.connect(self._open_group)
        self.table.opened.connect(lambda row: self._desk.go(f"organization:{row.id}"))
        self.bulk.move_asked.connect(self._move)

    # What the shell and other pages ask for

    def reload(self) -> None:
        services, year = self._desk.services, self._desk.year
        self._desk.jobs.start(
            lambda _report: read_groups(services, year), self._show_reading, title="读取工作组"
        )

    def perform(self, action: str, argument: str) -> None:
        """group:ID selects that group."""
        self._asked = argument
        if self._register is not None and argument:
            self._choose(argument)

    def take_focus(self) -> None:
        self.list.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._fit_columns()
        self.list.set_narrow(narrow)
        bound_width(self.list, least=NARROW_LIST_WIDTH if narrow else LIST_WIDTH)
        self._split.setSizes([self.list.minimumWidth(), self.width()])
        margin = 16 if narrow else 24
        self._column.setContentsMargins(margin, 10 if narrow else 14, margin, 12 if narrow else 16)

    def _fit_columns(self) -> None:
        """A small window, or large text in a normal one: the name needs the room."""
        self.table.set_narrow(self._narrow or self.width() < scaled(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    # Showing

    def _show_reading(self, reading: GroupsReading) -> None:
        self._register = reading.register
        self._faces = reading.faces
        self._is_open = reading.is_open
        register = reading.register
        categories = {each.id: each.name for each in register.categories}
        members: dict[str, int] = {}
        for row in register.organizations:
            members[row.work_group_id] = members.get(row.work_group_id, 0) + 1
        rows = [
            GroupRow(each, categories.get(each.category_id, ""), members.get(each.id, 0))
            for each in register.work_groups
        ]
        if members.get(""):
            rows.append(GroupRow(None, "", members[""]))
        self.header.set_tab_text(0, f"专项推进组 {len(register.work_groups)}")
        self.bulk.set_groups(register.work_groups)
        self.list_model.set_records(rows)
        self._choose(self._asked or self._current_key() or rows[0].key)

    def _choose(self, key: str) -> None:
        self._asked = ""
        self.list.select_ids((key,))
        self._show_group(self.list.current_record())

    def _current_key(self) -> str:
        row: GroupRow | None = self.list.current_record()
        return row.key if row else ""

    def _show_group(self, row: GroupRow | None) -> None:
        if row is None or self._register is None:
            return
        self.facts.setVisible(row.group is not None)
        self._edit.setEnabled(row.group is not None)
        if row.group is not None:
            self.facts.show_group(row.group, row.category)
        self._title.setText(f"{row.category}组织" if row.category else row.name)
        rows = [each for each in self._register.organizations if each.work_group_id == row.key]
        self._count.setText(f"{len(rows)} 个，{self._desk.year} 年度")
        self.model.clear_checks()
        self.model.set_records(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._open.setVisible(bool(rows))

    def _open_group(self, _row: GroupRow) -> None:
        self.table.setFocus()
        if self.model.rowCount() and self.table.current_record() is None:
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _open_in_roster(self) -> None:
        self._desk.go(f"roster:{self._current_key()}")

    # Doing

    def _edit_group(self) -> None:
        row: GroupRow | None = self.list.current_record()
        if row is not None and row.group is not None:
            GroupForm(self._desk, row.group, row.category, self).open()

    def _move(self, group_id: str) -> None:
        ids = [str(key) for key in self.model.checked_ids()]
        register = self._desk.services.register
        self._desk.jobs.start(
            lambda _report: register.move(ids, group_id), self._say_moved, title="调整归口", saves=True
        )

    def _say_moved(self, count: int) -> None:
        self.model.clear_checks()
        self.notice.say(f"已把 {count} 个组织归到另一个组。" if count else "这些组织已经在这个组里。")


def read_groups(services: Services, year: int) -> GroupsReading:
    """The register, and how far the year's assessment has come if it was opened."""
    register = services.register.register()
    try:
        view = services.assessments.year(year)
    except NotFound:
        return GroupsReading(register, {}, is_open=False)
    return GroupsReading(register, year_faces(view), is_open=True)
