"""The path of a cycle with its gates: what was done when, what comes next, what stands against it."""

from dataclasses import dataclass
from datetime import date

from core.model.assessment import Cycle, CycleState
from core.model.year_path import StepState


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that stands before a gate; what `may_stand` can be accepted by whoever goes through."""

    code: str
    message: str
    remedy: str
    may_stand: bool = False


@dataclass(frozen=True, slots=True)
class CycleStep:
    """A state of the path: the day when it was reached (ISO, empty before), a short second line."""

    state: CycleState
    title: str
    day: str
    detail: str
    standing: StepState


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """A public notice from its first to its last day; `note` tells years whose holidays nobody has said."""

    first: date
    last: date
    working_days: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class CyclePath:
    """How far a cycle has come; `next_state` is None at its end, `back_to` where no step back is possible.

    `consequence` says in figures what the next gate means; `held` are the subjects under an open objection.
    """

    cycle: Cycle
    steps: tuple[CycleStep, ...]
    next_state: CycleState | None
    blockers: tuple[Blocker, ...]
    consequence: str
    back_to: CycleState | None
    held: frozenset[str]
