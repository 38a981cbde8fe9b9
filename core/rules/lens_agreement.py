"""Agreement of raters by ranks: Kendall's W and Spearman's correlation, both with equal values.

Source: Siegel, Nonparametric Statistics for the Behavioral Sciences, 1956, chapter 9.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

HUNDREDTH = Decimal("0.01")


def doubled_ranks(values: Sequence[Fraction]) -> list[int]:
    """Twice the rank of each value from the lowest; equals share the middle of their places."""
    ahead = 0
    ranks = {}
    counts = Counter(values)
    for value in sorted(counts):
        ranks[value] = 2 * ahead + counts[value] + 1
        ahead += counts[value]
    return [ranks[value] for value in values]


def concordance(columns: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """Kendall's W of the raters' columns, corrected for equals; None where no rater tells any two apart."""
    raters, subjects = len(columns), len(columns[0])
    ranks = [doubled_ranks(column) for column in columns]
    middle = raters * (subjects + 1)
    squares = sum((sum(row) - middle) ** 2 for row in zip(*ranks, strict=True))
    equals = sum(count**3 - count for column in columns for count in Counter(column).values())
    under = raters**2 * (subjects**3 - subjects) - raters * equals
    return Fraction(3 * squares, under) if under else None


def rank_correlation(one: Sequence[Fraction], other: Sequence[Fraction]) -> Decimal | None:
    """Spearman's correlation, to two decimals; None where all values of a side are equal."""
    middle = len(one) + 1
    left = [rank - middle for rank in doubled_ranks(one)]
    right = [rank - middle for rank in doubled_ranks(other)]
    spread = sum(each * each for each in left) * sum(each * each for each in right)
    if not spread:
        return None
    product = sum(a * b for a, b in zip(left, right, strict=True))
    return (Decimal(product) / Decimal(spread).sqrt()).quantize(HUNDREDTH, ROUND_HALF_UP)


def hundredths(value: Fraction) -> Decimal:
    """Half up (away from zero) to two decimals."""
    units = floor(abs(value) * 100 + Fraction(1, 2))
    return Decimal(units if value > 0 else -units).scaleb(-2)
