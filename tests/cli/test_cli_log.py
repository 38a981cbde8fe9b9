"""The log on the command line: what is listed, handed out and verified."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.sqlite_engine import connect
from main import main


@pytest.fixture
def office(roster_office: Path, tmp_path: Path) -> str:
    return str(shutil.copytree(roster_office, tmp_path / "office"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == status
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_log_is_listed_and_narrowed(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    everything = told(capsys, "--data", office, "log")["acts"]
    assert told(capsys, "--data", office, "log", "list")["acts"] == everything
    verb, by = everything[0]["verb"], everything[0]["actor"]
    found = told(capsys, "--data", office, "log", "--text", verb, "--by", by, "--kind", "社会组织")["acts"]
    assert [each["number"] for each in found] == [everything[0]["number"]]
    told(capsys, "--data", office, "export", "roster", "-o", str(Path(office) / "名册.xlsx"))
    looked = told(capsys, "--data", office, "log", "--looks")["acts"]
    assert [each["verb"] for each in looked] == ["导出完整号码"]
    assert told(capsys, "--data", office, "log", "--entries")["acts"] == []
    assert told(capsys, "--data", office, "log", "--until", "2020-01-01")["acts"] == []
    assert told(capsys, "--data", office, "log", "--from", "2020-01-01")["acts"]
    assert (
        told(capsys, "--data", office, "log", "--kind", "飞船", status=2)["error"]["code"] == "no_such_kind"
    )


def test_a_whole_log_is_verified_and_its_head_is_found_again(
    office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, "--data", office, "log", "verify")
    assert (found["whole"], found["faults"]) == (True, [])
    head = found["head"]
    number, first, second = head.split("-")
    typed = [
        head,
        f"{first} {second}",
        head.lower().replace("-", " "),
        found["digest"],
        f"第{number}号 {first}{second}",
    ]
    again = told(
        capsys, "--data", office, "log", "verify", *(part for each in typed for part in ("--head", each))
    )
    assert [each["number"] for each in again["heads"]] == [int(number)] * len(typed)


@pytest.mark.parametrize("typed", ["12345", "校验码", "XYZW-1234", "1-2", ""])
def test_what_is_no_head_is_told(office: str, typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    error = told(capsys, "--data", office, "log", "verify", "--head", typed, status=2)["error"]
    assert error["code"] == "no_chain_head"


def test_a_cut_tail_is_noticed_by_the_head_of_a_paper(
    office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = told(capsys, "--data", office, "log", "verify")["head"]
    with closing(connect(Path(office) / "shepingtong.sqlite", foreign_keys=False)) as other:
        for table in ("changes", "acts", "act_digests"):
            other.execute(f"DROP TRIGGER {table}_refuse_delete").close()
        (last,) = other.execute("SELECT max(number) FROM acts").fetchone()
        other.execute("DELETE FROM changes WHERE act_number = ?", (last,)).close()
        other.execute("DELETE FROM acts WHERE number = ?", (last,)).close()
        other.execute("DELETE FROM act_digests WHERE act_number = ?", (last,)).close()
    assert told(capsys, "--data", office, "log", "verify")["whole"] is True
    found = told(capsys, "--data", office, "log", "verify", "--head", kept, status=4)
    assert found["heads"][0]["fits"] is False
    assert "截去" in found["heads"][0]["message"]


def test_an_altered_act_is_named(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(connect(Path(office) / "shepingtong.sqlite")) as other:
        other.execute("DROP TRIGGER acts_refuse_update").close()
        other.execute("UPDATE acts SET actor = '王五' WHERE number = 1").close()
    found = told(capsys, "--data", office, "log", "verify", status=4)
    assert [each["number"] for each in found["faults"]] == [1]
    assert main(["--data", office, "log", "verify"]) == 4
    assert "操作日志第 1 号：内容与校验码不符" in capsys.readouterr().out


def test_the_log_goes_out_as_a_table_without_whole_numbers(
    office: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "日志.xlsx"
    told(capsys, "--data", office, "log", "export", "-o", str(out))
    book = load_workbook(out)
    assert book.sheetnames == ["操作", "改动"]
    texts = [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]
    assert any("日志校验码" in each for each in texts)
    phones = [each for each in texts if "****" in each]
    assert phones
    assert told(capsys, "--data", office, "log", "export", status=2)["error"]["code"] == "wrong_use"


@pytest.mark.parametrize("number", ["99999999999999999999", "1_0", "²", "0", "-1"])
def test_a_number_that_no_act_can_have_is_no_sign_of_damage(
    office: str, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "--data", office, "undo", number, status=2)["error"]["code"] == "wrong_use"
    assert told(capsys, "--data", office, "log", "--limit", number, status=2)["error"]["code"] == "wrong_use"
