"""The work group page: groups, their members, papers and tasks; the leading group; what is printed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.model.dates import PartialDate
from core.model.journal import ActDraft
from core.model.organization import Status
from core.model.people import Person, Post, PostKind, Unit
from core.model.register_changes import BulkChange, BulkField
from core.model.task_ledgers import GROUP_PAPERS
from core.model.tasks import GroupPaper, PaperKind, Task
from core.services.services import Services
from gui.dialogs.group_form import GroupForm
from gui.dialogs.history import HistoryDialog
from gui.dialogs.ledger_form import LedgerForm
from gui.dialogs.paper_preview import PaperPreview
from gui.pages.groups import LEADING, TO_DO, GroupsPage
from gui.pages.groups_detail import FACTS, MEMBERS, ORGANIZATIONS, PAPERS, TASKS
from gui.pages.groups_posts import is_held

Open = Callable[[Services], GroupsPage]
PEOPLE = (
    Person("p1", "吴十", unit_id="u1", title="主任", phones=("13800000107",)),
    Person("p2", "张甲"),
)


@pytest.fixture
def open_page(show_page: Callable[..., GroupsPage]) -> Open:
    return partial(show_page, GroupsPage)


@pytest.fixture
def page(open_page: Open, sample: Services) -> GroupsPage:
    return open_page(sample)


@pytest.fixture
def staffed(sample: Services) -> Services:
    """The sample office with two people, who may be given posts."""
    put(sample, Unit("u1", "党政办"))
    put(sample, *PEOPLE)
    return sample


def put(services: Services, *records) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def first_group(services: Services) -> str:
    return services.register.register().work_groups[0].id


def faces(page: GroupsPage) -> dict[str, str]:
    """This year's state by organization, as the table shows it."""
    model = page.groups.detail.organizations.model
    column = model.columns[model.column_named("本年考核")]
    return {row.organization.name: column.text(row) for row in model.shown()}


def tab_texts(page: GroupsPage) -> list[str]:
    tabs = page.groups.detail.tabs
    return [tabs.tabText(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]


def fill(form, **texts: str) -> None:
    for field in form.findChildren(QLineEdit):
        name = field.accessibleName().removesuffix("\uff08必填\uff09")
        if name in texts:
            field.setText(texts[name])


# Groups and their organizations


def test_what_is_not_seen_at_first_is_made_when_its_tab_is_opened(page: GroupsPage) -> None:
    unseen = {"leading", "todo"}
    assert not unseen & vars(page).keys()
    page.set_narrow(True)
    page.header.tabs.setCurrentIndex(LEADING)
    assert unseen & vars(page).keys() == {"leading"} and page.leading.isVisibleTo(page)
    page.perform("calendar", "")
    assert page.todo.isVisibleTo(page) and not page.leading.isVisibleTo(page)


def test_groups_and_their_organizations_are_seen(
    page: GroupsPage, sample: Services, asked: list[str], wait_for_jobs
) -> None:
    """Counted, in the order of a column, with the sheets that are missing; the ways to the roster."""
    rows = page.groups.model.shown()
    assert [row.name for row in rows] == [each.name for each in sample.register.register().work_groups]
    assert sum(row.count for row in rows) == 60
    assert page.groups.detail.organizations.model.rowCount() == rows[0].count
    card = page.groups.detail.organizations
    card.open_button.click()
    first = card.model.shown()[0]
    card.table.opened.emit(first)
    assert asked == [f"roster:{rows[0].key}", f"organization:{first.id}"]

    row = page.groups.model.shown()[3]
    page.perform("group", row.key)
    # Not the rows of the group before under the name of this one.
    assert page.groups.detail.organizations.model.rowCount() == 0
    wait_for_jobs()
    shown = page.groups.detail.organizations.model.shown()
    assert {each.work_group_id for each in shown} == {row.key}

    view = sample.assessments.year(2025)
    states: set[str] = set()
    for row in page.groups.model.shown():
        page.perform("group", row.key)
        wait_for_jobs()
        states |= set(faces(page).values())
    barred = {subject.name for subject in view.subjects if subject.barred}
    assert barred and {"已交齐", "不参评"} <= states
    assert any(state.startswith("缺 ") for state in states)


def test_organizations_are_sorted_and_a_key_edits_the_group(page: GroupsPage, wait_for_jobs) -> None:
    model = page.groups.detail.organizations.model
    for name in ("组织名称", "本年考核"):
        for ascending in (True, False):
            model.sort_by(name, ascending=ascending)
            wait_for_jobs()
            rows = model.shown()
            keys = list(faces(page).values())
            if name == "组织名称":
                keys = [row.organization.sort_key for row in rows]
            assert len(set(keys)) > 1
            assert keys == sorted(keys, reverse=not ascending)
    page.groups.list.setFocus()
    QTest.keyClick(page.groups.list, Qt.Key.Key_F2)
    assert page.findChild(GroupForm) is not None


def test_those_without_a_group_stand_together(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    rows = sample.register.register().organizations[:2]
    for row in rows:
        change = BulkChange(BulkField.STATUS, Status.DEREGISTERED)
        sample.register.bulk_change([row.id], change)
    page.reload()
    wait_for_jobs()
    alone = page.groups.model.shown()[-1]
    assert (alone.name, alone.count) == ("未归口", 2)
    page.groups.list.select_ids(("",))
    wait_for_jobs()
    assert {row.id for row in page.groups.detail.organizations.model.shown()} == {row.id for row in rows}


def test_table_tells_the_grade_once_the_year_is_computed(
    page: GroupsPage, sample: Services, wait_for_jobs
) -> None:
    computed = sample.assessments.compute(2025)
    page.reload()
    wait_for_jobs()
    grades = {subject.name: result.grade for subject, result in computed.ordered() if result.grade}
    shown = faces(page)
    assert shown and all(shown[name] == grades[name] for name in shown if name in grades)


def test_year_that_was_not_opened_is_said_so(
    open_page: Open, services: Services, data, wait_for_jobs
) -> None:
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    assert set(faces(open_page(services)).values()) == {"未开启"}


def test_organizations_move_to_another_group(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    target = page.groups.model.shown()[5]
    model = page.groups.detail.organizations.model
    moved = [row.id for row in model.shown()[:2]]
    model.set_checked(moved, True)
    page.groups.detail.organizations.bulk.move_asked.emit(target.key)
    wait_for_jobs()
    groups = {row.id: row.work_group_id for row in sample.register.register().organizations}
    assert [groups[key] for key in moved] == [target.key, target.key]
    assert not set(moved) & {row.id for row in model.shown()}
    assert "2 个组织" in page.groups.detail.notice.text()


def test_missing_leader_is_filled_in(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    assert [badge.text for badge in page.groups.model.shown()[0].badges] == ["缺牵头领导"]
    page.main_button.click()
    form = page.findChild(GroupForm)
    fill(form, 牵头领导="吴十", 联动部门="党政办，综治办 城管科")
    form.save()
    wait_for_jobs()
    group = sample.register.register().work_groups[0]
    assert (group.lead_leader, group.linked_departments) == ("吴十", ("党政办", "综治办", "城管科"))
    assert page.groups.model.shown()[0].badges == ()


def test_group_without_a_name_is_not_stored(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    before = sample.register.register().work_groups[0]
    page.main_button.click()
    form = page.findChild(GroupForm)
    fill(form, 组名=" ")
    form.save()
    wait_for_jobs()
    assert len(form.wrong_rows()) == 1
    assert sample.register.register().work_groups[0] == before


# Members, papers, tasks


def test_members_stand_in_the_order_of_their_posts(open_page: Open, staffed: Services) -> None:
    group = first_group(staffed)
    put(
        staffed,
        Post("o1", "p2", PostKind.LIAISON, group),
        Post("o2", "p1", PostKind.LEAD_LEADER, group, since_on=PartialDate(2024, 3)),
        Post("o3", "p2", PostKind.CONVENER, group, until_on=PartialDate(2025)),
    )
    page = open_page(staffed)
    detail = page.groups.detail
    rows = detail.members.model.shown()
    assert [(row.name, row.place, row.phones) for row in rows] == [
        ("吴十", "党政办主任", "138****0107"),
        ("张甲", "", ""),
    ]
    assert page.groups.model.shown()[0].leader == "吴十" and not page.groups.model.shown()[0].badges
    assert "成员 2" in tab_texts(page)
    detail.past.click()
    assert [row.post.kind for row in detail.members.model.shown()] == [
        PostKind.LEAD_LEADER,
        PostKind.CONVENER,
        PostKind.LIAISON,
    ]
    gone = detail.members.model.shown()[1]
    assert [column.text(gone) for column in detail.members.model.columns][2] == "至 2025"


def test_member_that_nobody_knows_yet_is_written_down_first(
    page: GroupsPage, sample: Services, wait_for_jobs
) -> None:
    group = first_group(sample)
    page.groups.detail.members.new_person({"work_group_id": group, "kind": "member"})
    wait_for_jobs()
    person_form = page.findChild(LedgerForm)
    fill(person_form, 姓名="李新人")
    person_form.save()
    wait_for_jobs()
    post_form = next(each for each in page.findChildren(LedgerForm) if each is not person_form)
    post_form.save()
    wait_for_jobs()
    [row] = page.groups.detail.members.model.shown()
    assert (row.name, row.post.kind, row.post.work_group_id) == ("李新人", PostKind.MEMBER, group)
    assert page.groups.detail.members.table.current_record().id == row.id


def test_member_goes_into_the_bin_and_comes_back(open_page: Open, staffed: Services, wait_for_jobs) -> None:
    put(staffed, Post("o1", "p1", PostKind.MEMBER, first_group(staffed)))
    page = open_page(staffed)
    page.groups.detail.members.remove()
    wait_for_jobs()
    assert page.groups.detail.members.model.rowCount() == 0
    staffed.versions.undo(staffed.register.acts(1)[0].number)
    page.reload()
    wait_for_jobs()
    assert [row.name for row in page.groups.detail.members.model.shown()] == ["吴十"]


def test_papers_tell_what_is_missing_and_keep_files(
    open_page: Open, sample: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    group = first_group(sample)
    put(sample, GroupPaper("a1", group, PaperKind.PLAN, "2026年方案", 2026))
    page = open_page(sample)
    papers = page.groups.detail.papers
    page.groups.detail.tabs.setCurrentIndex(PAPERS)
    assert papers.missing.accessibleName() == "本年还缺任务清单、责任清单。"
    file = tmp_path / "方案.txt"
    file.write_text("工作方案", "utf-8")
    papers.files().add([file])
    wait_for_jobs()
    assert [each.name for each in sample.attachments.of("a1")] == ["方案.txt"]


def test_new_paper_is_of_this_group_and_year(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    page.groups.detail.papers.new(PaperKind.TASK_LIST)
    wait_for_jobs()
    page.findChild(LedgerForm).save()
    wait_for_jobs()
    [paper] = (row.record for row in sample.ledgers.rows(GROUP_PAPERS, sample.ledgers.find(GROUP_PAPERS)))
    assert (paper.work_group_id, paper.kind, paper.year) == (first_group(sample), PaperKind.TASK_LIST, 2026)
    assert page.groups.detail.papers.table.current_record() == paper
    assert page.groups.detail.papers.missing.accessibleName() == "本年还缺专项工作方案、责任清单。"


def test_tasks_count_the_late_ones_and_lead_to_the_list(
    open_page: Open, sample: Services, asked: list[str]
) -> None:
    group = first_group(sample)
    put(
        sample,
        Task("t1", "印发方案", work_group_id=group, due_on=PartialDate(2026, 1, 5)),
        Task("t2", "半年例会", work_group_id=group, due_on=PartialDate(2026, 7, 10)),
        Task("t3", "别的组的事", work_group_id=sample.register.register().work_groups[1].id),
    )
    page = open_page(sample)
    assert "任务 2 · 逾期 1" in tab_texts(page)
    table = page.groups.detail.tasks.table
    table.opened.emit(page.groups.detail.tasks.model.shown()[0])
    assert asked == ["todo:t1"]


def test_small_window_makes_everything_a_tab(page: GroupsPage, qtbot) -> None:
    detail = page.groups.detail
    assert not detail.tabs.isTabVisible(ORGANIZATIONS) and detail.facts.isVisible()
    page.resize(840, 430)
    page.set_narrow(True)
    assert detail.tabs.isTabVisible(FACTS) and detail.organizations.isVisible()
    detail.tabs.setCurrentIndex(MEMBERS)
    assert not detail.organizations.isVisible()
    page.resize(1220, 690)
    page.set_narrow(False)
    assert detail.organizations.isVisible() and detail.members.isVisible() and detail.facts.isVisible()
    detail.tabs.setCurrentIndex(TASKS)
    assert detail.tasks.isVisible() and detail.organizations.isVisible()


# The leading group


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, True),
        (PartialDate(2026, 1, 8), None, True),
        (PartialDate(2026, 1, 9), None, False),
        (PartialDate(2026), None, True),
        (None, PartialDate(2026, 1, 8), True),
        (None, PartialDate(2026, 1, 7), False),
        (None, PartialDate(2026, 1), True),
        (None, PartialDate(2025), False),
    ],
)
def test_post_is_held_from_its_first_day_to_its_last(
    since: PartialDate | None, until: PartialDate | None, held: bool
) -> None:
    post = Post("o1", "p1", PostKind.MEMBER, since_on=since, until_on=until)
    assert is_held(post, date(2026, 1, 8)) is held


@pytest.fixture
def led(staffed: Services) -> Services:
    """A leading group whose head changed in 2025."""
    put(
        staffed,
        Post("o1", "p1", PostKind.GROUP_HEAD, since_on=PartialDate(2025, 6, 1)),
        Post(
            "o2",
            "p2",
            PostKind.GROUP_HEAD,
            since_on=PartialDate(2023, 1),
            until_on=PartialDate(2025, 5, 31),
        ),
        Post("o3", "p2", PostKind.EXPERT),
        Post("o4", "p2", PostKind.MEMBER, first_group(staffed)),
    )
    return staffed


def heads(page: GroupsPage) -> list[str]:
    return [row.name for row in page.leading.posts.model.shown()]


def test_leading_group_today_then_and_ever(open_page: Open, led: Services, wait_for_jobs) -> None:
    page = open_page(led)
    page.perform("leading_group", "")
    wait_for_jobs()
    assert heads(page) == ["吴十"]
    assert page.header.tabs.tabText(LEADING) == "领导小组 1"
    assert page.leading.missing.accessibleName() == "现在没有在任的第一副组长、办公室主任。"
    page.leading.past.click()
    assert heads(page) == ["张甲", "吴十"]
    page.leading.on_day.click()
    page.leading.day.setDate(QDate(2025, 5, 31))
    assert heads(page) == ["张甲"] and not page.leading.past.isEnabled()
    page.leading.on_day.click()
    page.leading.past.click()
    assert heads(page) == ["吴十"]


def test_changes_of_a_post_are_told(open_page: Open, led: Services, wait_for_jobs) -> None:
    page = open_page(led)
    page.perform("leading_group", "")
    wait_for_jobs()
    page.leading.edit_button.click()
    wait_for_jobs()
    form = page.findChild(LedgerForm)
    fill(form, 免职日期="2026-01-07")
    form.save()
    wait_for_jobs()
    assert heads(page) == [] and not page.leading.history_button.isEnabled()
    page.leading.past.click()
    page.leading.posts.table.select_ids(("o1",))
    page.leading.history_button.click()
    wait_for_jobs()
    lines = [line for _place, line in page.findChild(HistoryDialog).model.shown()]
    assert ("免职日期", "2026-01-07") in [(line.field, line.new) for line in lines]


def test_new_post_of_the_leading_group(open_page: Open, staffed: Services, wait_for_jobs) -> None:
    page = open_page(staffed)
    page.perform("leading_group", "")
    wait_for_jobs()
    page.leading.posts.new({"person_id": "p1", "kind": "office_director"})
    wait_for_jobs()
    page.findChild(LedgerForm).save()
    wait_for_jobs()
    assert [(row.name, row.post.kind) for row in page.leading.posts.model.shown()] == [
        ("吴十", PostKind.OFFICE_DIRECTOR)
    ]


# Tabs and papers


def test_to_do_list_is_a_tab(open_page: Open, sample: Services, jobs, qtbot, wait_for_jobs) -> None:
    put(sample, Task("t1", "印发方案", due_on=PartialDate(2026, 1, 5)))
    # The tasks of the turns that have begun are made for the first look; other lists must hear of it.
    with qtbot.waitSignal(jobs.saved):
        page = open_page(sample)
    page.perform("todo", "t1")
    wait_for_jobs()
    assert page.header.tabs.currentIndex() == TO_DO
    assert page.todo.table.current_record().task.id == "t1"
    assert not page.main_button.isVisible()


def test_hidden_tabs_read_again_when_they_are_shown(open_page: Open, led: Services, wait_for_jobs) -> None:
    page = open_page(led)
    page.perform("leading_group", "")
    wait_for_jobs()
    page.perform("groups", "")
    put(led, Post("o9", "p2", PostKind.DEPUTY))
    page.reload()
    wait_for_jobs()
    page.perform("leading_group", "")
    wait_for_jobs()
    assert heads(page) == ["吴十", "张甲"]


def test_papers_are_previewed(page: GroupsPage, wait_for_jobs) -> None:
    group = page.groups.model.shown()[0]
    titles = {}
    for action in page.print_menu().actions():
        if action.isSeparator():
            continue
        action.trigger()
        wait_for_jobs()
        preview = next(each for each in page.findChildren(PaperPreview) if each.isVisible())
        titles[action.text()] = (preview.windowTitle(), preview.view.page_count())
        preview.reject()
    assert titles[f"本组手册\uff08{group.name}\uff09"] == ("工作组手册", 2)
    assert titles["全部工作组手册"] == ("工作组手册", 10)
    assert titles["缺件清单"][1] > 1
