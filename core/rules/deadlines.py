"""Deadlines: the day a date means, how near it is, and how that is said."""

from calendar import monthrange
from datetime import date, timedelta

from core.model.dates import PartialDate
from core.model.task_view import Deadline, Urgency
from core.rules.working_days import WorkingDays


def first_day(dated: PartialDate) -> date:
    """The first day that the date can mean."""
    return date(dated.year, dated.month or 1, dated.day or 1)


def last_day(dated: PartialDate) -> date:
    """The last day that the date can mean: one of 2026-03 is the 31st of March."""
    month = dated.month or 12
    return date(dated.year, month, dated.day or monthrange(dated.year, month)[1])


def deadline(
    due_on: date | None, today: date, working_days: WorkingDays, *, in_working_days: bool = True
) -> Deadline:
    """How something that is not done stands today; it is overdue from the day after its due day on."""
    if due_on is None:
        return Deadline(Urgency.LATER, None, None, "没有期限")
    left = _days(today, due_on, working_days, in_working_days)
    unit = "个工作日" if in_working_days else "天"
    if due_on < today:
        # Over a weekend no working day has passed, and yet the day is gone.
        return Deadline(Urgency.OVERDUE, due_on, left, f"逾期 {-left} {unit}" if left else "刚过期限")
    sunday = today + timedelta(days=6 - today.weekday())
    urgency = Urgency.THIS_WEEK if due_on <= sunday else Urgency.LATER
    if due_on == today:
        return Deadline(urgency, due_on, left, "今天到期")
    return Deadline(urgency, due_on, left, f"还有 {left} {unit}" if left else "休息日到期")


def deadline_met(due_on: date | None, done_on: date, working_days: WorkingDays) -> Deadline:
    """How something stood to its due day when it was done."""
    if due_on is None:
        return Deadline(Urgency.DONE, None, None, "已完成")
    early = working_days.count_between(done_on, due_on)
    if done_on <= due_on:
        return Deadline(Urgency.DONE, due_on, early, "按期完成")
    return Deadline(Urgency.DONE, due_on, early, f"逾期 {-early} 个工作日" if early else "逾期完成")


def _days(today: date, due_on: date, working_days: WorkingDays, in_working_days: bool) -> int:
    return working_days.count_between(today, due_on) if in_working_days else (due_on - today).days
