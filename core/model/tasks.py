"""Tasks with due dates, obligations that come round, and the papers a work group must hold."""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.labelled import Labelled


class TaskList(Labelled):
    """Which list an item stands on (seed 000: 任务清单 and 责任清单)."""

    TASKS = "tasks", "任务清单"
    DUTIES = "duties", "责任清单"


class Rhythm(Labelled):
    """How often an obligation comes round (seed 003: 周例会、月研判、季总结、年考核)."""

    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季"
    HALF_YEARLY = "half_yearly", "每半年"
    YEARLY = "yearly", "每年"


class PaperKind(Labelled):
    """The papers that each work group must hold (seed 000)."""

    PLAN = "plan", "专项工作方案"
    TASK_LIST = "task_list", "任务清单"
    DUTY_LIST = "duty_list", "责任清单"
    MINUTES = "minutes", "会议纪要"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What comes round for a work group, a unit or a community.

    It is due on the `due_day`-th working day of each period, counted from its end where negative.
    """

    id: str
    title: str
    rhythm: Rhythm
    due_day: int = -1
    work_group_id: str = ""
    unit_id: str = ""
    community_id: str = ""
    since_on: PartialDate | None = None
    until_on: PartialDate | None = None
    evidence_required: bool = True
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Task:
    """An item of a task or responsibility list, or one turn of an obligation.

    A turn names its obligation and its `period`: 2026-03, 2026-W09, 2026-Q1, 2026.
    `planned`, `arranged` and `supervised` are the three ticks 有计划、有安排、有督查 (seed 003); `progress`
    is in percent.
    """

    id: str
    title: str
    task_list: TaskList | None = None
    work_group_id: str = ""
    unit_id: str = ""
    community_id: str = ""
    organization_id: str = ""
    responsible: str = ""
    division: str = ""
    begun_on: PartialDate | None = None
    due_on: PartialDate | None = None
    planned: bool = False
    arranged: bool = False
    supervised: bool = False
    progress: int | None = None
    done_on: PartialDate | None = None
    result: str = ""
    obligation_id: str = ""
    period: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class GroupPaper:
    """A paper of a work group, its file attached."""

    id: str
    work_group_id: str
    kind: PaperKind
    title: str = ""
    year: int | None = None
    dated_on: PartialDate | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that differs from the week's rule: a holiday, or a weekend day that is worked (`works`)."""

    id: str
    day: PartialDate
    works: bool = False
    name: str = ""
    search_key: str = ""
    version: int = 1
