"""What is there and what is missing, as lists and reports show it."""

from dataclasses import dataclass
from decimal import Decimal

from core.model.activities import Good
from core.model.filing_view import MissingPapers
from core.model.organization import CommunityKind, PartyOrganization
from core.model.people import Unit
from core.model.tasks import PaperKind


@dataclass(frozen=True, slots=True)
class Targets:
    """How many organizations the office wants.

    On average per urban community and per village, and how many with a brand in each.

    Source: seed 002 for the end of 2023; other programmes say otherwise (domain 2.3).
    """

    urban_average: int = 8
    rural_average: int = 4
    brands: int = 2

    def average_for(self, kind: CommunityKind) -> int:
        """The average that places of this kind are to reach."""
        return self.urban_average if kind is CommunityKind.URBAN else self.rural_average


SEED_TARGETS = Targets()
"""The targets of seed 002."""


@dataclass(frozen=True, slots=True)
class FiveOnesGap:
    """Which of the five ones an organization lacks, and which of them nobody has looked at yet."""

    organization_id: str
    organization: str
    community: str
    missing: tuple[Good, ...]
    unchecked: tuple[Good, ...]


@dataclass(frozen=True, slots=True)
class CommunityCount:
    """A community's organizations and those of them with a brand; how many are wanting to the target."""

    community_id: str
    community: str
    kind: CommunityKind
    organizations: int
    brands: int
    organizations_wanting: int
    brands_wanting: int


@dataclass(frozen=True, slots=True)
class AverageCount:
    """The average of all places of a kind, to two decimals; None where there is no such place.

    The average can be met while single communities are below it.
    """

    kind: CommunityKind
    communities: int
    organizations: int
    average: Decimal | None
    target: int

    @property
    def is_met(self) -> bool:
        """Whether the average reaches the target; counted exactly, not on the rounded figure."""
        return self.organizations >= self.target * self.communities


@dataclass(frozen=True, slots=True)
class PartyCoverage:
    """How the party's organization covers the organizations.

    `share` is the covered part in percent, to two decimals; None where there is no organization.
    """

    organizations: int
    by_way: tuple[tuple[PartyOrganization, int], ...]
    unknown: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class GroupGap:
    """A work group and the papers that it must hold and does not."""

    work_group_id: str
    work_group: str
    missing: tuple[PaperKind, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """All of it at one moment."""

    five_ones: tuple[FiveOnesGap, ...]
    communities: tuple[CommunityCount, ...]
    averages: tuple[AverageCount, ...]
    party: PartyCoverage
    groups: tuple[GroupGap, ...]
    units_without_plan: tuple[Unit, ...]
    papers: tuple[MissingPapers, ...]
