"""评分明细 and the lists of the results on the command line: PDF, Excel, JSON."""

import json
from pathlib import Path

import pypdfium2
import pytest

import main
from core.services.services import Services
from core.sheets.reader import read_workbook

YEAR = "2025"
FIRST = "凤凰社区楼宇经济联合会"


@pytest.fixture
def computed(sample: Services) -> list[str]:
    """Leading arguments of the sample office with its year computed."""
    sample.assessments.compute(int(YEAR))
    folder = Path(sample.store.path).parent
    sample.close()
    return ["--data", str(folder)]


def test_the_steps_of_one_subject_are_printed(computed: list[str], tmp_path: Path, capsys) -> None:
    file = tmp_path / "明细.pdf"
    assert main.main([*computed, "print", "score-details", FIRST[:6], "--year", YEAR, "-o", str(file)]) == 0
    assert capsys.readouterr().out == f"已生成：{file}\n"
    first = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert FIRST in first and "规则" in first


def test_all_steps_are_exported_for_programs_and_for_excel(
    computed: list[str], tmp_path: Path, capsys
) -> None:
    data, table = tmp_path / "明细.json", tmp_path / "明细.xlsx"
    for file in (data, table):
        assert main.main([*computed, "export", "score-details", "--year", YEAR, "-o", str(file)]) == 0
    results = json.loads(data.read_text(encoding="utf-8"))["results"]
    assert (len(results), results[0]["name"], results[0]["final"]) == (60, FIRST, "98.35")
    rows = read_workbook(table).sheets[0].rows
    steps = [row for row in rows if FIRST in row]
    assert [row[2] for row in steps] == [step["rule"][1:] for step in results[0]["trace"]]
    mean = next(step for step in results[0]["trace"] if step["rule"] == "R4")
    assert next(row for row in steps if row[2] == "4")[5] == mean["working"]


def test_programs_get_the_steps_of_all_results(computed: list[str], capsys) -> None:
    assert main.main([*computed, "assess", "show", "--year", YEAR, "--json"]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert len(results) == 60 and all(each["trace"] for each in results)


def test_lists_go_into_one_file_and_are_told(computed: list[str], tmp_path: Path, capsys) -> None:
    file = tmp_path / "名单.xlsx"
    command = [*computed, "export", "result-lists", "--year", YEAR, "-o", str(file)]
    assert main.main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["lists"]
    sheets = read_workbook(file).sheets
    kinds = ["edges", "ties", "awards", "lists", "apart", "years", "decisions"]
    assert [each["kind"] for each in told] == kinds
    assert [each.name for each in sheets] == ["临界", "并列", "奖项", "名单", "不排名", "历年对比", "决定"]
    awards = next(each for each in told if each["kind"] == "awards")
    assert awards["rows"][0] == ["优秀社会组织奖", "1/2", FIRST, "98.35", "40000.00", None]


def test_an_unknown_name_is_told_and_nothing_is_written(computed: list[str], tmp_path: Path, capsys) -> None:
    file = tmp_path / "明细.pdf"
    assert main.main([*computed, "print", "score-details", "没有", "--year", YEAR, "-o", str(file)]) == 3
    assert "考核名单里没有“没有”" in capsys.readouterr().err
    assert not file.exists()
