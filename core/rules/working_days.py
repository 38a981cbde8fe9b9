"""Working days (工作日): the week's rule, the State Council's holidays, the office's own calendar."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

from chinese_calendar.constants import holidays, workdays

from core.model.dates import PartialDate
from core.model.tasks import Holiday

_NATIONAL: dict[date, bool] = {**dict.fromkeys(holidays, False), **dict.fromkeys(workdays, True)}
_NATIONAL_YEARS = frozenset(day.year for day in _NATIONAL)
_DAY = timedelta(days=1)


class WorkingDays:
    """Which days are worked, and how to count them.

    Source: the State Council's yearly notices on 节假日安排 as the library chinesecalendar has them (2004 to
    2026), days off and shifted work days (调休) alike; the office's own records come before it. In a year
    without either, Monday to Friday are worked.
    """

    def __init__(self, own: Iterable[Holiday] = ()) -> None:
        """`own` is the office's calendar; records without an exact day are left out."""
        said = {day: each.works for each in own if (day := exact_day(each.day))}
        self._said = _NATIONAL | said
        self._years = _NATIONAL_YEARS | {day.year for day in said}

    @cached_property
    def _turned(self) -> list[date]:
        """The days that are not what their weekday says, in order."""
        return sorted(day for day, works in self._said.items() if works != (day.weekday() < 5))

    @cached_property
    def _sums(self) -> tuple[int, ...]:
        """How many days more are worked than the weekdays say, up to each of `_turned`."""
        return (0, *accumulate(1 if self._said[day] else -1 for day in self._turned))

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""
        return self._said.get(day, day.weekday() < 5)

    def after(self, day: date, count: int) -> date:
        """The day that is `count` working days after `day`, which itself does not count.

        Negative counts go back; 0 gives the day itself.
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def nth_of_period(self, first: date, last: date, nth: int) -> date | None:
        """The nth working day of the period from `first` to `last`, both within it; None if all of it is off.

        Negative numbers count from the end, 0 is read as 1. In a period with fewer working days it is the
        last one, or the first one where counted from the end.
        """
        worked = [day for day in _days(first, last) if self.is_working(day)]
        if not worked:
            return None
        if nth < 0:
            return worked[max(nth, -len(worked))]
        return worked[min(max(nth, 1), len(worked)) - 1]

    def count_between(self, since: date, until: date) -> int:
        """How many working days come after `since` up to and with `until`; negative if `until` is earlier."""
        return self._count_up_to(until) - self._count_up_to(since)

    def unknown_years(self, since: date, until: date) -> tuple[int, ...]:
        """The years from one day to the other whose holidays nobody has said: only weekends count as off."""
        return tuple(year for year in range(since.year, until.year + 1) if year not in self._years)

    def note(self, since: date, until: date) -> str:
        """What to tell about a count over unknown years; empty if all are known."""
        unknown = self.unknown_years(since, until)
        if not unknown:
            return ""
        years = "、".join(f"{year} 年" for year in unknown)
        return f"程序里没有 {years}的放假安排，只按周末推算；请在“节假日”台账里补上。"

    def _count_up_to(self, day: date) -> int:
        """Working days from the beginning of the calendar, which is a Monday, with `day`."""
        weeks, place = divmod(day.toordinal() - 1, 7)
        return weeks * 5 + min(place + 1, 5) + self._sums[bisect_right(self._turned, day)]


def exact_day(dated: PartialDate | None) -> date | None:
    """The day, where the date says one."""
    return date(dated.year, dated.month, dated.day) if dated and dated.day else None


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
