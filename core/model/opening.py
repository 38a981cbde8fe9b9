"""What opening a cycle (开启考核) asks for, and what it would freeze."""

from dataclasses import dataclass

from core.errors import Problem
from core.model.assessment import ChosenWeight, Cycle, Subject
from core.model.scheme import Scheme

SHIPPED_SCHEME = "subdistrict-year"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part without being in the register: a town, a team, a housing area."""

    name: str
    kind: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a cycle is opened; `code` and `title` are the scheme's own where they are empty.

    `participants` are for schemes whose subjects come from a list.
    """

    scheme_code: str = SHIPPED_SCHEME
    code: str = ""
    title: str = ""
    weights: tuple[ChosenWeight, ...] = ()
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningPreview:
    """What opening would freeze; nothing of it is stored. `findings` are what is odd about it.

    `categories` are the names of the office's classes in its own order.
    """

    cycle: Cycle
    scheme: Scheme
    subjects: tuple[Subject, ...]
    findings: tuple[Problem, ...]
    categories: tuple[str, ...]

    @property
    def barred(self) -> tuple[Subject, ...]:
        """Those that are not assessed, each with its reason (R11)."""
        return tuple(subject for subject in self.subjects if subject.barred)
