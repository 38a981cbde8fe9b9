"""`assess status --rater`: what one rater sees of the others, and what the scheme hides."""

import json
import shutil
from pathlib import Path

import pytest

import main
from tests.core.joint_panel import NAMES, SCHEME, YEAR, give

Said = tuple[dict, str]


class Office:
    """The command line over one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def run(self, *arguments: object, status: int = 0) -> str:
        assert main.main(["--data", str(self.folder), *map(str, arguments)]) == status
        said = self._capsys.readouterr()
        return said.err if status else said.out

    def open(self, tmp_path: Path, **settings: str) -> None:
        scheme, listed = tmp_path / "评比.toml", tmp_path / "名单.csv"
        hidden = {"sheets": "never", "means": "never", "ranks": "never"}
        scheme.write_text(SCHEME.format(**hidden | settings), "utf-8")
        listed.write_text("名称,种类,类别\n" + "".join(f"{name},小区,\n" for name in NAMES), "utf-8")
        self.run("scheme", "import", scheme)
        self.run("assess", "open", "--scheme", "panel", "--year", YEAR, "--participants", listed)

    def mark(self, rater: str, *points: str) -> None:
        services = main.open_services(self.folder, create=False)
        give(services, rater, *points)
        services.close()

    def seen(self, *rater: str) -> Said:
        """What a program reads, and what a person does."""
        asked = ("assess", "status", "--year", YEAR, "--rater", *rater)
        return json.loads(self.run(*asked, "--json"))["seen"], self.run(*asked)


@pytest.fixture
def office(new_office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(Path(shutil.copytree(new_office, tmp_path / "office")), capsys)


def test_what_the_scheme_hides_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    office.open(tmp_path)
    office.mark("first", "45", "40", "35")
    data, text = office.seen("first")
    assert data["own_delivered"] and data["subjects"] == []
    assert data["may_see"]["means"] == {"now": False, "setting": "never"}
    assert "目前名次：考核方案规定不给评分方看。" in text and "甲小区" not in text


def test_after_the_own_sheets_the_others_are_told(office: Office, tmp_path: Path) -> None:
    office.open(tmp_path, sheets="after_own", ranks="after_own", means="always")
    office.mark("first", "45", "40", "35")
    data, text = office.seen("second", "--stage", "joint")
    assert data["subjects"][0].keys() == {"subject", "name", "mean"}
    assert data["subjects"][0]["mean"] == "90.00"
    assert "其他评分方：本方的评分表交齐以后才看得到。" in text and "一组" not in text.split("看得到")[-1]
    office.mark("second", "42", "41", "40")
    data, text = office.seen("second")
    assert [each["rank"] for each in data["subjects"]] == [1, 2, 3]
    assert data["subjects"][2]["others"] == [
        {"rater": "first", "name": "一组", "total": "35.00"},
        {"rater": "box", "name": "居民", "total": None},
    ]
    lines = [line.split() for line in text.splitlines()]
    assert ["考核对象", "一组", "居民", "目前均分", "目前名次"] in lines
    assert ["甲小区", "45.00", "—", "88.00", "1"] in lines


def test_ranks_alone_are_told_always(office: Office, tmp_path: Path) -> None:
    office.open(tmp_path, ranks="always")
    office.mark("first", "45", "40", "45")
    data, _ = office.seen("box")
    assert [each["rank"] for each in data["subjects"]] == [1, 3, 1]
    assert not any({"mean", "others"} & each.keys() for each in data["subjects"])


def test_an_unknown_rater_and_a_stage_alone_are_refused(office: Office, tmp_path: Path) -> None:
    office.open(tmp_path)
    status = ("assess", "status", "--year", YEAR)
    assert "first\uff08一组\uff09" in office.run(*status, "--rater", "nobody", status=3)
    assert "--rater" in office.run(*status, "--stage", "joint", status=2)
    assert "seen" not in json.loads(office.run(*status, "--json"))
