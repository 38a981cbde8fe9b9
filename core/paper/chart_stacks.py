"""Bars in parts: what a sum consists of, for each category."""

from core.model.chart import UNKNOWN, Chart, Figure
from core.model.drawn_chart import Shade
from core.paper.chart_bars import BAR_SHARE, DROP, GAP, begin_rows, end_rows
from core.paper.chart_board import PATTERNS, SMALL, TEXT, Board, Hatch, Pattern, cut

_MOST_ROUNDS = 4
_MOST_BESIDE = 0.45
"""Share of the room that words behind a bar may take."""
_AIR = 2.0


def draw_stacks(board: Board, chart: Chart, y: float) -> float:
    """A bar of parts for each category, each with its figure; where the picture ends.

    A part that is too small for its figure has it behind the bar, after the sum; where even there is no room
    the words end in dots, and the table below the chart has the rest.
    """
    left, row = begin_rows(board, chart, y)
    unit, beside = _scale(board, chart, board.width - left)
    height = max(BAR_SHARE * row, SMALL + 2)
    for place in range(len(chart.categories)):
        middle = y + (place + 0.5) * row
        x = left
        for part, series in enumerate(chart.series):
            figure = series.figures[place]
            width = float(figure or 0) * unit
            if width:
                board.area(x, middle - height / 2, width, height, PATTERNS[part])
                if _fits(board, chart, figure, width):
                    _write(board, chart.words(figure), x + width / 2, middle, PATTERNS[part])
            x += width
        shade = Shade.QUIET if beside[place] == UNKNOWN else Shade.INK
        words = cut(board, beside[place], SMALL, board.width - x - GAP)
        board.text(x + GAP, middle + DROP * TEXT, words, SMALL, shade)
    return end_rows(board, chart, y, left, row)


def _scale(board: Board, chart: Chart, room: float) -> tuple[float, list[str]]:
    """Points for a unit, and the words behind the bars: the less room is left, the more stands behind."""
    largest = float(chart.largest or 1)
    beside: list[str] = []
    words = 0.0
    unit = room / largest
    for _ in range(_MOST_ROUNDS):
        unit = (room - min(words, _MOST_BESIDE * room) - 2 * GAP) / largest
        beside = [_beside(board, chart, place, unit) for place in range(len(chart.categories))]
        reach = [board.text_width(each, SMALL) for each in beside]
        ends = [_sum(chart, place) * unit for place in range(len(chart.categories))]
        over = max(end + width - (room - 2 * GAP) for end, width in zip(ends, reach, strict=True))
        if over <= 0:
            break
        words += over
    return unit, beside


def _sum(chart: Chart, place: int) -> float:
    return float(sum(each.figures[place] or 0 for each in chart.series))


def _beside(board: Board, chart: Chart, place: int, unit: float) -> str:
    """The sum, what is missing from it, and the figures that have no room in their parts."""
    figures = [(each.name, each.figures[place]) for each in chart.series]
    known = [figure for _, figure in figures if figure is not None]
    if not known:
        return UNKNOWN
    small = [
        f"{name} {chart.words(figure)}"
        for name, figure in figures
        if figure and not _fits(board, chart, figure, float(figure) * unit)
    ]
    small += [f"{name} {UNKNOWN}" for name, figure in figures if figure is None]
    total = chart.words(sum(known))
    return f"{total}（{'，'.join(small)}）" if small else total


def _fits(board: Board, chart: Chart, figure: Figure, width: float) -> bool:
    return board.text_width(chart.words(figure), SMALL) + 2 * _AIR <= width


def _write(board: Board, words: str, x: float, middle: float, pattern: Pattern) -> None:
    """A figure on its part; lines are kept away from it."""
    if pattern.hatch is not Hatch.NONE:
        width = board.text_width(words, SMALL) + _AIR
        board.box(x - width / 2, middle - SMALL / 2, width, SMALL, Shade.PAPER)
    board.text(x, middle + DROP * SMALL, words, SMALL, pattern.ink, at=0.5)
