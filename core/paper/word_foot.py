"""The foot of a Word document: 版记 and receipt at the bottom of the last page, page numbers."""

from collections.abc import Sequence

from core.model.document import DocumentFormat, OfficialDocument, Receipt, ReceiptField
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size
from core.paper.grid import (
    IMPRINT_INNER_WEIGHT,
    IMPRINT_LINE,
    IMPRINT_OUTER_WEIGHT,
    MM,
    PAPER_HEIGHT,
    SIZE_4,
    TYPE_LEFT,
    TYPE_TOP,
    TYPE_WIDTH,
)
from core.paper.imprint import page_number_mark
from core.paper.receipt import CUT_WEIGHT, FIELD_GAP, RECEIPT_LINE, RECEIPT_TITLE_ROW, field_rooms
from core.paper.signature import date_text
from core.paper.word_tables import Place, WordCell, WordRow, table_element
from core.paper.word_xml import Border, Element, Letters, Look, Tab, page_field, paragraph, run, spacer

_NUMBER_LINE = 20.0
_NUMBER_BASELINE = 0.8 * _NUMBER_LINE
_SIDEWAYS_WIDTH, _SIDEWAYS_LENGTH = 10 * MM, 40 * MM
_ABOVE_RECEIPT = 5 * MM
_OUTER, _INNER = Border(IMPRINT_OUTER_WEIGHT), Border(IMPRINT_INNER_WEIGHT)


def foot_parts(document: OfficialDocument, fonts: FontLibrary) -> list[Element]:
    """版记 above the receipt, in a table that keeps to the bottom of the page on which the text ends."""
    imprint = _imprint_rows(document, fonts)
    receipt = _receipt_rows(document.receipt, fonts) if document.receipt else []
    between = [WordRow([WordCell([spacer(1)])], _ABOVE_RECEIPT)] if imprint and receipt else []
    rows = [*imprint, *between, *receipt]
    if not rows:
        return []
    # LibreOffice lets only tables float that hang on the paper's edge; mirrored margins do not allow that.
    place = (
        Place(0, "bottom", "margin") if document.two_sided else Place(TYPE_LEFT, "bottom", "page", "margin")
    )
    return [spacer(1), table_element([TYPE_WIDTH], rows, place=place), spacer(1), spacer(1)]


def _imprint_rows(document: OfficialDocument, fonts: FontLibrary) -> list[WordRow]:
    """主送 if it stands here, 抄送, 印发机关 and day between rules; a letter has only the first two."""
    letter = document.format is DocumentFormat.LETTER
    if not (document.printed_by or letter or document.addressee_below):
        return []
    addressee = document.addressee if document.addressee_below else ""
    lines = [
        _named(label, names) for label, names in (("主送", addressee), ("抄送", document.copy_to)) if names
    ]
    named = len(lines)
    if document.printed_by and not letter:
        lines.append(_printed_by(document, fonts))
    rows = []
    for number, line in enumerate(lines):
        rules: dict[str, Border] = {}
        if not letter and number == 0:
            rules["top"] = _OUTER
        elif not letter and number == named:
            rules["top"] = _INNER
        if not letter and number == len(lines) - 1:
            rules["bottom"] = _OUTER
        rows.append(WordRow([WordCell([line], rules=rules)], IMPRINT_LINE))
    return rows


def _named(label: str, names: str) -> Element:
    """The names after their label, turned over under the first one; they end with a full stop."""
    look = Look("Imprint", line=IMPRINT_LINE, left=4 * SIZE_4, right=SIZE_4, first=-3 * SIZE_4)
    return paragraph(look, f"{label}：{names.rstrip('。')}。")


def _printed_by(document: OfficialDocument, fonts: FontLibrary) -> Element:
    day = f"{date_text(document.printed_on or document.dated_on)}印发"
    room = TYPE_WIDTH - 3 * SIZE_4 - fonts.width(day, Role.BODY, SIZE_4)
    size = fitted_size(document.printed_by, Role.BODY, SIZE_4, SIZE_4 / 2, room, fonts)
    look = Look(
        "Imprint",
        line=IMPRINT_LINE,
        left=SIZE_4,
        right=SIZE_4,
        align="left",
        tabs=[Tab(TYPE_WIDTH - SIZE_4, "right")],
    )
    letters = Letters(size=size if size < SIZE_4 else None)
    return paragraph(look, run(document.printed_by, letters), run(f"\t{day}"))


def _receipt_rows(receipt: Receipt, fonts: FontLibrary) -> list[WordRow]:
    """The title under the line to cut along, and the fields; what is empty has a line to write upon."""
    cut = Border(CUT_WEIGHT, dashed=True)
    title = paragraph(Look("ReceiptTitle", line=RECEIPT_TITLE_ROW), receipt.title)
    rows = [WordRow([WordCell([title], rules={"top": cut})], RECEIPT_TITLE_ROW)]
    for row in receipt.rows:
        for fields in _side_by_side(row, fonts):
            rows.append(WordRow([WordCell([_fields(fields, fonts)])], RECEIPT_LINE))
    return rows


def _side_by_side(row: Sequence[ReceiptField], fonts: FontLibrary) -> list[Sequence[ReceiptField]]:
    """The row, or each field in one of its own where one is too long for its room."""
    rooms = field_rooms(row, fonts)
    needed = [fonts.width(f"{each.label}：{each.text}", Role.BODY, SIZE_4) for each in row]
    return (
        [row] if all(n <= room for n, room in zip(needed, rooms, strict=True)) else [[each] for each in row]
    )


def _fields(row: Sequence[ReceiptField], fonts: FontLibrary) -> Element:
    tabs, runs, x = [], [], 0.0
    for number, (each, room) in enumerate(zip(row, field_rooms(row, fonts), strict=True)):
        if number:
            tabs.append(Tab(x))
            runs.append(run("\t"))
        runs.append(run(f"{each.label}：{each.text}"))
        x += room
        if not each.text:
            tabs.append(Tab(x, "right", upon=True))
            runs.append(run("\t"))
        x += FIELD_GAP
    hang = min(fonts.width(f"{row[0].label}：", Role.BODY, SIZE_4), TYPE_WIDTH / 2) if len(row) == 1 else 0.0
    look = Look("Receipt", line=RECEIPT_LINE, tabs=tabs, left=hang or None, first=-hang if hang else None)
    return paragraph(look, *runs)


def footer_end(fonts: FontLibrary) -> float:
    """How far above the paper's lower edge the line of the page number ends, in points."""
    baseline = TYPE_TOP + page_number_mark(1, fonts).y
    return PAPER_HEIGHT - baseline - _NUMBER_LINE + _NUMBER_BASELINE


def page_number(*, odd: bool, lifted: float = 0.0) -> list[Element]:
    """`— 1 —`, one character in from the outer side; `lifted` so far above the footer's end."""
    look = Look(
        "PageNumber",
        line=_NUMBER_LINE,
        left=None if odd else SIZE_4,
        right=SIZE_4 if odd else None,
        align="right" if odd else "left",
    )
    number = paragraph(look, run("— "), *page_field(), run(" —"))
    return [number, spacer(lifted)] if lifted else [number]


def sideways_number(fonts: FontLibrary, *, odd: bool) -> list[Element]:
    """The page number of a turned page: where it is on the upright paper, so beside the text and sideways."""
    mark = page_number_mark(1, fonts)
    look = Look("PageNumber", line=_SIDEWAYS_WIDTH, align="right" if odd else "left")
    cell = WordCell([paragraph(look, run("— "), *page_field(), run(" —"))], direction="tbRl")
    middle = PAPER_HEIGHT - TYPE_TOP - mark.y + 0.35 * SIZE_4
    end = TYPE_LEFT + TYPE_WIDTH - SIZE_4
    y = end - _SIDEWAYS_LENGTH if odd else TYPE_LEFT + SIZE_4
    place = Place(middle - _SIDEWAYS_WIDTH / 2, y)
    row = WordRow([cell], _SIDEWAYS_LENGTH, exact=True)
    return [table_element([_SIDEWAYS_WIDTH], [row], place=place), spacer(1)]
