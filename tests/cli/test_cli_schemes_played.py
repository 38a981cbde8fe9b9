"""Each shipped scheme is played through the command line, from opening to archive and verification."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import main
from core.model.ballot_view import Vote

YEAR = 2025
LISTED = (
    "district-awards",
    "governance-pilots",
    "joint-teams",
    "neighbour-models",
    "priority-work",
    "property-stars",
)
"""The schemes whose subjects come from a list."""
KINDS = {"district-awards": "街镇", "neighbour-models": "友邻站", "joint-teams": "队伍"}
SCHEMES = (
    "brand-organizations",
    "district-awards",
    "governance-pilots",
    "joint-teams",
    "neighbour-models",
    "nurture-results",
    "priority-work",
    "property-stars",
    "subdistrict-year",
)


class Office:
    """The command line over one data folder, on the day that `today` says."""

    def __init__(self, folder: Path, capsys, monkeypatch) -> None:
        self.folder, self._capsys = folder, capsys
        self.today = "2025-12-01"
        office = self

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None) -> datetime:
                return datetime.fromisoformat(f"{office.today}T09:00:00")

        monkeypatch.setattr(main, "datetime", Clock)

    def run(self, *arguments: object, status: int = 0) -> dict:
        found = main.main(["--data", str(self.folder), *map(str, arguments), "--json"])
        said = json.loads(self._capsys.readouterr().out)
        assert found == status, said
        return said

    def text(self, *arguments: object) -> str:
        """What a command of the year tells a person."""
        told = ["--data", str(self.folder), *map(str, arguments), "--year", str(YEAR)]
        assert main.main(told) == 0
        return self._capsys.readouterr().out

    def cycle(self, *arguments: object, status: int = 0) -> dict:
        return self.run(*arguments, "--year", YEAR, status=status)


@pytest.fixture
def office(roster_office: Path, tmp_path: Path, capsys, monkeypatch) -> Office:
    return Office(Path(shutil.copytree(roster_office, tmp_path / "office")), capsys, monkeypatch)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_from_opening_to_archive(office: Office, tmp_path: Path, scheme: str) -> None:
    participants = tmp_path / "名单.csv"
    kind = KINDS.get(scheme, "")
    participants.write_text(f"名称,种类,类别\n甲,{kind},\n乙,{kind},\n", "utf-8")
    named = ("--participants", participants) if scheme in LISTED else ()
    opened = office.cycle("assess", "open", "--scheme", scheme, *named)
    assert opened["cycle"] == scheme
    fill_in(office, tmp_path / "评分表")
    cast_ballots(office)
    computed = office.cycle("assess", "compute")
    assert all(each["final"] for each in computed["results"] if each["state"] != "not_assessed")
    status = office.cycle("assess", "status")
    assert [each["code"] for each in status["blockers"]] == []
    office.today = "2025-12-08"
    if status["next"] == "reported":
        office.cycle("assess", "publish", status=3)
        office.cycle("assess", "report")
    noticed = office.cycle("assess", "publish")
    assert (noticed["notice_from"], noticed["notice_note"]) == ("2025-12-08", None)
    office.cycle("assess", "confirm", status=3)
    office.today = "2025-12-22"
    settle_ties(office)
    office.cycle("assess", "confirm")
    office.cycle("assess", "announce")
    shown = office.cycle("assess", "show")
    winners = sum(len(each["winners"]) for each in shown["awards"] if each["amount_fen"])
    assert (len(office.cycle("payments", "propose")["lines"]) > 0) == (winners > 0)
    office.cycle("assess", "archive")
    assert office.cycle("verify")["holds"]
    package = tmp_path / "结果包.json"
    office.cycle("export", "result-package", "-o", package)
    assert office.run("verify", package)["differences"] == []


def fill_in(office: Office, folder: Path) -> None:
    """Send the sheets out, fill every cell with its full mark, take them back."""
    office.cycle("sheets", "out", "-o", folder)
    for path in folder.iterdir():
        book = load_workbook(path)
        for sheet in book.worksheets:
            fill_sheet(sheet)
        book.save(path)
    office.cycle("sheets", "back", folder)


def fill_sheet(sheet: Worksheet) -> None:
    full: dict[int, float] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.protection.locked:
                if found := re.search(r"（([\d.]+)分）", str(cell.value or "")):
                    full[cell.column] = float(found[1])
            elif cell.column in full:
                cell.value = full[cell.column]


def cast_ballots(office: Office) -> None:
    """Put enough ballots into every box, each entered by two people."""
    services = main.open_services(office.folder, create=False)
    view = services.assessments.year(YEAR)
    for tally in services.ballots.tally(YEAR):
        leaves = view.scheme.leaves(tally.stage.code, tally.subject.category)
        answers = tuple(f"{leaf.full.normalize():f}" for leaf in leaves)
        for number in range(1, tally.minimum + 1):
            vote = Vote(tally.stage.code, tally.rater.code, tally.subject.id, number, answers)
            services.ballots.enter(YEAR, vote, "甲")
            services.ballots.enter(YEAR, vote, "乙", second=True)
    services.close()


def settle_ties(office: Office) -> None:
    """All are equals: the leading group puts the undecided of each award in some order, one after another."""
    said = ("--body", "领导小组", "--persons", "组长", "--reason", "投票")
    while waiting := undecided(office):
        code, category, names = waiting[0]
        which = ("--category", category) if category else ()
        office.cycle("decide", "tie", "--award", code, "--order", ",".join(names), *said, *which)


def undecided(office: Office) -> list[tuple[str, str, list[str]]]:
    shown = office.cycle("assess", "show")
    names = {each["subject"]: each["name"] for each in shown["results"]}
    return [
        (each["code"], each["category"], [names[one] for one in each["undecided"]])
        for each in shown["awards"]
        if each["undecided"]
    ]


def test_people_settle_what_rules_cannot(office: Office, tmp_path: Path, capsys) -> None:
    """Entries, recusals, ballots, objections, decisions and revocations, each told by name and number."""
    open_housing_areas(office, tmp_path)
    enter_ballots(office)
    assert [each["valid"] for each in office.cycle("ballots", "tally")["boxes"]] == [3, 3]
    said = ("--reason", "消防通道堵塞", "--evidence", "检查记录")
    office.cycle("entry", "add", "乙小区", "--kind", "deduction", "--points", 2, *said)
    office.cycle("entry", "lift", 1, "--reason", "已整改")
    veto = office.cycle("entry", "add", "乙小区", "--kind", "veto", "--item", "引发群体性上访", *said)
    assert veto["entries"][1]["entry"]["item"] == "petition"
    office.cycle("entry", "lift", 2, "--reason", "查无此事")
    recused = ("recuse", "乙小区", "--stage", "季度检查", "--rater", "街道物业办")
    assert office.cycle(*recused, "--reason", "业主")["rater"] == "office"
    told = office.cycle(*recused[:-1], "物业办", "--reason", "业主", status=3)["error"]
    assert "office\uff08街道物业办\uff09" in told["remedy"]
    office.cycle(*recused, "--lift")
    office.cycle("assess", "compute")
    assert "还没有作过决定，也没有撤销过" in office.text("decide", "list")
    office.cycle("assess", "publish")
    office.cycle("assess", "rename", "--title", "年终", status=3)
    office.cycle("object", "register", "甲小区", "--by", "业主", "--content", "楼道未清")
    office.cycle("object", "check", 1, "--by", "物业办", "--finding", "属实")
    ruling = ("--by", "物业办", "--upheld", "--score", 60, "--persons", "主任", "--reason", "扣分")
    assert office.cycle("object", "decide", 1, *ruling)["objections"][0]["objection"]["state"] == "upheld"
    office.cycle("object", "answer", 1, "--answer", "已改为 60 分")
    assert [each["decision"]["score"] for each in office.cycle("decide", "list")["decisions"]] == ["60"]
    office.cycle("decide", "grade", "甲小区", "--grade", "没有", *decision(), status=2)
    assert "其余的决定照旧" in office.text("decide", "lift", 1, "--reason", "复查")
    office.cycle("decide", "lift", 7, "--reason", "复查", status=3)
    office.today = "2025-12-22"
    office.cycle("revoke", "甲小区", "--body", "街道", "--reason", "造假", status=3)
    settle_ties(office)
    assert "先进物业小区奖补" in office.text("decide", "list")
    office.cycle("assess", "confirm")
    office.cycle("assess", "announce")
    revoked = office.cycle("revoke", "甲小区", "--body", "街道", "--reason", "造假")
    assert "还没有登记，请登记奖金" in revoked["reminder"]
    office.cycle("revoke", "甲小区", "--body", "街道", "--reason", "造假", status=3)
    lifted = office.text("revoke", "甲小区", "--lift", "--reason", "查无实据")
    assert f"payments propose --year {YEAR}" in lifted and "造假；已取消：查无实据" in lifted
    office.cycle("payments", "propose")
    assert "reminder" not in office.cycle("decide", "list")
    assert office.cycle("payments", "list")["lines"]
    assert office.run("payments", "totals", "--by", "award")["rows"]
    assert main.main(["--data", str(office.folder), "payments", "totals", "--by", "award"]) == 0
    assert "30,000.00" in capsys.readouterr().out
    office.cycle("export", "results", "-o", tmp_path / "结果.xlsx")
    assert office.cycle("verify")["holds"]
    assert office.run("assess", "list")["cycles"][0]["state"] == "announced"


def open_housing_areas(office: Office, tmp_path: Path) -> None:
    """Two areas with all their marks; on the way what is missing is told with what to do."""
    participants = tmp_path / "名单.csv"
    participants.write_text("名称,种类,类别\n甲小区,小区,\n乙小区,小区,\n", "utf-8")
    opening = ("assess", "open", "--scheme", "property-stars")
    assert "--participants" in office.cycle(*opening, status=3)["error"]["remedy"]
    office.cycle(*opening, "--participants", tmp_path / "没有.csv", status=4)
    office.cycle(*opening, "--participants", participants)
    assert office.cycle("assess", "rename", "--title", "年终评定")["title"] == "年终评定"
    fill_in(office, tmp_path / "评分表")
    office.cycle("sheets", "missing", "-o", tmp_path / "催交.pdf")
    assert not (tmp_path / "催交.pdf").exists()
    assert "2 个对象还没有结果" in office.text("assess", "compute")
    assert "命令：assess publish --year 2025 --cycle property-stars" in office.text("assess", "status")
    assert "--accept-missing" in office.cycle("assess", "publish", status=3)["error"]["remedy"]
    cast_ballots(office)


def decision() -> tuple[str, ...]:
    return ("--body", "领导小组", "--persons", "组长", "--reason", "会议")


def enter_ballots(office: Office) -> None:
    """One by two people, one on which they differ; both are declared invalid."""
    box = ("甲小区", "--stage", "residents", "--rater", "ballots", "--number")
    answers, invalid = answers_of(office), ("--reason", "不是业主")
    office.cycle("ballots", "enter", *box, 9, "--answers", answers, "--by", "甲")
    second = ("--by", "乙", "--second")
    office.cycle("ballots", "enter", *box, 9, "--answers", answers, "--by", "甲", "--second", status=3)
    assert office.cycle("ballots", "enter", *box, 9, "--answers", answers, *second)["counts"]
    assert not office.cycle("ballots", "invalidate", *box, 9, *invalid)["counts"]
    assert office.cycle("ballots", "differences")["differences"] == []
    office.cycle("ballots", "enter", *box, 10, "--answers", answers, "--by", "甲")
    office.cycle("ballots", "enter", *box, 10, "--answers", re.sub("[^,]", "", answers), *second)
    assert "第 10 号\uff08业主测评票，甲小区\uff09" in office.text("ballots", "differences")
    office.cycle("ballots", "invalidate", *box, 10, *invalid)


def answers_of(office: Office) -> str:
    services = main.open_services(office.folder, create=False)
    leaves = services.assessments.year(YEAR).scheme.leaves("residents")
    services.close()
    return ",".join(f"{leaf.full.normalize():f}" for leaf in leaves)
