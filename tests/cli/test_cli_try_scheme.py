"""`try-scheme` as an author of schemes meets it."""

import json
import re
from pathlib import Path

import pytest

import main

MANUAL = (Path(main.__file__).parent / "docs/try-scheme.md").read_text(encoding="utf-8")
SCHEME = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)[0]
SHEETS, ANSWER = re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)

Capture = pytest.CaptureFixture[str]


def run(folder: Path, capsys: Capture, scheme: str, sheets: str, *more: str) -> tuple[int, str, str]:
    """Status, standard output and standard error of a trial."""
    files = folder / "方案.toml", folder / "评分.json"
    for file, text in zip(files, (scheme, sheets), strict=True):
        file.write_text(text, encoding="utf-8")
    status = main.main(["--data", str(folder), "try-scheme", *map(str, files), *more])
    return status, *capsys.readouterr()


def test_the_example_in_the_manual_computes_to_what_it_says(tmp_path: Path, capsys: Capture) -> None:
    status, out, err = run(tmp_path, capsys, SCHEME, SHEETS, "--json")

    assert (status, err) == (0, "")
    assert json.loads(out) == json.loads(ANSWER)


def test_awards_money_and_findings_are_listed(tmp_path: Path, capsys: Capture) -> None:
    scheme = SCHEME.replace("number = 1\n", "number = 3\n").replace(
        "budget_yuan = 1000", "budget_yuan = 3000"
    )

    status, out, _ = run(tmp_path, capsys, scheme, SHEETS)

    assert status == 0
    assert "优秀奖：松枫社区合唱团（每个 1,000 元）\n    空缺 2 个名额" in out
    assert "扶持资金合计 1,000 元 / 预算 3,000 元" in out
    assert "注意：奖项“优秀奖”：名额 3 个，参评对象只有 1 个" in out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("budget_yuan = 1000", "budget_yuan = 1e999999999", "budget_yuan：数字太大"),
        ("full = 100", "full = ", "第 4 行"),
        ("19/20", "1e999999999/1", "“1e999999999/1”换算不成“办结率”的分数"),
        ("松枫社区合唱团", "\\ud800", "残缺的字"),
        ('"work": 75', '"work": 95', "95.00 分不在范围内"),
    ],
)
def test_faulty_files_are_told_once_and_with_status_4(
    tmp_path: Path, capsys: Capture, old: str, new: str, words: str
) -> None:
    status, out, err = run(tmp_path, capsys, SCHEME.replace(old, new), SHEETS.replace(old, new))

    assert (status, out) == (4, "")
    assert err.count(words) == 1
    assert "程序出错" not in err
