"""Obligations that come round: the periods of a rhythm, and the turns that fall due in them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.model.tasks import Obligation, Rhythm
from core.rules.deadlines import first_day, last_day
from core.rules.working_days import WorkingDays

_DAY = timedelta(days=1)
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One week, month, quarter, half-year or year; `code` is as tasks keep it, `title` as it is read."""

    code: str
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Turn:
    """An obligation in one period."""

    obligation: Obligation
    period: Period
    due_on: date

    @property
    def key(self) -> tuple[str, str]:
        """What tells turns apart."""
        return self.obligation.id, self.period.code

    @property
    def title(self) -> str:
        """What its task is called: 周例会（2026年第9周）."""
        return f"{self.obligation.title}（{self.period.title}）"


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The period in which a day lies; weeks are those of ISO 8601, from Monday, and so are their years."""
    if rhythm is Rhythm.WEEKLY:
        first = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Period(f"{year}-W{week:02d}", f"{year}年第{week}周", first, first + 6 * _DAY)
    length = _MONTHS[rhythm]
    number = (day.month - 1) // length + 1
    end = number * length
    following = date(day.year + end // 12, end % 12 + 1, 1)
    code, title = _named(rhythm, day.year, number)
    return Period(code, title, date(day.year, end - length + 1, 1), following - _DAY)


def periods(rhythm: Rhythm, since: date, until: date) -> Iterator[Period]:
    """The periods that hold a day from `since` to `until`, in order."""
    while since <= until:
        period = period_of(rhythm, since)
        yield period
        since = period.last + _DAY


def turns(obligation: Obligation, working_days: WorkingDays, since: date, until: date) -> tuple[Turn, ...]:
    """The turns of the periods that hold a day from `since` to `until`.

    Those count whose due day lies within the obligation's own days. A period without a working day, such as
    a week that is all holiday, has no turn.

    Source: seed 003: 周例会、月研判、季总结、年考核; the day in the period is a setting of the obligation.
    """
    opens = first_day(obligation.since_on) if obligation.since_on else since
    closes = last_day(obligation.until_on) if obligation.until_on else date.max
    found = []
    for period in periods(obligation.rhythm, max(since, period_of(obligation.rhythm, opens).first), until):
        due = working_days.nth_of_period(period.first, period.last, obligation.due_day)
        if due and closes >= due and (due >= opens or not obligation.since_on):
            found.append(Turn(obligation, period, due))
    return tuple(found)


def missing_turns(
    obligations: Iterable[Obligation],
    known: Collection[tuple[str, str]],
    working_days: WorkingDays,
    today: date,
) -> tuple[Turn, ...]:
    """The turns that have begun until `today` and have no task; `known` are those that have (id, period).

    What lies before last year is history and no longer asked for. An obligation that does not say since when
    begins with its earliest known turn, a new one with the period that is running.
    """
    earliest = date(today.year - 1, 1, 1)
    found = []
    for obligation in obligations:
        begun = turns(obligation, working_days, earliest, today)
        if obligation.since_on is None:
            first = next((at for at, each in enumerate(begun) if each.key in known), len(begun) - 1)
            begun = begun[max(0, first) :]
        found += [each for each in begun if each.key not in known]
    return tuple(found)


def coming_turns(
    obligations: Iterable[Obligation], working_days: WorkingDays, first: date, last: date, today: date
) -> tuple[Turn, ...]:
    """The turns due from `first` to `last` whose period has not begun today."""
    return tuple(
        each
        for obligation in obligations
        for each in turns(obligation, working_days, first, last)
        if first <= each.due_on <= last and each.period.first > today
    )


def _named(rhythm: Rhythm, year: int, number: int) -> tuple[str, str]:
    if rhythm is Rhythm.MONTHLY:
        return f"{year}-{number:02d}", f"{year}年{number}月"
    if rhythm is Rhythm.QUARTERLY:
        return f"{year}-Q{number}", f"{year}年第{number}季度"
    if rhythm is Rhythm.HALF_YEARLY:
        return f"{year}-H{number}", f"{year}年{'上下'[number - 1]}半年"
    return str(year), f"{year}年"
