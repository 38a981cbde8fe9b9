"""Reports as tables to hand out: progress by unit, the three ticks, organizations by other classes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from core.model.classification import Classification
from core.model.organization import Community, Organization
from core.model.tables import OutColumn, OutSheet, OutValue
from core.model.task_view import MatrixRow, OwnerProgress
from core.rules.completeness import living

OutRows: TypeAlias = tuple[tuple[OutValue, ...], ...]
UNMAPPED, NO_COMMUNITY, TOTAL = "未对应", "未填社区（村）", "合计"
_PROGRESS = (
    OutColumn("序号", 6),
    OutColumn("单位", 18),
    OutColumn("任务", 8),
    OutColumn("已完成", 8),
    OutColumn("完成率", 8),
    OutColumn("逾期", 8),
    OutColumn("最长逾期（工作日）", 18),
    OutColumn("逾期的任务", 48),
)
_TICKS = (
    OutColumn("序号", 6),
    OutColumn("任务", 32),
    OutColumn("承办", 18),
    OutColumn("第一责任人", 10),
    OutColumn("分工", 18),
    OutColumn("有计划", 6),
    OutColumn("有安排", 6),
    OutColumn("有督查", 6),
    OutColumn("进度", 6),
    OutColumn("完成期限", 12),
    OutColumn("情况", 16),
)


def progress_sheet(office: str, today: date, owners: Sequence[OwnerProgress]) -> OutSheet:
    """各单位任务进展: a row for each, with the overdue ones named, for 通报 and 督办 (seed 000)."""
    rows = tuple(
        (
            place,
            each.name or "没有写明",
            each.tasks,
            each.done,
            f"{each.done * 100 // each.tasks}%",
            len(each.overdue),
            each.most_days or None,
            "；".join(f"{item.title}（{item.deadline.words}）" for item in each.overdue) or None,
        )
        for place, each in enumerate(owners, start=1)
    )
    late = [each for each in owners if each.overdue]
    tasks, done = sum(each.tasks for each in owners), sum(each.done for each in owners)
    overdue = sum(len(each.overdue) for each in late)
    note = f"任务 {tasks} 项，已完成 {done} 项；逾期 {overdue} 项，涉及 {len(late)} 个单位"
    return _sheet("各单位任务进展", office, today, _PROGRESS, rows, note)


def ticks_sheet(office: str, today: date, tasks: Sequence[MatrixRow]) -> OutSheet:
    """任务落实情况: each task with its three ticks 有计划、有安排、有督查 (seed 003)."""
    rows = tuple(
        (
            place,
            each.item.title,
            each.item.whose.words or None,
            each.responsible or None,
            each.division or None,
            *("√" if is_set else None for _, is_set in each.ticks),
            None if each.progress is None else f"{each.progress}%",
            each.item.deadline.due_on,
            each.item.deadline.words,
        )
        for place, each in enumerate(tasks, start=1)
    )
    set_ones = Counter(tick.label for each in tasks for tick, is_set in each.ticks if is_set)
    whole = sum(all(is_set for _, is_set in each.ticks) for each in tasks)
    said = "，".join(f"{tick.label} {set_ones[tick.label]} 项" for tick, _ in tasks[0].ticks) if tasks else ""
    note = f"任务 {len(tasks)} 项" + (f"；{said}，三项都有 {whole} 项" if said else "")
    return _sheet("任务落实情况", office, today, _TICKS, rows, note)


def classes_sheet(
    office: str,
    day: date,
    classification: Classification,
    class_of: Mapping[str, str],
    organizations: Iterable[Organization],
    communities: Sequence[Community],
) -> OutSheet:
    """How many organizations each community has in each class of another classification (domain 2.1).

    `class_of` gives the class by the id of the office's category; those that were cancelled are not counted.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for each in living(organizations):
        mapped = class_of.get(each.category_id or "", "")
        counts[each.community_id or "", mapped if mapped in classification.classes else UNMAPPED] += 1
    is_unmapped = any(name == UNMAPPED for _, name in counts)
    classes = (*classification.classes, *([UNMAPPED] if is_unmapped else []))
    places = [(each.id, each.name) for each in communities]
    if any(not key for key, _ in counts):
        places.append(("", NO_COMMUNITY))
    figures = [(name, [counts[key, each] for each in classes]) for key, name in places]
    figures.append((TOTAL, [sum(counts[key, each] for key, _ in places) for each in classes]))
    rows: OutRows = tuple((name, *numbers, sum(numbers)) for name, numbers in figures)
    columns = (
        OutColumn("社区（村）", 20),
        *(OutColumn(each, max(8, 2 * len(each) + 2)) for each in classes),
        OutColumn(TOTAL, 8),
    )
    note = f"{classification.title}，不含已注销、已撤销的组织"
    return _sheet("社会组织分类统计", office, day, columns, rows, note)


def _sheet(
    title: str,
    office: str,
    day: date,
    columns: tuple[OutColumn, ...],
    rows: OutRows,
    note: str,
) -> OutSheet:
    when = f"{day.year}年{day.month}月{day.day}日"
    return OutSheet(title, f"{office}{title}", columns, rows, subtitle=f"{when}　{note}")
