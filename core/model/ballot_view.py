"""Residents' ballots as they are entered and counted."""

from dataclasses import dataclass

from core.model.assessment import Subject
from core.model.scheme import Rater, Stage


@dataclass(frozen=True, slots=True)
class Vote:
    """One paper ballot as somebody reads it: its number in the box, an answer for each leaf as written."""

    stage: str
    rater: str
    subject_id: str
    number: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BallotTally:
    """The ballots on one subject in one box; `minimum` valid ones make the box count (R5)."""

    stage: Stage
    rater: Rater
    subject: Subject
    entered: int
    waiting: int
    differing: int
    invalid: int
    valid: int
    minimum: int

    @property
    def is_enough(self) -> bool:
        """Whether the box counts."""
        return self.valid >= self.minimum
