"""Laws that hold for every scheme and every year of it."""

import re
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model.assessment import EntryKind, Result, ResultState, TraceStep
from core.model.outcome import Outcome
from core.model.scheme import Award, Scheme, TieRule
from core.model.settled import Settled
from core.rules.assessing import assess
from core.rules.awarding import parts_of
from core.rules.computing import Computation
from core.rules.money import lines_of
from tests.core.engine_cases import an_entry
from tests.core.generated_schemes import HALF_POINT, Year, years
from tests.laws import examples

wide = settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])


def assessed(year: Year) -> Outcome:
    return assess(year.scheme, year.subjects, year.sheets, year.entries, **year.settled._asdict())


def bare(outcome: Outcome) -> dict[str, Result]:
    """Results by subject without their traces, whose order of sheets may be another."""
    return {one.subject_id: replace(one, trace=()) for one in outcome.results}


def worth(scheme: Scheme, grade: str) -> int:
    return -scheme.grades().index(grade) if grade else -99


@wide
@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_input_never_matters(year: Year, chance: Random) -> None:
    mixed = [list(part) for part in (year.subjects, year.sheets, year.entries)]
    for part in mixed:
        chance.shuffle(part)
    turned = Settled(year.settled.decisions[::-1], year.settled.revocations[::-1])

    first, second = assessed(year), assessed(Year(year.scheme, *mixed, turned))

    assert second.digest == first.digest
    assert bare(second) == bare(first)
    assert sorted(
        (one.code, one.category, sorted(one.winners), one.open_reasons) for one in second.awards
    ) == sorted((one.code, one.category, sorted(one.winners), one.open_reasons) for one in first.awards)


@wide
@given(years(settled=False), st.data())
def test_a_higher_mark_never_lowers_final_or_grade(year: Year, data: st.DataObject) -> None:
    ways = []
    for number, sheet in enumerate(year.sheets):
        category = next(one.category for one in year.subjects if one.id == sheet.subject_id)
        for column, leaf in enumerate(year.scheme.leaves(sheet.stage, category)):
            mark, full = sheet.marks[column], int(leaf.full) * 10**6
            if mark is not None and mark < full:
                ways.append((number, column, mark, full))
    if not ways:
        return
    number, column, mark, full = data.draw(st.sampled_from(ways))
    marks = list(year.sheets[number].marks)
    marks[column] = data.draw(st.integers(mark // HALF_POINT, full // HALF_POINT)) * HALF_POINT
    raised = list(year.sheets)
    raised[number] = replace(raised[number], marks=tuple(marks))

    for before, after in zip(
        assessed(year).results, assessed(year._replace(sheets=raised)).results, strict=True
    ):
        assert (before.final is None) == (after.final is None)
        assert before.final is None or (after.final is not None and after.final >= before.final)
        assert worth(year.scheme, after.grade) >= worth(year.scheme, before.grade)


@wide
@given(years(), st.sampled_from(["", "cap", "bar"]))
def test_a_veto_never_raises_a_grade_and_never_wins(year: Year, item: str) -> None:
    before = assessed(year).results[0]
    vetoed = [*year.entries, an_entry(before.subject_id, EntryKind.VETO, item=item)]

    after = assessed(year._replace(entries=vetoed)).results[0]

    assert after.award == ""
    if before.grade:
        assert worth(year.scheme, after.grade) <= worth(year.scheme, before.grade)
    if not item:
        assert (after.rank, after.grade) == (0, year.scheme.below_name)


@wide
@given(years())
def test_money_adds_up_to_the_fen(year: Year) -> None:
    outcome = assessed(year)

    assert outcome.money_fen == sum(result.amount_fen for result in outcome.results)
    for filling in outcome.awards:
        award = next(one for one in year.scheme.awards if one.code == filling.code)
        part = next(one for one in parts_of(award) if one.amount_fen == filling.amount_fen)
        assert filling.lines == lines_of(part)
        assert min(filling.lines) >= 0
        if award.share is None or not award.share.added:
            assert sum(filling.lines) == filling.amount_fen


@wide
@given(years())
def test_no_award_goes_beyond_its_places_unless_the_scheme_says_all(year: Year) -> None:
    outcome = assessed(year)

    rules: dict[str, Award] = {award.code: award for award in year.scheme.awards}
    for filling in outcome.awards:
        if filling.places is not None and rules[filling.code].ties is not TieRule.ALL:
            assert len(filling.winners) + filling.open_places == filling.places
        if filling.places is None:
            assert filling.open_places == 0
    winners = [winner for filling in outcome.awards for winner in filling.winners]
    assert len(winners) == len(set(winners))
    revoked = {one.subject_id for one in year.settled.revocations}
    assert revoked.isdisjoint(winners)
    assert {one.subject_id for one in outcome.results if one.award} == set(winners)


@wide
@given(years())
def test_who_is_revoked_or_waits_gets_nothing(year: Year) -> None:
    outcome = assessed(year)

    states = {one.subject_id: one.state for one in outcome.results}
    for revocation in year.settled.revocations:
        assert states[revocation.subject_id] is ResultState.REVOKED
    for filling in outcome.awards:
        for waiting in filling.undecided:
            result = next(one for one in outcome.results if one.subject_id == waiting)
            assert (result.award, result.amount_fen) == ("", 0)
            assert "并列待定" in result.notes


@wide
@given(years())
def test_the_trace_adds_up_to_the_result(year: Year) -> None:
    """Every working is worked out again from its text, and each step takes up what the one before gave."""
    for result in assessed(year).results:
        last: dict[str, Fraction] = {}
        for step in result.trace:
            if step.rule in ("R2", "R3", "R4", "R6", "R7"):
                last[step.rule] = worked_out(step)
        steps = {step.rule: step for step in result.trace}
        if "R8" in steps and "R7" in last:
            assert number(steps["R8"].working.split(" → ")[0]) == last["R7"]
        if result.final is not None:
            decided = steps["R15"] if any(s.title == "核定得分" for s in result.trace) else steps["R8"]
            assert decided.outcome in (str(result.final), steps.get("R14", decided).outcome)
            if "R15" not in steps:
                assert steps["R8"].outcome == str(result.final)


def worked_out(step: TraceStep) -> Fraction:
    """The value of a step, after every equation in its working was checked."""
    value = Fraction(0)
    for line in re.split("[\n；]", step.working):
        left, equals, right = line.rpartition(" = ")
        if equals and "最多计" not in right:
            sum_ = left.rpartition("：")[2]
            value = number(right)
            assert calculated(re.sub("^(加分|扣分) ", "", sum_)) == value, line
    if step.rule != "R2" and value:
        assert number(step.outcome) == value or "总分限于" in step.working
    return number(step.outcome) if step.rule != "R2" else value


def number(text: str) -> Fraction:
    """A figure as the trace writes it: its exact part."""
    return calculated(text.partition(" ≈ ")[0])


def calculated(text: str) -> Fraction:
    """What a pocket calculator makes of a working."""
    plain = text.replace("（未填）", "").replace("×", "*").replace("÷", "/").replace("−", "-")
    figures = re.sub(r"\d+(\.\d+)?", lambda found: f"Fraction('{found[0]}')", plain)
    return Fraction(eval(figures, {"Fraction": Fraction}))


@wide
@given(years(), st.data())
def test_one_subject_computed_anew_gives_what_computing_all_gives(year: Year, data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(year.subjects))
    kept = [sheet for sheet in year.sheets if sheet.subject_id != chosen.id]
    own = [sheet for sheet in year.sheets if sheet.subject_id == chosen.id][:-1]
    whole = Computation.of(year.scheme, year.subjects, [*kept, *own], year.entries, year.settled)
    before = Computation.of(year.scheme, year.subjects, year.sheets, year.entries, year.settled)

    entries = [one for one in year.entries if one.subject_id == chosen.id]
    changed = before.changed(chosen, own, entries)

    assert changed.outcome(digest="") == whole.outcome(digest="")
    assert changed.explain(chosen.id) == whole.outcome(digest="").results[year.subjects.index(chosen)].trace
