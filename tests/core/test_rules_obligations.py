"""Periods of a rhythm, the turns due in them, and how near a deadline is."""

from datetime import date
from itertools import pairwise

import pytest

from core.model.dates import PartialDate
from core.model.task_view import Urgency
from core.model.tasks import Holiday, Obligation, Rhythm
from core.rules.deadlines import deadline, deadline_met, first_day, last_day
from core.rules.obligations import coming_turns, missing_turns, period_of, periods, turns
from core.rules.working_days import WorkingDays

CALENDAR = WorkingDays()
TODAY = date(2026, 1, 8)  # a Thursday


def obligation(rhythm: Rhythm, due_day: int = -1, since: str = "", until: str = "") -> Obligation:
    return Obligation(
        rhythm.value,
        "例会",
        rhythm,
        due_day,
        since_on=PartialDate.parse(since) if since else None,
        until_on=PartialDate.parse(until) if until else None,
    )


def codes(found) -> list[str]:
    return [each.period.code for each in found]


@pytest.mark.parametrize(
    ("rhythm", "day", "code", "title", "first", "last"),
    [
        (Rhythm.WEEKLY, "2026-02-25", "2026-W09", "2026年第9周", "2026-02-23", "2026-03-01"),
        # The last days of December may lie in the first week of the next year, and the other way round.
        (Rhythm.WEEKLY, "2025-12-29", "2026-W01", "2026年第1周", "2025-12-29", "2026-01-04"),
        (Rhythm.WEEKLY, "2027-01-03", "2026-W53", "2026年第53周", "2026-12-28", "2027-01-03"),
        (Rhythm.MONTHLY, "2028-02-29", "2028-02", "2028年2月", "2028-02-01", "2028-02-29"),
        (Rhythm.MONTHLY, "2026-12-01", "2026-12", "2026年12月", "2026-12-01", "2026-12-31"),
        (Rhythm.QUARTERLY, "2026-03-31", "2026-Q1", "2026年第1季度", "2026-01-01", "2026-03-31"),
        (Rhythm.QUARTERLY, "2026-10-01", "2026-Q4", "2026年第4季度", "2026-10-01", "2026-12-31"),
        (Rhythm.HALF_YEARLY, "2026-06-30", "2026-H1", "2026年上半年", "2026-01-01", "2026-06-30"),
        (Rhythm.HALF_YEARLY, "2026-07-01", "2026-H2", "2026年下半年", "2026-07-01", "2026-12-31"),
        (Rhythm.YEARLY, "2026-07-01", "2026", "2026年", "2026-01-01", "2026-12-31"),
    ],
)
def test_period_of_a_day(rhythm, day, code, title, first, last) -> None:
    found = period_of(rhythm, date.fromisoformat(day))
    assert (found.code, found.title) == (code, title)
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_periods_leave_no_day_out_and_count_none_twice(rhythm: Rhythm) -> None:
    found = list(periods(rhythm, date(2024, 11, 20), date(2027, 2, 3)))
    assert found[0].first <= date(2024, 11, 20) <= found[0].last
    assert found[-1].first <= date(2027, 2, 3) <= found[-1].last
    for each, following in pairwise(found):
        assert (following.first - each.last).days == 1
    assert len({each.code for each in found}) == len(found)


@pytest.mark.parametrize(
    ("rhythm", "due_day", "due_on"),
    [
        (Rhythm.WEEKLY, 1, "2026-02-24"),  # Monday is still the Spring Festival
        (Rhythm.WEEKLY, -1, "2026-02-28"),  # a Saturday that is worked
        (Rhythm.MONTHLY, -1, "2026-02-28"),
        (Rhythm.MONTHLY, 3, "2026-02-04"),
        (Rhythm.QUARTERLY, -1, "2026-03-31"),
        (Rhythm.YEARLY, -2, "2026-12-30"),
        (Rhythm.WEEKLY, 9, "2026-02-28"),  # the week has fewer: its last one
    ],
)
def test_due_day_is_counted_in_working_days(rhythm: Rhythm, due_day: int, due_on: str) -> None:
    day = date(2026, 2, 25)
    (found,) = turns(obligation(rhythm, due_day), CALENDAR, day, day)
    assert found.due_on == date.fromisoformat(due_on)


def test_week_without_a_working_day_has_no_turn() -> None:
    off = WorkingDays([Holiday(str(day), PartialDate(2026, 3, day)) for day in range(9, 14)])
    found = turns(obligation(Rhythm.WEEKLY), off, date(2026, 3, 2), date(2026, 3, 22))
    assert codes(found) == ["2026-W10", "2026-W12"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2025-11-20", "", ["2025-11", "2025-12", "2026-01"]),
        ("2025-11-29", "", ["2025-12", "2026-01"]),  # November's day, the 28th, had passed
        ("2025-12", "2025", ["2025-12"]),
        ("", "2025-10", ["2025-09", "2025-10"]),
        ("2027", "", []),
    ],
)
def test_turns_lie_within_the_days_of_the_obligation(since: str, until: str, expected: list[str]) -> None:
    found = turns(obligation(Rhythm.MONTHLY, -1, since, until), CALENDAR, date(2025, 9, 5), TODAY)
    assert codes(found) == expected


def test_turns_that_have_a_task_are_not_missing() -> None:
    monthly = obligation(Rhythm.MONTHLY, since="2025-11")
    known = {(monthly.id, "2025-12"), ("other", "2026-01")}
    assert codes(missing_turns([monthly], known, CALENDAR, TODAY)) == ["2025-11", "2026-01"]


def test_years_long_gone_are_not_asked_for() -> None:
    found = missing_turns([obligation(Rhythm.QUARTERLY, since="1949")], set(), CALENDAR, TODAY)
    assert codes(found) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]


def test_obligation_without_a_beginning_begins_now() -> None:
    monthly = obligation(Rhythm.MONTHLY)
    assert codes(missing_turns([monthly], set(), CALENDAR, TODAY)) == ["2026-01"]
    known = {(monthly.id, "2025-11")}
    assert codes(missing_turns([monthly], known, CALENDAR, TODAY)) == ["2025-12", "2026-01"]


def test_obligation_that_has_ended_lacks_nothing() -> None:
    assert missing_turns([obligation(Rhythm.WEEKLY, until="2024")], set(), CALENDAR, TODAY) == ()


def test_coming_turns_have_not_begun() -> None:
    both = [obligation(Rhythm.MONTHLY), obligation(Rhythm.YEARLY)]
    january = coming_turns(both, CALENDAR, date(2025, 12, 29), date(2026, 2, 1), TODAY)
    february = coming_turns(both, CALENDAR, date(2026, 1, 26), date(2026, 3, 1), TODAY)
    december = coming_turns(both, CALENDAR, date(2027, 11, 29), date(2028, 1, 2), TODAY)
    assert (codes(january), codes(february), codes(december)) == (
        [],
        ["2026-02"],
        ["2027-11", "2027-12", "2027"],
    )


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-03-05", "2026-03-05", "2026-03-05"),
    ],
)
def test_days_that_a_date_can_mean(written: str, first: str, last: str) -> None:
    dated = PartialDate.parse(written)
    assert (str(first_day(dated)), str(last_day(dated))) == (first, last)


@pytest.mark.parametrize(
    ("due_on", "urgency", "left", "words"),
    [
        ("2026-01-05", Urgency.OVERDUE, -3, "逾期 3 个工作日"),
        ("2026-01-07", Urgency.OVERDUE, -1, "逾期 1 个工作日"),
        ("2026-01-08", Urgency.THIS_WEEK, 0, "今天到期"),
        ("2026-01-09", Urgency.THIS_WEEK, 1, "还有 1 个工作日"),
        ("2026-01-11", Urgency.THIS_WEEK, 1, "还有 1 个工作日"),  # a Sunday
        ("2026-01-12", Urgency.LATER, 2, "还有 2 个工作日"),
        ("2026-02-24", Urgency.LATER, 28, "还有 28 个工作日"),
    ],
)
def test_how_near_a_deadline_is(due_on: str, urgency: Urgency, left: int, words: str) -> None:
    found = deadline(date.fromisoformat(due_on), TODAY, CALENDAR)
    assert (found.urgency, found.days_left, found.words) == (urgency, left, words)


def test_deadline_over_a_weekend() -> None:
    friday, saturday, sunday = (date(2026, 1, day) for day in (16, 17, 18))
    gone = deadline(friday, saturday, CALENDAR)
    assert (gone.urgency, gone.words) == (Urgency.OVERDUE, "刚过期限")
    near = deadline(sunday, friday, CALENDAR)
    assert (near.urgency, near.words) == (Urgency.THIS_WEEK, "休息日到期")


def test_without_a_due_day_there_is_time() -> None:
    found = deadline(None, TODAY, CALENDAR)
    assert (found.urgency, found.days_left) == (Urgency.LATER, None)


def test_calendar_days_count_weekends() -> None:
    found = deadline(date(2026, 1, 12), TODAY, CALENDAR, in_working_days=False)
    assert found.words == "还有 4 天"


@pytest.mark.parametrize(
    ("done_on", "words"),
    [(date(2026, 1, 8), "按期完成"), (date(2026, 1, 12), "逾期 2 个工作日"), (date(2026, 1, 1), "按期完成")],
)
def test_deadline_met_or_not(done_on: date, words: str) -> None:
    found = deadline_met(TODAY, done_on, CALENDAR)
    assert (found.urgency, found.words) == (Urgency.DONE, words)
