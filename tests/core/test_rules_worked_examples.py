"""The six worked examples of the scheme rules, to the last digit."""

from decimal import Decimal

from core.model.assessment import EntryKind, ResultState
from core.model.outcome import OpenReason
from core.model.scheme import HeadShare
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


def test_1_stages_just_below_excellent_stand_on_the_edge_list() -> None:
    scheme = a_scheme(
        *(a_stage(code, weight=Decimal(weight)) for code, weight in (("a", 10), ("b", 30), ("c", 60)))
    )
    sheets = [a_sheet("1", mark, stage=stage) for stage, mark in (("a", "95"), ("b", "88"), ("c", "90.15"))]

    outcome = assess(scheme, [a_subject("1")], sheets, [])

    (result,) = outcome.results
    assert (result.final, result.grade) == (Decimal("89.99"), "良好")
    (edge,) = outcome.near_edges
    assert (edge.grade, edge.gap) == ("优秀", Decimal("0.01"))
    assert "距优秀 0.01" in result.notes
    assert workings(outcome, "R6") == ["(95.00×10 + 88.00×30 + 90.15×60) ÷ 100 = 89.99"]
    assert workings(outcome, "R9") == ["89.99 低于 90.00，差 0.01；不低于 80.00"]


def test_2_half_up_lifts_exactly_89_995_to_excellent() -> None:
    scheme = a_scheme(a_stage(weights={"a": 1, "b": 1, "c": 1}))
    sheets = [a_sheet("1", mark, rater=rater) for rater, mark in (("a", "90"), ("b", "90"), ("c", "89.985"))]

    outcome = assess(scheme, [a_subject("1")], sheets, [])

    (result,) = outcome.results
    assert (result.final, result.grade) == (Decimal("90.00"), "优秀")
    assert workings(outcome, "R4") == ["(90.00×1 + 90.00×1 + 89.985×1) ÷ 3 = 89.995"]
    assert workings(outcome, "R8") == ["89.995 → 90.00"]


def test_3_a_tie_across_the_border_waits() -> None:
    outcome = outcome_of(
        a_scheme(awards=(EXCELLENT, GOOD)), {"1": "93", "2": "92", "3": "92", "4": "92", "5": "85"}
    )

    excellent, good = outcome.awards
    assert excellent.winners == ("1",)
    assert set(excellent.undecided) == {"2", "3", "4"}
    assert (excellent.open_places, excellent.reason) == (1, OpenReason.TIE)
    assert good.winners == ("5",)
    assert (good.open_places, good.reason) == (2, OpenReason.NO_CANDIDATE)
    assert [result.award for result in outcome.results] == ["优秀奖", "", "", "", "良好奖"]
    assert "并列待定" in outcome.results[1].notes


def test_4_without_the_first_winner_the_next_move_up() -> None:
    scheme = a_scheme(awards=(EXCELLENT, GOOD))
    totals = {"A": "95", "B": "94", "C": "93", "D": "92", "E": "91", "F": "90"}

    before = outcome_of(scheme, totals)
    after = outcome_of(scheme, {name: total for name, total in totals.items() if name != "A"})

    assert [filling.winners for filling in before.awards] == [("A", "B"), ("C", "D", "E")]
    assert [filling.winners for filling in after.awards] == [("B", "C"), ("D", "E", "F")]


def test_5_shares_of_the_heads_are_cut_from_the_award() -> None:
    assert split_amount(10_000_000, HeadShare(Decimal(5)), heads=2) == (9_000_000, 500_000, 500_000)
    shared = HeadShare(Decimal(5), each=False)
    assert split_amount(10_000_000, shared, heads=2) == (9_500_000, 250_000, 250_000)


def test_6_a_veto_leaves_neither_rank_nor_award_and_shows_the_score() -> None:
    veto = an_entry("1", EntryKind.VETO, reason="发生安全事故")

    outcome = outcome_of(a_scheme(awards=(EXCELLENT,)), {"1": "97", "2": "91"}, [veto])

    result, other = outcome.results
    assert (result.state, result.grade, result.final) == (ResultState.VETOED, "不合格", Decimal("97.00"))
    assert (result.rank, result.award, other.rank, other.award) == (0, "", 1, "优秀奖")
    (working,) = workings(outcome, "R10")
    assert "发生安全事故" in working
    assert "97.00" in working
