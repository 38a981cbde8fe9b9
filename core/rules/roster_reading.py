"""A roster sheet as a person would read it: head, data rows, and what every cell says."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from core.errors import InvalidInput
from core.model.organization import Category
from core.model.reading import ANYWHERE, Remark, RemarkKind, TablePlace, TitledColumn
from core.model.roster import (
    CellRemark,
    OrganizationDraft,
    RosterColumn,
    RosterReading,
    RosterRow,
    SkippedRow,
)
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.cell_values import (
    INVISIBLE,
    Read,
    category_names,
    fault,
    folded,
    note,
    read_category,
    read_community,
    read_count,
    read_name,
    read_person,
    read_standing,
    read_status,
    read_text,
    shown,
    status_in_remarks,
)
from core.rules.credit_code import looks_like_code, read_credit_code, read_filing_number
from core.rules.head_pointing import TableKind, heads_in
from core.rules.header_finding import Head, roster_meaning, year_in
from core.rules.partial_dates import read_date
from core.rules.phones import read_phones
from core.rules.private_use import made_visible

Reader: TypeAlias = Callable[[CellValue], Read[Any]]
Cells: TypeAlias = tuple[CellValue, ...]
_Understood: TypeAlias = tuple[str, Any, tuple[Remark, ...]]

_FIGURES = (RosterColumn.ACTIVITIES, RosterColumn.VISITS)
_FILLED_DOWN = (RosterColumn.COMMUNITY, RosterColumn.CATEGORY)
_NUMBERS = (RosterColumn.NUMBER, RosterColumn.FILING_NUMBER, RosterColumn.CREDIT_CODE)
_NOTHING = (None, "", ())
_FULL_MARK = re.compile(r"\((?:满分)?\d+(?:\.\d+)?分\)$")
_NO_DATA = re.compile(
    r"\s*(?:(?:本页)?[合小总共累]\s*计(?![划算])|(?:注|备注|说明|附|日期|(?:填报|填表|制表|审核|单位|负责人)\w*)\s*[:：])"
)
ROSTERS = TableKind(
    "花名册",
    "“组织名称”一列，还要有“所属社区”“类别”“负责人”等至少一列",
    tuple(RosterColumn),
    roster_meaning,
    lambda found: RosterColumn.NAME in found and len(found) > 1,
)
_READERS: dict[RosterColumn, Reader] = {
    RosterColumn.NAME: read_name,
    RosterColumn.COMMUNITY: read_community,
    RosterColumn.STANDING: read_standing,
    RosterColumn.STATUS: read_status,
    RosterColumn.PRINCIPAL: read_person,
    RosterColumn.PHONES: read_phones,
    RosterColumn.MEMBERS: read_count,
    RosterColumn.PARTY_MEMBERS: read_count,
    RosterColumn.VOLUNTEERS: read_count,
    RosterColumn.ACTIVITIES: read_count,
    RosterColumn.VISITS: read_count,
}


class _CellReader(dict[CellValue, _Understood]):
    """How one column is read: what is understood of a cell, found out once for each that differs.

    That is the draft's field (empty for none), its value, and what there is to say.
    """

    def __init__(self, column: TitledColumn[RosterColumn], meaning: RosterColumn, read: Reader) -> None:
        super().__init__()
        self.column = column
        self.meaning = meaning
        self.index = column.index
        self._read = read
        self._fills = "category_id" if meaning is RosterColumn.CATEGORY else meaning.value

    def __missing__(self, cell: CellValue) -> _Understood:
        text, said = made_visible(cell) if isinstance(cell, str) else (cell, ())
        if self.meaning not in _NUMBERS:
            name, read = self._fills, self._read(text)
        elif _means_code(text, self.meaning):
            name, read = "credit_code", read_credit_code(text)
        else:
            name, read = "filing_number", read_filing_number(text)
        remarks = (*said, *read.remarks) if said else read.remarks
        self[cell] = "" if read.value in _NOTHING else name, read.value, remarks
        return self[cell]


def read_roster(
    workbook: RawWorkbook,
    categories: Sequence[Category],
    place: TablePlace = ANYWHERE,
    today: date | None = None,
) -> RosterReading:
    """The roster of a workbook: of the place named, else of the visible sheet with the best head.

    Raises:
        InvalidInput: no such sheet, no head found, no column of names, no rows below it, or scores instead of
            a roster.
    """
    found = heads_in(workbook, ROSTERS, place)
    raw, head = max(found, key=lambda pair: pair[1].understood)
    _refuse_unfit(workbook.file, raw.name, head)
    year = year_in(
        column.group + column.title for column in head.columns if column.meaning in _FIGURES
    ) or year_in(shown(cell) for row in raw.rows[: head.first] for cell in row)
    blank = RosterReading(
        workbook.file,
        raw.name,
        head.columns,
        (),
        tuple(categories),
        other_sheets=tuple(other.name for other, _ in found if other is not raw),
        figures_year=year,
        today=today,
    )
    reading = _with_rows(blank, raw, head)
    if not reading.rows:
        message = f"“{workbook.file}”的工作表“{raw.name}”只有表头，没有社会组织。"
        raise InvalidInput("roster_empty", message, "请确认选对了文件和工作表。")
    return reading


def _refuse_unfit(file: str, sheet: str, head: Head[RosterColumn]) -> None:
    if any(_FULL_MARK.search(folded(column.title)) for column in head.columns):
        message = f"“{file}”的工作表“{sheet}”是评分表，不是花名册。"
        raise InvalidInput("roster_is_scores", message, "请选花名册文件；评分表请按评分表导入。")
    if head.column(RosterColumn.NAME) is None:
        message = f"“{file}”的工作表“{sheet}”里还没有指定哪一列是“组织名称”。"
        raise InvalidInput("name_column_missing", message, "请指定“组织名称”一列。")


def correct(reading: RosterReading, row: int, column: RosterColumn, text: str) -> RosterReading:
    """The reading as if `text` stood in the cell of a file row; an empty text leaves the field out."""

    def corrected(old: RosterRow) -> RosterRow:
        index = next(titled.index for titled in reading.columns if titled.meaning is column)
        cells = list(old.cells) + [None] * (index + 1 - len(old.cells))
        cells[index] = text or None
        read = _read_row(_cell_readers(reading), reading, old.number, tuple(cells))
        return read._replace(kept=old.kept - {column})

    return _with_row(reading, row, corrected)


def keep_as_written(reading: RosterReading, row: int, column: RosterColumn) -> RosterReading:
    """The reading in which a person lets a fault stand that may: a code with a wrong check character."""
    return _with_row(reading, row, lambda old: old._replace(kept=old.kept | {column}))


def read_texts(texts: Mapping[RosterColumn, str], categories: Sequence[Category], today: date) -> RosterRow:
    """The texts of a form read as a row of a roster would be; empty texts say nothing."""
    columns = tuple(TitledColumn(place, column.label, column) for place, column in enumerate(texts))
    blank = RosterReading("", "", columns, (), tuple(categories), figures_year=today.year, today=today)
    cells = tuple(text.strip() or None for text in texts.values())
    return _read_row(_cell_readers(blank), blank, 0, cells)


def _with_row(reading: RosterReading, number: int, change: Callable[[RosterRow], RosterRow]) -> RosterReading:
    return replace(reading, rows=tuple(change(row) if row.number == number else row for row in reading.rows))


def _with_rows(reading: RosterReading, sheet: RawSheet, head: Head[RosterColumn]) -> RosterReading:
    readers = _cell_readers(reading)
    fillers = [
        _filler(sheet, head.below, column) for column in head.columns if column.meaning in _FILLED_DOWN
    ]
    width = len(head.columns)
    name = next(column for column in head.columns if column.meaning is RosterColumn.NAME)
    # A row says something if it holds more than its number and its place in a block.
    telling = [reader.index for reader in readers if reader.meaning not in _FILLED_DOWN]
    rows: list[RosterRow] = []
    skipped: list[SkippedRow] = []
    for number, cells in enumerate(sheet.rows[head.below :], start=head.below + 1):
        cells = cells if len(cells) >= width else cells + (None,) * (width - len(cells))
        if text := _no_data(cells, name):
            skipped.append(SkippedRow(number, text))
        elif any(cells[index] is not None for index in telling):
            for fill in fillers:
                cells = fill(number, cells)
            rows.append(_read_row(readers, reading, number, cells))
    return replace(reading, rows=tuple(rows), skipped=tuple(skipped))


def _no_data(cells: Cells, name: TitledColumn[RosterColumn]) -> str:
    """The text of a row that is a sum, a remark on the table or its head again; empty for other rows."""
    first = next((cell for cell in cells if cell is not None), None)
    if isinstance(first, str) and (_NO_DATA.match(first) or cells[name.index] == name.title):
        return first
    return ""


def _filler(sheet: RawSheet, below: int, column: TitledColumn[RosterColumn]) -> Callable[[int, Cells], Cells]:
    """Puts the value of a block into each of its rows: of a merged block, or of blanks under a community."""
    index = column.index
    merged = {
        row: sheet.rows[top][index]
        for top, left, bottom, right in sheet.merged
        if top >= below and left == index == right
        for row in range(top + 2, bottom + 2)
    }
    above: CellValue = None

    def fill(number: int, cells: Cells) -> Cells:
        nonlocal above
        if merged or column.meaning is not RosterColumn.COMMUNITY:
            value = cells[index] if cells[index] is not None else merged.get(number)
        else:
            value = above = cells[index] if cells[index] is not None else above
        return cells if cells[index] is value else (*cells[:index], value, *cells[index + 1 :])

    return fill


def _cell_readers(reading: RosterReading) -> tuple[_CellReader, ...]:
    readers = _READERS | {
        RosterColumn.CATEGORY: partial(read_category, spellings=category_names(reading.categories)),
        RosterColumn.FOUNDED_ON: partial(read_date, today=reading.today),
    }
    return tuple(
        _CellReader(column, column.meaning, readers.get(column.meaning, read_text))
        for column in reading.columns
        if column.meaning is not None
    )


def _means_code(cell: CellValue, column: RosterColumn) -> bool:
    """Whether a number is a credit code: in its own column all but Chinese, elsewhere what looks so."""
    text = folded(shown(cell))
    return text.isascii() if column is RosterColumn.CREDIT_CODE else looks_like_code(text)


def _read_row(readers: Sequence[_CellReader], reading: RosterReading, number: int, cells: Cells) -> RosterRow:
    values: dict[str, Any] = {}
    remarks: list[CellRemark] = []
    for reader in readers:
        cell = cells[reader.index]
        if cell is None:
            continue
        name, value, said = reader[cell]
        if name:
            values[name] = value
        if said:
            remarks += [_cell_remark(reader, number, cell, remark) for remark in said]
    if "name" not in values and not any(_spoils_name(said) for said in remarks):
        remarks += _missing_name(readers, number)
    if "remarks" in values and "status" not in values:
        remarks += _proposed_status(readers, number, values)
    if "activities" in values or "visits" in values:
        values["figures_year"] = reading.figures_year
    return RosterRow(number, cells, OrganizationDraft(**values), tuple(remarks))


def _spoils_name(said: CellRemark) -> bool:
    return said.column is RosterColumn.NAME and said.remark.kind is RemarkKind.FAULT


def _missing_name(readers: Sequence[_CellReader], number: int) -> list[CellRemark]:
    missing = fault("没有组织名称", "请填写名称，或删去这一行")
    return [
        _cell_remark(reader, number, None, missing)
        for reader in readers
        if reader.meaning is RosterColumn.NAME
    ]


def _proposed_status(readers: Sequence[_CellReader], number: int, values: dict[str, Any]) -> list[CellRemark]:
    """Put the status that the remarks speak of among the values, and say so."""
    text = values["remarks"]
    status = status_in_remarks(text)
    if status is None:
        return []
    values["status"] = status
    said = note(f"状态按备注读作“{status.label}”")
    return [
        _cell_remark(reader, number, text, said)
        for reader in readers
        if reader.meaning is RosterColumn.REMARKS
    ]


def _cell_remark(reader: _CellReader, number: int, cell: CellValue, remark: Remark) -> CellRemark:
    text = INVISIBLE.sub("", shown(cell)).strip()
    return CellRemark(number, reader.meaning, reader.column.title, text, remark)
