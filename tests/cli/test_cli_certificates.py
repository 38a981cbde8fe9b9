"""Certificates through the command line: issued, overprinted, registered, calibrated, verified."""

import io
import json
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

import main
from core.model.written_document import IssuedPaper
from core.rules.certificate_content import read_content
from db.store import open_store

FIRST = "示例街办证〔2026〕第001号"


@pytest.fixture(scope="module")
def issued(computed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample office with its certificates of 2025 issued."""
    folder = tmp_path_factory.mktemp("certificates")
    shutil.copy(computed_store, folder)
    assert main.main(["--data", str(folder), *issuing(folder / "证书.pdf")]) == 0
    return folder


def issuing(output: Path, *more: object) -> list[str]:
    return ["certificates", "--year", "2025", "--date", "2026-01-08", "-o", str(output), *map(str, more)]


@pytest.fixture
def office(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "office"))


@pytest.fixture
def run(office: Path, capsys: pytest.CaptureFixture[str]):
    """Runs a command; its status and its JSON."""

    def call(*arguments: object) -> tuple[int, dict]:
        status = main.main(["--data", str(office), *map(str, arguments), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return call


def test_one_file_each_with_names_that_any_system_takes(run, tmp_path: Path) -> None:
    status, made = run(*issuing(tmp_path / "一张一个", "--separate"))
    assert status == 0
    assert sorted(each.name for each in (tmp_path / "一张一个").iterdir()) == sorted(made["files"])
    assert made["files"][0] == f"{FIRST} 凤凰社区楼宇经济联合会.pdf"
    assert all(len(pypdfium2.PdfDocument(each)) == 1 for each in (tmp_path / "一张一个").iterdir())


def test_calibrated_and_overprinted(run, tmp_path: Path) -> None:
    status, sheet = run("certificate", "calibration-sheet", "a4-honor", "-o", tmp_path / "校准页.pdf")
    assert (status, len(sheet["crosses"])) == (0, 9)
    read = [("--reading", f"{n}={x + 1.5},{y - 0.8}") for n, (x, y) in enumerate(sheet["crosses"], start=1)]
    printer = ("--printer", "二楼激光", "--tray", "手动")
    status, found = run(
        "certificate", "calibrate", "a4-honor", *printer, *(part for each in read for part in each)
    )
    assert (status, found["dx"], found["dy"], found["scale_x"], found["after_mm"]) == (
        0,
        -1.5,
        0.8,
        100.0,
        0.0,
    )
    assert run("certificate", "profiles")[1]["profiles"][0]["dx"] == "-1.5"
    again = tmp_path / "再校准.pdf"
    assert run("certificate", "calibration-sheet", "a4-honor", *printer, "-o", again)[0] == 0
    status, made = run(*issuing(tmp_path / "套打.pdf", "--part", "text", *printer))
    assert (status, len(made["certificates"])) == (0, 5)
    status, lines = run("certificate", "register", "--words", "凤凰 楼宇")
    assert [(each["number"], each["state"], each["copies"]) for each in lines["certificates"]] == [
        (FIRST, "printed", 1)
    ]
    assert run("certificate", "stock")[1]["stock"] == [
        {"form": "A4 荣誉证书", "received": 0, "used": 5, "spoiled": 0, "balance": -5}
    ]


def test_a_printer_that_was_not_measured_prints_nothing(run, tmp_path: Path) -> None:
    status, told = run(*issuing(tmp_path / "a.pdf", "--part", "text", "--printer", "三楼"))
    assert (status, told["error"]["code"]) == (3, "profile_missing")
    assert not (tmp_path / "a.pdf").exists()


def test_from_hand_to_hand_and_verified(run, office: Path, tmp_path: Path, monkeypatch) -> None:
    code = code_of(office)
    assert run("verify-certificate", code)[1]["good"]
    status, handed = run(
        "certificate", "record", FIRST, "--event", "handed_over", "--by", "李四", "--date", "2026-01-09"
    )
    assert (status, handed["certificates"][0]["state"]) == (0, "handed_over")
    assert run("numbers", "receipt", FIRST)[1]["error"]["code"] == "number_missing"
    run("certificate", "record", FIRST, "--event", "revoked", "--reason", "材料不实", "--date", "2026-02-01")
    monkeypatch.setattr(sys, "stdin", io.StringIO(code))
    status, check = run("verify-certificate", "-")
    assert (status, check["genuine"], check["good"], check["revoked_on"]) == (3, True, False, "2026-02-01")
    typed = (
        "--number",
        FIRST,
        "--name",
        "别的组织",
        "--result",
        "2025年度优秀社会组织奖",
        "--code",
        code[-14:],
    )
    status, forged = run("verify-certificate", *typed)
    assert (status, forged["genuine"]) == (3, False)
    table = tmp_path / "登记簿.xlsx"
    assert run("certificate", "register", "-o", table)[0] == 0
    rows = CalamineWorkbook.from_path(table).get_sheet_by_index(0).to_python()
    assert any("已撤销" in row and "李四" in row for row in rows)


def code_of(office: Path) -> str:
    """What the QR code of the first certificate says."""
    with closing(open_store(office / "shepingtong.sqlite")) as store, store.reading() as view:
        content = read_content(view.all(IssuedPaper, kind="certificate")[0])
    assert content is not None
    return content.certificate.qr


def test_made_again_byte_for_byte(run, issued: Path, tmp_path: Path) -> None:
    status, made = run("certificate", "again", FIRST, "-o", tmp_path / "再来.pdf")
    assert (status, made["bytes"]) == (0, (tmp_path / "再来.pdf").stat().st_size)
    assert (tmp_path / "再来.pdf").read_bytes() == (issued / "证书.pdf").read_bytes()
    assert run("certificate", "again", FIRST, "--alone", "-o", tmp_path / "一张.pdf")[0] == 0
    assert len(pypdfium2.PdfDocument(tmp_path / "一张.pdf")) == 1


def test_forms_and_kinds_go_out_and_come_back(run, tmp_path: Path) -> None:
    form, kind = tmp_path / "版式.toml", tmp_path / "模板.toml"
    assert run("certificate", "export-form", "8k-honor", "-o", form)[0] == 0
    form.write_text(form.read_text("utf-8").replace("width = 370", "width = 375"), "utf-8")
    assert run("certificate", "import-form", form)[1]["size_mm"] == "375×260"
    assert {each["code"]: each["whose"] for each in run("certificate", "forms")[1]["forms"]}[
        "8k-honor"
    ] == "本单位"
    assert run("certificate", "restore", "8k-honor")[0] == 0
    assert run("certificate", "export-kind", "certificate", "-o", kind)[0] == 0
    kind.write_text(kind.read_text("utf-8").replace("{奖项}", "{将项}"), "utf-8")
    status, told = run("certificate", "import-kind", kind)
    assert status == 4 and "将项" in told["error"]["problems"][0]
    assert len(run("certificate", "kinds")[1]["kinds"]) == 5


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("certificates", "--year", "2025", "-o", ""), 2),
        (("certificates", "--year", "2025", "--kind", "没有", "-o", "a.pdf"), 3),
        (("certificate", "record", "第9号", "--event", "handed_over", "--by", "李四"), 3),
        (("certificate", "record", FIRST, "--event", "lost"), 2),
        (("certificate", "calibrate", "a4-honor", "--printer", "甲", "--reading", "1=2"), 2),
        (("certificate", "calibrate", "a4-honor", "--printer", "甲", "--reading", "1=200,100"), 2),
        (("verify-certificate",), 2),
        (("verify-certificate", "网址"), 2),
        (("certificate", "export-form", "没有", "-o", "a.toml"), 3),
    ],
)
def test_bad_input_is_told(run, tmp_path: Path, monkeypatch, arguments: tuple[str, ...], status: int) -> None:
    monkeypatch.chdir(tmp_path)
    given, told = run(*arguments)
    assert (given, bool(told["error"]["message"])) == (status, True)
    assert list(tmp_path.glob("a.*")) == []


def test_where_nothing_can_be_put_no_number_is_given(run, tmp_path: Path) -> None:
    taken = tmp_path / "文件"
    taken.write_text("占着")
    for output in (tmp_path, taken / "证书.pdf"):
        status, _ = run(*issuing(output, "--kind", "merit-certificate"))
        assert status == 4
    assert run("certificate", "register", "--kind", "奖状")[1]["certificates"] == []
