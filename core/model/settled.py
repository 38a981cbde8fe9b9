"""What is settled before an assessment is computed: by people, by the cycle, by earlier years."""

from typing import NamedTuple

from core.model.assessment import ChosenWeight
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult


class Settled(NamedTuple):
    """What the engine takes beside subjects, sheets and entries (R4, R15, R17, R20)."""

    decisions: tuple[Decision, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    earlier: tuple[EarlierResult, ...] = ()
    weights: tuple[ChosenWeight, ...] = ()


NOTHING_SETTLED = Settled()
