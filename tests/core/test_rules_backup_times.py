"""When backups are made and which of them stay; thinning by laws that hold for any history."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.backup_times import asks_backup_first, is_due, kept

NOW = datetime(2026, 11, 22, 12, 30)
ages = st.lists(st.integers(0, 800 * 24 * 60), max_size=60)
later = st.integers(0, 500 * 24 * 60)


def histories(minutes: list[int]) -> dict[int, datetime]:
    return {number: NOW - timedelta(minutes=age) for number, age in enumerate(minutes)}


@given(ages)
def test_newest_stays_and_so_does_everything_of_two_days(minutes: list[int]) -> None:
    made = histories(minutes)
    staying = kept(made, NOW)
    assert staying <= made.keys()
    assert {key for key, at in made.items() if NOW - at <= timedelta(days=2)} <= staying
    if made:
        assert max(made.values()) in {made[key] for key in staying}


@given(ages)
def test_each_day_week_and_month_keeps_its_newest(minutes: list[int]) -> None:
    made = histories(minutes)
    staying = {made[key] for key in kept(made, NOW)}
    for at in made.values():
        days = (NOW.date() - at.date()).days
        same_day = [each for each in made.values() if each.date() == at.date()]
        same_week = [each for each in made.values() if each.isocalendar()[:2] == at.isocalendar()[:2]]
        same_month = [each for each in made.values() if (each.year, each.month) == (at.year, at.month)]
        if days <= 7:
            assert max(same_day) in staying
        if days <= 28:
            assert max(same_week) in staying
        if (NOW.year - at.year) * 12 + NOW.month - at.month <= 12:
            assert max(same_month) in staying


@given(ages)
def test_no_more_stay_than_the_plan_has_places_for(minutes: list[int]) -> None:
    made = histories(minutes)
    older = [key for key in kept(made, NOW) if NOW - made[key] > timedelta(days=2)]
    assert len(older) <= 8 + 5 + 13 + 1
    assert all(NOW - made[key] <= timedelta(days=396) or made[key] == max(made.values()) for key in older)


@given(ages, later)
def test_thinning_again_changes_nothing_and_waiting_thins_no_less_than_at_once(
    minutes: list[int], wait: int
) -> None:
    made = histories(minutes)
    once = {key: made[key] for key in kept(made, NOW)}
    assert kept(once, NOW) == once.keys()
    then = NOW + timedelta(minutes=wait)
    # Thinned on the way or only in the end: what counts then is still there.
    assert {once[key] for key in kept(once, then)} == {made[key] for key in kept(made, then)}


@given(st.lists(st.integers(1, 400 * 24 * 60), min_size=1, max_size=20))
def test_backups_of_a_time_yet_to_come_stay(minutes: list[int]) -> None:
    made = {number: NOW + timedelta(minutes=ahead) for number, ahead in enumerate(minutes)}
    assert kept(made, NOW) == made.keys()


def test_a_year_of_half_hours_leaves_few() -> None:
    made: dict[int, datetime] = {}
    at = NOW - timedelta(days=400)
    number = 0
    while at <= NOW:
        if 8 <= at.hour < 18:
            made[number] = at
            number += 1
        if at.hour == 17 and at.minute >= 30:
            staying = kept(made, at)
            made = {key: made[key] for key in staying}
        at += timedelta(minutes=30)
    ordered = sorted(made.values(), reverse=True)
    assert len(ordered) < 75
    months = {(each.year, each.month) for each in ordered}
    assert len(months) >= 13


@pytest.mark.parametrize(
    ("minutes", "due"),
    [(29, False), (30, True), (31, True), (-1, True)],
    ids=["early", "at", "late", "ahead"],
)
def test_due_after_the_time_and_when_the_clock_was_set_back(minutes: int, due: bool) -> None:
    assert is_due(NOW - timedelta(minutes=minutes), NOW, timedelta(minutes=30)) is due


def test_what_was_never_done_is_due() -> None:
    assert is_due(None, NOW, timedelta(days=365))


@pytest.mark.parametrize(
    ("verb", "asks"),
    [
        ("导入名册", True),
        ("导入评分表", True),
        ("批量修改归口", True),
        ("合并组织", True),
        ("撤销：导入名册", True),
        ("重做：导入名册", True),
        ("升级数据", True),
        ("录入评分", False),
        ("保存组织", False),
        ("撤销：保存组织", False),
    ],
)
def test_acts_that_change_much_ask_for_a_backup(verb: str, asks: bool) -> None:
    assert asks_backup_first(verb) is asks
