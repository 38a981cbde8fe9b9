"""What an assessment comes to as a whole: results, awards, lists, money."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.model.assessment import Result


class OpenReason(StrEnum):
    """Why a place of an award stays open (R16)."""

    NO_CANDIDATE = "no_candidate"
    TIE = "tie"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _OPEN_LABELS[self]


_OPEN_LABELS = {
    OpenReason.NO_CANDIDATE: "没有符合条件的对象",
    OpenReason.TIE: "名额线上并列，待定",
}


@dataclass(frozen=True, slots=True)
class AwardFilling:
    """How one award was filled (R13, R14, R16), in one category where the award goes by category.

    `places` is None where the number is open; `winners` stand in order, `undecided` wait for a decision.
    """

    code: str
    name: str
    category: str
    places: int | None
    winners: tuple[str, ...]
    undecided: tuple[str, ...]
    open_places: int
    reason: OpenReason | None
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ListChange:
    """A subject that came onto a list (or went) against last year, and why."""

    subject_id: str
    came: bool
    why: str


@dataclass(frozen=True, slots=True)
class SupportList:
    """A list such as 重点扶持培育名单 (R19): its subjects in the order given, and what changed."""

    code: str
    name: str
    subject_ids: tuple[str, ...]
    changes: tuple[ListChange, ...]


@dataclass(frozen=True, slots=True)
class NearEdge:
    """A final that lies just under a better grade."""

    subject_id: str
    final: Decimal
    grade: str
    gap: Decimal


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many subjects have a grade."""

    grade: str
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that `assess` finds; `results` in the order of the subjects given, ids of results left empty.

    `grade_counts` follow the scheme, best first; `digest` is that of everything it was computed from (R21).
    """

    results: tuple[Result, ...]
    awards: tuple[AwardFilling, ...]
    lists: tuple[SupportList, ...]
    near_edges: tuple[NearEdge, ...]
    grade_counts: tuple[GradeCount, ...]
    money_fen: int
    budget_fen: int | None
    digest: str
