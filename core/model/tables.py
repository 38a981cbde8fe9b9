"""A table to hand out: what is shown is what is exported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

OutValue: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of a table that is written out; `width` in characters, `places` for decimals.

    `choices` are what a cell may be filled with; `as_text` keeps long numbers as they are typed.
    """

    title: str
    width: int = 12
    places: int | None = None
    choices: tuple[str, ...] = ()
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class OutSheet:
    """One sheet to write: a title row, a line below the title, the column heads, the rows, and a note below.

    `guide` tells on a sheet of its own what each column is for. A sheet without rows is one to fill in.
    """

    name: str
    title: str
    columns: tuple[OutColumn, ...]
    rows: tuple[tuple[OutValue, ...], ...]
    note: str = ""
    subtitle: str = ""
    guide: tuple[tuple[str, str], ...] = ()
