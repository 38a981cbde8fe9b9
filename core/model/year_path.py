"""The year as a path: steps, the next one, and what is to be done; the home page shows nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from core.model.register import RegisterFigures


class StepState(StrEnum):
    """How a step of the path stands; PARTIAL is begun with gaps that do not block the next one."""

    DONE = "done"
    PARTIAL = "partial"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step: its key, its word, a short second line."""

    key: str
    title: str
    detail: str
    state: StepState


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now: `action` is one of the window's action keys, `verb` the button's words."""

    title: str
    detail: str
    action: str
    verb: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that waits: `tone` is error, warn, info or quiet; `action` as in NextStep."""

    icon: str
    title: str
    detail: str
    badge: str
    tone: str
    action: str
    verb: str


@dataclass(frozen=True, slots=True)
class YearPath:
    """The path of one year, and the figures of the register as they are now, which it begins with."""

    year: int
    steps: tuple[PathStep, ...]
    next_step: NextStep
    to_do: tuple[ToDo, ...]
    figures: RegisterFigures
