"""Mistyped commands: each is told in one Chinese message with the usage, status 2, and does nothing."""

import json
from pathlib import Path

import pytest

import main

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    status = main.main([str(each) for each in arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


@pytest.mark.parametrize(
    "command", [("assess", "show"), ("print", "score-details"), ("export", "result-package")]
)
def test_a_file_of_another_kind_is_not_written(
    tmp_path: Path, capsys: Capture, command: tuple[str, ...]
) -> None:
    status, _, err = run(capsys, *command, "--year", 2025, "-o", tmp_path / "结果.docx")
    assert (status, "写不出“结果.docx”" in err, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize("arguments", [(), ("结果包.json", "--year", 2025)])
def test_verify_is_told_what_to_verify(
    new_office: Path, capsys: Capture, arguments: tuple[object, ...]
) -> None:
    status, _, err = run(capsys, "--data", new_office, "verify", *arguments)
    assert (status, "--year" in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "roster"),
        ("import", "scores", "a.xlsx"),
        ("assess", "dance"),
        ("entry", "add", "甲", "--year", "2025", "--reason", "a", "--evidence", "b", "--kind", "c"),
        ("assess", "open", "--year", "二〇二五"),
        ("certificates", "--year", "2025", "-o", "a.pdf", "--date", "2026-02-30"),
        ("certificates", "--year", "2025", "-o", "a.pdf", "--part", "x"),
        ("certificate", "record", "x", "--event", "y"),
        ("--nonsense",),
    ],
)
def test_wrong_use_is_told_in_chinese(capsys: Capture, arguments: tuple[str, ...]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "用法：" in err
    assert not any(word in err for word in ("usage", "error", "required", "invalid", "<"))
    json_status, json_out, json_err = run(capsys, *arguments, "--json")
    told = json.loads(json_out)["error"]
    assert (json_status, json_err, told["code"]) == (2, "", "wrong_use")
    assert "用法：" in told["remedy"]


@pytest.mark.parametrize("given", ["长" * 300, "it's" * 100])
@pytest.mark.parametrize("where", [("statistics", "--year", "2025", "--as-of"), ("import", "ledger"), ()])
def test_a_long_wrong_value_is_told_by_its_beginning(
    capsys: Capture, where: tuple[str, ...], given: str
) -> None:
    status, _, err = run(capsys, *where, given)
    shown = given.replace("'", "")
    assert (status, shown[:20] in err, shown[:60] in err) == (2, True, False)
    assert "命令写得不对" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data", "", "check"),
        ("init", "--office", "甲\udcff街道"),
        ("import", "roster", ""),
        ("verify", "\ud800"),
        ("assess", "compute", "--year", 10**30),
        ("assess", "open", "--year", 0),
        ("certificates", "--year", 2025, "-o", ""),
        ("assess", "show", "--year", 2025, "-o", "."),
    ],
)
def test_values_that_cannot_be_meant(capsys: Capture, arguments: tuple[object, ...]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "不对" in err and "用法：" in err
