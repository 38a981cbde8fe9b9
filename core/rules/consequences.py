"""What a decision or a revocation does to the results: whose score, grade, award or money changes."""

from collections.abc import Iterator, Mapping

from core.model.assessment import Result
from core.model.outcome import Outcome
from core.rules.amounts import yuan_text


def consequences(before: Outcome, after: Outcome, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The name of each subject with another result, and what is different, in the order of the ranking."""
    pairs = sorted(zip(before.results, after.results, strict=True), key=lambda pair: _place(pair[0]))
    found = [(names[now.subject_id], changes(was, now)) for was, now in pairs]
    return tuple((name, words) for name, words in found if words)


def changes(was: Result, now: Result) -> str:
    """What is different between two results of a subject; empty if nothing that is told is."""
    return "，".join(_changes(was, now))


def _place(result: Result) -> tuple[bool, int]:
    return result.rank == 0, result.rank


def _changes(was: Result, now: Result) -> Iterator[str]:
    if was.final != now.final:
        yield f"得分 {_or_none(was.final)}→{_or_none(now.final)}"
    if was.grade != now.grade:
        yield f"等次 {_or_none(was.grade)}→{_or_none(now.grade)}"
    if was.award != now.award:
        yield f"奖项 {_or_none(was.award)}→{_or_none(now.award)}"
    if was.amount_fen != now.amount_fen:
        yield f"奖金 {yuan_text(was.amount_fen)}→{yuan_text(now.amount_fen)}"


def _or_none(value: object) -> str:
    return "无" if value in (None, "") else str(value)
