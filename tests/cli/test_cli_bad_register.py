"""Bad tables for ledgers and rosters through the command line.

Each is told in one Chinese message with its exit status, and changes nothing.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import main
from tests.sheets.bad_workbooks import a_locked_workbook, a_million_rows, a_workbook, a_zip_bomb

ROWS = (("社会组织", "活动名称", "活动日期"), ("甲队", "端午演出", "2025年5月31日"))
TEXT = "\r\n".join(",".join(row) for row in ROWS)
URN = "urn:oasis:names:tc:opendocument:xmlns:"

Capture = pytest.CaptureFixture[str]
Make = Callable[[Path], Path]


@pytest.fixture(scope="module")
def made_office(new_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office with two organizations, made once."""
    folder = tmp_path_factory.mktemp("office")
    roster = a_workbook(
        folder / "名册.xlsx", ("组织名称", "所属社区"), ("甲队", "东湖社区"), ("乙队", "西河社区")
    )
    data = Path(shutil.copytree(new_office, folder / "数据"))
    assert main.main(["--data", str(data), "import", "roster", str(roster)]) == 0
    return data


@pytest.fixture
def office(made_office: Path, tmp_path: Path) -> Path:
    """A data folder of its own."""
    return Path(shutil.copytree(made_office, tmp_path / "数据"))


def digests(folder: Path) -> dict[str, str]:
    """Every file of the data folder but the lock and what is written of the run itself."""
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.endswith((".lock", "-wal", "-shm", ".log"))
    }


def run(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main.main([str(each) for each in arguments])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    return status, shown.out, shown.err


def of_text(encoding: str) -> Make:
    return of_bytes(TEXT.encode(encoding))


def of_bytes(content: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def of_rows(*rows: Sequence[str]) -> Make:
    return lambda path: a_workbook(path, *map(tuple, rows))


def an_ods(path: Path) -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS)
    content = (
        f'<office:document-content xmlns:office="{URN}office:1.0" xmlns:table="{URN}table:1.0" '
        f'xmlns:text="{URN}text:1.0"><office:body><office:spreadsheet><table:table table:name="表">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{URN}manifest:1.0"/>')
    return path


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("活动.xlsx", of_rows(*ROWS)),
        ("活动.ods", an_ods),
        ("万国码.csv", of_text("utf-8")),
        ("带标记.csv", of_text("utf-8-sig")),
        ("国标.csv", of_text("gb18030")),
        ("双字节.csv", of_text("utf-16")),
    ],
)
def test_every_kind_of_table_is_read_once(
    office: Path, tmp_path: Path, capsys: Capture, name: str, make: Make
) -> None:
    given = ("--data", office, "import", "ledger", "activities", make(tmp_path / name), "--json")
    for verdict in ("new", "same"):
        status, out, _ = run(capsys, *given)
        assert (status, json.loads(out)[verdict]) == (0, 1)


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("没有.xlsx", lambda path: path, "file_missing"),
        ("空.csv", of_bytes(b"\xef\xbb\xbf\r\n"), "file_empty"),
        ("坏.csv", of_bytes(b"\x00\x01\xff\xfe\xfd" * 40), "not_a_workbook"),
        ("坏.xlsx", of_bytes(b"PK\x03\x04"), "not_a_workbook"),
        ("锁.xlsx", a_locked_workbook, "file_encrypted"),
        ("百万行.xlsx", a_million_rows, "file_too_large"),
        ("炸弹.xlsx", a_zip_bomb, "file_too_large"),
        ("只有表头.xlsx", of_rows(ROWS[0]), "ledger_empty"),
        ("没有表头.xlsx", of_rows(ROWS[1]), "no_header"),
        ("一万列.csv", of_bytes(b",".join([b"a"] * 10_000) + b"\n"), "no_header"),
        ("文档.docx", of_bytes(b"PK\x03\x04"), "not_a_workbook"),
    ],
)
def test_files_that_are_no_ledger(
    office: Path, tmp_path: Path, capsys: Capture, name: str, make: Make, code: str
) -> None:
    before = digests(office)
    given = ("--data", office, "import", "ledger", "activities", make(tmp_path / name))
    status, out, err = run(capsys, *given)
    json_status, json_out, _ = run(capsys, *given, "--json")
    told = json.loads(json_out)["error"]
    assert (status, json_status, out, told["code"]) == (4, 4, "", code)
    assert err.splitlines() == [told["message"] + told["remedy"]]
    assert name in told["message"]
    assert told["remedy"]
    assert digests(office) == before


def test_a_sheet_that_is_not_there(office: Path, tmp_path: Path, capsys: Capture) -> None:
    path = of_rows(*ROWS)(tmp_path / "活动.xlsx")
    before = digests(office)
    status, _, err = run(capsys, "--data", office, "import", "ledger", "activities", path, "--sheet", "二月")
    assert status == 4
    assert "没有工作表“二月”" in err
    assert digests(office) == before


def test_a_column_of_strangers_is_told_in_one_line_and_stores_nothing(
    office: Path, tmp_path: Path, capsys: Capture
) -> None:
    rows = [(f"外街队{number}", "演出", "2025.1.1") for number in range(40)]
    path = a_workbook(tmp_path / "活动.xlsx", ROWS[0], *rows)
    before = run(capsys, "--data", office, "log", "--json")[1]
    status, out, _ = run(capsys, "--data", office, "import", "ledger", "activities", path)
    assert (status, len(out.splitlines())) == (1, 2)
    assert "40 个名称名册里都没有" in out
    assert run(capsys, "--data", office, "log", "--json")[1] == before


def test_a_community_column_of_numbers_makes_no_communities(
    office: Path, tmp_path: Path, capsys: Capture
) -> None:
    rows = [(f"新队{number}", f"1380000000{number}") for number in range(4)]
    path = a_workbook(tmp_path / "名册.xlsx", ("组织名称", "所属社区"), *rows)
    before = run(capsys, "--data", office, "log", "--json")[1]
    status, out, _ = run(capsys, "--data", office, "import", "roster", path, "--json")
    told = json.loads(out)
    assert (status, told["refused"], told["new_communities"]) == (1, 4, [])
    assert "不像社区" in told["rows"][0]["problems"][0]["message"]
    assert run(capsys, "--data", office, "log", "--json")[1] == before


def test_nothing_in_a_message_turns_the_terminal_round(office: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "活动.csv"
    path.write_text("社会组织,活动名称\n\u202e甲\x1b[2J队,演出\n", encoding="utf-8")
    status, out, _ = run(capsys, "--data", office, "import", "ledger", "activities", path)
    assert status == 1
    assert "\x1b" not in out
    assert "\u202e" not in out


FOREIGN = (("队伍", "节目", "日子"), ("乙队", "演出", "2025-10-29"))


@pytest.mark.parametrize(
    ("columns", "status", "said"),
    [
        ("B", 2, "--columns"),
        ("7=活动名称", 2, "--columns"),
        ("A=", 2, "--columns"),
        ("A=社会组织,a=活动名称", 2, "--columns"),
        ("A=社会组织,B=节目", 4, "没有“节目”这一项"),
        ("A=社会组织,B=活动名称,C=活动名称", 4, "“活动名称”写了不止一列"),
        ("A=社会组织,D=活动名称", 4, "没有 D 列"),
    ],
)
def test_columns_that_cannot_be(
    office: Path, tmp_path: Path, capsys: Capture, columns: str, status: int, said: str
) -> None:
    path = of_rows(*FOREIGN)(tmp_path / "活动.xlsx")
    before = digests(office)
    given = ("--data", office, "import", "ledger", "activities", path, "--columns", columns)
    found, _, err = run(capsys, *given)
    assert found == status
    assert said in err
    assert digests(office) == before
