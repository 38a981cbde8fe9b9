"""Spreadsheet files in, raw cells out; nothing is interpreted here."""

import csv
import io
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from core.errors import AppError, InvalidInput
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.sheets import file_gate
from core.sheets.formulas import FormulaPlaces
from core.sheets.weight import Weight

ReadsContent: TypeAlias = Callable[[str, bytes], RawWorkbook]
"""Reads a file of this name and content."""

_SMALL_CSV = 1 << 20
_SEPARATORS = (",", "\t", ";")
_AHEAD = 3
"""Files that are held at once where many are read."""
_LOOKED_AT = 1 << 16
"""Characters of a CSV file by which its separator is known; fewer than a field may have."""

# GB 18030-2022 moved 18 codes out of the private use area; Python's codec still gives the old places.
_MOVED = dict(
    zip(
        (*range(0xE78D, 0xE797), 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
        (
            *(0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19),
            *range(0x9FB4, 0x9FBC),
        ),
        strict=True,
    )
)


def read_content(name: str, content: bytes) -> RawWorkbook:
    """As `read_workbook`, of a file's content.

    Raises:
        InvalidInput: no workbook, damaged, locked by a password, too large.
    """
    if _is_csv(name):
        return RawWorkbook(name, (_csv_sheet(name, content),))
    formulas = FormulaPlaces()
    return _parsed(name, file_gate.checked_workbook(name, content, formulas.look), formulas)


def read_workbook(path: Path, apart: ReadsContent = read_content) -> RawWorkbook:
    """All worksheets of an .xlsx, .xlsm, .xls, .et, .xlsb, .ods or .csv file.

    `apart` reads in another process what cannot be known beforehand to need little time and memory.

    Raises:
        InvalidInput: missing, empty, no workbook, damaged, locked by a password, too large.
        StorageFailed: held by another program, or it may not or cannot be read.
    """
    name, content = _content_of(path)
    return (_harmless(name, content) or partial(apart, name, content))()


def read_workbooks(
    paths: Iterable[Path], apart: ReadsContent = read_content
) -> Generator[Callable[[], RawWorkbook], None, None]:
    """For each file, in order, what gives its workbook or raises as `read_workbook` does.

    While the caller works on one, the next harmless ones are parsed in a thread of their own, as the parser
    leaves the interpreter free; to look at them does not, so that is done in the caller's thread.
    """
    parser = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbooks")
    coming: deque[Callable[[], RawWorkbook]] = deque()
    try:
        for path in paths:
            coming.append(_begun(path, apart, parser))
            if len(coming) == _AHEAD:
                yield coming.popleft()
        while coming:
            yield coming.popleft()
    finally:
        parser.shutdown(cancel_futures=True)


def _begun(path: Path, apart: ReadsContent, parser: Executor) -> Callable[[], RawWorkbook]:
    """What gives a workbook that is being parsed, that is still to be read apart, or that is refused."""
    try:
        name, content = _content_of(path)
        parse = _harmless(name, content)
    except AppError as error:
        return partial(_refuse, error)
    return parser.submit(parse).result if parse else partial(apart, name, content)


def _refuse(error: AppError) -> RawWorkbook:
    raise error


def _content_of(path: Path) -> tuple[str, bytes]:
    content = file_gate.read_bytes(path)
    # Linux hands on names in other encodings as surrogates, which no store and no printer takes.
    return path.name.encode("utf-8", "replace").decode(), content


def _harmless(name: str, content: bytes) -> Callable[[], RawWorkbook] | None:
    """What parses a file that its checked parts show to be harmless: the usual one needs no process."""
    if _is_csv(name):
        return partial(read_content, name, content) if len(content) <= _SMALL_CSV else None
    if not file_gate.is_small(content):
        return None
    formulas, weight = FormulaPlaces(), Weight()

    def look(part: str, xml: bytes) -> None:
        formulas.look(part, xml)
        weight.look(part, xml)

    checked = file_gate.checked_workbook(name, content, look)
    if checked is content or weight.is_great():
        return None
    return partial(_parsed, name, checked, formulas)


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


def _parsed(name: str, content: bytes, formulas: FormulaPlaces) -> RawWorkbook:
    try:
        return _parse(name, content, formulas)
    except PasswordError as error:
        raise file_gate.encrypted(name) from error
    except (CalamineError, ValueError, OSError, MemoryError) as error:
        raise file_gate.not_a_workbook(name) from error
    except InvalidInput:
        raise
    except BaseException as error:
        # A panic inside the parser arrives as a BaseException of a class that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise file_gate.not_a_workbook(name) from error


def _parse(name: str, content: bytes, formulas: FormulaPlaces) -> RawWorkbook:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        sheets = []
        for index, about in enumerate(workbook.sheets_metadata):
            if about.typ is SheetTypeEnum.WorkSheet:
                hidden = about.visible is not SheetVisibleEnum.Visible
                found = formulas.of(about.name)
                sheets.append(_raw_sheet(name, workbook.get_sheet_by_index(index), hidden, found))
    return RawWorkbook(name, tuple(sheets))


def _raw_sheet(
    file: str, sheet: CalamineSheet, hidden: bool, formulas: frozenset[tuple[int, int]]
) -> RawSheet:
    rows, columns = sheet.end or (-1, -1)
    file_gate.check_size(file, sheet.name, rows + 1, columns + 1)
    try:
        table = sheet.to_python(skip_empty_area=False) if sheet.end else []
    except OverflowError as error:
        raise InvalidInput(
            "time_out_of_range",
            f"“{file}”的工作表“{sheet.name}”里有设成“时间”格式的格子，数值大得不成时间，读不出来。",
            "请在 Excel 或 WPS 中找到显示为一串“#”的格子，改成“文本”格式重新输入，保存后再导入。",
        ) from error
    merged = _merged(sheet, rows, columns)
    return RawSheet(sheet.name, tuple(map(_cells, table)), hidden, merged, formulas)


def _merged(sheet: CalamineSheet, last_row: int, last_column: int) -> tuple[tuple[int, int, int, int], ...]:
    """The merged blocks as far as they lie where something is written; many reach far below the last row."""
    return tuple(
        (top, left, min(bottom, last_row), min(right, last_column))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top <= last_row and left <= last_column
    )


def _cells(row: Sequence[CellValue]) -> tuple[CellValue, ...]:
    # Most cells hold something, and that is cheaper asked than compared.
    return tuple([value or (None if value == "" else value) for value in row])


def _csv_sheet(name: str, content: bytes) -> RawSheet:
    sheet = Path(name).stem
    try:
        text = _decoded(content)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text[:_LOOKED_AT]))
        rows = list(islice(lines, file_gate.MAX_ROWS))
        beyond = sum(1 for _ in lines)
    except (UnicodeDecodeError, csv.Error) as error:
        raise file_gate.not_a_workbook(name) from error
    width = max(map(len, rows))
    file_gate.check_size(name, sheet, len(rows) + beyond, width)
    return RawSheet(sheet, tuple(_cells(row + [""] * (width - len(row))) for row in rows))


def _separator(text: str) -> str:
    """What stands between the cells: by it the most rows are equally wide."""

    def evenness(separator: str) -> int:
        widths = Counter(map(len, csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
        return max((rows for width, rows in widths.items() if width > 1), default=0)

    return max(_SEPARATORS, key=evenness)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030").translate(_MOVED)
