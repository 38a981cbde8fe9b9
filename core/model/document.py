"""Documents as data: what is written, before paper gives it a place."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from core.model.office import LinePitch


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph, indented two characters; `heading` is set before the text.

    `level` 1 to 4 says how the heading is set (黑体, 楷体, 仿宋, 仿宋); a heading without text stands alone.
    """

    text: str = ""
    heading: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: relative width, and where its text stands (left, center, right).

    `least_mm` is room that the column has in any case, for what is written or stamped into it by hand.
    """

    title: str
    weight: int
    align: str = "center"
    least_mm: float = 0.0


TableCell: TypeAlias = str | tuple[str, ...]
"""A text, or several that begin a line each."""


def texts_of(cell: TableCell) -> tuple[str, ...]:
    """The texts of a cell."""
    return (cell,) if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under repeated heads.

    `totals` is a last row that never stands on a page without another one; `row_mm` the least height of a
    row (a signature needs about 11).
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    totals: tuple[TableCell, ...] = ()
    row_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list; `post` is unit and post, empty where only names are listed."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """People under a label (组长, 成员, 出席), which is followed by a colon.

    With posts each person has a line, all posts in one column; names alone run on, each of them whole.
    """

    label: str
    people: tuple[Person, ...]


TextBlock: TypeAlias = Paragraph | People | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An 附件: title and content in order; the paper decides on portrait or landscape.

    `apart`: it is bound separately, so it carries the 发文字号 and counts its own pages.
    """

    title: str
    blocks: tuple[TextBlock, ...]
    apart: bool = False


class DocumentFormat(StrEnum):
    """Formats of GB/T 9704: the ordinary one, 信函 (10.1), 纪要 (10.3), and 普通格式 without a red head."""

    ORDINARY = "ordinary"
    LETTER = "letter"
    PLAIN = "plain"
    MINUTES = "minutes"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return _FORMAT_LABELS[self]


_FORMAT_LABELS = {
    DocumentFormat.ORDINARY: "公文格式",
    DocumentFormat.LETTER: "信函格式",
    DocumentFormat.PLAIN: "普通格式",
    DocumentFormat.MINUTES: "纪要格式",
}


@dataclass(frozen=True, slots=True)
class ReceiptField:
    """A label of a receipt and what stands after it; a line to write upon where nothing does."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A slip at the foot of a plain document, to be cut off and sent back; each row has one or two fields."""

    rows: tuple[tuple[ReceiptField, ...], ...]
    title: str = "送达回执"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block of a text stands on paper.

    `annex` is the 附件, 0 the document itself; `block` is the block's place there and `page` the page's, both
    counted from 0; the edges are in points from the page's upper left corner.
    """

    annex: int
    block: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as PDF, and where the blocks of its texts stand in it."""

    pdf: bytes
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A 公文 of GB/T 9704-2012.

    `red_head` is the 发文机关标志 (XX街道办事处文件; of a letter without 文件); `number` the 发文字号;
    `title` the word groups of the title, between which alone it may be broken; `paragraphs` the text with
    its lists and tables.

    `partners` issue it too, after `issuer`, who leads; `signers` are the 签发人 of a document to a higher
    office. `seal` keeps room for the seals and prints none; `stamp_posts` are the posts (主任) of those who
    put a signature stamp there instead, one for each office. `addressee_below` moves 主送机关 to the 版记.
    `log_head` is the head of the log as it was issued, which stands in the PDF's properties and, with
    `print_log_head`, under the type area of the last page. `attendance` are the lists of minutes.
    `red_stock`: the paper already has head and red rules. `imprint_on_even` counts only where both sides are
    printed.
    """

    red_head: str
    number: str
    title: tuple[str, ...]
    addressee: str
    paragraphs: tuple[TextBlock, ...]
    annexes: tuple[Annex, ...]
    issuer: str
    dated_on: date
    copy_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    seal: bool = True
    line_pitch: LinePitch = LinePitch.A
    two_sided: bool = False
    format: DocumentFormat = DocumentFormat.ORDINARY
    partners: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    stamp_posts: tuple[str, ...] = ()
    note: str = ""
    addressee_below: bool = False
    attendance: tuple[People, ...] = ()
    receipt: Receipt | None = None
    red_stock: bool = False
    imprint_on_even: bool = True
    log_head: str = ""
    print_log_head: bool = False


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that no font shows: where it stands, for the preflight's list."""

    character: str
    owner: str
    field: str
