"""What a document is filled with, read from the store by what it speaks of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from core.errors import NotFound
from core.model.assessment import Cycle
from core.model.award_payment import AwardPayment
from core.model.decision import Revocation
from core.model.document_text import About
from core.model.facts import Row
from core.model.outcome import Outcome
from core.model.tasks import Holiday
from core.model.written_document import WrittenDocument
from core.ports import Reading
from core.rules.facts_cycle import CycleFacts
from core.rules.facts_office import office_facts
from core.rules.facts_opening import opening_row
from core.rules.facts_payment import payment_row
from core.rules.facts_revocation import revocation_row
from core.rules.facts_subject import paper_row
from core.rules.working_days import WorkingDays
from core.services.award_money import ledger_lines
from core.services.cycle_reading import CycleInputs, computed_from, cycle_view, read_inputs
from core.services.office_reading import read_office
from core.services.register_facts import group_facts, lacking_facts, supervision_facts, transition_facts


@dataclass(frozen=True, slots=True)
class Copy:
    """One paper of a document: whom or what it is for, and the facts that fill it.

    `ref_id` and `recipient` are empty where the document is one paper for all. `counts` and `amounts` are
    what the text is checked against (`core.model.document_check.Known`); `unsettled` says why the data may
    not be told yet, empty where they may.
    """

    facts: Row
    ref_id: str = ""
    recipient: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    amounts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unsettled: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What facts are asked for: the document, the day it bears, today."""

    document: WrittenDocument
    dated_on: date
    today: date


ReadCopies: TypeAlias = Callable[[Reading, Asked], tuple[Copy, ...]]


def read_copies(view: Reading, about: About, asked: Asked) -> tuple[Copy, ...]:
    """The papers that a document makes, each with its facts.

    Raises:
        NotFound: what it speaks of is gone.
        RuleViolation: its assessment is not computed, or the results are stale.
    """
    common = office_facts(read_office(view), asked.document.year, asked.dated_on)
    copies = _READERS[about](view, asked)
    return tuple(replace(each, facts={**common, **each.facts}) for each in copies)


def _of_office(_view: Reading, _asked: Asked) -> tuple[Copy, ...]:
    return (Copy({}),)


def _of_opening(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    cycle = view.get(Cycle, asked.document.cycle_id)
    return (Copy(opening_row(cycle_view(view, cycle, read_inputs(view, cycle), ()))),)


def _of_cycle(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    facts = cycle_facts(view, asked)
    told, computed = _told(facts), facts.computed
    held = {subject.name for subject in computed.view.subjects if subject.id in computed.view.held}
    return (replace(told, facts={**facts.row, **payment_row(ledger_lines(view, computed), held)}),)


def _told(facts: CycleFacts) -> Copy:
    """What all papers of an assessment have in common."""
    return Copy(facts.row, counts=facts.counts, amounts=facts.amounts, unsettled=facts.unsettled)


def _of_subjects(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    facts = cycle_facts(view, asked)
    wanted = asked.document.ref_id
    if wanted and wanted not in facts.subject_ids:
        raise NotFound("subject_missing", "考核名单里没有这个对象，或者它的结果还不能公布。", "请重新选择。")
    told = _told(facts)
    return tuple(
        replace(
            told,
            facts={**facts.row, **paper_row(facts, each)},
            ref_id=each,
            recipient=str(facts.subject(each)["对象名称"]),
        )
        for each in ([wanted] if wanted else facts.subject_ids)
    )


def _of_revocations(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    cycle = view.get(Cycle, asked.document.cycle_id)
    inputs = read_inputs(view, cycle)
    facts = _facts_of(view, inputs, asked)
    wanted = asked.document.ref_id
    standing = [
        each
        for each in inputs.settled.revocations
        if not each.lifted and each.subject_id in facts.subject_ids and wanted in ("", each.id)
    ]
    if wanted and not standing:
        raise NotFound("revocation_missing", "没有这个撤销决定，或者它已经取消。", "请重新选择。")
    known = view.all(AwardPayment, year=cycle.year, cycle=cycle.code)
    told = _told(facts)
    return tuple(
        replace(
            told,
            facts={**facts.row, **revocation_row(facts, _without(inputs, each), each, known)},
            ref_id=each.id,
            recipient=str(facts.subject(each.subject_id)["对象名称"]),
        )
        for each in standing
    )


def _without(inputs: CycleInputs, revocation: Revocation) -> Outcome:
    """What the assessment comes to without a revocation."""
    others = tuple(each for each in inputs.settled.revocations if each.id != revocation.id)
    return replace(inputs, settled=inputs.settled._replace(revocations=others)).outcome()


def cycle_facts(view: Reading, asked: Asked) -> CycleFacts:
    """The facts of the computed assessment that a document speaks of.

    Raises:
        NotFound: it is gone.
        RuleViolation: it is not computed, or the results are stale.
    """
    cycle = view.get(Cycle, asked.document.cycle_id)
    return _facts_of(view, read_inputs(view, cycle), asked)


def _facts_of(view: Reading, inputs: CycleInputs, asked: Asked) -> CycleFacts:
    computed = computed_from(view, inputs)
    calendar = WorkingDays(view.all(Holiday))
    return CycleFacts(computed, calendar, asked.today, inputs.computation.verdicts)


def _of_groups(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    return (Copy(group_facts(view, asked.document.ref_id, asked.dated_on)),)


def _of_lacking(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    found = lacking_facts(view, asked.document.ref_id, asked.dated_on)
    return tuple(Copy(facts, each, str(facts["组织"])) for each, facts in found.items())


def _of_transition(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    facts = transition_facts(view, asked.document.ref_id, asked.dated_on)
    return (Copy(facts, asked.document.ref_id, str(facts["组织"])),)


def _of_overdue(view: Reading, asked: Asked) -> tuple[Copy, ...]:
    found = supervision_facts(view, asked.document.ref_id, asked.dated_on, asked.today)
    return tuple(Copy(facts, each, str(facts["责任方"])) for each, facts in found.items())


_READERS: Mapping[About, ReadCopies] = {
    About.OFFICE: _of_office,
    About.OPENING: _of_opening,
    About.CYCLE: _of_cycle,
    About.SUBJECT: _of_subjects,
    About.REVOCATION: _of_revocations,
    About.GROUP: _of_groups,
    About.ORGANIZATION: _of_lacking,
    About.TRANSITION: _of_transition,
    About.TASK: _of_overdue,
}
