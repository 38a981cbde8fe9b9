"""Tables of a Word document: the printed widths, heads that Word repeats, rows that it keeps whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.model.document import Table, texts_of
from core.paper.boxes import LEADING, ROW_AIR, RULE_WEIGHT, SIDE
from core.paper.fonts import FontLibrary
from core.paper.grid import MM, SIZE_4
from core.paper.tables import NO_ROWS, column_widths, keeps_with_next, rows_of
from core.paper.word_xml import Border, Element, Letters, Look, borders, element, flag, paragraph, run, twips

_ALL_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class WordCell:
    """Paragraphs in a box over `span` columns; `merged` is restart or continue where rows share one box."""

    paragraphs: Sequence[Element]
    span: int = 1
    rules: Mapping[str, Border] = field(default_factory=dict)
    merged: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class WordRow:
    """Boxes side by side; `height` is the least one unless `exact`; a `head` is repeated on each page."""

    cells: Sequence[WordCell]
    height: float = 0.0
    exact: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table floats: points from edges of `beside` and `below` (page, margin), or `y` is bottom."""

    x: float
    y: float | str
    beside: str = "page"
    below: str = ""


def word_table(table: Table, size: float, width: float, fonts: FontLibrary) -> Element:
    """The table in the printed one's widths; its rows keep together as there."""
    widths = column_widths(table, size, width, fonts)
    letters = Letters(size=size) if size != SIZE_4 else Letters()
    line = LEADING * size
    air = ROW_AIR * size
    head = [
        WordCell([paragraph(Look("TableHead", line=line, keep_next=True), run(column.title, letters))])
        for column in table.columns
    ]
    rows = [WordRow(head, head=True)]
    least = table.row_mm * MM
    if not table.rows:
        empty = paragraph(
            Look("TableText", line=line, keep_next=bool(table.totals) or None), run(NO_ROWS, letters)
        )
        rows.append(WordRow([WordCell([empty], span=len(table.columns))], least))
    every = rows_of(table)
    for number, row in enumerate(every):
        keep = keeps_with_next(number, len(every))
        cells = []
        for cell, column in zip(row, table.columns, strict=True):
            look = Look(
                "TableText",
                line=line,
                align="" if column.align == "center" else column.align,
                keep_next=keep or None,
            )
            cells.append(WordCell([paragraph(look, run(text, letters)) for text in texts_of(cell)]))
        rows.append(WordRow(cells, least))
    rules = dict.fromkeys(_ALL_EDGES, Border(RULE_WEIGHT))
    return table_element(widths, rows, rules=rules, margins=(air / 2, SIDE))


def table_element(
    widths: Sequence[float],
    rows: Sequence[WordRow],
    *,
    rules: Mapping[str, Border] | None = None,
    margins: tuple[float, float] = (0.0, 0.0),
    indent: float = 0.0,
    place: Place | None = None,
) -> Element:
    """A table of exactly these widths; `margins` are blank above and below, and beside what a box holds."""
    above, beside = margins
    sides = zip(("top", "left", "bottom", "right"), (above, beside, above, beside), strict=True)
    properties = element(
        "tblPr",
        _floating(place) if place else None,
        element("tblOverlap", val="never") if place else None,
        element("tblW", w=sum(map(twips, widths)), type="dxa"),
        None if place else element("tblInd", w=twips(indent), type="dxa"),
        borders("tblBorders", rules or {}),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=twips(blank), type="dxa") for side, blank in sides)),
    )
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths))
    return element("tbl", properties, grid, *(_row(row, widths) for row in rows))


def _floating(place: Place) -> Element:
    return element(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor=place.below or place.beside,
        horzAnchor=place.beside,
        tblpX=twips(place.x),
        tblpYSpec=place.y if isinstance(place.y, str) else None,
        tblpY=None if isinstance(place.y, str) else twips(place.y),
    )


def _row(row: WordRow, widths: Sequence[float]) -> Element:
    rule = "exact" if row.exact else "atLeast"
    properties = element(
        "trPr",
        flag("cantSplit"),
        element("trHeight", val=twips(row.height), hRule=rule) if row.height else None,
        flag("tblHeader") if row.head else None,
    )
    made = element("tr", properties)
    column = 0
    for cell in row.cells:
        made.append(_cell(cell, sum(map(twips, widths[column : column + cell.span]))))
        column += cell.span
    return made


def _cell(cell: WordCell, width: int) -> Element:
    properties = element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        element("gridSpan", val=cell.span) if cell.span > 1 else None,
        element("vMerge", val=cell.merged) if cell.merged else None,
        borders("tcBorders", cell.rules),
        element("textDirection", val=cell.direction) if cell.direction else None,
        element("vAlign", val="center"),
    )
    return element("tc", properties, *cell.paragraphs)
