"""How an organization is shown in tables: its columns, its badges, its masked telephone numbers.

ORGANIZATION_COLUMNS                    of the roster; ORDER_FIELDS says what each is put in order by
grade_badges("优秀"), status_badge(status), masked_phone("13800000104") -> "138****0104"
"""

import re
from collections.abc import Mapping

from core.model.organization import Organization, Status
from core.model.register import OrganizationSummary
from gui.table_model import CellIcon, Column
from gui.widgets.badge import BadgeFace

_GRADE_KINDS: Mapping[str, str] = {"优秀": "g1", "良好": "g2", "合格": "g3", "基本合格": "g4", "不合格": "g5"}
_STATUS_KINDS = {
    Status.ACTIVE: "ok",
    Status.SUSPENDED: "warn",
    Status.DEREGISTERED: "mute",
    Status.REVOKED: "err",
}
_NUMBER = re.compile(r"[\d-]{5,}")


def grade_badges(grade: str) -> tuple[BadgeFace, ...]:
    """The badge of a grade; words such as 未参评 are no grades and stay plain."""
    return (BadgeFace(grade, _GRADE_KINDS[grade]),) if grade in _GRADE_KINDS else ()


def status_badge(status: Status) -> BadgeFace:
    """The badge of a status."""
    return BadgeFace(status.label, _STATUS_KINDS[status])


def masked_phone(text: str) -> str:
    """The text with the middle of every number hidden."""
    return _NUMBER.sub(_mask, text)


def number_of(organization: Organization) -> str:
    """The credit code, else the filing number."""
    return organization.credit_code or organization.filing_number


def grade_rank(grade: str) -> int | None:
    """Best grade first; anything that is no grade last."""
    return list(_GRADE_KINDS).index(grade) if grade in _GRADE_KINDS else None


def _mask(found: "re.Match[str]") -> str:
    number = found.group()
    return f"{number[:3]}****{number[-4:]}" if len(number) > 8 else f"****{number[-3:]}"


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _status_icon(summary: OrganizationSummary) -> CellIcon | None:
    if summary.organization.status is Status.ACTIVE:
        return None
    return CellIcon("forbid-2-line", "text3")


def _name_tip(summary: OrganizationSummary) -> str:
    each = summary.organization
    return "" if each.status is Status.ACTIVE else f"{each.name}\uff08{each.status.label}\uff09"


Row = OrganizationSummary

NAME: Column[Row] = Column(
    "组织名称",
    lambda row: row.organization.name,
    stretch=True,
    sort_key=lambda row: row.organization.sort_key,
    icon=_status_icon,
    tooltip=_name_tip,
)
COMMUNITY: Column[Row] = Column("社区\uff08村\uff09", lambda row: row.community, width=116, quiet=True)
CATEGORY: Column[Row] = Column("类别", lambda row: row.category, width=104, quiet=True)
PRINCIPAL: Column[Row] = Column("负责人", lambda row: row.organization.principal, width=92)
PREVIOUS_GRADE: Column[Row] = Column(
    "上年等次",
    lambda row: row.organization.previous_grade,
    width=104,
    sort_key=lambda row: grade_rank(row.organization.previous_grade),
    badges=lambda row: grade_badges(row.organization.previous_grade),
    quiet=True,
)
ORGANIZATION_COLUMNS: tuple[Column[Row], ...] = (
    NAME,
    COMMUNITY,
    CATEGORY,
    Column(
        "方式",
        lambda row: row.organization.standing.label if row.organization.standing else "",
        width=88,
        quiet=True,
        narrow=False,
    ),
    PRINCIPAL,
    Column(
        "成员",
        lambda row: _count(row.organization.members),
        width=68,
        align_right=True,
        narrow=False,
    ),
    PREVIOUS_GRADE,
    Column("专项推进组", lambda row: row.work_group, width=132, quiet=True, shown=False),
    Column("状态", lambda row: row.organization.status.label, width=88, quiet=True, shown=False),
    Column(
        "备案号或信用代码",
        lambda row: number_of(row.organization),
        width=196,
        quiet=True,
        shown=False,
    ),
    Column(
        "备案\uff08登记\uff09日期",
        lambda row: str(row.organization.founded_on or ""),
        width=124,
        quiet=True,
        shown=False,
    ),
    Column(
        "联系电话",
        lambda row: masked_phone("、".join(row.organization.phones)),
        width=140,
        quiet=True,
        shown=False,
    ),
    Column("政治面貌", lambda row: row.organization.political_status, width=104, quiet=True, shown=False),
    Column(
        "党员",
        lambda row: _count(row.organization.party_members),
        width=68,
        align_right=True,
        shown=False,
    ),
    Column(
        "志愿者",
        lambda row: _count(row.organization.volunteers),
        width=80,
        align_right=True,
        shown=False,
    ),
)

GRADES = tuple(_GRADE_KINDS)
"""Best first."""
ORDER_FIELDS: Mapping[str, str] = {
    NAME.name: "sort_key",
    COMMUNITY.name: "community_id",
    CATEGORY.name: "category_id",
    "方式": "standing",
    PRINCIPAL.name: "principal",
    "成员": "members",
    PREVIOUS_GRADE.name: "previous_grade",
    "专项推进组": "work_group_id",
    "状态": "status",
    "备案号或信用代码": "number",
    "备案\uff08登记\uff09日期": "founded_on",
    "联系电话": "phones",
    "政治面貌": "political_status",
    "党员": "party_members",
    "志愿者": "volunteers",
}
"""By which field core.model.register.RosterQuery puts the rows in order of a column."""
