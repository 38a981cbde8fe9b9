"""Results of earlier cycles of the same scheme, for conditions over years and comparison (R19, R20)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from core.model.assessment import Cycle, CycleState, Result, SchemeText, Subject
from core.model.cycle_view import ranked_among
from core.model.earlier import EarlierResult
from core.model.finding import Find, Then
from core.model.scheme import RankWithin, Scheme
from core.ports import Reading

_FINISHED = (CycleState.ANNOUNCED, CycleState.ARCHIVED)
_UNFROZEN = (CycleState.OPEN, CycleState.COMPUTED)


def read_earlier(view: Reading, cycle: Cycle, scheme: Scheme) -> tuple[EarlierResult, ...]:
    """What subjects got before in cycles of the same scheme, newest first.

    That are its finished cycles of the years before, and those of the same year that were opened before: the
    first quarter is seen from the second. Where a year has several, only those count that assessed somebody
    of this cycle: the scheme may also be applied to others. A frozen cycle sees all as it stood when it was
    frozen (R21): what is revoked or announced later does not change it.
    """
    frozen_by = _frozen_by(view, cycle)
    found = _before(view, cycle, scheme, frozen_by)
    return tuple(
        replace(result, number=number)
        for each, number in reversed(found)
        for result in _results_of(view, each, scheme, frozen_by)
    )


def told_without_groups(earlier: Sequence[EarlierResult], scheme: Scheme) -> tuple[EarlierResult, ...]:
    """The same as it was told when nobody asked who was ranked together, and kinds were counted as one."""
    if scheme.rank_within is not RankWithin.KIND:
        return tuple(replace(each, among="") for each in earlier)
    ranked = Counter((each.year, each.number) for each in earlier if each.rank)
    return tuple(
        replace(each, among="", of=ranked[each.year, each.number] if each.rank else 0) for each in earlier
    )


def _before(view: Reading, cycle: Cycle, scheme: Scheme, frozen_by: int) -> list[tuple[Cycle, int]]:
    """The finished cycles before, the first opened first, each with its number within a year of several."""
    texts = {each.id for each in view.all(SchemeText, code=scheme.code)}
    known = view.as_of(Cycle, frozen_by) if frozen_by else view.all(Cycle)
    opened = sorted((each for each in known if each.scheme_id in texts), key=lambda one: (one.year, one.id))
    before = opened[: [each.id for each in opened].index(cycle.id)]
    alike = _alike(view, cycle, [*before, cycle])
    found: list[tuple[Cycle, int]] = []
    for _, group in groupby(alike, key=lambda one: one.year):
        of_year = list(group)
        numbers = range(1, len(of_year) + 1) if len(of_year) > 1 else (0,)
        found += [
            pair
            for pair in zip(of_year, numbers, strict=True)
            if pair[0].state in _FINISHED and pair[0].id != cycle.id
        ]
    return found


def _alike(view: Reading, cycle: Cycle, cycles: Sequence[Cycle]) -> list[Cycle]:
    """The cycles less those of a year with several that assessed nobody of this cycle."""
    count = Counter(each.year for each in cycles)
    if max(count.values()) == 1:
        return list(cycles)
    own = _references(view, cycle)
    return [
        each
        for each in cycles
        if count[each.year] == 1 or each.id == cycle.id or not own.isdisjoint(_references(view, each))
    ]


def _references(view: Reading, cycle: Cycle) -> set[str]:
    query = Find(equal=(("cycle_id", cycle.id),))
    return {
        organization_id or ref_id or name
        for organization_id, ref_id, name in view.values(
            Subject, ("organization_id", "ref_id", "name"), query
        )
    }


def _frozen_by(view: Reading, cycle: Cycle) -> int:
    """The number of the act that froze the cycle; 0 if it is not frozen."""
    if cycle.state in _UNFROZEN:
        return 0
    acts = [
        act.number
        for act, change in view.history(cycle.id)
        if (change.before or {}).get("state") in _UNFROZEN
        and (change.after or {}).get("state", CycleState.OPEN) not in _UNFROZEN
    ]
    return acts[-1]


def _results_of(view: Reading, cycle: Cycle, scheme: Scheme, frozen_by: int) -> Iterable[EarlierResult]:
    results = view.all(Result, cycle_id=cycle.id)
    if frozen_by:
        results = _as_of(view, results, cycle, frozen_by)
    subjects = {each.id: each for each in view.all(Subject, cycle_id=cycle.id)}
    group_of = {
        each.subject_id: ranked_among(scheme.rank_within, subjects[each.subject_id])
        for each in results
        if each.rank
    }
    ranked = Counter(group_of.values())
    for each in results:
        subject = subjects[each.subject_id]
        yield EarlierResult(
            year=cycle.year,
            subject_ref=subject.organization_id or subject.ref_id,
            name=subject.name,
            state=each.state,
            final=each.final,
            grade=each.grade,
            rank=each.rank,
            of=ranked[group_of[each.subject_id]] if each.rank else 0,
            award=each.award,
            among=group_of.get(each.subject_id, ""),
        )


def _as_of(view: Reading, results: Sequence[Result], cycle: Cycle, act_number: int) -> tuple[Result, ...]:
    untouched = view.find(Result, Find(equal=(("cycle_id", cycle.id),)), Then(act_number, ()))
    if len(untouched) == len(results):
        return tuple(results)
    return view.as_of(Result, act_number, [each.id for each in results])
