"""A roster file as it was understood, and the preview of what importing it would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from core.errors import Problem
from core.model.dates import PartialDate
from core.model.organization import Category, CommunityKind, Standing, Status
from core.model.reading import Remark, RemarkKind, TitledColumn
from core.model.workbook import CellValue


class RosterColumn(StrEnum):
    """What a column of a roster says; the label is the title we write ourselves."""

    NAME = "name"
    COMMUNITY = "community"
    CATEGORY = "category"
    STANDING = "standing"
    NUMBER = "number"
    FILING_NUMBER = "filing_number"
    CREDIT_CODE = "credit_code"
    FOUNDED_ON = "founded_on"
    STATUS = "status"
    PRINCIPAL = "principal"
    POLITICAL_STATUS = "political_status"
    PHONES = "phones"
    MEMBERS = "members"
    PARTY_MEMBERS = "party_members"
    VOLUNTEERS = "volunteers"
    PREMISES = "premises"
    ACTIVITIES = "activities"
    VISITS = "visits"
    PREVIOUS_GRADE = "previous_grade"
    REMARKS = "remarks"

    @property
    def label(self) -> str:
        """The column's Chinese title."""
        return _COLUMN_LABELS[self]


class Verdict(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The verdict in Chinese."""
        return _VERDICT_LABELS[self]


_COLUMN_LABELS = {
    RosterColumn.NAME: "组织名称",
    RosterColumn.COMMUNITY: "所属社区",
    RosterColumn.CATEGORY: "类别",
    RosterColumn.STANDING: "登记方式",
    RosterColumn.NUMBER: "备案号/统一社会信用代码",
    RosterColumn.FILING_NUMBER: "备案号",
    RosterColumn.CREDIT_CODE: "统一社会信用代码",
    RosterColumn.FOUNDED_ON: "成立日期",
    RosterColumn.STATUS: "状态",
    RosterColumn.PRINCIPAL: "负责人",
    RosterColumn.POLITICAL_STATUS: "政治面貌",
    RosterColumn.PHONES: "联系电话",
    RosterColumn.MEMBERS: "成员数",
    RosterColumn.PARTY_MEMBERS: "党员数",
    RosterColumn.VOLUNTEERS: "志愿者数",
    RosterColumn.PREMISES: "活动场所",
    RosterColumn.ACTIVITIES: "活动次数",
    RosterColumn.VISITS: "服务人次",
    RosterColumn.PREVIOUS_GRADE: "上年等次",
    RosterColumn.REMARKS: "备注",
}
_VERDICT_LABELS = {
    Verdict.NEW: "新增",
    Verdict.CHANGED: "更改",
    Verdict.SAME: "相同",
    Verdict.DUPLICATE: "重复",
    Verdict.REFUSED: "有误",
}


_MOST_QUOTED = 60
_PICTURES = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}


@dataclass(frozen=True, slots=True)
class CellRemark:
    """A remark with its cell: the file's own row number and column title, and what is written there."""

    row: int
    column: RosterColumn
    title: str
    text: str
    remark: Remark

    @property
    def problem(self) -> Problem:
        """The remark as a line for the clerk."""
        written = f"“{_quoted(self.text)}”"
        said = f"写的是{written}，" if self.text and not self.remark.message.startswith(written) else ""
        place = f"第 {self.row} 行“{self.title}”"
        return Problem(place, said + self.remark.message, self.remark.remedy)


def _quoted(text: str) -> str:
    """The text as far as a message has room; controls as their pictures (U+2400 and on)."""
    short = text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}……"
    return short.translate(_PICTURES)


class OrganizationDraft(NamedTuple):
    """What a roster row says about an organization; empty or None where it says nothing.

    A named tuple: a frozen dataclass of twenty fields takes three times as long to make. `community` is the
    file's name for it; `status` is a proposal taken from its column or from the remarks.
    """

    name: str = ""
    community: str = ""
    category_id: str | None = None
    standing: Standing | None = None
    filing_number: str = ""
    credit_code: str = ""
    founded_on: PartialDate | None = None
    status: Status | None = None
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


class RosterRow(NamedTuple):
    """A data row: its number in the file, its cells with merged values filled in, what was understood.

    `kept` are the columns whose fault a person let stand.
    """

    number: int
    cells: tuple[CellValue, ...]
    draft: OrganizationDraft
    remarks: tuple[CellRemark, ...] = ()
    kept: frozenset[RosterColumn] = frozenset()

    @property
    def faults(self) -> tuple[CellRemark, ...]:
        """The remarks that keep the row out."""
        if not self.remarks:
            return ()
        return tuple(
            said
            for said in self.remarks
            if said.remark.kind is RemarkKind.FAULT
            and not (said.remark.may_stand and said.column in self.kept)
        )


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that holds no organization: its number and the text it begins with (合计, 注 …)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster sheet as it was understood; `categories` and `today` are what it was read with."""

    file: str
    sheet: str
    columns: tuple[TitledColumn[RosterColumn], ...]
    rows: tuple[RosterRow, ...]
    categories: tuple[Category, ...]
    skipped: tuple[SkippedRow, ...] = ()
    other_sheets: tuple[str, ...] = ()
    figures_year: int | None = None
    today: date | None = None

    @property
    def remarks(self) -> tuple[CellRemark, ...]:
        """All remarks on all cells, in the file's order."""
        return tuple(said for row in self.rows for said in row.remarks)

    @property
    def unread_titles(self) -> tuple[str, ...]:
        """Titles of columns that were not understood and are left out."""
        return tuple(column.title for column in self.columns if column.meaning is None and column.title)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an organization that importing would change; texts as they are shown."""

    field: str
    old: str
    new: str


class PreviewRow(NamedTuple):
    """What importing a row would do, and why.

    `organization_id` is the record of the register it was matched to. For a duplicate, `duplicate_of` is the
    file row that counts and `changes` are the differences to it.
    """

    row: RosterRow
    verdict: Verdict
    organization_id: str | None = None
    changes: tuple[FieldChange, ...] = ()
    duplicate_of: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedCommunity:
    """A community that the register does not know yet."""

    name: str
    kind: CommunityKind


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """All rows with their verdicts, and the communities that would have to be made.

    `register_at` is the newest act's number when the register was read: a later one makes the preview old.
    """

    reading: RosterReading
    rows: tuple[PreviewRow, ...]
    new_communities: tuple[ProposedCommunity, ...] = ()
    register_at: int = 0

    def of(self, *verdicts: Verdict) -> Sequence[PreviewRow]:
        """The rows with one of these verdicts, in the file's order."""
        return [row for row in self.rows if row.verdict in verdicts]
