"""`lens` on the command line: lines for a person, an object for a program, a file for the leader."""

import json
from pathlib import Path

import pytest

import main
from core.services.services import Services

YEAR = 2025


@pytest.fixture
def computed(sample: Services, tmp_path: Path) -> tuple[str, str]:
    """Leading arguments of the sample office with its year computed."""
    sample.assessments.compute(YEAR)
    folder = Path(sample.store.path).parent
    sample.close()
    return "--data", str(folder)


def test_lens_tells_persons_and_programs_the_same(computed, tmp_path: Path, capsys) -> None:
    file = tmp_path / "分析.xlsx"
    assert main.main([*computed, "lens", "--year", str(YEAR), "-o", str(file)]) == 0
    lines = capsys.readouterr().out
    assert main.main([*computed, "lens", "--year", str(YEAR), "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert file.read_bytes()[:2] == b"PK"
    assert "只供本单位内部参考" in lines
    (stage,) = seen["stages"]
    assert stage["concordance_words"] in lines and stage["spread_words"] in lines
    assert [one["name"] for one in stage["raters"]] == [
        "自评",
        "社区初评",
        "联动部门",
        "社会事务办",
        "群众测评",
    ]
    assert all(one["severity_words"] in lines for one in stage["raters"])
    for part in ("deciding", "without", "one_point"):
        assert seen[part]["cases"]
        assert all(case["words"] in lines for case in seen[part]["cases"])
    for shift in seen["deciding"]["cases"][0]["shifts"]:
        assert shift["before"] != shift["after"]


def test_an_unknown_cycle_is_told(computed, capsys) -> None:
    assert main.main([*computed, "lens", "--year", str(YEAR), "--cycle", "没有"]) == 3
    assert "没有代号为“没有”的考核" in capsys.readouterr().err
