"""Where a table is in a file, as a person points at it or else by the meaning of its titles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Generic, TypeVar

from core.errors import InvalidInput
from core.model.reading import FileLook, SheetTop, TablePlace, TitledColumn
from core.model.workbook import RawSheet, RawWorkbook
from core.rules.cell_values import shown
from core.rules.header_finding import (
    DEEPEST,
    LOOK_AT_COLUMNS,
    LOOK_AT_ROWS,
    Head,
    find_head,
    head_at,
    row_texts,
)

M = TypeVar("M", bound=str)


@dataclass(frozen=True, slots=True)
class TableKind(Generic[M]):
    """How tables of a kind are known: what titles mean, by name too, and what a head must have.

    `label` is what the clerk calls such a table; `titles` says what its head must have.
    """

    label: str
    titles: str
    meanings: Sequence[M]
    meaning: Callable[[Sequence[str]], M | None]
    needed: Callable[[set[M]], bool]

    def named(self, name: str) -> M | None:
        """The meaning of this name; None for one that there is no longer."""
        return next((each for each in self.meanings if each == name), None)


def heads_in(workbook: RawWorkbook, kind: TableKind[M], place: TablePlace) -> list[tuple[RawSheet, Head[M]]]:
    """The sheets that can be meant with their heads, the columns mapped as the person says.

    Raises:
        InvalidInput: no such sheet, row or column, or no head found and nothing said of the columns.
    """
    found = _found(workbook, kind, place)
    if not found and place.mapping:
        found = [_likeliest(workbook, kind, place)]
    if not found:
        message = f"“{workbook.file}”里没有找到{kind.label}的表头。"
        remedy = f"表头里要有{kind.titles}；也可以自己指定哪一行是表头、哪一列是什么。"
        raise InvalidInput("no_header", message, remedy)
    return [(sheet, _mapped(sheet, head, kind, place.mapping)) for sheet, head in found]


def look_at(workbook: RawWorkbook, kind: TableKind[M], place: TablePlace) -> FileLook:
    """The first rows of each sheet, and how the head is understood; of a head that is not, the likeliest row.

    Raises:
        InvalidInput: nothing is written in it, or it has no such sheet or row.
    """
    tops = _tops(workbook)
    if not tops:
        raise InvalidInput("file_empty", f"“{workbook.file}”里没有内容。", "请选择其他文件。")
    found = _found(workbook, kind, place)
    sheet, head = (
        max(found, key=lambda pair: pair[1].understood) if found else _likeliest(workbook, kind, place)
    )
    return FileLook(
        tops,
        sheet.name,
        range(head.first + 1, head.below + 1),
        tuple(each.whole_title if head.below else "" for each in head.columns),
        {each.index: str(each.meaning) for each in head.columns if each.meaning is not None},
        "" if found else f"没有找到{kind.label}的表头：请指定哪一行是表头、哪一列是什么。",
    )


def _tops(workbook: RawWorkbook) -> tuple[SheetTop, ...]:
    return tuple(
        SheetTop(
            sheet.name,
            tuple(tuple(map(shown, row[:LOOK_AT_COLUMNS])) for row in sheet.rows[:LOOK_AT_ROWS]),
        )
        for sheet in workbook.sheets
        if sheet.rows and not sheet.hidden
    )


def _found(workbook: RawWorkbook, kind: TableKind[M], place: TablePlace) -> list[tuple[RawSheet, Head[M]]]:
    sheets, meaning = _sheets(workbook, place.sheet), _meaning(kind, place)
    if place.header_row is not None:
        return [(sheets[0], _pointed(sheets[0], place.header_row, meaning))]
    return [(each, head) for each in sheets if (head := find_head(each, meaning, kind.needed))]


def _likeliest(workbook: RawWorkbook, kind: TableKind[M], place: TablePlace) -> tuple[RawSheet, Head[M]]:
    # A head says something else in each of its columns; what stands over a table says one thing.
    rows = [
        (len(set(row_texts(sheet, at))), sheet, at)
        for sheet in _sheets(workbook, place.sheet)
        for at in range(min(len(sheet.rows), LOOK_AT_ROWS))
    ]
    _, sheet, at = max(rows, key=itemgetter(0), default=(0, _sheets(workbook, place.sheet)[0], 0))
    return sheet, _pointed(sheet, at + 1, _meaning(kind, place))


def _sheets(workbook: RawWorkbook, name: str | None) -> list[RawSheet]:
    sheets = [each for each in workbook.sheets if (each.name == name if name else not each.hidden)]
    if not sheets:
        names = "、".join(f"“{each.name}”" for each in workbook.sheets if not each.hidden)
        message = f"“{workbook.file}”里没有工作表“{name or ''}”。"
        raise InvalidInput("sheet_missing", message, f"请从这些工作表中选择：{names}。")
    return sheets


def _meaning(kind: TableKind[M], place: TablePlace) -> Callable[[Sequence[str]], M | None]:
    """What titles mean: what was said of them goes before what they say."""
    if not place.titles:
        return kind.meaning

    def meaning(titles: Sequence[str]) -> M | None:
        said = place.titles.get("".join(titles))
        return kind.meaning(titles) if said is None else kind.named(said)

    return meaning


def _pointed(sheet: RawSheet, row: int, meaning: Callable[[Sequence[str]], M | None]) -> Head[M]:
    """The head in a row counted from 1 with those that it is merged with; in row 0 columns have letters."""
    if row > len(sheet.rows):
        message = f"工作表“{sheet.name}”只有 {len(sheet.rows)} 行，没有第 {row} 行。"
        raise InvalidInput("header_row_missing", message, "请重新选择表头所在的行。")
    if row < 1:
        width = min(max(map(len, sheet.rows), default=0), LOOK_AT_COLUMNS)
        return Head(0, 0, tuple(TitledColumn(at, f"{column_letters(at)} 列", None) for at in range(width)))
    at = row - 1
    blocks = [
        (top, bottom) for top, _, bottom, _ in sheet.merged if top <= at <= bottom and bottom - top < DEEPEST
    ]
    first = min((top for top, _ in blocks), default=at)
    below = max((bottom for _, bottom in blocks), default=at) + 1
    return head_at(sheet, first, below - first, meaning)


def _mapped(sheet: RawSheet, head: Head[M], kind: TableKind[M], mapping: Mapping[int, str] | None) -> Head[M]:
    if mapping is None:
        return head
    width = len(head.columns)
    if beyond := [column_letters(at) for at in mapping if at >= width]:
        message = f"工作表“{sheet.name}”能读的只有 {width} 列，没有 {beyond[0]} 列。"
        raise InvalidInput("column_missing", message, "请重新指定哪一列是什么。")
    given = {at: kind.named(name) for at, name in mapping.items()}
    return replace(head, columns=tuple(replace(each, meaning=given.get(each.index)) for each in head.columns))


def column_letters(index: int) -> str:
    """The name of a column in Excel; `index` counts from 0."""
    tens, ones = divmod(index, 26)
    return (column_letters(tens - 1) if tens else "") + chr(ord("A") + ones)
