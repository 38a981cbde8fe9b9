"""The roster and the missing-papers list in words; and what all papers of the register have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.model.activities import Good
from core.model.completeness_view import Completeness
from core.model.document import Paragraph, Table, TableColumn
from core.model.office import Office
from core.model.organization import Organization, Status, masked_phone
from core.model.register import OrganizationSummary
from core.model.register_papers import PaperPart, RegisterPaper
from core.model.tables import OutColumn, OutSheet, OutValue

_LONG = 18
"""Characters of a column for names and sentences."""
_ROSTER_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("社区（村）", 2),
    TableColumn("组织名称", 4, "left"),
    TableColumn("类别", 2),
    TableColumn("方式", 1),
    TableColumn("备案号/信用代码", 3),
    TableColumn("成立日期", 2),
    TableColumn("负责人", 2),
    TableColumn("政治面貌", 2),
    TableColumn("联系电话", 2),
    TableColumn("成员数", 1),
    TableColumn("党员数", 1),
    TableColumn("志愿者数", 1),
    TableColumn("活动场所", 3, "left"),
    TableColumn("活动次数", 1),
    TableColumn("服务人次", 1),
    TableColumn("上年等次", 1),
    TableColumn("备注", 3, "left"),
)
_MISSING_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("组织名称", 4, "left"),
    TableColumn("所属社区（村）", 2),
    TableColumn("缺少的材料", 5, "left"),
)
_GROUP_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("工作组", 4, "left"),
    TableColumn("缺少的文件", 6, "left"),
)
_UNIT_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("单位", 4, "left"),
    TableColumn("联络员", 3),
    TableColumn("联系电话", 3),
)
_GOODS_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("组织名称", 4, "left"),
    TableColumn("所属社区（村）", 2),
    TableColumn("没有", 3, "left"),
    TableColumn("没有核对", 3, "left"),
)


@dataclass(frozen=True, slots=True)
class PaperFrame:
    """Whose paper it is, of which day, whether numbers lose their middle, and the head of the log."""

    office: Office
    dated_on: date
    masked: bool = True
    log_head: str = ""

    def paper(self, title: str, parts: Sequence[PaperPart], *, landscape: bool = False) -> RegisterPaper:
        """The finished paper, 内部资料 if its numbers are whole."""
        return RegisterPaper(
            title,
            self.office.name,
            self.dated_on,
            tuple(parts),
            landscape=landscape,
            internal=not self.masked,
            line_pitch=self.office.line_pitch,
            two_sided=self.office.two_sided,
            log_head=self.log_head,
        )

    def phones(self, phones: Sequence[str]) -> str:
        """Telephone numbers as this paper shows them; a line may end between two of them."""
        return " ".join(masked_phone(each) if self.masked else each for each in phones)


def roster_paper(frame: PaperFrame, summaries: Sequence[OrganizationSummary], shown: str) -> RegisterPaper:
    """社会组织花名册, in the order given; `shown` says which organizations these are."""
    rows = tuple(_roster_row(frame, place, each) for place, each in enumerate(summaries, start=1))
    title = "社会组织花名册"
    note = f"范围：{shown}　共 {len(rows)} 个"
    return frame.paper(title, [PaperPart(title, note, (Table(_ROSTER_COLUMNS, rows),))], landscape=True)


def missing_papers_list(frame: PaperFrame, found: Completeness) -> RegisterPaper:
    """缺件清单: papers of organizations, groups and units that are not there, and what 五个一 lack.

    Source: seed 000, 五个一, 工作方案.
    """
    tables = (
        (
            "一、社会组织",
            _MISSING_COLUMNS,
            [(each.organization, each.community, "；".join(each.missing)) for each in found.papers],
        ),
        (
            "二、专项推进组",
            _GROUP_COLUMNS,
            [(each.work_group, "；".join(kind.label for kind in each.missing)) for each in found.groups],
        ),
        (
            "三、未报送工作方案的单位",
            _UNIT_COLUMNS,
            [(each.name, each.liaison, frame.phones(each.phones)) for each in found.units_without_plan],
        ),
        (
            "四、“五个一”没有或没有核对的",
            _GOODS_COLUMNS,
            [
                (each.organization, each.community, _goods(each.missing), _goods(each.unchecked))
                for each in found.five_ones
            ],
        ),
    )
    blocks = [block for heading, columns, rows in tables for block in titled_table(heading, columns, rows)]
    title = "缺件清单"
    counts = (len(found.papers), len(found.groups), len(found.units_without_plan), len(found.five_ones))
    note = "社会组织 {} 个，专项推进组 {} 个，单位 {} 个；“五个一”{} 个。".format(*counts)
    return frame.paper(title, [PaperPart(title, note, tuple(blocks))])


def _goods(goods: Sequence[Good]) -> str:
    return "全部" if len(goods) == len(Good) else "；".join(each.label for each in goods) or "—"


def sheet_paper(frame: PaperFrame, sheet: OutSheet, title: str, note: str) -> RegisterPaper:
    """Any list as it is handed out, on lying pages."""
    return frame.paper(title, [PaperPart(title, note, (sheet_table(sheet),))], landscape=True)


def sheet_table(sheet: OutSheet) -> Table:
    """The rows of a list as they are printed under its heads."""
    columns = tuple(
        TableColumn(each.title, max(1, each.width // 4), "left" if _is_long(sheet, place) else "center")
        for place, each in enumerate(sheet.columns)
    )
    rows = tuple(
        tuple(_printed(value, column) for value, column in zip(row, sheet.columns, strict=True))
        for row in sheet.rows
    )
    return Table(columns, rows)


def titled_table(
    heading: str, columns: tuple[TableColumn, ...], rows: Sequence[tuple[str, ...]], nothing: str = "无。"
) -> list[Paragraph | Table]:
    """A heading and its table, the rows numbered; a word in its place where there is no row."""
    if not rows:
        return [Paragraph(nothing, f"{heading}：", 1)]
    numbered = tuple((str(place), *row) for place, row in enumerate(rows, start=1))
    return [Paragraph(heading=heading, level=1), Table(columns, numbered)]


def number_of(organization: Organization) -> str:
    """信用代码 of a registered organization, 备案号 of a filed one."""
    return organization.credit_code or organization.filing_number


def status_remark(organization: Organization) -> str:
    """The status if it is worth a word."""
    return "" if organization.status is Status.ACTIVE else organization.status.label


def count_text(count: int | None) -> str:
    """A count, nothing where the office does not know it."""
    return "" if count is None else str(count)


def _is_long(sheet: OutSheet, place: int) -> bool:
    """Whether a column holds names and sentences, which begin at its left edge."""
    is_text = any(isinstance(row[place], str) for row in sheet.rows)
    return is_text and sheet.columns[place].width >= _LONG


def _printed(value: OutValue, column: OutColumn) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.{column.places or 0}f}"
    return "" if value is None else str(value)


def _roster_row(frame: PaperFrame, place: int, summary: OrganizationSummary) -> tuple[str, ...]:
    each = summary.organization
    return (
        str(place),
        summary.community,
        each.name,
        summary.category,
        each.standing.label if each.standing else "",
        number_of(each),
        str(each.founded_on or ""),
        each.principal,
        each.political_status,
        frame.phones(each.phones),
        count_text(each.members),
        count_text(each.party_members),
        count_text(each.volunteers),
        each.premises,
        count_text(each.activities),
        count_text(each.visits),
        each.previous_grade,
        _remark(each),
    )


def _remark(organization: Organization) -> str:
    """The status and the remarks, which may say it already."""
    status = status_remark(organization)
    said = "" if status in organization.remarks else status
    return "；".join(part for part in (said, organization.remarks) if part)
