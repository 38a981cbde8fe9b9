"""信函格式 (GB/T 9704, 10.1): the name high on the page, two red double rules, the number at the right."""

from collections.abc import Sequence
from dataclasses import replace

from core.model.document import OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import (
    BASELINE,
    MM,
    PAPER_HEIGHT,
    RED,
    RED_RULE_GAP,
    SIZE_3,
    TYPE_TOP,
    TYPE_WIDTH,
    Grid,
    baseline_in,
)
from core.paper.page import Extent, Ink, Mark, Page, Rule
from core.paper.red_head import single_name, top_left_marks

_NAME_TOP = 30 * MM - TYPE_TOP
_RULE_WIDTH = 170 * MM
_THICK, _THIN, _BETWEEN = 1.5, 0.75, 1.0
_RULES_HEIGHT = _THICK + _BETWEEN + _THIN
_LOWER_RULES_END = PAPER_HEIGHT - 20 * MM - TYPE_TOP
LETTER_FOOT = _LOWER_RULES_END + 4 * MM
"""The baseline of what stands below the lower rules of page 1, where the text reaches down to these."""
_FROM_RULE = 7 / 8 * SIZE_3
"""Between a double rule and the characters beside it."""


def letter_top(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> tuple[list[Mark], float]:
    """Page 1 down to its last element above the title, with the lower rules; and where that element ends."""
    name, name_end = single_name(document.red_head, _NAME_TOP, fonts)
    rules_y = name_end + RED_RULE_GAP
    marks: list[Mark] = []
    if not document.red_stock:
        marks = [
            name,
            *_double_rule(rules_y, _THICK, _THIN),
            *_double_rule(_LOWER_RULES_END - _RULES_HEIGHT, _THIN, _THICK),
        ]
    text_top = rules_y + _RULES_HEIGHT + _FROM_RULE
    first_line = text_top + BASELINE * SIZE_3 - baseline_in(grid.pitch, SIZE_3)
    at_left, lines = top_left_marks(document, first_line, grid.pitch, dense=True)
    marks += at_left
    if document.number:
        width = fonts.width(document.number, Role.BODY, SIZE_3)
        marks.append(Ink(TYPE_WIDTH - width, text_top + BASELINE * SIZE_3, document.number))
        lines = max(lines, 1)
    return marks, text_top + SIZE_3 + (lines - 1) * grid.pitch if lines else rules_y + _RULES_HEIGHT


def letter_grid(grid: Grid) -> Grid:
    """The grid of page 1: its last line stands 7/8 of a character above the lower rules."""
    end = _LOWER_RULES_END - _RULES_HEIGHT - _FROM_RULE
    return replace(grid, height=end + baseline_in(grid.pitch, SIZE_3) - BASELINE * SIZE_3)


def filled_down(pages: Sequence[Page], begun: Page, grid: Grid) -> list[Page]:
    """The pages of a letter; the text of a first one that is full reaches down to its lower rules."""
    first, *others = pages
    gap = grid.height - first.bottom
    head, text = first.marks[: len(begun.marks)], first.marks[len(begun.marks) :]
    lines = sorted({mark.y for mark in text if isinstance(mark, Ink)})
    if not others or len(lines) < 2 or not 0 < gap <= grid.pitch:
        return list(pages)
    step = gap / (lines[-1] - lines[0])

    def lower(y: float) -> float:
        return min(gap, max(0.0, y - lines[0]) * step)

    moved = [mark.moved(0, lower(mark.y)) for mark in text]
    extents = tuple(
        Extent(block, top + lower(top), bottom + lower(bottom)) for block, top, bottom in first.extents
    )
    return [replace(first, marks=(*head, *moved), bottom=grid.height, extents=extents), *others]


def _double_rule(top: float, first: float, second: float) -> list[Mark]:
    """Two red rules of these weights, in the middle of the type area."""
    left = (TYPE_WIDTH - _RULE_WIDTH) / 2
    return [
        Rule(left, y, left + _RULE_WIDTH, y, weight, RED)
        for y, weight in ((top + first / 2, first), (top + first + _BETWEEN + second / 2, second))
    ]
