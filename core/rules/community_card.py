"""The card of a community: what it is, its organizations by class, averages against targets, brands."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from core.model.activities import Brand
from core.model.completeness_view import AverageCount, CommunityCount, PartyCoverage, Targets
from core.model.document import TableColumn
from core.model.organization import Community, CommunityKind, Standing
from core.model.register import OrganizationSummary
from core.model.register_papers import Block, Form, FormField, FormRow, PaperPart, RegisterPaper
from core.rules.register_papers import PaperFrame, count_text, titled_table

_TITLE = "社区（村）社会组织情况卡片"
_NO_CLASS = "未分类"
_CLASS_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("类别", 2),
    TableColumn("组织数", 1),
    TableColumn("组织名称", 7, "left"),
)
_BRAND_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("品牌", 3, "left"),
    TableColumn("组织", 4, "left"),
    TableColumn("级别", 1),
    TableColumn("年度", 1),
)


@dataclass(frozen=True, slots=True)
class CommunityFacts:
    """A community with its organizations that are counted, their brands, and how it compares."""

    community: Community
    organizations: tuple[OrganizationSummary, ...]
    brands: tuple[Brand, ...]
    count: CommunityCount
    average: AverageCount
    party: PartyCoverage


def community_cards(
    frame: PaperFrame, cards: Sequence[CommunityFacts], categories: Sequence[str], targets: Targets
) -> RegisterPaper:
    """社区卡片, each on pages of its own; `categories` in the office's order."""
    parts = [_card(each, categories, targets) for each in cards]
    return frame.paper(_TITLE, parts)


def _card(facts: CommunityFacts, categories: Sequence[str], targets: Targets) -> PaperPart:
    blocks: tuple[Block, ...] = (
        _facts(facts, targets),
        *titled_table("一、各类组织", _CLASS_COLUMNS, _classes(facts.organizations, categories)),
        *titled_table("二、品牌", _BRAND_COLUMNS, _brands(facts), "还没有。"),
    )
    note = "组织数不含已注销、已撤销的组织。"
    return PaperPart(f"{facts.community.name}社会组织情况卡片", note, blocks)


def _facts(facts: CommunityFacts, targets: Targets) -> Form:
    community, party = facts.community, facts.party
    kind = community.kind.label + ("（筹建组）" if community.preparatory else "")
    areas = "小区数" if community.kind is CommunityKind.URBAN else "村小组数"
    known, brands = party.organizations > party.unknown, facts.count.brands
    standings = Counter(each.organization.standing for each in facts.organizations)
    ways = [(way.label, count) for way, count in party.by_way] + [("未填", party.unknown)]
    rows = (
        (("性质", kind), ("常住人口", _counted(community.population, "人"))),
        ((areas, _counted(community.areas, "个")), ("社会组织", f"{len(facts.organizations)} 个")),
        (("登记方式", _listed([(way.label, standings[way]) for way in Standing])),),
        (("人员", _people(facts.organizations)),),
        (("党组织覆盖", _listed(ways) + (f"（覆盖率 {party.share}%）" if known else "")),),
        (("组织数对照", _against_average(facts)),),
        (("品牌组织", f"{brands} 个，目标 {targets.brands} 个，{_wanting(facts.count.brands_wanting)}"),),
    )
    return Form(
        tuple(
            FormRow(tuple(FormField(label, (text,) if text else ()) for label, text in row)) for row in rows
        )
    )


def _counted(count: int | None, unit: str) -> str:
    return f"{count} {unit}" if count is not None else ""


def _listed(counts: Sequence[tuple[str, int]]) -> str:
    """备案 3 个，登记 1 个; without what there is none of."""
    return "，".join(f"{label} {count} 个" for label, count in counts if count)


def _people(organizations: Sequence[OrganizationSummary]) -> str:
    """Members, party members and volunteers; a person in two organizations is counted in both."""
    kept = [each.organization for each in organizations]
    sums = (
        ("成员", sum(each.members or 0 for each in kept)),
        ("党员", sum(each.party_members or 0 for each in kept)),
        ("志愿者", sum(each.volunteers or 0 for each in kept)),
    )
    return "，".join(f"{label} {total} 人" for label, total in sums) if kept else ""


def _classes(
    organizations: Sequence[OrganizationSummary], categories: Sequence[str]
) -> list[tuple[str, ...]]:
    """Every class of the office with its organizations, also those with none."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for each in organizations:
        names[each.category or _NO_CLASS].append(each.organization.name)
    titles = [*categories, *([_NO_CLASS] if _NO_CLASS in names else [])]
    return [(title, str(len(names[title])), "、".join(names[title])) for title in titles]


def _against_average(facts: CommunityFacts) -> str:
    """How many organizations there are against the target, and what the others of its kind have."""
    count, average = facts.count, facts.average
    others = f"；全街道{count.kind.label}平均 {average.average} 个" if average.average is not None else ""
    target = f"目标平均 {average.target} 个，{_wanting(count.organizations_wanting)}"
    return f"{count.organizations} 个，{target}{others}"


def _wanting(count: int) -> str:
    return f"还差 {count} 个" if count else "已达到"


def _brands(facts: CommunityFacts) -> list[tuple[str, ...]]:
    names = {each.id: each.organization.name for each in facts.organizations}
    return [
        (
            each.title,
            names[each.organization_id],
            each.level.label if each.level else "",
            count_text(each.year),
        )
        for each in facts.brands
    ]
