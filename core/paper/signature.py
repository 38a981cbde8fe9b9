"""The signature block: 署名, 成文日期, room for seals or stamps, 附注 (GB/T 9704, 7.3.5 and 7.3.6)."""

from dataclasses import replace
from datetime import date

from core.errors import DocumentFailed
from core.model.document import OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size
from core.paper.grid import CELL, MM, SIZE_3, SIZE_SMALL_4, TYPE_HEIGHT, TYPE_WIDTH, Grid, baseline_in
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import Ink, Item, Mark, line_item

_SEAL, _SEAL_GAP = 42 * MM, 3 * MM
_SEALS_IN_A_ROW = 3
_ROW_LINES = 4.5
"""Lines from one row of seals to the next: a seal and a gap."""
_STAMP_WIDTH, _STAMP_LINES = 40 * MM, 2


def date_text(day: date) -> str:
    """The date as documents write it: no zeros in front."""
    return f"{day.year}年{day.month}月{day.day}日"


def signature_items(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """署名 and 成文日期 in one block, 附注 glued to it.

    Raises:
        DocumentFailed: the name of an office is much longer than a line, or the seals do not fit a page.
    """
    if document.stamp_posts:
        block = _stamped(document, grid.pitch, fonts)
    elif not document.partners:
        block = _single(document, grid.pitch, fonts)
    elif document.seal:
        block = _several_sealed(document, grid.pitch, fonts)
    else:
        block = _several_unsealed(document, grid.pitch, fonts)
    note = _note(document.note, grid, fonts)
    return [replace(block, glued=bool(note)), *note]


def issuers(document: OfficialDocument) -> tuple[str, ...]:
    """All offices that issue the document, the leading one first."""
    return (document.issuer, *document.partners)


def _single(document: OfficialDocument, pitch: float, fonts: FontLibrary) -> Item:
    """Under blank lines: two as room for the seal, or one."""
    day = date_text(document.dated_on)
    size = _name_size(document.issuer, TYPE_WIDTH, fonts)
    issuer_width = fonts.width(document.issuer, Role.BODY, size)
    place = _sealed if document.seal else _unsealed
    issuer_x, day_x = place(issuer_width, fonts.width(day, Role.BODY, SIZE_3))
    y = (2 if document.seal else 1) * pitch + baseline_in(pitch, SIZE_3)
    marks = (Ink(issuer_x, y, document.issuer, size=size), Ink(day_x, y + pitch, day))
    return Item((4 if document.seal else 3) * pitch, marks)


def _name_size(name: str, room: float, fonts: FontLibrary) -> float:
    return fitted_size(name, Role.BODY, SIZE_3, SIZE_SMALL_4, room, fonts)


def _sealed(issuer: float, day: float) -> tuple[float, float]:
    """The date ends four characters from the edge, 署名 is centred on it; a long one moves both left."""
    middle = min(TYPE_WIDTH - 4 * CELL - day / 2, TYPE_WIDTH - issuer / 2)
    return middle - issuer / 2, middle - day / 2


def _unsealed(issuer: float, day: float) -> tuple[float, float]:
    """署名 ends two characters from the edge and the date begins two characters after it does.

    A date that would reach further than 署名 ends two characters from the edge and moves it left. A name that
    would begin left of the type area ends nearer to the edge.
    """
    right = TYPE_WIDTH - 2 * CELL
    issuer_x = max(0.0, min(right - issuer, right - day - 2 * CELL))
    return issuer_x, issuer_x + 2 * CELL


def _several_sealed(document: OfficialDocument, pitch: float, fonts: FontLibrary) -> Item:
    """Rows of names in order, a seal's room apart; the last one stands over the date, under one seal."""
    names = issuers(document)
    day = date_text(document.dated_on)
    sizes = [_name_size(name, TYPE_WIDTH, fonts) for name in names]
    widths = [fonts.width(name, Role.BODY, size) for name, size in zip(names, sizes, strict=True)]
    widest = max(_SEAL, *widths)
    step = max(_SEAL + _SEAL_GAP, max(widths) + CELL)
    day_width = fonts.width(day, Role.BODY, SIZE_3)
    last = min(TYPE_WIDTH - 4 * CELL - day_width / 2, TYPE_WIDTH - widest / 2)
    columns = min(_SEALS_IN_A_ROW, len(names), 1 + int((last - widest / 2) / step))
    rows = -(-len(names) // columns)
    height = (4 + (rows - 1) * _ROW_LINES) * pitch
    if height > TYPE_HEIGHT - 2 * pitch:
        raise DocumentFailed(
            "signature_too_high",
            f"联合行文的{len(names)}个机关的署名和印章在一页里放不下。",
            "请改用规范化简称后重试。",
        )
    marks: list[Mark] = []
    y = 0.0
    for number, (name, size, width) in enumerate(zip(names, sizes, widths, strict=True)):
        row = number // columns
        in_row = min(columns, len(names) - row * columns)
        x = last - (in_row - 1 - number % columns) * step
        y = (2 + row * _ROW_LINES) * pitch + baseline_in(pitch, SIZE_3)
        marks.append(Ink(x - width / 2, y, name, size=size))
    marks.append(Ink(last - day_width / 2, y + pitch, day))
    return Item(height, tuple(marks))


def _several_unsealed(document: OfficialDocument, pitch: float, fonts: FontLibrary) -> Item:
    """The names under each other with one right edge, the date under the last one as under a single name."""
    day = date_text(document.dated_on)
    sizes = [_name_size(name, TYPE_WIDTH, fonts) for name in issuers(document)]
    named = list(zip(issuers(document), sizes, strict=True))
    widths = [fonts.width(name, Role.BODY, size) for name, size in named]
    last_x, day_x = _unsealed(widths[-1], fonts.width(day, Role.BODY, SIZE_3))
    right = last_x + widths[-1]
    marks: list[Mark] = []
    y = baseline_in(pitch, SIZE_3)
    for (name, size), width in zip(named, widths, strict=True):
        y += pitch
        marks.append(Ink(max(0.0, right - width), y, name, size=size))
    return Item((len(marks) + 2) * pitch, (*marks, Ink(day_x, y + pitch, day)))


def _stamped(document: OfficialDocument, pitch: float, fonts: FontLibrary) -> Item:
    """A row for each stamp: its room ends four characters from the edge, the post stands two left of it."""
    day = date_text(document.dated_on)
    right = TYPE_WIDTH - 4 * CELL
    room = right - _STAMP_WIDTH - 2 * CELL
    sizes = [_name_size(post, room, fonts) for post in document.stamp_posts]
    posts = list(zip(document.stamp_posts, sizes, strict=True))
    x = room - max(fonts.width(post, Role.BODY, size) for post, size in posts)
    marks: list[Mark] = []
    y = 2 * pitch
    for post, size in posts:
        marks.append(Ink(x, y + baseline_in(_STAMP_LINES * pitch, size), post, size=size))
        y += _STAMP_LINES * pitch
    day_x = right - fonts.width(day, Role.BODY, SIZE_3)
    marks.append(Ink(day_x, y + pitch + baseline_in(pitch, SIZE_3), day))
    return Item(y + 2 * pitch, tuple(marks))


def note_text(note: str) -> str:
    """附注 in round brackets, whether it was typed with them or not."""
    return note if note.startswith("（") and note.endswith("）") else f"（{note}）"


def _note(note: str, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """附注 in round brackets on the line below the date."""
    if not note:
        return []
    setting = Setting(SIZE_3, CELL, fonts.width)
    lines = break_lines([Span(note_text(note), Role.BODY)], setting, grid.width, indent=2 * CELL)
    items = [line_item(line, SIZE_3, grid.pitch) for line in lines]
    return [replace(item, glued=True) for item in items[:-1]] + items[-1:]
