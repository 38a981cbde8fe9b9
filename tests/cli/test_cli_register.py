"""The register on the command line: ledgers in and out, the roster as of a day, papers, log, undo."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from core.model.identity import new_id
from main import main, open_services

ACTIVITIES = (
    ("社会组织", "活动名称", "活动日期", "服务人次"),
    ("松枫社区公益堂", "端午惠民演出", "2025年5月31日", "180人次"),
    ("没有这个组织", "重阳慰问", "2025.10.29", 60),
)


@pytest.fixture
def office(roster_office: Path, tmp_path: Path) -> list[str]:
    """A data folder with the sample roster."""
    return ["--data", str(shutil.copytree(roster_office, tmp_path / "数据"))]


def told(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*arguments, "--json"]) == status
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_ledger_comes_in_and_goes_out(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    for row, weather in zip(ACTIVITIES, ("天气", "晴", "雨"), strict=True):
        book.active.append((*row, weather))
    book.save(tmp_path / "活动.xlsx")
    reading = [*office, "import", "ledger", "activities", str(tmp_path / "活动.xlsx")]
    came = told(capsys, reading, status=1)
    assert (came["new"], came["refused"], came["stored"]) == (1, 1, True)
    assert came["unread_columns"] == ["天气"]
    assert main([*reading, "--dry-run"]) == 1
    assert "没有读取的列：天气" in capsys.readouterr().out
    assert "没有这个组织" in came["rows"][1]["problems"][0]["message"]
    assert told(capsys, reading, status=1)["same"] == 1
    out = tmp_path / "导出.xlsx"
    assert told(capsys, [*office, "export", "ledger", "activities", "-o", str(out)])["rows"] == 1
    cells = [cell.value for row in load_workbook(out).active.iter_rows() for cell in row]
    assert {"端午惠民演出", 180} <= set(cells)


def test_a_roster_for_publication_says_no_phone(office: list[str], tmp_path: Path) -> None:
    inside, public = tmp_path / "内部.xlsx", tmp_path / "公开.xlsx"
    assert main([*office, "export", "roster", "-o", str(inside)]) == 0
    assert main([*office, "export", "roster", "--public", "-o", str(public)]) == 0
    assert "联系电话" in titles(inside)
    assert "联系电话" not in titles(public)


def titles(path: Path) -> set[object]:
    return {cell.value for row in load_workbook(path).active.iter_rows(max_row=4) for cell in row}


def test_a_day_before_the_office_has_no_organizations(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [*office, "export", "roster", "--as-of", "2000-01-01", "-o", str(tmp_path / "旧.xlsx")]
    assert told(capsys, arguments)["rows"] == 0


@pytest.mark.parametrize(
    "what", [("export", "roster"), ("print", "ledger", "units"), ("statistics", "--year", "2025")]
)
def test_a_day_to_come_is_refused(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], what: tuple[str, ...]
) -> None:
    out = tmp_path / ("将来.xlsx" if "export" in what else "将来.pdf")
    error = told(capsys, [*office, *what, "--as-of", "2999-01-01", "-o", str(out)], status=2)["error"]
    assert (error["code"], out.exists()) == ("day_ahead", False)


def test_a_ledger_of_a_day_goes_out_and_on_paper(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    past = ["--as-of", "2000-01-01", "-o"]
    out, paper = str(tmp_path / "旧.xlsx"), str(tmp_path / "单位.pdf")
    assert told(capsys, [*office, "export", "ledger", "units", *past, out])["rows"] == 0
    assert told(capsys, [*office, "export", "ledger", "units", "-o", out])["rows"] == 10
    assert main([*office, "print", "ledger", "units", "-o", paper]) == 0
    assert Path(paper).read_bytes().startswith(b"%PDF")
    refused = told(capsys, [*office, "print", "ledger", "units", *past, paper], status=2)
    assert refused["error"]["code"] == "nothing_to_print"


def test_reports_go_out_and_on_paper(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, paper = str(tmp_path / "表.xlsx"), str(tmp_path / "表.pdf")
    classes = ["report", "classes", "--classification"]
    assert told(capsys, [*office, "export", "report", "progress", "-o", out])["rows"] == 0
    assert told(capsys, [*office, "export", *classes, "省级报表分类", "-o", out])["rows"] > 1
    assert "行业协会" in titles(Path(out))
    assert main([*office, "print", "report", "classes", "-o", paper]) == 0
    assert Path(paper).read_bytes().startswith(b"%PDF")
    missing = told(capsys, [*office, "export", *classes, "没有的", "-o", out], status=3)["error"]
    assert "省级报表分类" in missing["remedy"]
    ticks = [*office, "export", "report", "ticks", "--as-of", "2025-01-01", "-o", out]
    assert told(capsys, ticks, status=2)["error"]["code"] == "not_of_this_report"


@pytest.mark.parametrize("what", ["roster", "booklet", "missing-papers", "community-cards"])
def test_papers_are_printed(office: list[str], tmp_path: Path, what: str) -> None:
    assert main([*office, "print", what, "-o", str(tmp_path / "纸.pdf")]) == 0
    assert (tmp_path / "纸.pdf").read_bytes().startswith(b"%PDF")


def test_a_filing_form_needs_a_known_name(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "备案表.pdf")
    assert main([*office, "print", "filing-form", "松枫社区公益堂", "-o", path]) == 0
    assert told(capsys, [*office, "print", "filing-form", "无名队", "-o", path], status=3)["error"][
        "code"
    ] == ("organization_missing")


def test_an_act_is_undone_and_done_again(office: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    newest = told(capsys, [*office, "log"])["acts"][0]
    assert (newest["verb"], newest["can_undo"]) == ("导入名册", True)
    undone = told(capsys, [*office, "undo", str(newest["number"])])
    assert undone["verb"] == "撤销：导入名册"
    assert told(capsys, [*office, "check"])["counts"]["organizations"] == 0
    told(capsys, [*office, "undo", str(undone["number"])])
    assert told(capsys, [*office, "check"])["counts"]["organizations"] == 60


def test_a_damaged_attachment_and_one_without_a_record_are_told_by_the_check(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = open_services(Path(office[1]), create=False)
    for name in ("章程.txt", "名单.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    damaged, removed = (services.attachments.add(new_id(), each) for each in sorted(tmp_path.glob("*.txt")))
    services.attachments.remove([removed.id], "传错了")
    services.close()
    [content] = Path(office[1]).glob(f"*.files/??/{damaged.digest}")
    content.chmod(0o600)
    content.write_text("改动过", "utf-8")
    checked = told(capsys, [*office, "check"], status=4)
    assert (checked["whole"], checked["spare_attachments"]) == (False, 1)
    assert checked["faults"] == [f"附件“{damaged.name}”：内容与添加时不同，可能已损坏或被改动"]


def test_an_empty_roster_is_filled_in_and_comes_back(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "模板.xlsx"
    assert main([*office, "export", "roster", "--template", "-o", str(path)]) == 0
    book = load_workbook(path)
    sheet = book["花名册"]
    head = next(row for row in sheet.iter_rows() if "组织名称" in {cell.value for cell in row})
    filled = {
        "组织名称": "松枫社区读书会",
        "所属社区": "松枫社区",
        "类别": "文化体育类",
        "状态": "正常",
        "成员数": 12,
    }
    for cell in head:
        sheet.cell(cell.row + 1, cell.column).value = filled.get(str(cell.value))
    book.save(path)
    came = told(capsys, [*office, "import", "roster", str(path)])
    assert (came["added"], came["refused"]) == (1, 0)


def test_columns_are_mapped_where_the_titles_say_nothing(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    for row in (("一览",), ("序", "队伍", "归哪里"), (1, "银杏合唱团", "松枫社区")):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    reading = [*office, "import", "roster", str(tmp_path / "名册.xlsx"), "--dry-run"]
    assert told(capsys, [*reading, "--columns", "B=组织名称，c=所属社区"])["added"] == 1
    named = ["--header-row", "2", "--columns", "B=组织名称"]
    assert [row["name"] for row in told(capsys, [*reading, *named])["rows"]] == ["银杏合唱团"]
    without = ["--header-row", "0", "--columns", "B=组织名称"]
    assert [row["name"] for row in told(capsys, [*reading, *without])["rows"]] == ["队伍", "银杏合唱团"]
