"""Marks as they are put in by hand: typed one by one, or pasted as a block."""

from dataclasses import dataclass
from typing import NamedTuple

from core.model.assessment import ScoreSheet


class TypedMark(NamedTuple):
    """A text for one subject's mark; an empty one takes the mark out."""

    subject_id: str
    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class MarksEntered:
    """What putting in marks came to.

    `act` is the number under which it can be undone, 0 where nothing changed; `sheets` are the changed ones
    as they stand now. `faulty` marks are kept as written and not counted; no sheet takes those `left_out`.
    """

    act: int
    sheets: tuple[ScoreSheet, ...]
    taken: int
    faulty: int
    left_out: int
