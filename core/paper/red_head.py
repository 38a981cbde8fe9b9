"""发文机关标志 in red, and what stands at the top left: 份号, 密级, 紧急程度 (GB/T 9704, 7.2.1-7.2.4)."""

from core.model.document import OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size, ink_extent
from core.paper.grid import MM, RED, RED_HEAD_SIZE, SIZE_2, SIZE_3, TYPE_WIDTH, baseline_in
from core.paper.page import Ink, Mark

_KIND = "文件"
_LEAST_SIZE, _NARROW_SIZE, _LEAST_BREADTH = SIZE_3, SIZE_2, 0.6
"""A 标志 that would be smaller than the text is as high as the title, but narrower: 33 characters fit."""
_STACK_HEIGHT, _STACK_LEADING = 62 * MM, 1.25
_KIND_GAP = 0.4
"""Between the stack of names and 文件, in ems."""


def red_head(document: OfficialDocument, top: float, fonts: FontLibrary) -> tuple[list[Mark], float]:
    """The 标志 with the top of its ink at `top`, and where its ink ends.

    Raises:
        DocumentFailed: a name is too long for a line.
    """
    if document.partners:
        return _stack(document, top, fonts)
    ink, bottom = single_name(document.red_head, top, fonts)
    return [ink], bottom


def single_name(name: str, top: float, fonts: FontLibrary) -> tuple[Ink, float]:
    """One name in the middle of the type area, the top of its ink at `top`; and where its ink ends."""
    size, breadth = _fitted(name, RED_HEAD_SIZE, TYPE_WIDTH, fonts)
    above, below = ink_extent(name, Role.TITLE, size, fonts)
    y = top + above
    x = (TYPE_WIDTH - breadth * fonts.width(name, Role.TITLE, size)) / 2
    return Ink(x, y, name, Role.TITLE, size, RED, breadth=breadth), y + below


def _fitted(name: str, wanted: float, room: float, fonts: FontLibrary) -> tuple[float, float]:
    """Size and breadth at which the name takes no more than its room."""
    size = fitted_size(name, Role.TITLE, wanted, _LEAST_BREADTH * _NARROW_SIZE, room, fonts)
    return (size, 1.0) if size >= _LEAST_SIZE else (_NARROW_SIZE, size / _NARROW_SIZE)


def top_left_marks(
    document: OfficialDocument, top: float, pitch: float, *, dense: bool = False
) -> tuple[list[Mark], int]:
    """份号 on the first line from `top`, 密级 on the second, 紧急程度 on the next one; and how many lines.

    `dense`: 密级 takes the first line where there is no 份号.
    """
    lines: list[tuple[str, Role]] = []
    if document.copy_number or (document.secrecy and not dense):
        lines.append((document.copy_number, Role.BODY))
    if document.secrecy:
        lines.append((document.secrecy, Role.HEI))
    if document.urgency:
        lines.append((document.urgency, Role.HEI))
    first = top + baseline_in(pitch, SIZE_3)
    marks: list[Mark] = [
        Ink(0, first + number * pitch, text, role) for number, (text, role) in enumerate(lines) if text
    ]
    return marks, len(lines)


def _stack(document: OfficialDocument, top: float, fonts: FontLibrary) -> tuple[list[Mark], float]:
    """The names over each other, spread to one width, 文件 beside the middle of the stack."""
    own = document.red_head.removesuffix(_KIND)
    names = (own, *document.partners)
    kind = _KIND if own != document.red_head else ""
    ems = max(fonts.width(name, Role.TITLE, 1) for name in names)
    beside = fonts.width(kind, Role.TITLE, 1) + _KIND_GAP if kind else 0.0
    widest = max(names, key=lambda name: fonts.width(name, Role.TITLE, 1))
    wanted = min(RED_HEAD_SIZE, _STACK_HEIGHT / (_STACK_LEADING * len(names)))
    size, breadth = _fitted(widest, wanted, TYPE_WIDTH * ems / (ems + beside), fonts)
    em = size * breadth
    left = (TYPE_WIDTH - (ems + beside) * em) / 2
    y = top + ink_extent(names[0], Role.TITLE, size, fonts)[0]
    marks: list[Mark] = []
    for number, name in enumerate(names):
        spacing = (ems - fonts.width(name, Role.TITLE, 1)) * em / max(1, len(name) - 1)
        baseline = y + number * _STACK_LEADING * size
        marks.append(Ink(left, baseline, name, Role.TITLE, size, RED, spacing, breadth))
    bottom = y + (len(names) - 1) * _STACK_LEADING * size + ink_extent(names[-1], Role.TITLE, size, fonts)[1]
    if kind:
        above, below = ink_extent(kind, Role.TITLE, size, fonts)
        kind_y = (top + bottom + above - below) / 2
        marks.append(Ink(left + (ems + _KIND_GAP) * em, kind_y, kind, Role.TITLE, size, RED, breadth=breadth))
    return marks, bottom
