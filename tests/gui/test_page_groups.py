"""The work group page: nine groups, their facts, their organizations, moving and editing."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QLineEdit

from core.services.services import Services
from gui.dialogs.group_form import GroupForm
from gui.pages.groups import GroupsPage

Open = Callable[[Services], GroupsPage]


@pytest.fixture
def open_page(show_page: Callable[..., GroupsPage]) -> Open:
    return partial(show_page, GroupsPage)


@pytest.fixture
def page(open_page: Open, sample: Services) -> GroupsPage:
    return open_page(sample)


def faces(page: GroupsPage) -> dict[str, str]:
    """This year's state by organization, as the table shows it."""
    column = page.model.columns[page.model.column_named("本年考核")]
    return {row.organization.name: column.text(row) for row in page.model.shown()}


def test_groups_count_their_organizations(page: GroupsPage, sample: Services) -> None:
    rows = page.list_model.shown()
    assert [row.name for row in rows] == [each.name for each in sample.register.register().work_groups]
    assert sum(row.count for row in rows) == 60
    assert page.model.rowCount() == rows[0].count


def test_selection_shows_the_group(page: GroupsPage) -> None:
    row = page.list_model.shown()[3]
    page.perform("group", row.key)
    assert {each.work_group_id for each in page.model.shown()} == {row.key}


def test_table_tells_how_many_sheets_are_missing(page: GroupsPage, sample: Services) -> None:
    view = sample.assessments.year(2025)
    states: set[str] = set()
    for row in page.list_model.shown():
        page.perform("group", row.key)
        states |= set(faces(page).values())
    barred = {subject.name for subject in view.subjects if subject.barred}
    assert barred and {"已交齐", "不参评"} <= states
    assert any(state.startswith("缺 ") for state in states)


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
    target = page.list_model.shown()[5]
    moved = [row.id for row in page.model.shown()[:2]]
    page.model.set_checked(moved, True)
    page.bulk.move_asked.emit(target.key)
    wait_for_jobs()
    groups = {row.id: row.work_group_id for row in sample.register.register().organizations}
    assert [groups[key] for key in moved] == [target.key, target.key]
    assert not set(moved) & {row.id for row in page.model.shown()}


def test_missing_leader_is_filled_in(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    row = page.list_model.shown()[0]
    assert [badge.text for badge in row.badges] == ["缺牵头领导"]
    page._edit.click()
    form = page.findChild(GroupForm)
    fields = {field.accessibleName(): field for field in form.findChildren(QLineEdit)}
    fields["牵头领导"].setText("吴十")
    fields["联动部门"].setText("党政办，综治办 城管科")
    form.save()
    wait_for_jobs()
    group = sample.register.register().work_groups[0]
    assert (group.lead_leader, group.linked_departments) == ("吴十", ("党政办", "综治办", "城管科"))
    assert page.list_model.shown()[0].badges == ()


def test_group_without_a_name_is_not_stored(page: GroupsPage, sample: Services, wait_for_jobs) -> None:
    before = sample.register.register().work_groups[0]
    page._edit.click()
    form = page.findChild(GroupForm)
    next(f for f in form.findChildren(QLineEdit) if f.accessibleName().startswith("组名")).setText(" ")
    form.save()
    wait_for_jobs()
    assert len(form.wrong_rows()) == 1
    assert sample.register.register().work_groups[0] == before


def test_ways_to_the_roster(page: GroupsPage, asked: list[str]) -> None:
    page._open.click()
    row = page.model.shown()[0]
    page.table.opened.emit(row)
    assert asked == [f"roster:{page.list_model.shown()[0].key}", f"organization:{row.id}"]
