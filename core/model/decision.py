"""What people settle where rules cannot (R15), and what is taken back after the announcement (R17)."""

from dataclasses import dataclass
from decimal import Decimal

from core.model.labelled import Labelled


class DecisionKind(Labelled):
    """What a decision settles."""

    TIE = "tie", "并列排序"
    SCORE = "score", "核定得分"
    GRADE = "grade", "核定等次"
    RECHECK = "recheck", "复核得分"
    LEAVE_OPEN = "leave_open", "名额空缺"


ABOUT_AWARDS = (DecisionKind.TIE, DecisionKind.LEAVE_OPEN)
"""Decisions about an award, in the turn in which its rulings stand; the others are about a subject."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with its body, day, persons and reason; the computed value stays beside it (R15).

    TIE orders equals for the places of an award: `order` holds subject ids, best first. SCORE and RECHECK
    put `score` in place of the final of `subject_id`; a RECHECK without one confirms it. GRADE puts `grade`.
    LEAVE_OPEN keeps the open places of an award open (of one `category` where they are per category).
    `lifted` is the reason why it counts no more; empty while it does. `objection_id` names what it answers.
    """

    id: str
    cycle_id: str
    kind: DecisionKind
    body: str
    decided_on: str
    persons: str
    reason: str
    evidence: str = ""
    subject_id: str = ""
    award: str = ""
    category: str = ""
    order: tuple[str, ...] = ()
    score: Decimal | None = None
    grade: str = ""
    objection_id: str = ""
    lifted: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Revocation:
    """Grade, award and money of a subject taken back (R17); with `promote` others may move up.

    `lifted` is the reason why the revocation itself was taken back; empty while it stands.
    """

    id: str
    cycle_id: str
    subject_id: str
    body: str
    dated_on: str
    reason: str
    evidence: str = ""
    promote: bool = True
    lifted: str = ""
    version: int = 1
