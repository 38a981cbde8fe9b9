"""Files that are no workbooks, are locked, or are made to do harm; each as small as it can be."""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from core.model.workbook import CellValue

SHEET = "xl/worksheets/sheet1.xml"
NO_CHARACTER, _STAND_IN = "\uffff", "\U000f8001"
"""What XML forbids, and what is written in its place until the package is packed."""
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def a_workbook(path: Path, *rows: tuple[CellValue, ...]) -> Path:
    """An .xlsx with one sheet; texts stay texts, also `=1+1` and those that no XML may hold."""
    book = Workbook()
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = book.active.cell(number, place)
            cell.value = value.replace(NO_CHARACTER, _STAND_IN) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    if not any(NO_CHARACTER in str(value) for row in rows for value in row):
        return path
    with zipfile.ZipFile(path) as package:
        cells = package.read(SHEET)
    written = f"&#{ord(_STAND_IN)};".encode()
    assert written in cells
    return repacked(path, {SHEET: cells.replace(written, NO_CHARACTER.encode())})


def repacked(path: Path, changed: Mapping[str, bytes | None]) -> Path:
    """The package with parts put in, or taken out where there is None."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()} | dict(changed)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            if content is not None:
                package.writestr(name, content)
    return path


def a_sheet_part(rows: bytes) -> bytes:
    """The XML of a sheet with these rows."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return head + rows + b"</sheetData></worksheet>"


def an_xlsx_of(path: Path, rows: bytes) -> Path:
    """An .xlsx whose sheet holds these rows as they are."""
    return repacked(a_workbook(path, ("名称",)), {SHEET: a_sheet_part(rows)})


def an_xlsx_with_its_sheet_elsewhere(path: Path, rows: bytes) -> Path:
    """As an_xlsx_of, the sheet's part named as no office program names it."""
    an_xlsx_of(path, rows)
    with zipfile.ZipFile(path) as package:
        links, types = (package.read(name) for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"))
    return repacked(
        path,
        {
            SHEET: None,
            "xl/blatt.dat": a_sheet_part(rows),
            "xl/_rels/workbook.xml.rels": links.replace(b"/worksheets/sheet1.xml", b"/blatt.dat"),
            "[Content_Types].xml": types.replace(b"/worksheets/sheet1.xml", b"/blatt.dat"),
        },
    )


def a_million_rows(path: Path) -> Path:
    """An .xlsx with a number in each of 1,000,000 rows."""
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    return an_xlsx_of(path, b"".join(row % (number, number) for number in range(1, 1_000_001)))


def a_zip_bomb(path: Path) -> Path:
    """An .xlsx of some 30 kB that unfolds to 30 MB."""
    return repacked(a_workbook(path, ("名称",)), {"xl/media/image1.png": bytes(30 << 20)})


def a_locked_workbook(path: Path) -> Path:
    """What Excel writes for an .xlsx with an open password: the package lies encrypted in an OLE2 file."""
    return _an_ole2_file(path, EncryptionInfo=b"\4\0\4\0", EncryptedPackage=b"\1" * 64)


def an_xls(path: Path, locked: bool = False) -> Path:
    """A BIFF8 .xls with the number 7 in A1, or its like with an open password."""
    password = _record(0x2F, struct.pack("<HHH", 1, 1, 1)) if locked else b""
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + password
    name = struct.pack("<BBBB", 0, 0, 1, 0) + b"A"
    sheet_at = len(head) + 4 + 4 + len(name) + 4
    content = head + _record(0x85, struct.pack("<I", sheet_at) + name) + _record(0x0A)
    content += _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    content += _record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.0)) + _record(0x0A)
    return _an_ole2_file(path, Workbook=content)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _an_ole2_file(path: Path, **streams: bytes) -> Path:
    """A compound file ([MS-CFB]) of up to three streams: header, one FAT sector, one directory sector."""
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    fat, body = [_FAT, _END], b""
    directory = _entry("Root Entry", 5, _FREE, 1, _END, 0)
    for place, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        first, sectors = len(fat), len(content) // 512
        following = place + 1 if place < len(streams) else _FREE
        directory += _entry(name, 2, following, _FREE, first, len(content))
        fat += [*range(first + 1, first + sectors), _END]
        body += content
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    path.write_bytes(head + table + directory.ljust(512, b"\0") + body)
    return path


def _entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)
