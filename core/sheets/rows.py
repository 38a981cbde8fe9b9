"""Rows as text, as they stand in the file: an object for each cell would take several times as long."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from core.model.tables import OutValue, RowSum

# Excel reads _x0041_ as the character with that code; the underscore itself is written as one.
# Control characters are not allowed in the file; each is shown as its picture (U+2400 and on).
_SPECIAL = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = {chr(code): chr(0x2400 + code) for code in range(32)} | {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_", "\ufffe": "", "\uffff": ""
}  # fmt: skip

_LONGEST = 32_767
"""Characters of a cell: Excel takes a file with a longer one for damaged."""


@dataclass(frozen=True, slots=True)
class ColumnStyles:
    """The book's numbers for how texts, numbers (and empty cells) and days look; 0 is the plain look."""

    text: int = 0
    number: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows below each other that look alike, column by column; a `height` of 0 is left to the program."""

    styles: Sequence[ColumnStyles]
    rows: Iterable[Sequence[OutValue]]
    height: float = 0


def text_of(blocks: Iterable[RowBlock]) -> Iterator[bytes]:
    """Row by row what stands between `<sheetData>` and its end, made when it is asked for."""
    numbers = count(1)
    for block in blocks:
        columns = [_Column(get_column_letter(place), each) for place, each in enumerate(block.styles, 1)]
        high = f' ht="{block.height:g}" customHeight="1"' if block.height else ""
        for values in block.rows:
            number = next(numbers)
            cells = [column.cell(number, value) for column, value in zip(columns, values, strict=True)]
            yield f'<row r="{number}"{high}>{"".join(cells)}</row>'.encode()


class _Column:
    def __init__(self, letter: str, styles: ColumnStyles) -> None:
        start = f'<c r="{letter}%d" s='
        self._text = f'{start}"{styles.text}" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
        self._number = f'{start}"{styles.number}"><v>%s</v></c>'
        self._day = f'{start}"{styles.day}"><v>%s</v></c>'
        self._sum = f'{start}"{styles.number}"><f>%s</f></c>'
        self._empty = f'{start}"{styles.number}"/>'

    def cell(self, row: int, value: OutValue) -> str:
        """The cell with this value in this row."""
        if isinstance(value, str):
            whole = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
            return self._text % (row, _SPECIAL.sub(_written, whole))
        if value is None:
            return self._empty % row
        if isinstance(value, date):
            return self._day % (row, to_excel(value))
        if isinstance(value, RowSum):
            return self._sum % (row, _formula(value, row))
        return self._number % (row, value)


def _formula(value: RowSum, row: int) -> str:
    cells = f"{get_column_letter(value.first + 1)}{row}:{get_column_letter(value.last + 1)}{row}"
    return f'IF(COUNT({cells})=0,"",SUM({cells}))'


def _written(found: re.Match[str]) -> str:
    return _WRITTEN[found[0]]
