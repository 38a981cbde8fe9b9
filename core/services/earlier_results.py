"""Results of earlier years of the same scheme, for conditions over years and comparison (R19, R20)."""

from collections import Counter
from collections.abc import Iterable, Sequence

from core.model.assessment import Cycle, CycleState, Result, SchemeText, Subject
from core.model.earlier import EarlierResult
from core.model.finding import Find, Then
from core.model.scheme import RankWithin, Scheme
from core.ports import Reading

_FINISHED = (CycleState.ANNOUNCED, CycleState.ARCHIVED)
_FREEZING = {CycleState.REPORTED, CycleState.NOTICED}


def read_earlier(view: Reading, cycle: Cycle, scheme: Scheme) -> tuple[EarlierResult, ...]:
    """What subjects got in the years before, newest first; of each year one cycle of the scheme's code.

    It is the one with the cycle's own code, or else the last opened. A frozen cycle sees the results as they
    stood when it was frozen (R21): what is revoked later in an earlier year does not change it.
    """
    texts = {each.id for each in view.all(SchemeText, code=scheme.code)}
    found: dict[int, Cycle] = {}
    for each in view.all(Cycle):
        if each.scheme_id in texts and each.year < cycle.year and each.state in _FINISHED:
            known = found.get(each.year)
            if known is None or known.code != cycle.code:
                found[each.year] = each
    frozen_by = _frozen_by(view, cycle) if found else 0
    return tuple(
        result
        for year in sorted(found, reverse=True)
        for result in _results_of(view, found[year], scheme, frozen_by)
    )


def _frozen_by(view: Reading, cycle: Cycle) -> int:
    """The number of the act that froze the cycle; 0 if it is not frozen."""
    if cycle.state in (CycleState.OPEN, CycleState.COMPUTED):
        return 0
    acts = [
        act.number
        for act, change in view.history(cycle.id)
        if (change.before or {}).get("state") == CycleState.COMPUTED
        and (change.after or {}).get("state") in _FREEZING
    ]
    return acts[-1]


def _results_of(view: Reading, cycle: Cycle, scheme: Scheme, frozen_by: int) -> Iterable[EarlierResult]:
    results = view.all(Result, cycle_id=cycle.id)
    if frozen_by:
        results = _as_of(view, results, cycle, frozen_by)
    subjects = {each.id: each for each in view.all(Subject, cycle_id=cycle.id)}
    group_of = {
        each.subject_id: _group(scheme.rank_within, subjects[each.subject_id])
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
        )


def _as_of(view: Reading, results: Sequence[Result], cycle: Cycle, act_number: int) -> tuple[Result, ...]:
    untouched = view.find(Result, Find(equal=(("cycle_id", cycle.id),)), Then(act_number, ()))
    if len(untouched) == len(results):
        return tuple(results)
    return view.as_of(Result, act_number, [each.id for each in results])


def _group(within: RankWithin, subject: Subject) -> str:
    return subject.category if within is RankWithin.CATEGORY else ""
