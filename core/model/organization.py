"""The register: communities, the nine categories, work groups, organizations and their assignment."""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.labelled import Labelled


class CommunityKind(Labelled):
    """Urban community or village."""

    URBAN = "urban", "社区"
    RURAL = "rural", "村"


class Standing(Labelled):
    """How an organization stands with the authorities (domain 2.1)."""

    FILED = "filed", "备案"
    REGISTERED = "registered", "登记"
    ENROLLED = "enrolled", "纳入管理"
    NURTURED = "nurtured", "培育中"


class Status(Labelled):
    """Whether an organization is at work."""

    ACTIVE = "active", "正常"
    SUSPENDED = "suspended", "暂停活动"
    DEREGISTERED = "deregistered", "已注销"
    REVOKED = "revoked", "已撤销"


class PartyOrganization(Labelled):
    """How the party's organization covers a social organization (domain 2.2)."""

    OWN = "own", "单独组建"
    JOINT = "joint", "联合组建"
    INSTRUCTOR = "instructor", "派党建指导员"
    NONE = "none", "未覆盖"


@dataclass(frozen=True, slots=True)
class Community:
    """A community or village of the sub-district; `areas` counts 小区 or 村小组.

    `preparatory` marks one that is still a 筹建组.
    """

    id: str
    name: str
    kind: CommunityKind = CommunityKind.URBAN
    population: int | None = None
    areas: int | None = None
    preparatory: bool = False
    position: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Category:
    """One of the office's classes of organizations (类别); seed 000 names nine.

    `aliases` are other spellings read on import, e.g. 卫技服务类 for 卫计服务类.
    """

    id: str
    number: int
    name: str
    aliases: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A special working group (专项推进组) and the class it looks after.

    The coordinating unit and the linked departments are two fields: they differ in group 1 (seed 000).
    """

    id: str
    category_id: str
    name: str
    coordinating_unit: str = ""
    linked_departments: tuple[str, ...] = ()
    lead_leader: str = ""
    convener: str = ""
    duties: str = ""
    position: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Organization:
    """A community social organization as the register keeps it (domain 2.2).

    `activities` and `visits` are of `figures_year`; counts are None where the office does not know them.
    `tags` are the office's own words ("3+" and others); `merged_into` is the id of the record that this one
    was a duplicate of: it is then out of all lists. `search_key` and `sort_key` are made from the name by
    core.rules.search_keys when the record is saved.
    """

    id: str
    name: str
    community_id: str | None = None
    category_id: str | None = None
    standing: Standing | None = None
    filing_number: str = ""
    credit_code: str = ""
    founded_on: PartialDate | None = None
    status: Status = Status.ACTIVE
    principal: str = ""
    political_status: str = ""
    phones: tuple[str, ...] = ()
    members: int | None = None
    party_members: int | None = None
    volunteers: int | None = None
    premises: str = ""
    figures_year: int | None = None
    activities: int | None = None
    visits: int | None = None
    previous_grade: str = ""
    remarks: str = ""
    party_organization: PartyOrganization | None = None
    former_names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    merged_into: str = ""
    position: int = 0
    search_key: str = ""
    sort_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which work group looks after an organization, since when, and whether a person decided it.

    Days are ISO texts; `until_on` is empty while the assignment lasts.
    """

    id: str
    organization_id: str
    work_group_id: str
    since_on: str
    until_on: str = ""
    by_hand: bool = False
    version: int = 1


def masked_phone(phone: str) -> str:
    """A phone as lists and logs show it: 138****0104; short numbers lose their middle."""
    keep = 4 if len(phone) > 8 else 2
    return f"{phone[: min(3, keep)]}****{phone[-keep:]}" if phone else ""
