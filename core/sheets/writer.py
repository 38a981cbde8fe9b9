"""Tables out to an .xlsx file that is ready to print."""

import io
import re
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.model.tables import OutColumn, OutSheet, OutValue

_SHEET_NAME_LENGTH = 31
_TITLE_ROW, _HEAD_ROW = 1, 2
_THIN = Side(style="thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TITLE_FONT = Font(size=16, bold=True)
_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TEXT = Alignment(vertical="center", wrap_text=True)
_NUMBER = Alignment(horizontal="right", vertical="center")

# Excel reads _x0041_ as the character with that code; the underscore itself is written as one.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Control characters are not allowed in the file; each is shown as its picture (U+2400 and on).
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {
    0xFFFE: None,
    0xFFFF: None,
}


def write_workbook(sheets: Sequence[OutSheet]) -> bytes:
    """The bytes of an .xlsx file with these sheets in their order; every text stays text, also `=1+1`."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "社评通"
    names: set[str] = set()
    for sheet in sheets:
        name = _free_name(sheet.name, names)
        names.add(name.casefold())
        _fill(book.create_sheet(name), sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _free_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows: 31 characters, none of its special ones, no second of its kind."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '")[:_SHEET_NAME_LENGTH] or "Sheet"
    name, number = clean, 2
    while name.casefold() in taken:
        name = f"{clean[: _SHEET_NAME_LENGTH - len(str(number))]}{number}"
        number += 1
    return name


def _fill(target: Worksheet, sheet: OutSheet) -> None:
    width = len(sheet.columns)
    _put(target.cell(_TITLE_ROW, 1), sheet.title)
    target.cell(_TITLE_ROW, 1).font = _TITLE_FONT
    target.cell(_TITLE_ROW, 1).alignment = _MIDDLE
    target.merge_cells(start_row=_TITLE_ROW, end_row=_TITLE_ROW, start_column=1, end_column=max(1, width))
    for place, column in enumerate(sheet.columns, start=1):
        _head(target.cell(_HEAD_ROW, place), column)
        target.column_dimensions[get_column_letter(place)].width = column.width
    for number, row in enumerate(sheet.rows, start=_HEAD_ROW + 1):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True), start=1):
            _body(target.cell(number, place), value, column)
    if sheet.note:
        _put(target.cell(_HEAD_ROW + len(sheet.rows) + 1, 1), sheet.note)
    _set_up_page(target, width, len(sheet.rows))


def _head(cell: Cell, column: OutColumn) -> None:
    _put(cell, column.title)
    cell.font, cell.fill, cell.border, cell.alignment = _HEAD_FONT, _HEAD_FILL, _BOX, _MIDDLE


def _body(cell: Cell, value: OutValue, column: OutColumn) -> None:
    _put(cell, value)
    cell.border = _BOX
    cell.alignment = _TEXT if isinstance(value, str) else _NUMBER
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif column.places is not None and not isinstance(value, str):
        cell.number_format = "0." + "0" * column.places if column.places else "0"


def _put(cell: Cell, value: OutValue) -> None:
    if isinstance(value, str):
        cell.value = _ESCAPE.sub("_x005F_", value.translate(_PICTURES))
        cell.data_type = "s"
    else:
        cell.value = value


def _set_up_page(target: Worksheet, width: int, rows: int) -> None:
    """A4 landscape, as wide as one page, with the head on every page; on screen the head stays."""
    target.freeze_panes = target.cell(_HEAD_ROW + 1, 1)
    target.print_title_rows = f"{_TITLE_ROW}:{_HEAD_ROW}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_options.horizontalCentered = True
    target.oddFooter.center.text = "第 &P 页，共 &N 页"
    if rows:
        target.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(width)}{_HEAD_ROW + rows}"
