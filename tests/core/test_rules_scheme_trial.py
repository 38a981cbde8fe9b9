"""Another scheme tried on a cycle: what is taken over, what is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from core.model.assessment import ChosenWeight, Entry, EntryKind
from core.model.decision import Decision, DecisionKind
from core.model.scheme import ChangeItem, Indicator, IndicatorSet, Scheme, Stage
from core.model.settled import Settled
from core.rules.scheme_trial import TriedOn, trial_words, try_on
from tests.core.engine_cases import a_scheme, a_sheet, a_stage, a_subject, an_entry

LEAVES = (Indicator("x", "甲项", Decimal(60)), Indicator("y", "乙项", Decimal(40)))
STAGE = a_stage(weights={"desk": 1, "public": 1}, indicator_sets=(IndicatorSet((), LEAVES),))
MEETING = Decision("", "", DecisionKind.SCORE, "领导小组", "2026-01-05", "张三", "复核", subject_id="b")


def a_cycle(
    scheme: Scheme,
    entries: Sequence[Entry] = (),
    decisions: Sequence[Decision] = (),
    chosen: Mapping[str, int] = MappingProxyType({}),
) -> TriedOn:
    weights = tuple(ChosenWeight("year", rater, Decimal(weight)) for rater, weight in chosen.items())
    return TriedOn(
        scheme,
        [a_subject("a"), a_subject("b")],
        [
            a_sheet("a", "50", "30"),
            a_sheet("a", "60", "40", rater="public"),
            a_sheet("b", "40", "30"),
            a_sheet("b", "40", "40", rater="public"),
        ],
        entries,
        Settled(decisions=tuple(decisions), weights=weights),
    )


def finals(scheme: Scheme, cycle: TriedOn) -> dict[str, tuple[str, str]]:
    lines = try_on(scheme, cycle, 2025, "年度考核").lines
    return {line.name: (str(line.before.final), str(line.after.final)) for line in lines}


def with_leaves(*leaves: Indicator) -> Stage:
    return replace(STAGE, indicator_sets=(IndicatorSet((), leaves),))


def test_marks_are_found_by_the_codes_of_their_indicators_in_any_order() -> None:
    cycle = a_cycle(a_scheme(STAGE))

    assert finals(a_scheme(with_leaves(*reversed(LEAVES))), cycle) == {
        "组织a": ("90.00", "90.00"),
        "组织b": ("75.00", "75.00"),
    }


def test_a_rater_who_is_gone_takes_the_sheets_along() -> None:
    trial = try_on(
        a_scheme(replace(STAGE, raters=STAGE.raters[:1])), a_cycle(a_scheme(STAGE)), 2025, "年度考核"
    )

    assert [(line.name, str(line.after.final)) for line in trial.lines] == [
        ("组织a", "80.00"),
        ("组织b", "70.00"),
    ]
    assert trial.remarks == ("2 张评分表在方案里没有对应的评分方，没有计入",)
    assert "1 个等次会变" in trial_words(trial)


def test_a_chosen_weight_holds_where_the_new_scheme_has_a_bound_too() -> None:
    desk, public = STAGE.raters
    bounded = replace(
        STAGE,
        raters=(
            replace(desk, weight=Decimal(50), minimum_share=Decimal(20)),
            replace(public, weight=Decimal(50), minimum_share=Decimal(50)),
        ),
    )
    cycle = a_cycle(a_scheme(bounded), chosen={"desk": 25, "public": 75})

    assert finals(a_scheme(bounded), cycle)["组织a"] == ("95.00", "95.00")
    assert finals(a_scheme(STAGE), cycle)["组织a"] == ("95.00", "90.00")


def test_bonuses_count_what_the_new_scheme_gives_for_them() -> None:
    old = a_scheme(STAGE, bonuses=(ChangeItem("honour", "获奖", Decimal(1)),))
    new = a_scheme(STAGE, bonuses=(ChangeItem("honour", "获奖", Decimal(4)),))
    honour = an_entry("b", EntryKind.BONUS, "1", item="honour")

    assert finals(new, a_cycle(old, entries=[honour]))["组织b"] == ("76.00", "79.00")


def test_decided_scores_count_on_both_sides_and_other_decisions_on_neither() -> None:
    scheme = a_scheme(STAGE)
    score = replace(MEETING, score=Decimal(85))
    grade = replace(MEETING, kind=DecisionKind.GRADE, subject_id="a", grade="合格")

    trial = try_on(scheme, a_cycle(scheme, decisions=(score, grade)), 2025, "年度考核")

    assert {line.name: line.before.grade for line in trial.lines} == {"组织a": "优秀", "组织b": "良好"}
    assert trial.moved == ()
    assert trial.remarks == ("对并列、等次和名额空缺的决定没有计入，两边都只按方案算",)


def test_a_mark_above_the_new_full_mark_is_an_empty_cell() -> None:
    smaller = with_leaves(replace(LEAVES[0], full=Decimal(45)), replace(LEAVES[1], full=Decimal(55)))

    trial = try_on(a_scheme(smaller, incomplete_sheet="zero"), a_cycle(a_scheme(STAGE)), 2025, "年度考核")

    assert trial.remarks == ("2 个评分不在方案的范围内，作为空格",)
