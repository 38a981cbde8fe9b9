"""How every desk reads the register: with its places, or only its figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from core.model.organization import Assignment, Category, Community, Organization, WorkGroup
from core.model.people import Post, PostKind
from core.model.register import LISTED, OrganizationSummary, Places, Register, RegisterFigures
from core.ports import Source


def read_register(view: Source) -> Register:
    """The register as a view of the store shows it, without duplicates that were merged."""
    organizations = [each for each in view.all(Organization) if not each.merged_into]
    organizations.sort(key=lambda each: each.position)
    places = read_places(view)
    group_of = {each.organization_id: each.work_group_id for each in view.all(Assignment, until_on="")}
    return Register(
        places.communities, places.categories, places.work_groups, summaries(organizations, places, group_of)
    )


def read_figures(view: Source) -> RegisterFigures:
    """The figures of the register as a view of the store shows it: counted there, no organization is read."""
    counts: dict[str, Counter[Any]] = {"standing": Counter(), "status": Counter(), "category_id": Counter()}
    for values, count in view.tally(Organization, tuple(counts), LISTED).items():
        for counter, value in zip(counts.values(), values, strict=True):
            counter[value] += count
    places = read_places(view)
    return RegisterFigures(
        places.communities,
        places.categories,
        places.work_groups,
        of_standing=counts["standing"],
        of_status=counts["status"],
        in_category=counts["category_id"],
        unreachable=_names_where(view, "phones", ()),
        unclassed=_names_where(view, "category_id", None),
        lead_posts=view.all(Post, kind=PostKind.LEAD_LEADER),
    )


def _names_where(view: Source, field: str, value: object) -> tuple[str, ...]:
    listed = replace(LISTED, equal=(*LISTED.equal, (field, value)))
    return tuple([name for (name,) in view.values(Organization, ("name",), listed)])


def read_places(view: Source) -> Places:
    """What organizations belong to, in the office's order."""
    return Places(
        tuple(sorted(view.all(Community), key=lambda each: each.position)),
        tuple(sorted(view.all(Category), key=lambda each: each.number)),
        tuple(sorted(view.all(WorkGroup), key=lambda each: each.position)),
    )


def summaries(
    organizations: Iterable[Organization], places: Places, group_of: Mapping[str, str]
) -> tuple[OrganizationSummary, ...]:
    """The rows of organizations in their order; `group_of` gives the work group's id by organization."""
    communities = {each.id: each.name for each in places.communities}
    categories = {each.id: each.name for each in places.categories}
    groups = {each.id: each.name for each in places.work_groups}
    return tuple(
        OrganizationSummary(
            each,
            communities.get(each.community_id or "", ""),
            categories.get(each.category_id or "", ""),
            groups.get(group_of.get(each.id, ""), ""),
            group_of.get(each.id, ""),
        )
        for each in organizations
    )
