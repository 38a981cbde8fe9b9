"""Which work group looks after an organization: its category's, unless a person decided otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.model.identity import new_id, new_ids
from core.model.organization import Assignment, Organization, WorkGroup


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """Assignments that begin, and standing ones that end."""

    begun: tuple[Assignment, ...]
    ended: tuple[Assignment, ...]


def plan_assignments(
    organizations: Iterable[Organization],
    current: Iterable[Assignment],
    groups: Sequence[WorkGroup],
    today: date,
) -> AssignmentPlan:
    """What must begin and end so that each organization is with its category's group.

    `current` may hold ended assignments, which are passed over; those decided by hand stay.
    Source: seed 000 sorts filed organizations by class, one group each.
    """
    standing = {each.organization_id: each for each in current if not each.until_on}
    group_of = {group.category_id: group.id for group in groups}
    day = today.isoformat()
    places: list[tuple[str, str]] = []
    ended: list[Assignment] = []
    for organization in organizations:
        wanted = group_of.get(organization.category_id or "")
        held = standing.get(organization.id)
        if held and (held.by_hand or held.work_group_id == wanted):
            continue
        if held:
            ended.append(replace(held, until_on=day))
        if wanted:
            places.append((organization.id, wanted))
    begun = tuple(
        Assignment(record_id, *place, day)
        for record_id, place in zip(new_ids(len(places)), places, strict=True)
    )
    return AssignmentPlan(begun, tuple(ended))


def plan_move(
    organization_ids: Iterable[str], current: Iterable[Assignment], work_group_id: str, today: date
) -> AssignmentPlan:
    """What must begin and end so that these organizations are with one group, by decision of a person."""
    standing = {each.organization_id: each for each in current if not each.until_on}
    begun: list[Assignment] = []
    ended: list[Assignment] = []
    for organization_id in organization_ids:
        held = standing.get(organization_id)
        if held and held.work_group_id == work_group_id:
            continue
        if held:
            ended.append(replace(held, until_on=today.isoformat()))
        begun.append(Assignment(new_id(), organization_id, work_group_id, today.isoformat(), by_hand=True))
    return AssignmentPlan(tuple(begun), tuple(ended))
