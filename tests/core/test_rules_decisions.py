"""What people decide and take back (R15, R16, R17)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import InvalidInput
from core.model.assessment import EntryKind, ResultState
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.outcome import Decided, OpenReason, Outcome
from core.model.scheme import Places, TieRule
from core.rules.assessing import assess
from tests.core.engine_cases import (
    EXCELLENT,
    GOOD,
    a_decision,
    a_revocation,
    a_scheme,
    a_sheet,
    a_subject,
    an_entry,
    outcome_of,
    workings,
)

SCHEME = a_scheme(awards=(EXCELLENT, GOOD))
TIED = {"1": "93", "2": "92", "3": "92", "4": "92", "5": "85"}
SIX = {"A": "95", "B": "94", "C": "93", "D": "92", "E": "91", "F": "90"}


def decided(*decisions: Decision, totals: dict[str, str] = TIED) -> Outcome:
    return outcome_of(SCHEME, totals, decisions=decisions)


def revoked(*revocations: Revocation, totals: dict[str, str] = SIX) -> Outcome:
    return outcome_of(SCHEME, totals, revocations=revocations)


def problems_of(*decisions: Decision) -> str:
    with pytest.raises(InvalidInput) as caught:
        decided(*decisions)
    return "\n".join(map(str, caught.value.problems))


def test_a_decided_order_fills_the_award_and_frees_the_others() -> None:
    order = a_decision(DecisionKind.TIE, award="excellent", order=("4", "2", "3"))

    outcome = decided(order)

    excellent, good = outcome.awards
    assert (excellent.winners, excellent.undecided, excellent.open_reasons) == (("1", "4"), (), ())
    assert set(good.winners) == {"2", "3", "5"}
    assert [result.rank for result in outcome.results] == [1, 2, 2, 2, 5]
    steps = [step for step in outcome.results[3].trace if step.rule == "R15"]
    assert [(step.working, step.outcome) for step in steps] == [
        ("决定的先后：组织4、组织2、组织3", "获优秀奖")
    ]
    assert [tuple(one) for one in steps[0].inputs] == [
        ("街道党工委会议", "2026-01-20", "甲、乙、丙"),
        ("理由", "会议研究", "纪要第 3 号"),
    ]


def test_an_order_that_leaves_an_equal_out_decides_nothing() -> None:
    outcome = decided(a_decision(DecisionKind.TIE, award="excellent", order=("4", "2")))

    assert set(outcome.awards[0].undecided) == {"2", "3", "4"}


def test_a_lifted_decision_counts_no_more() -> None:
    order = a_decision(DecisionKind.TIE, award="excellent", order=("4", "2", "3"), lifted="会议无效")

    assert replace(decided(order), digest="") == replace(decided(), digest="")


def test_places_left_open_by_decision_free_those_who_waited() -> None:
    outcome = decided(a_decision(DecisionKind.LEAVE_OPEN, award="excellent"))

    excellent, good = outcome.awards
    assert (excellent.winners, excellent.undecided) == (("1",), ())
    assert excellent.open_reasons == (OpenReason.LEFT_OPEN,)
    assert set(good.winners) == {"2", "3", "4"}
    assert "决定名额空着" in workings(outcome, "R15", 1)


def test_a_decided_score_goes_over_the_computed_one_which_stays_beside_it() -> None:
    score = a_decision(DecisionKind.SCORE, subject_id="5", score=Decimal("94.5"))

    outcome = decided(score)

    result = outcome.results[4]
    assert (result.final, result.grade, result.rank) == (Decimal("94.50"), "优秀", 1)
    assert result.award == "优秀奖"
    assert result.notes == ("核定得分（计算得 85.00）",)
    assert outcome.decided == (Decided("5", Decimal("85.00"), "良好"),)
    assert [(step.rule, step.outcome) for step in result.trace][:5] == [
        ("R2", "1 张"), ("R4", "85.00"), ("R8", "85.00"), ("R15", "94.50"), ("R9", "优秀"),
    ]  # fmt: skip
    assert workings(outcome, "R15", 4) == ["原为 85.00，定为 94.50"]


def test_a_recheck_confirms_or_goes_over_a_decided_score() -> None:
    score = a_decision(DecisionKind.SCORE, subject_id="5", score=Decimal("94.5"))
    confirmed = a_decision(DecisionKind.RECHECK, subject_id="5")
    corrected = a_decision(DecisionKind.RECHECK, subject_id="5", score=Decimal("88"))

    assert decided(confirmed).results[4].final == Decimal("85.00")
    assert decided(confirmed).results[4].notes == ("复核得分，维持原得分",)
    outcome = decided(corrected, score)
    assert outcome.results[4].final == Decimal("88.00")
    assert workings(outcome, "R15", 4) == ["原为 85.00，定为 94.50", "原为 94.50，定为 88.00"]


def test_a_decided_grade_goes_over_the_one_by_score_and_vetoes_act_on_it() -> None:
    grade = a_decision(DecisionKind.GRADE, subject_id="5", grade="优秀")

    outcome = decided(grade)
    assert (outcome.results[4].final, outcome.results[4].grade) == (Decimal("85.00"), "优秀")
    assert outcome.results[4].notes == ("核定等次（按分数为良好）",)
    assert workings(outcome, "R15", 4) == ["按分数为良好，定为优秀"]
    assert workings(outcome, "R9", 4) == ["85.00 低于 90.00，差 5.00；不低于 80.00"]

    # A decision from before that says both is carried out as it was.
    both = decided(replace(grade, score=Decimal(91)))
    assert (both.results[4].final, both.results[4].grade) == (Decimal("91.00"), "优秀")
    assert workings(both, "R15", 4) == ["原为 85.00，定为 91.00", "按分数为良好，定为优秀"]

    vetoed = outcome_of(SCHEME, TIED, [an_entry("5", EntryKind.VETO)], decisions=[grade])
    assert (vetoed.results[4].state, vetoed.results[4].grade) == (ResultState.VETOED, "不合格")


def test_a_score_can_be_decided_where_none_could_be_computed() -> None:
    score = a_decision(DecisionKind.SCORE, subject_id="2", score=Decimal(81))

    outcome = assess(SCHEME, [a_subject("1"), a_subject("2")], [a_sheet("1", "80")], [], decisions=[score])

    result = outcome.results[1]
    assert (result.state, result.final, result.grade, result.rank) == (
        ResultState.COMPLETE, Decimal("81.00"), "良好", 1,
    )  # fmt: skip
    assert workings(outcome, "R15", 1) == ["没有得分，定为 81.00"]


@pytest.mark.parametrize(
    ("decisions", "part"),
    [
        ([a_decision(DecisionKind.GRADE, subject_id="1", grade="优秀", reason="")], "决定没有写全"),
        ([a_decision(DecisionKind.GRADE, subject_id="1", grade="优越")], "没有“优越”这个等次"),
        (
            [a_decision(DecisionKind.GRADE, subject_id="1", grade="优秀", score=Decimal(150))],
            "应在 0 至 100 之间",
        ),
        ([a_decision(DecisionKind.SCORE, subject_id="9", score=Decimal(90))], "对象不在本次考核中"),
        ([a_decision(DecisionKind.SCORE, subject_id="1")], "得分“”不对"),
        ([a_decision(DecisionKind.SCORE, subject_id="1", score=Decimal("100.01"))], "应在 0 至 100 之间"),
        ([a_decision(DecisionKind.RECHECK, subject_id="1", score=Decimal("90.005"))], "最多 2 位小数"),
        ([a_decision(DecisionKind.TIE, award="gold", order=("1", "2"))], "没有“gold”这个奖项"),
        ([a_decision(DecisionKind.TIE, award="good", order=("1",))], "先后的次序不对"),
        ([a_decision(DecisionKind.TIE, award="good", order=("1", "1"))], "先后的次序不对"),
        ([a_decision(DecisionKind.TIE, award="good", order=("1", "9"))], "先后的次序不对"),
        ([a_decision(DecisionKind.LEAVE_OPEN, award="good", category="甲")], "按类别评的奖项要写类别"),
        (
            [a_decision(DecisionKind.GRADE, subject_id="1", grade=grade) for grade in ("优秀", "良好")],
            "核定等次决定“组织1”：有 2 份",
        ),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(decisions: list[Decision], part: str) -> None:
    assert part in problems_of(*decisions)


def test_4_a_revoked_winner_lets_the_others_move_up() -> None:
    outcome = revoked(a_revocation("A"))

    assert [filling.winners for filling in outcome.awards] == [("B", "C"), ("D", "E", "F")]
    result = outcome.results[0]
    assert (result.state, result.final, result.grade) == (ResultState.REVOKED, Decimal("95.00"), "不合格")
    assert (result.rank, result.award, result.amount_fen) == (0, "", 0)
    assert result.notes == ("已撤销：材料造假",)
    assert outcome.results[1].rank == 1
    assert workings(outcome, "R17") == ["撤销等次、奖项和奖金；所得名额由其余对象递补"]


def test_4_without_promotion_the_place_stays_empty() -> None:
    outcome = revoked(a_revocation("A", promote=False))

    excellent, good = outcome.awards
    assert (excellent.winners, excellent.open_reasons) == (("B",), (OpenReason.REVOKED,))
    assert (good.winners, good.open_reasons) == (("C", "D", "E"), ())
    assert outcome.money_fen == 4_000_000 + 3 * 3_000_000
    assert outcome.results[0].state is ResultState.REVOKED
    assert outcome.results[5].award == ""


def test_both_ways_of_revoking_meet_in_one_year() -> None:
    outcome = revoked(a_revocation("A"), a_revocation("B", promote=False))

    excellent, good = outcome.awards
    assert (excellent.winners, excellent.open_reasons) == (("C",), (OpenReason.REVOKED,))
    assert good.winners == ("D", "E", "F")


def test_each_open_place_keeps_its_own_reason() -> None:
    outcome = revoked(a_revocation("B", promote=False), totals={"A": "95", "B": "85", "C": "84"})

    excellent, good = outcome.awards
    assert excellent.open_reasons == (OpenReason.NO_CANDIDATE,)
    assert (good.winners, good.open_reasons) == (("C",), (OpenReason.REVOKED, OpenReason.NO_CANDIDATE))
    assert (good.open_places, good.reason) == (2, OpenReason.REVOKED)


def test_a_revoked_winner_of_open_places_leaves_no_place() -> None:
    scheme = a_scheme(awards=(replace(GOOD, places=Places.OPEN, number=Decimal(0)),))

    (filling,) = outcome_of(scheme, SIX, revocations=[a_revocation("A", promote=False)]).awards

    assert (filling.winners, filling.open_reasons) == (("B", "C", "D", "E", "F"), ())


def test_a_revoked_winner_beyond_the_places_leaves_none_open() -> None:
    scheme = a_scheme(awards=(replace(EXCELLENT, ties=TieRule.ALL),))

    (filling,) = outcome_of(scheme, TIED, revocations=[a_revocation("2", promote=False)]).awards

    assert (set(filling.winners), filling.open_places) == ({"1", "3", "4"}, 0)


def test_a_lifted_revocation_counts_no_more() -> None:
    lifted = a_revocation("A", lifted="复议撤销")

    assert replace(revoked(lifted), digest="") == replace(revoked(), digest="")


def test_revoking_twice_or_without_a_result_is_refused() -> None:
    for revocations, part in (
        ([a_revocation("A"), a_revocation("A", promote=False)], "撤销了 2 次"),
        ([a_revocation("Z")], "对象没有结果可撤销"),
    ):
        with pytest.raises(InvalidInput) as caught:
            revoked(*revocations)
        assert part in str(caught.value.problems[0])


def test_decisions_and_revocations_change_the_digest() -> None:
    digests = {
        decided().digest,
        decided(a_decision(DecisionKind.LEAVE_OPEN, award="excellent")).digest,
        decided(a_decision(DecisionKind.LEAVE_OPEN, award="good")).digest,
        outcome_of(SCHEME, TIED, revocations=[a_revocation("1")]).digest,
        outcome_of(SCHEME, TIED, revocations=[a_revocation("1", promote=False)]).digest,
        outcome_of(SCHEME, TIED, revocations=[a_revocation("2")]).digest,
    }
    assert len(digests) == 6
