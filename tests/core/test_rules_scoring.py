"""R1-R12: leaves, missing sheets, aggregates, caps, vetoes, ranks."""

from decimal import Decimal

import pytest

from core.errors import InvalidInput
from core.model.assessment import EntryKind, ResultState
from core.model.scheme import (
    Aggregate,
    IncompleteSheet,
    Indicator,
    IndicatorSet,
    MissingRater,
    MissingStage,
    RankWithin,
    Rounding,
    Scheme,
    VetoEffect,
    VetoItem,
)
from core.rules.assessing import assess
from tests.core.engine_cases import a_scheme, a_sheet, a_stage, a_subject, an_entry, outcome_of, workings

FIVE = {"a": 10, "b": 20, "c": 30, "d": 30, "e": 10}


def final_of(scheme: Scheme, marks: dict[str, str | None], **sheet: object) -> Decimal | None:
    sheets = [a_sheet("1", mark, rater=rater, **sheet) for rater, mark in marks.items()]
    return assess(scheme, [a_subject("1")], sheets, []).results[0].final


def test_a_missing_rater_leaves_the_others_their_relative_weights() -> None:
    scheme = a_scheme(a_stage(weights=FIVE))
    given = {"a": "80", "b": "90", "c": "90", "d": "85.5"}

    outcome = assess(
        scheme, [a_subject("1")], [a_sheet("1", mark, rater=rater) for rater, mark in given.items()], []
    )

    assert outcome.results[0].final == Decimal("87.39")
    assert workings(outcome, "R4") == [
        "(80.00×10 + 90.00×20 + 90.00×30 + 85.50×30) ÷ 90 = 1573/18 ≈ 87.388889"
    ]
    assert workings(outcome, "R8") == ["1573/18 ≈ 87.388889 → 87.39"]
    assert outcome.results[0].notes == ("缺e评分：没有评分表",)


def test_a_missing_rater_counts_zero_where_the_scheme_says_so_but_not_a_recused_one() -> None:
    scheme = a_scheme(a_stage(weights={"a": 1, "b": 1, "c": 2}), missing_rater=MissingRater.ZERO)
    sheets = [
        a_sheet("1", "90", rater="a"),
        a_sheet("1", "10", rater="c", recused="负责人亲属"),
    ]

    outcome = assess(scheme, [a_subject("1")], sheets, [])

    assert outcome.results[0].final == Decimal("45.00")
    assert workings(outcome, "R4") == ["(90.00×1 + 0.00×1) ÷ 2 = 45.00"]


@pytest.mark.parametrize(
    ("rule", "final"), [(IncompleteSheet.IGNORE, Decimal("80.00")), (IncompleteSheet.ZERO, Decimal("65.00"))]
)
def test_an_empty_leaf(rule: IncompleteSheet, final: Decimal) -> None:
    leaves = (Indicator("x", "甲项", Decimal(50)), Indicator("y", "乙项", Decimal(50)))
    scheme = a_scheme(
        a_stage(weights={"a": 1, "b": 1}, indicator_sets=(IndicatorSet((), leaves),)), incomplete_sheet=rule
    )
    sheets = [a_sheet("1", "40", "40", rater="a"), a_sheet("1", "50", None, rater="b")]

    assert assess(scheme, [a_subject("1")], sheets, []).results[0].final == final


def test_a_sheet_without_any_mark_is_missing_even_where_empty_leaves_are_zero() -> None:
    scheme = a_scheme(a_stage(weights={"a": 1, "b": 1}), incomplete_sheet=IncompleteSheet.ZERO)

    assert final_of(scheme, {"a": "80", "b": None}) == Decimal("80.00")


@pytest.mark.parametrize(
    ("rule", "final", "state"),
    [
        (MissingStage.BLOCK, None, ResultState.INCOMPLETE),
        (MissingStage.RENORMALISE, Decimal("80.00"), ResultState.COMPLETE),
        (MissingStage.ZERO, Decimal("20.00"), ResultState.COMPLETE),
    ],
)
def test_a_missing_stage(rule: MissingStage, final: Decimal | None, state: ResultState) -> None:
    scheme = a_scheme(a_stage("a"), a_stage("b", weight=Decimal(3)), missing_stage=rule)

    (result,) = assess(scheme, [a_subject("1")], [a_sheet("1", "80", stage="a")], []).results

    assert (result.final, result.state) == (final, state)
    assert "缺环节：b环节" in result.notes


@pytest.mark.parametrize("rule", list(MissingStage))
def test_without_any_sheet_nothing_is_complete(rule: MissingStage) -> None:
    outcome = assess(a_scheme(missing_stage=rule, missing_rater=MissingRater.ZERO), [a_subject("1")], [], [])

    (result,) = outcome.results
    assert (result.state, result.final, result.grade, result.rank) == (ResultState.INCOMPLETE, None, "", 0)


def test_a_stage_below_its_minimum_of_sheets_is_missing() -> None:
    scheme = a_scheme(a_stage(weights={"a": 1, "b": 1, "c": 1}, minimum_sheets=2))

    assert final_of(scheme, {"a": "80"}) is None
    assert final_of(scheme, {"a": "80", "b": "90"}) == Decimal("85.00")


@pytest.mark.parametrize(
    ("aggregate", "marks", "final"),
    [
        (Aggregate.MEDIAN, "60 70 90", "70.00"),
        (Aggregate.MEDIAN, "60 70 91 95", "80.50"),
        (Aggregate.TRIMMED, "50 80 81 82 100", "81.00"),
        (Aggregate.TRIMMED, "50 80 81 82", "78.20"),
    ],
)
def test_median_and_trimmed_mean(aggregate: Aggregate, marks: str, final: str) -> None:
    stage = a_stage(weights={"a": 1, "b": 2, "c": 2, "d": 5, "e": 9}, aggregate=aggregate)
    given = dict(zip("abcde", marks.split(), strict=False))

    assert final_of(a_scheme(stage), given) == Decimal(final)


def test_a_stage_full_mark_is_scaled_to_that_of_the_scheme() -> None:
    scheme = a_scheme(a_stage(full=Decimal(120)))
    outcome = outcome_of(scheme, {"1": "108"})

    assert outcome.results[0].final == Decimal("90.00")
    assert workings(outcome, "R3") == ["108.00 ÷ 120 × 100 = 90.00"]


def test_rounding_at_each_stage_rounds_stage_and_base() -> None:
    stages = (a_stage("a", {"x": 1, "y": 1}), a_stage("b"))
    sheets = [
        a_sheet("1", "89.99", stage="a", rater="x"),
        a_sheet("1", "90", stage="a", rater="y"),
        a_sheet("1", "89.99", stage="b"),
    ]
    once = assess(a_scheme(*stages), [a_subject("1")], sheets, [])
    each = assess(a_scheme(*stages, rounding=Rounding(2, each_stage=True)), [a_subject("1")], sheets, [])

    assert once.results[0].final == Decimal("89.99")
    assert each.results[0].final == Decimal("90.00")
    assert workings(each, "R8") == ["89.995 → 90.00", "89.99 → 89.99", "89.995 → 90.00", "90.00 → 90.00"]


def test_bonus_and_deductions_up_to_their_caps_and_within_the_full_mark() -> None:
    scheme = a_scheme(bonus_cap=Decimal(5), deduction_cap=Decimal(3))
    entries = [
        an_entry("1", EntryKind.BONUS, "4", reason="获省级荣誉"),
        an_entry("1", EntryKind.BONUS, "2.5", reason="经验交流"),
        an_entry("1", EntryKind.DEDUCTION, "4", reason="迟报材料"),
        an_entry("2", EntryKind.BONUS, "5"),
    ]

    outcome = outcome_of(scheme, {"1": "85.5", "2": "97"}, entries)

    assert [result.final for result in outcome.results] == [Decimal("87.50"), Decimal("100.00")]
    assert workings(outcome, "R7") == [
        "加分 4.00 + 2.50 = 6.50，最多计 5.00；扣分 4.00，最多计 3.00；85.50 + 5.00 − 3.00 = 87.50"
    ]
    assert "总分限于 0 至 100 分，计 100.00" in workings(outcome, "R7", 1)[0]


@pytest.mark.parametrize(
    ("final", "grade"),
    [("90", "优秀"), ("89.994", "良好"), ("89.995", "优秀"), ("60", "基本合格"), ("59.99", "不合格")],
)
def test_a_floor_belongs_to_its_band(final: str, grade: str) -> None:
    assert outcome_of(a_scheme(), {"1": final}).results[0].grade == grade


@pytest.mark.parametrize(
    ("effect", "state", "grade", "rank"),
    [
        (VetoEffect.BELOW, ResultState.VETOED, "不合格", 0),
        (VetoEffect.CAP, ResultState.VETOED, "合格", 0),
        (VetoEffect.BAR_AWARDS, ResultState.COMPLETE, "优秀", 1),
    ],
)
def test_effects_of_a_veto(effect: VetoEffect, state: ResultState, grade: str, rank: int) -> None:
    item = VetoItem("v", "某事项", effect, "合格" if effect is VetoEffect.CAP else "")
    veto = an_entry("1", EntryKind.VETO, item="某事项")

    (result,) = outcome_of(a_scheme(vetoes=(item,)), {"1": "97"}, [veto]).results

    assert (result.state, result.grade, result.rank, result.final) == (state, grade, rank, Decimal("97.00"))


def test_a_lifted_veto_counts_no_more_but_shows_in_the_trace() -> None:
    outcome = outcome_of(a_scheme(), {"1": "97"}, [an_entry("1", EntryKind.VETO, lifted="复核后撤销")])

    assert outcome.results[0].grade == "优秀"
    assert "已解除：复核后撤销" in workings(outcome, "R10")[0]


def test_a_subject_that_refused_to_be_assessed_is_vetoed_without_a_score() -> None:
    outcome = assess(a_scheme(), [a_subject("1")], [], [an_entry("1", EntryKind.VETO)])

    (result,) = outcome.results
    assert (result.state, result.grade, result.final) == (ResultState.VETOED, "不合格", None)


def test_a_barred_subject_stands_apart_without_a_score() -> None:
    outcome = assess(a_scheme(), [a_subject("1", barred="备案未满六个月")], [a_sheet("1", "95")], [])

    (result,) = outcome.results
    assert (result.state, result.final, result.grade) == (ResultState.NOT_ASSESSED, None, "")
    assert result.notes == ("不参评：备案未满六个月",)
    assert [step.rule for step in result.trace] == ["R11"]


def test_equal_finals_share_a_rank() -> None:
    outcome = outcome_of(a_scheme(), {"1": "70", "2": "90", "3": "80.001", "4": "80.004"})

    assert [result.rank for result in outcome.results] == [4, 1, 2, 2]


def test_ranks_within_categories() -> None:
    subjects = [a_subject("1", category="甲"), a_subject("2", category="乙"), a_subject("3", category="甲")]
    sheets = [a_sheet("1", "70"), a_sheet("2", "60"), a_sheet("3", "80")]

    outcome = assess(a_scheme(rank_within=RankWithin.CATEGORY), subjects, sheets, [])

    assert [result.rank for result in outcome.results] == [2, 1, 1]


def test_indicators_and_weights_may_differ_by_category() -> None:
    own = IndicatorSet(("甲类",), (Indicator("only", "独有项", Decimal(100)),))
    common = IndicatorSet((), (Indicator("x", "一", Decimal(60)), Indicator("y", "二", Decimal(40))))
    scheme = a_scheme(a_stage(indicator_sets=(own, common)))
    subjects = [a_subject("1", category="甲类"), a_subject("2", category="乙类")]

    results = assess(scheme, subjects, [a_sheet("1", "77"), a_sheet("2", "50", "38")], []).results

    assert [result.final for result in results] == [Decimal("77.00"), Decimal("88.00")]


def test_a_mark_out_of_range_names_sheet_subject_indicator_and_range() -> None:
    with pytest.raises(InvalidInput) as caught:
        outcome_of(a_scheme(), {"1": "100.5"})

    (problem,) = caught.value.problems
    assert (
        str(problem)
        == "评分方“desk”对“组织1”的“总分”：100.50 分不在范围内，应在 0 至 100 分之间——请核对后改正"
    )


def test_misfits_are_all_listed() -> None:
    sheets = [
        a_sheet("1", "80"),
        a_sheet("1", "81"),
        a_sheet("9", "80"),
        a_sheet("1", "80", rater="nobody"),
        a_sheet("2", "1", "2"),
    ]
    entries = [an_entry("1", EntryKind.BONUS, "-1"), an_entry("8", EntryKind.BONUS, "1")]

    with pytest.raises(InvalidInput) as caught:
        assess(a_scheme(), [a_subject("1"), a_subject("2")], sheets, entries)

    text = "\n".join(map(str, caught.value.problems))
    for part in ("有两张评分表", "对象不在本次考核中", "“nobody”", "有 2 个分数", "分值应是大于 0 的数"):
        assert part in text
    assert len(caught.value.problems) == 6


def test_a_scheme_says_what_becomes_of_missing_sheets() -> None:
    assert a_scheme().gaps_words() == "缺的不计入，由其余评分方按权重折算"
    strict = a_scheme(missing_rater=MissingRater.ZERO, incomplete_sheet=IncompleteSheet.ZERO)
    assert strict.gaps_words() == "缺的按 0 分计；没有填全的，空着的项按 0 分计"
