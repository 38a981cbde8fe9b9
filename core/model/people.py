"""Units, people and the posts that people hold over time."""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.labelled import Labelled


class UnitKind(Labelled):
    """What a unit is to the office."""

    OFFICE = "office", "机关办（所）"
    STATION = "station", "站所"
    COMMUNITY = "community", "社区（村）"
    SUPERIOR = "superior", "上级部门"
    OTHER = "other", "其他单位"


class Sex(Labelled):
    """As an identity card says it."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class PostKind(Labelled):
    """What somebody is, somewhere.

    Seed 000 (leading group, groups), seed 001 (liaison), seed 002 (experts, teachers).
    """

    GROUP_HEAD = "group_head", "组长"
    FIRST_DEPUTY = "first_deputy", "第一副组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    OFFICE_DIRECTOR = "office_director", "办公室主任"
    OFFICE_DEPUTY = "office_deputy", "办公室副主任"
    LEAD_LEADER = "lead_leader", "牵头领导"
    CONVENER = "convener", "牵头人"
    LIAISON = "liaison", "联络员"
    PRINCIPAL = "principal", "负责人"
    EXPERT = "expert", "专家"
    TEACHER = "teacher", "师资"
    STAFF = "staff", "工作人员"
    PART_TIME_MEMBER = "part_time_member", "兼职委员"


LEADING_GROUP_POSTS = (
    PostKind.GROUP_HEAD,
    PostKind.FIRST_DEPUTY,
    PostKind.DEPUTY,
    PostKind.MEMBER,
    PostKind.OFFICE_DIRECTOR,
    PostKind.OFFICE_DEPUTY,
)
"""The posts of the leading group and its office, the highest first."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An office, station or other unit that takes part in the work (各办、所)."""

    id: str
    name: str
    kind: UnitKind | None = None
    principal: str = ""
    liaison: str = ""
    phones: tuple[str, ...] = ()
    plan_handed_in_on: PartialDate | None = None
    position: int | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the office deals with; `id_number` stays empty unless the office keeps ID numbers."""

    id: str
    name: str
    sex: Sex | None = None
    political_status: str = ""
    unit_id: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    id_number: str = ""
    skills: str = ""
    certificate: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is, where, from when to when.

    Without a place it is in the leading group or a pool of the street.
    """

    id: str
    person_id: str
    kind: PostKind
    work_group_id: str = ""
    organization_id: str = ""
    unit_id: str = ""
    community_id: str = ""
    since_on: PartialDate | None = None
    until_on: PartialDate | None = None
    term: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1
