"""Documents as data: what is written, before paper gives it a place."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from core.model.office import LinePitch


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A number of the registers and what it stands for; a number is never given twice.

    `kind` is `results_notice` or `certificate`; `series` the 机关代字 or the certificate series, so that
    (series, year, sequence) is unique. `subject_id` is empty for a notice.
    """

    id: str
    kind: str
    cycle_id: str
    subject_id: str
    series: str
    year: int
    sequence: int
    title: str
    dated_on: str
    version: int = 1


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
    """A column of an annex table: relative width, and where its text stands (left, center, right)."""

    title: str
    weight: int
    align: str = "center"


TableCell: TypeAlias = str | tuple[str, ...]
"""A text, or several that begin a line each."""


def texts_of(cell: TableCell) -> tuple[str, ...]:
    """The texts of a cell."""
    return (cell,) if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under repeated heads."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """An 附件: title, and paragraphs or tables in order; the paper decides on portrait or landscape."""

    title: str
    blocks: tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A 公文 in the ordinary format of GB/T 9704-2012.

    `red_head` is the 发文机关标志 (XX街道办事处文件); `number` the 发文字号; `title` the word groups of the
    title, between which alone it may be broken; `seal` keeps room for a seal and prints none.
    """

    red_head: str
    number: str
    title: tuple[str, ...]
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...]
    issuer: str
    dated_on: date
    copy_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    seal: bool = True
    line_pitch: LinePitch = LinePitch.A
    two_sided: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """One award certificate (A4 landscape): `text` is one paragraph, `closing` its own line."""

    heading: str
    recipient: str
    text: str
    closing: str
    issuer: str
    dated_on: date
    number: str


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that no font shows: where it stands, for the preflight's list."""

    character: str
    owner: str
    field: str
