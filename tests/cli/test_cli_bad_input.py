"""Bad files, bad stores and hostile surroundings through the command line.

Each is told in one Chinese message, with its exit status (interface.md 7), and changes nothing.
"""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import IO, Any

import pytest

import main
from core.cli import commands
from core.model.workbook import CellValue
from core.services.backups import LOCAL
from db import sqlite_engine
from db.store import open_store
from tests.sheets.bad_workbooks import a_locked_workbook, a_million_rows, a_workbook, a_zip_bomb, an_xlsx_of

STORE = main.STORE_NAME
HEAD = ("组织名称", "所属社区", "类别", "负责人", "联系电话", "成立日期", "成员数", "统一社会信用代码")
PHONE = "13800001234"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

Capture = pytest.CaptureFixture[str]
Folder = Path


def run(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    status = main.main([str(each) for each in arguments])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    return status, shown.out, shown.err


def digests(folder: Folder) -> dict[str, str]:
    """Every file of a data folder but the lock and what SQLite may leave empty beside a damaged store.

    Nor the backups: the first command of a day makes one, whatever becomes of the command.
    """
    aside = (".lock", "-wal", "-shm", ".backup.json")
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.endswith(aside) and folder / LOCAL not in each.parents
    }


def refusal(capsys: Capture, folder: Folder, *arguments: object) -> tuple[int, str, str]:
    """Status, code and message of a refusal; as text and as JSON it says the same and changes nothing."""
    before = digests(folder)
    status, out, err = run(capsys, "--data", folder, *arguments)
    assert out == ""
    json_status, json_out, json_err = run(capsys, "--data", folder, *arguments, "--json")
    told = json.loads(json_out)["error"]
    assert (json_status, json_err) == (status, "")
    assert err.splitlines()[0] == told["message"] + told["remedy"]
    assert len(err.splitlines()) == 1 + len(told["problems"])
    assert told["remedy"]
    assert digests(folder) == before
    return status, told["code"], told["message"]


@pytest.fixture
def office(new_office: Folder, tmp_path: Path) -> Folder:
    """A data folder of its own."""
    return Path(shutil.copytree(new_office, tmp_path / "office"))


@pytest.fixture
def computed(sample_store: Path, tmp_path: Path, capsys: Capture) -> Folder:
    """The data folder of the sample office, its year computed."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copy(sample_store, folder / STORE)
    assert run(capsys, "--data", folder, "assess", "compute", "--year", 2025)[0] == 0
    return folder


def of_bytes(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def of_rows(*rows: tuple[CellValue, ...]) -> Callable[[Path], Path]:
    return lambda path: a_workbook(path, *rows)


def a_folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path, "file_missing"),
        (a_folder, "not_a_file"),
        (of_bytes(b""), "file_empty"),
        (of_bytes(b"%PDF-1.7"), "not_a_workbook"),
        (of_bytes(b"PK\x03\x04 broken off"), "not_a_workbook"),
        (a_locked_workbook, "file_encrypted"),
        (a_million_rows, "file_too_large"),
        (a_zip_bomb, "file_too_large"),
        (lambda path: an_xlsx_of(path, FAR), "file_too_large"),
        (of_rows(("甲", "乙"), (1, 2)), "no_header"),
        (of_rows(), "no_header"),
        (of_rows(HEAD), "roster_empty"),
    ],
)
def test_files_that_are_no_roster(
    office: Folder, tmp_path: Path, capsys: Capture, make: Callable[[Path], Path], code: str
) -> None:
    status, told, message = refusal(capsys, office, "import", "roster", make(tmp_path / "名册.xlsx"))
    assert (status, told) == (4, code)
    assert "名册.xlsx" in message


def test_sheet_that_is_not_there(office: Folder, data: Path, capsys: Capture) -> None:
    arguments = ("import", "roster", data / "roster.xlsx", "--sheet", "别的")
    assert refusal(capsys, office, *arguments)[:2] == (4, "sheet_missing")


def test_file_held_by_excel(
    office: Folder, data: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def held(path: Path, *how: Any, **more: Any) -> IO[Any]:
        if path.name == "roster.xlsx":
            raise PermissionError(errno.EACCES, "sharing violation")
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", held)
    assert refusal(capsys, office, "import", "roster", data / "roster.xlsx")[:2] == (4, "file_locked")


def test_roster_is_no_score_file(computed: Folder, data: Path, capsys: Capture) -> None:
    arguments = ("import", "scores", data / "roster.xlsx", "--year", 2025)
    status, _, message = refusal(capsys, computed, *arguments)
    assert (status, "roster.xlsx" in message) == (4, True)


def a_messy_roster(path: Path) -> Path:
    return a_workbook(
        path,
        HEAD,
        ("好队", "新甲村", "文化体育类", "张三", "13800001234", "2019.3", "72人", ""),
        ("甲队", "新乙社区", "不存在类", "", "", "", "", ""),
        ("乙队", "新乙社区", "", "", "1380000123", "", "", ""),
        ("丙队", "新乙社区", "", "", "", "2019-02-30", "", ""),
        ("丁队", "新乙社区", "", "", "", "", "", "51110000MJ0123456X"),
        ("长" * 200, "新乙社区", "", "", "", "", "", ""),
        ("戊\t_x0007_队", "新乙社区", "", "", "", "", "", ""),
        ('=HYPERLINK("http://x","己队")', "新乙社区", "", "", "", "", "", ""),
    )


def test_faulty_rows_are_named_with_row_column_and_remedy_and_stay_out(
    office: Folder, tmp_path: Path, capsys: Capture
) -> None:
    path = a_messy_roster(tmp_path / "名册.xlsx")
    status, out, err = run(capsys, "--data", office, "import", "roster", path, "--json")
    told = json.loads(out)
    assert (status, err, told["added"], told["refused"]) == (1, "", 1, 7)
    places = [problem["place"] for row in told["rows"] for problem in row["problems"]]
    columns = ("类别", "联系电话", "成立日期", "统一社会信用代码", "组织名称", "组织名称", "组织名称")
    assert places == [f"第 {row} 行“{column}”" for row, column in enumerate(columns, start=3)]
    assert all(problem["remedy"] for row in told["rows"] for problem in row["problems"])
    with closing(sqlite3.connect(office / STORE)) as store:
        assert store.execute("SELECT name, members, phones FROM organizations").fetchall() == [
            ("好队", 72, '["13800001234"]')
        ]


def test_unknown_communities_are_listed_before_and_after(
    office: Folder, tmp_path: Path, capsys: Capture
) -> None:
    path = a_messy_roster(tmp_path / "名册.xlsx")
    before = digests(office)
    status, out, _ = run(capsys, "--data", office, "import", "roster", path, "--dry-run")
    assert (status, "将新建 1 个社区（村）：新甲村" in out) == (1, True)
    assert digests(office) == before
    assert "新建了 1 个社区（村）：新甲村" in run(capsys, "--data", office, "import", "roster", path)[1]


def a_folder_there(store: Path) -> None:
    store.unlink()
    store.mkdir()


def a_foreign_database(store: Path) -> None:
    store.unlink()
    with closing(sqlite3.connect(store)) as other:
        other.execute("CREATE TABLE notes (text)")


def overwritten(at: int, content: bytes) -> Callable[[Path], None]:
    def spoil(store: Path) -> None:
        with store.open("r+b") as file:
            file.seek(at)
            file.write(content)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (overwritten(60, (99).to_bytes(4)), "store_newer"),
        (lambda store: store.write_bytes(b""), "store_empty"),
        (lambda store: store.write_text("这不是数据文件" * 99, encoding="utf-8"), "not_a_store"),
        (a_foreign_database, "not_a_store"),
        (a_folder_there, "not_a_store"),
        (lambda store: os.truncate(store, store.stat().st_size // 2), "store_damaged"),
        (overwritten(3 * 4096, bytes(4 * 4096)), "store_damaged"),
        (overwritten(2 * 4096, b"\xff" * 99 * 4096), "store_damaged"),
    ],
)
def test_stores_that_cannot_be_opened(
    office: Folder, data: Path, capsys: Capture, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(office / STORE)
    for arguments in (
        ("check",),
        ("init", "--office", "乙街道办事处"),
        ("import", "roster", data / "roster.xlsx"),
    ):
        assert refusal(capsys, office, *arguments)[:2] == (4, code)


def test_no_store_yet(tmp_path: Path, data: Path, capsys: Capture) -> None:
    for arguments in (("check",), ("import", "roster", data / "roster.xlsx")):
        assert refusal(capsys, tmp_path, *arguments)[:2] == (3, "store_missing")
    assert list(tmp_path.iterdir()) == []


def test_file_where_the_data_folder_should_be(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "数据").write_bytes(b"")
    status, code, message = refusal(capsys, tmp_path / "数据", "init", "--office", "示例街道办事处")
    assert (status, code, "数据" in message) == (4, "no_data_folder", True)


def test_second_instance(office: Folder, capsys: Capture) -> None:
    with closing(open_store(office / STORE)):
        for arguments in (("check",), ("init", "--office", "乙街道办事处")):
            assert refusal(capsys, office, *arguments)[:2] == (3, "store_in_use")
    assert run(capsys, "--data", office, "check")[0] == 0


def test_damage_behind_the_programs_back_is_found_by_check(computed: Folder, capsys: Capture) -> None:
    with closing(sqlite3.connect(computed / STORE)) as store:
        store.execute("UPDATE organizations SET version = 9 WHERE position = 1")
        store.commit()
    status, out, err = run(capsys, "--data", computed, "check", "--json")
    told = json.loads(out)
    assert (status, err, told["whole"]) == (4, "", False)
    assert "社会组织" in told["faults"][0]


@pytest.mark.parametrize(
    ("pragma", "code"), [("max_page_count = 1", "disk_full"), ("query_only = ON", "store_readonly")]
)
def test_store_that_takes_no_more(
    office: Folder, data: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, pragma: str, code: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_engine, "_PRAGMAS", (*sqlite_engine._PRAGMAS, pragma))
        assert refusal(capsys, office, "import", "roster", data / "roster.xlsx")[:2] == (4, code)
    assert run(capsys, "--data", office, "import", "roster", data / "roster.xlsx")[0] == 0


def full_disk(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_new_store_on_a_full_disk(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full_disk)
    assert refusal(capsys, tmp_path, "init", "--office", "示例街道办事处")[:2] == (4, "disk_full")
    assert digests(tmp_path) == {}


def test_new_store_where_nothing_may_be_written(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(self: Path, *_arguments: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    arguments = ("init", "--office", "示例街道办事处")
    assert refusal(capsys, tmp_path / "x", *arguments)[:2] == (4, "store_readonly")


PAPERS = (("assess", "show"), ("document", "results-notice"), ("certificates",))


def paper_of(command: tuple[str, ...]) -> str:
    return "结果.xlsx" if command[0] == "assess" else "结果.pdf"


@pytest.mark.parametrize("command", PAPERS)
def test_full_disk_leaves_the_old_paper(
    computed: Folder,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    paper = tmp_path / "out" / paper_of(command)
    paper.parent.mkdir()
    paper.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full_disk)
    for _ in range(2):  # a first try may have booked the paper's number, which the second keeps
        status, out, err = run(capsys, "--data", computed, *command, "--year", 2025, "-o", paper)
        assert (status, out) == (4, "")
        assert paper.name in err and "磁盘已满" in err
    assert [(each.name, each.read_bytes()) for each in paper.parent.iterdir()] == [(paper.name, b"old")]


@pytest.mark.parametrize("command", PAPERS)
def test_paper_open_elsewhere(
    computed: Folder,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    def held(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "sharing violation")

    monkeypatch.setattr(Path, "replace", held)
    (tmp_path / "out").mkdir()
    paper = tmp_path / "out" / paper_of(command)
    status, _, err = run(capsys, "--data", computed, *command, "--year", 2025, "-o", paper)
    assert (status, "正被别的程序打开" in err) == (4, True)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("command", PAPERS)
def test_folder_instead_of_a_paper(
    computed: Folder, tmp_path: Path, capsys: Capture, command: tuple[str, ...]
) -> None:
    folder = a_folder(tmp_path / paper_of(command))
    status, _, err = run(capsys, "--data", computed, *command, "--year", 2025, "-o", folder)
    assert (status, "文件夹" in err) == (4, True)


def test_a_bug_is_told_without_its_words(
    office: Folder, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(services: object, call: object) -> None:
        raise KeyError(PHONE)

    monkeypatch.setattr(commands, "COMMANDS", {"check": broken})
    status, out, err = run(capsys, "--data", office, "check")
    assert (status, out) == (4, "")
    log = (office / "shepingtong.log").read_text(encoding="utf-8")
    assert PHONE not in err + log
    assert "KeyError" in log
    number = err.partition("编号 ")[2][:7]
    assert f"[{number}]" in log
    assert "diagnosis" in err


@pytest.mark.parametrize("command", PAPERS[1:])
@pytest.mark.parametrize("place", ["文件夹", "文件.txt/结果.pdf", "长" * 300])
def test_paper_that_has_no_place_books_no_number(
    computed: Folder, tmp_path: Path, capsys: Capture, command: tuple[str, ...], place: str
) -> None:
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "文件.txt").write_bytes(b"")
    status, code, _ = refusal(capsys, computed, *command, "--year", 2025, "-o", tmp_path / place)
    assert (status, code) == (4, "file_not_written")


def test_store_without_an_office(tmp_path: Path, data: Path, capsys: Capture) -> None:
    run(capsys, "--data", tmp_path, "init", "--office", " ")
    arguments = ("import", "roster", data / "roster.xlsx")
    assert refusal(capsys, tmp_path, *arguments)[:2] == (3, "office_missing")


def test_office_name_with_control_characters(tmp_path: Path, capsys: Capture) -> None:
    run(capsys, "--data", tmp_path, "init", "--office", " ")
    assert refusal(capsys, tmp_path, "init", "--office", "甲\x07街道")[:2] == (2, "office_name_odd")


def test_score_file_is_no_roster(office: Folder, data: Path, capsys: Capture) -> None:
    status, code, message = refusal(capsys, office, "import", "roster", data / "scores.xlsx")
    assert (status, code) == (4, "roster_is_scores")
    assert "“scores.xlsx”" in message


def test_changes_are_listed_once_for_each_organization(
    office: Folder, tmp_path: Path, capsys: Capture
) -> None:
    for members, principal in ((1, "张三"), (2, "李四")):
        row = ("甲队", "东湖社区", "", principal, "", "", members)
        roster = a_workbook(tmp_path / "名册.xlsx", HEAD, row)
        status, out, _ = run(capsys, "--data", office, "import", "roster", roster)
        assert status == 0
    assert [line for line in out.splitlines() if "更改　" in line] == [
        "  更改　甲队：负责人 张三 → 李四，成员数 1 → 2"
    ]


def test_ctrl_c(office: Folder, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(services: object, call: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "COMMANDS", {"check": stopped})
    assert refusal(capsys, office, "check")[:2] == (4, "cancelled")
    monkeypatch.setattr(main, "_run_command", lambda call: stopped(call, call))
    assert refusal(capsys, office, "check")[:2] == (4, "cancelled")


class FullDisk(StringIO):
    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("as_json", [(), ("--json",)])
@pytest.mark.parametrize(("command", "status"), [(("check",), 4), (("undo", "99"), 3)])
def test_output_that_takes_no_more(
    office: Folder,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    status: int,
    as_json: tuple[str, ...],
) -> None:
    monkeypatch.setattr("sys.stdout", FullDisk())
    assert main.main(["--data", str(office), *command, *as_json]) == status
    err = capsys.readouterr().err
    assert ("程序出错" in err, err.count("\n")) == (False, 1)


def test_log_that_cannot_be_written(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard handler would print a traceback."""
    (tmp_path / "数据").write_bytes(b"")

    def broken(*_arguments: object) -> None:
        raise KeyError

    monkeypatch.setattr(main, "open_services", broken)
    status, _, err = run(capsys, "--data", tmp_path / "数据", "check")
    assert (status, err.count("\n")) == (4, 1)


def test_diagnosis_of_a_store_and_of_one_that_does_not_open(
    office: Folder, tmp_path: Path, capsys: Capture
) -> None:
    status, out, _ = run(capsys, "--data", office, "diagnosis", "-o", tmp_path / "一.zip")
    assert (status, "没有个人信息" in out, (tmp_path / "一.zip").exists()) == (0, True, True)
    (office / STORE).write_text("这不是数据文件" * 99, encoding="utf-8")
    arguments = ("--data", office, "diagnosis", "-o", tmp_path / "二.zip", "--json")
    status, out, _ = run(capsys, *arguments)
    assert (status, json.loads(out)["opened"], (tmp_path / "二.zip").exists()) == (0, False, True)
