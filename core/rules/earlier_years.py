"""Results of earlier years, for conditions and lists over several years (R19, R20)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import TypeAlias

from core.model.assessment import Subject
from core.model.earlier import EarlierResult

Period: TypeAlias = tuple[int, int]
"""A year, and the number of the cycle within it."""
period_of: Callable[[EarlierResult], Period] = attrgetter("year", "number")


class EarlierYears:
    """Earlier results by subject, newest first.

    Years in a row are a subject's own results in a row: where a scheme is applied several times a year, each
    time counts for itself. `last_year` is the newest year with results.
    """

    def __init__(self, earlier: Iterable[EarlierResult]) -> None:
        own: dict[str, list[EarlierResult]] = defaultdict(list)
        self._equals: Counter[Hashable] = Counter()
        for one in earlier:
            own[one.subject_ref or one.name].append(one)
            self._equals[_place(one)] += 1
        for results in own.values():
            results.sort(key=period_of, reverse=True)
        self._of: Mapping[str, list[EarlierResult]] = own
        self.last = max((period_of(results[0]) for results in own.values()), default=(0, 0))
        self.last_year = self.last[0]
        self.several = any(one.number for results in own.values() for one in results)

    @property
    def unit(self) -> str:
        """What results in a row are counted in."""
        return "次" if self.several else "年"

    @property
    def before(self) -> str:
        """What the last time is called."""
        return f"上{self.unit}"

    @property
    def now(self) -> str:
        """What this time is called."""
        return f"本{self.unit}"

    def at(self, subject: Subject, period: Period) -> EarlierResult | None:
        """The result of a subject in a period."""
        found = self._of.get(_reference(subject), ())
        return next((one for one in found if period_of(one) == period), None)

    def latest(self, subject: Subject) -> EarlierResult | None:
        """The last result of a subject, if it has one in the last year."""
        return next(iter(self.back(subject, 1)), None)

    def back(self, subject: Subject, count: int) -> list[EarlierResult]:
        """The last results of a subject, newest first, as far as so many years back."""
        found = self._of.get(_reference(subject), ())
        return [one for one in found[:count] if one.year > self.last_year - count]

    def told(self, subject: Subject, count: int) -> Iterator[tuple[str, str]]:
        """What `back` finds in words: when, and which grade; also of times without a result."""
        found = self.back(subject, count)
        if self.several:
            yield from ((when(period_of(one)), one.grade) for one in found)
            if len(found) < count:
                yield f"另 {count - len(found)} 次", ""
            return
        grades = {one.year: one.grade for one in found}
        for year in range(self.last_year, self.last_year - count, -1):
            yield when((year, 0)), grades.get(year, "")

    def all_years(self, subject: Subject, years: int, suits: Callable[[EarlierResult], bool]) -> bool:
        """Whether a subject has so many results in a row, and all of them suit."""
        found = self.back(subject, years)
        return len(found) == years and all(map(suits, found))

    def behind(self, one: EarlierResult) -> int:
        """How many ranked below this result."""
        return one.of - one.rank - self._equals[_place(one)] + 1

    def missing(self, subjects: Iterable[Subject]) -> list[EarlierResult]:
        """The results of the last time whose subjects are not among these."""
        now = {_reference(subject) for subject in subjects}
        return [
            results[0]
            for reference, results in self._of.items()
            if reference not in now and period_of(results[0]) == self.last
        ]


def when(period: Period) -> str:
    """A period in words: `2025 年`, `2025 年第 2 次`."""
    year, number = period
    return f"{year} 年第 {number} 次" if number else f"{year} 年"


def _reference(subject: Subject) -> str:
    return subject.organization_id or subject.ref_id or subject.name


def _place(one: EarlierResult) -> Hashable:
    """What equals of one ranking have in common."""
    return one.year, one.number, one.among, one.rank, one.of, one.final


NO_EARLIER_YEARS = EarlierYears(())
