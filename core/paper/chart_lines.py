"""Lines over years: points with their figures, a gap where a year is missing."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from core.model.chart import UNKNOWN, Chart
from core.model.drawn_chart import Shade
from core.paper.chart_bars import DROP, PLOT, end_columns
from core.paper.chart_board import SMALL, TEXT, Board

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_HALF = 2.6
"""Half of a marker, in points."""
_APART = SMALL + 1.5
_LOOKS: tuple[tuple[Shade, tuple[float, ...], bool], ...] = (
    (Shade.ACCENT, (), True),
    (Shade.INK, (5, 2), True),
    (Shade.DARK, (), False),
    (Shade.INK, (1.5, 1.5), False),
    (Shade.DARK, (7, 2, 1.5, 2), True),
    (Shade.INK, (), False),
    (Shade.DARK, (3, 3), False),
    (Shade.INK, (9, 3), True),
)
"""Colour, dashes and whether the marker is filled, of each series; the markers' forms take turns."""
_FORMS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((0, -1.2), (1.2, 1), (-1.2, 1)),
)


def draw_lines(board: Board, chart: Chart, y: float) -> float:
    """A line for each series; where the picture ends."""
    top = y + TEXT / 2
    bottom = top + PLOT
    reach = nice_reach(chart.largest or 1)
    unit = PLOT / float(reach)
    for share in (Decimal(0), Decimal("0.5"), Decimal(1)):
        level = bottom - float(reach * share) * unit
        board.line((0, level), (board.width, level), 0.3, Shade.LIGHT)
        if share != Decimal("0.5"):
            board.text(0, level - 2, f"{reach * share:,f}", SMALL, Shade.QUIET)
    slot = board.width / len(chart.categories)
    for place, series in enumerate(chart.series):
        points = [
            None if figure is None else ((number + 0.5) * slot, bottom - float(figure) * unit)
            for number, figure in enumerate(series.figures)
        ]
        _draw_line(board, place, points)
    for number in range(len(chart.categories)):
        _write_figures(board, chart, number, ((number + 0.5) * slot, top, bottom), unit)
    return end_columns(board, chart, y, bottom)


def draw_marker(board: Board, place: int, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A short piece of a series' line with its marker in the middle."""
    shade, dash, _ = _LOOKS[place]
    board.line(start, end, 1.2, shade, dash)
    _mark(board, place, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))


def nice_reach(largest: int | Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 … that is not under the figure, or the next tenth under 1."""
    power = Decimal(1).scaleb(Decimal(largest).adjusted())
    return next(step * power for step in _STEPS if step * power >= largest)


def _draw_line(board: Board, place: int, points: Sequence[tuple[float, float] | None]) -> None:
    shade, dash, _ = _LOOKS[place]
    for start, end in pairwise(points):
        if start and end:
            board.line(start, end, 1.2, shade, dash)
    for point in points:
        if point:
            _mark(board, place, point)


def _mark(board: Board, place: int, at: tuple[float, float]) -> None:
    shade, _, is_filled = _LOOKS[place]
    corners = [(at[0] + x * _HALF, at[1] + y * _HALF) for x, y in _FORMS[place % len(_FORMS)]]
    board.outline(corners, shade if is_filled else Shade.PAPER, shade)


def _write_figures(
    board: Board, chart: Chart, number: int, plot: tuple[float, float, float], unit: float
) -> None:
    """The figures of a place beside their points, moved apart where points are close; gaps are named."""
    x, top, bottom = plot
    heights: dict[str, float] = {}
    for series in chart.series:
        figure = series.figures[number]
        words = f"{series.name} {UNKNOWN}" if figure is None else chart.words(figure)
        heights[words] = bottom - float(figure or 0) * unit
    if all(each.figures[number] is None for each in chart.series):
        board.text(x, bottom - 3, UNKNOWN, SMALL, Shade.QUIET, at=0.5)
        return
    said = sorted(heights, key=lambda words: heights[words])
    places = spread([heights[words] for words in said], top, bottom - SMALL / 2)
    for words, height in zip(said, places, strict=True):
        shade = Shade.QUIET if words.endswith(UNKNOWN) else Shade.INK
        width = board.text_width(words, SMALL)
        left = min(x + _HALF + 3, board.width - width - 1)
        board.box(left - 1, height - SMALL / 2, width + 2, SMALL, Shade.PAPER)
        board.text(left, height + DROP * SMALL, words, SMALL, shade)


def spread(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Heights from the top down, at least a line apart, moved as little as keeps them above `bottom`."""
    places: list[float] = []
    for height in heights:
        places.append(max(height, places[-1] + _APART) if places else max(height, top))
    limit = bottom
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], limit)
        limit = places[number] - _APART
    return places
