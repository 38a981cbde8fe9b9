"""Numbers of papers: 发文字号 and the like, in order, never twice, gaps explained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import InvalidInput
from core.model.written_document import IssuedPaper

HIGHEST = 99_999


@dataclass(frozen=True, slots=True)
class NumberGap:
    """Numbers of a series that were passed over without a word: `first` to `last`."""

    series: str
    year: int
    first: int
    last: int


def number_words(series: str, year: int, sequence: int) -> str:
    """A 发文字号 as printed (GB/T 9704 7.2.5): full year in 〔〕, no padding; empty without a series."""
    return f"{series}〔{year}〕{sequence}号" if series else ""


def next_sequence(taken: Iterable[IssuedPaper], series: str, year: int) -> int:
    """The next number of a series in a year; numbers are never given twice, nor reused."""
    return (
        max((each.sequence for each in taken if each.series == series and each.year == year), default=0) + 1
    )


def chosen_sequence(taken: Sequence[IssuedPaper], series: str, year: int, wanted: int) -> int:
    """A number that a person chose, if it is free.

    Raises:
        InvalidInput: it is none, or it was given already.
    """
    if not 0 < wanted <= HIGHEST:
        raise InvalidInput("number_range", f"“{wanted}”不能作顺序号。", f"请填 1 到 {HIGHEST:,} 之间的整数。")
    held = next(
        (each for each in taken if (each.series, each.year, each.sequence) == (series, year, wanted)), None
    )
    if held:
        raise InvalidInput(
            "number_taken",
            f"{number_words(series, year, wanted)}已经给了《{held.title}》。",
            f"一个号只能用一次，请改用 {next_sequence(taken, series, year)} 号。",
        )
    return wanted


def number_gaps(papers: Iterable[IssuedPaper]) -> tuple[NumberGap, ...]:
    """Numbers below the highest of each series and year that nothing stands for."""
    held: dict[tuple[str, int], set[int]] = {}
    for each in papers:
        if each.series:
            held.setdefault((each.series, each.year), set()).add(each.sequence)
    return tuple(
        NumberGap(series, year, first, last)
        for (series, year), numbers in sorted(held.items())
        for first, last in _missing(sorted(numbers))
    )


def _missing(numbers: Sequence[int]) -> list[tuple[int, int]]:
    before = (0, *numbers)
    return [(low + 1, high - 1) for low, high in zip(before, numbers, strict=False) if high - low > 1]
