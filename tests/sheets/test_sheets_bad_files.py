"""Files made to do harm, and files broken by chance: always one Chinese message, never a crash."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.errors import AppError
from core.model.workbook import CellValue
from core.sheets import file_gate
from core.sheets.reader import read_workbook
from tests.laws import ON_A_FIXTURE, examples
from tests.sheets.bad_workbooks import (
    a_locked_workbook,
    a_zip_bomb,
    an_xls,
    an_xlsx_of,
    an_xlsx_with_its_sheet_elsewhere,
)

DATA = Path(__file__).parents[1] / "data"
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAR_WITHOUT_PLACES = b'<row><c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
WIDE_WITHOUT_PLACES = b"<row>" + b"<c/>" * 60_000 + b'<c><v>1</v></c></row><row r="99"><c><v>1</v></c></row>'


def refused(path: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        read_workbook(path)
    assert path.name in caught.value.message_zh
    assert caught.value.remedy_zh
    return caught.value


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_locked_workbook, "file_encrypted"),
        (a_zip_bomb, "file_too_large"),
        (lambda path: an_xlsx_of(path, FAR_WITHOUT_PLACES), "file_too_large"),
        (lambda path: an_xlsx_of(path, WIDE_WITHOUT_PLACES), "file_too_large"),
        (lambda path: an_xlsx_with_its_sheet_elsewhere(path, FAR), "file_too_large"),
    ],
)
def test_locked_and_oversized_workbooks(tmp_path: Path, make: Callable[[Path], Path], code: str) -> None:
    assert refused(make(tmp_path / "名册.xlsx")).code == code


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD100000">',
        b'<c r="A1048576">',
        b'<x:c r="XFD100000">',
        b'<c\tr="XFD100000">',
        b'<c s="0" r="XFD100000">',
        b"<c r='XFD100000'>",
        b'<c r="xfd100000">',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(tmp_path: Path, cell: bytes) -> None:
    end = b"</x:c>" if b":" in cell else b"</c>"
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row>' + cell + b"<v>1</v>" + end + b"</row>"
    assert refused(an_xlsx_of(tmp_path / "远.xlsx", rows)).code == "file_too_large"


@pytest.mark.parametrize("place", [16, 24], ids=["checksum", "size"])
@pytest.mark.parametrize("change", [-1, 1])
def test_a_part_that_is_not_what_the_package_says_is_refused(tmp_path: Path, place: int, change: int) -> None:
    path = an_xlsx_of(tmp_path / "改过.xlsx", b'<row r="1"><c r="A1"><v>1</v></c></row>')
    assert read_workbook(path).sheets[0].rows == ((1.0,),)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"xl/worksheets/sheet1.xml")) + place
    content[at : at + 4] = (int.from_bytes(content[at : at + 4], "little") + change).to_bytes(4, "little")
    path.write_bytes(content)
    assert refused(path).code == "not_a_workbook"


def test_old_xls_with_and_without_a_password(tmp_path: Path) -> None:
    assert read_workbook(an_xls(tmp_path / "旧.xls")).sheets[0].rows == ((7.0,),)
    assert refused(an_xls(tmp_path / "加密.xls", locked=True)).code == "file_encrypted"


@pytest.mark.parametrize("tag", [b"<c ", b"<row ", b'<c r="', b"<x:c r=", b"<c r  "])
def test_a_part_without_end_costs_no_more_than_its_length(tmp_path: Path, tag: bytes) -> None:
    """With a pattern that reads on to the end at each tag this takes hours."""
    assert refused(an_xlsx_of(tmp_path / "半截.xlsx", tag * 300_000)).code == "not_a_workbook"


def test_ods_rows_without_end_cost_no_more_than_their_length() -> None:
    assert list(file_gate._ods_places(b"<table:table-row>" * 300_000)) == []


def test_repeats_in_single_quotes_are_counted() -> None:
    table = b"<table:table-row table:number-rows-repeated='200000'><table:table-cell>1</table:table-cell>"
    assert list(file_gate._ods_places(table)) == [(200_000, 1)]


def test_number_too_large_for_its_time_format_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = 13800001234
    book.active["A1"].number_format = "[h]:mm"
    book.save(tmp_path / "电话.xlsx")
    error = refused(tmp_path / "电话.xlsx")
    assert (error.code, "“Sheet”" in error.message_zh) == ("time_out_of_range", True)


def test_merged_blocks_end_where_the_writing_ends(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(("组织名称", "所属社区"))
    for block in ("B1:H1", "A2:A9", "B30:B99", "K1:K2"):
        book.active.merge_cells(block)
    book.save(tmp_path / "合并.xlsx")
    assert read_workbook(tmp_path / "合并.xlsx").sheets[0].merged == ((0, 1, 0, 1),)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\r\n"])
def test_csv_of_a_byte_order_mark_alone_is_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(content)
    assert refused(path).code == "file_empty"


def test_rows_of_a_long_csv_are_counted_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    path.write_bytes(b"a\n" * 1_000_000)
    error = refused(path)
    assert (error.code, "1000000 行" in error.message_zh) == ("file_too_large", True)


def test_name_too_long_for_the_disk_is_told_in_chinese(tmp_path: Path) -> None:
    error = refused(tmp_path / ("长" * 300 + ".xlsx"))
    assert error.code == "file_unreadable"
    assert "name too long" not in str(error)


def test_file_name_in_gbk_comes_as_text_that_can_be_kept(tmp_path: Path) -> None:
    """Linux hands the bytes of 名册 in GBK on as lone surrogates."""
    path = tmp_path / "\udcc3\udcfb\udcb2\udce1.csv"
    path.write_text("名称,社区\n", encoding="utf-8")
    workbook = read_workbook(path)
    assert workbook.file.encode("utf-8").endswith(b".csv")
    assert workbook.sheets[0].name.encode("utf-8")


QUICK = settings(max_examples=examples(150), suppress_health_check=ON_A_FIXTURE)


def read_or_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        workbook = read_workbook(path)
    except AppError as error:
        assert path.name in error.message_zh and error.remedy_zh
        return
    assert workbook.file == path.name
    for sheet in workbook.sheets:
        assert len({len(row) for row in sheet.rows}) <= 1
        assert all(isinstance(cell, get_args(CellValue)) for row in sheet.rows for cell in row)


@QUICK
@given(
    content=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
    suffix=st.sampled_from([".xlsx", ".xls", ".xlsb", ".ods", ".csv"]),
)
def test_random_bytes_are_read_or_refused(tmp_path: Path, content: bytes, start: bytes, suffix: str) -> None:
    read_or_refused(tmp_path / f"乱{suffix}", start + content)


@QUICK
@given(
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=4),
    end=st.one_of(st.none(), st.floats(0, 1)),
)
def test_a_damaged_roster_is_read_or_refused(
    tmp_path: Path, changes: list[tuple[float, bytes]], end: float | None
) -> None:
    content = bytearray((DATA / "roster.xlsx").read_bytes())
    for place, new in changes:
        at = int(place * len(content))
        content[at : at + len(new)] = new
    read_or_refused(tmp_path / "坏.xlsx", bytes(content[: int(len(content) * (1 if end is None else end))]))


@QUICK
@given(
    rows=st.text(alphabet="<>/=\"' row c v is t s A1XF:0123456789e-.#_x\x09é中", max_size=300),
    around=st.sampled_from(
        ["{}", '<row r="1"><c r="A1"{}><v>1</v></c></row>', '<row><c r="B2"><v>{}</v></c></row>']
    ),
)
def test_a_damaged_sheet_part_is_read_or_refused(tmp_path: Path, rows: str, around: str) -> None:
    path = an_xlsx_of(tmp_path / "部件.xlsx", around.replace("{}", rows).encode())
    read_or_refused(path, path.read_bytes())


def test_the_office_suite_s_own_suffix_is_read_like_an_old_workbook(tmp_path: Path) -> None:
    assert read_workbook(an_xls(tmp_path / "名册.et")).sheets[0].rows == ((7.0,),)
