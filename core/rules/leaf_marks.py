"""What a leaf of the indicator tree may earn (R1); points are whole 10⁻⁶ points."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from core.model.scheme import Indicator, LeafKind
from core.rules.exact import UNIT, Ratio, to_units

YES = "是"
NO = "否"
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})")


def allows(leaf: Indicator, units: int) -> bool:
    """Whether a leaf can have earned these points."""
    full = to_units(leaf.full)
    if not 0 <= units <= full:
        return False
    named = leaf.possible_points()
    if named is not None:
        return units in {to_units(points) for points in named}
    if leaf.kind is LeafKind.COUNT and leaf.unit:
        return units == full or units % to_units(leaf.unit) == 0
    return not leaf.step or units % to_units(leaf.step) == 0


class Range(dict[int | None, bool]):
    """Whether a leaf can have earned a mark, remembered for each mark: they repeat by the thousand."""

    def __init__(self, leaf: Indicator) -> None:
        super().__init__({None: True})
        self.leaf = leaf

    def __missing__(self, mark: int) -> bool:
        """Find out once."""
        self[mark] = allows(self.leaf, mark)
        return self[mark]


def points_for(leaf: Indicator, value: str) -> int | None:
    """Points that a leaf earns for what was found, in 10⁻⁶ (percent and rate: half up); None if it cannot be.

    By kind, `value` is: the points; the option's name; the value to look up; the number of cases; the sum of
    the deductions; percent from 0 to 100; `numerator/denominator`; 是 or 否. What a count earns above the
    full mark and what deductions take below 0 falls away by definition of these kinds.
    """
    try:
        earned = _EARNED[leaf.kind](leaf, value.strip())
    except (ArithmeticError, ValueError):
        return None
    if earned is None or not earned >= 0:
        return None
    units = Ratio((earned * UNIT).numerator, (earned * UNIT).denominator).rounded(0)
    return units if allows(leaf, units) else None


def _number(text: str) -> Fraction:
    """A number as people write it; exponents and the like would be read without end.

    Raises:
        ValueError: it is none.
    """
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    return Fraction(Decimal(text.strip()))


def _points(leaf: Indicator, value: str) -> Fraction | None:
    points = _number(value)
    return points if (points * UNIT).denominator == 1 else None


def _option(leaf: Indicator, value: str) -> Fraction | None:
    return next((Fraction(choice.points) for choice in leaf.choices if choice.name == value), None)


def _steps(leaf: Indicator, value: str) -> Fraction:
    found = _number(value)
    reached = (line.points for line in leaf.thresholds if found >= Fraction(line.at_least))
    return Fraction(next(reached, 0))


def _count(leaf: Indicator, value: str) -> Fraction | None:
    cases = _number(value)
    return min(cases * Fraction(leaf.unit or 0), Fraction(leaf.full)) if cases.denominator == 1 else None


def _deduct(leaf: Indicator, value: str) -> Fraction | None:
    deductions = _number(value)
    return max(Fraction(leaf.full) - deductions, Fraction(0)) if deductions >= 0 else None


def _percent(leaf: Indicator, value: str) -> Fraction | None:
    percent = _number(value.removesuffix("%"))
    return Fraction(leaf.full) * percent / 100 if percent <= 100 else None


def _rate(leaf: Indicator, value: str) -> Fraction | None:
    reached, out_of = map(_number, value.split("/"))
    if out_of <= 0:
        return None
    return Fraction(leaf.full) * min(reached / out_of / Fraction(leaf.target or 1), Fraction(1))


def _yes_no(leaf: Indicator, value: str) -> Fraction | None:
    return {YES: Fraction(leaf.full), NO: Fraction(0)}.get(value)


_EARNED: dict[LeafKind, Callable[[Indicator, str], Fraction | None]] = {
    LeafKind.POINTS: _points,
    LeafKind.OPTIONS: _option,
    LeafKind.STEPS: _steps,
    LeafKind.COUNT: _count,
    LeafKind.DEDUCT: _deduct,
    LeafKind.PERCENT: _percent,
    LeafKind.RATE: _rate,
    LeafKind.YES_NO: _yes_no,
}
