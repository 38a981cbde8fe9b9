"""R1: what each kind of leaf can earn."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.model.scheme import Indicator
from core.rules.leaf_marks import allows, points_for
from core.rules.scheme_file import read_scheme

SCHEME = read_scheme(
    (Path(__file__).resolve().parents[1] / "data/schemes/everything.toml").read_text(encoding="utf-8")
)
LEAVES = {leaf.code: leaf for category in ("", "巡查类") for leaf in SCHEME.leaves("base", category)}


def units(points: str) -> int:
    return int(Decimal(points) * 10**6)


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("patrol", ("0", "99.5", "100"), ("-0.5", "99.7", "100.5")),
        ("brand", ("20", "12", "0"), ("15", "21")),
        ("visits", ("20", "10", "0"), ("5",)),
        ("events", ("1.5", "18", "20"), ("2", "21")),
        ("files", ("0", "9.99", "10"), ("-1", "10.01")),
        ("charter", ("0", "10"), ("5",)),
    ],
)
def test_points_in_and_out_of_range(code: str, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    leaf = LEAVES[code]

    assert [allows(leaf, units(points)) for points in right] == [True] * len(right)
    assert [allows(leaf, units(points)) for points in wrong] == [False] * len(wrong)


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("patrol", "88.5", "88.5"),
        ("brand", "区级", "12"),
        ("visits", "999", "10"),
        ("visits", "499", "0"),
        ("events", "4", "6"),
        ("events", "100", "20"),
        ("files", "2.5", "7.5"),
        ("files", "12", "0"),
        ("satisfied", "93.3", "9.33"),
        ("satisfied", "100%", "10"),
        ("settled", "19/20", "10"),
        ("settled", "2/3", "7.017544"),
        ("charter", "是", "10"),
    ],
)
def test_what_was_found_becomes_points(code: str, value: str, points: str) -> None:
    assert points_for(LEAVES[code], value) == units(points)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("patrol", "88.1"),
        ("patrol", "一百"),
        ("patrol", "NaN"),
        ("patrol", "1e999999999"),
        ("patrol", "1_0"),
        ("visits", "Infinity"),
        ("brand", "国家级"),
        ("events", "-1"),
        ("events", "1.5"),
        ("files", "-1"),
        ("satisfied", "101"),
        ("satisfied", "100.000001%"),
        ("satisfied", "-1"),
        ("settled", "1/0"),
        ("settled", "5"),
        ("settled", "-19/-20"),
        ("settled", "19/20/1"),
        ("charter", "或许"),
    ],
)
def test_what_cannot_be_is_refused(code: str, value: str) -> None:
    assert points_for(LEAVES[code], value) is None


def test_ranges_are_told_in_words() -> None:
    assert LEAVES["patrol"].range_text() == "应在 0 至 100 分之间，每档 0.5 分"
    assert LEAVES["brand"].range_text() == "只能是 20 分、12 分、0 分"
    assert LEAVES["events"].range_text() == "应在 0 至 20 分之间，每项 1.5 分"
    assert Indicator("x", "一", Decimal("7.5")).range_text() == "应在 0 至 7.5 分之间"


def test_what_is_to_be_minded_in_filling_in_is_told_by_kind() -> None:
    assert LEAVES["patrol"].filling_hint() == ""
    assert LEAVES["files"].filling_hint() == "填扣完以后的得分，不是扣了几分"
    assert LEAVES["brand"].filling_hint() == "也可填“市级”“区级”“没有”"
