"""催交名单: the raters who have yet to hand in their score sheets."""

from collections.abc import Iterator
from datetime import date

from core.model.cycle_view import CycleView, RaterProgress
from core.model.tables import OutColumn, OutSheet, OutValue

_COLUMNS = (
    OutColumn("序号", 6),
    OutColumn("环节", 16),
    OutColumn("评分方", 20),
    OutColumn("截止日期", 12),
    OutColumn("应评", 8),
    OutColumn("已评", 8),
    OutColumn("未评", 8),
    OutColumn("缺项", 8),
    OutColumn("还差哪些", 60),
)
_MOST_NAMED = 12


def reminder_list(view: CycleView, today: date) -> OutSheet:
    """Who owes how much in stages that take sheets; `today` is the day it speaks of."""
    awaited = [each for each in view.progress if not each.rater.ballots]
    late = [each for each in awaited if each.delivered < each.expected]
    rows = tuple((number, *_facts(each)) for number, each in enumerate(late, start=1))
    done = len(awaited) - len(late)
    return OutSheet(
        "催交名单",
        f"{view.cycle.year}年度评分表催交名单",
        _COLUMNS,
        rows,
        subtitle=f"截至 {today}，应交 {len(awaited)} 个评分方，已交齐 {done} 个，还差 {len(late)} 个",
    )


def _facts(progress: RaterProgress) -> Iterator[OutValue]:
    stage = progress.stage
    yield from (stage.name, progress.rater.name, str(stage.ends_on) if stage.ends_on else None)
    yield from (progress.expected, progress.delivered, len(progress.missing), len(progress.incomplete))
    yield _named(progress)


def _named(progress: RaterProgress) -> str:
    """The subjects that are missing; those with gaps are told by their number."""
    if len(progress.missing) == progress.expected:
        return "全部"
    names = [subject.name for subject in progress.missing]
    more = f"等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
    gaps = f"{len(progress.incomplete)} 个没有填全" if progress.incomplete else ""
    return "；".join(filter(None, ("、".join(names[:_MOST_NAMED]) + more, gaps)))
