"""Bars that lie, and columns that stand: a figure for each category."""

from core.model.chart import Chart
from core.model.drawn_chart import Shade, Spot
from core.paper.chart_board import EDGE, SMALL, TEXT, Board, Pattern
from core.paper.chart_labels import foot_labels, side_label, write_label

LABEL_SHARE = 0.3
"""Share of the width that labels beside bars may take."""
ROW, LOWEST_ROW, BAR_SHARE, GAP = 15.0, 12.0, 0.62, 4.0
TALLEST = 420.0
"""Of all rows; with more categories they are lower and have one line each, so that a picture fits a page."""
PLOT = 88.0
"""Height of what stands upright, in points."""
DROP = 0.36
"""Of the size, from the middle of a line of text down to its baseline."""
_WIDEST_COLUMN, _SMALLEST = 40.0, 6.0
_PATTERN = Pattern(Shade.MIDDLE)


def draw_bars(board: Board, chart: Chart, y: float) -> float:
    """A bar for each category, its figure behind it; where the picture ends."""
    [series] = chart.series
    figures = [chart.words(each) for each in series.figures]
    left, row = begin_rows(board, chart, y)
    room = board.width - left - max(map(board.text_width, figures)) - 2 * GAP
    unit = room / float(chart.largest or 1)
    for place, figure in enumerate(series.figures):
        middle = y + (place + 0.5) * row
        length = float(figure or 0) * unit
        if length:
            height = BAR_SHARE * row
            board.area(left, middle - height / 2, length, height, _PATTERN)
        shade = Shade.QUIET if figure is None else Shade.INK
        board.text(left + length + GAP, middle + DROP * TEXT, figures[place], TEXT, shade)
    return end_rows(board, chart, y, left, row)


def begin_rows(board: Board, chart: Chart, y: float) -> tuple[float, float]:
    """Write the labels; where the bars begin, and the height of a row."""
    widest = LABEL_SHARE * board.width
    least = max(LOWEST_ROW, min(ROW, TALLEST / len(chart.categories)))
    texts = [each.label for each in chart.categories]
    labels = [side_label(board, each, widest) for each in texts]
    if len(texts) * max(each.height + 2 for each in labels) > TALLEST:
        labels = [side_label(board, each, widest, most=1) for each in texts]
    left = max(board.text_width(line, each.size) for each in labels for line in each.lines) + GAP
    row = max(least, *(each.height + 2 for each in labels))
    for place, label in enumerate(labels):
        write_label(board, label, left - GAP, y + (place + 0.5) * row, at=1)
    return left, row


def end_rows(board: Board, chart: Chart, y: float, left: float, row: float) -> float:
    """Draw the line from which the bars begin, and mark the places of the categories."""
    bottom = y + len(chart.categories) * row
    board.line((left, y), (left, bottom), EDGE, Shade.INK)
    for place, category in enumerate(chart.categories):
        board.spots.append(Spot(category.key, chart.tells(place), 0.0, y + place * row, board.width, row))
    return bottom + GAP


def draw_columns(board: Board, chart: Chart, y: float) -> float:
    """A column for each category, its figure above it; where the picture ends."""
    [series] = chart.series
    slot = board.width / len(series.figures)
    top = y + TEXT + 2
    unit = PLOT / float(chart.largest or 1)
    width = min(0.6 * slot, _WIDEST_COLUMN)
    size = _figure_size(board, [chart.words(each) for each in series.figures], slot - 2)
    for place, figure in enumerate(series.figures):
        middle = (place + 0.5) * slot
        height = float(figure or 0) * unit
        if height:
            board.area(middle - width / 2, top + PLOT - height, width, height, _PATTERN)
        shade = Shade.QUIET if figure is None else Shade.INK
        board.text(middle, top + PLOT - height - 3, chart.words(figure), size, shade, at=0.5)
    return end_columns(board, chart, y, top + PLOT)


def end_columns(board: Board, chart: Chart, y: float, bottom: float) -> float:
    """Draw the line on which all stands, and the labels below it."""
    slot = board.width / len(chart.categories)
    board.line((0, bottom), (board.width, bottom), EDGE, Shade.INK)
    labels = foot_labels(board, [each.label for each in chart.categories], slot - GAP)
    height = max(each.height for each in labels)
    for place, (category, label) in enumerate(zip(chart.categories, labels, strict=True)):
        write_label(board, label, (place + 0.5) * slot, bottom + GAP + label.height / 2, at=0.5)
        board.spots.append(
            Spot(category.key, chart.tells(place), place * slot, y, slot, bottom + GAP + height - y)
        )
    return bottom + 2 * GAP + height


def _figure_size(board: Board, figures: list[str], width: float) -> float:
    """The size at which each figure fits above its column; never unreadably small."""
    widest = max(board.text_width(each, TEXT) for each in figures)
    return max(_SMALLEST, min(TEXT, SMALL if widest > width else TEXT, TEXT * width / widest))
