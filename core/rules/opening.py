"""Who takes part in a cycle when it is opened, and which facts about them are frozen (R11, R21)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.model.assessment import FrozenFact, Subject
from core.model.condition import OPENED_ON, Fact
from core.model.identity import new_id
from core.model.opening import Participant
from core.model.organization import Community
from core.model.penalty import Penalty
from core.model.people import Unit
from core.model.register import OrganizationSummary
from core.model.scheme import Scheme, SubjectSource
from core.rules.entry_bars import bar_reason
from core.rules.vague_days import last_day


def frozen_subjects(
    scheme: Scheme,
    cycle_id: str,
    opened_on: date,
    organizations: Sequence[OrganizationSummary],
    communities: Sequence[Community],
    units: Sequence[Unit],
    participants: Sequence[Participant],
    penalties: Iterable[Penalty],
) -> tuple[Subject, ...]:
    """The subjects of a new cycle in the office's order, those that are not assessed with the reason.

    Of the `penalties` an organization's last one is frozen as far as it stands (R13).
    """
    penalized = last_penalties(penalties)
    drafts: Mapping[SubjectSource, Callable[[], Iterator[Subject]]] = {
        SubjectSource.ORGANIZATIONS: lambda: (_organization(one, penalized) for one in organizations),
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


def last_penalties(penalties: Iterable[Penalty]) -> Mapping[str, str]:
    """The day of the last penalty by the organization's id; one that was annulled is none.

    A date without a day or month counts as its last day, as the condition counts it.
    """
    found: dict[str, str] = {}
    for each in penalties:
        day, known = str(each.penalized_on or ""), found.get(each.organization_id, "")
        if day and not each.annulled_on and last_day(day) > last_day(known):
            found[each.organization_id] = day
    return found


def _organization(summary: OrganizationSummary, penalized: Mapping[str, str]) -> Subject:
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
                Fact.LAST_PENALTY_ON: penalized.get(summary.id, ""),
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
