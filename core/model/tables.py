"""A table to hand out: what is shown is what is exported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

OutValue: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of a table that is written out; `width` in characters, `places` for decimals."""

    title: str
    width: int = 12
    places: int | None = None


@dataclass(frozen=True, slots=True)
class OutSheet:
    """One sheet to write: a title row, the column heads, the rows, and a note below."""

    name: str
    title: str
    columns: tuple[OutColumn, ...]
    rows: tuple[tuple[OutValue, ...], ...]
    note: str = ""
