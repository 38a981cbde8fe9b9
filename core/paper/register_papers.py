"""Papers of the register: titles, notes and content on numbered pages, upright or lying."""

from collections.abc import Sequence
from dataclasses import replace

from core.errors import DocumentFailed
from core.model.chart import Chart
from core.model.document import Paragraph, Table
from core.model.register_papers import Block, Form, PaperPart, RegisterPaper
from core.paper.fonts import FontLibrary, Role
from core.paper.form import form_items
from core.paper.grid import (
    CELL,
    MM,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    SIZE_2,
    SIZE_3,
    SIZE_SMALL_4,
    TITLE_LEADING,
    TYPE_TOP,
    Grid,
    baseline_in,
    grid_of,
    type_left,
)
from core.paper.imprint import log_head_mark, page_number_mark
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import DrawsCharts, Ink, Item, Page, Picture, fill_pages, line_inks
from core.paper.signature import date_text
from core.paper.tables import fitting_size, table_items
from core.paper.text_blocks import paragraph_items

_TABLE_SIZES = (SIZE_SMALL_4, 10.5, 9.0)
_PARTED_ROW = 1 / 3
"""Share of the page from which on a table row may go over to the next one."""
_SHORT_TABLE, _FIRST_ROWS = 12, 3
"""Rows with the head: so many below a chart stay on one page, or at least begin on the chart's."""
_NOTE_LEADING = 1.6 * SIZE_SMALL_4
_INTERNAL, _INTERNAL_RISE = "内部资料", 5 * MM
_LYING_WIDTH, _LYING_HEIGHT, _LYING_TOP = 257 * MM, 162 * MM, 26 * MM
"""A list of many columns is no 公文: it takes more of the page than the type area of GB/T 9704."""


def register_pages(paper: RegisterPaper, fonts: FontLibrary, charts: DrawsCharts | None = None) -> list[Page]:
    """All pages with their numbers, each part begun on a page of its own.

    Raises:
        DocumentFailed: something does not fit, or there is a chart and nothing that draws it.
    """
    grid = _grid(paper)
    pages = [
        page
        for part in paper.parts
        for page in fill_pages(_part_items(part, paper, grid, fonts, charts), grid)
    ]
    mark = (Ink(0, -_INTERNAL_RISE, _INTERNAL, Role.HEI, SIZE_3),) if paper.internal else ()
    return [
        replace(page, marks=(*mark, *page.marks, *_foot(paper, number, grid, fonts)))
        for number, page in enumerate(pages, start=1)
    ]


def _foot(paper: RegisterPaper, number: int, grid: Grid, fonts: FontLibrary) -> tuple[Ink, ...]:
    """The page's number, and on its other side the head of the log."""
    counted = page_number_mark(number, fonts, grid.width, grid.height)
    if not paper.log_head:
        return (counted,)
    return (counted, log_head_mark(paper.log_head, counted.y, number, fonts, grid.width))


def paper_size(paper: RegisterPaper) -> tuple[float, float]:
    """Width and height of its pages."""
    return (PAPER_HEIGHT, PAPER_WIDTH) if paper.landscape else (PAPER_WIDTH, PAPER_HEIGHT)


def type_corner(paper: RegisterPaper, number: int) -> tuple[float, float]:
    """How far the type area of a page stands from its left and upper edge."""
    if paper.landscape:
        return (PAPER_HEIGHT - _LYING_WIDTH) / 2, _LYING_TOP
    return type_left(number, paper.two_sided), TYPE_TOP


def _grid(paper: RegisterPaper) -> Grid:
    grid = grid_of(paper.line_pitch, paper.landscape)
    if not paper.landscape:
        return grid
    lines = int(_LYING_HEIGHT / grid.pitch)
    top = (_LYING_HEIGHT - lines * grid.pitch) / 2
    return Grid(grid.pitch, top, lines, _LYING_WIDTH, _LYING_HEIGHT)


def _part_items(
    part: PaperPart, paper: RegisterPaper, grid: Grid, fonts: FontLibrary, charts: DrawsCharts | None
) -> list[Item]:
    top = [
        *_title(part.title, grid.width, fonts),
        *_origin(paper, grid.width, fonts),
        *_note(part.note, grid.width, fonts),
    ]
    items = [replace(item, glued=True) for item in top]
    size = _table_size(part.blocks, grid.width, fonts)
    before: Block | None = None
    for block, following in zip(part.blocks, [*part.blocks[1:], None], strict=True):
        if isinstance(block, Chart):
            # A chart keeps with its figures; of two charts the first may end a page.
            items += [
                Item(grid.pitch / 3, glued=True),
                replace(_chart_item(block, charts), glued=not isinstance(following, Chart)),
            ]
            before = block
            continue
        if before and not (isinstance(before, Paragraph) and isinstance(block, Paragraph)):
            is_glued = isinstance(before, Chart) or (isinstance(before, Paragraph) and not before.text)
            items.append(Item(grid.pitch / 3, glued=is_glued))
        own = _block_items(block, size, grid, fonts)
        if isinstance(following, Chart):
            own = [replace(item, glued=True) for item in own]
        items += _begun_together(own) if isinstance(before, Chart) else own
        before = block
    return items


def _begun_together(items: Sequence[Item]) -> list[Item]:
    """Figures below their chart: a short table whole, the first rows of a longer one."""
    kept = len(items) - 1 if len(items) <= _SHORT_TABLE else _FIRST_ROWS
    return [replace(item, glued=item.glued or place < kept) for place, item in enumerate(items)]


def _chart_item(chart: Chart, charts: DrawsCharts | None) -> Item:
    """The picture of a chart."""
    height, draw = drawn_by(charts, chart).picture(chart)
    return Item(height, (Picture(0, height, draw),))


def drawn_by(charts: DrawsCharts | None, chart: Chart) -> DrawsCharts:
    """What draws the chart.

    Raises:
        DocumentFailed: there is nothing.
    """
    if charts is None:
        raise DocumentFailed("charts_missing", f"图“{chart.title}”画不出来。", "请重新打开程序后再试。")
    return charts


def _block_items(block: Paragraph | Table | Form, size: float, grid: Grid, fonts: FontLibrary) -> list[Item]:
    if isinstance(block, Paragraph):
        return list(paragraph_items(block, grid, fonts))
    if isinstance(block, Table):
        return [*table_items(block, size, grid.width, fonts, _PARTED_ROW * grid.height)]
    return form_items(block, grid.width, grid.height, fonts)


def _table_size(blocks: Sequence[Block], width: float, fonts: FontLibrary) -> float:
    """One type size for all tables of a part; the smallest if one is too wide even so."""
    sizes = [
        fitting_size(block, width, fonts, _TABLE_SIZES) or _TABLE_SIZES[-1]
        for block in blocks
        if isinstance(block, Table)
    ]
    return min(sizes, default=SIZE_SMALL_4)


def _title(title: str, width: float, fonts: FontLibrary) -> list[Item]:
    """The title in the middle; one too long for a line takes several smaller ones."""
    size = SIZE_2 if fonts.width(title, Role.TITLE, SIZE_2) <= width else SIZE_3
    leading = TITLE_LEADING * size / SIZE_2
    setting = Setting(size, size, fonts.width)
    lines = break_lines([Span(title, Role.TITLE)], setting, width, justify=False)
    y = baseline_in(leading, size)
    return [Item(leading, tuple(line_inks(line, (width - line.width) / 2, y, size))) for line in lines]


def _origin(paper: RegisterPaper, width: float, fonts: FontLibrary) -> list[Item]:
    """The office on the left, the day on the right."""
    day = date_text(paper.dated_on)
    day_width = fonts.width(day, Role.BODY, SIZE_SMALL_4)
    items = _small_lines(f"填报单位：{paper.office}", width - day_width - CELL, fonts)
    y = baseline_in(_NOTE_LEADING, SIZE_SMALL_4)
    first = items[0]
    dated = Ink(width - day_width, y, day, Role.BODY, SIZE_SMALL_4)
    return [replace(first, marks=(*first.marks, dated)), *items[1:]]


def _note(note: str, width: float, fonts: FontLibrary) -> list[Item]:
    """What the paper shows; and a little air before the content."""
    return [*_small_lines(note, width, fonts), Item(0.3 * _NOTE_LEADING)]


def _small_lines(text: str, width: float, fonts: FontLibrary) -> list[Item]:
    setting = Setting(SIZE_SMALL_4, SIZE_SMALL_4, fonts.width)
    y = baseline_in(_NOTE_LEADING, SIZE_SMALL_4)
    lines = break_lines([Span(text, Role.BODY)], setting, width, justify=False)
    return [Item(_NOTE_LEADING, tuple(line_inks(line, 0, y, SIZE_SMALL_4))) for line in lines]
