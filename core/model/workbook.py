"""A spreadsheet as it was read: raw cells, before anything is understood."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: `rows[i]` is the file's row i + 1 from its column A on; empty cells are None.

    Merged blocks hold their value in the first cell only; `merged` gives them as
    (first row, first column, last row, last column), counted from 0.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A file's sheets in their order; `file` is its name without the folder."""

    file: str
    sheets: tuple[RawSheet, ...]
