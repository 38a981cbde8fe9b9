"""Sections of the year's report about the register: classes, communities, standing, party, brands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.model.activities import Brand, BrandLevel
from core.model.chart import ChartKind, parted
from core.model.completeness_view import SEED_TARGETS
from core.model.organization import Category, Community, Organization, Standing
from core.model.tables import OutColumn
from core.model.year_report import ReportSection
from core.rules.completeness import averages, community_counts, living, party_coverage
from core.rules.year_figures import TOTAL, count_chart, count_sheet, percent, said_most, share, sheet_of

_NONE = "名册里没有组织。"
_COMMUNITY = (
    OutColumn("社区（村）", 24),
    OutColumn("社会组织", 10),
    OutColumn("占比（%）", 10, places=1),
    OutColumn("有品牌的组织", 12),
)
UNSAID, NO_CATEGORY, NO_COMMUNITY = "未填写", "未分类别", "未填社区（村）"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """The register as it stood on the day that the report speaks of."""

    organizations: Sequence[Organization]
    communities: Sequence[Community]
    categories: Sequence[Category]
    brands: Sequence[Brand]


def class_section(facts: RegisterFacts) -> ReportSection:
    """Organizations by the office's classes; those that were cancelled are not counted."""
    counted = living(facts.organizations)
    found = Counter(each.category_id for each in counted)
    counts = [(each.id, each.name, found[each.id]) for each in facts.categories]
    known = {each.id for each in facts.categories}
    rest = sum(count for key, count in found.items() if key not in known)
    if rest:
        counts.append(("", NO_CATEGORY, rest))
    title = "社会组织按类别"
    most = said_most([each for each in counts if each[0]]) if facts.categories else ""
    sentence = f"共有社会组织{len(counted):,}个{f'，{most}' if most else ''}。" if counted else _NONE
    return ReportSection(
        "classes",
        title,
        sentence,
        count_chart("classes", title, counts),
        count_sheet(title, "类别", "社会组织", counts),
    )


def community_section(facts: RegisterFacts) -> ReportSection:
    """Organizations and brands by community or village."""
    counted = living(facts.organizations)
    found = community_counts(facts.communities, facts.organizations, facts.brands, SEED_TARGETS)
    known = {each.community_id for each in found}
    lost = [each for each in counted if each.community_id not in known]
    branded = {each.organization_id for each in facts.brands}
    lines = [(each.community_id, each.community, each.organizations, each.brands) for each in found]
    if lost:
        lines.append(("", NO_COMMUNITY, len(lost), sum(each.id in branded for each in lost)))
    title = "社会组织按社区（村）"
    whole = len(counted)
    rows = [(label, count, share(count, whole), brands) for _, label, count, brands in lines]
    rows.append((TOTAL, whole, share(whole, whole), sum(line[3] for line in lines)))
    charts = count_chart("communities", title, [line[:3] for line in lines])
    said = [
        f"{each.communities}个{each.kind.label}平均{each.average}个"
        for each in averages(found, SEED_TARGETS)
        if each.average is not None
    ]
    most = said_most([line[:3] for line in lines if line[0]]) if found else ""
    sentence = "；".join(part for part in ("，".join(said), most) if part)
    return ReportSection(
        "communities",
        title,
        f"{sentence}。" if whole and sentence else _NONE,
        tuple(part for chart in charts for part in parted(chart)),
        sheet_of(title, _COMMUNITY, rows if whole else ()),
    )


def standing_section(facts: RegisterFacts) -> ReportSection:
    """Organizations filed, registered, enrolled or nurtured."""
    counted = living(facts.organizations)
    found = Counter(each.standing for each in counted)
    counts = [(each.value, each.label, found[each]) for each in Standing]
    if found[None]:
        counts.append(("", UNSAID, found[None]))
    title = "社会组织按管理方式"
    said = "，".join(f"{label}{count:,}个" for _, label, count in counts if count)
    return ReportSection(
        "standing",
        title,
        f"{said}。" if counted else _NONE,
        count_chart("standing", title, counts, kind=ChartKind.COLUMNS),
        count_sheet(title, "管理方式", "社会组织", counts),
    )


def party_section(facts: RegisterFacts) -> ReportSection:
    """How the party's organization covers the organizations."""
    coverage = party_coverage(facts.organizations)
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
    )


def brand_section(facts: RegisterFacts, year: int) -> ReportSection:
    """Brands by who named them, until the end of a year; those without a year are counted."""
    counted = {each.id for each in living(facts.organizations)}
    brands = [
        each
        for each in facts.brands
        if each.organization_id in counted and (each.year is None or each.year <= year)
    ]
    found = Counter(each.level for each in brands)
    counts = [(each.value, each.label, found[each]) for each in BrandLevel]
    if found[None]:
        counts.append(("", UNSAID, found[None]))
    title = "品牌建设"
    holders = len({each.organization_id for each in brands})
    new = sum(each.year == year for each in brands)
    sentence = (
        f"到{year}年有品牌{len(brands):,}个，属于{holders:,}个组织"
        f"（占{percent(holders, len(counted))}）；当年新增{new:,}个。"
        if brands
        else "台账里还没有登记品牌。"
    )
    return ReportSection(
        "brands",
        title,
        sentence,
        count_chart("brands", title, counts, kind=ChartKind.COLUMNS),
        count_sheet(title, "级别", "品牌", counts),
    )
