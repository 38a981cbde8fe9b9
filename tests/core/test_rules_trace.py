"""The trace can be followed with a pocket calculator; the digest tells inputs apart."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.model.assessment import EntryKind, MarkIssue, Source
from core.model.scheme import Aggregate, Indicator, IndicatorSet, Stage
from core.rules.assessing import assess
from core.rules.exact import figure, units_text
from core.rules.input_digest import digest_of
from core.rules.score_steps import source_text
from tests.core.engine_cases import (
    EXCELLENT,
    GOOD,
    a_scheme,
    a_sheet,
    a_stage,
    a_subject,
    an_entry,
    outcome_of,
    workings,
)

LEAVES = (Indicator("x", "好项目", Decimal(60)), Indicator("y", "100%到位", Decimal(40)))


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (a_stage(weights={"a": 1, "b": 1}), "没有评分表；不计，其余评分方按各自权重折算"),
        (a_stage(weights={"a": 1, "b": 1}, aggregate=Aggregate.MEDIAN), "没有评分表；不计"),
        (a_stage(weights={"a": 1, "b": 1}, minimum_sheets=2), "没有评分表；不计"),
    ],
)
def test_what_a_missing_sheet_does_to_the_others(stage: Stage, said: str) -> None:
    outcome = assess(a_scheme(stage), [a_subject("1")], [a_sheet("1", "80", rater="a")], [])
    assert workings(outcome, "R5")[0] == said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(90), "90.00"),
        (Fraction("90.15"), "90.15"),
        (Fraction("89.985"), "89.985"),
        (Fraction("0.000001"), "0.000001"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(260, 3), "260/3 ≈ 86.666667"),
    ],
)
def test_figures_end_or_say_that_they_do_not(value: Fraction, text: str) -> None:
    assert figure(value) == text


def test_units_as_text() -> None:
    assert [units_text(units) for units in (0, 88_000_000, 9_250_000, 1, -1_500_000)] == [
        "0.00", "88.00", "9.25", "0.000001", "-1.50",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source("scores.xlsx", "联动部门", 12), "scores.xlsx 联动部门 第 12 行"),
        (Source(person="张三", at="2026-01-05 10:20"), "张三 2026-01-05 10:20"),
        (
            Source("scores.xlsx", "联动部门", 27, corrected="录入员 2026-01-08 09:30"),
            "scores.xlsx 联动部门 第 27 行，录入员 2026-01-08 09:30 更正",
        ),
        (Source(), ""),
    ],
)
def test_sources_as_text(source: Source, text: str) -> None:
    assert source_text(source) == text


def test_the_whole_chain_of_a_winner() -> None:
    scheme = a_scheme(
        a_stage(weights={"甲方": 1, "乙方": 3}, indicator_sets=(IndicatorSet((), LEAVES),)),
        awards=(EXCELLENT,),
    )
    sheets = [a_sheet("1", "55.5", "40", rater="甲方"), a_sheet("1", "58", "35.25", rater="乙方")]

    outcome = assess(scheme, [a_subject("1")], sheets, [an_entry("1", EntryKind.DEDUCTION, "1.2")])

    (result,) = outcome.results
    assert [(step.rule, step.outcome) for step in result.trace] == [
        ("R2", "2 张"),
        ("R4", "93.8125"),
        ("R7", "92.6125"),
        ("R8", "92.61"),
        ("R9", "优秀"),
        ("R12", "第 1 名"),
        ("R13", "获优秀奖"),
        ("R18", "40000 元"),
    ]
    assert workings(outcome, "R2")[0].splitlines() == [
        "各项依次为：好项目、100%到位",
        "甲方：55.50 + 40.00 = 95.50",
        "乙方：58.00 + 35.25 = 93.25",
    ]
    assert [(one.label, one.value, one.source) for one in result.trace[0].inputs] == [
        ("甲方", "95.50", "scores.xlsx 甲方 第 12 行"),
        ("乙方", "93.25", "scores.xlsx 乙方 第 12 行"),
    ]
    assert workings(outcome, "R4") == ["(95.50×1 + 93.25×3) ÷ 4 = 93.8125"]
    assert workings(outcome, "R7") == ["93.8125 − 1.20 = 92.6125"]


def test_a_mark_that_was_not_counted_is_told_with_what_was_written() -> None:
    scheme = a_scheme(a_stage(weights={"甲方": 1, "乙方": 1}, indicator_sets=(IndicatorSet((), LEAVES),)))
    issue = MarkIssue("y", "45", "超过满分 40")
    sheets = [
        a_sheet("1", "50", "40", rater="甲方"),
        a_sheet("1", "50", None, rater="乙方", issues=(issue,)),
    ]

    outcome = assess(scheme, [a_subject("1")], sheets, [])

    (step,) = [step for step in outcome.results[0].trace if step.rule == "R5"]
    assert step.working == "“100%到位”没有分数；不计，其余评分方按各自权重折算"
    assert ("乙方填写有疑问", "45", "超过满分 40") in [
        (one.label, one.value, one.source) for one in step.inputs
    ]


def test_a_value_just_under_the_half_is_not_shown_as_if_rounded_wrongly() -> None:
    scheme = a_scheme(a_stage(weights={"a": 1, "b": 9_999_998}))
    sheets = [a_sheet("1", "89.985", rater="a"), a_sheet("1", "89.995", rater="b")]

    outcome = assess(scheme, [a_subject("1")], sheets, [])

    assert outcome.results[0].final == Decimal("89.99")
    (working,) = workings(outcome, "R8")
    assert working.endswith("≈ 89.995000 → 89.99；取整看精确值，它略小于所示的近似值")


def test_those_who_wait_are_told_why_they_take_no_part() -> None:
    scheme = a_scheme(awards=(EXCELLENT, GOOD))

    outcome = outcome_of(scheme, {"1": "93", "2": "92", "3": "92"})

    assert workings(outcome, "R14", 1) == [
        "同为 92.00 分的 2 个跨在名额线上，方案没有规定同分的比较办法；仍然相同，名额空着，待决定"
    ]
    assert workings(outcome, "R13", 1)[1] == "在优秀奖中并列待定，决定之前不参加良好奖的评定"


def test_without_traces_the_results_are_the_same() -> None:
    scheme = a_scheme(awards=(EXCELLENT, GOOD))
    totals = {"1": "93", "2": "92", "3": "92"}

    full, bare = outcome_of(scheme, totals), outcome_of(scheme, totals, trace=False)

    assert [replace(one, trace=()) for one in full.results] == list(bare.results)


def test_the_digest_is_the_same_on_another_pc_and_differs_for_other_data() -> None:
    subject = a_subject("1", previous_grade="良好")
    sheet = a_sheet("1", "80", None)
    entry = an_entry("1", EntryKind.BONUS, "2")
    there = replace(subject, id="x", cycle_id="c", position=7, version=3)
    sheet_there = replace(sheet, id="s", subject_id="x", source=Source(), version=2)
    entry_there = replace(entry, id="e", subject_id="x", points=Decimal("2.00"))

    digest = digest_of("d", [subject], [sheet], [entry])

    assert digest_of("d", [there], [sheet_there], [entry_there]) == digest
    others = [
        digest_of("e", [subject], [sheet], [entry]),
        digest_of("d", [replace(subject, category="甲")], [sheet], [entry]),
        digest_of("d", [subject], [a_sheet("1", "80", "0")], [entry]),
        digest_of("d", [subject], [replace(sheet, recused="亲属")], [entry]),
        digest_of("d", [subject], [sheet], [replace(entry, lifted="撤销")]),
        digest_of("d", [subject], [sheet], []),
        digest_of("d", [subject], [], [entry]),
    ]
    assert len({digest, *others}) == len(others) + 1


def test_the_digest_is_pinned() -> None:
    digest = digest_of("d", [a_subject("1")], [a_sheet("1", "80")], [])

    assert digest == "80deb137b653ecb92a09714843fa65645211becaf1c18efe9b8bbeb6809f59d2"
