"""The texts of a document in reading order, each with its place in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from core.model.document import (
    OfficialDocument,
    Paragraph,
    People,
    Table,
    TableCell,
    TextBlock,
    texts_of,
)
from core.model.document_check import DocumentCheck, DocumentFinding, Known

TOTAL_WORDS = ("合计", "共计", "总计")
PART_WORD = "小计"
PUBLIC_NOTICE = "公示"
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")


class TextKind(Enum):
    """What a text is."""

    NUMBER = "number"
    TITLE = "title"
    ADDRESSEE = "addressee"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    DATE = "date"
    OTHER = "other"


class Found(NamedTuple):
    """A finding with its place in reading order: which text, and from which character on."""

    order: int
    at: int
    finding: DocumentFinding


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One text; `annex` is 0 in the document itself, `level` that of a paragraph's heading."""

    order: int
    place: str
    text: str
    kind: TextKind
    annex: int = 0
    level: int = 0

    def found(self, code: DocumentCheck, message: str, remedy: str, words: str = "", at: int = 0) -> Found:
        """A finding in this text, from its character `at` on."""
        return Found(self.order, at, DocumentFinding(code, self.place, message, remedy, words))


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with the texts of its rows; the last of `rows` is the totals' row where `has_totals`.

    `texts` hold a row for each of `rows`, in the order of the columns.
    """

    table: Table
    annex: int
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[tuple[DocumentText, ...], ...]
    has_totals: bool

    @property
    def listed(self) -> int:
        """How many rows list something: those that are no sums."""
        return sum(not is_sum_row(row) for row in self.rows[: -1 if self.has_totals else None])


@dataclass(frozen=True, slots=True)
class DocumentTexts:
    """All texts of a document, and its tables."""

    texts: tuple[DocumentText, ...]
    tables: tuple[PlacedTable, ...]

    @property
    def paragraphs(self) -> Iterator[DocumentText]:
        """The paragraphs of text and annexes."""
        return (each for each in self.texts if each.kind is TextKind.PARAGRAPH)


def texts_in(document: OfficialDocument) -> DocumentTexts:
    """The texts of a document in reading order."""
    reader = _Reader()
    reader.add("份号", document.copy_number)
    reader.add("签发人", "、".join(document.signers))
    reader.add("发文字号", document.number, TextKind.NUMBER)
    reader.add("标题", "".join(document.title), TextKind.TITLE, empty=True)
    reader.add("主送机关", document.addressee, TextKind.ADDRESSEE, empty=True)
    reader.blocks("正文", document.paragraphs)
    for people in document.attendance:
        reader.people("正文", people)
    reader.add("署名", "、".join((document.issuer, *document.partners)))
    dated_on = document.dated_on
    reader.add("成文日期", f"{dated_on.year}年{dated_on.month}月{dated_on.day}日", TextKind.DATE)
    reader.add("附注", document.note)
    for row in document.receipt.rows if document.receipt else ():
        for each in row:
            reader.add(f"{document.receipt.title if document.receipt else ''}“{each.label}”", each.text)
    for number, annex in enumerate(document.annexes, start=1):
        reader.annex = number
        reader.add(f"附件{number}标题", annex.title, empty=True)
        reader.blocks(f"附件{number}", annex.blocks)
    reader.annex = 0
    reader.add("抄送", document.copy_to)
    reader.add("印发机关", document.printed_by)
    return DocumentTexts(tuple(reader.texts), tuple(reader.tables))


def is_public_notice(texts: DocumentTexts, known: Known) -> bool:
    """Whether the document is a 公示, by its kind or by its title."""
    titles = (text.text for text in texts.texts if text.kind is TextKind.TITLE)
    return known.genre == PUBLIC_NOTICE or any(title.endswith(PUBLIC_NOTICE) for title in titles)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their places; a semicolon ends one, too."""
    return ((found.start(), found[0]) for found in _SENTENCE.finditer(text))


def is_sum_row(row: tuple[str, ...]) -> bool:
    """Whether a row says itself to be one of sums: 合计 or 小计 in one of its first two cells."""
    return any(cell.replace(" ", "").replace("\u3000", "") in (*TOTAL_WORDS, PART_WORD) for cell in row[:2])


class _Reader:
    """Puts texts together, counting them."""

    def __init__(self) -> None:
        self.texts: list[DocumentText] = []
        self.tables: list[PlacedTable] = []
        self.annex = 0

    def add(self, place: str, text: str, kind: TextKind = TextKind.OTHER, empty: bool = False) -> None:
        """A text; an empty one only where its place counts."""
        if text or empty:
            self.texts.append(DocumentText(len(self.texts), place, text, kind, self.annex))

    def blocks(self, place: str, blocks: tuple[TextBlock, ...]) -> None:
        """Paragraphs, lists and tables, each kind counted for itself."""
        paragraphs, tables = 0, 0
        many = sum(isinstance(block, Table) for block in blocks) > 1
        for block in blocks:
            if isinstance(block, Paragraph):
                paragraphs += 1
                self._paragraph(f"{place}第{paragraphs}段", block)
            elif isinstance(block, People):
                self.people(place, block)
            else:
                tables += 1
                word = f"表{tables}" if many else "" if self.annex else "表格"
                self._table(f"{place}{word}", block)

    def people(self, place: str, people: People) -> None:
        """A list of people, in one text."""
        listed = "、".join(f"{each.post}{each.name}" for each in people.people)
        self.add(f"{place}名单“{people.label}”", listed)

    def _paragraph(self, place: str, block: Paragraph) -> None:
        text = block.heading + block.text
        self.texts.append(
            DocumentText(
                len(self.texts),
                place,
                text,
                TextKind.PARAGRAPH,
                self.annex,
                block.level,
            )
        )

    def _table(self, place: str, table: Table) -> None:
        titles = tuple(column.title for column in table.columns)
        for title in titles:
            self.add(f"{place}表头", title)
        rows = tuple(_row(row) for row in (*table.rows, *((table.totals,) if table.totals else ())))
        has_totals = bool(table.totals) or bool(rows and _is_total(rows[-1]))
        placed = []
        for number, row in enumerate(rows, start=1):
            is_last = has_totals and number == len(rows)
            where = f"{place}合计行" if is_last else f"{place}第{number}行"
            line = tuple(
                DocumentText(len(self.texts) + at, f"{where}“{title}”", cell, TextKind.CELL, self.annex)
                for at, (title, cell) in enumerate(zip(titles, row, strict=False))
            )
            self.texts += line
            placed.append(line)
        self.tables.append(PlacedTable(table, self.annex, titles, rows, tuple(placed), has_totals))


def _row(cells: tuple[TableCell, ...]) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else "、".join(texts_of(cell)) for cell in cells)


def _is_total(row: tuple[str, ...]) -> bool:
    return is_sum_row(row) and PART_WORD not in row[:2]
