"""When a backup is made, and which older ones are thinned out."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

BETWEEN_STARTS = timedelta(days=1)
BETWEEN_CHANGES = timedelta(minutes=30)
SECOND_PLACE = timedelta(days=7)
BETWEEN_DRILLS = timedelta(days=365)
BETWEEN_CHECKS = timedelta(days=30)

KEEP_ALL = timedelta(days=2)
DAILY_DAYS = 7
WEEKLY_DAYS = 28
MONTHS = 12

_TAKEN_BACK = ("撤销：", "重做：")
_FIRST = ("导入", "批量")
_WHOLE = frozenset({"合并组织", "撤销结果", "归档考核", "升级数据"})


def asks_backup_first(verb: str) -> bool:
    """Whether an act of this verb changes so much that a backup is made before it.

    Source: safety.md G10: every import, restore, upgrade and bulk change.
    """
    while verb.startswith(_TAKEN_BACK):
        verb = verb[len(_TAKEN_BACK[0]) :]
    return verb.startswith(_FIRST) or verb in _WHOLE


def is_due(last_at: datetime | None, now: datetime, after: timedelta) -> bool:
    """Whether so much time went by since; exactly `after` is due, and a time yet to come (clock set back)."""
    return last_at is None or not timedelta(0) <= now - last_at < after


def kept(made: Mapping[K, datetime], now: datetime) -> frozenset[K]:
    """Which of these backups, by when they were made, are kept; the others are thinned out.

    All of the last 2 days; then the newest of each day for 7 days, of each week (Monday first) for 28 days,
    of each month for 12 months. The newest of all is always kept, and so is what has a time yet to come.

    Source: issue 6, item 5.
    """
    newest: dict[Hashable, K] = {}
    staying: set[K] = set()
    for key, at in sorted(made.items(), key=lambda item: (item[1], str(item[0]))):
        if now - at <= KEEP_ALL:
            staying.add(key)
        for period in _periods(at, now):
            newest[period] = key
        newest["all"] = key
    return frozenset(staying | set(newest.values()))


def _periods(at: datetime, now: datetime) -> Iterable[Hashable]:
    """The day, week and month whose newest backup this could be, as far as they still count."""
    days = (now.date() - at.date()).days
    months = (now.year - at.year) * 12 + now.month - at.month
    if days <= DAILY_DAYS:
        yield at.date()
    if days <= WEEKLY_DAYS:
        yield at.isocalendar()[:2]
    if months <= MONTHS:
        yield "month", at.year, at.month
