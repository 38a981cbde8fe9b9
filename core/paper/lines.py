"""Lines of Chinese text on a measure of cells: lawful breaks, both edges straight.

A Chinese character takes one cell, Latin text its real width. A line that would break badly is first saved
by setting marks half-width (at its end, and where two marks meet), else its last characters move down; what
is left is spread over the gaps, so that every line but the last ends exactly at the edge.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from core.paper.fonts import Role
from core.paper.punctuation import CLOSING_MARKS, OPENING_MARKS, may_part, pieces_of, unbreakable_places

WidthOf: TypeAlias = Callable[[str, Role, float], float]
"""Width in points of a text in a role at a size."""

_TOLERANCE = 1e-6
_CELL_LIKE = 0.9
"""A glyph this wide, in ems, takes a cell: fallback faces are set a little smaller than the body face."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one typeface."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Setting:
    """How characters are set: type size and width of a cell, in points."""

    size: float
    cell: float
    width_of: WidthOf


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on its line: its room is `width` from `x` on, its text is drawn from `origin` to `advance` later."""

    text: str
    role: Role
    x: float
    width: float
    origin: float
    advance: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line, placed from its left edge; `width` reaches to the end of its last piece."""

    pieces: tuple[Placed, ...]
    width: float

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    role: Role
    width: float
    advance: float
    glued: bool
    """No line may end after this piece."""
    cut_left: float = 0.0
    cut_right: float = 0.0

    @property
    def room(self) -> float:
        return self.width - self.cut_left - self.cut_right


def break_lines(
    spans: Sequence[Span],
    setting: Setting,
    measure: float,
    *,
    indent: float = 0.0,
    hang: float = 0.0,
    justify: bool = True,
) -> tuple[Line, ...]:
    """The text in lines of at most `measure` points; nothing is added and nothing lost.

    The first line begins at `indent`, the others at `hang`. Where no lawful break exists (forty opening
    brackets in a row), the line is broken where it is full.
    """
    pieces = list(_cut_to_fit(_measured(spans, setting), setting, measure - max(indent, hang)))
    lines: list[Line] = []
    start = 0
    while start < len(pieces):
        left = hang if lines else indent
        end = _line_end(pieces, start, measure - left)
        line = _squeezed(pieces[start:end], measure - left)
        full = justify and end < len(pieces)
        lines.append(_placed(line, left, measure - left if full else None))
        start = end
    return tuple(lines)


def _measured(spans: Sequence[Span], setting: Setting) -> Iterator[_Piece]:
    text = "".join(span.text for span in spans)
    together = unbreakable_places(text)
    parts = [(part, span.role) for span in spans for part in pieces_of(span.text)]
    place = 0
    for number, (part, role) in enumerate(parts):
        place += len(part)
        following = parts[number + 1][0] if number + 1 < len(parts) else None
        glued = following is not None and (place in together or not may_part(part, following))
        yield _piece(part, role, setting, glued)


def _piece(text: str, role: Role, setting: Setting, glued: bool) -> _Piece:
    natural = setting.width_of(text, role, setting.size)
    cells = 0 if text.isascii() else len(text)
    width = cells * setting.cell if natural > _CELL_LIKE * cells * setting.size and cells else natural
    return _Piece(text, role, width, natural, glued)


def _cut_to_fit(pieces: Iterator[_Piece], setting: Setting, room: float) -> Iterator[_Piece]:
    for piece in pieces:
        if piece.width <= room or len(piece.text) == 1:
            yield piece
            continue
        for number, character in enumerate(piece.text, start=1):
            yield _piece(character, piece.role, setting, piece.glued and number == len(piece.text))


def _line_end(pieces: Sequence[_Piece], start: int, room: float) -> int:
    """Where the line that begins at `start` ends: full, or saved by squeezing, or by moving down."""
    full = _fitting(pieces, start, room)
    if full == len(pieces) or not pieces[full - 1].glued:
        return full
    for end in range(full + 1, len(pieces) + 1):
        if _width(_squeezed(pieces[start:end], room)) > room + _TOLERANCE:
            break
        if not pieces[end - 1].glued:
            return end
    return next((end for end in range(full - 1, start, -1) if not pieces[end - 1].glued), full)


def _fitting(pieces: Sequence[_Piece], start: int, room: float) -> int:
    """End of the longest line that fits as it is; at least one piece."""
    width = 0.0
    for end in range(start, len(pieces)):
        width += pieces[end].width
        if width > room + _TOLERANCE and end > start and not pieces[end].text.isspace():
            return end
    return len(pieces)


def _width(pieces: Sequence[_Piece]) -> float:
    return sum(piece.room for piece in pieces)


def _squeezed(pieces: Sequence[_Piece], room: float) -> list[_Piece]:
    """The line with marks set half-width, the last one first, until it fits or none is left."""
    line = list(pieces)
    if line[-1].text.isspace():
        line[-1] = replace(line[-1], cut_right=line[-1].width)
    excess = _width(line) - room
    for number in range(len(line) - 1, -1, -1):
        if excess <= _TOLERANCE:
            break
        following = line[number + 1].text if number + 1 < len(line) else None
        line[number] = _halved(line[number], line[number - 1].text if number else None, following)
        excess = _width(line) - room
    return line


def _halved(piece: _Piece, before: str | None, after: str | None) -> _Piece:
    """The piece half-width if it is a closing mark that ends the line or meets a mark, or an opening one."""
    half = piece.width / 2
    if piece.text in CLOSING_MARKS and (after is None or after in CLOSING_MARKS or after in OPENING_MARKS):
        return replace(piece, cut_right=half)
    if piece.text in OPENING_MARKS and before is not None and before in OPENING_MARKS:
        return replace(piece, cut_left=half)
    return piece


def _placed(pieces: Sequence[_Piece], left: float, room: float | None) -> Line:
    """The pieces one after another, the rest of `room` spread over the gaps between them."""
    gaps = len(pieces) - 1 - pieces[-1].text.isspace()
    spread = (room - _width(pieces)) / gaps if room is not None and gaps > 0 else 0.0
    placed: list[Placed] = []
    x = left
    for number, piece in enumerate(pieces):
        origin = x + (piece.width - piece.advance) / 2 - piece.cut_left
        placed.append(Placed(piece.text, piece.role, x, piece.room, origin, piece.advance))
        x += piece.room + (spread if number < gaps else 0.0)
    return Line(tuple(placed), x)
