"""Labels of categories: in a line, smaller, in several lines, or turned upright, whatever fits first."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.paper.chart_board import SMALL, TEXT, Board, cut

LEADING = 1.15
_MOST_LINES, _MOST_TURNED = 3, 9
_NARROWEST = 3.2
"""Ems; in a column narrower than this a word would be broken to pieces, so it is turned."""
_TAIL = 4
_MORE_BELOW = "︙"


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it is set: its lines and their size. A turned one has a character a line."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Room of all lines."""
        return len(self.lines) * self.size * LEADING


def side_label(board: Board, text: str, width: float, *, most: int = 2) -> Label:
    """A label beside a bar: in one line, a smaller one if need be, else in two lines, the last one cut.

    Where there is room for one line at `most`, it is cut before its end, by which names mostly differ.
    """
    for size in (TEXT, SMALL):
        if board.text_width(text, size) <= width:
            return Label((text,), size)
    if most == 1:
        return Label((cut(board, text, SMALL, width, _TAIL),), SMALL)
    lines = board.lines_of(text, SMALL, width)
    rest = text[len(lines[0]) :]
    return Label((cut(board, lines[0], SMALL, width), cut(board, rest, SMALL, width)), SMALL)


def foot_labels(board: Board, texts: Sequence[str], width: float) -> list[Label]:
    """Labels below columns of this width, all set alike: in lines, or turned where these are too narrow."""
    for size in (TEXT, SMALL):
        if width < _NARROWEST * size and any(board.text_width(each, size) > width for each in texts):
            continue
        labels = [Label(tuple(board.lines_of(each, size, width)), size) for each in texts]
        if all(_fits(board, each, width) for each in labels):
            return labels
    return [_turned(each) for each in texts]


def write_label(board: Board, label: Label, x: float, middle: float, at: float) -> None:
    """Write a label around a height; `at` is the share of each line that stands left of `x`."""
    leading = label.size * LEADING
    first = middle - label.height / 2 + leading / 2 + 0.36 * label.size
    for number, line in enumerate(label.lines):
        board.text(x, first + number * leading, line, label.size, at=at)


def _fits(board: Board, label: Label, width: float) -> bool:
    """Whether it has few lines, and none that is too long because nothing may be parted in it."""
    widest = max(board.text_width(line, label.size) for line in label.lines)
    return len(label.lines) <= _MOST_LINES and widest <= width


def _turned(text: str) -> Label:
    signs = tuple(text)
    if len(signs) > _MOST_TURNED:
        signs = (*signs[: _MOST_TURNED - 1], _MORE_BELOW)
    return Label(signs, SMALL)
