"""Facts of overdue tasks: who is to do them, what, until when, and by how much they are late."""

from collections.abc import Iterable, Sequence
from datetime import date

from core.model.facts import FactKind, FactName, Row
from core.model.task_view import ToDoItem
from core.rules.facts_office import day_words
from core.rules.facts_transition import DEADLINE_FACTS, deadline_row
from core.rules.working_days import WorkingDays

SUPERVISION_DAYS = 5
"""Working days for doing what is late; a draft may say another day."""

TASK_FACTS = (
    FactName("责任方", "哪个单位、社区、推进组或组织；都没有写时是责任人"),
    FactName(
        "督办事项",
        "逾期没有完成的任务，逾期最久的在前",
        FactKind.LIST,
        (
            FactName("任务", "任务的名称"),
            FactName("应完成日期", "原来的期限"),
            FactName("逾期", "如“逾期3个工作日”"),
            FactName("逾期工作日", "逾期几个工作日；只过了休息日的是 0", FactKind.NUMBER),
            FactName("责任人", "责任人；没有写时为空"),
            FactName("责任分工", "责任分工；没有写时为空"),
            FactName("进度", "如“60%”；没有写时为空"),
        ),
    ),
    FactName("最长逾期工作日", "逾期最久的逾期几个工作日", FactKind.NUMBER),
    *DEADLINE_FACTS,
)
_NOBODY = "有关责任人"


def owner_of(item: ToDoItem) -> tuple[str, str]:
    """Whose a task is, id and name: its unit's, else its community's, its group's or its organization's.

    One that names none of them has the id of the task itself, and the name of who answers for it.
    """
    task, whose = item.task, item.whose
    if task is None:
        return item.record_id, _NOBODY
    owners = (
        (task.unit_id, whose.unit),
        (task.community_id, whose.community),
        (task.work_group_id, whose.work_group),
        (task.organization_id, whose.organization),
    )
    return next((each for each in owners if all(each)), (task.id, task.responsible or _NOBODY))


def by_owner(overdue: Iterable[ToDoItem]) -> dict[str, list[ToDoItem]]:
    """Overdue tasks by the id of their owner, whoever has the latest first."""
    found: dict[str, list[ToDoItem]] = {}
    for item in sorted(overdue, key=_latest):
        found.setdefault(owner_of(item)[0], []).append(item)
    return found


def supervision_row(items: Sequence[ToDoItem], dated_on: date, days: WorkingDays) -> Row:
    """The facts of `TASK_FACTS` of overdue tasks of one owner."""
    rows = tuple(map(_item, sorted(items, key=_latest)))
    return {
        "责任方": owner_of(items[0])[1],
        "督办事项": rows,
        "最长逾期工作日": max(map(_late, items)),
        **deadline_row(dated_on, SUPERVISION_DAYS, days),
    }


def _item(item: ToDoItem) -> Row:
    task, late, due_on = item.task, _late(item), item.deadline.due_on
    progress = task.progress if task else None
    return {
        "任务": item.title,
        "应完成日期": day_words(due_on) if due_on else "",
        "逾期": f"逾期{late}个工作日" if late else "已过期限",
        "逾期工作日": late,
        "责任人": task.responsible if task else "",
        "责任分工": task.division if task else "",
        "进度": "" if progress is None else f"{progress}%",
    }


def _late(item: ToDoItem) -> int:
    return max(0, -(item.deadline.days_left or 0))


def _latest(item: ToDoItem) -> tuple[date, str]:
    return item.deadline.due_on or date.max, item.title
