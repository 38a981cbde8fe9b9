"""Bad input to the documents' commands: one Chinese message, its status, nothing half, no number lost."""

import errno
import json
import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import main
from core.paper.render import ReportLabPaper
from tests.conftest import services_over

YEAR = ("--year", "2025")


@pytest.fixture
def folder(computed_store: Path, tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    shutil.copy(computed_store, made)
    return made


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]):
    def call(*words: object) -> tuple[int, str]:
        status = main.main(["--data", str(folder), *map(str, words)])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return status, (told.out + told.err).strip()

    return call


def signed(run) -> str:
    """The code of a signed notice."""
    code: str = json.loads(run("document", "new", "notice", *YEAR, "--json")[1])["code"]
    for step in ("hand-in", "sign"):
        assert run("document", step, code)[0] == 0
    return code


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{单位}文件", "{单位名称}文件", "没有字段"),
        ("{单位}文件", "{单位文件", "花括号"),
        ('when = "联系电话"', 'when = "联系电话 =="', "条件"),
        ('about = "office"', 'about = "weather"', "weather"),
        ('code = "notice"', 'code = "notice', "第 1 行"),
        ('code = "notice"', "长" * 1_000_000, "个字，不像文书模板"),
    ],
)
def test_a_broken_template_is_told_with_its_place(
    run, tmp_path: Path, old: str, new: str, words: str
) -> None:
    file = tmp_path / "模板.toml"
    assert run("document", "show-template", "notice", "-o", file)[0] == 0
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    status, told = run("document", "save-template", file)
    assert (status, words in told) == (4, True)
    assert "已修改" not in run("document", "templates")[1]


def test_files_that_are_no_template(run, tmp_path: Path) -> None:
    for content in (b"\xff\xfe\x00", b"", b"PK\x03\x04"):
        file = tmp_path / "模板.toml"
        file.write_bytes(content)
        status, told = run("document", "save-template", file)
        assert (status, bool(told)) == (4, True)
    assert run("document", "save-template", tmp_path)[0] == 4


def test_a_number_that_was_given_is_not_given_again(run) -> None:
    first, second = signed(run), signed(run)
    assert run("document", "issue", first, "--number", 2, "--reason", "照发")[0] == 0
    status, told = run("document", "issue", second, "--number", 2, "--reason", "照发")
    assert (status, "已经给了" in told, "3 号" in told) == (2, True, True)
    assert run("document", "issue", second, "--number", 0)[0] == 2
    assert run("document", "issue", second, "--number", 1_000_000, "--reason", "照发")[0] == 2
    assert run("document", "issue", second, "--reason", "照发")[0] == 0


def test_findings_without_a_reason_are_listed(run) -> None:
    code = signed(run)
    status, told = run("document", "issue", code)
    assert (status, "××" in told, "写明理由" in told) == (2, True, True)
    assert run("document", "check", code)[0] == 1
    assert "没有这样的号" in run("numbers", "list")[1]


@pytest.mark.parametrize(
    ("addressee", "words"), [("各社区\ue123", "U+E123"), ("，".join(["某某社区"] * 500), "版记")]
)
def test_what_cannot_be_printed_books_nothing(
    run, folder: Path, paper: ReportLabPaper, tmp_path: Path, addressee: str, words: str
) -> None:
    with closing(services_over(folder / "shepingtong.sqlite", paper)) as services:
        office = services.setup.office()
        assert office is not None
        services.setup.change_office(replace(office, addressee=addressee))
    out = tmp_path / "通报.pdf"
    status, told = run("document", "results-notice", *YEAR, "-o", out, "--reason", "照发")
    assert (status, words in told, out.exists()) == (3, True, False)
    status, told = run("year-papers", *YEAR, "-o", tmp_path / "全套", "--yes", "--reason", "照发")
    assert (status, words in told, (tmp_path / "全套").exists()) == (3, True, False)
    assert "没有这样的号" in run("numbers", "list")[1]


def test_a_store_that_is_open_elsewhere_is_left_alone(run, folder: Path, paper: ReportLabPaper) -> None:
    with closing(services_over(folder / "shepingtong.sqlite", paper)):
        status, told = run("document", "list", *YEAR)
    assert (status, "另一个社评通" in told) == (3, True)
    assert run("document", "list", *YEAR)[0] == 0


def test_outputs_that_cannot_be_written_leave_nothing(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = signed(run)
    blocked = tmp_path / "文件"
    blocked.write_bytes(b"old")
    for words in (("-o", blocked / "通知.pdf"), ("-o", blocked, "--separate"), ("-o", tmp_path)):
        assert run("document", "pdf", code, *words)[0] == 4
    kept = tmp_path / "通知.pdf"
    kept.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        status, told = run("document", "pdf", code, "-o", kept)
        assert (status, "磁盘已满" in told, kept.read_bytes()) == (4, True, b"old")
        assert run("document", "word", code, "-o", tmp_path / "每份", "--separate")[0] == 4

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "sharing violation")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        status, told = run("document", "pdf", code, "-o", kept)
        assert (status, "正被别的程序打开" in told, kept.read_bytes()) == (4, True, b"old")
    assert sorted(each.name for each in tmp_path.rglob("*.part")) == []
    assert run("document", "pdf", code, "-o", kept)[0] == 0
    assert kept.read_bytes().startswith(b"%PDF")


def test_interrupted_while_issuing_gives_no_number(run, monkeypatch: pytest.MonkeyPatch) -> None:
    code = signed(run)

    def interrupted(*_arguments: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ReportLabPaper, "documents_with_fonts", interrupted)
        status, told = run("document", "issue", code, "--reason", "照发")
    assert (status, "已中断" in told) == (4, True)
    assert "没有这样的号" in run("numbers", "list")[1]
    assert run("document", "issue", code, "--reason", "照发")[0] == 0
