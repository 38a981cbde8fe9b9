"""The board on which a chart is drawn: shapes of reportlab.graphics in shades, with the bundled faces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import Color, HexColor

from core.model.drawn_chart import Shade, Spot
from core.paper.fonts import FontLibrary, Role
from core.paper.lines import Setting, Span, break_lines

FACE = Role.HEI
TEXT, SMALL, TITLE = 9.0, 8.0, 10.5
THIN, EDGE = 0.4, 0.5
_PRINTED = {
    Shade.INK: "#000000",
    Shade.QUIET: "#4F4B46",
    Shade.RULE: "#8F8B84",
    Shade.ACCENT: "#9A1F24",
    Shade.ON_ACCENT: "#FFFFFF",
    Shade.DARK: "#6A665F",
    Shade.MIDDLE: "#A8A39A",
    Shade.LIGHT: "#E1DFDA",
    Shade.PAPER: "#FFFFFF",
}
_MORE = "…"


class Hatch(StrEnum):
    """Lines over a filled area, so that it is told apart where all is grey."""

    NONE = "none"
    RISING = "rising"
    LEVEL = "level"
    UPRIGHT = "upright"
    CROSSED = "crossed"


_GAPS = {Hatch.RISING: 4.0, Hatch.LEVEL: 2.6, Hatch.UPRIGHT: 3.2, Hatch.CROSSED: 3.6}


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the area of a series looks; a figure stands on it in `ink`, over lines on a plate of its own."""

    fill: Shade
    hatch: Hatch = Hatch.NONE
    ink: Shade = Shade.INK


PATTERNS = (
    Pattern(Shade.ACCENT, ink=Shade.ON_ACCENT),
    Pattern(Shade.LIGHT, Hatch.RISING),
    Pattern(Shade.MIDDLE),
    Pattern(Shade.PAPER, Hatch.LEVEL),
    Pattern(Shade.PAPER, Hatch.CROSSED),
    Pattern(Shade.PAPER),
    Pattern(Shade.LIGHT, Hatch.UPRIGHT),
    Pattern(Shade.LIGHT),
)


@cache
def printed(shade: Shade) -> Color:
    """The colour on paper; it keeps its shade, by which the window finds its own."""
    colour = HexColor(_PRINTED[shade])
    colour.shade = shade
    return colour


class Board:
    """Takes shapes at places measured from the upper left corner, and gives the Drawing."""

    def __init__(self, fonts: FontLibrary, width: float) -> None:
        """An empty board as wide as this, in points."""
        self.width = width
        self.spots: list[Spot] = []
        self._fonts = fonts
        self._shapes: list[String | Rect | Line | Polygon] = []

    def text_width(self, text: str, size: float = TEXT) -> float:
        """How wide a text is."""
        return self._fonts.width(text, FACE, size)

    def lines_of(self, text: str, size: float, width: float) -> list[str]:
        """The text in lines of at most this width."""
        lines = break_lines([Span(text, FACE)], Setting(size, size, self._fonts.width), width, justify=False)
        return [line.text for line in lines]

    def text(
        self, x: float, y: float, text: str, size: float = TEXT, shade: Shade = Shade.INK, *, at: float = 0.0
    ) -> None:
        """Write on the baseline `y`; `at` is the share of the text that stands left of `x`."""
        left = x - at * self.text_width(text, size)
        for run in self._fonts.runs(text, FACE, size):
            self._shapes.append(
                String(
                    left + run.x,
                    -y,
                    run.text,
                    fontName=run.font_name,
                    fontSize=run.size,
                    fillColor=printed(shade),
                )
            )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        weight: float = EDGE,
        shade: Shade = Shade.RULE,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a line between two places."""
        colour = printed(shade)
        line = Line(start[0], -start[1], end[0], -end[1], strokeColor=colour, strokeWidth=weight)
        line.strokeDashArray = list(dash) or None
        self._shapes.append(line)

    def box(
        self, x: float, y: float, width: float, height: float, fill: Shade, edge: Shade | None = None
    ) -> None:
        """Fill a box, with a thin edge if one is asked for."""
        colour = printed(edge) if edge else None
        self._shapes.append(
            Rect(
                x,
                -y - height,
                width,
                height,
                fillColor=printed(fill),
                strokeColor=colour,
                strokeWidth=EDGE if edge else 0,
            )
        )

    def outline(self, corners: Sequence[tuple[float, float]], fill: Shade, edge: Shade) -> None:
        """Fill a figure through its corners, with an edge."""
        points = [each for x, y in corners for each in (x, -y)]
        self._shapes.append(
            Polygon(points, fillColor=printed(fill), strokeColor=printed(edge), strokeWidth=1.0)
        )

    def area(self, x: float, y: float, width: float, height: float, pattern: Pattern) -> None:
        """Fill a box with a pattern."""
        self.box(x, y, width, height, pattern.fill)
        for start, end in _hatching(pattern.hatch, width, height):
            self.line((x + start[0], y + start[1]), (x + end[0], y + end[1]), THIN, Shade.DARK)
        self._edge(x, y, width, height)

    def _edge(self, x: float, y: float, width: float, height: float) -> None:
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            self.line(start, end, EDGE, Shade.DARK)

    def drawing(self, height: float) -> Drawing:
        """The picture of this height."""
        for shape in self._shapes:
            _raise(shape, height)
        return Drawing(self.width, height, *self._shapes)


def cut(board: Board, text: str, size: float, width: float, tail: int = 0) -> str:
    """The text, where it is too wide without what stands before its last `tail` characters."""
    if board.text_width(text, size) <= width:
        return text
    end = _MORE + text[len(text) - tail :]
    start = text[: len(text) - tail]
    while start and board.text_width(start + end, size) > width:
        start = start[:-1]
    return start + end


def _raise(shape: String | Rect | Line | Polygon, height: float) -> None:
    """Places measured down from the upper edge become places measured up from the lower one."""
    if isinstance(shape, Line):
        shape.y1 += height
        shape.y2 += height
    elif isinstance(shape, Polygon):
        shape.points = [each + height * (place % 2) for place, each in enumerate(shape.points)]
    else:
        shape.y += height


def _hatching(
    hatch: Hatch, width: float, height: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines over a box from its upper left corner, cut off at its edges."""
    if hatch is Hatch.NONE:
        return
    gap = _GAPS[hatch]
    if hatch is Hatch.LEVEL:
        yield from (((0.0, y), (width, y)) for y in _steps(gap, height))
    elif hatch is Hatch.UPRIGHT:
        yield from (((x, 0.0), (x, height)) for x in _steps(gap, width))
    else:
        for reach in _steps(gap, width + height):
            low, high = max(0.0, reach - height), min(width, reach)
            yield (low, reach - low), (high, reach - high)
            if hatch is Hatch.CROSSED:
                yield (low, height - reach + low), (high, height - reach + high)


def _steps(gap: float, end: float) -> Iterator[float]:
    place = gap
    while place < end - gap / 4:
        yield place
        place += gap
