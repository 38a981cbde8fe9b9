"""Rows of boxes, of tables and of forms: kept whole, or parted between lines where one is too high."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from core.paper.fonts import Role
from core.paper.grid import MM, baseline_in
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.names import ends_word, halves
from core.paper.page import Ink, Item, Mark, Rule, line_inks
from core.paper.punctuation import may_part

SIDE = 0.9 * MM
LEADING = 1.3
RULE_WEIGHT = 0.5
ROW_AIR = 0.55
"""Blank above and below the text of a row together, in ems."""
_LOOSENESS = (0.0, 0.5, 1.0)
"""Ems by which a line may be longer than the others, tried one after another."""
_TOGETHER = 2
"""Lines of a parted row that never stand alone on a page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a box and where they stand in it (left, center, right)."""

    lines: tuple[Line, ...]
    align: str = "center"


def cell_lines(text: str, role: Role, setting: Setting, width: float) -> tuple[Line, ...]:
    """The text in as few lines as the cell allows, about equally long."""
    spans = [Span(text, role)]
    measure = width - 2 * SIDE
    lines = break_lines(spans, setting, measure, justify=False)
    if len(lines) < 2:
        return lines
    if len(lines) == 2 and (named := _name_lines(text, role, setting, measure)):
        return named
    widest = max(piece.width for line in lines for piece in line.pieces)
    equal = max(widest, sum(line.width for line in lines) / len(lines))
    for ems in _LOOSENESS:
        even = break_lines(spans, setting, min(equal + ems * setting.size, measure), justify=False)
        if len(even) == len(lines) and _parts_well(even):
            return even
    return lines


def _name_lines(text: str, role: Role, setting: Setting, measure: float) -> tuple[Line, ...]:
    """The text in two lines, parted after a word; none where no such word is known, or a half too long."""
    halved = halves(text, lambda part: setting.width_of(part, role, setting.size))
    if len(halved) < 2 or not ends_word(*halved):
        return ()
    lines = [break_lines([Span(half, role)], setting, measure, justify=False) for half in halved]
    return (*lines[0], *lines[1]) if all(len(each) == 1 for each in lines) else ()


def _parts_well(lines: Sequence[Line]) -> bool:
    """Whether no line was broken for want of room where none may end."""
    return all(may_part(above.pieces[-1].text, below.pieces[0].text) for above, below in pairwise(lines))


def top_rule(width: float) -> Item:
    """The line that closes a box where a page or a form begins."""
    return Item(0.0, (Rule(0, 0, width, 0, RULE_WEIGHT),), glued=True, boxed=True)


def continued_head(cells: Sequence[Cell], size: float, widths: Sequence[float]) -> Item:
    """What a page begins with on which a row goes on: the upper edge, and these texts once more.

    The texts are higher than the item; so many lines of the row must follow that they have room.
    """
    air = ROW_AIR * size / 2
    marks = [*_sides(widths, air), *top_rule(sum(widths)).marks]
    x = 0.0
    for cell, width in zip(cells, widths, strict=True):
        marks += _cell_inks(cell, x, air, width, size)
        x += width
    return Item(air, tuple(marks), boxed=True)


def row_items(
    cells: Sequence[Cell],
    size: float,
    widths: Sequence[float],
    head: Item | None = None,
    *,
    least: float = 0.0,
    most: float = inf,
    together: int = _TOGETHER,
) -> list[Item]:
    """A row of at least this height with the rules under and beside it, under `head` where a page begins.

    A row higher than `most` may go over to the next page between its lines; the first `together` lines stay
    on one page, and so do the last.
    """
    leading = LEADING * size
    count = max(len(cell.lines) for cell in cells)
    height = max(least, count * leading + ROW_AIR * size)
    if height <= most:
        return [_whole_row(cells, size, widths, height, head)]
    air = ROW_AIR * size / 2
    last = count - 1
    return [
        _row_line(
            [Cell(cell.lines[number : number + 1], cell.align) for cell in cells],
            size,
            widths,
            head,
            above=0.0 if number else air,
            below=air if number == last else 0.0,
            glued=number < together - 1 or last - together < number < last,
        )
        for number in range(count)
    ]


def _whole_row(
    cells: Sequence[Cell], size: float, widths: Sequence[float], height: float, head: Item | None
) -> Item:
    """All lines of the row, in the middle of their boxes."""
    leading = LEADING * size
    marks = [*_sides(widths, height), _foot(widths, height)]
    x = 0.0
    for cell, width in zip(cells, widths, strict=True):
        marks += _cell_inks(cell, x, (height - len(cell.lines) * leading) / 2, width, size)
        x += width
    return Item(height, tuple(marks), head=head, boxed=True)


def _row_line(
    cells: Sequence[Cell],
    size: float,
    widths: Sequence[float],
    head: Item | None,
    *,
    above: float,
    below: float,
    glued: bool,
) -> Item:
    """One line of a parted row; the rule under it is drawn if the row or the page ends with it."""
    leading = LEADING * size
    height = above + leading + below
    marks = _sides(widths, height)
    x = 0.0
    for cell, width in zip(cells, widths, strict=True):
        marks += _cell_inks(cell, x, above, width, size)
        x += width
    foot = _foot(widths, height)
    if below:
        marks.append(foot)
    return Item(height, tuple(marks), glued=glued, head=head, boxed=True, foot=foot)


def _cell_inks(cell: Cell, x: float, y: float, width: float, size: float) -> list[Ink]:
    """The lines of a cell from the height `y` on."""
    leading = LEADING * size
    first = y + baseline_in(leading, size)
    return [
        ink
        for number, line in enumerate(cell.lines)
        for ink in line_inks(line, x + _line_x(cell.align, line.width, width), first + number * leading, size)
    ]


def _sides(widths: Sequence[float], height: float) -> list[Mark]:
    """The upright rules beside the boxes."""
    edges = [sum(widths[:number]) for number in range(len(widths) + 1)]
    return [Rule(x, 0, x, height, RULE_WEIGHT) for x in edges]


def _foot(widths: Sequence[float], y: float) -> Rule:
    return Rule(0, y, sum(widths), y, RULE_WEIGHT)


def _line_x(align: str, text: float, room: float) -> float:
    """Where a line begins in its cell."""
    if align == "left":
        return SIDE
    return room - SIDE - text if align == "right" else (room - text) / 2
