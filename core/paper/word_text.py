"""The text of a Word document: paragraphs, headings, people, tables, 附件说明, signature block."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import inf

from core.model.document import DocumentFormat, OfficialDocument, Paragraph, People, Table, TextBlock
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import CELL, SIZE_2, SIZE_3, TYPE_WIDTH, Grid, baseline_in
from core.paper.lines import Setting, Span, break_lines
from core.paper.official_document import annex_lines, annex_name, annex_title, table_setting
from core.paper.page import Ink
from core.paper.people import INDENT, LABEL_ROLE, names_hang, padded_name, people_columns
from core.paper.signature import date_text, note_text, signature_items
from core.paper.tables import fitting_size
from core.paper.text_blocks import TABLE_AIR, TABLE_SIZES, grouped_blocks
from core.paper.word_styles import PEOPLE_LABEL, heading_letters, heading_style
from core.paper.word_tables import word_table
from core.paper.word_xml import Element, Letters, Look, Tab, paragraph, run, spacer

_NEAR = 0.6
_LABEL = Letters(style=PEOPLE_LABEL)


def body_parts(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Element]:
    """主送 to 附注, or to the attendance of minutes.

    Raises:
        DocumentFailed: a table is too wide, or the signature block does not fit.
    """
    parts = []
    if document.addressee and not document.addressee_below:
        parts.append(paragraph(Look("Addressee"), f"{document.addressee}："))
    parts += text_parts(document.paragraphs, grid, fonts, keep_last=True)
    for number, (text, indent, hang) in enumerate(annex_lines(document.annexes, fonts)):
        look = Look("AnnexList", left=hang * CELL, first=(indent - hang) * CELL)
        parts.append(paragraph(look if number else replace(look, before=grid.pitch), text))
    if document.format is DocumentFormat.MINUTES:
        return [*parts, *_attendance(document.attendance, grid, fonts)]
    return [*parts, *_signature(document, grid, fonts)]


def text_parts(
    blocks: Sequence[TextBlock],
    grid: Grid,
    fonts: FontLibrary,
    table_size: float | None = None,
    *,
    keep_last: bool = False,
) -> list[Element]:
    """The blocks of a text; `keep_last` glues the last paragraph to what follows.

    Raises:
        DocumentFailed: a table is too wide for an upright page.
    """
    parts: list[Element] = []
    for number, block in enumerate(every := list(grouped_blocks(blocks)), start=1):
        if isinstance(block, Paragraph):
            parts += _paragraph(block, keep_next=(keep_last and number == len(every)) or None)
        elif isinstance(block, Table):
            size = table_size or fitting_size(block, grid.width, fonts, TABLE_SIZES) or TABLE_SIZES[-1]
            blank = TABLE_AIR * grid.pitch
            parts += [
                spacer(blank, keep_next=True),
                word_table(block, size, grid.width, fonts),
                spacer(blank),
            ]
        else:
            parts += _people(block, fonts)
    return parts


def annex_parts(
    place: int, document: OfficialDocument, grid: Grid, fonts: FontLibrary, *, new_page: bool
) -> list[Element]:
    """An 附件 from its number on; `new_page` where it follows others in their section.

    Raises:
        DocumentFailed: a table is too wide.
    """
    annex = document.annexes[place]
    _, size = table_setting(annex, document.line_pitch, fonts)
    lines = annex_title(annex.title, grid, fonts)
    least = min((size for _, size in lines), default=SIZE_2)
    title = run("\n".join(line for line, _ in lines), Letters(size=least if least < SIZE_2 else None))
    return [
        paragraph(Look("AnnexNumber", new_page=new_page or None), annex_name(place, document)),
        paragraph(Look("AnnexTitle", before=grid.pitch, after=grid.pitch, line=grid.pitch), title),
        *text_parts(annex.blocks, grid, fonts, size),
    ]


def _paragraph(block: Paragraph, *, keep_next: bool | None) -> list[Element]:
    """A heading that stands alone has its own style, one that the text follows only its typeface."""
    if not block.heading and not block.text:
        return []
    if block.heading and block.level and not block.text:
        return [paragraph(Look(heading_style(block.level)), block.heading)]
    letters = Letters(style=heading_letters(block.level) if block.level else "")
    heading = run(block.heading, letters) if block.heading else ""
    return [paragraph(Look("BodyText", keep_next=keep_next), heading, block.text)]


def _people(lists: Sequence[People], fonts: FontLibrary) -> list[Element]:
    """Names that run on hang under the first one; names with posts stand in columns made by tabs."""
    setting = Setting(SIZE_3, CELL, fonts.width)
    if any(person.post for people in lists for person in people.people):
        labels, name_x, post_x = people_columns(lists, setting)
        return [
            part
            for people, label in zip(lists, labels, strict=True)
            for part in _columns(people, label, (name_x, post_x), setting)
        ]
    parts = []
    for people in lists:
        label = f"{people.label}："
        hang = names_hang(label, setting)
        names = "、".join(person.name for person in people.people)
        parts.append(
            paragraph(Look("People", left=hang, first=INDENT - hang), run(label, _LABEL), run(names))
        )
    return parts


def _columns(people: People, label: str, columns: tuple[float, float], setting: Setting) -> Iterator[Element]:
    """A paragraph for each person; a label or a name that is too long for its column has one to itself."""
    name_x, post_x = columns
    look = Look("People", left=post_x, first=INDENT - post_x, tabs=(Tab(name_x), Tab(post_x)), align="left")
    alone = replace(look, keep_next=True)
    before = [run(label, _LABEL)]
    label_end = _end(label, LABEL_ROLE, INDENT, setting)
    # A label that ends where the names begin has no tab: it would lead to the next stop.
    to_name = "" if label_end > name_x - _NEAR else "\t"
    if not people.people or label_end > name_x + _NEAR:
        yield paragraph(alone if people.people else look, *before)
        before, to_name = [], "\t"
    for person in people.people:
        name = padded_name(person.name)
        fits = _end(name, Role.BODY, name_x, setting) <= post_x
        if person.post and not fits:
            yield paragraph(alone, *before, run(f"{to_name}{name}"))
            yield paragraph(look, run(f"\t\t{person.post}"))
        else:
            post = f"\t{person.post}" if person.post else ""
            yield paragraph(look, *before, run(f"{to_name}{name}{post}"))
        before, to_name = [], "\t"


def _end(text: str, role: Role, x: float, setting: Setting) -> float:
    """Where a text ends that begins at `x`."""
    lines = break_lines([Span(text, role)], setting, inf, indent=x, justify=False)
    return max((line.width for line in lines), default=x)


def _attendance(lists: Sequence[People], grid: Grid, fonts: FontLibrary) -> list[Element]:
    """出席, 请假, 列席 under a blank line."""
    parts = [part for people in lists for part in _people([people], fonts)]
    return [spacer(grid.pitch, keep_next=True), *parts] if parts else []


def _signature(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> list[Element]:
    """Each line of the printed block where it stands there; all of them and 附注 on one page."""
    block = signature_items(document, grid, fonts)[0]
    inks = sorted((mark for mark in block.marks if isinstance(mark, Ink)), key=lambda ink: (ink.y, ink.x))
    day = date_text(document.dated_on)
    parts, y = [], 0.0
    for baseline, group in groupby(inks, lambda ink: ink.y):
        line = list(group)
        top = baseline - baseline_in(grid.pitch, line[0].size)
        last = line[-1] is inks[-1]
        look = Look(
            "Day" if line[0].text == day else "Signature",
            before=max(0.0, top - y),
            keep_next=None if last and not document.note else True,
        )
        if len(line) == 1:
            right = TYPE_WIDTH - line[0].x - fonts.width(line[0].text, line[0].role, line[0].size)
            parts.append(paragraph(replace(look, right=max(0.0, right)), _signed(line[0])))
        else:
            stops = [Tab(ink.x) for ink in line[1:]]
            runs = [each for ink in line for each in (run("\t"), _signed(ink))][1:]
            parts.append(paragraph(replace(look, left=line[0].x, tabs=stops, align="left"), *runs))
        y = max(y, top) + grid.pitch
    return [*parts, *([paragraph(Look("Note"), note_text(document.note))] if document.note else [])]


def _signed(ink: Ink) -> Element:
    return run(ink.text, Letters(size=ink.size if ink.size != SIZE_3 else None))
