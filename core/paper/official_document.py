"""A 公文 in the ordinary format of GB/T 9704-2012: from what it says to finished pages."""

from collections.abc import Sequence
from dataclasses import replace

from core.errors import DocumentFailed
from core.model.document import Annex, OfficialDocument, Paragraph, Table
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size
from core.paper.grid import CELL, SIZE_2, SIZE_3, SIZE_4, Grid, baseline_in, grid_of
from core.paper.head import centred, document_head
from core.paper.imprint import imprint_marks, imprint_top, signature_item
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import Item, Page, fill_pages, line_item
from core.paper.tables import fitting_size, table_items

HEADING_ROLES = (Role.BODY, Role.HEI, Role.KAI, Role.BODY, Role.BODY)
"""Typeface of a heading by its level; 0 is no heading."""

_TIGHTEST = 0.8
"""Of the line pitch; closer lines would look like another document."""


def document_pages(document: OfficialDocument, fonts: FontLibrary) -> list[Page]:
    """All pages: head and text, annexes, imprint.

    Raises:
        DocumentFailed: something does not fit, or the first page has no room for the text.
    """
    grid = grid_of(document.line_pitch)
    head = document_head(document.red_head, document.number, document.title, grid, fonts)
    pages = fill_pages(_body(document, grid, grid.bottom - head.bottom, fonts), grid, head)
    room_for_seal = grid.pitch if document.seal and not document.annexes else 0.0
    for number, annex in enumerate(document.annexes, start=1):
        name = "附件" if len(document.annexes) == 1 else f"附件{number}"
        pages += _annex_pages(name, annex, document, fonts)
    return _with_imprint(pages, document, room_for_seal, fonts)


def _body(document: OfficialDocument, grid: Grid, room: float, fonts: FontLibrary) -> list[Item]:
    """主送 to 成文日期; `room` is the height left on page 1.

    A text so short that no line of it could go over with the signature block is set a little closer instead
    (7.3.5.5).
    """
    addressee, text = _addressee(document, grid, fonts), _text(document, grid, fonts)
    if (len(addressee) + 1) * grid.pitch > room:
        raise DocumentFailed(
            "no_text_on_first_page", "首页放不下正文。", "请减少主送机关（可移到抄送），或缩短标题后重试。"
        )
    needed = sum(item.height for item in (*addressee, *text))
    if _TIGHTEST <= room / needed < 1 and all(item.glued for item in text[:-1]):
        closer = replace(grid, pitch=grid.pitch * room / needed)
        return [*_addressee(document, closer, fonts), *_text(document, closer, fonts)]
    return [*addressee, *text]


def _addressee(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """主送 with the first line of text on the same page."""
    spans = [Span(f"{document.addressee}：", Role.BODY)] if document.addressee else []
    return [replace(item, glued=True) for item in _lines(spans, grid, fonts)]


def _text(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """The text to 成文日期; its last line, 附件说明 and the signature block stay together."""
    text = [item for paragraph in document.paragraphs for item in paragraph_items(paragraph, grid, fonts)]
    tail = _annex_list(document.annexes, grid, fonts)
    together = [replace(item, glued=True) for item in (*text[-1:], *tail)]
    return [*text[:-1], *together, signature_item(document, grid.pitch, fonts)]


def _lines(
    spans: Sequence[Span], grid: Grid, fonts: FontLibrary, indent: float = 0.0, hang: float = 0.0
) -> list[Item]:
    """Lines of body text."""
    setting = Setting(SIZE_3, CELL, fonts.width)
    lines = break_lines(spans, setting, grid.width, indent=indent * CELL, hang=hang * CELL)
    return [line_item(line, SIZE_3, grid.pitch) for line in lines]


def paragraph_items(paragraph: Paragraph, grid: Grid, fonts: FontLibrary) -> list[Item]:
    """A paragraph; a heading that stands alone keeps with the text below it."""
    spans = [Span(paragraph.heading, HEADING_ROLES[paragraph.level]), Span(paragraph.text, Role.BODY)]
    items = _lines(spans, grid, fonts, indent=2)
    return items if paragraph.text else [replace(item, glued=True) for item in items]


def _annex_list(annexes: Sequence[Annex], grid: Grid, fonts: FontLibrary) -> list[Item]:
    """附件说明 under a blank line, names turned over under their first character."""
    items = [Item(grid.pitch)] if annexes else []
    for number, annex in enumerate(annexes, start=1):
        label = "附件：" if number == 1 else ""
        counted = f"{number}. " if len(annexes) > 1 else ""
        indent = 2 if label else 5
        hang = 5 + fonts.width(counted, Role.BODY, SIZE_3) / CELL
        items += _lines([Span(f"{label}{counted}{annex.title}", Role.BODY)], grid, fonts, indent, hang)
    return items


def _annex_pages(name: str, annex: Annex, document: OfficialDocument, fonts: FontLibrary) -> list[Page]:
    """An 附件 on pages of its own, turned where a table is too wide to be read on upright ones."""
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    turned, size = _table_setting(tables, document, fonts)
    grid = grid_of(document.line_pitch, turned)
    title_size = fitted_size(annex.title, Role.TITLE, SIZE_2, SIZE_3 / 2, grid.width, fonts)
    title = centred(
        annex.title, Role.TITLE, title_size, baseline_in(grid.pitch, title_size), grid.width, fonts
    )
    top = [
        *_lines([Span(name, Role.HEI)], grid, fonts),
        Item(grid.pitch),
        Item(grid.pitch, (title,)),
        Item(grid.pitch),
    ]
    items = [replace(item, glued=True) for item in top]
    for block in annex.blocks:
        if isinstance(block, Table):
            items += table_items(block, size, grid.width, fonts)
        else:
            items += paragraph_items(block, grid, fonts)
    return [replace(page, turned=turned) for page in fill_pages(items, grid)]


def _table_setting(
    tables: Sequence[Table], document: OfficialDocument, fonts: FontLibrary
) -> tuple[bool, float]:
    """Whether the tables need turned pages, and their type size.

    Raises:
        DocumentFailed: a table is too wide even so.
    """
    for turned in (False, True):
        width = grid_of(document.line_pitch, turned).width
        sizes = [fitting_size(table, width, fonts) for table in tables]
        if None not in sizes:
            return turned, min((size for size in sizes if size), default=SIZE_4)
    raise DocumentFailed("table_too_wide", "附件表格的列太多，横排也放不下。", "请减少列数或缩短表头。")


def _with_imprint(
    pages: list[Page], document: OfficialDocument, room_for_seal: float, fonts: FontLibrary
) -> list[Page]:
    """The 版记 on the last page if there is room, else on one more; printed on both sides, on an even page.

    Where this leaves a page blank before it, neither of the two has a number.
    """
    marks = imprint_marks(document, fonts)
    if not marks:
        return pages
    last = pages[-1]
    even = not document.two_sided or len(pages) % 2 == 0
    if even and not last.turned and last.bottom + room_for_seal <= imprint_top(marks):
        return [*pages[:-1], replace(last, marks=(*last.marks, *marks))]
    if not document.two_sided or len(pages) % 2 == 1:
        return [*pages, Page(marks)]
    return [*pages, Page(numbered=False), Page(marks, numbered=False)]
