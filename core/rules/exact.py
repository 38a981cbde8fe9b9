"""Exact numbers of the engine: whole 10⁻⁶ points, ratios, half-up rounding, and their texts."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from core.model.assessment import MARK_PLACES

UNIT = 10**MARK_PLACES
POWERS = tuple(int(10**places) for places in range(MARK_PLACES + 1))
LONGEST_DECIMALS = 10
"""A value with more decimals than this is written as a fraction and rounded with ≈."""


class Ratio(NamedTuple):
    """`over` / `under` points, exact and not reduced; `under` is positive."""

    over: int
    under: int

    def rounded(self, places: int) -> int:
        """Half up (四舍五入), in units of 10⁻ᵖˡᵃᶜᵉˢ; negative values do not occur (R7)."""
        return (2 * self.over * POWERS[places] + self.under) // (2 * self.under)

    def fraction(self) -> Fraction:
        """The same value in lowest terms."""
        return Fraction(self.over, self.under)

    def text(self) -> str:
        """As `figure` writes it."""
        units, rest = divmod(self.over * UNIT, self.under)
        return figure(self.fraction()) if rest else units_text(units)


def to_units(value: Decimal) -> int:
    """Points as whole 10⁻⁶ points.

    Raises:
        ValueError: the value has more than six decimals; a bug, as readers refuse such values.
    """
    units = value.scaleb(MARK_PLACES)
    if units != units.to_integral_value():
        raise ValueError(value)
    return int(units)


def to_decimal(units: int, places: int) -> Decimal:
    """`units` of 10⁻ᵖˡᵃᶜᵉˢ as a Decimal that shows all its places."""
    return Decimal(units).scaleb(-places)


def decimal_text(units: int, places: int) -> str:
    """`units` of 10⁻ᵖˡᵃᶜᵉˢ as text that shows all its places; not for negative values."""
    whole, rest = divmod(units, POWERS[places])
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def points(value: Decimal) -> str:
    """Points with two decimals at least: 88.00, 89.985."""
    return units_text(to_units(value))


def units_text(units: int) -> str:
    """Whole 10⁻⁶ points as text with two decimals at least: 88.00, 89.985."""
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), UNIT)
    return f"{sign}{whole}.{f'{rest:0{MARK_PLACES}d}'.rstrip('0'):0<2}"


class UnitsTexts(dict[int | Fraction | None, str]):
    """Points as text, remembered for each value, as marks repeat by the thousand; None has its own text."""

    def __init__(self, empty: str) -> None:
        super().__init__({None: empty})

    def __missing__(self, units: int | Fraction) -> str:
        """Make the text once."""
        text = self[units] = units_text(units) if isinstance(units, int) else figure(units / UNIT)
        return text

    def sum_of(self, marks: Sequence[int | None]) -> str:
        """Marks as they are added: 4.50 + 5.00; taken all at once, as a year has millions of them."""
        return " + ".join(itemgetter(*marks)(self)) if len(marks) > 1 else self[marks[0]]


class DecimalTexts(dict[int, str]):
    """`decimal_text` remembered for each value: finals and limits come up in step after step."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, units: int) -> str:
        """Make the text once."""
        text = self[units] = decimal_text(units, self._places)
        return text


class RatioTexts(dict[Ratio, str]):
    """`Ratio.text` remembered for each value: one step's outcome is the next step's input."""

    def __missing__(self, ratio: Ratio) -> str:
        """Make the text once."""
        text = self[ratio] = ratio.text()
        return text


def figure(value: Fraction) -> str:
    """A value to its last digit, or as a fraction and rounded where it does not end: 6749/75 ≈ 89.986667."""
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    decimals = max(twos, fives, 2)
    if rest == 1 and decimals <= LONGEST_DECIMALS:
        whole = value.numerator * 10**decimals // value.denominator
        return f"{Decimal(whole).scaleb(-decimals):f}"
    near = Ratio(value.numerator, value.denominator).rounded(MARK_PLACES)
    return f"{value.numerator}/{value.denominator} ≈ {to_decimal(near, MARK_PLACES)}"
