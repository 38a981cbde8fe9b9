"""Conditions of an award and the direct path (R13)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import InvalidInput
from core.model.assessment import EntryKind, FrozenFact, Subject
from core.model.condition import Condition, Fact
from core.model.earlier import EarlierResult
from core.model.scheme import EntryRule, Places, RankWithin
from core.rules.assessing import assess
from core.rules.entry_bars import bar_reason
from core.rules.scheme_file import read_scheme
from tests.core.engine_cases import (
    EXCELLENT,
    GOOD,
    a_scheme,
    a_sheet,
    a_subject,
    an_earlier,
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


def facts(**texts: str) -> tuple[FrozenFact, ...]:
    return tuple(FrozenFact(name, text) for name, text in texts.items())


def winners_of(condition: Condition, *subjects: Subject, earlier: Sequence[EarlierResult] = ()) -> list[str]:
    """Who of these, all with full marks, gets an award that asks for this."""
    asked = replace(EXCELLENT, places=Places.OPEN, number=Decimal(0), conditions=(condition,))
    sheets = [a_sheet(subject.id, "95") for subject in subjects]
    return sorted(assess(a_scheme(awards=(asked,)), subjects, sheets, [], earlier=earlier).awards[0].winners)


@pytest.mark.parametrize(
    ("condition", "texts", "wins"),
    [
        (Condition(Fact.MEMBERS, at_least=Decimal(20)), {"members": "20"}, True),
        (Condition(Fact.MEMBERS, at_least=Decimal(20)), {"members": "19"}, False),
        (Condition(Fact.MEMBERS, at_least=Decimal(20)), {}, False),
        (Condition(Fact.PARTY_ORGANIZATION, none_of=("未覆盖",)), {"party_organization": "单独组建"}, True),
        (Condition(Fact.PARTY_ORGANIZATION, none_of=("未覆盖",)), {"party_organization": "未覆盖"}, False),
        (Condition(Fact.PARTY_ORGANIZATION, none_of=("未覆盖",)), {}, False),
        (Condition(Fact.PREVIOUS_GRADE, none_of=("不合格",)), {}, True),
        (Condition(Fact.TAGS, none_of=("试点",)), {}, True),
        (Condition(Fact.TAGS, one_of=("品牌", "党建")), {"tags": "文体、党建"}, True),
        (Condition(Fact.TAGS, one_of=("品牌",)), {"tags": "文体、党建"}, False),
        (Condition(Fact.TAGS, none_of=("试点",)), {"tags": "文体、试点"}, False),
        (Condition(Fact.STANDING, one_of=("登记",)), {"standing": "登记"}, True),
        (Condition(Fact.LAST_PENALTY_ON, years=3), {}, True),
        (Condition(Fact.LAST_PENALTY_ON, years=3), {"last_penalty_on": "2023-01-08"}, True),
        (Condition(Fact.LAST_PENALTY_ON, years=3), {"last_penalty_on": "2023-01-09"}, False),
        (Condition(Fact.LAST_PENALTY_ON, years=3), {"last_penalty_on": "2023"}, False),
        (Condition(Fact.LAST_PENALTY_ON, years=3), {"last_penalty_on": "2022"}, True),
    ],
)
def test_awards_ask_for_frozen_facts(condition: Condition, texts: dict[str, str], wins: bool) -> None:
    subject = a_subject("1", facts=facts(opened_on="2026-01-08", **texts))

    assert bool(winners_of(condition, subject)) is wins


def test_a_fact_that_is_not_met_is_shown_with_what_is_asked() -> None:
    asked = replace(EXCELLENT, conditions=(Condition(Fact.LAST_PENALTY_ON, years=3),))
    subject = a_subject("1", facts=facts(opened_on="2026-01-08", last_penalty_on="2024-05-01"))

    outcome = assess(a_scheme(awards=(asked,)), [subject], [a_sheet("1", "95")], [])

    step = next(step for step in outcome.results[0].trace if step.rule == "R13")
    assert [tuple(one) for one in step.inputs] == [
        ("最近一次处罚", "2024-05-01", "开启考核时的登记情况"),
        ("要求", "近 3 年没有处罚", "考核方案"),
    ]
    assert (step.working, step.outcome) == ("最近一次处罚不符合评奖条件", "不参加评定")


def test_a_penalty_without_a_day_to_count_from_is_refused() -> None:
    asked = replace(EXCELLENT, conditions=(Condition(Fact.LAST_PENALTY_ON, years=3),))
    subject = a_subject("1", facts=facts(last_penalty_on="2024-05-01"))

    with pytest.raises(InvalidInput) as refused:
        assess(a_scheme(awards=(asked,)), [subject], [a_sheet("1", "95")], [])
    assert "没有冻结日期" in str(refused.value.problems[0])


def test_awards_ask_for_grades_in_several_years_in_a_row() -> None:
    earlier = [
        *(an_earlier(year, "a", "优秀") for year in (2023, 2024)),
        an_earlier(2024, "b", "优秀"),
        an_earlier(2023, "c", "优秀"),
        an_earlier(2024, "c", "合格"),
        an_earlier(2023, "d", "基本合格"),
    ]
    subjects = [a_subject(name) for name in "abcd"]

    twice = Condition(Fact.EARLIER_GRADE, one_of=("优秀", "良好"), years=2)
    assert winners_of(twice, *subjects, earlier=earlier) == ["a"]
    assert winners_of(replace(twice, years=1), *subjects, earlier=earlier) == ["a", "b"]
    never = Condition(Fact.EARLIER_GRADE, none_of=("基本合格",), years=2)
    assert winners_of(never, *subjects, earlier=earlier) == ["a", "b", "c"]
    assert winners_of(twice, *subjects) == []
    assert winners_of(never, *subjects) == ["a", "b", "c", "d"]


def test_the_trace_tells_the_grades_of_the_years() -> None:
    asked = replace(EXCELLENT, conditions=(Condition(Fact.EARLIER_GRADE, one_of=("优秀",), years=2),))

    outcome = assess(
        a_scheme(awards=(asked,)), [a_subject("1")], [a_sheet("1", "95")], [],
        earlier=[an_earlier(2024, "1", "优秀")],
    )  # fmt: skip

    step = next(step for step in outcome.results[0].trace if step.rule == "R13")
    assert [one.value for one in step.inputs] == ["2024 年优秀、2023 年没有", "连续 2 年是优秀"]


def test_the_trace_tells_the_grades_of_the_quarters() -> None:
    asked = replace(EXCELLENT, conditions=(Condition(Fact.EARLIER_GRADE, one_of=("优秀",), years=3),))
    quarters = [an_earlier(2025, "1", "优秀", number=2), an_earlier(2025, "1", "合格", number=1)]

    outcome = assess(
        a_scheme(awards=(asked,)), [a_subject("1")], [a_sheet("1", "95")], [], earlier=quarters
    )  # fmt: skip

    step = next(step for step in outcome.results[0].trace if step.rule == "R13")
    assert [one.value for one in step.inputs] == [
        "2025 年第 2 次优秀、2025 年第 1 次合格、另 1 次没有",
        "连续 3 次是优秀",
    ]


def test_subjects_without_a_record_of_their_own_are_told_by_name() -> None:
    named = a_subject("1", organization_id="", name="第一组")
    earlier = an_earlier(2024, "x", "优秀", subject_ref="", name="第一组")

    asked = Condition(Fact.EARLIER_GRADE, one_of=("优秀",), years=1)
    assert winners_of(asked, named, earlier=[earlier]) == ["1"]


def test_awards_by_kind_go_to_their_kind_only() -> None:
    kinds = {"a": "街镇", "b": "街镇", "c": "区直单位", "d": "区直单位"}
    subjects = [a_subject(one, kind=kind) for one, kind in kinds.items()]
    towns = replace(EXCELLENT, number=Decimal(1), kinds=("街镇",))
    units = replace(GOOD, number=Decimal(1), kinds=("区直单位",))
    sheets = [a_sheet(one, TOTALS[one] if one != "d" else "94") for one in TOTALS]
    scheme = a_scheme(awards=(towns, units), rank_within=RankWithin.KIND)

    outcome = assess(scheme, subjects, sheets, [])

    assert [filling.winners for filling in outcome.awards] == [("a",), ("c",)]
    assert [result.rank for result in outcome.results] == [1, 2, 1, 2]
    assert workings(outcome, "R13", 1) == ["名额 1 个，符合条件的 2 个中按总分列第 2"]
    assert workings(outcome, "R12", 3) == ["同类对象 2 个列入排名的对象中，按总分列第 2"]


def test_a_percentage_of_a_kind_is_of_that_kind() -> None:
    half = replace(EXCELLENT, places=Places.PERCENT, number=Decimal(50), kinds=("街镇",))
    subjects = [a_subject(one, kind="街镇" if one in "ab" else "") for one in TOTALS]
    sheets = [a_sheet(one, total) for one, total in TOTALS.items()]

    assert assess(a_scheme(awards=(half,)), subjects, sheets, []).awards[0].places == 1


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        (a_subject("1", filed_on="2025-07-08", facts=facts(status="正常", standing="登记")), ""),
        (a_subject("1", filed_on="2025-07-09"), "备案（登记）未满 6 个月"),
        (a_subject("1", filed_on="2025-07"), "备案（登记）未满 6 个月"),
        (a_subject("1", filed_on="2024"), ""),
        (a_subject("1", filed_on=""), ""),
        (a_subject("1", facts=facts(status="暂停活动", standing="培育中")), "暂停活动"),
        (a_subject("1", facts=facts(standing="培育中")), "培育中"),
    ],
)
def test_who_is_not_assessed(subject: Subject, reason: str) -> None:
    scheme = a_scheme(entry=EntryRule(6, ("登记", "备案")))

    assert bar_reason(scheme, subject, date(2026, 1, 8)) == reason


def test_by_default_only_those_at_work_are_assessed() -> None:
    assert bar_reason(a_scheme(), a_subject("1", facts=facts(status="已注销")), date(2026, 1, 8)) == "已注销"
    nobody = a_scheme(entry=EntryRule(statuses=()))
    assert bar_reason(nobody, a_subject("1", facts=facts(status="已注销")), date(2026, 1, 8)) == ""
