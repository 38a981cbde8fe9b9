"""Sections of the year's report about the register: classes, communities, standing, party, brands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.model.activities import BrandLevel
from core.model.chart import ChartKind, parted
from core.model.completeness_view import SEED_TARGETS
from core.model.organization import Category, Community, PartyOrganization, Standing
from core.model.tables import OutColumn
from core.model.year_report import CountedList, ReportSection
from core.rules.completeness import LIVING, averages, compared_counts, coverage_of
from core.rules.year_figures import TOTAL, count_chart, count_sheet, percent, said_most, share, sheet_of

_NONE = "名册里没有组织。"
LIVING_ONLY = "不含已注销、已撤销"
_COMMUNITY = (
    OutColumn("社区（村）", 24),
    OutColumn("社会组织", 10),
    OutColumn("占比（%）", 10, places=1),
    OutColumn("有品牌的组织", 12),
)
UNSAID, NO_CATEGORY, NO_COMMUNITY = "未填写", "未分类别", "未填社区（村）"


class Kind(NamedTuple):
    """What organizations that are counted together have in common; None where it is not said."""

    category_id: str | None
    community_id: str | None
    standing: Standing | None
    party_organization: PartyOrganization | None


class BrandKind(NamedTuple):
    """What brands that are counted together have in common."""

    organization_id: str
    level: BrandLevel | None
    year: int | None


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """The register as it stood on the day that the report speaks of, counted.

    `organizations` are the living ones, `homes` the communities of those of them that have a brand, by their
    ids; brands of others are not counted.
    """

    organizations: Mapping[Kind, int]
    communities: Sequence[Community]
    categories: Sequence[Category]
    brands: Mapping[BrandKind, int]
    homes: Mapping[str, str | None]

    @property
    def total(self) -> int:
        """How many organizations there are."""
        return sum(self.organizations.values())

    def by(self, field: str) -> Counter[Any]:
        """How many there are by one of the fields of `Kind`."""
        place = Kind._fields.index(field)
        found: Counter[Any] = Counter()
        for kind, count in self.organizations.items():
            found[kind[place]] += count
        return found


def organizations_with(words: str, *among: tuple[str, Sequence[object]]) -> CountedList:
    """The list of living organizations that have one of these values in each of these fields."""
    return CountedList("organizations", f"{words}（{LIVING_ONLY}）", (*LIVING.among, *among))


def _lists(
    field: str, counts: Iterable[tuple[str, str, int]], unsaid: Sequence[object]
) -> dict[str, CountedList]:
    """The list behind each bar: of those with its key in the field, or of those that say none of them."""
    return {key: organizations_with(label, (field, (key,) if key else unsaid)) for key, label, _ in counts}


def class_section(facts: RegisterFacts) -> ReportSection:
    """Organizations by the office's classes; those that were cancelled are not counted."""
    found = facts.by("category_id")
    counts = [(each.id, each.name, found[each.id]) for each in facts.categories]
    unknown = [key for key in found if key not in {each.id for each in facts.categories}]
    if unknown:
        counts.append(("", NO_CATEGORY, sum(found[key] for key in unknown)))
    title = "社会组织按类别"
    most = said_most([each for each in counts if each[0]]) if facts.categories else ""
    whole = f"共有社会组织{facts.total:,}个（{LIVING_ONLY}）"
    sentence = f"{whole}{f'，{most}' if most else ''}。" if facts.total else _NONE
    return ReportSection(
        "classes",
        title,
        sentence,
        count_chart("classes", title, counts),
        count_sheet(title, "类别", "社会组织", counts),
        _lists("category_id", counts, unknown),
    )


def community_section(facts: RegisterFacts) -> ReportSection:
    """Organizations and brands by community or village."""
    totals, branded = facts.by("community_id"), Counter(facts.homes.values())
    found = compared_counts(facts.communities, totals, branded, SEED_TARGETS)
    lines = [(each.community_id, each.community, each.organizations, each.brands) for each in found]
    unknown = [key for key in totals if key not in {each.id for each in facts.communities}]
    if unknown:
        lost = sum(totals[key] for key in unknown)
        lines.append(("", NO_COMMUNITY, lost, sum(branded[key] for key in unknown)))
    title = "社会组织按社区（村）"
    whole = facts.total
    rows = [(label, count, share(count, whole), brands) for _, label, count, brands in lines]
    rows.append((TOTAL, whole, share(whole, whole), sum(line[3] for line in lines)))
    counts = [line[:3] for line in lines]
    charts = count_chart("communities", title, counts)
    said = [
        f"{each.communities}个{each.kind.label}平均{each.average}个"
        for each in averages(found, SEED_TARGETS)
        if each.average is not None
    ]
    most = said_most([each for each in counts if each[0]]) if found else ""
    sentence = "；".join(part for part in ("，".join(said), most) if part)
    return ReportSection(
        "communities",
        title,
        f"{sentence}。" if whole and sentence else _NONE,
        tuple(part for chart in charts for part in parted(chart)),
        sheet_of(title, _COMMUNITY, rows if whole else ()),
        _lists("community_id", counts, unknown),
    )


def standing_section(facts: RegisterFacts) -> ReportSection:
    """Organizations filed, registered, enrolled or nurtured."""
    found = facts.by("standing")
    counts = [(each.value, each.label, found[each]) for each in Standing]
    if found[None]:
        counts.append(("", UNSAID, found[None]))
    title = "社会组织按管理方式"
    said = "，".join(f"{label}{count:,}个" for _, label, count in counts if count)
    return ReportSection(
        "standing",
        title,
        f"{said}。" if facts.total else _NONE,
        count_chart("standing", title, counts, kind=ChartKind.COLUMNS),
        count_sheet(title, "管理方式", "社会组织", counts),
        _lists("standing", counts, (None,)),
    )


def party_section(facts: RegisterFacts) -> ReportSection:
    """How the party's organization covers the organizations."""
    ways = facts.by("party_organization")
    coverage = coverage_of({way: ways[way] for way in (*PartyOrganization, None)})
    counts = [(way.value, way.label, count) for way, count in coverage.by_way]
    if coverage.unknown:
        counts.append(("", UNSAID, coverage.unknown))
    title = "党的组织覆盖"
    if coverage.organizations and coverage.unknown == coverage.organizations:
        sentence = "名册里还没有填写党的组织覆盖方式，说不出覆盖率。"
    elif coverage.organizations:
        unknown = f"；{coverage.unknown:,}个没有填写，按未覆盖计" if coverage.unknown else ""
        sentence = f"党的组织覆盖率{coverage.share}%{unknown}。"
    else:
        sentence = _NONE
    return ReportSection(
        "party",
        title,
        sentence,
        count_chart("party", title, counts, kind=ChartKind.COLUMNS),
        count_sheet(title, "覆盖方式", "社会组织", counts),
        _lists("party_organization", counts, (None,)),
    )


def brand_section(facts: RegisterFacts, year: int) -> ReportSection:
    """Brands by who named them, until the end of a year; those without a year are counted."""
    brands = {
        brand: count
        for brand, count in facts.brands.items()
        if brand.organization_id in facts.homes and (brand.year is None or brand.year <= year)
    }
    found: Counter[BrandLevel | None] = Counter()
    for brand, count in brands.items():
        found[brand.level] += count
    counts = [(each.value, each.label, found[each]) for each in BrandLevel]
    if found[None]:
        counts.append(("", UNSAID, found[None]))
    title = "品牌建设"
    holders = sorted({each.organization_id for each in brands})
    new = sum(count for brand, count in brands.items() if brand.year == year)
    sentence = (
        f"到{year}年有品牌{found.total():,}个，属于{len(holders):,}个组织"
        f"（占{percent(len(holders), facts.total)}）；当年新增{new:,}个。"
        if brands
        else "台账里还没有登记品牌。"
    )
    whose = (("year", sorted({each.year for each in brands}, key=str)), ("organization_id", holders))
    return ReportSection(
        "brands",
        title,
        sentence,
        count_chart("brands", title, counts, kind=ChartKind.COLUMNS),
        count_sheet(title, "级别", "品牌", counts),
        {
            key: CountedList("brands", f"到{year}年的{label}品牌", (("level", (key or None,)), *whose))
            for key, label, _ in counts
        },
    )
