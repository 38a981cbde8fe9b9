"""催交名单: the raters who have yet to hand in their score sheets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.model.cycle_view import CycleView, RaterProgress
from core.model.tables import OutColumn, OutSheet, OutValue

_COLUMNS = (
    OutColumn("序号", 6),
    OutColumn("环节", 12),
    OutColumn("评分方", 14),
    OutColumn("截止日期", 12),
    OutColumn("应评", 8),
    OutColumn("已评", 8),
    OutColumn("还差哪些", 60),
)
_MOST_NAMED = 12


def reminder_list(view: CycleView, today: date) -> OutSheet:
    """Who owes how much in stages that take sheets; `today` is the day it speaks of."""
    awaited = [each for each in view.progress if not each.rater.ballots]
    late = [each for each in awaited if each.delivered < each.expected]
    names = {subject.id: subject.name for subject in view.subjects}
    rows = tuple((number, *_facts(each, names)) for number, each in enumerate(late, start=1))
    done = len(awaited) - len(late)
    return OutSheet(
        "催交名单",
        f"{view.heading}评分表催交名单",
        _COLUMNS,
        rows,
        subtitle=f"截至 {today}，应交 {len(awaited)} 个评分方，已交齐 {done} 个，还差 {len(late)} 个",
    )


def _facts(progress: RaterProgress, names: Mapping[str, str]) -> Iterator[OutValue]:
    stage, missing = progress.stage, [subject.name for subject in progress.missing]
    gaps = [names[sheet.subject_id] for sheet in progress.incomplete]
    yield from (stage.name, progress.rater.name, str(stage.ends_on) if stage.ends_on else None)
    yield from (progress.expected, progress.delivered)
    none_came = len(missing) == progress.expected
    absent = "全部没有评" if none_came else _named("没有评", missing)
    yield "；".join(filter(None, (absent, _named("没有填全", gaps))))


def _named(what: str, names: Sequence[str]) -> str:
    more = "等" if len(names) > _MOST_NAMED else ""
    return f"{what} {len(names)} 个：{'、'.join(names[:_MOST_NAMED])}{more}" if names else ""
