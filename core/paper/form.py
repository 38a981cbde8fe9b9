"""Boxed forms: labels beside their boxes, long texts over as many pages as they need, room for seals."""

from collections.abc import Sequence
from dataclasses import replace

from core.model.register_papers import Form, FormRow, Opinion
from core.paper.boxes import LEADING, SIDE, Cell, cell_lines, continued_head, row_items, top_rule
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM, SIZE_SMALL_4
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.page import Item

LABEL_ROLE = Role.HEI

_UNITS = 6
"""A row is six units wide: a label takes one, so that one, two or three boxes stand on the same edges."""
_LEAST_ROW, _LEAST_OPINION = 9 * MM, 38 * MM
_WHOLE_ROW = 0.25
"""Rows up to this share of the page are kept whole."""
_TEXT_INDENT = 2 * SIZE_SMALL_4
_SEAL, _BLANK_DAY = "（盖章）", "　　　年　　月　　日"
_SEAL_LINES = 4
"""Blank line, seal, day, and the last line of the opinion: these stay together."""


def form_items(form: Form, width: float, height: float, fonts: FontLibrary) -> list[Item]:
    """The form's rows, on pages of this height."""
    top = top_rule(width)
    items = [top]
    for row in form.rows:
        items += _row(row, width, height, top, fonts)
    return items


def _row(row: FormRow | Opinion, width: float, height: float, top: Item, fonts: FontLibrary) -> list[Item]:
    """A row; where it goes over to another page, its labels are written there again."""
    setting = Setting(SIZE_SMALL_4, SIZE_SMALL_4, fonts.width)
    unit = width / _UNITS
    boxes = 1 if isinstance(row, Opinion) else len(row.fields)
    room = width / boxes - unit
    widths = [unit, room] * boxes
    if isinstance(row, Opinion):
        least, together = _LEAST_OPINION, _SEAL_LINES
        pairs = [
            (Cell(cell_lines(row.label, LABEL_ROLE, setting, unit)), _opinion(row, setting, room - 2 * SIDE))
        ]
    else:
        least, together = row.lines * _LEAST_ROW, 1
        pairs = [
            (
                Cell(cell_lines(field.label, LABEL_ROLE, setting, unit)),
                _value(field.paragraphs, setting, room, alone=boxes == 1),
            )
            for field in row.fields
        ]
    first, *others = row_items(
        [cell for pair in pairs for cell in pair],
        SIZE_SMALL_4,
        widths,
        continued_head([cell for label, _ in pairs for cell in (label, Cell(()))], SIZE_SMALL_4, widths),
        least=least,
        most=_WHOLE_ROW * height,
        together=max(together, *(len(label.lines) + 1 for label, _ in pairs)),
    )
    return [replace(first, head=top), *others]


def _value(paragraphs: Sequence[str], setting: Setting, room: float, *, alone: bool) -> Cell:
    """A short text in the middle of its box; a longer one in paragraphs, if it has the row to itself."""
    lines = tuple(line for text in paragraphs for line in cell_lines(text, Role.BODY, setting, room))
    if len(lines) > 1 and alone:
        return Cell(_text(paragraphs, setting, room - 2 * SIDE), "left")
    return Cell(lines)


def _text(paragraphs: Sequence[str], setting: Setting, measure: float) -> tuple[Line, ...]:
    return tuple(
        line
        for text in paragraphs
        for line in break_lines([Span(text, Role.BODY)], setting, measure, indent=_TEXT_INDENT)
    )


def _opinion(opinion: Opinion, setting: Setting, measure: float) -> Cell:
    """What was said, and at the foot of the box room for seal and day."""
    text = _text(opinion.paragraphs, setting, measure)
    day = opinion.dated_on or _BLANK_DAY
    day_width = setting.width_of(day, Role.BODY, setting.size)
    seal_width = setting.width_of(_SEAL, Role.BODY, setting.size)
    day_x = measure - day_width - _TEXT_INDENT
    foot = [
        *_line_at(_SEAL, day_x + (day_width - seal_width) / 2, setting, measure),
        *_line_at(day, day_x, setting, measure),
    ]
    least = int(_LEAST_OPINION / (LEADING * setting.size)) - len(foot)
    blank = max(1, least - len(text))
    return Cell((*text, *[Line((), 0.0)] * blank, *foot), "left")


def _line_at(text: str, x: float, setting: Setting, measure: float) -> tuple[Line, ...]:
    return break_lines([Span(text, Role.BODY)], setting, measure, indent=x, justify=False)
