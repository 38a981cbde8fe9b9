"""Conditions of an award and the direct path (R13)."""

from dataclasses import replace

import pytest

from core.errors import InvalidInput
from core.model.assessment import EntryKind
from core.model.condition import Condition, Fact
from core.rules.assessing import assess
from core.rules.scheme_file import read_scheme
from tests.core.engine_cases import (
    EXCELLENT,
    GOOD,
    a_scheme,
    a_sheet,
    a_subject,
    an_entry,
    outcome_of,
    workings,
)

TOTALS = {"a": "97", "b": "96", "c": "95", "d": "70"}


@pytest.mark.parametrize(
    ("filed_on", "wins"),
    [("2023-06-30", True), ("2023-07-01", False), ("2023", False), ("2022", True), ("", False)],
)
def test_a_vague_date_counts_as_its_last_day(filed_on: str, wins: bool) -> None:
    asked = replace(EXCELLENT, conditions=(Condition(Fact.FILED_ON, until="2023-06-30"),))

    outcome = assess(a_scheme(awards=(asked,)), [a_subject("1", filed_on=filed_on)], [a_sheet("1", "95")], [])

    assert bool(outcome.awards[0].winners) is wins


def test_award_passes_over_those_who_do_not_meet_its_conditions() -> None:
    asked = replace(
        EXCELLENT,
        conditions=(
            Condition(Fact.PREVIOUS_GRADE, none_of=("基本合格",)),
            Condition(Fact.FILED_ON, until="2023-12-31"),
        ),
    )
    subjects = [
        a_subject("a", previous_grade="基本合格", filed_on="2020-01-01"),
        a_subject("b", previous_grade="良好", filed_on="2020-01-01"),
        a_subject("c", previous_grade="", filed_on=""),
    ]
    sheets = [a_sheet(subject.id, TOTALS[subject.id]) for subject in subjects]
    outcome = assess(a_scheme(awards=(asked,)), subjects, sheets, [])
    assert outcome.awards[0].winners == ("b",)
    assert outcome.awards[0].open_places == 1
    assert workings(outcome, "R13") == ["上年等次不符合评奖条件"]
    assert workings(outcome, "R13", 2) == ["备案（登记）日期不符合评奖条件"]


def test_proof_confirms_an_award_whatever_the_grade() -> None:
    proof = an_entry("d", EntryKind.DIRECT, item="excellent", evidence="市级奖项文件")
    outcome = outcome_of(a_scheme(awards=(EXCELLENT, GOOD)), TOTALS, [proof])
    assert outcome.awards[0].winners == ("d", "a")
    assert outcome.awards[1].winners == ("b", "c")
    assert outcome.results[3].award == "优秀奖"
    assert "凭证明直接认定，不比较总分" in workings(outcome, "R13", 3)


def test_only_confirmed_winners_leave_no_border() -> None:
    proof = an_entry("d", EntryKind.DIRECT, item="excellent")
    outcome = outcome_of(a_scheme(awards=(EXCELLENT,)), {"d": "70", "e": "65"}, [proof])
    assert outcome.awards[0].winners == ("d",)


def test_veto_bars_the_direct_path_too() -> None:
    entries = [an_entry("d", EntryKind.DIRECT, item="excellent"), an_entry("d", EntryKind.VETO)]
    outcome = outcome_of(a_scheme(awards=(EXCELLENT,)), TOTALS, entries)
    assert outcome.awards[0].winners == ("a", "b")


def test_proof_of_an_unknown_award_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        outcome_of(a_scheme(awards=(EXCELLENT,)), TOTALS, [an_entry("a", EntryKind.DIRECT, item="gold")])
    assert "gold" in str(refused.value.problems[0])


def test_conditions_are_read_and_checked() -> None:
    text = """
code = "t"
name = "t"
source = "t"
full = 100
below_name = "不合格"
[[stages]]
code = "s"
name = "s"
full = 100
weight = 1
raters = [{ code = "r", name = "r", weight = 1 }]
[[bands]]
name = "优秀"
floor = 90
[[awards]]
code = "x"
name = "奖"
grades = ["优秀"]
number = 1
conditions = [{ fact = "previous_grade", one_of = ["优秀"] }]
"""
    assert read_scheme(text).awards[0].conditions == (Condition(Fact.PREVIOUS_GRADE, one_of=("优秀",)),)
    with pytest.raises(InvalidInput):
        read_scheme(text.replace(', one_of = ["优秀"]', ""))
