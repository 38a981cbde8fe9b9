"""A slip at the foot of a page, to be cut off along a dashed line and sent back."""

from collections.abc import Sequence

from core.model.document import Receipt, ReceiptField
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM, SIZE_3, SIZE_4, TYPE_WIDTH, baseline_in
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import Ink, Mark, Rule, line_inks

_DASH, CUT_WEIGHT = 2 * MM, 0.5
RECEIPT_TITLE_ROW = 12 * MM
RECEIPT_LINE = 8 * MM
FIELD_GAP = SIZE_4
"""Between two fields of a row."""
_LEAST_WRITING = 20 * MM
_WRITING_WEIGHT, _UNDER = 0.4, 0.12 * SIZE_4 + 1.2
"""The line to write upon, and how far it is below the label's baseline."""


def receipt_marks(receipt: Receipt, bottom: float, fonts: FontLibrary) -> tuple[Mark, ...]:
    """The slip, its last row ending at `bottom`; the first mark is the dashed line above it."""
    marks: list[Mark] = []
    y = RECEIPT_TITLE_ROW
    for row in receipt.rows:
        x, height = 0.0, RECEIPT_LINE
        for field, room in zip(row, field_rooms(row, fonts), strict=True):
            inks, lines = _field(field, room, fonts)
            marks += [ink.moved(x, y) for ink in inks]
            x += room + FIELD_GAP
            height = max(height, lines * RECEIPT_LINE)
        y += height
    title_width = fonts.width(receipt.title, Role.TITLE, SIZE_3)
    title = Ink(
        (TYPE_WIDTH - title_width) / 2, baseline_in(RECEIPT_TITLE_ROW, SIZE_3), receipt.title, Role.TITLE
    )
    cut = Rule(0, 0, TYPE_WIDTH, 0, CUT_WEIGHT, dash=_DASH)
    return tuple(mark.moved(0, bottom - y) for mark in (cut, title, *marks))


def field_rooms(row: Sequence[ReceiptField], fonts: FontLibrary) -> list[float]:
    """How wide the fields of a row are: alike, unless one needs more and the others can spare it."""
    width = TYPE_WIDTH - (len(row) - 1) * FIELD_GAP
    needed = [
        fonts.width(f"{field.label}：{field.text}", Role.BODY, SIZE_4) + (0 if field.text else _LEAST_WRITING)
        for field in row
    ]
    if max(needed) <= width / len(row) or sum(needed) > width:
        return [width / len(row)] * len(row)
    return [each + (width - sum(needed)) / len(row) for each in needed]


def _field(field: ReceiptField, room: float, fonts: FontLibrary) -> tuple[list[Mark], int]:
    """Label and text, turned over under its first character, or a line to write upon; and how many lines."""
    label = f"{field.label}："
    setting = Setting(SIZE_4, SIZE_4, fonts.width)
    hang = min(fonts.width(label, Role.BODY, SIZE_4), room / 2)
    lines = break_lines([Span(label + field.text, Role.BODY)], setting, room, hang=hang, justify=False)
    y = baseline_in(RECEIPT_LINE, SIZE_4)
    marks: list[Mark] = [
        ink
        for number, line in enumerate(lines)
        for ink in line_inks(line, 0, y + number * RECEIPT_LINE, SIZE_4)
    ]
    if field.text:
        return marks, len(lines)
    count, start = len(lines), lines[-1].width
    if room - start < _LEAST_WRITING:
        count, start = count + 1, 0.0
    upon = y + (count - 1) * RECEIPT_LINE + _UNDER
    return [*marks, Rule(start, upon, room, upon, _WRITING_WEIGHT)], count
