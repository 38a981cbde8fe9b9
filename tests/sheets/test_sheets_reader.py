import threading
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from core.errors import AppError, InvalidInput, StorageFailed
from core.model.workbook import RawSheet, RawWorkbook
from core.sheets import file_gate
from core.sheets.reader import read_workbook, read_workbooks

DATA = Path(__file__).parents[1] / "data"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        read_workbook(path)
    assert path.name in caught.value.message_zh
    assert caught.value.remedy_zh
    return caught.value


def a_workbook(path: Path, **cells: object) -> Path:
    book = Workbook()
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    return path


def with_part(path: Path, part: str, content: bytes) -> Path:
    """The workbook with one part replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()} | {part: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return path


def test_sample_roster_comes_with_hidden_sheet_and_merged_blocks():
    workbook = read_workbook(DATA / "roster.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in workbook.sheets] == [
        ("花名册", False),
        ("Sheet2", False),
        ("类别", True),
    ]
    roster = workbook.sheets[0]
    assert roster.rows[4][:3] == ("松枫社区", 1.0, "松枫社区作风监督志愿队")
    assert roster.rows[4][6] == date(2024, 10, 11)
    assert roster.rows[5][0] is None
    assert (4, 0, 6, 0) in roster.merged
    assert workbook.sheets[1].rows[2] == (None, "(此页留空)")


def test_missing_file_and_folder(tmp_path: Path):
    assert refused(tmp_path / "没有.xlsx").code == "file_missing"
    assert refused(tmp_path).code == "not_a_file"


@pytest.mark.parametrize("content", [b"", b"\r\n  \n", b"\0\0\0"])
def test_empty_file(tmp_path: Path, content: bytes):
    path = tmp_path / "空.xlsx"
    path.write_bytes(content)
    assert refused(path).code == "file_empty"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("改名.xlsx", b"%PDF-1.7 not a workbook"),
        ("文档.docx", b"PK\x03\x04"),
        ("断.xlsx", b"PK\x03\x04 broken off"),
        ("文稿.xls", OLE + bytes(2000)),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path).code == "not_a_workbook"


def test_half_a_workbook(tmp_path: Path):
    path = tmp_path / "一半.xlsx"
    path.write_bytes((DATA / "roster.xlsx").read_bytes()[:9000])
    assert refused(path).code == "not_a_workbook"


def test_zip_that_is_no_workbook(tmp_path: Path):
    path = tmp_path / "压缩包.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("说明.txt", "不是表格")
    assert refused(path).code == "not_a_workbook"


def test_sheet_with_broken_xml(tmp_path: Path):
    path = with_part(
        a_workbook(tmp_path / "坏.xlsx", A1=1), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"
    )
    assert refused(path).code == "not_a_workbook"


def test_open_password(tmp_path: Path):
    path = tmp_path / "加密.xlsx"
    path.write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512))
    assert refused(path).code == "file_encrypted"


def test_file_held_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = a_workbook(tmp_path / "正在编辑.xlsx", A1=1)

    def held(self: Path, mode: str) -> None:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "open", held)
    error = refused(path)
    assert isinstance(error, StorageFailed)
    assert error.code == "file_locked"


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "ZZ99999"])
def test_one_far_cell_is_refused_before_it_is_laid_out(tmp_path: Path, place: str):
    error = refused(a_workbook(tmp_path / "远.xlsx", A1="组织名称", **{place: "x"}))
    assert error.code == "file_too_large"


def test_format_alone_far_off_does_no_harm(tmp_path: Path):
    path = a_workbook(tmp_path / "格式.xlsx", A1="组织名称")
    book = load_workbook(path)
    book.active["A1048576"].number_format = "0.00"
    book.save(path)
    assert read_workbook(path).sheets[0].rows == (("组织名称",),)


@pytest.mark.parametrize("cell", [b'<c r="A1048576" s="1"/>', b'<c r="A1048576" s="1"></c>'])
def test_empty_far_cell_in_one_tag_or_two(tmp_path: Path, cell: bytes):
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">' + cell + b"</row></sheetData></worksheet>"
    )
    path = with_part(a_workbook(tmp_path / "空格.xlsx", A1=1), "xl/worksheets/sheet1.xml", sheet)
    assert read_workbook(path).sheets[0].rows[0] == (1.0,)


def test_far_cell_in_an_unusual_spelling(tmp_path: Path):
    sheet = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        b"<x:row><x:c s='1' r = 'XFD1048576'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    path = with_part(a_workbook(tmp_path / "别的写法.xlsx", A1=1), "xl/worksheets/sheet1.xml", sheet)
    assert refused(path).code == "file_too_large"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_more_bytes_than_any_register_are_not_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file_gate, "MAX_FILE_BYTES", 1000)
    assert refused(Path("/dev/zero")).code == "file_too_large"


def test_more_rows_than_any_register(tmp_path: Path):
    path = tmp_path / "长.csv"
    path.write_text("名称\n" * (file_gate.MAX_ROWS + 1), encoding="utf-8")
    assert refused(path).code == "file_too_large"


def test_zip_bomb(tmp_path: Path):
    path = with_part(a_workbook(tmp_path / "炸弹.xlsx", A1=1), "xl/media/image1.bin", bytes(30 << 20))
    assert refused(path).code == "file_too_large"


def test_too_many_parts(tmp_path: Path):
    path = a_workbook(tmp_path / "零碎.xlsx", A1=1)
    with zipfile.ZipFile(path, "a") as package:
        for number in range(file_gate.MAX_PARTS):
            package.writestr(f"xl/media/{number}", b"")
    assert refused(path).code == "file_too_large"


def test_file_that_is_too_large_to_open(tmp_path: Path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(file_gate.MAX_FILE_BYTES + 1)
    assert refused(path).code == "file_too_large"


def test_entities_are_refused(tmp_path: Path):
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    path = with_part(a_workbook(tmp_path / "实体.xlsx", A1=1), "xl/worksheets/sheet1.xml", sheet)
    assert isinstance(refused(path), InvalidInput)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8-sig", "名称,李𬭎"), ("utf-8", "名称,李𬭎"), ("gb18030", "名称,李𬭎"), ("utf-16", "名称,李𬭎")],
)
def test_csv_in_the_encodings_of_office_pcs(tmp_path: Path, encoding: str, text: str):
    path = tmp_path / "表.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows == (("名称", "李𬭎"),)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-16", "花名册\n名称\t成员数\n甲队\t1,000\n"),
        ("gb18030", "花名册\n名称;成员数\n甲队;1,000\n"),
        ("utf-8", '花名册,\n名称,成员数\n甲队,"1,000"\n'),
    ],
)
def test_csv_with_the_separators_of_other_programs(tmp_path: Path, encoding: str, text: str):
    path = tmp_path / "表.csv"
    path.write_bytes(text.encode(encoding))
    assert read_workbook(path).sheets[0].rows == (("花名册", None), ("名称", "成员数"), ("甲队", "1,000"))


def test_csv_with_lists_in_its_cells_is_parted_by_its_commas(tmp_path: Path):
    path = tmp_path / "表.csv"
    path.write_text("名称,成员\n甲队,张三;李四;王五\n乙队,赵六;钱七;孙八\n", encoding="utf-8")
    assert {len(row) for row in read_workbook(path).sheets[0].rows} == {2}


def test_csv_in_gb18030_gives_the_places_of_2022(tmp_path: Path):
    path = tmp_path / "生僻字.csv"
    path.write_bytes("名称,".encode("gb18030") + bytes.fromhex("fe59 fea0 a6d9"))
    assert read_workbook(path).sheets[0].rows[0][1] == "\u9fb4\u9fbb\ufe10"


def test_csv_rows_are_filled_up_to_one_width(tmp_path: Path):
    path = tmp_path / "参差.csv"
    path.write_text("标题\n名称,社区,电话\n甲队\n", encoding="utf-8")
    assert {len(row) for row in read_workbook(path).sheets[0].rows} == {3}


NAME = "urn:oasis:names:tc:opendocument:xmlns:"
CELL = '<table:table-cell office:value-type="string"><text:p>名称</text:p></table:table-cell>'
BLANK_ROWS = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'


def an_ods(path: Path, *rows: str) -> Path:
    content = (
        f'<office:document-content xmlns:office="{NAME}office:1.0" xmlns:table="{NAME}table:1.0" '
        f'xmlns:text="{NAME}text:1.0"><office:body><office:spreadsheet><table:table table:name="表">'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{NAME}manifest:1.0"/>')
    return path


def test_ods_with_its_repeated_blanks(tmp_path: Path):
    wide = '<table:table-cell table:number-columns-repeated="16383"/>'
    path = an_ods(tmp_path / "表.ods", f"<table:table-row>{CELL}{wide}</table:table-row>", BLANK_ROWS)
    assert read_workbook(path).sheets[0].rows == (("名称",),)


def test_ods_with_a_far_cell(tmp_path: Path):
    path = an_ods(tmp_path / "远.ods", BLANK_ROWS, f"<table:table-row>{CELL}</table:table-row>")
    assert refused(path).code == "file_too_large"


def test_xlsb_sheet_part_with_a_far_cell():
    row = bytes([0, 4]) + (0xFFFFF).to_bytes(4, "little")
    cell = bytes([5, 4]) + (3).to_bytes(4, "little")
    assert list(file_gate._binary_places(row + cell)) == [(0x100000, 4)]


def test_many_files_come_in_order_each_with_its_own_refusal(tmp_path: Path):
    paths = [a_workbook(tmp_path / f"{number}.xlsx", A1=number) for number in range(9)]
    paths[4].write_bytes(b"PK\3\4")
    paths[7].unlink()
    apart = RawWorkbook("apart", ())
    (tmp_path / "2.xlsx").write_bytes(OLE)

    found: dict[int, object] = {}
    for number, workbook in enumerate(read_workbooks(paths, lambda *_: apart)):
        try:
            found[number] = workbook()
        except AppError as error:
            found[number] = error.code
    read = {number: read_workbook(paths[number]) for number in (0, 1, 3, 5, 6, 8)}
    assert found == read | {2: apart, 4: "not_a_workbook", 7: "file_missing"}


def test_who_stops_midway_leaves_no_thread_and_no_file_behind(tmp_path: Path):
    paths = [a_workbook(tmp_path / f"{number}.xlsx", A1=number) for number in range(3)]
    beyond = [tmp_path / "没有.xlsx"] * 100
    asked: list[Path] = []
    with closing(read_workbooks(asked.append(path) or path for path in (*paths, *beyond))) as coming:
        assert next(coming)().sheets[0] == RawSheet("Sheet", ((0.0,),))
    assert asked == paths
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("workbooks")]
