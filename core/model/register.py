"""The register as pages show it: organizations joined with their community, category and work group."""

from dataclasses import dataclass

from core.model.finding import Find
from core.model.organization import Category, Community, Organization, WorkGroup
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
class Register:
    """Everything the roster and work group pages show, read at one moment.

    Organizations in the office's order (as in its own list), communities and groups likewise.
    """

    organizations: tuple[OrganizationSummary, ...]
    communities: tuple[Community, ...]
    categories: tuple[Category, ...]
    work_groups: tuple[WorkGroup, ...]


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
