"""Lines of Chinese text on a measure of cells: lawful breaks, both edges straight.

A Chinese character takes one cell, Latin text its real width. A line that would break badly is first saved
by setting marks half-width (at its end, and where two marks meet), else its last characters move down; what
is left is spread over the gaps, so that every line but the last ends exactly at the edge.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from core.paper.fonts import Role
from core.paper.punctuation import (
    CLOSING_MARKS,
    OPENING_MARKS,
    may_part,
    pieces_of,
    stacked_places,
    unbreakable_places,
)

WidthOf: TypeAlias = Callable[[str, Role, float], float]
"""Width in points of a text in a role at a size."""
MiddleOf: TypeAlias = Callable[[str, Role], float]
"""Where the middle of a character's ink is, in ems from its left edge."""

_TOLERANCE = 1e-6
_CELL_LIKE = 0.9
"""A glyph this wide, in ems, takes a cell: fallback faces are set a little smaller than the body face."""

_MOST_KNOWN = 20_000
_END = "", Role.BODY, False
_SEAMS = re.compile(r"[^/?&=._#%:-]*[/?&=._#%:-]+|[^/?&=._#%:-]+")
"""Behind these signs a long address is parted."""
_LONGEST_WORD = 12
"""Cells; a credit code or a telephone number stays whole, an address of the web may be parted."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one typeface; `whole`: no line ends inside it, but for one that is longer than a line."""

    text: str
    role: Role
    whole: bool = False


def _in_left_half(_character: str, _role: Role) -> float:
    """Where Chinese fonts mostly draw ？ and ！."""
    return 0.25


@dataclass(frozen=True, slots=True)
class Setting:
    """How characters are set: type size and width of a cell, in points; remembers each piece it has set."""

    size: float
    cell: float
    width_of: WidthOf
    middle_of: MiddleOf = _in_left_half
    known: dict[tuple[str, Role, str], "_Piece"] = field(default_factory=dict, compare=False)

    def piece(self, text: str, role: Role, following: str) -> "_Piece":
        """The text measured, and glued if no line may end between it and the following one."""
        piece = self.known.get((text, role, following))
        if piece is None:
            if len(self.known) >= _MOST_KNOWN:  # numbers of a long list are all different
                self.known.clear()
            width, advance = self._measure(text, role)
            glued = bool(following) and not may_part(text, following)
            piece = self.known[text, role, following] = _Piece(text, role, width, advance, glued, width)
        return piece

    def stacked(self, piece: "_Piece", share: float) -> "_Piece":
        """A mark that has this share of its cell, its ink in the middle of it."""
        off_middle = (self.middle_of(piece.text, piece.role) - 0.5) * self.size
        width = share * piece.width
        return piece._replace(width=width, room=width, cut_left=off_middle)

    def _measure(self, text: str, role: Role) -> tuple[float, float]:
        """The room that a piece takes on the line, and the width of its glyphs."""
        advance = self.width_of(text, role, self.size)
        cells = 0 if text.isascii() else len(text)
        in_cells = cells and advance > _CELL_LIKE * cells * self.size
        return (cells * self.cell if in_cells else advance), advance


class Placed(NamedTuple):
    """A piece on its line: it has `width` from `x` on, its text is drawn `advance` wide from `origin` on."""

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


class _Piece(NamedTuple):
    """`room` is what it takes after squeezing, `cut_left` what was squeezed off on the left."""

    text: str
    role: Role
    width: float
    advance: float
    glued: bool
    room: float
    cut_left: float = 0.0


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
    pieces = list(_pieces(spans, setting, measure - max(indent, hang)))
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


def _pieces(spans: Sequence[Span], setting: Setting, room: float) -> Iterator[_Piece]:
    """What is set as one, measured; a word so long that its line would gape is set in characters."""
    text = "".join(span.text for span in spans)
    together, stacked = unbreakable_places(text), stacked_places(text)
    parts = [part for span in spans for part in _parts(span)]
    longest = min(room, _LONGEST_WORD * setting.cell) + _TOLERANCE
    known, place = setting.known, 0
    for (part, role, whole), (following, _, _) in pairwise([*parts, _END]):
        piece = known.get((part, role, following)) or setting.piece(part, role, following)
        place += len(part)
        if stacked and (share := stacked.get(place - 1)):
            piece = setting.stacked(piece, share)
        if len(part) > 1 and piece.width > longest:
            yield from _parted(part, role, following, setting, longest)
        else:
            yield piece._replace(glued=True) if whole or place in together else piece


def _parts(span: Span) -> list[tuple[str, Role, bool]]:
    """What is set as one, and whether it must stay with what follows."""
    role, whole = span.role, span.whole
    parts = [(part, role, whole) for part in pieces_of(span.text)]
    return [*parts[:-1], (parts[-1][0], role, False)] if whole and parts else parts


def _parted(word: str, role: Role, following: str, setting: Setting, longest: float) -> Iterator[_Piece]:
    """A long word, parted first where an address of the web is read in parts, then where it must be."""
    *parts, last = _SEAMS.findall(word)
    for part, after in (*((each, "") for each in parts), (last, following)):
        piece = setting.piece(part, role, after)
        if len(part) > 1 and piece.width > longest:
            yield from _in_characters(part, role, after, setting)
        else:
            yield piece


def _in_characters(word: str, role: Role, following: str, setting: Setting) -> Iterator[_Piece]:
    """A long word that may be parted anywhere but between two digits; its end keeps with what must follow."""
    for character, after in pairwise(word):
        digits = character.isdecimal() and after.isdecimal()
        yield setting.piece(character, role, after if digits else "")
    yield setting.piece(word[-1], role, following)


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


def _squeezed(pieces: Sequence[_Piece], room: float) -> Sequence[_Piece]:
    """The line with marks set half-width, the last one first, until it fits or none is left."""
    line = list(pieces)
    if line[-1].text.isspace():
        line[-1] = line[-1]._replace(room=0.0)
    excess = _width(line) - room
    for number in range(len(line) - 1, -1, -1):
        if excess <= _TOLERANCE:
            break
        before = line[number - 1].text if number else None
        after = line[number + 1].text if number + 1 < len(line) else None
        line[number] = _halved(line[number], before, after)
        excess -= line[number].width - line[number].room
    return line


def _halved(piece: _Piece, before: str | None, after: str | None) -> _Piece:
    """The piece half-width if it is a closing mark that ends the line or meets a mark, or an opening one."""
    half = piece.width / 2
    if piece.text in CLOSING_MARKS and (after is None or after in CLOSING_MARKS or after in OPENING_MARKS):
        return piece._replace(room=half)
    if piece.text in OPENING_MARKS and before is not None and before in OPENING_MARKS:
        return piece._replace(room=half, cut_left=half)
    return piece


def _placed(pieces: Sequence[_Piece], left: float, room: float | None) -> Line:
    """The pieces one after another, the rest of `room` spread over the gaps between them."""
    gaps = len(pieces) - 1 - pieces[-1].text.isspace()
    spread = (room - _width(pieces)) / gaps if room is not None and gaps > 0 else 0.0
    placed: list[Placed] = []
    x = left
    for number, (text, role, width, advance, _, room_taken, cut_left) in enumerate(pieces):
        placed.append(Placed(text, role, x, room_taken, x + (width - advance) / 2 - cut_left, advance))
        x += room_taken + spread if number < gaps else room_taken
    return Line(tuple(placed), x)
