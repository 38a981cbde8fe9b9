"""The desk for what is to be done: turns made once, the to-do list, the calendar, finishing with evidence."""

from dataclasses import replace
from datetime import date

import pytest

from core.errors import InvalidInput, NotFound, RuleViolation
from core.model.attachment import Attachment
from core.model.dates import PartialDate
from core.model.filing import Transition, TransitionKind
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import WorkGroup
from core.model.people import Unit
from core.model.task_view import Tick, ToDoSource, Urgency
from core.model.tasks import GroupPaper, Holiday, Obligation, PaperKind, Rhythm, Task, TaskList
from core.services.services import Services
from core.services.tasks import TaskService

TODAY = date(2026, 1, 8)
UNIT = Unit("u1", "党政办")


@pytest.fixture
def desk(sample: Services) -> TaskService:
    """The desk of the sample office, without the obligations that every office begins with."""
    with sample.store.writing(ActDraft("准备", "录入员")) as work:
        work.remove(work.all(Obligation))
        work.add([UNIT])
    return TaskService(sample.store, "录入员", sample.clock)


def put(services: Services, *records) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def tasks_of(services: Services) -> tuple[Task, ...]:
    with services.store.reading() as view:
        return view.all(Task)


def task(services: Services, task_id: str) -> Task:
    with services.store.reading() as view:
        return view.get(Task, task_id)


def group_of(services: Services) -> WorkGroup:
    with services.store.reading() as view:
        return view.all(WorkGroup)[7]


def obligation(**changes) -> Obligation:
    base = Obligation("o1", "周例会", Rhythm.WEEKLY, unit_id=UNIT.id, since_on=PartialDate(2025, 12, 22))
    return replace(base, **changes)


def a_task(due_on: str = "", **changes) -> Task:
    due = PartialDate.parse(due_on) if due_on else None
    return replace(Task(new_id(), "印发专项工作方案", due_on=due), **changes)


def test_turns_are_made_once(desk: TaskService, sample: Services) -> None:
    put(sample, obligation())
    before = sample.register.acts(1)[0].number
    waiting = desk.urgent(TODAY)
    assert desk.turns(TODAY) == 3
    assert desk.urgent(TODAY) == waiting, "what begins is due whether somebody has looked or not"
    assert "2 件事逾期" in [each.title for each in waiting]
    made = tasks_of(sample)
    assert [(each.period, str(each.due_on)) for each in made] == [
        ("2025-W52", "2025-12-26"),
        ("2026-W01", "2026-01-04"),
        ("2026-W02", "2026-01-09"),
    ]
    assert {each.title for each in made} >= {"周例会（2026年第2周）"}
    assert {each.unit_id for each in made} == {UNIT.id}
    assert desk.turns(TODAY) == 0
    assert tasks_of(sample) == made
    assert sample.register.acts(1)[0].number == before + 1


def test_turn_can_be_found_by_pinyin(desk: TaskService, sample: Services) -> None:
    put(sample, obligation())
    desk.turns(TODAY)
    assert all("zlh" in each.search_key and "党政办" in each.search_key for each in tasks_of(sample))


def test_turn_put_into_the_bin_is_not_made_again(desk: TaskService, sample: Services) -> None:
    put(sample, obligation())
    desk.turns(TODAY)
    first = tasks_of(sample)[0]
    with sample.store.writing(ActDraft("删除任务", "录入员")) as work:
        work.remove([first])
    assert desk.turns(TODAY) == 0
    assert desk.turns(date(2026, 1, 12)) == 1
    assert first.period not in {each.period for each in tasks_of(sample)}


def test_everything_that_waits_is_on_one_list(desk: TaskService, sample: Services) -> None:
    organization = sample.register.register().organizations[0].organization
    matter = Transition(
        new_id(), organization.id, TransitionKind.CHANGE, PartialDate(2025, 12, 29), change_field="负责人"
    )
    put(sample, obligation(since_on=PartialDate(2026, 1, 5)), matter)
    put(sample, a_task("2026-01-05"), a_task("2026-01", title="报月报"), a_task(title="没有期限的事"))
    desk.turns(TODAY)
    found = desk.to_do(TODAY)
    assert [each.title for each in found.overdue] == ["印发专项工作方案", "变更：受理"]
    assert [each.title for each in found.this_week] == ["周例会（2026年第2周）"]
    titles = [each.title for each in found.later]
    assert titles[0] == "报月报" and "没有期限的事" in titles
    assert found.later[0].deadline.due_on == date(2026, 1, 31)
    filing = next(each for each in found.waiting if each.source is ToDoSource.FILING)
    assert (filing.whose.organization, filing.link) == (organization.name, f"organization:{organization.id}")
    assert len({each.key for each in found.waiting}) == len(found.waiting)


def test_papers_that_groups_lack_wait_until_they_are_there(desk: TaskService, sample: Services) -> None:
    group = group_of(sample)

    def lacking() -> str:
        found = desk.to_do(TODAY).later
        return next((each.title for each in found if each.record_id == group.id), "")

    assert lacking() == "缺专项工作方案、任务清单、责任清单"
    put(sample, GroupPaper(new_id(), group.id, PaperKind.PLAN, year=2026))
    put(sample, GroupPaper(new_id(), group.id, PaperKind.DUTY_LIST, year=2025))
    put(sample, a_task(work_group_id=group.id, task_list=TaskList.TASKS))
    assert lacking() == "缺责任清单"


def test_office_calendar_moves_deadlines(desk: TaskService, sample: Services) -> None:
    put(sample, a_task("2026-01-12"))
    assert desk.to_do(TODAY).later[0].deadline.days_left == 2
    put(sample, Holiday(new_id(), PartialDate(2026, 1, 9), name="停电"))
    assert desk.to_do(TODAY).later[0].deadline.days_left == 1


def test_finished_tasks_leave_the_list(desk: TaskService, sample: Services) -> None:
    late = a_task("2026-01-05")
    put(sample, late)
    desk.finish(late.id, TODAY, " 已印发 ")
    kept = task(sample, late.id)
    assert (kept.done_on, kept.result, kept.progress) == (PartialDate(2026, 1, 8), "已印发", 100)
    found = desk.to_do(TODAY)
    assert not found.overdue
    assert [(each.record_id, each.deadline.words) for each in found.done] == [(late.id, "逾期 3 个工作日")]
    desk.reopen(late.id)
    assert [each.record_id for each in desk.to_do(TODAY).overdue] == [late.id]
    assert task(sample, late.id).result == "已印发"


def test_evidence_is_asked_for(desk: TaskService, sample: Services) -> None:
    put(sample, obligation(since_on=PartialDate(2026, 1, 1)))
    desk.turns(TODAY)
    first, second = tasks_of(sample)
    with pytest.raises(RuleViolation) as refused:
        desk.finish(first.id, TODAY, "  ")
    assert refused.value.code == "evidence_missing"
    assert task(sample, first.id).done_on is None
    desk.finish(first.id, TODAY, "到会 12 人")
    put(sample, Attachment(new_id(), second.id, "纪要.pdf", "0" * 64, 10, "2026-01-08T09:00:00"))
    desk.finish(second.id, TODAY)
    assert task(sample, second.id).done_on


def test_without_the_duty_no_evidence_is_asked_for(desk: TaskService, sample: Services) -> None:
    put(sample, obligation(since_on=PartialDate(2026, 1, 5), evidence_required=False))
    desk.turns(TODAY)
    desk.finish(tasks_of(sample)[0].id, TODAY)
    assert tasks_of(sample)[0].done_on


def _finish(day: date):
    return lambda desk, key: desk.finish(key, day)


@pytest.mark.parametrize(
    ("act", "kind", "code"),
    [
        (_finish(date(2026, 1, 9)), InvalidInput, "done_in_future"),
        (_finish(date(2025, 12, 31)), InvalidInput, "done_before_begun"),
        (lambda desk, key: desk.progress(key, 101), InvalidInput, "progress_out_of_range"),
        (lambda desk, key: desk.progress(key, -1), InvalidInput, "progress_out_of_range"),
        (lambda desk, key: desk.tick("nobody", Tick.PLANNED, True), NotFound, "record_missing"),
    ],
)
def test_what_cannot_be_is_refused(desk: TaskService, sample: Services, act, kind, code: str) -> None:
    kept = a_task("2026-01-20", begun_on=PartialDate(2026, 1))
    put(sample, kept)
    with pytest.raises(kind) as refused:
        act(desk, kept.id)
    assert refused.value.code == code
    assert task(sample, kept.id) == kept


def test_a_task_is_finished_once(desk: TaskService, sample: Services) -> None:
    kept = a_task()
    put(sample, kept)
    desk.finish(kept.id, TODAY)
    with pytest.raises(RuleViolation, match="2026-01-08 已经完成"):
        desk.finish(kept.id, TODAY)


def test_ticks_and_progress_are_acts_of_their_own(desk: TaskService, sample: Services) -> None:
    kept = a_task(responsible="吴十")
    put(sample, kept)
    desk.tick(kept.id, Tick.PLANNED, True)
    desk.tick(kept.id, Tick.ARRANGED, True)
    desk.tick(kept.id, Tick.ARRANGED, False)
    desk.progress(kept.id, 40)
    assert [each.verb for each in sample.register.acts(4)] == [
        "填写进度",
        "取消有安排",
        "勾选有安排",
        "勾选有计划",
    ]
    (row,) = desk.matrix(TODAY)
    assert (row.responsible, row.progress) == ("吴十", 40)
    assert dict(row.ticks) == {Tick.PLANNED: True, Tick.ARRANGED: False, Tick.SUPERVISED: False}


def test_matrix_leaves_out_turns(desk: TaskService, sample: Services) -> None:
    put(sample, obligation(), a_task())
    desk.turns(TODAY)
    assert len(desk.matrix(TODAY)) == 1


def test_progress_by_who_owes_the_tasks(desk: TaskService, sample: Services) -> None:
    group = group_of(sample)
    put(
        sample,
        a_task("2025-12-31", unit_id=UNIT.id, work_group_id=group.id),
        a_task("2026-01-07", unit_id=UNIT.id),
        a_task("2026-01-06", work_group_id=group.id),
        a_task("2026-01-09", unit_id=UNIT.id),
        a_task("2026-01-02", unit_id=UNIT.id, done_on=PartialDate(2026, 1, 4)),
        a_task(),
    )
    found = desk.progress_by_unit(TODAY)
    assert [(each.name, each.tasks, each.done, len(each.overdue), each.most_days) for each in found] == [
        (UNIT.name, 4, 1, 2, 5),
        (group.name, 1, 0, 1, 2),
        ("", 1, 0, 0, 0),
    ]


def test_calendar_shows_whole_weeks(desk: TaskService, sample: Services) -> None:
    kept = a_task("2026-02-27")
    put(sample, obligation(), kept, Holiday(new_id(), PartialDate(2026, 2, 26), name="停电"))
    desk.turns(TODAY)
    month = desk.calendar(2026, 2)
    assert (month.days[0].day, month.days[-1].day) == (date(2026, 1, 26), date(2026, 3, 1))
    days = {each.day: each for each in month.days}
    assert not days[date(2026, 2, 17)].works and days[date(2026, 2, 28)].works
    assert (days[date(2026, 2, 26)].works, days[date(2026, 2, 26)].holiday) == (False, "停电")
    assert [each.record_id for each in days[date(2026, 2, 27)].items] == [kept.id]
    coming = days[date(2026, 2, 28)].items
    assert [(each.title, each.task) for each in coming] == [("周例会（2026年第9周）", None)]
    assert month.note == ""


def test_calendar_shows_what_was_done_on_its_due_day(desk: TaskService, sample: Services) -> None:
    kept = a_task("2026-01-05")
    put(sample, kept)
    desk.finish(kept.id, TODAY)
    days = {each.day: each for each in desk.calendar(2026, 1).days}
    assert [each.deadline.urgency for each in days[date(2026, 1, 5)].items] == [Urgency.DONE]


def test_calendar_says_where_holidays_are_not_known(desk: TaskService) -> None:
    assert "2031" in desk.calendar(2031, 5).note
