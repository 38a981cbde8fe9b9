"""A table to hand out: what is shown is what is exported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RowSum:
    """The sum of a row's cells from column `first` to `last`, counted from 0; blank while they all are."""

    first: int
    last: int


OutValue: TypeAlias = str | int | Decimal | date | RowSum | None


@dataclass(frozen=True, slots=True)
class FillIn:
    """What may be put into the cells of a column: a text, or a number from 0 to `full`.

    `step` and `points` narrow the numbers: multiples (and `full`), or only these. `rule` says so in words.
    """

    full: Decimal | None = None
    step: Decimal | None = None
    points: tuple[Decimal, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of a table that is written out; `width` in characters, `places` for decimals.

    `choices` are what a cell may be filled with; `as_text` keeps long numbers as they are typed. A sheet with
    columns to `fill` is locked everywhere else. `order` are words that sort like this, not by character.
    """

    title: str
    width: int = 12
    places: int | None = None
    choices: tuple[str, ...] = ()
    as_text: bool = False
    fill: FillIn | None = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutSheet:
    """One sheet to write: a title row, a line below the title, the column heads, the rows, and a note below.

    `guide` tells on a sheet of its own what each column is for. A sheet without rows is one to fill in. One
    that `is_hidden` is for the program alone. `whole_numbers` says whose telephone or ID numbers stand in it
    whole, for the log of those who take them out.
    """

    name: str
    title: str
    columns: tuple[OutColumn, ...]
    rows: tuple[tuple[OutValue, ...], ...]
    note: str = ""
    subtitle: str = ""
    guide: tuple[tuple[str, str], ...] = ()
    is_hidden: bool = False
    whole_numbers: str = ""

    @property
    def is_form(self) -> bool:
        """Whether some columns are to be filled in and all the rest is locked."""
        return any(column.fill for column in self.columns)
