"""Marks as written into a grid: what they are worth, what is kept of those that are none."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.model.assessment import MarkIssue, ScoreSheet
from core.rules.mark_entry import read_mark, with_marks
from core.rules.scheme_file import read_scheme

SCHEME = read_scheme(
    (Path(__file__).resolve().parents[1] / "data/schemes/everything.toml").read_text(encoding="utf-8")
)
LEAVES = {leaf.code: leaf for category in ("", "巡查类") for leaf in SCHEME.leaves("base", category)}


def units(points: str) -> int:
    return int(Decimal(points) * 10**6)


@pytest.mark.parametrize(
    ("code", "text", "points"),
    [
        ("patrol", "99.5", "99.5"),
        ("patrol", "９９．５ 分", "99.5"),
        ("brand", "12", "12"),
        ("charter", "是", "10"),
        ("charter", "10", "10"),
        ("charter", "否", "0"),
        ("events", "18", "18"),
    ],
)
def test_a_number_is_the_points_and_a_word_is_what_was_found(code: str, text: str, points: str) -> None:
    assert read_mark(LEAVES[code], text) == (units(points), "")


@pytest.mark.parametrize("text", ["", "  ", "/", "缺"])
def test_a_gap_is_no_mark_and_no_fault(text: str) -> None:
    assert read_mark(LEAVES["patrol"], text) == (None, "")


@pytest.mark.parametrize("text", ["99.7", "-1", "优", "1e1", "=1+1", "1.0000001"])
def test_what_is_no_mark_is_told_with_the_range(text: str) -> None:
    mark, why_not = read_mark(LEAVES["patrol"], text)
    assert mark is None
    assert why_not == LEAVES["patrol"].range_text()


def test_a_fault_takes_the_place_of_the_mark_and_a_later_mark_takes_its_place() -> None:
    leaves = SCHEME.leaves("base", "巡查类")
    codes = [leaf.code for leaf in leaves]
    total = MarkIssue("", "99", "与各项之和不一致")
    sheet = ScoreSheet("1", "c", "s", "base", "r", (units("1"),) * len(leaves), (total,), remark="缺评")
    wrong = with_marks(sheet, leaves, {codes[0]: "9999", "unknown": "1"})
    assert wrong.marks[0] is None and wrong.marks[1:] == sheet.marks[1:]
    assert [(each.indicator, each.text) for each in wrong.issues] == [("", "99"), (codes[0], "9999")]
    assert wrong.remark == ""
    right = with_marks(wrong, leaves, {codes[0]: "0"})
    assert right.marks[0] == 0
    assert right.issues == (total,)
