"""Under the lens (评分分析): how the raters marked and on what the results hang, each with its sentence.

For the office's eyes only. Figures are rounded to two decimals here, after exact working.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class RaterLens:
    """One rater of a stage beside the others, over the `subjects` that it and another marked.

    `difference` is the mean of its total minus the mean of the others' totals, in points of the stage;
    `correlation` is Spearman's, of its totals with those means. None where nothing can be said.
    """

    code: str
    name: str
    subjects: int
    difference: Decimal | None
    correlation: Decimal | None
    severity_words: str
    correlation_words: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the totals of one subject lie apart: the lowest and the highest with who gave them."""

    subject_id: str
    name: str
    raters: int
    lowest: Decimal
    lowest_by: str
    highest: Decimal
    highest_by: str

    @property
    def width(self) -> Decimal:
        """The highest less the lowest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class StageLens:
    """One stage: Kendall's W over its raters, None where nothing can be said; the widest spreads first."""

    code: str
    name: str
    raters: tuple[RaterLens, ...]
    concordance: Decimal | None
    concordance_words: str
    spreads: tuple[Spread, ...]
    spread_words: str


class Standing(NamedTuple):
    """What a subject has: its final, its grade, and its award or what it waits for."""

    final: Decimal | None
    grade: str
    award: str


class Shift(NamedTuple):
    """A subject whose grade or award would be another."""

    subject_id: str
    name: str
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would become of some changes, each tried for itself, that come to the same.

    `raters` names whose sheets were changed, `marks` says which marks where it is about single ones.
    `subject_id` is empty where a rater was left out. Finals afterwards are None where there were several
    changes, as each leads to its own.
    """

    words: str
    raters: tuple[str, ...]
    shifts: tuple[Shift, ...]
    subject_id: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trials:
    """One kind of change, what it means and what it does not, and each change that would matter.

    A rater left out is listed even where nothing would change. `nothing` stands where there is no case.
    """

    title: str
    words: str
    nothing: str
    cases: tuple[WhatIf, ...]


@dataclass(frozen=True, slots=True)
class Lens:
    """All that is seen under the lens of one cycle."""

    year: int
    title: str
    stages: tuple[StageLens, ...]
    deciding: Trials
    without: Trials
    one_point: Trials
