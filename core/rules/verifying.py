"""Computing a frozen cycle again and comparing every figure (R21)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from core.errors import InvalidInput, Problem
from core.model.assessment import Result
from core.model.result_package import ResultPackage, Verification
from core.rules.amounts import yuan_figure
from core.rules.assessing import assess
from core.rules.scheme_file import read_scheme
from core.rules.support_lists import STATE_WORDS

_LOST = "请以备份或另一份结果包为准，查明是谁改动的"


def verify(package: ResultPackage, altered: tuple[Problem, ...] = ()) -> Verification:
    """What computing the package again gives; `altered` are records that are not as they were written.

    Raises:
        InvalidInput: its sheets or entries fit its scheme no more, so that nothing can be computed.
    """
    try:
        outcome = assess(
            read_scheme(package.scheme_text),
            package.subjects,
            package.sheets,
            package.entries,
            **package.settled._asdict(),
            trace=False,
        )
    except InvalidInput as error:
        raise InvalidInput(
            "package_unusable",
            "留存的考核方案和评分对不上，不能重新计算。",
            _LOST + "。",
            (*altered, *error.problems),
        ) from error
    kept = {each.subject_id: each for each in package.results}
    names = {each.id: each.name for each in package.subjects}
    found = tuple(
        problem
        for result in outcome.results
        for problem in _differences(names[result.subject_id], kept.pop(result.subject_id, None), result)
    )
    lost = tuple(Problem(each.subject_id, "结果没有对应的考核对象", _LOST) for each in kept.values())
    times = Counter(each.subject_id for each in package.results)
    twice = tuple(
        Problem(names.get(one, one), f"有 {count} 份结果", _LOST) for one, count in times.items() if count > 1
    )
    cycle = package.cycle
    return Verification(
        f"{cycle.year}年度 {cycle.title}".rstrip(),
        len(package.subjects),
        cycle.digest,
        outcome.digest,
        (*altered, *found, *lost, *twice),
    )


def _differences(name: str, kept: Result | None, now: Result) -> Iterator[Problem]:
    if kept is None:
        yield Problem(name, "没有留存的结果", _LOST)
        return
    for label, old, new in (
        ("情况", STATE_WORDS[kept.state], STATE_WORDS[now.state]),
        ("得分", _figure(kept.final), _figure(now.final)),
        ("等次", kept.grade, now.grade),
        ("名次", str(kept.rank), str(now.rank)),
        ("奖项", kept.award, now.award),
        ("奖金", yuan_figure(kept.amount_fen), yuan_figure(now.amount_fen)),
        ("说明", "、".join(kept.notes), "、".join(now.notes)),
    ):
        if old != new:
            yield Problem(name, f"{label}留存的是“{old or '—'}”，重新计算是“{new or '—'}”", _LOST)


def _figure(final: Decimal | None) -> str:
    return "" if final is None else f"{final.normalize():f}"
