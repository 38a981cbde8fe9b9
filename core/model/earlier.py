"""Frozen results of earlier cycles, for conditions over years and comparison (R19, R20)."""

from dataclasses import dataclass
from decimal import Decimal

from core.model.assessment import ResultState


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What a subject got in an earlier cycle of the same scheme; matched by organization or other reference.

    `subject_ref` is the subject's organization_id or ref_id; `rank` 0 means none, `of` how many were ranked
    with it, `among` what these have in common (a category, a kind; empty where all were ranked together).
    `number` tells the cycles of a year apart, 1 for the first (the first quarter); 0 where it had only one.
    """

    year: int
    subject_ref: str
    name: str
    state: ResultState
    final: Decimal | None
    grade: str
    rank: int
    of: int
    award: str
    number: int = 0
    among: str = ""
