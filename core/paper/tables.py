"""Tables: column widths in which nothing is clipped, rows that wrap, heads repeated on each page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from core.model.document import Table, TableCell, texts_of
from core.paper.boxes import SIDE, Cell, cell_lines, row_items, top_rule
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM, SIZE_4, SIZE_SMALL_4
from core.paper.lines import Line, Setting
from core.paper.page import Item

_UNWRAPPED = 4.0
_WORD, _WORD_LIMIT = re.compile(r"[!-~]{6,}"), 7.0
NO_ROWS = "无"
_WIDEST_LEAST = 12.0
"""Ems; one very long name takes more lines, instead of turning the whole table or leaving no room for it."""


def fitting_size(
    table: Table, width: float, fonts: FontLibrary, sizes: Sequence[float] = (SIZE_4, SIZE_SMALL_4)
) -> float | None:
    """The first size at which its usual texts stay on one line, else the last if none is torn.

    None if the width is too small even for that.
    """
    for size in sizes:
        least, usual, _ = zip(*_needed_widths(table, size, fonts), strict=True)
        needed = least if size == sizes[-1] else map(max, least, usual)
        if sum(needed) <= width:
            return size
    return None


def table_items(
    table: Table, size: float, width: float, fonts: FontLibrary, most: float = inf
) -> Iterator[Item]:
    """The head and the rows, one after another; every page that begins with a row repeats the head.

    Rows are kept whole; one that is higher than `most` may part between its lines. The first two rows keep
    together and so do the last two, of which one may be the totals; a table without rows says so.
    """
    widths = column_widths(table, size, width, fonts)
    setting = Setting(size, size, fonts.width, fonts.ink_middle)
    titles = [
        Cell(cell_lines(column.title, Role.HEI, setting, room))
        for column, room in zip(table.columns, widths, strict=True)
    ]
    [titled] = row_items(titles, size, widths)
    head = replace(titled, marks=(*titled.marks, *top_rule(width).marks))
    yield replace(head, glued=True)
    least = table.row_mm * MM
    if not table.rows:
        nothing = Cell(_lines(NO_ROWS, setting, width))
        said = row_items([nothing], size, [width], head, least=least)
        yield from _glued(said) if table.totals else said
    rows = rows_of(table)
    for number, row in enumerate(rows):
        cells = [
            Cell(_lines(cell, setting, room), column.align)
            for cell, column, room in zip(row, table.columns, widths, strict=True)
        ]
        items = row_items(cells, size, widths, head, least=least, most=most)
        yield from _glued(items) if keeps_with_next(number, len(rows)) else items


def keeps_with_next(number: int, count: int) -> bool:
    """Whether a row of so many, from 0, stands on one page with the one below: no row is ever alone."""
    return number + 1 < count and number in (0, count - 2)


def _glued(items: Sequence[Item]) -> list[Item]:
    """The items of a row, glued to the row below."""
    return [*items[:-1], replace(items[-1], glued=True)]


def rows_of(table: Table) -> tuple[tuple[TableCell, ...], ...]:
    """All rows, the totals last."""
    return (*table.rows, table.totals) if table.totals else table.rows


def _lines(cell: TableCell, setting: Setting, room: float) -> tuple[Line, ...]:
    return tuple(line for text in texts_of(cell) for line in cell_lines(text, Role.BODY, setting, room))


def _needed_widths(table: Table, size: float, fonts: FontLibrary) -> list[tuple[float, float, float]]:
    """Per column the least width, and those that save four texts in five, or all, from wrapping.

    In the least width four characters stay on a line, and so does a date; usual texts and heads wrap to two,
    the rest to three; very long ones to more.
    """
    needed = []
    rows = rows_of(table)
    for number, column in enumerate(table.columns):
        texts = sorted(
            max((fonts.width(text, Role.BODY, size) for text in texts_of(row[number])), default=0.0)
            for row in rows
        )
        texts = [text for text in texts if text] or [0.0]
        usual, longest = texts[len(texts) * 4 // 5], texts[-1]
        title = fonts.width(column.title, Role.HEI, size)
        in_three = min(longest, max(_UNWRAPPED * size, longest / 3))
        wrapped = min(max(usual / 2, in_three), _WIDEST_LEAST * size)
        words = (_longest_word(text, size, fonts) for row in rows for text in texts_of(row[number]))
        word = max(words, default=0.0)
        least = max(2 * size, title / 2, min(title, 3 * size), wrapped, word)
        room = column.least_mm * MM
        needed.append(
            (max(room, least + 2 * SIDE), max(room, usual + 2 * SIDE), max(room, longest + 2 * SIDE))
        )
    return needed


def _longest_word(text: str, size: float, fonts: FontLibrary) -> float:
    """Width of what must not be torn: dates, telephone numbers; a longer code may be."""
    words = (fonts.width(word, Role.BODY, size) for word in _WORD.findall(text))
    return max((width for width in words if width <= _WORD_LIMIT * size), default=0.0)


def column_widths(table: Table, size: float, width: float, fonts: FontLibrary) -> list[float]:
    """First what each column needs at least, then what saves its texts from wrapping, then by weight.

    Where there is not even room for the least, the widest columns give way.
    """
    least, usual, longest = zip(*_needed_widths(table, size, fonts), strict=True)
    if sum(least) > width:
        return _cut_down(least, width)
    widths = _widened(_widened(list(least), usual, width), longest, width)
    unit = (width - sum(widths)) / sum(column.weight for column in table.columns)
    return [room + unit * column.weight for room, column in zip(widths, table.columns, strict=True)]


def _cut_down(widths: Sequence[float], width: float) -> list[float]:
    """The widest columns made equal, so that all together are as wide as there is room."""
    left = width
    widest = width
    for rank, room in enumerate(sorted(widths)):
        widest = left / (len(widths) - rank)
        if room > widest:
            break
        left -= room
    return [min(room, widest) for room in widths]


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
