"""Results of earlier years, for conditions and lists over several years (R19, R20)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from core.model.assessment import Subject
from core.model.earlier import EarlierResult


class EarlierYears:
    """Earlier results by subject and year; a year may hold several, one for each cycle."""

    def __init__(self, earlier: Iterable[EarlierResult]) -> None:
        self._of: dict[str, dict[int, list[EarlierResult]]] = defaultdict(lambda: defaultdict(list))
        self._equals: Counter[tuple[int, int, int, object]] = Counter()
        for one in earlier:
            self._of[one.subject_ref or one.name][one.year].append(one)
            self._equals[_place(one)] += 1
        self.last_year = max((year for years in self._of.values() for year in years), default=0)

    def of(self, subject: Subject, year: int) -> list[EarlierResult]:
        """The results of a subject in a year."""
        return self._of.get(_reference(subject), {}).get(year, [])

    def back(self, years: int) -> range:
        """So many years in a row, the last one first."""
        return range(self.last_year, self.last_year - years, -1)

    def all_years(self, subject: Subject, years: int, suits: Callable[[EarlierResult], bool]) -> bool:
        """Whether a subject has results in each of the years, and all of them suit."""
        return all(
            bool(found := self.of(subject, year)) and all(map(suits, found)) for year in self.back(years)
        )

    def behind(self, one: EarlierResult) -> int:
        """How many ranked below this result."""
        return one.of - one.rank - self._equals[_place(one)] + 1

    def missing(self, subjects: Iterable[Subject]) -> list[EarlierResult]:
        """The results of last year whose subjects are not among these, each subject once."""
        now = {_reference(subject) for subject in subjects}
        return [
            years[self.last_year][-1]
            for reference, years in self._of.items()
            if reference not in now and self.last_year in years
        ]


def _reference(subject: Subject) -> str:
    return subject.organization_id or subject.ref_id or subject.name


def _place(one: EarlierResult) -> tuple[int, int, int, object]:
    return one.year, one.rank, one.of, one.final


NO_EARLIER_YEARS = EarlierYears(())
