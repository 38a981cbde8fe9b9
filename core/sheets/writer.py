"""Tables out to an .xlsx file that is ready to print."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.model.tables import OutColumn, OutSheet
from core.sheets.locked_forms import OPEN_CELL, lock_form, row_height
from core.sheets.rows import ColumnStyles, RowBlock, text_of

_SHEET_NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""What Excel keeps for itself, and what XML cannot hold."""
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


def write_workbook(sheets: Sequence[OutSheet]) -> bytes:
    """The bytes of an .xlsx file with these sheets in their order; every text stays text, also `=1+1`."""
    book = Workbook(write_only=True)
    book.properties.creator = "社评通"
    book.security = WorkbookProtection(lockStructure=any(sheet.is_form for sheet in sheets))
    names: set[str] = set()
    rows: dict[WriteOnlyWorksheet, Iterator[bytes]] = {}
    for sheet in (each for one in sheets for each in (one, *_guide(one))):
        target = book.create_sheet(_free_name(sheet.name, names))
        _set_up_page(target, sheet)
        rows[target] = text_of(_blocks(target, sheet))
        if any(column.choices for column in sheet.columns):
            choices = book.create_sheet(_free_name(_CHOICES_NAME, names))
            rows[choices] = text_of([_offer(target, sheet, choices)])
    return _with_rows(book, rows)


def _with_rows(book: Workbook, rows: Mapping[WriteOnlyWorksheet, Iterator[bytes]]) -> bytes:
    """The book as a file, with the rows put into the sheets that openpyxl leaves empty."""
    empty, content = io.BytesIO(), io.BytesIO()
    book.save(empty)
    of_parts = {sheet.path.lstrip("/"): each for sheet, each in rows.items()}
    with ZipFile(empty) as source, ZipFile(content, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            before, end, after = source.read(name).partition(b"</sheetData>")
            with target.open(name, "w") as part:
                part.write(before)
                part.writelines(of_parts.get(name, ()))
                part.write(end + after)
    return content.getvalue()


def _free_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows: 31 characters, none of its special ones, no second of its kind; now taken."""
    clean = _NOT_IN_NAMES.sub(" ", wanted).strip(" '")[:_SHEET_NAME_LENGTH] or "Sheet"
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


def _blocks(target: WriteOnlyWorksheet, sheet: OutSheet) -> Sequence[RowBlock]:
    """All rows from the title to the note. Their styles are in the book when this returns."""
    title = ColumnStyles(_style(target, font=Font(size=16, bold=True), alignment=_MIDDLE))
    subtitle = ColumnStyles(_style(target, alignment=_MIDDLE))
    head = _style(target, font=Font(bold=True), fill=_HEAD_FILL, border=_BOX, alignment=_MIDDLE)
    heads = tuple(column.title for column in sheet.columns)
    return (
        RowBlock([title], [(sheet.title,)]),
        RowBlock([subtitle], [(sheet.subtitle,)] if sheet.subtitle else (), row_height(sheet)),
        RowBlock([ColumnStyles(head)] * len(heads), [heads], row_height(sheet, [heads])),
        RowBlock(
            [_body(target, column) for column in sheet.columns], sheet.rows, row_height(sheet, sheet.rows)
        ),
        RowBlock([ColumnStyles()], [(sheet.note,)] if sheet.note else (), 2 * row_height(sheet)),
    )


def _body(target: WriteOnlyWorksheet, column: OutColumn) -> ColumnStyles:
    decimals = column.places
    plain = "@" if column.as_text else "General"
    number = plain if decimals is None else "0." + "0" * decimals if decimals else "0"
    look = {"border": _BOX} | (OPEN_CELL if column.fill else {})
    return ColumnStyles(
        _style(target, **look, alignment=_TEXT, number_format=plain),
        _style(target, **look, alignment=_NUMBER, number_format=number),
        _style(target, **look, alignment=_NUMBER, number_format=_PLAIN_DAY),
    )


def _style(target: WriteOnlyWorksheet, **parts: object) -> int:
    """The book's number for a cell that looks so."""
    cell = WriteOnlyCell(target)
    for name, part in parts.items():
        setattr(cell, name, part)
    return int(cell.style_id)


def _offer(target: WriteOnlyWorksheet, sheet: OutSheet, choices: WriteOnlyWorksheet) -> RowBlock:
    """Lists to choose from below the head; gives the hidden sheet's rows, a column for each list."""
    choices.sheet_state = "hidden"
    first = _head_row(sheet) + 1
    last = first - 1 + max(len(sheet.rows), _ROWS_TO_FILL)
    lists: list[tuple[str, ...]] = []
    for place, column in enumerate(sheet.columns, start=1):
        if column.choices:
            lists.append(column.choices)
            letter = get_column_letter(len(lists))
            source = f"'{choices.title}'!${letter}$1:${letter}${len(column.choices)}"
            offered = DataValidation("list", source, allow_blank=True)
            offered.error = "请从下拉列表里选一项"
            letter = get_column_letter(place)
            offered.add(f"{letter}{first}:{letter}{last}")
            target.data_validations.append(offered)
    return RowBlock([ColumnStyles()] * len(lists), zip_longest(*lists))


def _head_row(sheet: OutSheet) -> int:
    return 3 if sheet.subtitle else 2


def _set_up_page(target: WriteOnlyWorksheet, sheet: OutSheet) -> None:
    """A4 landscape, as wide as one page, with the head on every page; on screen the head stays."""
    head_row = _head_row(sheet)
    target.freeze_panes = f"A{head_row + 1}"
    target.print_title_rows = f"1:{head_row}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_options.horizontalCentered = True
    target.oddFooter.center.text = "第 &P 页，共 &N 页"
    _set_up_columns(target, sheet, head_row)
    if sheet.is_form:
        lock_form(target, sheet, head_row)
    if sheet.is_hidden:
        target.sheet_state = "veryHidden"


def _set_up_columns(target: WriteOnlyWorksheet, sheet: OutSheet, head_row: int) -> None:
    """Widths, the lines above the head across all columns, and a filter if rows may be sorted."""
    for place, column in enumerate(sheet.columns, start=1):
        dimension = target.column_dimensions[get_column_letter(place)]
        dimension.width = column.width
        if column.as_text and not sheet.rows:
            dimension.number_format = "@"
    width = max(1, len(sheet.columns))
    for row in range(1, head_row):
        target.merged_cells.ranges.add(CellRange(None, 1, row, width, row))
    if sheet.rows and not sheet.is_form:
        target.auto_filter.ref = f"A{head_row}:{get_column_letter(width)}{head_row + len(sheet.rows)}"
