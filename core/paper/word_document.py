"""A 公文 as a Word file: text, styles and measures of the printed page; Word breaks lines and pages."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from docx.document import Document as WordFile
from docx.oxml.text.paragraph import CT_P

from core.model.document import OfficialDocument
from core.model.office import LinePitch
from core.paper.fonts import FontLibrary
from core.paper.grid import (
    CELL,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    SIZE_3,
    TYPE_HEIGHT,
    TYPE_LEFT,
    TYPE_TOP,
    TYPE_WIDTH,
    Grid,
    grid_of,
)
from core.paper.official_document import document_pages, table_setting, with_text_on_first_page
from core.paper.word_foot import foot_parts, footer_end, page_number, sideways_number
from core.paper.word_head import WordHead, word_head
from core.paper.word_package import add_footer, add_header, new_word_file, packed
from core.paper.word_text import annex_parts, body_parts
from core.paper.word_xml import Element, element, flag, spacer, twips

_TWIP = 1 / 20
_RIGHT, _BOTTOM = PAPER_WIDTH - TYPE_LEFT - TYPE_WIDTH, PAPER_HEIGHT - TYPE_TOP - TYPE_HEIGHT
_CHARACTER_SPACE = round(4096 * (CELL - SIZE_3))
"""What the grid adds to each character, in 4096ths of a point."""


@dataclass(slots=True)
class _Section:
    """Pages of one kind: their content, and how they differ from the pages before.

    `begins` is Word's name for the page that the section begins on; `numbers` says which page numbers it has
    (upright, turned, none), and `restart` that they begin with 1.
    """

    parts: list[Element]
    begins: str = "nextPage"
    turned: bool = False
    numbered: bool = True
    restart: bool = False
    head: WordHead | None = None


def word_document(document: OfficialDocument, fonts: FontLibrary) -> bytes:
    """The document as .docx; its texts must be in one line each, as `plain_text.cleaned` makes them.

    Raises:
        DocumentFailed: a character has no font, or something does not fit the page.
    """
    document = with_text_on_first_page(document, fonts)
    grid = _word_grid(document.line_pitch)
    sections = [*_bound_sections(document, grid, fonts), *_sections_apart(document, fonts)]
    file = new_word_file(document, grid.pitch)
    body = file.element.body
    for child in list(body):
        body.remove(child)
    footers = _Footers(file, fonts)
    for number, section in enumerate(sections, start=1):
        properties = _section_properties(section, grid, footers)
        for part in section.parts:
            body.append(part)
        if number == len(sections):
            body.append(properties)
        else:
            _end_section(body, properties)
    return packed(file)


def _word_grid(line_pitch: LinePitch, turned: bool = False) -> Grid:
    """The grid with the next smaller pitch that Word can hold: with a larger one 22 lines would not fit."""
    grid = grid_of(line_pitch, turned)
    return replace(grid, pitch=int(grid.pitch / _TWIP) * _TWIP)


def _bound_sections(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[_Section]:
    """Head and text, annexes that are bound with it, 版记 and receipt."""
    head = word_head(document, grid, fonts)
    first = _Section([*head.parts, *body_parts(document, grid, fonts)], head=head)
    sections = [first]
    for place, annex in enumerate(document.annexes):
        if annex.apart:
            continue
        turned, _ = table_setting(annex, document.line_pitch, fonts)
        follows = turned == sections[-1].turned
        its_grid = _word_grid(document.line_pitch, turned)
        parts = annex_parts(place, document, its_grid, fonts, new_page=follows)
        if follows:
            sections[-1].parts += parts
        else:
            sections.append(_Section(parts, turned=turned))
    foot = foot_parts(document, fonts)
    even, numbered = _even_foot(document, fonts) if foot else (False, True)
    if even:
        sections.append(_Section(foot, "evenPage", numbered=numbered))
    elif foot and sections[-1].turned:
        sections.append(_Section(foot))
    else:
        sections[-1].parts += foot
    return sections


def _even_foot(document: OfficialDocument, fonts: FontLibrary) -> tuple[bool, bool]:
    """Whether the printed 版记 has a page more, so that it is even; and whether that page has a number."""
    if not (document.two_sided and document.imprint_on_even and document.printed_by):
        return False, True
    bound = replace(document, annexes=tuple(annex for annex in document.annexes if not annex.apart))
    pages = list(document_pages(bound, fonts))
    anywhere = list(document_pages(replace(bound, imprint_on_even=False), fonts))
    return len(pages) > len(anywhere), pages[-1].numbered


def _sections_apart(document: OfficialDocument, fonts: FontLibrary) -> Iterator[_Section]:
    """Each annex that is bound apart: it counts its own pages and begins on a front."""
    begins = "oddPage" if document.two_sided else "nextPage"
    for place, annex in enumerate(document.annexes):
        if annex.apart:
            turned, _ = table_setting(annex, document.line_pitch, fonts)
            its_grid = _word_grid(document.line_pitch, turned)
            parts = annex_parts(place, document, its_grid, fonts, new_page=False)
            yield _Section(parts, begins, turned, restart=True)


class _Footers:
    """The headers and footers of the file, each made when a section first needs it."""

    def __init__(self, file: WordFile, fonts: FontLibrary) -> None:
        self._file, self._fonts = file, fonts
        self._made: dict[tuple[bool, bool, float], tuple[Element, Element]] = {}
        self.end = footer_end(fonts)

    def references(self, section: _Section) -> list[Element]:
        """What a section says of its headers and footers."""
        head = section.head if section.head and section.head.header else None
        made = []
        if head:
            made.append(add_header(self._file, head.header, "first"))
        made += [
            deepcopy(each) for each in self._numbers(section, self.end - head.footer_end if head else 0.0)
        ]
        if head:
            made.append(add_footer(self._file, head.footer, "first"))
        return made

    def _numbers(self, section: _Section, lifted: float) -> tuple[Element, Element]:
        key = section.turned, section.numbered, lifted
        if key not in self._made:
            odd, even = (self._number(section, lifted, odd=odd) for odd in (True, False))
            self._made[key] = add_footer(self._file, odd, "default"), add_footer(self._file, even, "even")
        return self._made[key]

    def _number(self, section: _Section, lifted: float, *, odd: bool) -> list[Element]:
        if not section.numbered:
            return [spacer(1)]
        if section.turned:
            return sideways_number(self._fonts, odd=odd)
        return page_number(odd=odd, lifted=lifted)


def _section_properties(section: _Section, grid: Grid, footers: _Footers) -> Element:
    """Paper, margins and grid; a turned page has its head where the upright one has its left edge."""
    head = section.head if section.head and section.head.header else None
    width, height = PAPER_WIDTH, PAPER_HEIGHT
    top, right, bottom, left = TYPE_TOP + grid.top, _RIGHT, _BOTTOM + grid.top, TYPE_LEFT
    if section.turned:
        width, height = height, width
        top, right, bottom, left = TYPE_LEFT + grid.top, TYPE_TOP, _RIGHT + grid.top, _BOTTOM
    margins = element(
        "pgMar",
        top=twips(top),
        right=twips(right),
        bottom=twips(bottom),
        left=twips(left),
        header=twips(head.header_top if head else top / 2),
        footer=twips(_footer_end(head, section, footers)),
        gutter=0,
    )
    return element(
        "sectPr",
        *footers.references(section),
        element("type", val=section.begins),
        element("pgSz", w=twips(width), h=twips(height), orient="landscape" if section.turned else None),
        margins,
        element("pgNumType", start=1) if section.restart else None,
        flag("titlePg") if head else None,
        element(
            "docGrid",
            type="linesAndChars",
            linePitch=twips(grid.pitch),
            charSpace=_CHARACTER_SPACE,
        ),
    )


def _footer_end(head: WordHead | None, section: _Section, footers: _Footers) -> float:
    if head:
        return head.footer_end
    return _RIGHT / 2 if section.turned else footers.end


def _end_section(body: Element, properties: Element) -> None:
    """The section ends with the last paragraph."""
    last = body[-1]
    if not isinstance(last, CT_P):
        last = spacer(1)
        body.append(last)
    last[0].append(properties)
