"""What is looked at before a workbook is parsed: is it one, is it locked, is it of a size to be read.

The parser lays a sheet out as a full grid and ends the whole program when memory does not suffice,
so far-off cells have to be found before it sees the file.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

from core.errors import InvalidInput, StorageFailed
from core.patience import patiently, who_has
from core.sheets.checked_package import CheckedPackage, with_merges_first

MAX_FILE_BYTES = 100 << 20
MAX_UNPACKED_BYTES = 500 << 20
MAX_RATIO = 200
MAX_PARTS = 2_000
MAX_ROWS = 100_000
MAX_CELLS = 5_000_000

_SMALL_FILE = 4 << 20
_SMALL_PART = 10 << 20
_OFTEN = 16 << 10
_MADE_ANEW = 32 << 20
_SMALL_WHATEVER = _MADE_ANEW // 1032
"""No part unpacks to more from a file of this size: deflate makes at most 1032 bytes of one."""
_NEVER_PARSED = ("xl/printersettings/", "xl/vbaproject.bin", "xl/theme/", "docprops/")
"""Parts of an .xlsx that say nothing of its cells: the parser does not get them."""
_UTF8_NAME = 0x800
_NOT_PLAIN = 0x1 | 0x20 | 0x40
"""Flags of parts that are locked by a password or patched (APPNOTE.TXT 4.4.4)."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# [MS-XLS] 2.1.7.20.1: the workbook's BOF record, WriteProtect or not, and then FilePass.
_XLS_PASSWORD = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods")
_BAD_PACKAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)

# No pattern reads past the next "<": a made-up part must not cost more than its length.
_UNUSUAL_CELL = re.compile(rb'<c[\s/>](?!r="[A-Z]\d{1,5}")')
_PREFIXED = re.compile(rb":(?=c)")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^<>]*)>(</)?")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)(?=[\s/>])([^<>]*)>")
_ODS_TIMES = re.compile(rb"-repeated\s*=\s*[\"'](\d{1,9})")
_BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe"


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        InvalidInput: it is missing, a folder, empty or too large.
        StorageFailed: another program holds it, or it may not or cannot be read.
    """
    name = path.name
    try:
        if path.is_dir():
            raise InvalidInput("not_a_file", f"“{name}”是文件夹，不是文件。", "请选择一个 Excel 文件。")
        content = patiently(partial(_first_bytes, path))
    except FileNotFoundError as error:
        message = f"找不到文件“{name}”。"
        raise InvalidInput("file_missing", message, "请检查文件是否已移走或改名。") from error
    except PermissionError as error:
        why = who_has(path) or "正被其他程序使用，或没有读取权限"
        raise StorageFailed(
            "file_locked", f"“{name}”打不开：{why}。", "请先在 Excel 或 WPS 中关闭它再试。"
        ) from error
    except OSError as error:
        message = f"“{name}”读不出来：它所在的磁盘或网络位置出错，或者文件名过长。"
        raise StorageFailed("file_unreadable", message, "请把文件复制到本机硬盘，改个短名字再试。") from error
    if len(content) > MAX_FILE_BYTES:
        raise _too_large(name, f"超过 {MAX_FILE_BYTES >> 20} MB")
    if not content.strip(b"\0 \r\n\t" + _BYTE_ORDER_MARKS):
        raise InvalidInput("file_empty", f"“{name}”是空文件。", "请确认选对了文件，或重新保存后再导入。")
    return content


def _first_bytes(path: Path) -> bytes:
    """All of a file, or too much of it: a device would be read without end."""
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def checked_workbook(name: str, content: bytes, look: Callable[[str, bytes], object]) -> bytes:
    """What the parser gets of a file; refuses what is no workbook, is locked or would not fit in memory.

    An .xlsx of usual make and size is made anew of its checked parts; all else is the file as it is.
    `look` gets every XML part that passed, with its name in lower case.

    Raises:
        InvalidInput: with the reason.
    """
    if Path(name).suffix.lower() not in _WORKBOOKS:
        raise not_a_workbook(name)
    if content.startswith(_OLE):
        if _ENCRYPTED in content or _XLS_PASSWORD.search(content):
            raise encrypted(name)
        return content
    if not content.startswith(b"PK"):
        raise not_a_workbook(name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _checked_package(name, package, content, look)
    except RuntimeError as error:
        raise encrypted(name) from error
    except _BAD_PACKAGE as error:
        raise not_a_workbook(name) from error


def is_small(content: bytes) -> bool:
    """Whether a file can be unpacked without more memory than any program has to spare."""
    if content.startswith(_OLE) or len(content) > _SMALL_FILE:
        return False
    if len(content) <= _SMALL_WHATEVER:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return sum(part.file_size for part in package.infolist()) <= _MADE_ANEW
    except (RuntimeError, *_BAD_PACKAGE):
        return True


def check_size(name: str, sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet that is larger than any register.

    Raises:
        InvalidInput: with the sheet's name and size.
    """
    if rows > MAX_ROWS or rows * columns > MAX_CELLS:
        raise _too_large(name, f"的工作表“{sheet}”有 {rows} 行、{columns} 列")


def not_a_workbook(name: str) -> InvalidInput:
    """The refusal of a file that no spreadsheet program wrote, or that is damaged."""
    return InvalidInput(
        "not_a_workbook",
        f"“{name}”不是 Excel 文件，或者已经损坏。",
        "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿(.xlsx)”后再导入。",
    )


def encrypted(name: str) -> InvalidInput:
    """The refusal of a workbook that opens only with a password."""
    return InvalidInput(
        "file_encrypted",
        f"“{name}”设有打开密码，不能读取。",
        "请在 Excel 或 WPS 中取消打开密码，保存后再导入。",
    )


def _too_large(name: str, what: str) -> InvalidInput:
    return InvalidInput(
        "file_too_large",
        f"“{name}”{what}，超出了能导入的范围（{MAX_ROWS // 10_000} 万行）。",
        "请把要导入的内容复制到一个新的 Excel 文件，去掉远处多余的内容后再导入。",
    )


def _checked_package(
    name: str, package: zipfile.ZipFile, content: bytes, look: Callable[[str, bytes], object]
) -> bytes:
    parts = package.infolist()
    unpacked_size = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked_size > MAX_UNPACKED_BYTES:
        raise _too_large(name, "解开后的内容过大")
    places = [_packed_at(part, content) for part in parts]
    anew = CheckedPackage() if unpacked_size <= _MADE_ANEW and _is_usual(parts, places) else None
    for part, begin in zip(parts, places, strict=True):
        if part.file_size > _SMALL_PART and part.file_size > MAX_RATIO * max(1, part.compress_size):
            raise _too_large(name, "解开后的内容过大")
        lower = part.filename.lower()
        if anew and lower.startswith(_NEVER_PARSED):
            continue
        if not lower.endswith(".bin"):
            unpacked = _unpacked(part, content, begin) if begin else package.read(part)
            is_sheet = anew is not None and lower.startswith("xl/worksheets/")
            xml = with_merges_first(unpacked) if is_sheet else unpacked
            _check_xml(name, lower, xml)
            look(lower, xml)
            if anew:
                checksum = part.CRC if xml is unpacked else None
                anew.add(part.orig_filename.encode(), bool(part.flag_bits & _UTF8_NAME), xml, checksum)
        elif lower.startswith("xl/worksheets/"):
            _check_area(name, _binary_places(package.read(part)))
    return anew.whole() if anew else content


def _is_usual(parts: Sequence[zipfile.ZipInfo], places: Sequence[int]) -> bool:
    """Whether it is an .xlsx of whose parts all that the parser reads are packed as office programs do.

    `places`: where the packed bytes of each begin.
    """
    names = [part.filename.lower() for part in parts]
    return (
        "xl/workbook.xml" in names
        and len(set(names)) == len(names)
        and all(
            name.startswith(_NEVER_PARSED) or (begin and not name.endswith(".bin"))
            for name, begin in zip(names, places, strict=True)
        )
    )


def _packed_at(part: zipfile.ZipInfo, content: bytes) -> int:
    """Where a part's packed bytes begin; 0 if it is not packed in the usual way."""
    begin = part.header_offset + 30
    head = content[part.header_offset : begin]
    name_end = begin + int.from_bytes(head[26:28], "little")
    if head[:4] != b"PK\3\4" or content[begin:name_end] != part.orig_filename.encode():
        return 0
    if part.compress_type != zipfile.ZIP_DEFLATED or part.flag_bits & _NOT_PLAIN:
        return 0
    return name_end + int.from_bytes(head[28:30], "little")


def _unpacked(part: zipfile.ZipInfo, content: bytes, begin: int) -> bytes:
    """What the package would read of a part, without a file of its own for each: that costs as much again.

    Raises:
        BadZipFile: it is not what the package says of it; and all that reading a part raises.
    """
    unpacked = _unpacked_often if part.file_size <= _OFTEN else _inflated
    xml = unpacked(content[begin : begin + part.compress_size], part.file_size, part.CRC)
    if xml is None:
        raise zipfile.BadZipFile(part.filename)
    return xml


def _inflated(packed: bytes, size: int, checksum: int) -> bytes | None:
    """What was packed; None if it is not as large as it should be, or is something else."""
    # One byte more would tell a part that is larger than the package says.
    xml = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    return xml if len(xml) == size and zlib.crc32(xml) == checksum else None


_unpacked_often = lru_cache(maxsize=32)(_inflated)
"""For small parts: those of styles and the like are the same in all files of a folder."""


def _check_xml(name: str, part: str, xml: bytes) -> None:
    if b"!" in xml and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
        raise not_a_workbook(name)
    if part == "content.xml":
        for table in xml.split(b"<table:table "):
            _check_area(name, _ods_places(table))
    # A sheet's part may have any name, so every part that can hold cells is looked at.
    elif b"sheetData" in xml and not _only_usual_cells(xml):
        _check_area(name, _xml_places(xml))


def _only_usual_cells(xml: bytes) -> bool:
    """Whether all cells are like <c r="A1" …>, of one column letter and five digits; none is then far off."""
    return not _PREFIXED.search(xml) and not _UNUSUAL_CELL.search(xml)


def _check_area(name: str, places: Iterator[tuple[int, int]]) -> None:
    rows = columns = 0
    for row, column in places:
        rows, columns = max(rows, row), max(columns, column)
        if rows > MAX_ROWS or rows * columns > MAX_CELLS:
            raise _too_large(name, f"在第 {row} 行、第 {column} 列还有内容")


def _xml_places(xml: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from 1, of the cells of an .xlsx sheet part that hold something.

    Rows and cells may leave out their place; they then follow the one before.
    """
    row = column = 0
    for match in _ROW_OR_CELL.finditer(xml):  # the first place too far off ends it
        kind, inside, ends_at_once = match.groups()
        place = _PLACE.search(inside)
        if kind == b"row":
            row, column = int(place[2][:8]) if place else row + 1, 0
            continue
        column = _column_number(place[1]) if place else column + 1
        if not (inside.endswith(b"/") or ends_at_once):
            yield int(place[2][:8]) if place else row, column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _ods_places(table: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from 1, of the last cell that holds something, for each row of an .ods table."""
    row = column = last = 0
    for kind, inside in _ODS_TAG.findall(table):
        if kind == b"table-row":
            if last:
                yield row, last
            row += _ods_times(inside)
            column = last = 0
            continue
        column += _ods_times(inside)
        if b"value-type" in inside or not inside.endswith(b"/"):
            last = column
    if last:
        yield row, last


def _ods_times(tag: bytes) -> int:
    times = _ODS_TIMES.search(tag)
    return int(times[1]) if times else 1


def _binary_places(sheet: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from 1, of the cells of an .xlsb sheet part ([MS-XLSB] 2.1.4: a stream of records)."""
    at, row = 0, 0
    while at < len(sheet):
        kind, at = _variable_number(sheet, at, 2)
        size, at = _variable_number(sheet, at, 4)
        if kind == 0:
            row = int.from_bytes(sheet[at : at + 4], "little") + 1
        elif 2 <= kind <= 11:
            yield row, int.from_bytes(sheet[at : at + 4], "little") + 1
        at += size


def _variable_number(content: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of up to `longest` bytes with seven bits each, and the place after it."""
    number = 0
    for step in range(longest):
        byte = content[at + step] if at + step < len(content) else 0
        number |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            break
    return number, at + step + 1
