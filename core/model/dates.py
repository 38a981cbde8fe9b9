"""Dates as offices write them: a day, or only a month, or only a year."""

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exact as its source: month and day are 0 where the source does not say them.

    Ordering puts the less exact date first within its year or month.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """The date behind its stored form `2019`, `2019-03` or `2019-03-05`."""
        return cls(*(int(part) for part in text.split("-")))

    @classmethod
    def of(cls, day: date) -> Self:
        """The exact date `day`."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        """Stored form and table form: `2019`, `2019-03`, `2019-03-05`."""
        if not self.month:
            return f"{self.year:04d}"
        if not self.day:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
