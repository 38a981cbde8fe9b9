"""A community or village as a row of its list and of the sheet that is exported.

rows = community_rows(frame); with_counts(rows, completeness.communities); COLUMNS; out_sheet(rows, day)
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.model.completeness_view import AverageCount, CommunityCount
from core.model.organization import Community, CommunityKind, Status
from core.model.register import RosterFrame
from core.model.tables import OutColumn, OutSheet
from gui.table_model import Column
from gui.widgets.badge import BadgeFace

TITLE = "社区（村）"
OVER = (Status.DEREGISTERED, Status.REVOKED)


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community with the number of its organizations, and of those that are at work.

    `categories` are the office's classes with how many organizations the community has of each, cancelled
    ones left out; `count` says how it stands to the targets, None as long as that is not read.
    """

    community: Community
    organizations: int
    active: int
    categories: tuple[tuple[str, int], ...]
    count: CommunityCount | None = None


def community_rows(frame: RosterFrame) -> tuple[CommunityRow, ...]:
    """All communities in the office's order."""
    totals, active, of_class = Counter[object](), Counter[object](), Counter[object]()
    for (community, category, status), count in frame.counts.items():
        totals[community] += count
        active[community] += count if status is Status.ACTIVE else 0
        of_class[community, category] += count if status not in OVER else 0
    return tuple(
        CommunityRow(
            each,
            totals[each.id],
            active[each.id],
            tuple((kind.name, of_class[each.id, kind.id]) for kind in frame.categories),
        )
        for each in frame.communities
    )


def with_counts(rows: Sequence[CommunityRow], counts: Sequence[CommunityCount]) -> tuple[CommunityRow, ...]:
    """The rows with how each stands to the targets."""
    known = {each.community_id: each for each in counts}
    return tuple(replace(row, count=known.get(row.community.id)) for row in rows)


_KIND_BADGES = {CommunityKind.URBAN: "info", CommunityKind.RURAL: "ok"}
PREPARATORY = BadgeFace("筹建", "warn")


def kind_badges(community: Community) -> tuple[BadgeFace, ...]:
    """Urban or rural, and whether it is still being set up."""
    kind = BadgeFace(community.kind.label, _KIND_BADGES[community.kind])
    return (kind, PREPARATORY) if community.preparatory else (kind,)


def target_words(count: CommunityCount | None) -> str:
    """What is wanting to the targets."""
    if count is None:
        return ""
    wanting = [f"差组织 {count.organizations_wanting} 个"] if count.organizations_wanting else []
    if count.brands_wanting:
        wanting.append(f"差品牌 {count.brands_wanting} 个")
    return "，".join(wanting) or "已达到"


def target_badges(count: CommunityCount | None) -> tuple[BadgeFace, ...]:
    """What is wanting to the targets, as badges."""
    if count is None:
        return ()
    if not (count.organizations_wanting or count.brands_wanting):
        return (BadgeFace("已达到", "ok", "check-line"),)
    wanting = (("组织", count.organizations_wanting), ("品牌", count.brands_wanting))
    return tuple(BadgeFace(f"{word}差 {number}", "warn") for word, number in wanting if number)


def average_words(average: AverageCount) -> str:
    """An average with its target; empty where there is no such place."""
    if average.average is None:
        return ""
    met = "已达到" if average.is_met else "未达到"
    return (
        f"{average.kind.label} {average.communities} 个，"
        f"平均 {average.average} 个组织（目标 {average.target}，{met}）"
    )


COLUMNS: tuple[Column[CommunityRow], ...] = (
    Column("社区\uff08村\uff09", lambda row: row.community.name, stretch=True),
    Column(
        "类型",
        lambda row: row.community.kind.label,
        width=132,
        badges=lambda row: kind_badges(row.community),
    ),
    Column(
        "社会组织",
        lambda row: f"{row.organizations:,}",
        width=96,
        align_right=True,
        sort_key=lambda row: row.organizations,
    ),
    Column(
        "其中正常",
        lambda row: f"{row.active:,}",
        width=96,
        align_right=True,
        narrow=False,
        sort_key=lambda row: row.active,
    ),
    Column(
        "距目标",
        lambda row: target_words(row.count),
        width=176,
        badges=lambda row: target_badges(row.count),
        sort_key=lambda row: row.count and -row.count.organizations_wanting,
    ),
    Column(
        "常住人口",
        lambda row: _figure(row.community.population),
        width=104,
        align_right=True,
        narrow=False,
        sort_key=lambda row: row.community.population,
    ),
    Column(
        "小区\uff08村小组\uff09数",
        lambda row: _figure(row.community.areas),
        width=140,
        align_right=True,
        narrow=False,
        sort_key=lambda row: row.community.areas,
    ),
)
_OUT_COLUMNS = (
    OutColumn("序号", 6),
    OutColumn("社区（村）", 20),
    OutColumn("类型", 8),
    OutColumn("筹建", 8),
    OutColumn("社会组织", 10),
    OutColumn("其中正常", 10),
    OutColumn("距目标", 24),
    OutColumn("常住人口", 12),
    OutColumn("小区（村小组）数", 16),
)


def out_sheet(rows: Sequence[CommunityRow], day: date | None) -> OutSheet:
    """These rows in their order, to be exported; they stood so on a `day` or stand so now."""
    when = f"（{day.year}年{day.month}月{day.day}日）" if day else ""
    numbered = tuple(_out_row(place, row) for place, row in enumerate(rows, start=1))
    return OutSheet(TITLE, f"{TITLE}一览{when}", _OUT_COLUMNS, numbered)


def _out_row(place: int, row: CommunityRow) -> tuple[int | str | None, ...]:
    each = row.community
    return (
        place,
        each.name,
        each.kind.label,
        "筹建" if each.preparatory else "",
        row.organizations,
        row.active,
        target_words(row.count),
        each.population,
        each.areas,
    )


def _figure(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
