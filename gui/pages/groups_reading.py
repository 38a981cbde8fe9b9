"""What the work group page reads: run inside a job.

read_groups(services, year) -> GroupsReading        all groups
read_group(services, group id) -> GroupHoldings     members and papers of one
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import NotFound
from core.model.ledger_view import LedgerRow
from core.model.people import PostKind
from core.model.register import GroupSizes
from core.model.task_ledgers import GROUP_PAPERS
from core.model.task_view import ToDoItem, ToDoSource
from core.services.services import Services
from gui.pages.groups_posts import PostRow, is_held, read_posts
from gui.pages.groups_year import year_faces
from gui.widgets.badge import BadgeFace


@dataclass(frozen=True, slots=True)
class GroupsReading:
    """All groups at one moment.

    `leaders`, `conveners`, `tasks` and `gaps` are by group: who holds the post today, what is to be done,
    what papers this year lacks. `made` counts the tasks that were made for this reading.
    """

    sizes: GroupSizes
    faces: Mapping[str, BadgeFace]
    is_open: bool
    today: date
    leaders: Mapping[str, str]
    conveners: Mapping[str, str]
    tasks: Mapping[str, tuple[ToDoItem, ...]]
    gaps: Mapping[str, str]
    made: int


@dataclass(frozen=True, slots=True)
class GroupHoldings:
    """The posts of a group, past ones too, and its papers."""

    group_id: str
    posts: tuple[PostRow, ...]
    papers: tuple[LedgerRow, ...]


def read_groups(services: Services, year: int) -> GroupsReading:
    """Size and work of each group, and how far the year's assessment has come if it was opened."""
    today = services.clock().date()
    made = services.tasks.turns(today)
    to_do = services.tasks.to_do(today)
    faces, is_open = _year_faces(services, year)
    return GroupsReading(
        services.roster.group_sizes(),
        faces,
        is_open,
        today,
        _holders(services, PostKind.LEAD_LEADER, today),
        _holders(services, PostKind.CONVENER, today),
        _by_group((*to_do.waiting, *to_do.done)),
        {item.record_id: item.title for item in to_do.waiting if item.source is ToDoSource.PAPERS},
        made,
    )


def read_group(services: Services, group_id: str) -> GroupHoldings:
    """What one group holds."""
    ledgers = services.ledgers
    ids = ledgers.find(GROUP_PAPERS, equal={"work_group_id": group_id})
    return GroupHoldings(
        group_id, read_posts(services, {"work_group_id": group_id}), ledgers.rows(GROUP_PAPERS, ids)
    )


def _year_faces(services: Services, year: int) -> tuple[Mapping[str, BadgeFace], bool]:
    try:
        return year_faces(services.assessments.year(year)), True
    except NotFound:
        return {}, False


def _holders(services: Services, kind: PostKind, today: date) -> Mapping[str, str]:
    """Who holds a post in each group today."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_posts(services, {"kind": kind}):
        if is_held(row.post, today):
            names[row.post.work_group_id].append(row.name)
    return {group_id: "、".join(each) for group_id, each in names.items()}


def _by_group(items: Iterable[ToDoItem]) -> Mapping[str, tuple[ToDoItem, ...]]:
    found: defaultdict[str, list[ToDoItem]] = defaultdict(list)
    for item in items:
        if item.task and item.task.work_group_id:
            found[item.task.work_group_id].append(item)
    return {group_id: tuple(each) for group_id, each in found.items()}
