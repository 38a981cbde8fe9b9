"""What a change to a selection of organizations does to each, and for which it cannot be."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import InvalidInput
from core.model.organization import (
    Assignment,
    Category,
    Community,
    Organization,
    PartyOrganization,
    Status,
    WorkGroup,
)
from core.model.register_changes import BulkChange, BulkField, BulkLine, BulkPreview
from core.rules.cell_values import name_key, read_text
from core.rules.filing import CLOSED

_LONGEST_TAG = 20
_Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """The preview, and the organizations as they will be; for a work group, `moved` names who goes there."""

    preview: BulkPreview
    changed: tuple[Organization, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulkContext:
    """The register that a bulk change works on."""

    organizations: Sequence[Organization]
    communities: Sequence[Community]
    categories: Sequence[Category]
    work_groups: Sequence[WorkGroup]
    assignments: Sequence[Assignment]


def plan_bulk(ids: Iterable[str], change: BulkChange, context: BulkContext) -> BulkPlan:
    """What the change does to the organizations with these ids; those that are gone are left out.

    Raises:
        InvalidInput: the new value is none that the field can have.
    """
    shown = _names(context)[change.field]
    value = _checked(change, shown)
    by_id = {each.id: each for each in context.organizations}
    group_of = {each.organization_id: each.work_group_id for each in context.assignments if not each.until_on}
    moves = change.field is BulkField.WORK_GROUP
    refusal = _refusals(change.field, value, context.organizations)
    lines: list[BulkLine] = []
    changed: list[Organization] = []
    chosen = [by_id[one] for one in dict.fromkeys(ids) if one in by_id]
    for each in chosen:
        after = each if moves else _with(each, change.field, value)
        old = group_of.get(each.id, "") if moves else _text(each, change.field)
        new = value if moves else _text(after, change.field)
        if old != new:
            line = BulkLine(each.id, each.name, shown.get(old, old), shown.get(new, new), refusal(each))
            lines.append(line)
            changed += [] if line.refused else [after]
    preview = BulkPreview(
        tuple(line for line in lines if not line.refused),
        tuple(line for line in lines if line.refused),
        len(chosen) - len(lines),
    )
    return BulkPlan(preview, () if moves else tuple(changed), tuple(each.id for each in changed if moves))


def _names(context: BulkContext) -> Mapping[BulkField, Mapping[str, str]]:
    """The names of the values that each field can have."""
    return {
        BulkField.CATEGORY: {each.id: each.name for each in context.categories} | {"": "—"},
        BulkField.COMMUNITY: {each.id: each.name for each in context.communities} | {"": "—"},
        BulkField.WORK_GROUP: {each.id: each.name for each in context.work_groups},
        BulkField.STATUS: {each.value: each.label for each in Status},
        BulkField.PARTY_ORGANIZATION: {each.value: each.label for each in PartyOrganization} | {"": "—"},
        BulkField.ADD_TAG: {},
        BulkField.REMOVE_TAG: {},
    }


def _checked(change: BulkChange, values: Mapping[str, str]) -> str:
    if change.field in (BulkField.ADD_TAG, BulkField.REMOVE_TAG):
        read = read_text(change.value, _LONGEST_TAG)
        if not read.value or read.remarks or "、" in read.value:
            raise InvalidInput(
                "tag_odd", "标签是空的、太长，或者含有顿号。", f"请写一个不超过 {_LONGEST_TAG} 个字的词。"
            )
        return read.value
    if change.value not in values:
        raise InvalidInput(
            "bulk_value", f"“{change.field.label}”没有选好，或选的那一项已被删除。", "请重新选择。"
        )
    return change.value


def _with(organization: Organization, field: BulkField, value: str) -> Organization:
    match field:
        case BulkField.CATEGORY:
            return replace(organization, category_id=value or None)
        case BulkField.COMMUNITY:
            return replace(organization, community_id=value or None)
        case BulkField.STATUS:
            return replace(organization, status=Status(value))
        case BulkField.PARTY_ORGANIZATION:
            return replace(organization, party_organization=PartyOrganization(value) if value else None)
        case BulkField.ADD_TAG:
            return replace(organization, tags=tuple(dict.fromkeys((*organization.tags, value))))
        case _:
            return replace(organization, tags=tuple(each for each in organization.tags if each != value))


def _text(organization: Organization, field: BulkField) -> str:
    match field:
        case BulkField.CATEGORY:
            return organization.category_id or ""
        case BulkField.COMMUNITY:
            return organization.community_id or ""
        case BulkField.STATUS:
            return organization.status.value
        case BulkField.PARTY_ORGANIZATION:
            return organization.party_organization.value if organization.party_organization else ""
        case _:
            return "、".join(organization.tags)


def _refusals(
    field: BulkField, value: str, organizations: Sequence[Organization]
) -> Callable[[Organization], str]:
    """A function that says why an organization cannot get the value; empty if it can.

    Its own duplicates, merged into it, keep it from no place.
    """
    taken: defaultdict[_Place, set[str]] = defaultdict(set)
    if field is BulkField.COMMUNITY:
        for each in organizations:
            taken[_place(each, each.community_id)].add(each.merged_into or each.id)

    def why(organization: Organization) -> str:
        if organization.merged_into:
            return "已并入另一个组织"
        if organization.status in CLOSED and field in (BulkField.STATUS, BulkField.WORK_GROUP):
            return f"{organization.status.label}，不能再改{field.label}"
        if field is BulkField.COMMUNITY:
            there = taken[_place(organization, value or None)]
            if there - {organization.id}:
                return "那个社区（村）里已经有同名组织"
            there.add(organization.id)
        return ""

    return why


def _place(organization: Organization, community_id: str | None) -> _Place:
    return name_key(organization.name), community_id
