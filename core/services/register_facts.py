"""Facts of the register for documents: the groups, one matter of filing, missing papers, overdue tasks."""

from collections.abc import Iterable, Mapping
from datetime import date

from core.errors import NotFound
from core.model.facts import Row
from core.model.filing import Particulars, Transition
from core.model.filing_view import MissingPapers
from core.model.organization import Category, Community, Organization
from core.model.people import Person, Post, Unit
from core.model.task_view import ToDoItem, Urgency
from core.model.tasks import Holiday, Task
from core.ports import Reading
from core.rules.completeness import missing_papers_of
from core.rules.facts_groups import GroupRegister, group_row
from core.rules.facts_supervision import by_owner, supervision_row
from core.rules.facts_transition import Registered, lacking_row, transition_row
from core.rules.working_days import WorkingDays
from core.services.register_reading import read_places
from core.services.tasks import item_maker


def group_facts(view: Reading, group_id: str, day: date) -> Row:
    """The facts of the leading group and of one work group, or of all without an id.

    Raises:
        NotFound: there is no such group.
    """
    places = read_places(view)
    groups = tuple(each for each in places.work_groups if group_id in ("", each.id))
    if group_id and not groups:
        raise NotFound("group_missing", "没有这个专项推进组。", "请重新选择。")
    register = GroupRegister(
        groups,
        view.all(Post),
        {each.id: each for each in view.all(Person)},
        {each.id: each.name for each in view.all(Unit)},
        {each.id: each.name for each in places.categories},
    )
    return group_row(register, day)


def transition_facts(view: Reading, transition_id: str, dated_on: date) -> Row:
    """The facts of a matter.

    Raises:
        NotFound: none was chosen, or it is gone.
    """
    if not transition_id:
        raise NotFound("no_transition", "没有说明是哪一件备案事项。", "请先选一件。")
    transition = view.get(Transition, transition_id)
    [registered] = _registered(view, [view.get(Organization, transition.organization_id)])
    return transition_row(registered, transition, dated_on, _calendar(view))


def lacking_facts(view: Reading, organization_id: str, dated_on: date) -> Mapping[str, Row]:
    """The facts of the organizations that lack papers, by id; of one of them, or of all without an id.

    Raises:
        NotFound: the one that was chosen lacks none, or is gone.
    """
    found = {
        each.organization_id: each for each in lacking(view) if organization_id in ("", each.organization_id)
    }
    if organization_id and not found:
        raise NotFound("nothing_lacking", "这个组织不缺材料，或者已经不在名册里。", "请重新选择。")
    calendar = _calendar(view)
    return {
        each.organization.id: lacking_row(each, found[each.organization.id].missing, dated_on, calendar)
        for each in _registered(view, view.some(Organization, list(found)))
    }


def lacking(view: Reading) -> tuple[MissingPapers, ...]:
    """The organizations that lack papers, in the office's order."""
    organizations = sorted(view.all(Organization), key=lambda each: each.position)
    communities = {each.id: each.name for each in view.all(Community)}
    return missing_papers_of(organizations, view.all(Particulars), view.all(Transition), communities)


def supervision_facts(view: Reading, ref_id: str, dated_on: date, today: date) -> Mapping[str, Row]:
    """The facts of overdue tasks by the id of whoever has them.

    `ref_id` is that of one task, of one who has overdue tasks, or empty for all.

    Raises:
        NotFound: what was chosen is not overdue, or is gone.
    """
    waiting = overdue(view, today)
    owners = by_owner(waiting)
    if ref_id:
        owners = (
            {ref_id: owners[ref_id]}
            if ref_id in owners
            else by_owner(each for each in waiting if each.record_id == ref_id)
        )
        if not owners:
            raise NotFound("nothing_overdue", "所选的任务或单位没有逾期事项。", "请刷新待办后重新选择。")
    calendar = _calendar(view)
    return {owner: supervision_row(items, dated_on, calendar) for owner, items in owners.items()}


def overdue(view: Reading, today: date) -> tuple[ToDoItem, ...]:
    """The tasks and turns that are not done and late today."""
    tasks = view.all(Task, done_on=None)
    items = map(item_maker(view, today, tasks).of_task, tasks)
    return tuple(each for each in items if each.deadline.urgency is Urgency.OVERDUE)


def _registered(view: Reading, organizations: Iterable[Organization]) -> list[Registered]:
    chosen = tuple(organizations)
    communities = {each.id: each.name for each in view.all(Community)}
    categories = {each.id: each.name for each in view.all(Category)}
    one = {"organization_id": chosen[0].id} if len(chosen) == 1 else {}
    forms = {each.organization_id: each for each in view.all(Particulars, **one)}
    return [
        Registered(
            each,
            communities.get(each.community_id or "", ""),
            categories.get(each.category_id or "", ""),
            forms.get(each.id),
        )
        for each in chosen
    ]


def _calendar(view: Reading) -> WorkingDays:
    return WorkingDays(view.all(Holiday))
