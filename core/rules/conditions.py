"""What awards ask for beyond a grade: frozen facts and earlier years (R13, R20)."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.model.assessment import Subject
from core.model.condition import OPENED_ON, Condition, Fact
from core.model.scheme import plain
from core.rules.earlier_years import EarlierYears
from core.rules.vague_days import last_day, months_before

_FIELDS = frozenset({Fact.CATEGORY, Fact.COMMUNITY, Fact.PREVIOUS_GRADE, Fact.FILED_ON, Fact.KIND})
"""Facts that are fields of the subject itself."""
_MAY_BE_NONE = frozenset({Fact.PREVIOUS_GRADE, Fact.TAGS})
"""Facts of which an empty text says that there is none; of any other it says that nobody knows."""


def unmet(conditions: Iterable[Condition], subject: Subject, years: EarlierYears) -> Condition | None:
    """The first condition that a subject does not meet, None if it meets all."""
    return next((one for one in conditions if not _MEETS.get(one.fact, _meets)(one, subject, years)), None)


def fact_text(condition: Condition, subject: Subject, years: EarlierYears) -> str:
    """What a condition finds, for the trace."""
    if condition.fact is Fact.EARLIER_GRADE:
        return "、".join(f"{time}{grade or '没有'}" for time, grade in years.told(subject, condition.years))
    return _value(condition.fact, subject) or "没有记录"


def demand_text(condition: Condition, years: EarlierYears) -> str:
    """What a condition asks for, for the trace."""
    parts = []
    if condition.one_of:
        parts.append(f"是{'、'.join(condition.one_of)}")
    if condition.none_of:
        parts.append(f"不是{'、'.join(condition.none_of)}")
    if condition.until:
        parts.append(f"不晚于 {condition.until}")
    if condition.at_least is not None:
        parts.append(f"不少于 {plain(condition.at_least)}")
    if condition.fact is Fact.LAST_PENALTY_ON:
        parts.append("没有处罚")
    text = "，".join(parts)
    if not condition.years:
        return text
    is_earlier = condition.fact is Fact.EARLIER_GRADE
    since = "连续" if is_earlier and condition.one_of else "近"
    return f"{since} {condition.years} {years.unit if is_earlier else '年'}{text}"


def _value(fact: Fact, subject: Subject) -> str:
    return str(getattr(subject, fact.value)) if fact in _FIELDS else subject.fact(fact)


def _meets(condition: Condition, subject: Subject, years: EarlierYears) -> bool:
    value = _value(condition.fact, subject)
    if not value and condition.fact not in _MAY_BE_NONE:
        return False
    words = value.split("、") if condition.fact is Fact.TAGS else [value]
    if condition.one_of and not set(words).intersection(condition.one_of):
        return False
    if condition.until and last_day(value) > condition.until:
        return False
    if condition.at_least is not None and not (value.isdecimal() and Decimal(value) >= condition.at_least):
        return False
    return not set(words).intersection(condition.none_of)


def _without_penalty(condition: Condition, subject: Subject, years: EarlierYears) -> bool:
    """The last penalty, if there is one, lies at least these years before the facts were frozen."""
    penalty = subject.fact(Fact.LAST_PENALTY_ON)
    return not penalty or last_day(penalty) <= months_before(subject.fact(OPENED_ON), 12 * condition.years)


def _earlier_grades(condition: Condition, subject: Subject, years: EarlierYears) -> bool:
    if condition.one_of and not years.all_years(
        subject, condition.years, lambda one: one.grade in condition.one_of
    ):
        return False
    return not any(one.grade in condition.none_of for one in years.back(subject, condition.years))


_MEETS: Mapping[Fact, Callable[[Condition, Subject, EarlierYears], bool]] = {
    Fact.LAST_PENALTY_ON: _without_penalty,
    Fact.EARLIER_GRADE: _earlier_grades,
}
