"""The whole job through the command line, on the sample files, as an office would do it."""

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main.main([str(each) for each in arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def run_json(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict]:
    status, out, _ = run(capsys, *arguments, "--json")
    return status, json.loads(out)


@pytest.fixture
def office(new_office: Path, tmp_path: Path) -> tuple[object, ...]:
    """Leading arguments of a set-up office."""
    return ("--data", shutil.copytree(new_office, tmp_path / "office"))


def test_whole_year(office: tuple[object, ...], data: Path, tmp_path: Path, capsys) -> None:
    status, roster = run_json(capsys, *office, "import", "roster", data / "roster.xlsx")
    assert (status, roster["added"], roster["duplicates"], roster["refused"]) == (0, 60, 1, 0)
    assert len(roster["new_communities"]) == 26

    status, opened = run_json(capsys, *office, "assess", "open", "--year", 2025)
    assert (status, opened["subjects"], opened["assessed"]) == (0, 60, 58)

    status, scores = run_json(capsys, *office, "import", "scores", data / "scores.xlsx", "--year", 2025)
    assert status == 1
    assert any("11" in each["message"] for each in scores["problems"])

    status, computed = run_json(capsys, *office, "assess", "compute", "--year", 2025)
    assert status == 0
    assert sum(each["count"] for each in computed["grade_counts"]) == 58
    assert [len(each["winners"]) for each in computed["awards"]] == [2, 3]
    assert computed["money_fen"] == 170_000_00

    notice = tmp_path / "通报.pdf"
    assert run(capsys, *office, "document", "results-notice", "--year", 2025, "-o", notice)[0] == 0
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(notice))
    winners = [each["name"] for each in computed["results"] if each["award"]]
    assert len(winners) == 5
    assert all(name in text.replace("\r\n", "") for name in winners)

    status, issued = run_json(capsys, *office, "certificates", "--year", 2025, "-o", tmp_path / "证书.pdf")
    assert (status, len(issued["certificates"])) == (0, 5)
    assert len(pypdfium2.PdfDocument(tmp_path / "证书.pdf")) == 5

    status, health = run_json(capsys, *office, "check")
    assert (status, health["whole"]) == (0, True)


def test_sample_year_writes_table_excel_notice_certificates_and_the_whole_set(tmp_path: Path, capsys) -> None:
    status, out, _ = run(capsys, "sample-year", "-o", tmp_path / "sample-output")
    assert status == 0
    assert "优秀社会组织奖" in out
    assert {each.name for each in (tmp_path / "sample-output").iterdir()} == {
        "考核结果.xlsx",
        "考核结果通报.pdf",
        "获奖证书.pdf",
        "全套文书",
    }
    notice = (tmp_path / "sample-output" / "考核结果通报.pdf").read_bytes()
    whole_set = tmp_path / "sample-output" / "全套文书"
    assert len(list(whole_set.iterdir())) == 16
    assert next(whole_set.glob("* 考核结果通报.pdf")).read_bytes() == notice
    book = CalamineWorkbook.from_path(tmp_path / "sample-output" / "考核结果.xlsx")
    assert book.get_sheet_by_index(0).total_height >= 62


def test_importing_twice_changes_nothing(office: tuple[object, ...], data: Path, capsys) -> None:
    run(capsys, *office, "import", "roster", data / "roster.xlsx")
    status, again = run_json(capsys, *office, "import", "roster", data / "roster.xlsx")
    assert (status, again["added"], again["changed"], again["same"]) == (0, 0, 0, 60)


def test_explain_follows_the_sheets(office: tuple[object, ...], data: Path, capsys) -> None:
    run(capsys, *office, "import", "roster", data / "roster.xlsx")
    run(capsys, *office, "assess", "open", "--year", 2025)
    run(capsys, *office, "import", "scores", data / "scores.xlsx", "--year", 2025)
    run(capsys, *office, "assess", "compute", "--year", 2025)
    status, out, _ = run(capsys, *office, "explain", "--year", 2025, "凤凰社区平安巡逻队")
    assert status == 0
    assert "R4" in out
    assert "scores.xlsx" in out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("assess", "compute", "--year", 2025), 3, "还没有开启"),
        (("assess", "open", "--year", 2025), 3, "先导入名册"),
        (("init", "--office", "另一个街道办事处"), 3, "已经有一个单位"),
        (("import", "roster", "没有的文件.xlsx"), 4, "没有的文件.xlsx"),
        (("assess", "open", "--year", "明年"), 2, "明年"),
        (("unknown",), 2, "unknown"),
    ],
)
def test_errors_leave_their_status_and_one_chinese_message(
    office: tuple[object, ...], arguments: tuple[object, ...], status: int, words: str, capsys
) -> None:
    left, out, err = run(capsys, *office, *arguments)
    assert left == status
    assert words in err
    assert "Traceback" not in out + err


def test_no_office_yet_says_what_to_do(tmp_path: Path, capsys) -> None:
    left, _, err = run(capsys, "--data", tmp_path / "nothing", "check")
    assert left in (3, 4)
    assert "init" in err or "新建" in err
