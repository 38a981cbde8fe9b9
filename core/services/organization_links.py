"""All that hangs on an organization: moved to another one when two records are merged, removed with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from core.errors import RuleViolation
from core.model.assessment import Cycle, Subject
from core.model.attachment import Attachment
from core.model.ledger import Field, Ledger
from core.model.ledgers import LEDGERS
from core.model.organization import Assignment, Organization
from core.ports import Clock, Reading, Writing
from core.rules.ledger_checks import record_key
from core.rules.merging import filled
from core.services.cycle_reading import read_inputs
from core.services.derived import with_derived


def organization_fields() -> Iterator[tuple[Ledger, Field]]:
    """The fields of all ledgers that refer to organizations."""
    for ledger in LEDGERS.values():
        for field in ledger.links:
            if field.target is Organization:
                yield ledger, field


def link_counts(view: Reading, organization_id: str) -> tuple[tuple[str, int], ...]:
    """How many records of each kind hang on an organization, by the word for the kind."""
    counts: Counter[str] = Counter()
    for ledger, field in organization_fields():
        counts[ledger.label] += view.count(ledger.kind, **{field.name: organization_id})
    counts["考核年度"] = view.count(Subject, organization_id=organization_id)
    counts["归组"] = view.count(Assignment, organization_id=organization_id)
    counts["附件"] = view.count(Attachment, owner_id=organization_id)
    return tuple((label, count) for label, count in counts.items() if count)


def assessed_years(view: Reading, organization_id: str) -> tuple[int, ...]:
    """The years whose assessment the organization is in."""
    subjects = view.all(Subject, organization_id=organization_id)
    return tuple(sorted(view.get(Cycle, each.cycle_id).year for each in subjects))


def years_of_both(view: Reading, one: Organization, other: Organization) -> str:
    """Why two organizations cannot be merged: years that both are in; empty if there is none."""
    both = set(assessed_years(view, one.id)) & set(assessed_years(view, other.id))
    if not both:
        return ""
    years = "、".join(map(str, sorted(both)))
    return f"“{one.name}”和“{other.name}”都参加了 {years} 年度考核，合并后同一年会有两份成绩。"


def move_links(work: Writing, duplicate: Organization, kept: Organization, clock: Clock) -> None:
    """Let all that hangs on the duplicate hang on the kept organization.

    Raises:
        RuleViolation: both are in the same year's assessment.
    """
    if why := years_of_both(work, kept, duplicate):
        raise RuleViolation(
            "merge_assessed", why, "请保留两个组织，把重复的那一个注销；或者先撤销那一年的“开启考核”。"
        )
    _move_ledgers(work, duplicate.id, kept.id)
    _move_subjects(work, duplicate.id, kept.id)
    _move_assignments(work, duplicate.id, kept.id, clock().date().isoformat())
    _move_attachments(work, duplicate.id, kept.id)
    earlier = work.all(Organization, merged_into=duplicate.id)
    work.change([replace(each, merged_into=kept.id) for each in earlier])


def remove_links(work: Writing, organization_id: str) -> None:
    """Remove what is the organization's own; records that can do without it lose the link only.

    Attachments stay: they come back with their record.
    """
    for ledger, field in organization_fields():
        found = work.all(ledger.kind, **{field.name: organization_id})
        if field.required:
            work.remove(found)
        else:
            work.change(with_derived(work, [replace(each, **{field.name: ""}) for each in found]))
    work.remove(work.all(Assignment, organization_id=organization_id))


def _move_ledgers(work: Writing, from_id: str, to_id: str) -> None:
    for ledger, field in organization_fields():
        moving = work.all(ledger.kind, **{field.name: from_id})
        if moving:
            standing = work.all(ledger.kind, **{field.name: to_id})
            moved = [replace(each, **{field.name: to_id}) for each in moving]
            _move_records(work, ledger, moved, standing)


def _move_records(work: Writing, ledger: Ledger, moved: list[Any], standing: tuple[Any, ...]) -> None:
    """Keep moved records; one that is there already fills the standing one and goes."""
    twins = {record_key(ledger, each): each for each in standing}
    staying: dict[str, Any] = {}
    for each in moved:
        key = record_key(ledger, each)
        if twin := twins.get(key):
            twins[key] = staying[twin.id] = filled(ledger, twin, each)
            work.remove([each])
            _move_attachments(work, each.id, twin.id)
        else:
            twins[key] = staying[each.id] = each
    work.change(with_derived(work, list(staying.values())))


def _move_subjects(work: Writing, from_id: str, to_id: str) -> None:
    """Computed cycles stay as they are: no result depends on the id of an organization."""
    subjects = work.all(Subject, organization_id=from_id)
    if not subjects:
        return
    fresh = [each for each in work.all(Cycle) if each.digest and each.digest == _digest(work, each)]
    work.change([replace(each, organization_id=to_id) for each in subjects])
    work.change([replace(each, digest=_digest(work, each)) for each in fresh])


def _digest(view: Reading, cycle: Cycle) -> str:
    return read_inputs(view, cycle, lean=True).digest


def _move_assignments(work: Writing, from_id: str, to_id: str, today: str) -> None:
    """An organization is with one group: where the kept one has its own, the duplicate's ends."""
    placed = work.count(Assignment, organization_id=to_id, until_on="")
    work.change(
        [
            replace(each, organization_id=to_id, until_on=each.until_on or (today if placed else ""))
            for each in work.all(Assignment, organization_id=from_id)
        ]
    )


def _move_attachments(work: Writing, from_id: str, to_id: str) -> None:
    work.change([replace(each, owner_id=to_id) for each in work.all(Attachment, owner_id=from_id)])
