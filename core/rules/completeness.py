"""What is missing: five ones, organizations and brands per community, party coverage, papers, plans."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from core.model.activities import Brand, Good, GoodEvidence
from core.model.completeness_view import (
    AverageCount,
    CommunityCount,
    FiveOnesGap,
    GroupGap,
    PartyCoverage,
    Targets,
)
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import MissingPapers
from core.model.finding import Find
from core.model.organization import (
    Community,
    CommunityKind,
    Organization,
    PartyOrganization,
    Standing,
    Status,
    WorkGroup,
)
from core.model.people import Unit, UnitKind
from core.model.register import LISTED
from core.model.tasks import GroupPaper, PaperKind, Task, TaskList
from core.rules.filing import CLOSED
from core.rules.filing_papers import missing_papers

_CENT = Decimal("0.01")
_GROUP_PAPERS = (PaperKind.PLAN, PaperKind.TASK_LIST, PaperKind.DUTY_LIST)
_LISTS = {TaskList.TASKS: PaperKind.TASK_LIST, TaskList.DUTIES: PaperKind.DUTY_LIST}
_PLANNING = (UnitKind.OFFICE, UnitKind.STATION, UnitKind.COMMUNITY)
_ENTRIES = (TransitionKind.FILE, TransitionKind.REGISTER, TransitionKind.ENROLL)


LIVING = Find(equal=LISTED.equal, among=(("status", tuple(each for each in Status if each not in CLOSED)),))
"""The same organizations as a question to the store."""


def living(organizations: Iterable[Organization]) -> list[Organization]:
    """Those that are counted: neither cancelled nor a duplicate of another one."""
    return [each for each in organizations if each.status not in CLOSED and not each.merged_into]


def five_ones_gaps(
    organizations: Iterable[Organization], evidence: Iterable[GoodEvidence], communities: Mapping[str, str]
) -> tuple[FiveOnesGap, ...]:
    """Organizations that lack one of the five ones or were not looked at; `communities` are names by id.

    Source: seed 000, 五个一.
    """
    said: defaultdict[str, dict[Good, bool]] = defaultdict(dict)
    for each in evidence:
        said[each.organization_id][each.good] = each.has
    gaps = (
        FiveOnesGap(
            each.id,
            each.name,
            communities.get(each.community_id or "", ""),
            missing=tuple(good for good in Good if said[each.id].get(good) is False),
            unchecked=tuple(good for good in Good if good not in said[each.id]),
        )
        for each in living(organizations)
    )
    return tuple(gap for gap in gaps if gap.missing or gap.unchecked)


def community_counts(
    communities: Iterable[Community],
    organizations: Iterable[Organization],
    brands: Iterable[Brand],
    targets: Targets,
) -> tuple[CommunityCount, ...]:
    """Each community with its organizations and those of them that have a brand, in the given order.

    Source: seed 002: averages per community, and two organizations with a brand in each.
    """
    branded = {each.organization_id for each in brands}
    counted = living(organizations)
    totals = Counter(each.community_id for each in counted)
    with_brand = Counter(each.community_id for each in counted if each.id in branded)
    return compared_counts(communities, totals, with_brand, targets)


def compared_counts(
    communities: Iterable[Community],
    totals: Mapping[str | None, int],
    with_brand: Mapping[str | None, int],
    targets: Targets,
) -> tuple[CommunityCount, ...]:
    """Each community with these counts, by its id, in the given order."""
    return tuple(
        CommunityCount(
            each.id,
            each.name,
            each.kind,
            totals.get(each.id, 0),
            with_brand.get(each.id, 0),
            max(0, targets.average_for(each.kind) - totals.get(each.id, 0)),
            max(0, targets.brands - with_brand.get(each.id, 0)),
        )
        for each in communities
    )


def averages(counts: Sequence[CommunityCount], targets: Targets) -> tuple[AverageCount, ...]:
    """The averages of urban communities and of villages."""
    found = []
    for kind in CommunityKind:
        totals = [each.organizations for each in counts if each.kind is kind]
        average = _rounded(Decimal(sum(totals)) / len(totals)) if totals else None
        found.append(AverageCount(kind, len(totals), sum(totals), average, targets.average_for(kind)))
    return tuple(found)


def party_coverage(organizations: Iterable[Organization]) -> PartyCoverage:
    """How many organizations the party's organization covers, by its own, a joint one or an instructor."""
    return coverage_of(Counter(each.party_organization for each in living(organizations)))


def coverage_of(ways: Mapping[PartyOrganization | None, int]) -> PartyCoverage:
    """The same of organizations that were counted by how they are covered; None where nobody has said."""
    counted = sum(ways.values())
    covered = sum(count for way, count in ways.items() if way not in (None, PartyOrganization.NONE))
    share = _rounded(Decimal(covered * 100) / counted) if counted else None
    by_way = tuple((way, ways.get(way, 0)) for way in PartyOrganization)
    return PartyCoverage(counted, by_way, ways.get(None, 0), share)


def group_gaps(
    groups: Iterable[WorkGroup],
    papers: Iterable[GroupPaper],
    tasks: Iterable[Task] = (),
    year: int | None = None,
) -> tuple[GroupGap, ...]:
    """Groups that lack 专项工作方案, 任务清单 or 责任清单; items on a list stand for the list.

    With a year, papers of other years do not count; those without a year always do.

    Source: seed 000: each group writes a plan and keeps both lists.
    """
    held = {(each.work_group_id, each.kind) for each in papers if year is None or each.year in (year, None)}
    held |= {(each.work_group_id, _LISTS[each.task_list]) for each in tasks if each.task_list}
    gaps = (
        GroupGap(each.id, each.name, tuple(kind for kind in _GROUP_PAPERS if (each.id, kind) not in held))
        for each in groups
    )
    return tuple(gap for gap in gaps if gap.missing)


def units_without_plan(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Offices, stations and communities that have not handed in their plan.

    Source: seed 000: every office and community makes a plan. Others than these owe none.
    """
    return tuple(each for each in units if each.kind in _PLANNING and not each.plan_handed_in_on)


def missing_papers_of(
    organizations: Iterable[Organization],
    particulars: Iterable[Particulars],
    transitions: Iterable[Transition],
    communities: Mapping[str, str],
) -> tuple[MissingPapers, ...]:
    """Organizations that lack papers; `communities` are names by id.

    Filed and registered ones must have the data of the filing form and a charter; a matter that is under way,
    or by which the organization came in, must have the papers of its kind.
    """
    form_of = {each.organization_id: each for each in particulars}
    matters: defaultdict[str, list[Transition]] = defaultdict(list)
    for each in transitions:
        if each.outcome is None or (each.outcome is Outcome.APPROVED and each.kind in _ENTRIES):
            matters[each.organization_id].append(each)
    rows = (
        MissingPapers(
            each.id,
            each.name,
            communities.get(each.community_id or "", ""),
            (*_missing_form(each, form_of.get(each.id)), *_missing_in(matters[each.id])),
        )
        for each in living(organizations)
    )
    return tuple(row for row in rows if row.missing)


def _missing_form(organization: Organization, form: Particulars | None) -> tuple[str, ...]:
    if organization.standing not in (Standing.FILED, Standing.REGISTERED):
        return ()
    if form is None:
        return ("备案信息", "章程")
    return () if form.has_charter else ("章程",)


def _missing_in(matters: Iterable[Transition]) -> list[str]:
    titles = [f"{each.kind.label}：{title}" for each in matters for title in missing_papers(each)]
    return list(dict.fromkeys(titles))


def _rounded(figure: Decimal) -> Decimal:
    return figure.quantize(_CENT, ROUND_HALF_UP)
