"""What another scheme would have made of a cycle."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Standing(NamedTuple):
    """What a subject comes to; `rank` 0 means none, as in its result."""

    final: Decimal | None
    grade: str
    rank: int
    award: str


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A subject under the cycle's own scheme and under the other one."""

    name: str
    before: Standing
    after: Standing

    @property
    def is_moved(self) -> bool:
        """Whether grade or award would be another."""
        return (self.before.grade, self.before.award) != (self.after.grade, self.after.award)


@dataclass(frozen=True, slots=True)
class SchemeTrial:
    """A scheme tried on a cycle's frozen subjects and marks.

    `lines` stand in the order of the new ranking; `remarks` tell what of the cycle did not fit the scheme.
    """

    year: int
    cycle: str
    scheme: str
    lines: tuple[TrialLine, ...]
    money_before_fen: int
    money_after_fen: int
    remarks: tuple[str, ...]

    @property
    def moved(self) -> tuple[TrialLine, ...]:
        """Those whose grade or award would be another."""
        return tuple(line for line in self.lines if line.is_moved)
