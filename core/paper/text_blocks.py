"""What a text consists of: paragraphs with headings, lists of people, tables between the lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from core.errors import DocumentFailed
from core.model.document import Paragraph, People, Table, TextBlock
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import CELL, SIZE_3, SIZE_4, SIZE_SMALL_4, Grid
from core.paper.lines import Setting, Span, break_lines
from core.paper.page import Ink, Item, line_item
from core.paper.people import people_items
from core.paper.tables import fitting_size, table_items

HEADING_ROLES = (Role.BODY, Role.HEI, Role.KAI, Role.BODY, Role.BODY)
"""Typeface of a heading by its level; 0 is no heading."""
TABLE_SIZES = (SIZE_4, SIZE_SMALL_4, 10.5)
_MOST_KEPT = 512
"""Paragraphs, about 4 MB."""
TABLE_AIR = 0.25
"""Of a line, blank between text and a table below it; below the table it is as much at least."""


def body_lines(
    spans: Sequence[Span], grid: Grid, fonts: FontLibrary, indent: float = 0.0, hang: float = 0.0
) -> list[Item]:
    """Lines of body text; indent of the first line and of the others in cells."""
    lines = break_lines(spans, _body_setting(fonts), grid.width, indent=indent * CELL, hang=hang * CELL)
    return [line_item(line, SIZE_3, grid.pitch) for line in lines]


@lru_cache(maxsize=2)
def _body_setting(fonts: FontLibrary) -> Setting:
    """What was measured for one document serves the next: letters of a batch say nearly the same."""
    return Setting(SIZE_3, CELL, fonts.width, fonts.ink_middle)


@lru_cache(maxsize=_MOST_KEPT)
def paragraph_items(paragraph: Paragraph, grid: Grid, fonts: FontLibrary) -> tuple[Item, ...]:
    """A paragraph; a heading that stands alone keeps with the text below it.

    Those set last are kept: of a text being written one paragraph is new, and letters of a batch are alike.
    """
    spans = [Span(paragraph.heading, HEADING_ROLES[paragraph.level]), Span(paragraph.text, Role.BODY)]
    items = body_lines(spans, grid, fonts, indent=2)
    return tuple(items if paragraph.text else (replace(item, glued=True) for item in items))


def text_items(
    blocks: Sequence[TextBlock], grid: Grid, fonts: FontLibrary, table_size: float | None = None
) -> Iterator[Item]:
    """The blocks of a text, one item after another; after a table its lines stand on the grid again.

    `table_size` is the type size of all tables; without it each takes its own.

    Raises:
        DocumentFailed: a table is too wide for an upright page.
    """
    last: Item | None = None
    place = 0
    for block in grouped_blocks(blocks):
        if isinstance(block, Table) and last and not last.to_grid:
            yield Item(TABLE_AIR * grid.pitch, glued=True)
        for last in _block_items(block, grid, fonts, table_size):
            yield replace(last, block=place)
        place += len(block) if isinstance(block, list) else 1


def _block_items(
    block: Paragraph | Table | list[People], grid: Grid, fonts: FontLibrary, table_size: float | None
) -> Iterator[Item]:
    if isinstance(block, Table):
        yield from table_items(block, table_size or _own_size(block, grid, fonts), grid.width, fonts)
        yield Item(TABLE_AIR * grid.pitch, to_grid=True)
    elif isinstance(block, Paragraph):
        yield from paragraph_items(block, grid, fonts)
    else:
        yield from people_items(block, grid, fonts)


def _own_size(table: Table, grid: Grid, fonts: FontLibrary) -> float:
    size = fitting_size(table, grid.width, fonts, TABLE_SIZES)
    if size is None:
        raise DocumentFailed(
            "table_too_wide", "正文表格的列太多，放不下。", "请减少列数或缩短表头，或把表格改作附件。"
        )
    return size


def grouped_blocks(blocks: Sequence[TextBlock]) -> Iterator[Paragraph | Table | list[People]]:
    """The blocks, lists of people that follow each other as one."""
    for kind, group in groupby(blocks, type):
        if kind is People:
            yield [block for block in group if isinstance(block, People)]
        else:
            yield from (block for block in group if not isinstance(block, People))


def kept_with_next(items: Sequence[Item]) -> list[Item]:
    """The items, the last line or row with all that is blank after it glued to what follows."""
    last = next((n for n in range(len(items) - 1, -1, -1) if not _is_blank(items[n])), 0)
    return [*items[:last], *(replace(item, glued=True) for item in items[last:])]


def _is_blank(item: Item) -> bool:
    return all(isinstance(mark, Ink) and not mark.text.strip() for mark in item.marks)
