"""A 公文 in each format of GB/T 9704-2012: from what it says to finished pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from core.errors import DocumentFailed
from core.model.document import Annex, DocumentFormat, OfficialDocument, Paragraph, Table
from core.model.office import LinePitch
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size
from core.paper.grid import CELL, MM, SIZE_2, SIZE_3, SIZE_4, TYPE_HEIGHT, Grid, baseline_in, grid_of
from core.paper.head import centred, document_head
from core.paper.imprint import imprint_marks, log_head_mark, page_number_mark
from core.paper.letter import LETTER_FOOT, filled_down, letter_grid
from core.paper.lines import Span
from core.paper.page import Item, Mark, Page, Rule, fill_pages, pages_of
from core.paper.people import people_items
from core.paper.receipt import receipt_marks
from core.paper.signature import signature_items
from core.paper.tables import fitting_size
from core.paper.text_blocks import body_lines, kept_with_next, paragraph_items, text_items
from core.paper.title import title_lines

_TIGHTEST = 0.8
"""Of the line pitch; closer lines would look like another document."""
_HAIR = 0.01
"""Points; sums of many lines are not exact."""
_ABOVE_RECEIPT = 5 * MM
_OVER_CUT, _HEAD_ROOM = 2.5 * MM, 8 * MM
"""The baseline of the log's head over the line to cut along, and what has to be free there."""
_MOST_KEPT_ROWS = 500
"""Of the tables of an 附件 whose pages are kept."""


class _Foot(NamedTuple):
    """What stands at the foot of the last page, where it begins, and whether it waits for an even page."""

    marks: tuple[Mark, ...]
    top: float
    on_even: bool


def document_pages(document: OfficialDocument, fonts: FontLibrary) -> list[Page]:
    """All pages: head and text, annexes, 版记 and receipt, annexes that are bound apart.

    Raises:
        DocumentFailed: something does not fit, or the first page has no room for the text.
    """
    return list(each_page(document, fonts))


def each_page(document: OfficialDocument, fonts: FontLibrary) -> Iterator[Page]:
    """As `document_pages`, but those of annexes only when they are asked for: they may be thousands.

    Raises:
        DocumentFailed: something does not fit, or the first page has no room for the text.
    """
    document = with_text_on_first_page(document, fonts)
    bound = [place for place, annex in enumerate(document.annexes) if not annex.apart]
    annexed = (page for place in bound for page in _annex_pages(place, document, fonts))
    room_for_seal = grid_of(document.line_pitch).pitch if document.seal and not bound else 0.0
    foot = _foot(document, fonts)
    # A receipt belongs under the letter to which it is the answer, not on a page of its own.
    under = not bound and document.receipt and not foot.on_even
    front = _front_pages(document, fonts, foot.top - room_for_seal if under else None)
    count = 0
    bound_pages = _numbered(_with_foot(chain(front, annexed), foot, room_for_seal))
    for page in _with_log_head(bound_pages, document, fonts):
        count += 1
        yield page
    for place, annex in enumerate(document.annexes):
        if annex.apart:
            blank = [Page(numbered=False)] if document.two_sided and count % 2 else []
            for page in chain(blank, _numbered(_annex_pages(place, document, fonts))):
                count += 1
                yield page


def with_text_on_first_page(document: OfficialDocument, fonts: FontLibrary) -> OfficialDocument:
    """The document, its 主送机关 in the 版记 if they leave no line of page 1 to the text (7.3.2)."""
    grid = grid_of(document.line_pitch)
    addressee = _addressee(document, grid, fonts)
    if len(addressee) < 2:
        return document
    _, _, room = _first_page(document, grid, fonts)
    fits = (len(addressee) + 1) * grid.pitch <= room
    return document if fits else replace(document, addressee_below=True)


def _first_page(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> tuple[Page, Grid, float]:
    """Page 1 with its head, its grid, and the height that is left on it."""
    letter = document.format is DocumentFormat.LETTER
    head = document_head(document, grid, fonts)
    first = letter_grid(grid) if letter else grid
    return head, first, (first.height if letter else first.bottom) - head.bottom


def _front_pages(document: OfficialDocument, fonts: FontLibrary, end: float | None) -> list[Page]:
    """Head and text, which ends at `end` if it can be made to, so that the foot stands below it."""
    grid = grid_of(document.line_pitch)
    head, first, room = _first_page(document, grid, fonts)
    items = _body(document, grid, room, fonts, room if end is None else min(room, end - head.bottom))
    pages = fill_pages(items, grid, head, first) or [head]
    if items and len(pages[0].marks) == len(head.marks):
        raise _no_text_on_first_page(document)
    return filled_down(pages, head, first) if document.format is DocumentFormat.LETTER else pages


def _numbered(pages: Iterable[Page]) -> Iterator[Page]:
    return (replace(page, number=number) for number, page in enumerate(pages, start=1))


def _body(
    document: OfficialDocument, grid: Grid, room: float, fonts: FontLibrary, wanted: float
) -> list[Item]:
    """主送 to 成文日期; `room` is the height left on page 1, `wanted` what it should take of it at most.

    A text so short that no line of it could go over with the signature block is set a little closer instead
    (7.3.5.5); where even this does not help, its only line is parted into two. One that keeps to page 1 is
    set closer too if this gives it the height that is wanted.
    """
    addressee, text = _addressee(document, grid, fonts), _text(document, grid, fonts)
    if (len(addressee) + 1) * grid.pitch > room:
        raise _no_text_on_first_page(document)
    needed = sum(item.height for item in (*addressee, *text))
    goes_over = needed > room
    if needed <= wanted or (goes_over and not all(item.glued for item in text[:-1])):
        return [*addressee, *text]
    share = (room if goes_over else wanted - _HAIR) / needed
    if share >= _TIGHTEST:
        closer = replace(grid, pitch=grid.pitch * share)
        made = [*_addressee(document, closer, fonts), *_text(document, closer, fonts)]
        if goes_over or sum(item.height for item in made) <= wanted:
            return made
    return [*addressee, *_text(document, grid, fonts, parted=goes_over)]


def _no_text_on_first_page(document: OfficialDocument) -> DocumentFailed:
    title, addressee = len("".join(document.title)), len(document.addressee)
    offices = f"，联合发文的机关有 {len(document.partners) + 1} 个" if document.partners else ""
    return DocumentFailed(
        "no_text_on_first_page",
        f"首页放不下正文：标题有 {title} 个字，主送有 {addressee} 个字{offices}。",
        f"请缩短标题或主送{'，或减少联合发文的机关' if offices else ''}。",
    )


def _addressee(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """主送 with the first line of text on the same page, unless it stands in the 版记."""
    named = document.addressee and not document.addressee_below
    spans = [Span(f"{document.addressee}：", Role.BODY)] if named else []
    return [replace(item, glued=True) for item in body_lines(spans, grid, fonts)]


def _text(document: OfficialDocument, grid: Grid, fonts: FontLibrary, *, parted: bool = False) -> list[Item]:
    """The text to its end; its last line, 附件说明 and the signature block stay together."""
    last = document.paragraphs[-1] if document.paragraphs else None
    if parted and isinstance(last, Paragraph) and last.text:
        half = replace(grid, width=(3 + len(last.heading + last.text) // 2) * CELL)
        text = [*text_items(document.paragraphs[:-1], grid, fonts), *paragraph_items(last, half, fonts)]
    else:
        text = [*text_items(document.paragraphs, grid, fonts)]
    annexes = _annex_list(document.annexes, grid, fonts)
    if document.format is DocumentFormat.MINUTES:
        end = _attendance(document, grid, fonts)
    else:
        end = signature_items(document, grid, fonts)
    return [*kept_with_next(text), *(replace(item, glued=True) for item in annexes), *end] if end else text


def _attendance(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """出席, 请假, 列席 under a blank line."""
    lists = [item for people in document.attendance for item in people_items([people], grid, fonts)]
    return [Item(grid.pitch, glued=True), *lists] if lists else []


def _annex_list(annexes: Sequence[Annex], grid: Grid, fonts: FontLibrary) -> list[Item]:
    """附件说明 under a blank line, names turned over under their first character."""
    items = [Item(grid.pitch)] if annexes else []
    for text, indent, hang in annex_lines(annexes, fonts):
        items += body_lines([Span(text, Role.BODY)], grid, fonts, indent, hang)
    return items


def annex_lines(annexes: Sequence[Annex], fonts: FontLibrary) -> Iterator[tuple[str, float, float]]:
    """What 附件说明 says of each, and its indents in cells: of the first line and of the others."""
    for number, annex in enumerate(annexes, start=1):
        label = "附件：" if number == 1 else ""
        counted = f"{number}. " if len(annexes) > 1 else ""
        hang = 5 + fonts.width(counted, Role.BODY, SIZE_3) / CELL
        yield f"{label}{counted}{annex.title}", 2 if label else 5, hang


def _annex_pages(place: int, document: OfficialDocument, fonts: FontLibrary) -> Iterable[Page]:
    """An 附件 on pages of its own, turned where a table is too wide to be read on upright ones."""
    annex, name = document.annexes[place], annex_name(place, document)
    rows = sum(len(block.rows) for block in annex.blocks if isinstance(block, Table))
    make = _kept_pages if rows <= _MOST_KEPT_ROWS else _pages_of_annex
    return (replace(page, annex=place + 1) for page in make(annex, name, document.line_pitch, fonts))


@lru_cache(maxsize=8)
def _kept_pages(annex: Annex, name: str, pitch: LinePitch, fonts: FontLibrary) -> tuple[Page, ...]:
    """The pages of a small one: while the text before it is being written, they stay as they are."""
    return tuple(_pages_of_annex(annex, name, pitch, fonts))


def _pages_of_annex(annex: Annex, name: str, pitch: LinePitch, fonts: FontLibrary) -> Iterator[Page]:
    turned, size = table_setting(annex, pitch, fonts)
    grid = grid_of(pitch, turned)
    top = [
        *body_lines([Span(name, Role.HEI)], grid, fonts),
        Item(grid.pitch),
        *_annex_title_items(annex.title, grid, fonts),
        Item(grid.pitch),
    ]
    glued = [replace(item, glued=True) for item in top]
    items = chain(glued, text_items(annex.blocks, grid, fonts, size))
    return (replace(page, turned=turned) for page in pages_of(items, grid))


def annex_name(place: int, document: OfficialDocument) -> str:
    """附件 with its number if there are several; one that is bound apart, with the 发文字号 too."""
    number = place + 1 if len(document.annexes) > 1 else ""
    return f"{document.number if document.annexes[place].apart else ''}附件{number}"


def annex_title(title: str, grid: Grid, fonts: FontLibrary) -> list[tuple[str, float]]:
    """The lines of the title and their sizes; one too long for a line is parted by words."""
    fits = fonts.width(title, Role.TITLE, SIZE_2) <= grid.width
    return [
        (line, fitted_size(line, Role.TITLE, SIZE_2, SIZE_3 / 2, grid.width, fonts))
        for line in ((title,) if fits else title_lines((title,), SIZE_2, fonts))
    ]


def _annex_title_items(title: str, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """The title in the middle of its lines."""
    return [
        Item(grid.pitch, (centred(line, Role.TITLE, size, baseline_in(grid.pitch, size), grid.width, fonts),))
        for line, size in annex_title(title, grid, fonts)
    ]


def table_setting(annex: Annex, pitch: LinePitch, fonts: FontLibrary) -> tuple[bool, float]:
    """Whether the tables of an 附件 need turned pages, and their type size.

    Raises:
        DocumentFailed: a table is too wide even so.
    """
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    for turned in (False, True):
        width = grid_of(pitch, turned).width
        sizes = [fitting_size(table, width, fonts) for table in tables]
        if None not in sizes:
            return turned, min((size for size in sizes if size), default=SIZE_4)
    raise DocumentFailed("table_too_wide", "附件表格的列太多，横排也放不下。", "请减少列数或缩短表头。")


def _with_foot(pages: Iterable[Page], foot: _Foot, room_for_seal: float) -> Iterator[Page]:
    """版记 and receipt on the last page if there is room, else on one more; an even one where this is wanted.

    Where this leaves a page blank before it, neither of the two has a number.
    """
    count = 0
    last = Page()
    for count, page in enumerate(pages, start=1):
        if count > 1:
            yield last
        last = page
    even = not foot.on_even or count % 2 == 0
    if not foot.marks:
        yield last
    elif even and not last.turned and last.bottom + room_for_seal <= foot.top:
        yield replace(last, marks=(*last.marks, *foot.marks))
    elif not foot.on_even or count % 2 == 1:
        yield from (last, Page(foot.marks))
    else:
        yield from (last, Page(numbered=False), Page(foot.marks, numbered=False))


def _with_log_head(pages: Iterable[Page], document: OfficialDocument, fonts: FontLibrary) -> Iterator[Page]:
    """The head of the log on the last page, if it is to be printed: outside the type area, as numbers are.

    Over a receipt it stands above the line to cut along, where there is room: what is kept has to have it.
    """
    last = Page()
    for page in pages:
        if page.number > 1:
            yield last
        last = page
    if not (document.print_log_head and document.log_head):
        yield last
        return
    under_rules = document.format is DocumentFormat.LETTER and last.number == 1
    y = LETTER_FOOT if under_rules else page_number_mark(last.number, fonts).y
    cut = next((each.y for each in last.marks if isinstance(each, Rule) and each.dash), None)
    if cut is not None and all(each.y <= cut - _HEAD_ROOM or each.y >= cut for each in last.marks):
        y = cut - _OVER_CUT
    yield replace(last, log_head=log_head_mark(document.log_head, y, last.number, fonts))


def _foot(document: OfficialDocument, fonts: FontLibrary) -> _Foot:
    """版记 above the receipt.

    Raises:
        DocumentFailed: they are higher than a page.
    """
    receipt = receipt_marks(document.receipt, TYPE_HEIGHT, fonts) if document.receipt else ()
    top = receipt[0].y if receipt else TYPE_HEIGHT
    if top < 0:
        raise DocumentFailed("receipt_too_high", "送达回执在一页里放不下。", "请减少回执的栏目或缩短文字。")
    marks, imprint_top = imprint_marks(document, fonts, top - _ABOVE_RECEIPT if receipt else top)
    if marks:
        top = imprint_top
    ruled = bool(marks) and document.format is not DocumentFormat.LETTER
    return _Foot((*marks, *receipt), top, ruled and document.two_sided and document.imprint_on_even)
