"""What is to be done as pages show it: items with deadlines, a month, progress by unit, the ticks."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.model.labelled import Labelled
from core.model.tasks import Task


class ToDoSource(Labelled):
    """Where an item of the to-do list comes from."""

    TASK = "task", "任务"
    TURN = "turn", "定期工作"
    FILING = "filing", "备案事项"
    PAPERS = "papers", "工作组文件"


class Urgency(Labelled):
    """How near the deadline is; a week ends on Sunday."""

    OVERDUE = "overdue", "逾期"
    THIS_WEEK = "this_week", "本周"
    LATER = "later", "以后"
    DONE = "done", "已完成"


class Tick(Labelled):
    """The three ticks of a task (seed 003); the value is the field of Task."""

    PLANNED = "planned", "有计划"
    ARRANGED = "arranged", "有安排"
    SUPERVISED = "supervised", "有督查"


@dataclass(frozen=True, slots=True)
class Deadline:
    """How an item stands to its due day.

    `days_left` is negative by so many days as it is late, None where there is no due day; of something done
    it says how early it was. The days are working days, for the whole of a cancellation calendar days.
    `words` say it in Chinese.
    """

    urgency: Urgency
    due_on: date | None
    days_left: int | None
    words: str


class Whose(NamedTuple):
    """Whom an item concerns: names by the kind of record, empty for none."""

    work_group: str = ""
    unit: str = ""
    community: str = ""
    organization: str = ""

    @property
    def words(self) -> str:
        """All names in one line."""
        return "、".join(filter(None, self))


@dataclass(frozen=True, slots=True)
class ToDoItem:
    """One thing to do.

    `record_id` is that of the task, the matter or the work group; a turn that is still to come has that of
    its obligation, and no `task`. `link` is where it is dealt with, as Desk.go takes it.
    """

    source: ToDoSource
    record_id: str
    title: str
    whose: Whose
    deadline: Deadline
    link: str
    task: Task | None = None
    evidence_required: bool = False

    @property
    def key(self) -> str:
        """Tells items apart; a matter may have two clocks, so the record alone does not."""
        return f"{self.source}:{self.record_id}:{self.title}"


@dataclass(frozen=True, slots=True)
class ToDo:
    """All that waits, the most urgent first, and the tasks done this year, the newest first."""

    today: date
    overdue: tuple[ToDoItem, ...]
    this_week: tuple[ToDoItem, ...]
    later: tuple[ToDoItem, ...]
    done: tuple[ToDoItem, ...]

    @property
    def waiting(self) -> tuple[ToDoItem, ...]:
        """What is not done."""
        return (*self.overdue, *self.this_week, *self.later)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with what is due on it; `holiday` is what the office's own calendar calls it."""

    day: date
    works: bool
    holiday: str
    items: tuple[ToDoItem, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The whole weeks that hold a month, from Monday; `note` tells of a year whose holidays are not known."""

    year: int
    month: int
    today: date
    days: tuple[CalendarDay, ...]
    note: str


@dataclass(frozen=True, slots=True)
class OwnerProgress:
    """A unit, community or work group: how many tasks wait or were done this year, and the overdue ones.

    These stand the latest first, as 督办 names them; an empty name is that of tasks without an owner.
    """

    name: str
    tasks: int
    done: int
    overdue: tuple[ToDoItem, ...]

    @property
    def most_days(self) -> int:
        """By how many working days the latest of them is late; 0 if none is."""
        return max((-(each.deadline.days_left or 0) for each in self.overdue), default=0)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A task with who answers for it and its three ticks (seed 003)."""

    item: ToDoItem
    responsible: str
    division: str
    ticks: tuple[tuple[Tick, bool], ...]
    progress: int | None
