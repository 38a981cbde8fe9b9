"""`lens`: how the raters marked and on what the results hang, for the office's eyes only."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.model.lens import Lens, RaterLens, Shift, Spread, StageLens, Standing, Trials
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services

RATER_HEADS = ("评分方", "可比对象", "平均差", "先后相关")
SPREAD_HEADS = ("考核对象", "相差", "最低", "评分方", "最高", "评分方")
WIDEST = 10


def look(services: Services, call: Invocation) -> Answer:
    """The lens over a computed cycle; with an output file also as Excel."""
    if call.output.name:
        refuse_unwritable(call.output)
    lens = services.lens.look(call.year, call.cycle)
    lines = list(_lines(lens))
    if call.output.name:
        write_file(call.output, services.lens.workbook(lens))
        lines.append(f"已写入 {call.output}")
    return Answer(_json(lens), tuple(lines))


def _lines(lens: Lens) -> Iterator[str]:
    yield f"{lens.year} 年度 {lens.title} 评分分析（只供本单位内部参考）"
    for stage in lens.stages:
        yield from ("", f"【{stage.name}】{stage.concordance_words}", "")
        rows = [
            (one.name, str(one.subjects), _signed(one.difference), _text(one.correlation) or "—")
            for one in stage.raters
        ]
        yield from table(RATER_HEADS, rows, frozenset({1, 2, 3}))
        yield from (f"  {one.severity_words}{one.correlation_words}" for one in stage.raters)
        yield from ("", stage.spread_words)
        if stage.spreads:
            yield from table(SPREAD_HEADS, map(_spread_row, stage.spreads[:WIDEST]), frozenset({1, 2, 4}))
    for trials in (lens.deciding, lens.without, lens.one_point):
        yield from ("", f"【{trials.title}】{trials.words}")
        for case in trials.cases:
            yield f"  {case.words}"
            yield from (f"    {mark}" for mark in case.marks)
        if not trials.cases:
            yield f"  {trials.nothing}"


def _signed(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:+}"


def _spread_row(one: Spread) -> tuple[str, ...]:
    return one.name, str(one.width), str(one.lowest), one.lowest_by, str(one.highest), one.highest_by


def _json(lens: Lens) -> dict[str, object]:
    return {
        "year": lens.year,
        "title": lens.title,
        "stages": [_stage(stage) for stage in lens.stages],
        "deciding": _trials(lens.deciding),
        "without": _trials(lens.without),
        "one_point": _trials(lens.one_point),
    }


def _stage(stage: StageLens) -> dict[str, object]:
    return {
        "stage": stage.code,
        "name": stage.name,
        "concordance": _text(stage.concordance),
        "concordance_words": stage.concordance_words,
        "raters": [_rater(one) for one in stage.raters],
        "spread_words": stage.spread_words,
        "spreads": [_spread(one) for one in stage.spreads],
    }


def _rater(one: RaterLens) -> dict[str, object]:
    return {
        "rater": one.code,
        "name": one.name,
        "subjects": one.subjects,
        "difference": _text(one.difference),
        "correlation": _text(one.correlation),
        "severity_words": one.severity_words,
        "correlation_words": one.correlation_words,
    }


def _spread(one: Spread) -> dict[str, object]:
    return {
        "subject": one.subject_id,
        "name": one.name,
        "raters": one.raters,
        "width": str(one.width),
        "lowest": str(one.lowest),
        "lowest_by": one.lowest_by,
        "highest": str(one.highest),
        "highest_by": one.highest_by,
    }


def _trials(trials: Trials) -> dict[str, object]:
    return {
        "words": trials.words,
        "cases": [
            {
                "subject": case.subject_id or None,
                "raters": list(case.raters),
                "marks": list(case.marks),
                "words": case.words,
                "shifts": [_shift(shift) for shift in case.shifts],
            }
            for case in trials.cases
        ],
    }


def _shift(shift: Shift) -> dict[str, object]:
    return {
        "subject": shift.subject_id,
        "name": shift.name,
        "before": _standing(shift.before),
        "after": _standing(shift.after),
    }


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "final": _text(standing.final),
        "grade": standing.grade or None,
        "award": standing.award or None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "lens": look,
}
