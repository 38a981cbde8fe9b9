"""A work group as a row of its list.

rows = group_rows(reading); GROUP_COLUMNS for a RecordTableModel[GroupRow]
"""

from dataclasses import dataclass

from core.model.organization import WorkGroup
from core.model.task_view import ToDoItem
from gui.pages.groups_reading import GroupsReading
from gui.table_model import Column
from gui.widgets.badge import BadgeFace


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with its class and how many organizations it has; without a group: those that have none.

    Who holds the post of a leader or convener goes before the name that the group's record gives.
    """

    group: WorkGroup | None
    category: str
    count: int
    leader: str = ""
    convener: str = ""
    tasks: tuple[ToDoItem, ...] = ()
    gap: str = ""

    @property
    def key(self) -> str:
        """The group's id; empty for those that have none."""
        return self.group.id if self.group else ""

    @property
    def name(self) -> str:
        return self.group.name if self.group else "未归口"

    @property
    def second(self) -> str:
        return self.category or "未定类别" if self.group else "还没有类别的组织"

    @property
    def badges(self) -> tuple[BadgeFace, ...]:
        missing = self.group is not None and not self.leader
        return (BadgeFace("缺牵头领导", "warn"),) if missing else ()


GROUP_COLUMNS: tuple[Column[GroupRow], ...] = (
    Column("工作组", lambda row: row.name, stretch=True, bold=True, second=lambda row: row.second),
    Column("情况", lambda row: " ", width=106, badges=lambda row: row.badges, narrow=False),
    Column("组织数", lambda row: str(row.count), width=72, align_right=True, sort_key=lambda row: row.count),
)


def group_rows(reading: GroupsReading) -> tuple[GroupRow, ...]:
    """The groups in the office's order, and last those organizations that have none."""
    sizes = reading.sizes
    categories = {each.id: each.name for each in sizes.categories}
    rows = [
        GroupRow(
            each,
            categories.get(each.category_id, ""),
            sizes.in_group.get(each.id, 0),
            reading.leaders.get(each.id) or each.lead_leader,
            reading.conveners.get(each.id) or each.convener,
            reading.tasks.get(each.id, ()),
            reading.gaps.get(each.id, ""),
        )
        for each in sizes.work_groups
    ]
    alone = sizes.in_group[""]
    return (*rows, GroupRow(None, "", alone)) if alone else tuple(rows)
