"""`year-report` on the command line: PDF, Excel file, figures as JSON, and what is refused."""

import json
from pathlib import Path

import pytest

import main
from core.services.services import Services

YEAR = "2025"


@pytest.fixture
def computed(sample: Services) -> tuple[str, str]:
    """Leading arguments of the sample office with its year computed."""
    sample.assessments.compute(int(YEAR))
    folder = Path(sample.store.path).parent
    sample.close()
    return "--data", str(folder)


def test_report_is_written_as_its_name_says(computed, tmp_path: Path, capsys) -> None:
    pdf, sheet = tmp_path / "年报.pdf", tmp_path / "年报.xlsx"
    assert main.main([*computed, "year-report", "--year", YEAR, "-o", str(pdf)]) == 0
    lines = capsys.readouterr().out
    assert "已生成《2025年度社会组织统计报告》" in lines
    assert main.main([*computed, "year-report", "--year", YEAR, "-o", str(sheet), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert pdf.read_bytes()[:5] == b"%PDF-"
    assert sheet.read_bytes()[:2] == b"PK"
    assert [each["code"] for each in told["sections"]] == [
        "grades", "years", "classes", "communities", "standing", "party", "brands", "money",
        "activity", "months",
    ]  # fmt: skip
    for each in told["sections"]:
        assert each["sentence"] in lines
        assert all(len(row) == len(each["columns"]) for row in each["rows"])
    money = told["sections"][7]["rows"]
    assert money[-1][0] == "合计"
    assert money[-1][-1].endswith(".00")


def test_statistics_tell_the_figures_of_a_day_and_write_them(computed, tmp_path: Path, capsys) -> None:
    sheet = tmp_path / "统计.xlsx"
    assert main.main([*computed, "statistics", "--year", YEAR, "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    assert "file" not in now
    classes = next(each for each in now["sections"] if each["code"] == "classes")
    assert classes["rows"][-1][:2] == ["合计", 59]
    past = [*computed, "statistics", "--year", YEAR, "--as-of", "2020-05-04"]
    assert main.main([*past, "-o", str(sheet), "--json"]) == 0
    then = json.loads(capsys.readouterr().out)
    assert (then["as_of"], then["title"], then["bytes"]) == (
        "2020-05-04",
        "社会组织统计",
        sheet.stat().st_size,
    )
    assert then["note"].startswith("名册为2020年5月4日的情况")
    assert main.main(past) == 0
    assert "社会组织按类别　名册里没有组织。" in capsys.readouterr().out


def test_another_kind_of_file_is_refused(computed, tmp_path: Path, capsys) -> None:
    assert main.main([*computed, "year-report", "--year", YEAR, "-o", str(tmp_path / "年报.txt")]) == 2
    assert "以 .pdf 或 .xlsx 结尾" in capsys.readouterr().err
    assert not list(tmp_path.glob("年报*"))


def test_a_year_without_figures_leaves_no_sheet(new_office: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "年报.xlsx"
    arguments = ["--data", str(new_office), "year-report", "--year", YEAR, "-o", str(file)]
    assert main.main(arguments) == 3
    assert "没有可导出的数字" in capsys.readouterr().err
    assert not file.exists()
