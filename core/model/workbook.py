"""A spreadsheet as it was read: raw cells, before anything is understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Block: TypeAlias = Sequence[Sequence[str]]

PASTED = "粘贴的内容"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: `rows[i]` is the file's row i + 1 from its column A on; empty cells are None.

    Merged blocks hold their value in the first cell only; `merged` gives them as
    (first row, first column, last row, last column), counted from 0. `formulas` are the places (row, column),
    from 0, of cells that hold one, as far as the file's kind tells (.xlsx does).
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A file's sheets in their order; `file` is its name without the folder."""

    file: str
    sheets: tuple[RawSheet, ...]


def table_name(table: Path | Block) -> str:
    """What a file or a pasted block is called."""
    return table.name if isinstance(table, Path) else PASTED


def sheet_of(file: str, sheet: str) -> str:
    """A sheet with its file; a pasted block is one thing."""
    return file if sheet == file else f"{file}“{sheet}”"


def pasted_workbook(block: Block) -> RawWorkbook:
    """The cells of a pasted block as a file would give them."""
    width = max(map(len, block), default=0)
    rows = tuple((*(cell or None for cell in row), *(None,) * (width - len(row))) for row in block)
    return RawWorkbook(PASTED, (RawSheet(PASTED, rows),))
