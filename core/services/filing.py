"""The filing desk: matters from application to decision, what a decision changes, and what is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from core.errors import RuleViolation
from core.model.activities import Brand, GoodEvidence
from core.model.completeness_view import SEED_TARGETS, Completeness, Targets
from core.model.dates import PartialDate
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import DueFiling, FilingCase, MissingPapers
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.organization import Organization
from core.model.people import Unit
from core.model.register import Register
from core.model.tasks import GroupPaper, Holiday, Task
from core.ports import Clock, Reading, Store, Writing
from core.rules.completeness import (
    averages,
    community_counts,
    five_ones_gaps,
    group_gaps,
    missing_papers_of,
    party_coverage,
    units_without_plan,
)
from core.rules.filing import (
    allowed_kinds,
    applied,
    applied_to_particulars,
    check_allowed,
    clocks,
    state_of,
)
from core.rules.filing_checks import check_days, check_number, checked_change
from core.rules.filing_papers import CHANGE_TARGETS, change_target, missing_papers, required_papers
from core.rules.working_days import WorkingDays, exact_day
from core.services.derived import with_derived
from core.services.register import refuse_twin, store_organizations
from core.services.register_reading import read_register

_identity = attrgetter("name", "filing_number", "credit_code")


class FilingService:
    """Filing, registration, change, suspension and cancellation of organizations."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def open(self, transition: Transition) -> Transition:
        """Begin a matter; gives it back as it is kept, with today as its day where none is said.

        Raises:
            RuleViolation: it cannot follow from how the organization stands, or one like it is under way.
            InvalidInput: its days are not in order, or it does not say what is to be changed.
            NotFound: the organization is gone.
        """
        today = self._today()
        begun = replace(transition, applied_on=transition.applied_on or PartialDate.of(today))
        with self._store.writing(ActDraft(f"申请{begun.kind.label}", self._actor, begun.reason)) as work:
            begun = self._checked(work, begun)
            work.add(with_derived(work, [begun]))
        return begun

    def save(self, transition: Transition, reason: str = "") -> None:
        """Keep what became known of a matter: acceptance, opinions, papers; a decided one takes papers only.

        Raises:
            RuleViolation: it is decided, or is to be decided here and not by `decide`.
            InvalidInput: its days are not in order, or it does not say what is to be changed.
            Conflict: somebody changed it since it was read.
        """
        with self._store.writing(ActDraft("修改备案事项", self._actor, reason)) as work:
            stored = work.get(Transition, transition.id)
            if stored.outcome:
                _refuse_rewriting(stored, transition)
            else:
                _refuse_deciding(transition)
                transition = self._checked(work, transition)
            work.change(with_derived(work, [transition]))

    def decide(
        self,
        transition_id: str,
        outcome: Outcome,
        decided_on: PartialDate,
        number: str = "",
        reason: str = "",
    ) -> None:
        """End a matter; what is approved changes the organization in the same act.

        `number` is the filing number, or the credit code of a registration.

        Raises:
            RuleViolation: it is decided already, or the organization no longer stands so that it can be.
            InvalidInput: the day comes before another one, or the number cannot be one.
            Conflict: another organization has the name or the number.
            NotFound: the matter is gone.
        """
        with self._store.writing(ActDraft("办结备案事项", self._actor, reason)) as work:
            stored = work.get(Transition, transition_id)
            if stored.outcome:
                raise RuleViolation(
                    "already_decided",
                    f"这件“{stored.kind.label}”已经办结（{stored.outcome.label}）。",
                    "有误的，请在历史里撤销那一步再办。",
                )
            decided = replace(
                stored,
                outcome=outcome,
                decided_on=decided_on,
                number=check_number(stored.kind, number, reason) or stored.number,
                reason=stored.reason or reason,
            )
            check_days(decided, self._today())
            if outcome is Outcome.APPROVED:
                decided = self._carry_out(work, decided)
                # A new name went into the search key of this matter too.
                decided = replace(decided, version=work.get(Transition, decided.id).version)
            work.change(with_derived(work, [decided]))

    def of(self, organization_id: str) -> tuple[FilingCase, ...]:
        """All matters of an organization, newest first."""
        with self._store.reading() as view:
            office, working_days = _calendar(view)
            found = view.all(Transition, organization_id=organization_id)
        newest_first = sorted(found, key=lambda each: (str(each.applied_on or ""), each.id), reverse=True)
        return tuple(self._case(each, office, working_days) for each in newest_first)

    def allowed(self, organization_id: str) -> tuple[TransitionKind, ...]:
        """What may be applied for or decided about an organization as it stands."""
        with self._store.reading() as view:
            return allowed_kinds(view.get(Organization, organization_id))

    def required_papers(self, kind: TransitionKind, change_field: str = "") -> tuple[str, ...]:
        """Titles of the papers that a matter needs."""
        return tuple(each.title for each in required_papers(kind, change_field))

    def change_labels(self) -> tuple[str, ...]:
        """The words for what a change can be about."""
        return tuple(each.label for each in CHANGE_TARGETS)

    def due(self) -> tuple[DueFiling, ...]:
        """The steps that wait to be done, the most urgent first."""
        today = self._today()
        with self._store.reading() as view:
            office, working_days = _calendar(view)
            open_ones = view.all(Transition, outcome=None)
            names = _names(view, open_ones)
        waiting = [
            DueFiling(
                each.id, each.organization_id, names[each.organization_id], each.kind, state_of(each), clock
            )
            for each in open_ones
            for clock in clocks(each, office, working_days, today)
            if clock.done_on is None
        ]
        return tuple(sorted(waiting, key=lambda each: (each.clock.due_on, each.transition_id)))

    def missing_papers(self) -> tuple[MissingPapers, ...]:
        """Organizations that lack papers: of their matters, their filing form or their charter."""
        with self._store.reading() as view:
            return _missing_papers(view, read_register(view))

    def completeness(self, year: int | None = None, targets: Targets = SEED_TARGETS) -> Completeness:
        """What is there and what is missing; `year` is that of the groups' papers, None for any."""
        with self._store.reading() as view:
            register = read_register(view)
            organizations = [each.organization for each in register.organizations]
            names = {each.id: each.name for each in register.communities}
            counts = community_counts(register.communities, organizations, view.all(Brand), targets)
            papers, tasks = view.all(GroupPaper), view.all(Task)
            return Completeness(
                five_ones=five_ones_gaps(organizations, view.all(GoodEvidence), names),
                communities=counts,
                averages=averages(counts, targets),
                party=party_coverage(organizations),
                groups=group_gaps(register.work_groups, papers, tasks, year),
                units_without_plan=units_without_plan(view.all(Unit)),
                papers=_missing_papers(view, register),
            )

    def _today(self) -> date:
        return self._clock().date()

    def _case(self, transition: Transition, office: Office, working_days: WorkingDays) -> FilingCase:
        today = self._today()
        running = clocks(transition, office, working_days, today)
        since = exact_day(transition.applied_on)
        until = max((clock.due_on for clock in running), default=since)
        return FilingCase(
            transition,
            state_of(transition),
            running,
            missing_papers(transition),
            working_days.note(since, until) if since and until else "",
        )

    def _checked(self, work: Reading, transition: Transition) -> Transition:
        """The matter, fit to be kept as one under way."""
        organization = work.get(Organization, transition.organization_id)
        check_allowed(organization, transition.kind)
        check_days(transition, self._today())
        if transition.kind is TransitionKind.CHANGE:
            transition = checked_change(transition)
            transition = replace(transition, old_value=_present_value(work, organization, transition))
        others = work.all(Transition, organization_id=organization.id, outcome=None)
        _refuse_second(transition, organization, others)
        return transition

    def _carry_out(self, work: Writing, decided: Transition) -> Transition:
        """Change the organization as decided; gives back the matter with the value that was replaced."""
        organization = work.get(Organization, decided.organization_id)
        check_allowed(organization, decided.kind)
        if decided.kind is TransitionKind.CHANGE:
            decided = checked_change(decided)
            decided = replace(decided, old_value=_present_value(work, organization, decided))
            _change_particulars(work, decided)
        changed = applied(organization, decided)
        if _identity(changed) != _identity(organization):
            refuse_twin(changed, work.all(Organization))
        store_organizations(work, [changed], self._clock)
        return decided


def _missing_papers(view: Reading, register: Register) -> tuple[MissingPapers, ...]:
    return missing_papers_of(
        [each.organization for each in register.organizations],
        view.all(Particulars),
        view.all(Transition),
        {each.id: each.name for each in register.communities},
    )


def _refuse_rewriting(stored: Transition, given: Transition) -> None:
    """A decided matter keeps its facts; papers may still come in, and be remarked on."""
    unchanged = replace(
        stored,
        papers=given.papers,
        remarks=given.remarks,
        search_key=given.search_key,
        version=given.version,
    )
    if given != unchanged:
        raise RuleViolation(
            "already_decided",
            f"这件“{stored.kind.label}”已经办结，只能补材料和备注。",
            "有误的，请在历史里撤销“办结备案事项”再改。",
        )


def _refuse_deciding(transition: Transition) -> None:
    if transition.outcome or transition.decided_on:
        raise RuleViolation(
            "decide_apart", "这里不能直接填结果和办结日期。", "请用“办结”，组织的登记情况会同时改好。"
        )


def _refuse_second(transition: Transition, organization: Organization, others: Sequence[Transition]) -> None:
    target = change_target(transition.change_field)
    for each in others:
        same = each.kind is transition.kind and change_target(each.change_field) == target
        if each.id != transition.id and same:
            raise RuleViolation(
                "already_under_way",
                f"“{organization.name}”有一件“{transition.kind.label}”正在办理"
                f"（{each.applied_on or '未填日期'}申请）。",
                "请在那一件上接着办，或者先把它撤回。",
            )


def _present_value(view: Reading, organization: Organization, transition: Transition) -> str:
    """What now stands where the change will write."""
    target = change_target(transition.change_field)
    if target is None:
        return transition.old_value
    if target.kind is Organization:
        return str(getattr(organization, target.field))
    found = view.all(Particulars, organization_id=organization.id)
    return str(getattr(found[0], target.field)) if found else ""


def _change_particulars(work: Writing, decided: Transition) -> None:
    found = work.all(Particulars, organization_id=decided.organization_id)
    blank = Particulars(new_id(), decided.organization_id)
    before = found[0] if found else blank
    after = applied_to_particulars(before, decided)
    if after != before:
        keyed = with_derived(work, [after])
        work.change(keyed) if found else work.add(keyed)


def _calendar(view: Reading) -> tuple[Office, WorkingDays]:
    return _office(view), WorkingDays(view.all(Holiday))


def _office(view: Reading) -> Office:
    return next(iter(view.all(Office)), Office("", ""))


def _names(view: Reading, transitions: Sequence[Transition]) -> dict[str, str]:
    ids = list(dict.fromkeys(each.organization_id for each in transitions))
    return {each.id: each.name for each in view.some(Organization, ids)}
