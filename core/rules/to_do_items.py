"""Items of the to-do list and the calendar, made from tasks, turns, filing matters and missing papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.model.completeness_view import GroupGap
from core.model.filing_view import DueFiling
from core.model.task_view import ToDoItem, ToDoSource, Whose
from core.model.tasks import Obligation, Task
from core.rules.deadlines import deadline, deadline_met, last_day
from core.rules.obligations import Turn
from core.rules.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class ItemMaker:
    """Makes items as they stand today.

    `names` are those of groups, units, communities and organizations by id; `with_evidence` are the ids of
    the obligations that ask for evidence.
    """

    today: date
    working_days: WorkingDays
    names: Mapping[str, str]
    with_evidence: frozenset[str]

    def of_task(self, task: Task) -> ToDoItem:
        """A task, or a turn of an obligation that has become one."""
        due_on = last_day(task.due_on) if task.due_on else None
        if task.done_on:
            stands = deadline_met(due_on, last_day(task.done_on), self.working_days)
        else:
            stands = deadline(due_on, self.today, self.working_days)
        whose = self._whose(task)._replace(organization=self._name(task.organization_id))
        return ToDoItem(
            ToDoSource.TURN if task.obligation_id else ToDoSource.TASK,
            task.id,
            task.title,
            whose,
            stands,
            f"todo:{task.id}",
            task,
            task.obligation_id in self.with_evidence,
        )

    def of_turn(self, turn: Turn) -> ToDoItem:
        """A turn to come, which has no task yet."""
        stands = deadline(turn.due_on, self.today, self.working_days)
        whose = self._whose(turn.obligation)
        return ToDoItem(ToDoSource.TURN, turn.obligation.id, turn.title, whose, stands, "todo")

    def of_filing(self, due: DueFiling) -> ToDoItem:
        """A step of a filing matter."""
        clock = due.clock
        return ToDoItem(
            ToDoSource.FILING,
            due.transition_id,
            f"{due.kind.label}：{clock.label}",
            Whose(organization=due.organization),
            deadline(clock.due_on, self.today, self.working_days, in_working_days=clock.in_working_days),
            f"organization:{due.organization_id}",
        )

    def of_gap(self, gap: GroupGap) -> ToDoItem:
        """The papers that a work group lacks."""
        return ToDoItem(
            ToDoSource.PAPERS,
            gap.work_group_id,
            f"缺{'、'.join(kind.label for kind in gap.missing)}",
            Whose(gap.work_group),
            deadline(None, self.today, self.working_days),
            f"group:{gap.work_group_id}",
        )

    def _whose(self, record: Task | Obligation) -> Whose:
        return Whose(
            self._name(record.work_group_id), self._name(record.unit_id), self._name(record.community_id)
        )

    def _name(self, record_id: str) -> str:
        return self.names.get(record_id, "")
