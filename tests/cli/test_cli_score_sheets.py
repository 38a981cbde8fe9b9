"""Score sheets on the command line: out, back, missing."""

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from main import main

YEAR = ("--year", "2025")


@pytest.fixture
def office(sample_store: Path, tmp_path: Path) -> list[str]:
    """A data folder with the sample year."""
    folder = tmp_path / "数据"
    folder.mkdir()
    (folder / "shepingtong.sqlite").write_bytes(sample_store.read_bytes())
    return ["--data", str(folder)]


def told(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*arguments, "--json"]) == status
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_out_and_back(office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "发出"
    out = [*office, "sheets", "out", *YEAR, "-o", str(folder)]
    paths = [Path(each) for each in told(capsys, out)["files"]]
    assert [path.parent for path in paths] == [folder] * 5
    assert told(capsys, out, status=3)["error"]["code"] == "forms_exist"

    book = load_workbook(paths[0])
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row):
        for column in range(4, 12):
            sheet.cell(row, column).value = 9
    sheet["D4"] = 99
    book.save(paths[0])
    (folder / "坏.xlsx").write_bytes(b"x")
    back = [*office, "sheets", "back", str(folder), *YEAR]
    seen = told(capsys, [*back, "--dry-run"], status=1)
    assert (seen["stored"], seen["added"], seen["changed"]) == (False, 3, 55)
    assert [each["state"] for each in seen["files"]] == ["refused", *["empty"] * 4, "incomplete"]
    assert [each["message"] for each in seen["problems"]] == ["写的是“99”，超过满分 15 分，没有计入"]
    assert told(capsys, back, status=1)["stored"]
    assert told(capsys, [*back, "--dry-run"], status=1)["same"] == 58
    capsys.readouterr()
    assert main(back) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("6 个文件，已收回 1 份评分表：新增评分 0 份，更改 0 份，相同 58 份")
    assert "        “坏.xlsx”不是 Excel 文件，或者已经损坏。——" in "\n".join(lines)


def test_missing_as_pdf_and_excel(
    office: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = [*office, "sheets", "missing", *YEAR]
    late = told(capsys, [*missing, "-o", str(tmp_path / "催交.pdf")])["late"]
    assert [(each["rater"], each["expected"], each["delivered"]) for each in late] == [
        ("自评", 58, 55),
        ("社区初评", 58, 57),
        ("联动部门", 58, 57),
        ("群众测评", 58, 55),
    ]
    text = pypdfium2.PdfDocument(tmp_path / "催交.pdf")[0].get_textpage().get_text_bounded()
    assert (
        "2025年度街道社会组织年度考核评分表催交名单" in text and "没有填全 1 个：梅园社区业主互助会" in text
    )
    told(capsys, [*missing, "-o", str(tmp_path / "催交.xlsx")])
    rows = list(load_workbook(tmp_path / "催交.xlsx").active.iter_rows(values_only=True))
    assert rows[3][2] == "自评"
