"""R13, R14, R16, R18, R19: awards, ties, money, lists."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import RuleViolation
from core.model.assessment import EntryKind
from core.model.outcome import OpenReason
from core.model.scheme import (
    HeadShare,
    Indicator,
    IndicatorSet,
    MissingRater,
    Places,
    Rounding,
    SupportListRule,
    TieKey,
    TieKeyKind,
    TieRule,
    VetoEffect,
    VetoItem,
)
from core.rules.assessing import assess
from core.rules.money import split_amount
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

TIED = {"1": "93", "2": "92", "3": "92", "4": "92", "5": "85"}


def test_ties_all_go_beyond_the_places() -> None:
    scheme = a_scheme(awards=(replace(EXCELLENT, ties=TieRule.ALL),))
    outcome = outcome_of(scheme, TIED)

    (filling,) = outcome.awards
    assert set(filling.winners) == {"1", "2", "3", "4"}
    assert (filling.open_places, filling.reason) == (0, None)
    assert outcome.money_fen == 16_000_000
    assert "按方案都给" in workings(outcome, "R14", 1)[0]


def test_ties_none_stay_candidates_for_the_next_award() -> None:
    excellent, good = outcome_of(a_scheme(awards=(replace(EXCELLENT, ties=TieRule.NONE), GOOD)), TIED).awards

    assert (excellent.winners, excellent.undecided) == (("1",), ())
    assert (excellent.open_places, excellent.reason) == (1, OpenReason.TIE)
    assert set(good.winners) == {"2", "3", "4"}


def test_tie_keys_decide_in_their_order_and_a_missing_value_is_last() -> None:
    scheme = a_scheme(
        awards=(EXCELLENT,),
        bonus_cap=Decimal(5),
        tie_keys=(TieKey(TieKeyKind.EARLIER_FILING), TieKey(TieKeyKind.FEWER_DEDUCTIONS)),
    )
    filed = {"1": "", "2": "2019", "3": "2019-12-31", "4": "2018-05"}
    subjects = [a_subject(subject_id, filed_on=on) for subject_id, on in filed.items()]
    totals = {"1": "92", "2": "92", "3": "93", "4": "92"}
    sheets = [a_sheet(subject_id, total) for subject_id, total in totals.items()]

    outcome = assess(scheme, subjects, sheets, [an_entry("3", EntryKind.DEDUCTION, "1")])

    assert outcome.awards[0].winners == ("4", "2")
    assert "依次比较备案时间" in workings(outcome, "R14", 0)[0]
    tie = next(step for step in outcome.results[2].trace if step.rule == "R14")
    assert ("组织2：备案时间（早者在前）", "2019") in [(one.label, one.value) for one in tie.inputs]


def test_a_vague_filing_date_does_not_win_over_an_exact_one() -> None:
    award = replace(EXCELLENT, number=Decimal(1))
    scheme = a_scheme(awards=(award,), tie_keys=(TieKey(TieKeyKind.EARLIER_FILING),))
    filed = {"1": "2019", "2": "2019-06-30", "3": "2019-06"}
    subjects = [a_subject(subject_id, filed_on=on) for subject_id, on in filed.items()]

    (filling,) = assess(scheme, subjects[:2], [a_sheet(one, "92") for one in "12"], []).awards
    assert filling.winners == ("2",)

    (filling,) = assess(scheme, subjects[::2], [a_sheet(one, "92") for one in "13"], []).awards
    assert filling.winners == ("3",)


def test_an_indicators_weighted_mean_breaks_a_tie() -> None:
    parent = Indicator(
        "p",
        "大项",
        Decimal(60),
        children=(Indicator("x", "一", Decimal(30)), Indicator("y", "二", Decimal(30))),
    )
    stage = a_stage(
        weights={"a": 1, "b": 3},
        indicator_sets=(IndicatorSet((), (parent, Indicator("z", "三", Decimal(40)))),),
    )
    scheme = a_scheme(
        stage,
        awards=(replace(EXCELLENT, number=Decimal(1)),),
        tie_keys=(TieKey(TieKeyKind.INDICATOR, "year", "p"),),
    )
    marks = {"1": (("30", "30", "30"), ("25", "30", "35")), "2": (("30", "30", "30"), ("30", "26", "34"))}
    sheets = [
        a_sheet(subject_id, *row, rater=rater)
        for subject_id, rows in marks.items()
        for rater, row in zip("ab", rows, strict=True)
    ]

    outcome = assess(scheme, [a_subject("1"), a_subject("2")], sheets, [])

    assert outcome.results[0].final == outcome.results[1].final
    assert outcome.awards[0].winners == ("2",)
    tie = next(step for step in outcome.results[0].trace if step.rule == "R14")
    assert [one.value for one in tie.inputs] == ["56.25", "57.00"]


def test_a_missing_sheet_counts_for_a_tie_as_it_counts_for_the_score() -> None:
    leaves = (Indicator("p", "一", Decimal(50)), Indicator("q", "二", Decimal(50)))
    scheme = a_scheme(
        a_stage(weights={"a": 1, "b": 1}, indicator_sets=(IndicatorSet((), leaves),)),
        missing_rater=MissingRater.ZERO,
        awards=(replace(EXCELLENT, grades=("不合格",), number=Decimal(1)),),
        tie_keys=(TieKey(TieKeyKind.INDICATOR, "year", "p"),),
    )
    sheets = [a_sheet("1", "50", "50", rater="a"), *(a_sheet("2", "30", "20", rater=one) for one in "ab")]

    outcome = assess(scheme, [a_subject("1"), a_subject("2")], sheets, [])

    assert [one.final for one in outcome.results] == [Decimal("50.00")] * 2
    assert outcome.awards[0].winners == ("2",)
    tie = next(step for step in outcome.results[0].trace if step.rule == "R14")
    assert [one.value for one in tie.inputs] == ["25.00", "30.00"]


def test_a_base_rounded_above_the_limit_is_held_with_and_without_a_bonus() -> None:
    scheme = a_scheme(
        a_stage(full=Decimal("99.5")),
        full=Decimal("99.5"),
        score_cap=Decimal("99.5"),
        rounding=Rounding(0, each_stage=True),
        awards=(replace(EXCELLENT, number=Decimal(1)),),
        tie_keys=(TieKey(TieKeyKind.RAW),),
    )

    outcome = outcome_of(scheme, {"1": "99.5", "2": "99.5"}, [an_entry("2", EntryKind.BONUS, "1")])

    assert set(outcome.awards[0].undecided) == {"1", "2"}


@pytest.mark.parametrize(("number", "winners"), [("50", 2), ("39.9", 1), ("10", 0)])
def test_a_percentage_of_the_assessed_is_rounded_down(number: str, winners: int) -> None:
    award = replace(GOOD, places=Places.PERCENT, number=Decimal(number))

    outcome = outcome_of(a_scheme(awards=(award,)), {"1": "93", "2": "92", "3": "91", "4": "50", "5": "40"})

    assert len(outcome.awards[0].winners) == winners
    assert workings(outcome, "R13")[0].startswith(
        f"名额 {winners} 个\uff08参评 5 个的 {number}%\uff0c不足 1 个的舍去\uff09"
    )


def test_open_places_take_all_candidates() -> None:
    award = replace(GOOD, places=Places.OPEN, number=Decimal(0))

    (filling,) = outcome_of(a_scheme(awards=(award,)), TIED).awards

    assert len(filling.winners) == 5
    assert (filling.places, filling.open_places, filling.reason) == (None, 0, None)


def test_an_award_by_category_is_filled_in_each() -> None:
    subjects = [a_subject(one, category="甲" if one in "12" else "乙") for one in "1234"]
    sheets = [a_sheet(one, total) for one, total in zip("1234", ("95", "94", "93", "50"), strict=True)]
    scheme = a_scheme(awards=(replace(EXCELLENT, number=Decimal(1), per_category=True),))

    outcome = assess(scheme, subjects, sheets, [])

    assert [(one.category, one.winners) for one in outcome.awards] == [("甲", ("1",)), ("乙", ("3",))]


def test_an_award_by_category_is_explained_to_those_of_each_category_only() -> None:
    subjects = [a_subject(one, category="" if one == "1" else "乙") for one in "123"]
    sheets = [a_sheet(one, total) for one, total in zip("123", ("95", "94", "93"), strict=True)]
    scheme = a_scheme(awards=(replace(EXCELLENT, number=Decimal(1), per_category=True),))

    outcome = assess(scheme, subjects, sheets, [])

    assert [(one.category, one.winners) for one in outcome.awards] == [("", ("1",)), ("乙", ("2",))]
    assert [workings(outcome, "R13", number) for number in range(3)] == [
        ["名额 1 个，符合条件的 1 个中按总分列第 1"],
        ["名额 1 个，符合条件的 2 个中按总分列第 1"],
        ["名额 1 个，符合条件的 2 个中按总分列第 2"],
    ]


def test_a_veto_that_bars_awards_keeps_grade_and_rank() -> None:
    scheme = a_scheme(awards=(EXCELLENT,), vetoes=(VetoItem("late", "迟报", VetoEffect.BAR_AWARDS),))

    outcome = outcome_of(scheme, {"1": "95", "2": "91"}, [an_entry("1", EntryKind.VETO, item="late")])

    assert outcome.awards[0].winners == ("2",)
    assert workings(outcome, "R13") == ["有否决事项，不得评奖"]
    assert workings(outcome, "R10")[0].startswith("迟报：")


def test_each_award_goes_to_other_subjects_and_money_adds_up() -> None:
    outcome = outcome_of(a_scheme(awards=(EXCELLENT, GOOD)), {"1": "95", "2": "94", "3": "93", "4": "85"})

    assert [one.winners for one in outcome.awards] == [("1", "2"), ("3", "4")]
    assert outcome.money_fen == 2 * 4_000_000 + 2 * 3_000_000
    assert sum(result.amount_fen for result in outcome.results) == outcome.money_fen
    assert workings(outcome, "R13") == [
        "名额 2 个，符合条件的 3 个中按总分列第 1",
        "已得优秀奖，每个对象只得一个奖项",
    ]
    assert workings(outcome, "R18") == ["优秀奖每个 40000 元"]


def test_a_list_tells_who_came_and_went() -> None:
    scheme = a_scheme(lists=(SupportListRule("support", "培育名单", ("优秀", "良好")),))
    subjects = [
        a_subject("1", previous_grade="合格"),
        a_subject("2", previous_grade="良好"),
        a_subject("3", previous_grade="优秀"),
    ]
    sheets = [a_sheet("1", "85"), a_sheet("2", "95"), a_sheet("3", "75")]

    (one,) = assess(scheme, subjects, sheets, []).lists

    assert one.subject_ids == ("1", "2")
    assert [(change.subject_id, change.came, change.why) for change in one.changes] == [
        ("1", True, "上年合格，本年良好"),
        ("3", False, "上年优秀，本年合格"),
    ]


@pytest.mark.parametrize(
    ("share", "heads", "lines"),
    [
        (HeadShare(Decimal(5), added=True), 2, (100_01, 5_00, 5_00)),
        (HeadShare(Decimal(5), each=False), 3, (95_01, 1_67, 1_67, 1_66)),
        (HeadShare(Decimal("0.5")), 1, (99_51, 50)),
        (HeadShare(Decimal(5)), 0, (100_01,)),
    ],
)
def test_shares_are_whole_fen(share: HeadShare, heads: int, lines: tuple[int, ...]) -> None:
    assert split_amount(100_01, share, heads) == lines


def test_shares_above_the_amount_are_refused() -> None:
    with pytest.raises(RuleViolation):
        split_amount(100_00, HeadShare(Decimal(60)), heads=2)
