"""The head of page 1 in each format, down to the blank line under the title (GB/T 9704, 7.2, 7.3.1, 10)."""

from core.model.document import DocumentFormat, OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size
from core.paper.grid import (
    BASELINE,
    CELL,
    RED,
    RED_HEAD_TOP,
    RED_RULE_GAP,
    RED_RULE_WEIGHT,
    SIZE_2,
    SIZE_3,
    TITLE_LEADING,
    TYPE_WIDTH,
    Grid,
    baseline_in,
)
from core.paper.letter import letter_top
from core.paper.page import Ink, Mark, Page, Rule
from core.paper.people import padded_name
from core.paper.red_head import red_head, top_left_marks
from core.paper.signature import date_text
from core.paper.title import title_lines

_SIGNERS_IN_A_LINE = 2
_LINES_TO_TITLE = 2


def document_head(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> Page:
    """Page 1 down to the blank line under the title.

    Raises:
        DocumentFailed: a name or a word group of the title is too long for a line.
    """
    if document.format is DocumentFormat.PLAIN:
        return _plain_head(document, grid, fonts)
    if document.format is DocumentFormat.LETTER:
        marks, bottom = letter_top(document, grid, fonts)
    else:
        marks, bottom = _red_top(document, grid, fonts)
    title, end = _title(document, bottom + _LINES_TO_TITLE * grid.pitch, fonts)
    return Page((*marks, *title), end + grid.pitch, numbered=document.format is not DocumentFormat.LETTER)


def centred(text: str, role: Role, size: float, y: float, width: float, fonts: FontLibrary) -> Ink:
    """The text in the middle of a width."""
    return Ink((width - fonts.width(text, role, size)) / 2, y, text, role, size)


def _red_top(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> tuple[list[Mark], float]:
    """标志, number or 签发人, red rule; and where the rule is."""
    marks, bottom = red_head(document, RED_HEAD_TOP, fonts)
    at_left, _ = top_left_marks(document, grid.top, grid.pitch)
    y = bottom + 2 * grid.pitch + baseline_in(grid.pitch, SIZE_3)
    if document.format is DocumentFormat.MINUTES:
        numbers, number_y = _minutes_numbers(document, y, grid.pitch, fonts)
    elif document.signers:
        numbers, number_y = _signers(document, y, grid.pitch, fonts)
    else:
        numbers = [centred(document.number, Role.BODY, SIZE_3, y, TYPE_WIDTH, fonts)]
        number_y = y
    rule_y = number_y + (1 - BASELINE) * SIZE_3 + RED_RULE_GAP
    rule = Rule(0, rule_y, TYPE_WIDTH, rule_y, RED_RULE_WEIGHT, RED)
    if document.red_stock:
        return [*at_left, *numbers], rule_y
    return [*at_left, *marks, *numbers, rule], rule_y


def _minutes_numbers(
    document: OfficialDocument, y: float, pitch: float, fonts: FontLibrary
) -> tuple[list[Mark], float]:
    """The number if there is one, and under it office and day, one character from the edges."""
    marks: list[Mark] = []
    if document.number:
        marks.append(centred(document.number, Role.BODY, SIZE_3, y, TYPE_WIDTH, fonts))
        y += pitch
    day = date_text(document.dated_on)
    day_x = TYPE_WIDTH - CELL - fonts.width(day, Role.BODY, SIZE_3)
    size = fitted_size(document.issuer, Role.BODY, SIZE_3, SIZE_3 / 2, day_x - 2 * CELL, fonts)
    return [*marks, Ink(CELL, y, document.issuer, size=size), Ink(day_x, y, day)], y


def _signers(
    document: OfficialDocument, y: float, pitch: float, fonts: FontLibrary
) -> tuple[list[Mark], float]:
    """The number on the left, 签发人 with two names a line on the right; the last line is shared."""
    label = "签发人："
    names = [padded_name(name) for name in document.signers]
    widths = [fonts.width(name, Role.KAI, SIZE_3) for name in names]
    step = max(widths) + CELL
    in_a_line = min(_SIGNERS_IN_A_LINE, len(names))
    names_x = TYPE_WIDTH - CELL - max(widths) - (in_a_line - 1) * step
    label_x = names_x - fonts.width(label, Role.BODY, SIZE_3)
    marks: list[Mark] = [Ink(label_x, y, label)]
    last_y = y
    for number, name in enumerate(names):
        line, place = divmod(number, in_a_line)
        last_y = y + line * pitch
        marks.append(Ink(names_x + place * step, last_y, name, Role.KAI))
    room = (names_x if last_y > y else label_x) - 2 * CELL
    size = fitted_size(document.number, Role.BODY, SIZE_3, SIZE_3 / 2, room, fonts)
    return [Ink(CELL, last_y, document.number, size=size), *marks], last_y


def _plain_head(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> Page:
    """The title under a blank line at the top of the page, under it the number at the right."""
    marks, lines = top_left_marks(document, grid.top, grid.pitch)
    title, y = _title(document, grid.top + max(1, lines) * grid.pitch, fonts)
    marks += title
    if document.number:
        x = TYPE_WIDTH - fonts.width(document.number, Role.BODY, SIZE_3)
        marks.append(Ink(x, y + baseline_in(grid.pitch, SIZE_3), document.number))
        y += grid.pitch
    return Page(tuple(marks), y + grid.pitch)


def _title(document: OfficialDocument, y: float, fonts: FontLibrary) -> tuple[list[Mark], float]:
    """The lines of the title from `y` on, and where they end."""
    marks: list[Mark] = []
    lines = title_lines(document.title, SIZE_2, fonts)
    size = min(
        (fitted_size(line, Role.TITLE, SIZE_2, SIZE_3, TYPE_WIDTH, fonts) for line in lines), default=SIZE_2
    )
    for line in lines:
        y_line = y + baseline_in(TITLE_LEADING, size)
        marks.append(centred(line, Role.TITLE, size, y_line, TYPE_WIDTH, fonts))
        y += TITLE_LEADING
    return marks, y
