"""Lists over years (R19, R20) and money by place and head (R18)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.model.assessment import EntryKind, ResultState
from core.model.award_payment import AwardPayment
from core.model.decision import DecisionKind
from core.model.earlier import EarlierResult
from core.model.outcome import OpenReason, SupportList
from core.model.scheme import HeadShare, PlaceAmount, SupportListRule, TieRule
from core.rules.award_money import Settling, settle
from tests.core.engine_cases import (
    EXCELLENT,
    GOOD,
    a_decision,
    a_scheme,
    an_earlier,
    an_entry,
    outcome_of,
    workings,
)

SUPPORT = SupportListRule("support", "培育名单", ("优秀", "良好"))
TOTALS = {"1": "95", "2": "85", "3": "75", "4": "65", "5": "65"}


def listed(
    rule: SupportListRule, earlier: Sequence[EarlierResult] = (), totals: dict[str, str] = TOTALS
) -> SupportList:
    return outcome_of(a_scheme(lists=(rule,)), totals, earlier=earlier).lists[0]


def test_a_list_is_compared_with_the_results_of_last_year() -> None:
    earlier = [
        an_earlier(2024, "1", "合格"),
        an_earlier(2024, "2", "良好"),
        an_earlier(2024, "3", "优秀"),
        an_earlier(2024, "4", "不合格", state=ResultState.VETOED),
        an_earlier(2023, "5", "优秀"),
        an_earlier(2024, "6", "良好", name="已注销的队"),
        an_earlier(2024, "7", "合格", name="另一支队"),
    ]

    found = listed(SUPPORT, earlier)

    assert found.subject_ids == ("1", "2")
    assert [(one.subject_id, one.came, one.why) for one in found.changes] == [
        ("1", True, "上年合格，本年优秀"),
        ("3", False, "上年优秀，本年合格"),
    ]
    assert found.left == ("已注销的队",)


def test_the_last_of_the_ranking_with_all_equals() -> None:
    last = SupportListRule("last", "末位名单", last=2)

    found = listed(last)

    assert found.subject_ids == ("4", "5")
    assert listed(replace(last, last=1)).subject_ids == ("4", "5")
    assert listed(replace(last, last=3)).subject_ids == ("3", "4", "5")
    outcome = outcome_of(a_scheme(lists=(last,)), TOTALS)
    assert workings(outcome, "R19", 3) == ["排在最后 2 名之内"]
    assert workings(outcome, "R19", 2) == []


def test_two_years_in_a_row_among_the_last() -> None:
    twice = SupportListRule("last", "连续末位", last=2, years=2)
    earlier = [
        an_earlier(2024, "4", "基本合格", 4, 5, final=Decimal(60)),
        an_earlier(2024, "3", "基本合格", 4, 5, final=Decimal(60)),
        an_earlier(2024, "5", "合格", 3, 5, final=Decimal(70)),
    ]

    found = listed(twice, earlier)

    assert found.subject_ids == ("4",)
    outcome = outcome_of(a_scheme(lists=(twice,)), TOTALS, earlier=earlier)
    assert workings(outcome, "R20", 3) == ["连续 2 年排在最后 2 名之内"]


def test_equals_of_last_year_are_those_of_their_own_ranking() -> None:
    twice = SupportListRule("last", "连续末位", last=1, years=2)
    second = an_earlier(2024, "5", "合格", 2, 3, final=Decimal(70), among="老旧")
    another = an_earlier(2024, "2", "合格", 2, 3, final=Decimal(70), among="商品")

    assert listed(twice, [second, another]).subject_ids == ()
    assert listed(twice, [replace(second, rank=3), another]).subject_ids == ("5",)


def test_quarters_count_one_by_one() -> None:
    """Among the last in the first quarter and in this one; of the year before only its last counts."""
    twice = SupportListRule("last", "连续末位", last=2, years=2)
    first, earlier_year = {"number": 1, "final": Decimal(60)}, {"number": 4, "final": Decimal(60)}

    def quarter(year: int, subject: str, rank: int, **more: object) -> EarlierResult:
        return an_earlier(year, subject, "合格", rank, 5, **more)

    seen = [quarter(2025, "4", 5, **first), quarter(2025, "5", 1, **first)]
    before = [quarter(2024, "4", 1, **earlier_year), quarter(2024, "5", 5, **earlier_year)]

    assert listed(twice, [*seen, *before]).subject_ids == ("4",)
    assert listed(twice, before).subject_ids == ("5",)
    assert listed(replace(twice, years=3), [*seen, *before]).subject_ids == ()
    outcome = outcome_of(a_scheme(lists=(twice,)), TOTALS, earlier=seen)
    assert workings(outcome, "R20", 3) == ["连续 2 次排在最后 2 名之内"]


def test_a_list_of_a_quarter_is_compared_with_the_quarter_before() -> None:
    earlier = [
        an_earlier(2025, "1", "合格", number=2),
        an_earlier(2025, "2", "优秀", number=2),
        an_earlier(2025, "1", "优秀", number=1),
        an_earlier(2025, "2", "合格", number=1),
        an_earlier(2025, "8", "良好", number=2, name="刚走的队"),
        an_earlier(2025, "9", "良好", number=1, name="早走的队"),
    ]

    found = listed(SUPPORT, earlier)

    assert [(one.subject_id, one.came, one.why) for one in found.changes] == [
        ("1", True, "上次合格，本次优秀"),
    ]
    assert found.left == ("刚走的队",)


def test_a_grade_two_years_in_a_row() -> None:
    twice = SupportListRule("weak", "整改名单", ("基本合格", "合格"), years=2)
    earlier = [
        an_earlier(2024, "3", "基本合格"),
        an_earlier(2023, "3", "基本合格"),
        an_earlier(2024, "4", "良好"),
        an_earlier(2024, "2", "合格"),
        an_earlier(2023, "2", "合格"),
    ]

    found = listed(twice, earlier)

    assert found.subject_ids == ("3",)
    assert [(one.subject_id, one.came) for one in found.changes] == [("2", False)]


def test_the_last_are_counted_among_those_ranked() -> None:
    last = SupportListRule("last", "末位名单", last=1)

    outcome = outcome_of(a_scheme(lists=(last,)), TOTALS, [an_entry(one, EntryKind.VETO) for one in "45"])

    assert outcome.lists[0].subject_ids == ("3",)


BY_PLACE = replace(
    EXCELLENT,
    number=Decimal(3),
    amount_fen=0,
    amounts=(PlaceAmount(1, 5_000_000), PlaceAmount(2, 3_000_000)),
)
RANKED = {"1": "95", "2": "94", "3": "93", "4": "92"}


def test_the_money_of_an_award_goes_by_place() -> None:
    outcome = outcome_of(a_scheme(awards=(BY_PLACE, GOOD)), RANKED)

    assert [(one.name, one.winners, one.amount_fen) for one in outcome.awards] == [
        ("优秀奖", ("1",), 5_000_000),
        ("优秀奖", ("2", "3"), 3_000_000),
        ("良好奖", ("4",), 3_000_000),
    ]
    assert outcome.money_fen == 5_000_000 + 3 * 3_000_000
    assert workings(outcome, "R13", 0) == [
        "名额 1 个，符合条件的 4 个中按总分列第 1",
        "已得优秀奖，每个对象只得一个奖项",
    ]


def test_a_tie_across_the_money_waits_for_a_decision() -> None:
    scheme = a_scheme(awards=(BY_PLACE,))
    tied = {"1": "95", "2": "95", "3": "93"}

    first, second = outcome_of(scheme, tied).awards
    assert (first.winners, set(first.undecided), first.open_reasons) == ((), {"1", "2"}, (OpenReason.TIE,))
    assert second.winners == ("3",)

    order = a_decision(DecisionKind.TIE, award="excellent", order=("2", "1"))
    first, second = outcome_of(scheme, tied, decisions=[order]).awards
    assert (first.winners, second.winners) == (("2",), ("1", "3"))

    first, second = outcome_of(a_scheme(awards=(replace(BY_PLACE, ties=TieRule.ALL),)), tied).awards
    assert (set(first.winners), second.winners) == ({"1", "2"}, ("3",))


def test_5_shares_of_the_heads_are_lines_of_the_outcome() -> None:
    award = replace(EXCELLENT, amount_fen=10_000_000, share=HeadShare(Decimal(5), heads=2))

    def lines(share: HeadShare) -> tuple[int, ...]:
        return outcome_of(a_scheme(awards=(replace(award, share=share),)), {"1": "95"}).awards[0].lines

    assert lines(HeadShare(Decimal(5), heads=2)) == (9_000_000, 500_000, 500_000)
    assert lines(HeadShare(Decimal(5), each=False, heads=2)) == (9_500_000, 250_000, 250_000)
    assert lines(HeadShare(Decimal(5), added=True, heads=2)) == (10_000_000, 500_000, 500_000)


def test_the_shares_are_worked_out_in_the_trace() -> None:
    def told(share: HeadShare) -> str:
        award = replace(EXCELLENT, amount_fen=10_000_000, share=share)
        return workings(outcome_of(a_scheme(awards=(award,)), {"1": "95"}), "R18")[0]

    assert told(HeadShare(Decimal(5), heads=2)) == (
        "优秀奖每个 100000 元；负责人 2 人每人 5%：100000 × 5% = 5000，从中分出，"
        "获奖者得 100000 − 5000 − 5000 = 90000"
    )
    assert told(HeadShare(Decimal(5), each=False, heads=2)) == (
        "优秀奖每个 100000 元；负责人 2 人共 5%：100000 × 5% = 2500 + 2500，从中分出，"
        "获奖者得 100000 − 2500 − 2500 = 95000"
    )
    assert told(HeadShare(Decimal(5), added=True)) == (
        "优秀奖每个 100000 元；负责人 1 人每人 5%：100000 × 5% = 5000，另外增发"
    )


def test_added_shares_count_in_all_sums() -> None:
    award = replace(EXCELLENT, amount_fen=10_000_000, share=HeadShare(Decimal(5), added=True, heads=2))

    outcome = outcome_of(a_scheme(awards=(award,)), {"1": "95", "2": "94"})

    assert outcome.money_fen == 2 * 11_000_000
    assert [result.amount_fen for result in outcome.results] == [11_000_000, 11_000_000]


def test_the_money_of_namesakes_is_told_apart() -> None:
    east, west, typed = (
        AwardPayment(one, "太极拳队", year=2025, award="优秀奖", amount=100, organization_id=organization)
        for one, organization in (("1", "east"), ("2", "west"), ("3", ""))
    )
    assert settle([east], [west]) == Settling((west,), (replace(east, remarks="不再得奖，停止拨付"),))
    assert settle([typed], [west]) == settle([west], [west]) == Settling((), ())
    assert settle([typed, typed], [west, east]) == Settling((), ())
    assert settle([typed, west], [west, east]) == Settling((), ())
    assert settle([west], [typed]) == Settling((), ())
