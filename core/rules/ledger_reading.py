"""A sheet with records of a ledger as a person would read it: head, columns, rows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from core.errors import InvalidInput, Problem
from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerDraft, LedgerReading
from core.model.reading import Remark, RemarkKind, TitledColumn
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.cell_values import Read, folded, quoted, shown
from core.rules.header_finding import Head, find_head, head_at, meaning_of, title_key
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import is_blank, read_value

Cells: TypeAlias = tuple[CellValue, ...]

_NO_DATA = re.compile(r"\s*(?:(?:本页)?[合小总共累]\s*计|(?:注|备注|说明|填表\w*|制表\w*|审核\w*)\s*[:：])")
_FEW = 3
_EXAMPLE = 20
_TEN_THOUSANDS = "万元"


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a file the records are, as far as a person says it.

    `sheet` is the best one if empty; `header_row` counts from 1, 0 means that there is no head, None that it
    is to be found. `mapping` gives field names by the place of their column, from 0.
    """

    sheet: str | None = None
    header_row: int | None = None
    mapping: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    """How one column is read; what was understood is kept per distinct cell."""

    titled: TitledColumn[str]
    meaning: Field
    merged: Mapping[int, CellValue]
    seen: dict[tuple[type, CellValue], Read[Any]] = field(default_factory=dict)

    def cell(self, number: int, cells: Cells) -> CellValue:
        """A row's cell; that of its merged block, if it lies in one."""
        value = cells[self.titled.index] if self.titled.index < len(cells) else None
        return self.merged.get(number) if value is None else value

    def read(self, cell: CellValue, links: LinkBook, today: date) -> Read[Any]:
        """What the cell says."""
        key = (type(cell), cell)
        if key not in self.seen:
            self.seen[key] = read_value(self.meaning, self._with_unit(cell), links, today)
        return self.seen[key]

    def _with_unit(self, cell: CellValue) -> CellValue:
        """The amount with the unit that the title gives for the whole column."""
        if self.meaning.kind is not FieldKind.MONEY or _TEN_THOUSANDS not in folded(self.titled.title):
            return cell
        text = shown(cell).strip()
        return f"{text}{_TEN_THOUSANDS}" if text and text[-1].isdigit() else cell


def read_ledger(
    workbook: RawWorkbook,
    ledger: Ledger,
    in_use: Sequence[Field],
    links: LinkBook,
    today: date,
    source: Source,
) -> LedgerReading:
    """The records of a workbook; columns of fields that are not `in_use` are left out.

    Raises:
        InvalidInput: no such sheet, no head found, no rows below it.
    """
    sheet, head = _found(workbook, ledger, source)
    columns = _mapped(head, source.mapping, {each.name for each in ledger.fields})
    names = {each.name for each in in_use}
    dropped = [each for each in columns if each.meaning is not None and each.meaning not in names]
    columns = tuple(replace(each, meaning=None) if each in dropped else each for each in columns)
    reading = LedgerReading(
        ledger,
        workbook.file,
        sheet.name,
        tuple(each.name for each in workbook.sheets),
        0 if source.header_row == 0 else head.below,
        columns,
        notes=tuple(f"“{each.title}”一列没有读：本单位没有开启登记身份证号。" for each in dropped),
    )
    return _with_rows(reading, sheet, head, links, today)


def _found(workbook: RawWorkbook, ledger: Ledger, source: Source) -> tuple[RawSheet, Head[str]]:
    sheets = [
        each for each in workbook.sheets if (each.name == source.sheet if source.sheet else not each.hidden)
    ]
    if not sheets:
        names = "、".join(f"“{each.name}”" for each in workbook.sheets if not each.hidden)
        message = f"“{workbook.file}”里没有工作表“{source.sheet or ''}”。"
        raise InvalidInput("sheet_missing", message, f"请从这些工作表中选择：{names}。")
    if source.header_row is not None:
        return sheets[0], _head_given(sheets[0], ledger, source.header_row)
    known, needed = _known_titles(ledger), _needed(ledger)
    found = [
        (each, head)
        for each in sheets
        if (head := find_head(each, lambda titles: meaning_of(titles, known), needed))
    ]
    if found:
        return max(found, key=lambda pair: pair[1].understood)
    if source.mapping:
        return sheets[0], _head_given(sheets[0], ledger, 1)
    titles = "、".join(f"“{each.label}”" for each in _essential(ledger))
    raise InvalidInput(
        "no_header",
        f"“{workbook.file}”里没有找到{ledger.label}的表头。",
        f"表头里要有{titles}；也可以自己指定哪一行是表头、哪一列是什么。",
    )


def _head_given(sheet: RawSheet, ledger: Ledger, row: int) -> Head[str]:
    """The head in a row counted from 1; in row 0 the columns have letters only."""
    if row > len(sheet.rows):
        message = f"工作表“{sheet.name}”只有 {len(sheet.rows)} 行，没有第 {row} 行。"
        raise InvalidInput("header_row_missing", message, "请重新选择表头所在的行。")
    if row < 1:
        width = max(map(len, sheet.rows), default=0)
        return Head(0, 0, tuple(TitledColumn(at, f"{_letters(at)} 列", None) for at in range(width)))
    known = _known_titles(ledger)
    return head_at(sheet, row - 1, 1, lambda titles: meaning_of(titles, known))


def _known_titles(ledger: Ledger) -> Mapping[str, str]:
    """Field names by the keys of their titles; a label goes before the synonyms of other fields."""
    known = {title_key(title): each.name for each in reversed(ledger.fields) for title in each.synonyms}
    return known | {title_key(each.label): each.name for each in reversed(ledger.fields)}


def _essential(ledger: Ledger) -> tuple[Field, ...]:
    return tuple(each for each in ledger.fields if each.required) or ledger.fields[:1]


def _needed(ledger: Ledger) -> Callable[[set[str]], bool]:
    telling = {each.name for each in _essential(ledger)}
    least = min(2, len(ledger.fields))
    return lambda found: bool(found & telling) and len(found) >= least


def _mapped(
    head: Head[str], mapping: Mapping[int, str] | None, names: set[str]
) -> tuple[TitledColumn[str], ...]:
    if mapping is None:
        return head.columns
    given = {at: name for at, name in mapping.items() if name in names}
    return tuple(replace(each, meaning=given.get(each.index)) for each in head.columns)


def _with_rows(
    reading: LedgerReading, sheet: RawSheet, head: Head[str], links: LinkBook, today: date
) -> LedgerReading:
    columns = [
        _Column(each, reading.ledger.field(each.meaning), _merged(sheet, head.below, each.index))
        for each in reading.columns
        if each.meaning is not None
    ]
    rows = [
        (number, cells)
        for number, cells in enumerate(sheet.rows[head.below :], start=head.below + 1)
        if _is_data(columns, number, cells)
    ]
    if not rows:
        message = f"“{reading.file}”的工作表“{reading.sheet}”的表头下面没有内容。"
        raise InvalidInput("ledger_empty", message, "请确认选对了文件、工作表和表头。")
    wrong = [problem for each in columns if (problem := _all_wrong(each, rows, links, today))]
    told = {problem.place for problem in wrong}
    return replace(
        reading,
        rows=tuple(_draft(columns, number, cells, links, today, told) for number, cells in rows),
        problems=(*_missing_columns(reading), *wrong),
    )


def _is_data(columns: Sequence[_Column], number: int, cells: Cells) -> bool:
    """Whether a row says something, and is no sum, no remark on the table, not its head again."""
    if all(each.titled.index >= len(cells) or cells[each.titled.index] is None for each in columns):
        return False
    first = next((cell for cell in cells if cell is not None), None)
    again = all(
        isinstance(cell, str) and "".join(cell.split()) == each.titled.title
        for each in columns
        if (cell := each.cell(number, cells)) is not None
    )
    return not again and not (isinstance(first, str) and _NO_DATA.match(first))


def _draft(
    columns: Sequence[_Column], number: int, cells: Cells, links: LinkBook, today: date, told: set[str]
) -> LedgerDraft:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for column in columns:
        cell = column.cell(number, cells)
        if cell is None:
            continue
        read = column.read(cell, links, today)
        if _place(column) in told and read.remarks:
            problems.append(Problem(f"第 {number} 行“{column.titled.title}”", "这一列的名称全都找不到"))
            continue
        for remark in read.remarks:
            said = problems if remark.kind is RemarkKind.FAULT else notes
            said.append(_problem(column, number, cell, remark))
        if not is_blank(column.meaning, read.value):
            values[column.meaning.name] = read.value
    return LedgerDraft(number, cells, values, tuple(problems), tuple(notes))


def _problem(column: _Column, number: int, cell: CellValue, remark: Remark) -> Problem:
    """The remark as a line for the clerk; numbers of identity cards are not repeated."""
    text = "" if column.meaning.kind is FieldKind.ID_NUMBER else quoted(shown(cell))
    said = f"写的是“{text}”，" if text else ""
    return Problem(f"第 {number} 行“{column.titled.title}”", said + remark.message, remark.remedy)


def _all_wrong(
    column: _Column, rows: Sequence[tuple[int, Cells]], links: LinkBook, today: date
) -> Problem | None:
    """What to say once of a column in which nothing that it refers to is known."""
    if column.meaning.kind is not FieldKind.LINK:
        return None
    cells = {shown(cell): cell for number, row in rows if (cell := column.cell(number, row)) is not None}
    if len(cells) < _FEW or any(links.ids(column.meaning, text) for text in cells):
        return None
    if any(column.read(cell, links, today).value for cell in cells.values()):
        return None
    examples = "、".join(f"“{quoted(text, _EXAMPLE)}”" for text in list(cells)[:_FEW])
    message = f"{len(cells)} 个名称{links.place(column.meaning)}都没有，例如{examples}"
    return Problem(_place(column), message, "请核对这一列选对了没有；确实没有的要先登记")


def _place(column: _Column) -> str:
    return f"“{column.titled.title}”一列"


def _missing_columns(reading: LedgerReading) -> tuple[Problem, ...]:
    """Required fields that no column is read for."""
    read = set(reading.mapping.values())
    return tuple(
        Problem(f"“{each.label}”一列", "文件里没有找到", "请指定哪一列是它，或在文件里补上")
        for each in reading.ledger.fields
        if each.required and each.name not in read
    )


def _merged(sheet: RawSheet, below: int, index: int) -> Mapping[int, CellValue]:
    """What the merged blocks of a column say, by the file's numbers of their rows after the first."""
    return {
        row: sheet.rows[top][index]
        for top, left, bottom, right in sheet.merged
        if top >= below and left == index == right
        for row in range(top + 2, bottom + 2)
    }


def _letters(index: int) -> str:
    """The name of a column in Excel."""
    tens, ones = divmod(index, 26)
    return (_letters(tens - 1) if tens else "") + chr(ord("A") + ones)
