"""Computing a cycle inside an act, and keeping its results."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter

from core.model.assessment import Cycle, CycleState, Result
from core.model.cycle_view import ComputedYear
from core.model.earlier import EarlierResult
from core.model.identity import new_ids
from core.ports import Writing
from core.services.cycle_reading import cycle_view, read_inputs


def compute_and_keep(
    work: Writing, cycle: Cycle, now: datetime, earlier: tuple[EarlierResult, ...] | None = None
) -> ComputedYear:
    """Compute a cycle and keep its results without traces; what comes out the same stays.

    From the same data another version of the program may find something else.
    The view that comes with it was read lean (`read_inputs`). A frozen cycle goes on with the `earlier`
    results as they were told to it before something was settled.
    """
    inputs = read_inputs(work, cycle, lean=True)
    if earlier is not None:
        inputs = replace(inputs, settled=inputs.settled._replace(earlier=earlier))
    outcome = inputs.outcome()
    results = work.all(Result, cycle_id=cycle.id)
    if outcome.digest != cycle.digest or set(map(_said, results)) != set(map(_said, outcome.results)):
        work.change([_computed(cycle, outcome.digest, now)])
        results = _keep(work, results, outcome.results)
        cycle = work.get(Cycle, cycle.id)
    return ComputedYear(cycle_view(work, cycle, inputs, results), outcome, inputs.computation.explain)


def _computed(cycle: Cycle, digest: str, now: datetime) -> Cycle:
    """A cycle that has come further stays where it is."""
    state = CycleState.COMPUTED if cycle.state is CycleState.OPEN else cycle.state
    return replace(cycle, state=state, computed_at=now.isoformat(timespec="seconds"), digest=digest)


def _keep(work: Writing, kept: Sequence[Result], results: Sequence[Result]) -> tuple[Result, ...]:
    """Put new results in place of the kept ones; a subject's record goes on under its id."""
    known = {each.subject_id: each for each in kept}
    old = [_going_on(known[each.subject_id], each) for each in results if each.subject_id in known]
    found = [_but_id(each) for each in results if each.subject_id not in known]
    new = [Result(one, *values) for one, values in zip(new_ids(len(found)), found, strict=True)]
    work.change(old)
    work.add(new)
    return (*old, *new)


_but_id = attrgetter(*(each.name for each in fields(Result) if each.name != "id"))
_said = attrgetter(*(each.name for each in fields(Result) if each.name not in ("id", "trace", "version")))


def _going_on(kept: Result, found: Result) -> Result:
    return replace(found, id=kept.id, version=kept.version)
