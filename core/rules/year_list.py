"""历年对比: this year's results beside those of earlier cycles of the same scheme."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.model.assessment import Result, Subject
from core.model.earlier import EarlierResult
from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.tables import OutColumn, OutValue
from core.rules.earlier_years import Period, period_of
from core.rules.result_findings import NAME, ResultFindings

MOST_YEARS = 3


def year_list(found: ResultFindings) -> ResultList:
    """Score, grade and rank of the last years and of this one, and how they changed since the last.

    Where no earlier cycle was kept, the grade that the register had when the cycle was opened stands for it.
    """
    known = found.years
    times = sorted(set(map(period_of, found.view.earlier)))[-MOST_YEARS:]
    lines = [
        _line(found, subject, result, [known.at(subject, time) for time in times], known.before)
        for subject, result in found.ordered
    ]
    changes = [str(line.values[-1] or "") for line in lines]
    up, down = (sum(each.startswith(word) for each in changes) for word in ("上升", "下降"))
    source = "" if times else "以前的考核没有在本机归档，上年等次取自名册。"
    return ResultList(
        ListKind.YEARS,
        found.title("与往年对比"),
        f"等次比{known.before}上升 {up} 个、下降 {down} 个。{source}",
        (NAME, *_columns(found, times)),
        tuple(lines),
        "没有考核对象。",
    )


def _columns(found: ResultFindings, times: Sequence[Period]) -> Iterator[OutColumn]:
    if not times:
        yield found.grade("上年等次")
    year = found.view.cycle.year
    this = f"{year}本次" if year in {each for each, _ in times} else f"{year}"
    for time in (*(f"{each}第{number}次" if number else f"{each}" for each, number in times), this):
        yield from (found.final(f"{time}得分"), found.grade(f"{time}等次"), OutColumn(f"{time}名次", 6))
    if times:
        yield found.final("得分变化")
    yield OutColumn("等次变化", 18)


def _line(
    found: ResultFindings,
    subject: Subject,
    result: Result,
    past: Sequence[EarlierResult | None],
    before_word: str,
) -> ResultLine:
    last = past[-1] if past else None
    before = (last.grade if last else "") if past else subject.previous_grade
    values: list[OutValue] = [subject.name]
    values += [] if past else [before or None]
    for one in (*past, result):
        values += (one.final, one.grade or None, one.rank or None) if one else (None, None, None)
    values += [_gained(last, result)] if past else []
    return ResultLine((*values, _change(found, before, result.grade, before_word)), subject.id)


def _gained(last: EarlierResult | None, now: Result) -> Decimal | None:
    if last is None or last.final is None or now.final is None:
        return None
    return now.final - last.final


def _change(found: ResultFindings, before: str, now: str, before_word: str) -> str | None:
    """How the grade changed; a grade that the scheme does not know is only named."""
    if not now:
        return None
    if not before:
        return f"{before_word}没有等次"
    if before == now:
        return "不变"
    order = found.view.scheme.grades()
    if before not in order:
        return f"{before}→{now}"
    word = "上升" if order.index(now) < order.index(before) else "下降"
    return f"{word}：{before}→{now}"
