"""Charts as Drawings of reportlab.graphics: flat, legible in black and white, every figure written."""

from collections.abc import Callable, Mapping
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing

from core.model.chart import Chart, ChartKind
from core.model.drawn_chart import DrawnChart, Shade
from core.paper.chart_bars import draw_bars, draw_columns
from core.paper.chart_board import PATTERNS, SMALL, TEXT, TITLE, Board
from core.paper.chart_lines import draw_lines, draw_marker
from core.paper.chart_shapes import drawn_chart
from core.paper.chart_stacks import draw_stacks
from core.paper.fonts import FontLibrary
from core.paper.grid import TYPE_WIDTH
from core.paper.page import DrawPicture
from core.paper.plain_text import cleaned

_HEAD, _LEGEND_ROW, _NOTE_ROW = 22.0, 14.0, 11.0
_SWATCH, _LINE, _AFTER_SWATCH, _BETWEEN = (16.0, 8.0), 30.0, 4.0, 14.0
_KINDS: Mapping[ChartKind, Callable[[Board, Chart, float], float]] = {
    ChartKind.BARS: draw_bars,
    ChartKind.COLUMNS: draw_columns,
    ChartKind.STACKED: draw_stacks,
    ChartKind.LINES: draw_lines,
}


class Charts:
    """Draws charts with the fonts of the office."""

    def __init__(self, fonts: FontLibrary) -> None:
        """Draw with these fonts."""
        self._fonts = fonts

    def drawing(self, chart: Chart) -> Drawing:
        """The chart as wide as the type area of a page.

        Raises:
            DocumentFailed: a character has no font.
        """
        return self._drawn(chart)[1]

    def shown(self, chart: Chart) -> DrawnChart:
        """The same drawing as shapes for the window.

        Raises:
            DocumentFailed: a character has no font.
        """
        board, drawing = self._drawn(chart)
        return drawn_chart(chart.title, drawing, board.spots)

    def picture(self, chart: Chart) -> tuple[float, DrawPicture]:
        """Its height, and what draws it on a canvas from its lower left corner.

        Raises:
            DocumentFailed: a character has no font.
        """
        drawing = self.drawing(chart)

        def draw(canvas: Any, x: float, y: float) -> None:
            renderPDF.draw(drawing, canvas, x, y, showBoundary=False)

        return drawing.height, draw

    def _drawn(self, chart: Chart) -> tuple[Board, Drawing]:
        chart = cleaned(chart)
        board = Board(self._fonts, TYPE_WIDTH)
        y = _legend(board, chart, _title(board, chart))
        y = _KINDS[chart.kind](board, chart, y)
        return board, board.drawing(_note(board, chart, y))


def _title(board: Board, chart: Chart) -> float:
    """Title on the left, unit on the right; where the chart goes on below them."""
    unit = f"单位：{chart.unit}"
    room = board.width - board.text_width(unit, SMALL) - _BETWEEN
    y = TITLE
    for number, line in enumerate(board.lines_of(chart.title, TITLE, room)):
        y = TITLE * (1 + 1.3 * number)
        board.text(0, y, line, TITLE)
    board.text(board.width, TITLE, unit, SMALL, Shade.QUIET, at=1)
    return y + _HEAD - TITLE


def _legend(board: Board, chart: Chart, y: float) -> float:
    """What each pattern or line stands for, where there is more than one."""
    if len(chart.series) < 2:
        return y
    x = 0.0
    width, height = _SWATCH
    if chart.kind is ChartKind.LINES:
        width = _LINE
    for place, series in enumerate(chart.series):
        room = width + _AFTER_SWATCH + board.text_width(series.name, TEXT)
        if x and x + room > board.width:
            x, y = 0.0, y + _LEGEND_ROW
        if chart.kind is ChartKind.LINES:
            draw_marker(board, place, (x, y + height / 2), (x + width, y + height / 2))
        else:
            board.area(x, y, width, height, PATTERNS[place])
        board.text(x + width + _AFTER_SWATCH, y + height / 2 + 0.36 * TEXT, series.name, TEXT)
        x += room + _BETWEEN
    return y + _LEGEND_ROW + 2


def _note(board: Board, chart: Chart, y: float) -> float:
    if not chart.note:
        return y
    for line in board.lines_of(chart.note, SMALL, board.width):
        y += _NOTE_ROW
        board.text(0, y, line, SMALL, Shade.QUIET)
    return y + 3
