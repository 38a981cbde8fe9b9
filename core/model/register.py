"""The register as pages show it: organizations joined with their community, category and work group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.model.finding import Find
from core.model.organization import Category, Community, Organization, Standing, Status, WorkGroup
from core.model.people import Post
from core.model.reading import RemarkKind
from core.model.roster import CellRemark

LISTED = Find(equal=(("merged_into", ""),), order="position")
"""The organizations that lists show, in the office's order: without duplicates that were merged."""


@dataclass(frozen=True, slots=True)
class OrganizationSummary:
    """A list row: the organization and the names of what it belongs to (empty if none)."""

    organization: Organization
    community: str
    category: str
    work_group: str
    work_group_id: str

    @property
    def id(self) -> str:
        """The organization's id."""
        return self.organization.id


@dataclass(frozen=True, slots=True)
class Places:
    """What organizations belong to, each kind in the office's order."""

    communities: tuple[Community, ...]
    categories: tuple[Category, ...]
    work_groups: tuple[WorkGroup, ...]


@dataclass(frozen=True, slots=True)
class Register(Places):
    """Everything the roster and work group pages show, read at one moment.

    Organizations in the office's order (as in its own list).
    """

    organizations: tuple[OrganizationSummary, ...]


@dataclass(frozen=True, slots=True)
class GroupSizes(Places):
    """How many organizations each work group looks after, by its id; empty are those without one."""

    in_group: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RegisterFigures(Places):
    """How many organizations there are of each kind, read at one moment.

    `in_category` is by id of the category, None where there is none. `unreachable` are the names of those
    without a phone, `unclassed` of those without a category, both in the office's order.
    `lead_posts` are those of all who are or were 牵头领导.
    """

    of_standing: Mapping[Standing | None, int]
    of_status: Mapping[Status, int]
    in_category: Mapping[str | None, int]
    unreachable: tuple[str, ...]
    unclassed: tuple[str, ...]
    lead_posts: tuple[Post, ...]

    @property
    def total(self) -> int:
        """How many organizations there are."""
        return sum(self.of_status.values())


@dataclass(frozen=True, slots=True)
class RosterFrame(Places):
    """What stands around a list of organizations: what they belong to, and how many there are of each kind.

    `counts` are by id of the community, id of the category (None if there is none) and status; `grades` and
    `tags` are those that some organization has, in the order of their characters.
    """

    counts: Mapping[tuple[Any, ...], int]
    grades: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many organizations there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RosterQuery:
    """Which organizations a list shows, and in which order.

    Each of the `words` must be found. `equal` are fields with their values; they and `order` are fields of
    the organization, or `work_group_id` (empty: in no group). `order` can also be `number` (credit code or
    filing number), and is the office's own if empty. `grades` are the words of previous grades, best first,
    to put them in order. With a `day` it is the roster as it stood at the end of that day. `among` are fields
    of the organization with values of which it has one, None for none.
    """

    words: str = ""
    equal: tuple[tuple[str, object], ...] = ()
    order: str = ""
    descending: bool = False
    grades: tuple[str, ...] = ()
    day: date | None = None
    among: tuple[tuple[str, Sequence[object]], ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationForm:
    """What a form says: the organization as it would be kept, and what there is to say about its fields."""

    organization: Organization
    remarks: tuple[CellRemark, ...]

    @property
    def faults(self) -> tuple[CellRemark, ...]:
        """The remarks that forbid keeping it."""
        return tuple(said for said in self.remarks if said.remark.kind is RemarkKind.FAULT)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one change, in words: when, who, what was done, the field, old and new value."""

    at: str
    actor: str
    verb: str
    field: str
    old: str
    new: str
    reason: str
