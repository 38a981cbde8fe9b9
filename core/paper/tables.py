"""Annex tables: column widths in which nothing is clipped, rows that wrap, heads repeated on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.model.document import Table
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM, SIZE_4, SIZE_SMALL_4, baseline_in
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.page import Item, Mark, Rule, line_inks

_WEIGHT = 0.5
_SIDE = 0.9 * MM
_LEADING = 1.3
_ROW_AIR = 0.55
"""Blank above and below the text of a row together, in ems."""
_UNWRAPPED = 4.0
_WIDEST_LEAST = 12.0
"""Ems; one very long name takes more lines, instead of turning the whole table or leaving no room for it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: tuple[Line, ...]
    align: str


def fitting_size(table: Table, width: float, fonts: FontLibrary) -> float | None:
    """四号 if its usual texts stay on one line, else 小四 if none is torn; None if the width is too small."""
    least, usual, _ = zip(*_needed_widths(table, SIZE_4, fonts), strict=True)
    if sum(max(pair) for pair in zip(least, usual, strict=True)) <= width:
        return SIZE_4
    least, _, _ = zip(*_needed_widths(table, SIZE_SMALL_4, fonts), strict=True)
    return SIZE_SMALL_4 if sum(least) <= width else None


def table_items(table: Table, size: float, width: float, fonts: FontLibrary) -> list[Item]:
    """The head and the rows, each kept whole; every page that begins with a row repeats the head."""
    widths = _column_widths(table, size, width, fonts)
    setting = Setting(size, size, fonts.width)
    titles = [
        _Cell(_cell_lines(column.title, Role.HEI, setting, room), "center")
        for column, room in zip(table.columns, widths, strict=True)
    ]
    head = _row_item(titles, size, widths, first=True)
    rows = [
        [
            _Cell(_cell_lines(text, Role.BODY, setting, room), column.align)
            for text, column, room in zip(row, table.columns, widths, strict=True)
        ]
        for row in table.rows
    ]
    return [
        replace(head, glued=True),
        *(replace(_row_item(row, size, widths, first=False), head=head) for row in rows),
    ]


def _needed_widths(table: Table, size: float, fonts: FontLibrary) -> list[tuple[float, float, float]]:
    """Per column the least width, and those that save four texts in five, or all, from wrapping.

    In the least width four characters stay on a line, usual texts and heads wrap to two, the rest to three;
    very long ones to more.
    """
    needed = []
    for number, column in enumerate(table.columns):
        texts = sorted(fonts.width(row[number], Role.BODY, size) for row in table.rows)
        texts = [text for text in texts if text] or [0.0]
        usual, longest = texts[len(texts) * 4 // 5], texts[-1]
        title = fonts.width(column.title, Role.HEI, size)
        in_three = min(longest, max(_UNWRAPPED * size, longest / 3))
        wrapped = min(max(usual / 2, in_three), _WIDEST_LEAST * size)
        least = max(2 * size, title / 2, min(title, 3 * size), wrapped)
        needed.append((least + 2 * _SIDE, usual + 2 * _SIDE, longest + 2 * _SIDE))
    return needed


def _column_widths(table: Table, size: float, width: float, fonts: FontLibrary) -> list[float]:
    """First what each column needs at least, then what saves its texts from wrapping, then by weight."""
    least, usual, longest = zip(*_needed_widths(table, size, fonts), strict=True)
    widths = _widened(_widened(list(least), usual, width), longest, width)
    unit = (width - sum(widths)) / sum(column.weight for column in table.columns)
    return [room + unit * column.weight for room, column in zip(widths, table.columns, strict=True)]


def _widened(widths: list[float], wanted: Sequence[float], width: float) -> list[float]:
    """The columns made wider as far as there is room.

    Those that lack little are served first and in full, so that long names do not cost the others a line;
    those that cannot have all they lack share what is left.
    """
    wider = list(widths)
    lacking = [max(0.0, want - room) for room, want in zip(widths, wanted, strict=True)]
    spare = width - sum(widths)
    for rank, number in enumerate(sorted(range(len(widths)), key=lambda number: lacking[number])):
        given = lacking[number] if lacking[number] <= spare else spare / (len(widths) - rank)
        wider[number] += given
        spare -= given
    return wider


def _cell_lines(text: str, role: Role, setting: Setting, width: float) -> tuple[Line, ...]:
    """The text in as few lines as the cell allows, about equally long."""
    spans = [Span(text, role)]
    lines = break_lines(spans, setting, width - 2 * _SIDE, justify=False)
    if len(lines) < 2:
        return lines
    equal = sum(line.width for line in lines) / len(lines) + setting.size
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
