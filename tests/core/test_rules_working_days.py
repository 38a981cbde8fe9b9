"""Working days by the State Council's calendar and the office's own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.dates import PartialDate
from core.model.tasks import Holiday
from core.rules.working_days import WorkingDays, exact_day

CALENDAR = WorkingDays()
DAYS = st.dates(date(2003, 1, 1), date(2030, 12, 31))


def off(text: str, works: bool = False) -> Holiday:
    return Holiday(text, PartialDate.parse(text), works)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year, a Thursday
        (date(2026, 1, 4), True),  # a Sunday that is worked for it
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 2, 28), True),  # a Saturday that is worked
        (date(2026, 1, 10), False),  # a plain Saturday
        (date(2026, 1, 8), True),
        (date(2031, 1, 1), True),  # nothing is known: a Wednesday
    ],
)
def test_days_worked(day: date, works: bool) -> None:
    assert CALENDAR.is_working(day) is works


def test_publication_period_of_the_ministry_example() -> None:
    assert CALENDAR.after(date(2022, 10, 30), 5) == date(2022, 11, 4)


def test_days_go_on_over_the_spring_festival() -> None:
    # 2026-02-13 is a Friday, the 14th is worked, then off until the 23rd.
    assert CALENDAR.after(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert CALENDAR.after(date(2026, 2, 24), -2) == date(2026, 2, 13)


def test_none_after_is_the_day_itself() -> None:
    assert CALENDAR.after(date(2026, 2, 17), 0) == date(2026, 2, 17)


def test_own_calendar_comes_first() -> None:
    own = WorkingDays([off("2026-02-28"), off("2026-01-10", works=True)])
    assert not own.is_working(date(2026, 2, 28))
    assert own.is_working(date(2026, 1, 10))
    assert own.count_between(date(2026, 1, 8), date(2026, 1, 12)) == 3


def test_a_month_in_the_own_calendar_says_nothing() -> None:
    assert WorkingDays([off("2027-05")]).unknown_years(date(2027, 1, 1), date(2027, 2, 1)) == (2027,)


@pytest.mark.parametrize(("nth", "day"), [(1, 4), (3, 6), (-1, 30), (-2, 29), (99, 30), (-99, 4), (0, 4)])
def test_nth_working_day_of_january_2026(nth: int, day: int) -> None:
    # The 1st to the 3rd are off, the 4th is a Sunday that is worked, the 31st a Saturday.
    assert CALENDAR.nth_of_period(date(2026, 1, 1), date(2026, 1, 31), nth) == date(2026, 1, day)


def test_week_without_a_working_day_has_none() -> None:
    assert CALENDAR.nth_of_period(date(2026, 2, 16), date(2026, 2, 22), 1) is None


def test_unknown_years_are_told() -> None:
    assert CALENDAR.note(date(2026, 1, 1), date(2026, 12, 31)) == ""
    assert "2027 年、2028 年" in CALENDAR.note(date(2026, 12, 30), date(2028, 1, 3))
    assert WorkingDays([off("2027-01-01")]).note(date(2027, 1, 1), date(2027, 6, 1)) == ""


@given(DAYS, st.integers(0, 60))
def test_counting_undoes_adding(day: date, count: int) -> None:
    assert CALENDAR.count_between(day, CALENDAR.after(day, count)) == count


@given(DAYS, DAYS)
def test_count_is_that_of_the_days_one_by_one(one: date, other: date) -> None:
    since, until = sorted((one, min(other, one + timedelta(days=400))))
    days = [since + timedelta(days=step) for step in range(1, (until - since).days + 1)]
    counted = sum(map(CALENDAR.is_working, days))
    assert CALENDAR.count_between(since, until) == counted
    assert CALENDAR.count_between(until, since) == -counted


def test_only_a_full_date_is_a_day() -> None:
    assert exact_day(PartialDate(2026, 3, 5)) == date(2026, 3, 5)
    assert exact_day(PartialDate(2026, 3)) is None
    assert exact_day(None) is None
