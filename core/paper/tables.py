"""Annex tables: column widths in which nothing is clipped, rows that wrap, heads repeated on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.model.document import Table
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM, SIZE_4, SIZE_SMALL_4, baseline_in
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.page import Item, Mark, Rule, line_inks

TABLE_SIZES = (SIZE_4, SIZE_SMALL_4)

_WEIGHT = 0.5
_SIDE = 1.2 * MM
_LEADING = 1.3
_ROW_AIR = 0.55
"""Blank above and below the text of a row together, in ems."""
_UNWRAPPED = 6.0
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: tuple[Line, ...]
    align: str


def least_width(table: Table, size: float, fonts: FontLibrary) -> float:
    """The width below which the table could not be read with ease at this type size."""
    return sum(_least_widths(table, size, fonts))


def table_items(table: Table, size: float, width: float, fonts: FontLibrary) -> list[Item]:
    """The head and the rows, each kept whole; every page that begins with a row repeats the head."""
    widths = _column_widths(table, size, width, fonts)
    titles = [
        _Cell(_cell_lines(column.title, Role.HEI, size, room, fonts), "center")
        for column, room in zip(table.columns, widths, strict=True)
    ]
    head = _row_item(titles, size, widths, first=True)
    rows = [
        [
            _Cell(_cell_lines(text, Role.BODY, size, room, fonts), column.align)
            for text, column, room in zip(row, table.columns, widths, strict=True)
        ]
        for row in table.rows
    ]
    return [
        replace(head, glued=True),
        *(replace(_row_item(row, size, widths, first=False), head=head) for row in rows),
    ]


def _least_widths(table: Table, size: float, fonts: FontLibrary) -> list[float]:
    """Per column: six characters stay on a line, more may wrap to three lines, a long head to two."""
    widths = []
    for number, column in enumerate(table.columns):
        title = fonts.width(column.title, Role.HEI, size)
        needed = max(2 * size, title / 2 if title > _UNWRAPPED * size else title)
        for row in table.rows:
            text = fonts.width(row[number], Role.BODY, size)
            needed = max(needed, min(text, max(_UNWRAPPED * size, text / _MOST_LINES)))
        widths.append(needed + 2 * _SIDE)
    return widths


def _column_widths(table: Table, size: float, width: float, fonts: FontLibrary) -> list[float]:
    """First what each column needs at least, then what saves it from wrapping, then by weight.

    The columns that lack little are served first, so that one long name does not cost the others a line.
    """
    least = _least_widths(table, size, fonts)
    lacking = [
        max(fonts.width(row[number], Role.BODY, size) for row in table.rows) + 2 * _SIDE - least[number]
        if table.rows
        else 0.0
        for number in range(len(least))
    ]
    spare = width - sum(least)
    widths = list(least)
    for rank, number in enumerate(sorted(range(len(least)), key=lambda number: lacking[number])):
        given = max(0.0, min(lacking[number], spare / (len(least) - rank)))
        widths[number] += given
        spare -= given
    weights = sum(column.weight for column in table.columns)
    return [
        room + spare * column.weight / weights for room, column in zip(widths, table.columns, strict=True)
    ]


def _cell_lines(text: str, role: Role, size: float, width: float, fonts: FontLibrary) -> tuple[Line, ...]:
    """The text in as few lines as the cell allows, about equally long."""
    setting = Setting(size, size, fonts.width)
    spans = [Span(text, role)]
    lines = break_lines(spans, setting, width - 2 * _SIDE, justify=False)
    if len(lines) < 2:
        return lines
    equal = sum(line.width for line in lines) / len(lines) + size
    even = break_lines(spans, setting, min(equal, width - 2 * _SIDE), justify=False)
    return even if len(even) == len(lines) else lines


def _row_item(cells: Sequence[_Cell], size: float, widths: Sequence[float], *, first: bool) -> Item:
    """A row with the rules under and beside it, and above it for the first."""
    leading = _LEADING * size
    height = max(len(cell.lines) for cell in cells) * leading + _ROW_AIR * size
    marks: list[Mark] = [Rule(0, height, sum(widths), height, _WEIGHT), Rule(0, 0, 0, height, _WEIGHT)]
    if first:
        marks.append(Rule(0, 0, sum(widths), 0, _WEIGHT))
    x = 0.0
    for cell, width in zip(cells, widths, strict=True):
        y = (height - len(cell.lines) * leading) / 2 + baseline_in(leading, size)
        for number, line in enumerate(cell.lines):
            line_x = x + _line_x(cell.align, line.width, width)
            marks += line_inks(line, line_x, y + number * leading, size)
        x += width
        marks.append(Rule(x, 0, x, height, _WEIGHT))
    return Item(height, tuple(marks), boxed=True)


def _line_x(align: str, text: float, room: float) -> float:
    """Where a line begins in its cell."""
    if align == "left":
        return _SIDE
    return room - _SIDE - text if align == "right" else (room - text) / 2
