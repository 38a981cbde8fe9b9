"""Lists that follow from the results, and what changed against last year (R19)."""

from collections.abc import Sequence

from core.model.assessment import ResultState
from core.model.outcome import ListChange, SupportList
from core.model.scheme import Scheme, SupportListRule
from core.rules.grading import Verdict

STATE_WORDS = {
    ResultState.COMPLETE: "已评定",
    ResultState.INCOMPLETE: "未完成",
    ResultState.VETOED: "一票否决",
    ResultState.NOT_ASSESSED: "不参评",
}


def make_lists(scheme: Scheme, verdicts: Sequence[Verdict]) -> tuple[SupportList, ...]:
    """Every list of the scheme, subjects in the order given."""
    return tuple(_make(rule, verdicts) for rule in scheme.lists)


def belongs(rule: SupportListRule, verdict: Verdict) -> bool:
    """Whether a result puts its subject on the list: complete, with a grade that the list names."""
    return verdict.state is ResultState.COMPLETE and verdict.grade in rule.grades


def _make(rule: SupportListRule, verdicts: Sequence[Verdict]) -> SupportList:
    listed = tuple([one.score.subject.id for one in verdicts if belongs(rule, one)])
    now = set(listed)
    subjects = [one.score.subject for one in verdicts]
    changed = now ^ {subject.id for subject in subjects if subject.previous_grade in rule.grades}
    changes = tuple(
        ListChange(subject.id, subject.id in now, _why(subject.previous_grade, verdict))
        for subject, verdict in zip(subjects, verdicts, strict=True)
        if subject.id in changed
    )
    return SupportList(rule.code, rule.name, listed, changes)


def _why(previous_grade: str, verdict: Verdict) -> str:
    now = verdict.grade if verdict.state is ResultState.COMPLETE else STATE_WORDS[verdict.state]
    return f"上年{previous_grade or '没有等次'}，本年{now}"
