"""What a document can be about: for each kind that needs to be told, what there is to choose from."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from core.model.document_text import About
from core.model.filing import Transition
from core.model.finding import Find
from core.model.organization import Organization
from core.model.written_document import WrittenDocument
from core.ports import Clock, Reading, Store
from core.rules.facts_supervision import by_owner, owner_of
from core.services.cycle_reading import find_cycle
from core.services.document_facts import Asked, read_copies
from core.services.register_facts import lacking, overdue
from core.services.register_reading import read_places

Choice: TypeAlias = tuple[str, str]
"""The id that `Wanted.ref_id` takes, and its words."""

NEEDED = frozenset({About.TRANSITION})
"""Documents that cannot be about all that there is."""


class DocumentSubjectService:
    """Says what a new document can be about."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Look into this store."""
        self._store = store
        self._clock = clock

    def choices(self, about: About, year: int, cycle: str = "") -> tuple[Choice, ...]:
        """What can be chosen; without a choice a document is about all of it, but for those of `NEEDED`.

        None for what needs no choice. Matters, groups, tasks and missing papers are those of today, whatever
        the year.

        Raises:
            NotFound: there is no such cycle.
            RuleViolation: the assessment is not computed, or the results are stale.
        """
        with self._store.reading() as view:
            if about in (About.SUBJECT, About.REVOCATION):
                return self._of_cycle(view, about, year, find_cycle(view, year, cycle).id)
            find = _CHOICES.get(about)
            return find(view, self._clock().date()) if find else ()

    def _of_cycle(self, view: Reading, about: About, year: int, cycle_id: str) -> tuple[Choice, ...]:
        today = self._clock().date()
        asked = Asked(WrittenDocument("", "", year, "", "", cycle_id=cycle_id), today, today)
        return tuple((each.ref_id, each.recipient) for each in read_copies(view, about, asked))


def _groups(view: Reading, _today: date) -> tuple[Choice, ...]:
    return tuple((each.id, each.name) for each in read_places(view).work_groups)


def _lacking(view: Reading, _today: date) -> tuple[Choice, ...]:
    return tuple(
        (each.organization_id, f"{each.organization}：缺 {len(each.missing)} 项") for each in lacking(view)
    )


def _transitions(view: Reading, _today: date) -> tuple[Choice, ...]:
    """The matters, the newest first."""
    found = view.some(Transition, view.find(Transition, Find(order="applied_on", descending=True)))
    wanted = list(dict.fromkeys(each.organization_id for each in found))
    names = {each.id: each.name for each in view.some(Organization, wanted)}
    return tuple((each.id, f"{names.get(each.organization_id, '')}：{_stands(each)}") for each in found)


def _stands(transition: Transition) -> str:
    outcome = transition.outcome.label if transition.outcome else "在办"
    day = transition.decided_on or transition.applied_on
    return "，".join(
        filter(None, (f"{transition.kind.label}{transition.change_field}", outcome, str(day or "")))
    )


def _overdue(view: Reading, today: date) -> tuple[Choice, ...]:
    """Whoever has overdue tasks, each followed by the single ones where there are several."""
    made: list[Choice] = []
    for owner, items in by_owner(overdue(view, today)).items():
        name = owner_of(items[0])[1]
        if len(items) > 1:
            made.append((owner, f"{name}：逾期 {len(items)} 项"))
        made += [(each.record_id, f"{name}：{each.title}，{each.deadline.words}") for each in items]
    return tuple(made)


_CHOICES: Mapping[About, Callable[[Reading, date], tuple[Choice, ...]]] = {
    About.GROUP: _groups,
    About.ORGANIZATION: _lacking,
    About.TRANSITION: _transitions,
    About.TASK: _overdue,
}
