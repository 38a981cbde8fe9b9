"""A sheet with records of a ledger as a person would read it: head, columns, rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from core.errors import InvalidInput, Problem
from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerDraft, LedgerReading
from core.model.reading import FileLook, Remark, RemarkKind, TablePlace, TitledColumn
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.cell_values import Read, folded, quoted, shown
from core.rules.head_pointing import TableKind, heads_in, look_at
from core.rules.header_finding import Head, meaning_of, title_key
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import is_blank, read_value

Cells: TypeAlias = tuple[CellValue, ...]

_NO_DATA = re.compile(
    r"\s*(?:(?:本页)?[合小总共累]\s*计(?![划算])|(?:注|备注|说明|填表\w*|制表\w*|审核\w*)\s*[:：])"
)
_FEW = 3
_EXAMPLE = 20
_TEN_THOUSANDS = "万元"


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
    place: TablePlace,
) -> LedgerReading:
    """The records of a workbook; columns of fields that are not `in_use` are left out.

    Raises:
        InvalidInput: no such sheet, no head found, no rows below it.
    """
    found = heads_in(workbook, table_kind(ledger), place)
    sheet, head = max(found, key=lambda pair: pair[1].understood)
    dropped = _not_in_use(head, in_use)
    reading = LedgerReading(
        ledger,
        workbook.file,
        sheet.name,
        tuple(replace(each, meaning=None) if each in dropped else each for each in head.columns),
        notes=tuple(_left_out(each.title) for each in dropped),
    )
    return _with_rows(reading, sheet, head, links, today)


def look_at_ledger(
    workbook: RawWorkbook, ledger: Ledger, in_use: Sequence[Field], place: TablePlace
) -> FileLook:
    """How the head is understood, before the rows are read; as `read_ledger`, but a head may be missing.

    Raises:
        InvalidInput: the file is empty, or has no such sheet or row.
    """
    look = look_at(workbook, table_kind(ledger), place)
    names = {each.name for each in in_use}
    dropped = [look.titles[at] for at, name in look.mapping.items() if name not in names]
    return replace(look, message="\n".join(filter(None, (look.message, *map(_left_out, dropped)))))


def table_kind(ledger: Ledger) -> TableKind[str]:
    """How tables with records of a ledger are known."""
    known = _known_titles(ledger)
    telling = {each.name for each in _essential(ledger)}
    least = min(2, len(ledger.fields))
    return TableKind(
        ledger.label,
        "、".join(f"“{each.label}”" for each in _essential(ledger)),
        tuple(each.name for each in ledger.fields),
        lambda titles: meaning_of(titles, known),
        lambda found: bool(found & telling) and len(found) >= least,
    )


def _left_out(title: str) -> str:
    return f"“{title}”一列没有读：本单位没有开启登记身份证号。"


def _not_in_use(head: Head[str], in_use: Sequence[Field]) -> list[TitledColumn[str]]:
    names = {each.name for each in in_use}
    return [each for each in head.columns if each.meaning is not None and each.meaning not in names]


def _known_titles(ledger: Ledger) -> Mapping[str, str]:
    """Field names by the keys of their titles; a label goes before the synonyms of other fields."""
    known = {title_key(title): each.name for each in reversed(ledger.fields) for title in each.synonyms}
    return known | {title_key(each.label): each.name for each in reversed(ledger.fields)}


def _essential(ledger: Ledger) -> tuple[Field, ...]:
    return tuple(each for each in ledger.fields if each.required) or ledger.fields[:1]


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
    said = f"写的是“{text}”，" if text and not remark.message.startswith(f"“{text}”") else ""
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
