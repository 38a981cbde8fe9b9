"""The trace."""

from collections.abc import Mapping, Sequence

from core.model.assessment import TraceStep
from core.model.outcome import AwardFilling
from core.model.scheme import Scheme
from core.rules.grading import Verdict
from core.rules.ranking import Rank


class Tracer:
    def __init__(
        self,
        scheme: Scheme,
        verdicts: Sequence[Verdict],
        ranks: Mapping[str, Rank],
        fillings: Sequence[AwardFilling],
    ) -> None:
        pass

    def explain(self, verdict: Verdict) -> tuple[TraceStep, ...]:
        return ()
