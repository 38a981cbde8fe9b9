"""What the lists of a year's results are made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.model.assessment import WAITS, Result, Subject
from core.model.cycle_view import ComputedYear, CycleView
from core.model.outcome import Outcome
from core.model.tables import OutColumn
from core.rules.earlier_years import EarlierYears
from core.rules.scoring import SubjectScore

NAME = OutColumn("考核对象", 30)


@dataclass(frozen=True)
class ResultFindings:
    """A computed cycle; `scores` are the ways of its subjects to their finals, by subject id."""

    computed: ComputedYear
    scores: Mapping[str, SubjectScore]

    @property
    def view(self) -> CycleView:
        """The cycle."""
        return self.computed.view

    @property
    def outcome(self) -> Outcome:
        """What was found."""
        return self.computed.outcome

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """All subjects by id."""
        return {subject.id: subject for subject in self.view.subjects}

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """All results by subject id."""
        return {result.subject_id: result for result in self.outcome.results}

    @cached_property
    def years(self) -> EarlierYears:
        """The results of earlier years."""
        return EarlierYears(self.view.earlier)

    @cached_property
    def ordered(self) -> tuple[tuple[Subject, Result], ...]:
        """Subjects with their results in the order of a list."""
        return tuple(self.computed.ordered())

    def title(self, words: str) -> str:
        """`2025年度街道社会组织年度考核：奖项和奖金`."""
        return f"{self.view.heading}：{words}"

    def final(self, title: str = "最后得分") -> OutColumn:
        """The column of finals, with the decimals of the scheme."""
        return OutColumn(title, 10, places=self.view.scheme.rounding.places)

    def grade(self, title: str = "等次") -> OutColumn:
        """A column of grades, which sort from the best to the worst."""
        return OutColumn(title, 10, order=self.view.scheme.grades())

    def names(self, subject_ids: tuple[str, ...]) -> Iterator[str]:
        """What the subjects are called."""
        return (self.subjects[each].name for each in subject_ids)

    def award_words(self, subject_id: str) -> str:
        """The award that a subject holds, or that it waits for."""
        result = self.results[subject_id]
        return WAITS if result.waits else result.award
