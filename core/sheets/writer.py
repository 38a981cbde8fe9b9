"""Tables out to an .xlsx file that is ready to print."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.model.tables import OutColumn, OutSheet, OutValue

_SHEET_NAME_LENGTH = 31
_ROWS_TO_FILL = 1_000
_GUIDE_NAME = "填写说明"
_CHOICES_NAME = "选项"
_THIN = Side(style="thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TEXT = Alignment(vertical="center", wrap_text=True)
_NUMBER = Alignment(horizontal="right", vertical="center")
_PLAIN_DAY = "yyyy-mm-dd"

# Excel reads _x0041_ as the character with that code; the underscore itself is written as one.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Control characters are not allowed in the file; each is shown as its picture (U+2400 and on).
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {
    0xFFFE: None,
    0xFFFF: None,
}


def write_workbook(sheets: Sequence[OutSheet]) -> bytes:
    """The bytes of an .xlsx file with these sheets in their order; every text stays text, also `=1+1`."""
    book = Workbook(write_only=True)
    book.properties.creator = "社评通"
    names: set[str] = set()
    for sheet in (each for one in sheets for each in (one, *_guide(one))):
        target = book.create_sheet(_free_name(sheet.name, names))
        # Its own method looks into each cell for a value that is none; that takes a third of the time.
        target._values_to_row = _placed
        choices = _Choices(book, _free_name(_CHOICES_NAME, names)) if _has_choices(sheet) else None
        _fill(target, sheet, choices)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _placed(cells: Sequence[Cell], row: int) -> Iterator[Cell]:
    """The cells of a row with their places."""
    for column, cell in enumerate(cells, start=1):
        cell.row, cell.column = row, column
        yield cell


def _free_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows: 31 characters, none of its special ones, no second of its kind; now taken."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '")[:_SHEET_NAME_LENGTH] or "Sheet"
    name, number = clean, 2
    while name.casefold() in taken:
        name = f"{clean[: _SHEET_NAME_LENGTH - len(str(number))]}{number}"
        number += 1
    taken.add(name.casefold())
    return name


def _guide(sheet: OutSheet) -> Sequence[OutSheet]:
    """The sheet that tells how to fill in this one, if it has a guide."""
    if not sheet.guide:
        return ()
    columns = (OutColumn("列", 24), OutColumn("怎么填", 80))
    return (OutSheet(_GUIDE_NAME, f"{sheet.name}：{_GUIDE_NAME}", columns, sheet.guide),)


def _has_choices(sheet: OutSheet) -> bool:
    return any(column.choices for column in sheet.columns)


class _Choices:
    """A hidden sheet with what cells may be filled with, a column for each list."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.sheet = book.create_sheet(name)
        self.sheet.sheet_state = "hidden"
        self._lists: list[tuple[str, ...]] = []

    def reference(self, choices: tuple[str, ...]) -> str:
        """The place of a list, as a formula names it."""
        self._lists.append(choices)
        letter = get_column_letter(len(self._lists))
        return f"'{self.sheet.title}'!${letter}$1:${letter}${len(choices)}"

    def write(self) -> None:
        """Put all lists into the sheet."""
        for row in zip_longest(*self._lists):
            self.sheet.append([None if each is None else _cell(self.sheet, each, {}) for each in row])


def _fill(target: WriteOnlyWorksheet, sheet: OutSheet, choices: _Choices | None) -> None:
    head_row = 3 if sheet.subtitle else 2
    width = max(1, len(sheet.columns))
    for place, column in enumerate(sheet.columns, start=1):
        dimension = target.column_dimensions[get_column_letter(place)]
        dimension.width = column.width
        if column.as_text and not sheet.rows:
            dimension.number_format = "@"
    _set_up_page(target, width, head_row, len(sheet.rows))
    for row in range(1, head_row):
        target.merged_cells.ranges.add(CellRange(None, 1, row, width, row))
    target.append([_cell(target, sheet.title, {"font": Font(size=16, bold=True), "alignment": _MIDDLE})])
    if sheet.subtitle:
        target.append([_cell(target, sheet.subtitle, {"alignment": _MIDDLE})])
    style = {"font": Font(bold=True), "fill": _HEAD_FILL, "border": _BOX, "alignment": _MIDDLE}
    target.append([_cell(target, column.title, style) for column in sheet.columns])
    bodies = [_Body(target, column) for column in sheet.columns]
    for values in sheet.rows:
        target.append([body(value) for body, value in zip(bodies, values, strict=True)])
    if sheet.note:
        target.append([_cell(target, sheet.note, {})])
    if choices:
        _offer(target, sheet, choices, head_row)


class _Body:
    """The cells of one column: one object, filled anew for each row, as each row is written at once."""

    def __init__(self, target: WriteOnlyWorksheet, column: OutColumn) -> None:
        decimals = column.places
        plain = "@" if column.as_text else "General"
        number = "General" if decimals is None else "0." + "0" * decimals if decimals else "0"
        box = {"border": _BOX}
        self._cell = WriteOnlyCell(target)
        self._text = _cell(target, "", box | {"alignment": _TEXT, "number_format": plain})._style
        self._number = _cell(target, 0, box | {"alignment": _NUMBER, "number_format": number})._style
        self._day = _cell(target, 0, box | {"alignment": _NUMBER, "number_format": _PLAIN_DAY})._style

    def __call__(self, value: OutValue) -> Cell:
        """The cell with this value."""
        cell = self._cell
        if isinstance(value, str):
            cell._value, cell.data_type, cell._style = _written(value), "s", self._text
        elif isinstance(value, date):
            cell._value, cell.data_type, cell._style = value, "d", self._day
        else:
            cell._value, cell.data_type, cell._style = value, "n", self._number
        return cell


def _cell(target: WriteOnlyWorksheet, value: OutValue, style: Mapping[str, object]) -> Cell:
    cell = WriteOnlyCell(target)
    for name, part in style.items():
        setattr(cell, name, part)
    if isinstance(value, str):
        cell.value = _written(value)
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _written(text: str) -> str:
    return _ESCAPE.sub("_x005F_", text.translate(_PICTURES))


def _offer(target: WriteOnlyWorksheet, sheet: OutSheet, choices: _Choices, head_row: int) -> None:
    """Lists to choose from in the rows below the head."""
    for place, column in enumerate(sheet.columns, start=1):
        if column.choices:
            offered = DataValidation("list", choices.reference(column.choices), allow_blank=True)
            offered.error = "请从下拉列表里选一项"
            letter = get_column_letter(place)
            last = head_row + max(len(sheet.rows), _ROWS_TO_FILL)
            offered.add(f"{letter}{head_row + 1}:{letter}{last}")
            target.data_validations.append(offered)
    choices.write()


def _set_up_page(target: WriteOnlyWorksheet, width: int, head_row: int, rows: int) -> None:
    """A4 landscape, as wide as one page, with the head on every page; on screen the head stays."""
    target.freeze_panes = f"A{head_row + 1}"
    target.print_title_rows = f"1:{head_row}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_options.horizontalCentered = True
    target.oddFooter.center.text = "第 &P 页，共 &N 页"
    if rows:
        target.auto_filter.ref = f"A{head_row}:{get_column_letter(width)}{head_row + rows}"
