"""What is done to ticked organizations: one field changed, two made one, into the bin."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from core.model.identity import new_id
from core.model.organization import Organization, Status
from core.model.register_changes import BulkField
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.bulk_change import BulkChangeDialog
from gui.dialogs.merge import MergeDialog
from gui.pages.roster import RosterPage


@pytest.fixture
def told() -> list[tuple[str, str, Callable[[], object]]]:
    return []


@pytest.fixture
def page(show_page: Callable[..., RosterPage], sample: Services, told) -> RosterPage:
    page = show_page(RosterPage, sample)
    desk = page.property("desk")
    assert isinstance(desk, Desk)
    desk.told.connect(lambda text, link, go: told.append((text, link, go)))
    return page


def tick(page: RosterPage, *ids: str) -> None:
    page.organizations.model.set_checked(ids, True)


def ask(page: RosterPage, field: BulkField, qtbot: QtBot, value: str) -> BulkChangeDialog:
    """The dialog with a value chosen and its preview read."""
    page.organizations.acts.change(field)
    dialog = page.findChildren(BulkChangeDialog)[-1]
    dialog.value.set_text(value)
    qtbot.waitUntil(lambda: not dialog._pause.isActive() and not dialog._desk.jobs.is_busy())
    return dialog


def organizations(services: Services) -> dict[str, Organization]:
    return {row.id: row.organization for row in services.register.register().organizations}


def test_category_of_ticked_ones_is_changed_after_a_preview(
    page: RosterPage, sample: Services, qtbot: QtBot, told, wait_for_jobs
) -> None:
    rows = page.organizations.model.shown()
    target = rows[0].organization.category_id
    others = [row for row in rows if row.organization.category_id != target][:2]
    tick(page, rows[0].id, *(row.id for row in others))
    dialog = ask(page, BulkField.CATEGORY, qtbot, target)
    assert dialog._sum.text() == "2 个会改；1 个已经是这样。"
    assert [line.organization_id for line in dialog.model.shown()] == [row.id for row in others]
    before = sample.register.acts(1)[0].number
    dialog.save_button.click()
    wait_for_jobs()
    after = organizations(sample)
    assert {after[row.id].category_id for row in others} == {target}
    assert sample.register.acts(1)[0].number == before + 1
    assert page.organizations.bulk.isHidden()
    text, link, undo = told[-1]
    assert (text, link) == ("已改类别：2 个组织", "撤销")
    undo()
    wait_for_jobs()
    assert [organizations(sample)[row.id].category_id for row in others] == [
        row.organization.category_id for row in others
    ]


def test_preview_names_those_that_cannot_be_changed(page: RosterPage, sample: Services, qtbot: QtBot) -> None:
    rows = page.organizations.model.shown()
    closed = next(row for row in rows if row.organization.status is Status.DEREGISTERED)
    tick(page, rows[0].id, closed.id)
    dialog = ask(page, BulkField.STATUS, qtbot, Status.SUSPENDED.value)
    assert dialog._sum.text().startswith("1 个会改；1 个不能改")
    line = dialog.model.shown()[0]
    assert (line.organization_id, line.refused) == (closed.id, "已注销，不能再改状态")


@pytest.mark.parametrize(("tag", "told_of"), [("", "请写一个标签"), ("一、二", "顿号")])
def test_tag_that_is_none_is_refused_before_anything_is_done(
    page: RosterPage, qtbot: QtBot, tag: str, told_of: str
) -> None:
    tick(page, page.organizations.model.shown()[0].id)
    dialog = ask(page, BulkField.ADD_TAG, qtbot, tag)
    assert told_of in dialog._sum.text() + dialog.value.accessibleDescription()
    assert not dialog.save_button.isEnabled()


def twin(services: Services) -> tuple[Organization, Organization]:
    """An organization that is in no year, and a second record of it."""
    kept = Organization(new_id(), "春苗护学队", principal="王丙", members=10)
    double = replace(kept, id=new_id(), name="春苗护学志愿队", principal="王炳", members=12, tags=("3+",))
    services.register.save_form(kept, None)
    services.register.save_form(double, None)
    return kept, double


def open_merge(
    page: RosterPage, sample: Services, wait_for_jobs
) -> tuple[Organization, Organization, MergeDialog]:
    kept, double = twin(sample)
    page.reload()
    wait_for_jobs()
    tick(page, kept.id, double.id)
    page.organizations.merge_button.click()
    wait_for_jobs()
    return kept, double, page.findChildren(MergeDialog)[-1]


def test_merge_takes_the_values_chosen_and_can_be_undone(
    page: RosterPage, sample: Services, told, wait_for_jobs
) -> None:
    kept, double, dialog = open_merge(page, sample, wait_for_jobs)
    assert dialog.choices.chosen()["principal"] == "kept"
    next(each for each in dialog.findChildren(QRadioButton) if each.text() == "王炳").click()
    dialog.reason.setText("导入时重复")
    dialog.merge_button.click()
    wait_for_jobs()
    after = organizations(sample)
    assert double.id not in after
    merged = after[kept.id]
    assert (merged.name, merged.principal, merged.members) == ("春苗护学队", "王炳", 10)
    assert (merged.former_names, merged.tags) == (("春苗护学志愿队",), ("3+",))
    assert page.organizations.table.current_record().id == kept.id
    assert told[-1][:2] == ("已合并两个组织", "撤销")
    told[-1][2]()
    wait_for_jobs()
    assert organizations(sample)[double.id].principal == "王炳"


def test_other_record_can_be_the_one_that_stays(page: RosterPage, sample: Services, wait_for_jobs) -> None:
    kept, double, dialog = open_merge(page, sample, wait_for_jobs)
    dialog._turn.click()
    wait_for_jobs()
    dialog.merge_button.click()
    wait_for_jobs()
    after = organizations(sample)
    assert kept.id not in after and after[double.id].principal == "王炳"


def test_two_of_the_same_year_are_not_merged(page: RosterPage, wait_for_jobs) -> None:
    first, second = page.organizations.model.shown()[:2]
    tick(page, first.id, second.id)
    page.organizations.merge_button.click()
    wait_for_jobs()
    assert not page.findChildren(MergeDialog)[-1].merge_button.isEnabled()


def test_merge_wants_two(page: RosterPage) -> None:
    rows = page.organizations.model.shown()
    states = []
    for row in rows[:3]:
        tick(page, row.id)
        states.append(page.organizations.merge_button.isEnabled())
    assert states == [False, True, False]


def test_delete_key_removes_without_a_question_and_tells_the_way_back(
    page: RosterPage, sample: Services, qtbot: QtBot, told, messages, wait_for_jobs
) -> None:
    made, _double = twin(sample)
    page.reload()
    wait_for_jobs()
    page.organizations.choose(made.id)
    qtbot.keyClick(page.organizations.table, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert made.id not in organizations(sample) and messages.questions == []
    assert told[-1][:2] == ("已移到回收站：1 个组织", "撤销")
    told[-1][2]()
    wait_for_jobs()
    assert made.id in organizations(sample)


def test_assessed_organization_is_not_removed(
    page: RosterPage, sample: Services, messages, wait_for_jobs
) -> None:
    before = len(organizations(sample))
    tick(page, page.organizations.model.shown()[0].id)
    page.organizations.remove_button.click()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["organization_assessed"]
    assert len(organizations(sample)) == before
