"""The foot of a document: signature block, 版记 and page numbers (GB/T 9704, 7.3.5, 7.4, 7.5)."""

from datetime import date

from core.errors import DocumentFailed
from core.model.document import OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size, ink_extent
from core.paper.grid import (
    CELL,
    IMPRINT_INNER_WEIGHT,
    IMPRINT_LINE,
    IMPRINT_OUTER_WEIGHT,
    PAGE_NUMBER_DASH,
    SIZE_3,
    SIZE_4,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    baseline_in,
)
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import Ink, Item, Mark, Rule, line_inks


def date_text(day: date) -> str:
    """The date as documents write it: no zeros in front."""
    return f"{day.year}年{day.month}月{day.day}日"


def signature_item(document: OfficialDocument, pitch: float, fonts: FontLibrary) -> Item:
    """署名 and 成文日期 in one block, under blank lines: two as room for the seal, or one.

    Raises:
        DocumentFailed: the name of the office is longer than a line.
    """
    day = date_text(document.dated_on)
    issuer_width = fonts.width(document.issuer, Role.BODY, SIZE_3)
    if issuer_width > TYPE_WIDTH:
        raise DocumentFailed(
            "issuer_too_wide", f"署名“{document.issuer}”太长，一行排不下。", "请改用规范化简称。"
        )
    place = _sealed if document.seal else _unsealed
    issuer_x, day_x = place(issuer_width, fonts.width(day, Role.BODY, SIZE_3))
    y = (2 if document.seal else 1) * pitch + baseline_in(pitch, SIZE_3)
    marks = (Ink(issuer_x, y, document.issuer), Ink(day_x, y + pitch, day))
    return Item((4 if document.seal else 3) * pitch, marks)


def _sealed(issuer: float, day: float) -> tuple[float, float]:
    """The date ends four characters from the edge, 署名 is centred on it; a long one moves both left."""
    middle = min(TYPE_WIDTH - 4 * CELL - day / 2, TYPE_WIDTH - issuer / 2)
    return middle - issuer / 2, middle - day / 2


def _unsealed(issuer: float, day: float) -> tuple[float, float]:
    """署名 ends two characters from the edge and the date begins two characters after it does.

    A date that would reach further than 署名 ends two characters from the edge and moves it left.
    """
    right = TYPE_WIDTH - 2 * CELL
    issuer_x = min(right - issuer, right - day - 2 * CELL)
    return issuer_x, issuer_x + 2 * CELL


def imprint_marks(document: OfficialDocument, fonts: FontLibrary) -> tuple[Mark, ...]:
    """The 版记, its last rule on the bottom edge of the type area; nothing without 印发机关."""
    if not document.printed_by:
        return ()
    rows = [*_copy_to(document.copy_to, fonts), _printed_by(document, fonts)]
    top = TYPE_HEIGHT - len(rows) * IMPRINT_LINE
    marks: list[Mark] = [_imprint_rule(top, IMPRINT_OUTER_WEIGHT)]
    for number, row in enumerate(rows):
        marks += [mark.moved(0, top + number * IMPRINT_LINE) for mark in row]
    if len(rows) > 1:
        marks.append(_imprint_rule(TYPE_HEIGHT - IMPRINT_LINE, IMPRINT_INNER_WEIGHT))
    return (*marks, _imprint_rule(TYPE_HEIGHT, IMPRINT_OUTER_WEIGHT))


def imprint_top(marks: tuple[Mark, ...]) -> float:
    """Where the 版记 begins."""
    return min(mark.y for mark in marks)


def _imprint_rule(y: float, weight: float) -> Rule:
    return Rule(0, y, TYPE_WIDTH, y, weight)


def _copy_to(copy_to: str, fonts: FontLibrary) -> list[list[Mark]]:
    """抄送, turned over under the first name; ends with a full stop."""
    if not copy_to:
        return []
    text = f"抄送：{copy_to.rstrip('。')}。"
    lines = break_lines(
        [Span(text, Role.BODY)],
        Setting(SIZE_4, SIZE_4, fonts.width),
        TYPE_WIDTH - 2 * SIZE_4,
        hang=3 * SIZE_4,
    )
    y = baseline_in(IMPRINT_LINE, SIZE_4)
    return [list(line_inks(line, SIZE_4, y, SIZE_4)) for line in lines]


def _printed_by(document: OfficialDocument, fonts: FontLibrary) -> list[Mark]:
    day = f"{date_text(document.printed_on or document.dated_on)}印发"
    day_width = fonts.width(day, Role.BODY, SIZE_4)
    room = TYPE_WIDTH - 3 * SIZE_4 - day_width
    size = fitted_size(document.printed_by, Role.BODY, SIZE_4, SIZE_4 / 2, room, fonts)
    y = baseline_in(IMPRINT_LINE, SIZE_4)
    return [
        Ink(SIZE_4, y, document.printed_by, Role.BODY, size),
        Ink(TYPE_WIDTH - SIZE_4 - day_width, y, day, Role.BODY, SIZE_4),
    ]


def page_number_mark(
    number: int, fonts: FontLibrary, area_width: float = TYPE_WIDTH, area_height: float = TYPE_HEIGHT
) -> Ink:
    """`— 1 —` under the type area, one character in: from the right on odd pages, from the left on even."""
    text = f"— {number} —"
    width = fonts.width(text, Role.SONG, SIZE_4)
    x = area_width - SIZE_4 - width if number % 2 else SIZE_4
    dash_height, _ = ink_extent("—", Role.SONG, SIZE_4, fonts)
    return Ink(x, area_height + PAGE_NUMBER_DASH + dash_height, text, Role.SONG, SIZE_4)
