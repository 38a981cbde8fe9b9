"""Lists that follow from the results, and what changed against last year (R19, R20)."""

from collections.abc import Mapping, Sequence

from core.model.assessment import ResultState, Subject
from core.model.earlier import EarlierResult
from core.model.outcome import ListChange, SupportList
from core.model.scheme import Scheme, SupportListRule
from core.rules.earlier_years import NO_EARLIER_YEARS, EarlierYears
from core.rules.grading import COMPLETE, Verdict
from core.rules.ranking import Rank

STATE_WORDS = {
    ResultState.COMPLETE: "已评定",
    ResultState.INCOMPLETE: "未完成",
    ResultState.VETOED: "一票否决",
    ResultState.REVOKED: "已撤销",
    ResultState.NOT_ASSESSED: "不参评",
}


def is_by_grade_alone(rule: SupportListRule) -> bool:
    """Whether this year's grade says everything."""
    return not rule.last and rule.years == 1


class ListRule:
    """One list of a scheme, asked about this year's results and those of earlier years."""

    def __init__(self, rule: SupportListRule, ranks: Mapping[str, Rank], years: EarlierYears) -> None:
        self.rule = rule
        self.number = "R19" if rule.years == 1 else "R20"
        self._ranks = ranks
        self._years = years

    def holds(self, verdict: Verdict) -> bool:
        """Whether a result puts its subject on the list: complete, as the rule says, as often as it says."""
        if verdict.state is not COMPLETE:
            return False
        rule, subject = self.rule, verdict.score.subject
        if rule.grades and verdict.grade not in rule.grades:
            return False
        if rule.last and self._behind(subject.id) >= rule.last:
            return False
        return rule.years == 1 or self._years.all_years(subject, rule.years - 1, self._suits)

    def held(self, subject: Subject) -> bool:
        """Whether a subject was on it last year, by its results or at least by the grade the register has."""
        rule = self.rule
        if self._years.latest(subject):
            return self._years.all_years(subject, rule.years, self._suits)
        return is_by_grade_alone(rule) and subject.previous_grade in rule.grades

    def left(self, subjects: Sequence[Subject]) -> tuple[str, ...]:
        """The names of those who were on it last year and are not among the subjects now."""
        if self.rule.years > 1:
            return ()
        return tuple(one.name for one in self._years.missing(subjects) if self._suits(one))

    def words(self) -> str:
        """What the rule asks for."""
        rule = self.rule
        parts = [f"等次属于“{'、'.join(rule.grades)}”"] if rule.grades else []
        parts += [f"排在最后 {rule.last} 名之内"] if rule.last else []
        text = "，".join(parts)
        return f"连续 {rule.years} {self._years.unit}{text}" if rule.years > 1 else text

    def _behind(self, subject_id: str) -> int:
        rank = self._ranks[subject_id]
        return rank.of - rank.number - rank.equals + 1

    def _suits(self, one: EarlierResult) -> bool:
        if one.state is not ResultState.COMPLETE:
            return False
        rule = self.rule
        in_grades = not rule.grades or one.grade in rule.grades
        return in_grades and (not rule.last or self._years.behind(one) < rule.last)


def make_lists(
    scheme: Scheme,
    verdicts: Sequence[Verdict],
    ranks: Mapping[str, Rank],
    years: EarlierYears = NO_EARLIER_YEARS,
) -> tuple[SupportList, ...]:
    """Every list of the scheme, subjects in the order given."""
    return tuple(_make(ListRule(rule, ranks, years), verdicts, years) for rule in scheme.lists)


def _make(rule: ListRule, verdicts: Sequence[Verdict], years: EarlierYears) -> SupportList:
    subjects = [one.score.subject for one in verdicts]
    listed = tuple([one.score.subject.id for one in verdicts if rule.holds(one)])
    now = set(listed)
    known = [one for one in subjects if one.previous_grade or years.last_year]
    changed = now ^ {subject.id for subject in known if rule.held(subject)}
    changes = tuple(
        ListChange(subject.id, subject.id in now, _why(subject, verdict, years))
        for subject, verdict in zip(subjects, verdicts, strict=True)
        if subject.id in changed
    )
    return SupportList(rule.rule.code, rule.rule.name, listed, changes, rule.left(subjects))


def _why(subject: Subject, verdict: Verdict, years: EarlierYears) -> str:
    before = subject.previous_grade
    if one := years.latest(subject):
        before = one.grade if one.state is ResultState.COMPLETE else STATE_WORDS[one.state]
    now = verdict.grade if verdict.state is ResultState.COMPLETE else STATE_WORDS[verdict.state]
    return f"{years.before}{before or '没有等次'}，{years.now}{now}"
