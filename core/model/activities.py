"""What organizations do and get: activities, projects, training, contacts, money in, honours, evidence."""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.labelled import Labelled


class Series(Labelled):
    """The four series of the ministry's programme, taken up by seed 002."""

    NEIGHBOURS = "neighbours", "邻里守望"
    TOGETHER = "together", "共建共治共享"
    SAFETY = "safety", "共创平安"
    CULTURE = "culture", "文化铸魂"


class ProjectKind(Labelled):
    """Kinds of projects (seed 004)."""

    SELF_GOVERNMENT = "self_government", "居民自治"
    PUBLIC_BENEFIT = "public_benefit", "公益服务"
    CULTURE = "culture", "文体活动"
    OTHER = "other", "其他"


class ContactKind(Labelled):
    """How office, community or party committee kept in touch with an organization."""

    VISIT = "visit", "走访"
    CALL = "call", "电话"
    MEETING = "meeting", "座谈"
    GUIDANCE = "guidance", "指导"


class FundSource(Labelled):
    """Where money comes from (seed 002)."""

    WELFARE_LOTTERY = "welfare_lottery", "福彩公益金"
    PUBLIC_BENEFIT = "public_benefit", "惠民资金"
    DEVELOPMENT = "development", "社会组织发展资金"
    PARTY_SERVICE = "party_service", "党组织服务群众经费"
    DONATION = "donation", "捐赠"
    EXCHANGE = "exchange", "资源置换"
    AWARD = "award", "考核奖补"
    OTHER = "other", "其他"


class BrandLevel(Labelled):
    """Who named a brand."""

    COMMUNITY = "community", "社区级"
    STREET = "street", "街道级"
    DISTRICT = "district", "区级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"


class Good(Labelled):
    """The five ones (五个一) that seed 000 asks of each organization."""

    PROJECT = "project", "好项目"
    LEADER = "leader", "好牵头人"
    TEAM = "team", "好队伍"
    MECHANISM = "mechanism", "好机制"
    BASE = "base", "好阵地"


@dataclass(frozen=True, slots=True)
class Activity:
    """What an organization did on a day; `visits` counts 服务人次, not people."""

    id: str
    organization_id: str
    title: str
    held_on: PartialDate | None = None
    kind: str = ""
    series: Series | None = None
    place: str = ""
    visits: int | None = None
    volunteers: int | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Project:
    """A project with contract and acceptance; `amount` in fen, `tags` are lines of the "3+" model."""

    id: str
    title: str
    organization_id: str = ""
    kind: ProjectKind | None = None
    tags: tuple[str, ...] = ()
    client: str = ""
    contract_number: str = ""
    contracted_on: PartialDate | None = None
    amount: int | None = None
    begun_on: PartialDate | None = None
    due_on: PartialDate | None = None
    accepted_on: PartialDate | None = None
    acceptance: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Training:
    """A training; who came stands in `Attendance`."""

    id: str
    title: str
    held_on: PartialDate | None = None
    place: str = ""
    teacher_id: str = ""
    host: str = ""
    hours: int | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody who was to come to a training."""

    id: str
    training_id: str
    attendee: str
    organization_id: str = ""
    attended: bool = True
    certificate_number: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Contact:
    """A visit, call or meeting with an organization."""

    id: str
    organization_id: str
    held_on: PartialDate | None = None
    kind: ContactKind | None = None
    by: str = ""
    subject: str = ""
    outcome: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Income:
    """Money that an organization got, and what for.

    `amount` in fen, `payee` where it goes through another account.
    """

    id: str
    organization_id: str
    received_on: PartialDate | None = None
    source: FundSource | None = None
    amount: int | None = None
    purpose: str = ""
    payee: str = ""
    voucher: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand (品牌) of an organization."""

    id: str
    organization_id: str
    title: str
    level: BrandLevel | None = None
    year: int | None = None
    basis: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class GoodEvidence:
    """Whether an organization has one of the five ones, and what shows it."""

    id: str
    organization_id: str
    good: Good
    has: bool = True
    evidence: str = ""
    checked_on: PartialDate | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """A service that the government buys from organizations (政府购买服务目录).

    With who may take it on (承接名录).
    """

    id: str
    title: str
    field: str = ""
    content: str = ""
    buyer: str = ""
    organization_id: str = ""
    year: int | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Incubator:
    """An incubator or a federation of organizations (seed 002, 安家).

    `floor_area` in hundredths of a square metre.
    """

    id: str
    title: str
    level: BrandLevel | None = None
    operator: str = ""
    address: str = ""
    floor_area: int | None = None
    opened_on: PartialDate | None = None
    residents: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1
