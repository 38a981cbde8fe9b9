"""What the parser gets of a workbook: the checked parts anew, saying the same as the file."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from core.errors import AppError
from core.model.workbook import CellValue
from core.sheets.checked_package import with_merges_first
from core.sheets.file_gate import checked_workbook
from core.sheets.reader import read_workbook
from tests.sheets.bad_workbooks import SHEET, a_workbook, an_xls, an_xlsx_of, repacked

CELLS = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
MERGES = b'<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"></mergeCell></mergeCells>'


def a_merged_workbook(path: Path) -> Path:
    book = Workbook()
    for _ in range(3):
        book.active.append(("东湖", 1.5, "中心", True))
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("C2:C3")
    book.create_sheet("没有合并").append(("一", 2))
    book.save(path)
    return path


def given(path: Path) -> bytes:
    return checked_workbook(path.name, path.read_bytes(), lambda _name, _xml: None)


def told(package: bytes) -> list[tuple[str, list[list[CellValue]], object]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(package)) as book:
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return [(sheet.name, sheet.to_python(), sheet.merged_cell_ranges) for sheet in sheets]


def refused_code(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        read_workbook(path)
    return caught.value.code


def test_the_package_made_anew_says_what_the_file_says(tmp_path: Path) -> None:
    path = a_merged_workbook(tmp_path / "合并.xlsx")
    assert told(given(path)) == told(path.read_bytes())
    assert sorted(read_workbook(path).sheets[0].merged) == [(0, 0, 0, 1), (1, 2, 2, 2)]
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(io.BytesIO(given(path))) as new:
        assert new.testzip() is None
        unread = ("docProps/", "xl/theme/")
        assert new.namelist() == [name for name in old.namelist() if not name.startswith(unread)]
        assert {part.compress_type for part in new.infolist()} == {zipfile.ZIP_STORED}
        assert [sorted(new.read(name)) for name in new.namelist() if "sheet1" in name] == [
            sorted(old.read(name)) for name in old.namelist() if "sheet1" in name
        ]


def test_packages_of_other_making_are_parsed_as_they_are(tmp_path: Path) -> None:
    stored = tmp_path / "未压缩.xlsx"
    with zipfile.ZipFile(a_workbook(tmp_path / "名册.xlsx", ("名称",))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(stored, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    strange = repacked(a_workbook(tmp_path / "别的.xlsx", ("名称",)), {"xl/worksheets/sheet9.bin": b"\0"})
    printed = repacked(a_workbook(tmp_path / "打印.xlsx", ("名称",)), {"xl/printerSettings/p1.bin": b"\0"})
    for path in (stored, strange, an_xls(tmp_path / "旧.xls")):
        assert given(path) == path.read_bytes()
    assert given(printed) != printed.read_bytes()
    for path in (stored, strange, printed):
        assert read_workbook(path).sheets[0].rows == (("名称",),)


def test_parts_that_say_nothing_of_the_cells_are_not_looked_at(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    path = a_workbook(tmp_path / "名册.xlsx", ("名称",))
    assert read_workbook(repacked(path, {"docProps/app.xml": bomb})).sheets[0].rows == (("名称",),)
    assert bomb not in given(path)
    assert refused_code(repacked(path, {"xl/styles.xml": bomb})) == "not_a_workbook"


def test_merged_blocks_come_before_the_cells() -> None:
    before, cells = CELLS.split(b"<sheetData>")
    cells = b"<sheetData>" + cells
    assert with_merges_first(CELLS + MERGES + b"<a/>") == before + MERGES + cells + b"<a/>"
    assert with_merges_first(CELLS) == before + b"<mergeCells></mergeCells>" + cells


@pytest.mark.parametrize(
    "xml",
    [
        b"<a><!-- <sheetData>",
        b"<sheetData/>",
        CELLS + MERGES + MERGES,
        CELLS + MERGES.replace(b"mergeCells", b"x:mergeCells"),
        CELLS + b"a" + MERGES + b"<a/>",
        CELLS + MERGES + b"a",
        CELLS + MERGES.replace(b"<mergeCell ", b"<row/><mergeCell ", 1) + b"<a/>",
        CELLS.replace(b"<v>", b"<mergeCells>") + MERGES + b"<a/>",
        CELLS + b"<mergeCells></mergeCells><a/>",
        MERGES + CELLS,
        b"",
    ],
)
def test_parts_that_are_unusual_stay_as_they_are(xml: bytes) -> None:
    assert with_merges_first(xml) == xml


def test_a_far_cell_is_not_hidden_by_a_merged_block_in_its_midst(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD' + MERGES + b'1048576"><v>1</v></c></row>'
    assert refused_code(an_xlsx_of(tmp_path / "藏.xlsx", rows)) == "not_a_workbook"
    behind = (
        rows + b"</sheetData>" + MERGES + b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    assert refused_code(an_xlsx_of(tmp_path / "后.xlsx", behind)) == "file_too_large"


def test_a_merged_block_without_end_costs_no_more_than_its_length() -> None:
    endless = CELLS + b'<mergeCells count="1">' + b'<mergeCell ref="A1:B1"/>' * 200_000
    assert with_merges_first(endless) == endless
    many = CELLS + b"<mergeCells>" * 300_000
    assert with_merges_first(many) == many


def test_the_part_of_a_sheet_is_checked_as_it_is_handed_over(tmp_path: Path) -> None:
    seen: dict[str, bytes] = {}
    path = a_merged_workbook(tmp_path / "合并.xlsx")
    package = checked_workbook(path.name, path.read_bytes(), seen.__setitem__)
    with zipfile.ZipFile(io.BytesIO(package)) as made:
        assert seen[SHEET] == made.read(SHEET)
        assert seen.keys() == {name.lower() for name in made.namelist()}
