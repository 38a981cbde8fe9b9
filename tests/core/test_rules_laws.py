"""Laws that hold for every assessment, whatever the marks."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.model.assessment import Entry, EntryKind, ResultState, ScoreSheet, Subject
from core.model.outcome import Outcome
from core.model.scheme import (
    Aggregate,
    IncompleteSheet,
    Indicator,
    IndicatorSet,
    MissingRater,
    Scheme,
    TieKey,
    TieKeyKind,
    TieRule,
)
from core.rules.assessing import assess
from tests.core.engine_cases import EXCELLENT, GOOD, a_scheme, a_sheet, a_stage, a_subject, an_entry

LEAVES = (Indicator("x", "甲项", Decimal(60)), Indicator("y", "乙项", Decimal(40)))
WEIGHTS = {"a": 1, "b": 3, "c": 7}

xs = st.integers(0, 6000)
ys = st.integers(0, 4000)
sheets_of_one = st.lists(
    st.one_of(st.none(), st.tuples(st.none() | xs, st.none() | ys)), min_size=3, max_size=3
)
bonuses = st.lists(
    st.tuples(st.sampled_from([EntryKind.BONUS, EntryKind.DEDUCTION]), st.integers(1, 900)), max_size=3
)
cases = st.lists(st.tuples(sheets_of_one, bonuses, st.booleans()), min_size=1, max_size=7)
schemes = st.builds(
    lambda aggregate, empty, missing, ties: a_scheme(
        a_stage(weights=WEIGHTS, indicator_sets=(IndicatorSet((), LEAVES),), aggregate=aggregate),
        incomplete_sheet=empty,
        missing_rater=missing,
        bonus_cap=Decimal(5),
        deduction_cap=Decimal(10),
        tie_keys=(TieKey(TieKeyKind.INDICATOR, "year", "y"), TieKey(TieKeyKind.MORE_BONUS)),
        awards=(replace(EXCELLENT, ties=ties), replace(GOOD, grades=("优秀", "良好", "合格"), ties=ties)),
    ),
    st.sampled_from(Aggregate),
    st.sampled_from(IncompleteSheet),
    st.sampled_from(MissingRater),
    st.sampled_from(TieRule),
)


def hundredths(value: int | None) -> int | None:
    return None if value is None else value * 10_000


def build(case: list) -> tuple[list[Subject], list[ScoreSheet], list[Entry]]:
    subjects, sheets, entries = [], [], []
    for number, (rows, changes, vetoed) in enumerate(case):
        subject_id = str(number)
        subjects.append(a_subject(subject_id))
        for rater, row in zip(WEIGHTS, rows, strict=True):
            if row is not None:
                sheet = a_sheet(subject_id, rater=rater)
                sheets.append(replace(sheet, marks=tuple(map(hundredths, row))))
        entries += [an_entry(subject_id, kind, str(Decimal(points) / 100)) for kind, points in changes]
        if vetoed:
            entries.append(an_entry(subject_id, EntryKind.VETO))
    return subjects, sheets, entries


def grade_order(scheme: Scheme, grade: str) -> int:
    """Higher is better; no grade at all is below everything."""
    return -scheme.grades().index(grade) if grade else -99


@given(schemes, cases)
def test_the_order_of_input_never_matters(scheme: Scheme, case: list) -> None:
    subjects, sheets, entries = build(case)
    first = assess(scheme, subjects, sheets, entries)

    mixed = list(subjects), list(sheets), list(entries)
    for part in mixed:
        Random(7).shuffle(part)
    second = assess(scheme, *mixed)

    assert second.digest == first.digest
    assert {one.subject_id: replace(one, trace=()) for one in first.results} == {
        one.subject_id: replace(one, trace=()) for one in second.results
    }
    assert [(set(one.winners), set(one.undecided), one.reason) for one in first.awards] == [
        (set(one.winners), set(one.undecided), one.reason) for one in second.awards
    ]


@given(schemes, cases, st.data())
def test_more_marks_never_lower_the_grade(scheme: Scheme, case: list, data: st.DataObject) -> None:
    subjects, sheets, entries = build(case)
    raisable = [
        (number, column)
        for number, sheet in enumerate(sheets)
        for column, mark in enumerate(sheet.marks)
        if mark is not None and mark < int(LEAVES[column].full) * 10**6
    ]
    if not raisable:
        return
    number, column = data.draw(st.sampled_from(raisable))
    marks = list(sheets[number].marks)
    marks[column] = data.draw(st.integers(marks[column], int(LEAVES[column].full) * 10**6))
    raised = [*sheets[:number], replace(sheets[number], marks=tuple(marks)), *sheets[number + 1 :]]

    before = assess(scheme, subjects, sheets, entries)
    after = assess(scheme, subjects, raised, entries)

    for one, other in zip(before.results, after.results, strict=True):
        assert grade_order(scheme, other.grade) >= grade_order(scheme, one.grade)
        assert one.final is None or (other.final is not None and other.final >= one.final)


@given(schemes, cases)
def test_a_veto_never_raises_a_grade_and_never_wins(scheme: Scheme, case: list) -> None:
    subjects, sheets, entries = build(case)
    before = assess(scheme, subjects, sheets, entries).results[0]

    after = assess(scheme, subjects, sheets, [*entries, an_entry("0", EntryKind.VETO)]).results[0]

    if before.grade:
        assert grade_order(scheme, after.grade) <= grade_order(scheme, before.grade)
    assert (after.state, after.rank, after.award) == (ResultState.VETOED, 0, "")


@given(schemes, cases)
def test_awards_never_exceed_their_places_and_money_adds_up(scheme: Scheme, case: list) -> None:
    outcome = assess(scheme, *build(case))

    for award, filling in zip(scheme.awards, outcome.awards, strict=True):
        assert filling.places == award.number
        if award.ties is not TieRule.ALL:
            assert len(filling.winners) + filling.open_places == filling.places
        assert (filling.reason is None) == (filling.open_places == 0)
    winners = [winner for filling in outcome.awards for winner in filling.winners]
    assert len(winners) == len(set(winners))
    assert outcome.money_fen == sum(result.amount_fen for result in outcome.results)
    assert outcome.money_fen == sum(one.amount_fen * len(one.winners) for one in outcome.awards)


@given(cases)
def test_finals_equal_the_sums_in_fractions(case: list) -> None:
    scheme = a_scheme(
        a_stage(weights=WEIGHTS, indicator_sets=(IndicatorSet((), LEAVES),)),
        bonus_cap=Decimal(5),
        deduction_cap=Decimal(10),
    )

    outcome = assess(scheme, *build(case))

    for result, (rows, changes, _) in zip(outcome.results, case, strict=True):
        valid = [
            (weight, Fraction(sum(row), 100))
            for weight, row in zip(WEIGHTS.values(), rows, strict=True)
            if row is not None and None not in row
        ]
        assert (result.final is None) == (not valid)
        if valid:
            assert result.final == hand_final(valid, changes)


def hand_final(valid: list[tuple[int, Fraction]], changes: list[tuple[EntryKind, int]]) -> Decimal:
    base = sum(weight * total for weight, total in valid) / sum(weight for weight, _ in valid)
    bonus = min(sum(points for kind, points in changes if kind is EntryKind.BONUS), 500)
    deductions = min(sum(points for kind, points in changes if kind is EntryKind.DEDUCTION), 1000)
    raw = min(max(base + Fraction(bonus - deductions, 100), Fraction(0)), Fraction(100))
    return Decimal(floor(raw * 100 + Fraction(1, 2))) / 100


@given(schemes, cases)
def test_every_result_explains_itself(scheme: Scheme, case: list) -> None:
    outcome: Outcome = assess(scheme, *build(case))

    for result in outcome.results:
        outcomes = {step.rule: step.outcome for step in result.trace}
        if result.final is not None:
            assert outcomes["R8"] == str(result.final)
            assert outcomes["R10" if result.state is ResultState.VETOED else "R9"] == result.grade
        if result.rank:
            assert outcomes["R12"] == f"第 {result.rank} 名"
        if result.award:
            assert f"获{result.award}" in [step.outcome for step in result.trace if step.rule == "R13"]
