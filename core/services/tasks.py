"""The desk for what is to be done: turns of obligations, the to-do list, the calendar, progress."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core.errors import InvalidInput, RuleViolation
from core.model.attachment import Attachment
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Community, Organization, WorkGroup
from core.model.people import Unit
from core.model.task_ledgers import TASKS
from core.model.task_view import (
    CalendarDay,
    CalendarMonth,
    MatrixRow,
    OwnerProgress,
    Tick,
    ToDo,
    ToDoItem,
    Urgency,
)
from core.model.tasks import GroupPaper, Holiday, Obligation, Task
from core.model.year_path import ToDo as HomeLine
from core.ports import Clock, Reading, Store
from core.rules.cell_values import accepted
from core.rules.completeness import group_gaps
from core.rules.deadlines import first_day
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import read_value
from core.rules.obligations import Turn, coming_turns, missing_turns
from core.rules.to_do_items import ItemMaker
from core.rules.working_days import WorkingDays, exact_day
from core.rules.year_path import dated_to_do
from core.services.derived import with_derived
from core.services.filing import FilingService

_REMOVALS = 5_000
"""So many of the newest removals are looked through for turns that somebody took out."""


class TaskService:
    """Tasks of groups, units and communities, and everything else that has to be done by a day."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._filing = FilingService(store, actor, clock)

    def turns(self, until: date) -> int:
        """Make the missing tasks of all turns that have begun by a day, in one act; how many.

        A turn is made once: one that was finished, or was put into the bin, is not made again.
        """
        with self._store.reading() as view:
            if not _missing(view, until):
                return 0
        with self._store.writing(ActDraft("排出定期工作", self._actor)) as work:
            made = [_task_of(turn) for turn in _missing(work, until)]
            work.add(with_derived(work, made))
        return len(made)

    def to_do(self, today: date) -> ToDo:
        """Everything that waits: tasks, turns made or not yet, steps of filing matters, papers of groups."""
        filings = self._filing.due()
        with self._store.reading() as view:
            tasks = view.all(Task)
            maker = item_maker(view, today, tasks)
            gaps = group_gaps(view.all(WorkGroup), view.all(GroupPaper), tasks, today.year)
            begun = _missing(view, today)
        open_ones = (each for each in tasks if not each.done_on)
        waiting = [*map(maker.of_task, open_ones), *map(maker.of_turn, begun)]
        waiting += [*map(maker.of_filing, filings), *map(maker.of_gap, gaps)]
        waiting.sort(key=_soonest)
        overdue, this_week, later = (
            tuple(each for each in waiting if each.deadline.urgency is urgency)
            for urgency in (Urgency.OVERDUE, Urgency.THIS_WEEK, Urgency.LATER)
        )
        return ToDo(today, overdue, this_week, later, tuple(map(maker.of_task, _done_in(tasks, today.year))))

    def urgent(self, today: date) -> tuple[HomeLine, ...]:
        """What is overdue or due this week, as lines for the home page."""
        waiting = self.to_do(today)
        return dated_to_do(waiting.overdue, waiting.this_week)

    def calendar(self, year: int, month: int) -> CalendarMonth:
        """A month in whole weeks: what is due, what was done, the turns to come."""
        today = self._clock().date()
        days = list(Calendar().itermonthdates(year, month))
        filings = self._filing.due()
        with self._store.reading() as view:
            tasks, obligations = view.all(Task), view.all(Obligation)
            maker = item_maker(view, today, tasks)
            holidays = {exact_day(each.day): each.name for each in view.all(Holiday)}
        working_days = maker.working_days
        coming = coming_turns(obligations, working_days, days[0], days[-1], today)
        items = [*map(maker.of_task, tasks), *map(maker.of_filing, filings), *map(maker.of_turn, coming)]
        on_day: defaultdict[date | None, list[ToDoItem]] = defaultdict(list)
        for item in sorted(items, key=lambda each: each.title):
            on_day[item.deadline.due_on].append(item)
        rows = (
            CalendarDay(day, working_days.is_working(day), holidays.get(day, ""), tuple(on_day[day]))
            for day in days
        )
        return CalendarMonth(year, month, today, tuple(rows), working_days.note(days[0], days[-1]))

    def progress_by_unit(self, today: date) -> tuple[OwnerProgress, ...]:
        """Who has tasks that wait or were done this year, whoever is the latest with one first (seed 000).

        A task is its unit's, else its community's, its group's or its organization's.
        """
        found = self.to_do(today)
        owners: defaultdict[str, list[ToDoItem]] = defaultdict(list)
        for item in (*found.waiting, *found.done):
            if item.task:
                whose = item.whose
                owners[whose.unit or whose.community or whose.work_group or whose.organization].append(item)
        rows = (_progress_of(name, items) for name, items in owners.items())
        return tuple(sorted(rows, key=lambda each: (-each.most_days, each.name)))

    def matrix(self, today: date) -> tuple[MatrixRow, ...]:
        """The tasks of the lists that wait or were done this year, each with its three ticks (seed 003)."""
        found = self.to_do(today)
        return tuple(
            MatrixRow(
                item,
                item.task.responsible,
                item.task.division,
                tuple((tick, getattr(item.task, tick.value)) for tick in Tick),
                item.task.progress,
            )
            for item in (*found.waiting, *found.done)
            if item.task and not item.task.obligation_id
        )

    def tick(self, task_id: str, tick: Tick, on: bool) -> None:
        """Set or clear one of the three ticks.

        Raises:
            NotFound: the task is gone.
        """
        self._change(f"勾选{tick.label}" if on else f"取消{tick.label}", task_id, **{tick.value: on})

    def progress(self, task_id: str, percent: int) -> None:
        """Say how far a task has come.

        Raises:
            InvalidInput: it is not from 0 to 100.
            NotFound: the task is gone.
        """
        if not 0 <= percent <= 100:
            raise InvalidInput("progress_out_of_range", f"进度 {percent}% 不对。", "请填 0 到 100。")
        self._change("填写进度", task_id, progress=percent)

    def finish(self, task_id: str, done_on: date, result: str = "") -> None:
        """Say that a task is done, on which day and with what result; an empty result keeps the one it has.

        Raises:
            InvalidInput: the day is still to come, or comes before the task's beginning; the result cannot be
                kept.
            RuleViolation: it is done already, or its obligation asks for evidence and there is none.
            NotFound: the task is gone.
        """
        with self._store.writing(ActDraft("完成任务", self._actor)) as work:
            task = work.get(Task, task_id)
            read = read_value(TASKS.field("result"), result, LinkBook({}), self._clock().date())
            said = accepted("完成情况", read) or task.result
            self._refuse_day(task, done_on)
            _refuse_unfit(work, task, said)
            done = replace(task, done_on=PartialDate.of(done_on), result=said, progress=100)
            work.change(with_derived(work, [done]))

    def reopen(self, task_id: str, reason: str = "") -> None:
        """Take back that a task is done; its result stays, how far it has come is to be said anew.

        Raises:
            NotFound: the task is gone.
        """
        self._change("重新办理任务", task_id, reason, done_on=None, progress=None)

    def _change(self, verb: str, task_id: str, reason: str = "", /, **values: Any) -> None:
        with self._store.writing(ActDraft(verb, self._actor, reason)) as work:
            changed = replace(work.get(Task, task_id), **values)
            work.change(with_derived(work, [changed]))

    def _refuse_day(self, task: Task, done_on: date) -> None:
        if done_on > self._clock().date():
            raise InvalidInput("done_in_future", f"完成日期 {done_on} 还没有到。", "请填今天或以前的日期。")
        if task.begun_on and done_on < first_day(task.begun_on):
            raise InvalidInput(
                "done_before_begun",
                f"完成日期 {done_on} 早于开始日期 {task.begun_on}。",
                "请核对这两个日期。",
            )


def item_maker(view: Reading, today: date, tasks: Iterable[Task]) -> ItemMaker:
    """What makes the items of these tasks, with the names they need."""
    organizations = {each.organization_id for each in tasks} - {""}
    kinds = (
        view.all(WorkGroup),
        view.all(Unit),
        view.all(Community),
        view.some(Organization, sorted(organizations)),
    )
    return ItemMaker(
        today,
        WorkingDays(view.all(Holiday)),
        {each.id: each.name for records in kinds for each in records},
        frozenset(each.id for each in view.all(Obligation) if each.evidence_required),
    )


def _missing(view: Reading, until: date) -> tuple[Turn, ...]:
    """The turns to make; the journal is asked only if there seems to be one."""
    obligations, working_days = view.all(Obligation), WorkingDays(view.all(Holiday))
    known = {(each.obligation_id, each.period) for each in view.all(Task) if each.obligation_id}
    missing = missing_turns(obligations, known, working_days, until)
    if not missing:
        return ()
    known |= {
        (str(change.before["obligation_id"]), str(change.before["period"]))
        for _act, change in view.removed(_REMOVALS)
        if change.kind == TASKS.code and change.before
    }
    return missing_turns(obligations, known, working_days, until)


def _task_of(turn: Turn) -> Task:
    obligation, period = turn.obligation, turn.period
    return Task(
        new_id(),
        turn.title,
        work_group_id=obligation.work_group_id,
        unit_id=obligation.unit_id,
        community_id=obligation.community_id,
        begun_on=PartialDate.of(period.first),
        due_on=PartialDate.of(turn.due_on),
        obligation_id=obligation.id,
        period=period.code,
    )


def _progress_of(name: str, items: Sequence[ToDoItem]) -> OwnerProgress:
    of = {
        urgency: tuple(each for each in items if each.deadline.urgency is urgency)
        for urgency in (Urgency.DONE, Urgency.OVERDUE)
    }
    return OwnerProgress(name, len(items), len(of[Urgency.DONE]), of[Urgency.OVERDUE])


def _done_in(tasks: Iterable[Task], year: int) -> list[Task]:
    """The tasks done in a year, the newest first."""
    done = [(each.done_on, each.id, each) for each in tasks if each.done_on and each.done_on.year == year]
    return [each for *_, each in sorted(done, reverse=True)]


def _soonest(item: ToDoItem) -> tuple[date, str]:
    """By due day; what has none comes last."""
    return item.deadline.due_on or date.max, item.title


def _refuse_unfit(view: Reading, task: Task, result: str) -> None:
    if task.done_on:
        raise RuleViolation(
            "task_done", f"“{task.title}”在 {task.done_on} 已经完成。", "有误的，请先点“重新办理”。"
        )
    if result or not task.obligation_id or not view.get(Obligation, task.obligation_id).evidence_required:
        return
    if not view.count(Attachment, owner_id=task.id):
        raise RuleViolation(
            "evidence_missing",
            f"“{task.title}”要有佐证才能完成。",
            "请写明完成情况，或者先把会议纪要、照片等附在任务后面。",
        )
