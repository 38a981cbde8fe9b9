"""The list of communities and villages with what they hold, and the way to correct their facts.

pane = CommunitiesPane(desk, notice); pane.show_register(register); pane.export(); pane.set_narrow(narrow)
pane.edit_asked(community), pane.organizations_asked(community id)
"""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.model.organization import Community, CommunityKind, Status
from core.model.register import Register
from core.model.tables import OutColumn, OutSheet
from core.services.files import write_file
from gui.actions import EDIT, command_action
from gui.desk import Desk
from gui.messages import EXCEL_OUT
from gui.pages.roster_filters import FilterBar
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.notice_line import NoticeLine, open_folder_of


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community with the number of its organizations, and of those that are at work."""

    community: Community
    organizations: int
    active: int


_KIND_BADGES = {CommunityKind.URBAN: "info", CommunityKind.RURAL: "ok"}

COLUMNS: tuple[Column[CommunityRow], ...] = (
    Column("社区\uff08村\uff09", lambda row: row.community.name, stretch=True),
    Column(
        "类型",
        lambda row: row.community.kind.label,
        width=96,
        badges=lambda row: (BadgeFace(row.community.kind.label, _KIND_BADGES[row.community.kind]),),
    ),
    Column(
        "社会组织",
        lambda row: f"{row.organizations:,}",
        width=108,
        align_right=True,
        sort_key=lambda row: row.organizations,
    ),
    Column(
        "其中正常",
        lambda row: f"{row.active:,}",
        width=108,
        align_right=True,
        narrow=False,
        sort_key=lambda row: row.active,
    ),
    Column(
        "常住人口",
        lambda row: _figure(row.community.population),
        width=120,
        align_right=True,
        sort_key=lambda row: row.community.population,
    ),
    Column(
        "小区\uff08村小组\uff09数",
        lambda row: _figure(row.community.areas),
        width=140,
        align_right=True,
        sort_key=lambda row: row.community.areas,
    ),
)
_OUT_COLUMNS = (
    OutColumn("序号", 6),
    OutColumn("社区（村）", 20),
    OutColumn("类型", 8),
    OutColumn("社会组织", 10),
    OutColumn("其中正常", 10),
    OutColumn("常住人口", 12),
    OutColumn("小区（村小组）数", 16),
)


class CommunitiesPane(QWidget):
    """Everything of 社区（村）."""

    edit_asked = Signal(object)
    organizations_asked = Signal(str)

    def __init__(self, desk: Desk, notice: NoticeLine) -> None:
        super().__init__()
        self._desk = desk
        self.notice = notice
        self._rows: tuple[CommunityRow, ...] = ()
        self.model = RecordTableModel(COLUMNS, lambda row: row.community.id, parent=self)
        self.table = RecordTable(self.model, desk.settings, "communities", label="社区\uff08村\uff09")
        self.filters = FilterBar("社区\uff08村\uff09名称", (("kind", "类型"),))
        self._empty = EmptyPage(
            "community-line",
            "还没有社区\uff08村\uff09",
            "导入花名册时，表中的社区\uff08村\uff09先列出来，确认后一并建立。",
            buttons=(
                push_button(
                    "导入名册",
                    lambda: desk.go("import_roster"),
                    icon_name="upload-2-line",
                    kind="primary",
                ),
            ),
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        self._edit = push_button("修改", self._ask_edit, icon_name="pencil-line", dense=True)
        self._open = push_button("查看组织", self._ask_organizations, icon_name="group-line", dense=True)
        self.filters.add_end(self._open)
        self.filters.add_end(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def _connect(self) -> None:
        self.filters.set_choices("kind", [(kind, kind.label) for kind in CommunityKind])
        self.filters.changed.connect(self._refilter)
        self.table.opened.connect(lambda _row: self._ask_edit())
        self.table.current_changed.connect(self._allow)
        edit = command_action(EDIT, self._ask_edit, self.table)
        edit.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.addAction(edit)

    def show_register(self, register: Register) -> None:
        """Show the register as it was just read."""
        all_of = Counter(row.organization.community_id for row in register.organizations)
        active = Counter(
            row.organization.community_id
            for row in register.organizations
            if row.organization.status is Status.ACTIVE
        )
        self._rows = tuple(
            CommunityRow(each, all_of[each.id], active[each.id]) for each in register.communities
        )
        self.model.set_records(self._rows)
        self._refilter()
        for part in (self.filters, self.table):
            part.setVisible(bool(self._rows))
        self._empty.setVisible(not self._rows)

    def set_narrow(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)
        self.filters.set_narrow(narrow)

    def _refilter(self) -> None:
        needle, kind = self.filters.needle(), self.filters.chosen().get("kind")
        self.model.set_filter(
            lambda row: needle in row.community.name and (kind is None or row.community.kind is kind)
        )
        self.filters.set_count(self.model.rowCount(), len(self._rows))
        if self.table.current_record() is None and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _allow(self, row: CommunityRow | None) -> None:
        for button in (self._edit, self._open):
            button.setEnabled(row is not None)

    def _ask_edit(self) -> None:
        if (row := self.table.current_record()) is not None:
            self.edit_asked.emit(row.community)

    def _ask_organizations(self) -> None:
        if (row := self.table.current_record()) is not None:
            self.organizations_asked.emit(row.community.id)

    def export(self) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        path = self._desk.messages.choose_save_file(
            "导出社区（村）", EXCEL_OUT, name="社区（村）一览.xlsx", purpose="export"
        )
        if path is None:
            return
        rows = self.model.shown()
        sheet = OutSheet(
            "社区（村）", "社区（村）一览", _OUT_COLUMNS, tuple(map(_out_row, range(1, len(rows) + 1), rows))
        )
        exports = self._desk.services.exports
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.sheet(sheet)),
            lambda _none: self.notice.say(
                f"已导出 {len(rows)} 个社区（村）到“{path.name}”。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出社区（村）",
            owner=self,
        )


def _figure(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _out_row(place: int, row: CommunityRow) -> tuple[int | str | None, ...]:
    each = row.community
    return (place, each.name, each.kind.label, row.organizations, row.active, each.population, each.areas)
