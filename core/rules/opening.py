"""Who takes part in a cycle when it is opened, and which facts about them are frozen (R11, R21)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.model.assessment import FrozenFact, Subject
from core.model.condition import OPENED_ON, Fact
from core.model.identity import new_id
from core.model.opening import Participant
from core.model.organization import Community
from core.model.people import Unit
from core.model.register import OrganizationSummary
from core.model.scheme import Scheme, SubjectSource
from core.rules.entry_bars import bar_reason


def frozen_subjects(
    scheme: Scheme,
    cycle_id: str,
    opened_on: date,
    organizations: Sequence[OrganizationSummary],
    communities: Sequence[Community],
    units: Sequence[Unit],
    participants: Sequence[Participant],
) -> tuple[Subject, ...]:
    """The subjects of a new cycle in the office's order, those that are not assessed with the reason."""
    drafts: Mapping[SubjectSource, Callable[[], Iterator[Subject]]] = {
        SubjectSource.ORGANIZATIONS: lambda: map(_organization, organizations),
        SubjectSource.COMMUNITIES: lambda: map(_community, communities),
        SubjectSource.UNITS: lambda: map(_unit, units),
        SubjectSource.LIST: lambda: map(_participant, participants),
    }
    opened = FrozenFact(OPENED_ON, opened_on.isoformat())
    subjects = []
    for position, draft in enumerate(drafts[scheme.subjects.source](), start=1):
        subject = replace(
            draft,
            id=new_id(),
            cycle_id=cycle_id,
            kind=draft.kind or scheme.subjects.kind,
            position=position,
            facts=(*draft.facts, opened),
        )
        subjects.append(replace(subject, barred=bar_reason(scheme, subject, opened_on)))
    return tuple(subjects)


def _organization(summary: OrganizationSummary) -> Subject:
    each = summary.organization
    return Subject(
        id="",
        cycle_id="",
        organization_id=summary.id,
        name=each.name,
        category=summary.category,
        community=summary.community,
        filed_on=str(each.founded_on or ""),
        previous_grade=each.previous_grade,
        facts=_facts(
            {
                Fact.STANDING: each.standing.label if each.standing else "",
                Fact.STATUS: each.status.label,
                Fact.PARTY_ORGANIZATION: each.party_organization.label if each.party_organization else "",
                Fact.MEMBERS: _count(each.members),
                Fact.VOLUNTEERS: _count(each.volunteers),
                Fact.TAGS: "、".join(each.tags),
            }
        ),
    )


def _community(community: Community) -> Subject:
    kind = community.kind.label
    return Subject("", "", "", community.name, category=kind, kind=kind, ref_id=community.id)


def _unit(unit: Unit) -> Subject:
    kind = unit.kind.label if unit.kind else ""
    return Subject("", "", "", unit.name, category=kind, kind=kind, ref_id=unit.id)


def _participant(given: Participant) -> Subject:
    return Subject("", "", "", given.name, category=given.category, kind=given.kind)


def _facts(texts: Mapping[Fact, str]) -> tuple[FrozenFact, ...]:
    return tuple(FrozenFact(fact.value, text) for fact, text in texts.items() if text)


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
