"""What an assessment comes to as a whole: results, awards, lists, money."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.model.assessment import Result


class OpenReason(StrEnum):
    """Why a place of an award stays open (R16)."""

    NO_CANDIDATE = "no_candidate"
    TIE = "tie"
    REVOKED = "revoked"
    LEFT_OPEN = "left_open"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _OPEN_LABELS[self]


_OPEN_LABELS = {
    OpenReason.NO_CANDIDATE: "没有符合条件的对象",
    OpenReason.TIE: "名额线上并列",
    OpenReason.REVOKED: "奖项撤销，不递补",
    OpenReason.LEFT_OPEN: "经决定空缺",
}


@dataclass(frozen=True, slots=True)
class AwardFilling:
    """How one award was filled (R13, R14, R16), in one category where the award goes by category.

    `places` is None where the number is open; `winners` stand in order, `undecided` wait for a decision;
    `open_reasons` hold one reason for each open place. `amount_fen` is the money of each winner, `lines` how
    it is paid: to the winner, then to each head (R18). An award with several amounts has a filling for each.
    """

    code: str
    name: str
    category: str
    places: int | None
    winners: tuple[str, ...]
    undecided: tuple[str, ...]
    open_reasons: tuple[OpenReason, ...]
    amount_fen: int
    lines: tuple[int, ...]

    @property
    def open_places(self) -> int:
        """How many places stay open."""
        return len(self.open_reasons)

    @property
    def reason(self) -> OpenReason | None:
        """Why the first of them does."""
        return next(iter(self.open_reasons), None)

    @property
    def paid_fen(self) -> int:
        """What is paid out for each winner; more than its amount where shares are added to it."""
        return sum(self.lines)


@dataclass(frozen=True, slots=True)
class ListChange:
    """A subject that came onto a list (or went) against last year, and why."""

    subject_id: str
    came: bool
    why: str


@dataclass(frozen=True, slots=True)
class SupportList:
    """A list such as 重点扶持培育名单 (R19): its subjects in the order given, and what changed.

    `left` are the names of those who were on it last year and are not assessed any more.
    """

    code: str
    name: str
    subject_ids: tuple[str, ...]
    changes: tuple[ListChange, ...]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearEdge:
    """A final that lies just under a better grade."""

    subject_id: str
    final: Decimal
    grade: str
    gap: Decimal


@dataclass(frozen=True, slots=True)
class Decided:
    """What was computed for a subject before people decided its score or grade (R15)."""

    subject_id: str
    final: Decimal | None
    grade: str


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
    decided: tuple[Decided, ...] = ()
