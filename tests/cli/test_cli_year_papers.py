"""`year-papers`: the whole set of the sample's year by one command."""

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

import main

YEAR = ("--year", "2025")


@pytest.fixture
def run(computed_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(computed_store, folder)

    def call(*words: object) -> tuple[int, dict]:
        status = main.main(["--data", str(folder), *map(str, words), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return call


def test_without_a_yes_nothing_is_issued_and_with_it_everything_is(run, tmp_path: Path) -> None:
    out = tmp_path / "全套"
    status, plan = run("year-papers", *YEAR, "-o", out)
    assert (status, plan["issued"], out.exists()) == (3, 0, False)
    assert run("numbers", "list")[1] == {"numbers": []}
    status, made = run("year-papers", *YEAR, "-o", out, "--yes", "--reason", "核对过")
    assert (status, made["issued"]) == (0, plan["to_issue"])
    files = sorted(each.name for each in out.iterdir())
    assert files == sorted(each["file"] for each in made["papers"] if each["file"])
    assert len(files) == len(made["papers"])
    counts = {each["code"]: each["count"] for each in made["papers"]}
    assert (counts["result-letter"], counts["certificate"]) == (60, 5)
    for each in made["papers"]:
        if each["file"].endswith(".pdf"):
            assert len(pypdfium2.PdfDocument(out / each["file"])) >= each["count"]
    numbers = run("numbers", "list")[1]["numbers"]
    assert not any(each["gap"] for each in numbers)
    status, again = run("year-papers", *YEAR, "-o", out)
    assert (status, again["issued"]) == (0, 0)
    assert run("numbers", "list")[1]["numbers"] == numbers


def test_where_nothing_can_be_written_nothing_is_issued(run, tmp_path: Path) -> None:
    taken = tmp_path / "文件"
    taken.write_text("a", "utf-8")
    status, told = run("year-papers", *YEAR, "-o", taken, "--yes", "--reason", "核对过")
    assert (status, "error" in told) == (4, True)
    assert run("numbers", "list")[1] == {"numbers": []}
