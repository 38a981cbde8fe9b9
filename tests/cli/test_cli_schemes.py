"""Schemes on the command line: listed, checked, out and in as files, tried on a year."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from main import STORE_NAME, main

CODE = "subdistrict-year"


@pytest.fixture
def office(sample_store: Path, tmp_path: Path) -> list[str]:
    """A data folder with the sample office."""
    folder = tmp_path / "数据"
    folder.mkdir()
    shutil.copy(sample_store, folder / STORE_NAME)
    return ["--data", str(folder)]


def told(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*arguments, "--json"]) == status
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_scheme_goes_out_is_changed_checked_tried_and_kept(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, book = tmp_path / "方案.toml", tmp_path / "方案.xlsx"
    assert told(capsys, [*office, "scheme", "export", CODE, "-o", str(text)])["code"] == CODE
    said = text.read_text("utf-8")
    assert "# 环节" in said
    text.write_text(said.replace("floor = 90 ", "floor = 93 "), "utf-8")
    assert told(capsys, [*office, "scheme", "check", str(text)])["problems"] == []

    tried = told(capsys, [*office, "scheme", "try", str(text), "--year", "2025"])
    assert {each["before"]["grade"] for each in tried["changes"]} == {"优秀"}
    assert main([*office, "scheme", "try", str(text), "--year", "2025"]) == 0
    assert f"{len(tried['changes'])} 个等次会变" in capsys.readouterr().out

    assert told(capsys, [*office, "scheme", "export", str(text), "-o", str(book)])["file"] == str(book)
    assert told(capsys, [*office, "scheme", "import", str(book), "--dry-run"])["kept"] is False
    assert not any(each["own"] for each in told(capsys, [*office, "scheme", "list"])["schemes"])
    assert told(capsys, [*office, "scheme", "import", str(book)])["kept"] is True
    listed = {each["code"]: each["own"] for each in told(capsys, [*office, "scheme", "list"])["schemes"]}
    assert listed[CODE] is True
    assert main([*office, "scheme", "list"]) == 0
    assert "本单位，2" in capsys.readouterr().out


def test_what_is_wrong_is_told_in_the_words_of_the_file(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "方案.toml"
    text.write_text('code = "x"\nfull = "一百"\ncolour = "red"\n', "utf-8")

    error = told(capsys, [*office, "scheme", "check", str(text)], status=4)["error"]

    assert error["code"] == "scheme_invalid"
    assert any(each.startswith("full：应是数字") for each in error["problems"])
    assert any(each.startswith("colour：不认识这个键") for each in error["problems"])
    assert (
        told(capsys, [*office, "scheme", "import", str(text)], status=4)["error"]["code"] == "scheme_invalid"
    )
    assert (
        told(capsys, [*office, "scheme", "check", "nothing"], status=3)["error"]["code"] == "scheme_missing"
    )
    book = tmp_path / "方案.xlsx"
    told(capsys, [*office, "scheme", "export", str(text), "-o", str(book)])
    error = told(capsys, [*office, "scheme", "check", str(book)], status=4)["error"]
    assert any(each.startswith("满分：应是数字——请写数字") for each in error["problems"])
    missing = told(capsys, [*office, "scheme", "try", CODE, "--year", "2001"], status=3)
    assert missing["error"]["code"] == "cycle_missing"


@pytest.mark.parametrize("act", ["check", "import"])
def test_a_million_lines_are_no_scheme(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], act: str
) -> None:
    path = tmp_path / "日志.toml"
    path.write_text("".join(f"a{number} = 1\n" for number in range(1_000_000)), "utf-8")
    before = told(capsys, [*office, "scheme", "list"])

    refused = told(capsys, [*office, "scheme", act, str(path)], status=4)

    assert refused["error"]["code"] == "toml_too_long"
    assert told(capsys, [*office, "scheme", "list"]) == before
