"""The foot of a document: 版记 and page numbers (GB/T 9704, 7.4, 7.5); the head of the log beside these."""

from core.errors import DocumentFailed
from core.model.document import DocumentFormat, OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size, ink_extent
from core.paper.grid import (
    IMPRINT_INNER_WEIGHT,
    IMPRINT_LINE,
    IMPRINT_OUTER_WEIGHT,
    PAGE_NUMBER_DASH,
    SIZE_4,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    baseline_in,
)
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import Ink, Mark, Rule, line_inks
from core.paper.signature import date_text

_LOG_SIZE = 7.0


def imprint_marks(
    document: OfficialDocument, fonts: FontLibrary, bottom: float = TYPE_HEIGHT
) -> tuple[tuple[Mark, ...], float]:
    """The 版记 and where it begins; it ends at `bottom`, on the edge of the type area.

    There is none without 印发机关, unless it has to name the 主送机关. That of a letter has neither 印发机关
    nor rules.

    Raises:
        DocumentFailed: so many are named that it is higher than a page.
    """
    letter = document.format is DocumentFormat.LETTER
    if not (document.printed_by or letter or document.addressee_below):
        return (), bottom
    rows = _recipients(document, fonts)
    named = len(rows)
    if document.printed_by and not letter:
        rows.append(_printed_by(document, fonts))
    top = bottom - len(rows) * IMPRINT_LINE
    if top < 0:
        raise DocumentFailed(
            "imprint_too_high",
            "主送、抄送机关太多，版记在一页里放不下。",
            "请改用统称（如“各社区”“各社会组织”），或把名单作为附件。",
        )
    marks: list[Mark] = [] if letter else [_imprint_rule(top, IMPRINT_OUTER_WEIGHT)]
    for number, row in enumerate(rows):
        marks += [mark.moved(0, top + number * IMPRINT_LINE) for mark in row]
    if letter:
        return tuple(marks), top
    if 0 < named < len(rows):
        marks.append(_imprint_rule(bottom - IMPRINT_LINE, IMPRINT_INNER_WEIGHT))
    return (*marks, _imprint_rule(bottom, IMPRINT_OUTER_WEIGHT)), top


def _imprint_rule(y: float, weight: float) -> Rule:
    return Rule(0, y, TYPE_WIDTH, y, weight)


def _recipients(document: OfficialDocument, fonts: FontLibrary) -> list[list[Mark]]:
    """主送 if it stands here, and 抄送; no rule parts them."""
    addressee = document.addressee if document.addressee_below else ""
    return [*_named("主送", addressee, fonts), *_named("抄送", document.copy_to, fonts)]


def _named(label: str, names: str, fonts: FontLibrary) -> list[list[Mark]]:
    """The names after their label, turned over under the first one; they end with a full stop."""
    if not names:
        return []
    text = f"{label}：{names.rstrip('。')}。"
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


def log_head_text(head: str) -> str:
    """The head of the log as it is printed: 日志 128-3F2A-91BC; empty for none."""
    return f"日志 {head}" if head else ""


def log_head_mark(
    head: str, y: float, number: int, fonts: FontLibrary, area_width: float = TYPE_WIDTH
) -> Ink:
    """The head of the log with its baseline at `y`, on the side of the page that its number leaves free."""
    text = log_head_text(head)
    width = fonts.width(text, Role.BODY, _LOG_SIZE)
    x = _LOG_SIZE if number % 2 else area_width - _LOG_SIZE - width
    return Ink(x, y, text, Role.BODY, _LOG_SIZE)
