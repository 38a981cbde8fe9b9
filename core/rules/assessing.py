"""The engine: a pure function of the scheme and of everything that is assessed and settled."""

from collections.abc import Sequence

from core.model.assessment import ChosenWeight, Entry, ScoreSheet, Subject
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult
from core.model.outcome import Outcome
from core.model.scheme import Scheme
from core.model.settled import NOTHING_SETTLED, Settled
from core.rules.computing import Computation
from core.rules.input_checks import refuse_misfits
from core.rules.input_digest import digest_of


def assess(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    *,
    decisions: Sequence[Decision] = (),
    revocations: Sequence[Revocation] = (),
    earlier: Sequence[EarlierResult] = (),
    weights: Sequence[ChosenWeight] = (),
    cycle_id: str = "",
    trace: bool = True,
) -> Outcome:
    """Scores, grades, ranks, awards, lists and money; results in the order of `subjects`, their ids empty.

    The scheme must be checked (`read_scheme` does so). Without `trace` the results carry no steps.

    Raises:
        InvalidInput: something of the input does not fit the scheme or the subjects.
    """
    settled = Settled(tuple(decisions), tuple(revocations), tuple(earlier), tuple(weights))
    refuse_misfits(scheme, subjects, sheets, entries, settled)
    digest = digest_of(scheme.digest, subjects, sheets, entries, **settled._asdict())
    return compute(scheme, subjects, sheets, entries, settled, digest=digest, cycle_id=cycle_id, trace=trace)


def compute(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    settled: Settled = NOTHING_SETTLED,
    *,
    digest: str = "",
    cycle_id: str = "",
    trace: bool = True,
) -> Outcome:
    """The same for input that was checked and digested before."""
    computation = Computation.of(scheme, subjects, sheets, entries, settled)
    return computation.outcome(digest=digest, cycle_id=cycle_id, trace=trace)
