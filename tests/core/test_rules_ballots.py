"""Ballots, chosen weights and items: R4, R5, R7."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import InvalidInput
from core.model.assessment import ChosenWeight, Entry, EntryKind, ResultState, ScoreSheet
from core.model.outcome import Outcome
from core.model.scheme import (
    Aggregate,
    CategoryWeight,
    ChangeItem,
    Indicator,
    IndicatorSet,
    LevelPoints,
    Rater,
    Scheme,
    TieKey,
    TieKeyKind,
)
from core.rules.assessing import assess
from core.rules.entry_drafts import completed_entry
from tests.core.engine_cases import EXCELLENT, a_scheme, a_sheet, a_stage, a_subject, an_entry, workings

BOX = Rater("box", "居民测评", Decimal(3), ballots=True, minimum_ballots=3)
DESK = Rater("desk", "街道", Decimal(7))
LEAVES = (Indicator("service", "服务", Decimal(60)), Indicator("effect", "成效", Decimal(40)))


def a_ballot_scheme(**changes: object) -> Scheme:
    return a_scheme(a_stage(raters=(DESK, BOX), **changes))


def ballots(subject_id: str, *totals: str | None) -> list[ScoreSheet]:
    return [a_sheet(subject_id, total, rater="box") for total in totals]


def voted(*totals: str | None, scheme: Scheme | None = None, **desk: object) -> Outcome:
    sheets = [a_sheet("1", "90", **desk), *ballots("1", *totals)]
    return assess(scheme or a_ballot_scheme(), [a_subject("1")], sheets, [])


def test_ballots_count_by_their_exact_mean() -> None:
    outcome = voted("80", "100", "80")

    # (80×2 + 100) ÷ 3 = 86.6666…; (90×7 + 86.6666…×3) ÷ 10 = (630 + 260) ÷ 10 = 89
    assert outcome.results[0].final == Decimal("89.00")
    assert workings(outcome, "R2")[0].splitlines()[1:] == [
        "街道：90.00 = 90.00",
        "居民测评：(100.00×1 + 80.00×2) ÷ 3 = 260/3 ≈ 86.666667",
    ]
    assert workings(outcome, "R4") == ["(90.00×7 + (260/3)×3) ÷ 10 = 89.00"]
    assert outcome.results[0].trace[0].inputs[1].source == "有效票 3 张"


def test_too_few_ballots_leave_the_rater_missing() -> None:
    outcome = voted("80", "100", None)

    assert outcome.results[0].final == Decimal("90.00")
    assert outcome.results[0].notes == ("缺居民测评评分：有效票 2 张，至少要 3 张",)
    assert workings(outcome, "R5") == ["有效票 2 张，至少要 3 张；不计，其余评分方按各自权重折算"]


def test_without_ballots_at_all_the_others_count() -> None:
    assert voted().results[0].notes == ("缺居民测评评分：有效票 0 张，至少要 3 张",)


def test_a_box_can_be_recused() -> None:
    sheets = [a_sheet("1", "90"), a_sheet("1", None, rater="box", recused="同一社区")]

    outcome = assess(a_ballot_scheme(), [a_subject("1")], sheets, [])

    assert outcome.results[0].notes == ("缺居民测评评分：回避：同一社区",)


def test_the_order_of_ballots_does_not_matter() -> None:
    assert voted("80", "100", "81") == voted("81", "80", "100")
    assert voted("80", "100", "81").digest != voted("80", "100", "82").digest


def test_ballots_go_into_a_median_with_the_other_raters() -> None:
    scheme = a_ballot_scheme(aggregate=Aggregate.MEDIAN)

    assert voted("80", "100", "81", scheme=scheme).results[0].final == Decimal("88.50")


def test_an_indicators_mean_takes_the_ballots() -> None:
    stage = a_stage(raters=(DESK, BOX), indicator_sets=(IndicatorSet((), LEAVES),))
    keys = (TieKey(TieKeyKind.INDICATOR, "year", "effect"),)
    scheme = a_scheme(stage, awards=(replace(EXCELLENT, number=Decimal(1)),), tie_keys=keys)
    sheets = [
        a_sheet("1", "55", "35"),
        a_sheet("2", "55", "35"),
        *(a_sheet("1", "60", mark, rater="box") for mark in ("31", "30", "29")),
        *(a_sheet("2", mark, "31", rater="box") for mark in ("59", "59", "59")),
    ]

    outcome = assess(scheme, [a_subject("1"), a_subject("2")], sheets, [])

    assert outcome.results[0].final == outcome.results[1].final == Decimal("90.00")
    assert outcome.awards[0].winners == ("2",)
    # (35×7 + 30×3) ÷ 10 = 33.5; (35×7 + 31×3) ÷ 10 = 33.8
    tie = next(step for step in outcome.results[0].trace if step.rule == "R14")
    assert [one.value for one in tie.inputs] == ["33.50", "33.80"]


def test_a_ballot_outside_its_range_and_a_second_sheet_are_refused() -> None:
    for sheets, part in (
        (ballots("1", "80", "101"), "101.00 分不在范围内"),
        ([a_sheet("1", "90"), a_sheet("1", "91"), *ballots("1", "80")], "有两张评分表"),
        (ballots("9", "80"), "1 张评分表的对象不在本次考核中"),
    ):
        with pytest.raises(InvalidInput) as caught:
            assess(a_ballot_scheme(), [a_subject("1")], sheets, [])
        assert part in str(caught.value.problems[0])


BOUNDED = (
    Rater("party", "社区党委", Decimal(50), Decimal(50), (CategoryWeight("整治", Decimal(70), Decimal(70)),)),
    Rater("unit", "派出单位", Decimal(50), None, (CategoryWeight("整治", Decimal(30)),)),
)


def weighed(*weights: ChosenWeight, category: str = "") -> Outcome:
    sheets = [a_sheet("1", "80", rater="party"), a_sheet("1", "90", rater="unit")]
    scheme = a_scheme(a_stage(raters=BOUNDED))
    return assess(scheme, [a_subject("1", category=category)], sheets, [], weights=weights)


def chosen(party: int, unit: int, category: str = "") -> tuple[ChosenWeight, ...]:
    return (
        ChosenWeight("year", "party", Decimal(party), category),
        ChosenWeight("year", "unit", Decimal(unit), category),
    )


def test_a_cycle_chooses_weights_above_the_lower_bound() -> None:
    assert weighed().results[0].final == Decimal("85.00")
    assert weighed(category="整治").results[0].final == Decimal("83.00")

    outcome = weighed(*chosen(60, 40))
    assert outcome.results[0].final == Decimal("84.00")
    step = next(step for step in outcome.results[0].trace if step.rule == "R4")
    assert [tuple(one) for one in step.inputs] == [("社区党委的权重", "60", "考核方案要求不低于 50%")]
    assert weighed(*chosen(60, 40), category="整治").results[0].final == Decimal("83.00")
    assert weighed(*chosen(80, 20, "整治"), category="整治").results[0].final == Decimal("82.00")


@pytest.mark.parametrize(
    ("weights", "part"),
    [
        (chosen(40, 60), "“社区党委”占 40，要求不低于 50"),
        (chosen(69, 31, "整治"), "“社区党委”占 69，要求不低于 70"),
        (chosen(60, 50), "合计却是 110"),
        ((ChosenWeight("year", "other", Decimal(60)),), "没有这个环节或评分方"),
        ((ChosenWeight("month", "party", Decimal(60)),), "没有这个环节或评分方"),
    ],
)
def test_a_weight_that_may_not_be_chosen_is_refused(weights: tuple[ChosenWeight, ...], part: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        weighed(*weights)
    assert part in "\n".join(map(str, caught.value.problems))


def test_weights_without_a_bound_are_not_for_the_cycle_to_choose() -> None:
    with pytest.raises(InvalidInput) as caught:
        assess(
            a_scheme(), [a_subject("1")], [a_sheet("1", "90")], [],
            weights=[ChosenWeight("year", "desk", Decimal(2))],
        )  # fmt: skip
    assert "方案已定死这一环节的权重" in str(caught.value.problems[0])


HONOUR = ChangeItem(
    "honour", "荣誉", None, (LevelPoints("国家", Decimal(5)), LevelPoints("市", Decimal(2))),
    date(2025, 1, 1), date(2025, 12, 31), 2,
)  # fmt: skip
LATE = ChangeItem("late", "迟报", Decimal("0.5"))
ITEMS = a_scheme(bonuses=(HONOUR,), deductions=(LATE,), bonus_cap=Decimal(10))


def honoured(*entries: Entry, scheme: Scheme = ITEMS) -> Outcome:
    return assess(scheme, [a_subject("1")], [a_sheet("1", "80")], entries)


def an_honour(points: str, **changes: object) -> Entry:
    given = {"item": "荣誉", "level": "市", "dated_on": "2025-05-01", "evidence": "荣誉证书", **changes}
    return an_entry("1", EntryKind.BONUS, points, **given)


def test_items_are_worth_what_the_scheme_says() -> None:
    late = an_entry("1", EntryKind.DEDUCTION, "0.5", item="late")

    outcome = honoured(an_honour("2"), an_honour("5", level="国家", item="honour"), late)

    assert outcome.results[0].final == Decimal("86.50")
    step = next(step for step in outcome.results[0].trace if step.rule == "R7")
    assert step.inputs[0].label == "加分：荣誉（市级）：事由"
    assert (step.inputs[0].value, step.inputs[0].source) == ("2.00", "2025-05-01，荣誉证书")
    assert step.inputs[2].label == "扣分：迟报：事由"
    assert outcome.digest != honoured(an_honour("2"), an_honour("5", level="国家"), late).digest


@pytest.mark.parametrize(
    ("entries", "part"),
    [
        ([an_honour("3")], "计 3 分，方案规定 2 分"),
        ([an_honour("2", level="区")], "“荣誉”没有“区”这一级——级别可以写：国家、市"),
        ([an_honour("2", item="荣誊")], "方案里没有“荣誊”这一项——是不是想写 荣誉？"),
        ([an_honour("2", dated_on="2024-12-31")], "“荣誉”只计 2025-01-01 至 2025-12-31 的"),
        ([an_honour("2", dated_on="2026-01-01")], "这一项是 2026-01-01"),
        ([an_honour("2", dated_on="")], "这一项是 没有日期的"),
        ([an_honour("2")] * 3, "“组织1”的“荣誉”：记了 3 次，方案最多计 2 次"),
        ([an_entry("1", EntryKind.DEDUCTION, "1", item="late")], "计 1 分，方案规定 0.5 分"),
    ],
)
def test_an_entry_against_its_item_is_refused(entries: list[Entry], part: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        honoured(*entries)
    assert part in "\n".join(map(str, caught.value.problems))


def test_entries_without_an_item_and_schemes_without_items_take_any_amount() -> None:
    assert honoured(an_entry("1", EntryKind.BONUS, "3.25")).results[0].final == Decimal("83.25")
    free = honoured(an_honour("3.25"), scheme=a_scheme())
    assert (free.results[0].state, free.results[0].final) == (ResultState.COMPLETE, Decimal("83.25"))


@pytest.mark.parametrize("item", ["honour", "荣誉"])
def test_an_entry_by_hand_is_worth_what_its_item_gives(item: str) -> None:
    drafted = replace(an_honour("1"), points=None, item=item)
    assert completed_entry(ITEMS, drafted, date(2025, 6, 1)).points == Decimal(2)
