"""The head of page 1: 发文机关标志, 发文字号, red rule and title (GB/T 9704, 7.2 and 7.3.1)."""

from collections.abc import Sequence
from itertools import combinations

from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size, ink_extent
from core.paper.grid import (
    BASELINE,
    RED,
    RED_HEAD_SIZE,
    RED_HEAD_TOP,
    RED_RULE_GAP,
    RED_RULE_WEIGHT,
    SIZE_2,
    SIZE_3,
    TITLE_LEADING,
    TITLE_WIDEST,
    TYPE_WIDTH,
    Grid,
    baseline_in,
)
from core.paper.page import Ink, Mark, Page, Rule

_IDEAL_SHAPE = 0.75
"""Shortest by longest line of a title that is neither a rectangle nor a spike."""


def document_head(red_head: str, number: str, title: Sequence[str], grid: Grid, fonts: FontLibrary) -> Page:
    """Page 1 down to the blank line under the title.

    Raises:
        DocumentFailed: the name or a word group of the title is too long for a line.
    """
    name, bottom = _red_head(red_head, fonts)
    number_y = bottom + 2 * grid.pitch + baseline_in(grid.pitch, SIZE_3)
    rule_y = number_y + (1 - BASELINE) * SIZE_3 + RED_RULE_GAP
    marks: list[Mark] = [
        name,
        centred(number, Role.BODY, SIZE_3, number_y, TYPE_WIDTH, fonts),
        Rule(0, rule_y, TYPE_WIDTH, rule_y, RED_RULE_WEIGHT, RED),
    ]
    y = rule_y + 2 * grid.pitch
    size = min(fitted_size(group, Role.TITLE, SIZE_2, SIZE_3, TYPE_WIDTH, fonts) for group in title)
    for line in title_lines(title, size, fonts):
        y_line = y + baseline_in(TITLE_LEADING, size)
        marks.append(centred(line, Role.TITLE, size, y_line, TYPE_WIDTH, fonts))
        y += TITLE_LEADING
    return Page(tuple(marks), y + grid.pitch)


def centred(text: str, role: Role, size: float, y: float, width: float, fonts: FontLibrary) -> Ink:
    """The text in the middle of a width."""
    return Ink((width - fonts.width(text, role, size)) / 2, y, text, role, size)


def title_lines(groups: Sequence[str], size: float, fonts: FontLibrary) -> tuple[str, ...]:
    """The title in as few lines as fit, parted between word groups only, in the best shape there is."""
    widths = [fonts.width(group, Role.TITLE, size) for group in groups]
    widest = max(TITLE_WIDEST, *widths)
    for count in range(1, len(groups)):
        ways = [lines for lines in _partings(groups, count) if max(_widths(lines, size, fonts)) <= widest]
        if ways:
            return min(ways, key=lambda lines: _ugliness(lines, size, fonts))
    return tuple(groups)


def _red_head(name: str, fonts: FontLibrary) -> tuple[Ink, float]:
    """The name in red, the top of its ink where the standard wants it; and where its ink ends."""
    size = fitted_size(name, Role.TITLE, RED_HEAD_SIZE, SIZE_3, TYPE_WIDTH, fonts)
    above, below = ink_extent(name, Role.TITLE, size, fonts)
    y = RED_HEAD_TOP + above
    ink = centred(name, Role.TITLE, size, y, TYPE_WIDTH, fonts)
    return Ink(ink.x, y, name, Role.TITLE, size, RED), y + below


def _partings(groups: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """Every way to write the groups in so many lines."""
    ways = []
    for cuts in combinations(range(1, len(groups)), count - 1):
        edges = (0, *cuts, len(groups))
        ways.append(tuple("".join(groups[edges[n] : edges[n + 1]]) for n in range(count)))
    return ways


def _widths(lines: Sequence[str], size: float, fonts: FontLibrary) -> list[float]:
    return [fonts.width(line, Role.TITLE, size) for line in lines]


def _ugliness(lines: Sequence[str], size: float, fonts: FontLibrary) -> float:
    """Lower for a trapezium or a diamond; a line that begins with 的 is the worst."""
    widths = _widths(lines, size, fonts)
    peak = widths.index(max(widths))
    rises = all(widths[n] <= widths[n + 1] for n in range(peak))
    falls = all(widths[n] >= widths[n + 1] for n in range(peak, len(widths) - 1))
    rectangle = max(widths) - min(widths) < size
    torn = sum(line.startswith("的") for line in lines[1:])
    return (
        torn * 100
        + (10 if rectangle or not (rises and falls) else 0)
        + abs(min(widths) / max(widths) - _IDEAL_SHAPE)
    )
