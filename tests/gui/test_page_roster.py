"""The roster page: finding, choosing, moving, exporting, the masked telephone, communities."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization, Status
from core.model.register import RosterQuery
from core.services.services import Services
from core.sheets.reader import read_workbook
from gui.dialogs.history import HistoryDialog
from gui.pages.roster import COMMUNITIES, RosterPage
from gui.pages.roster_columns import masked_phone
from gui.widgets.masked_row import MaskedRow
from gui.windowed_table import WINDOW

Open = Callable[[Services], RosterPage]


@pytest.fixture
def open_page(show_page: Callable[..., RosterPage]) -> Open:
    return partial(show_page, RosterPage)


@pytest.fixture
def page(open_page: Open, sample: Services) -> RosterPage:
    return open_page(sample)


def shown(page: RosterPage) -> list[str]:
    return [row.organization.name for row in page.organizations.model.shown()]


@pytest.fixture
def find(page: RosterPage, qtbot: QtBot, wait_for_jobs) -> Callable[[str], list[str]]:
    """What the list shows after typing and Enter, once the pane beside it has followed."""

    def typed(text: str) -> list[str]:
        field = page.organizations.filters.search
        field.setText(text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        wait_for_jobs()
        return shown(page)

    return typed


def test_tabs_count_what_they_hold(page: RosterPage) -> None:
    assert page.header.tabs.tabText(0) == "社会组织 60"
    assert page.header.tabs.tabText(1) == "社区\uff08村\uff0926"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("阳光监督", {"松枫社区阳光监督小组", "如意社区阳光监督小组"}),
        ("YangGuangJianDu", {"松枫社区阳光监督小组", "如意社区阳光监督小组"}),
        ("阳光监督 sfsq", {"松枫社区阳光监督小组"}),
        ("没有这个组织", set()),
    ],
)
def test_typing_finds_by_name_pinyin_and_initials(find, typed, found) -> None:
    assert set(find(typed)) == found


def test_typing_finds_by_principal(page: RosterPage, find) -> None:
    find("钱七")
    principals = {row.organization.principal for row in page.organizations.model.shown()}
    assert principals == {"钱七"}


def test_chips_and_typing_narrow_together(page: RosterPage, find, wait_for_jobs) -> None:
    filters = page.organizations.filters
    filters.choose("status", Status.ACTIVE)
    wait_for_jobs()
    assert len(shown(page)) == 58
    find("公益堂")
    rows = page.organizations.model.shown()
    assert rows and all(row.organization.status is Status.ACTIVE for row in rows)
    filters.clear()
    wait_for_jobs()
    assert len(shown(page)) == 60


def test_chips_without_room_stay_reachable(page: RosterPage) -> None:
    filters = page.organizations.filters
    page.resize(1100, 480)
    filters.choose("status", Status.ACTIVE)
    hidden = [chip for chip in filters._chips.values() if chip.isHidden()]
    menus = [action.menu() for action in filters._more.menu().actions()]
    assert hidden and menus == [chip.menu() for chip in hidden]
    assert not filters._chips["status"].isHidden()


def test_detail_follows_the_selection_while_typing(page: RosterPage, find) -> None:
    find("凤凰社区平安巡逻队")
    assert page.organizations.table.current_record().organization.name == "凤凰社区平安巡逻队"
    find("没有这个组织")
    assert page.organizations.table.current_record() is None


def test_telephone_is_masked_until_asked_for_and_looking_is_logged(
    page: RosterPage, sample: Services, find, wait_for_jobs
) -> None:
    find("松枫社区作风监督志愿队")
    row = page.organizations.detail.findChildren(MaskedRow)[-1]
    assert row.value.text() == "138****0100"
    row.toggle.click()
    wait_for_jobs()
    assert row.value.text() == "13800000100"
    looked = sample.register.acts(1)[0]
    assert (looked.verb, looked.reason) == ("查看号码", "社会组织“松枫社区作风监督志愿队”的联系电话")
    row.toggle.click()
    assert row.value.text() == "138****0100"
    find("凤凰社区平安巡逻队")
    assert page.organizations.detail.findChildren(MaskedRow)[-1].value.text() == "138****0104"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800000104", "138****0104"), ("0573-83000000", "057****0000"), ("83000000", "****000"), ("", "")],
)
def test_masking_leaves_no_number_whole(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked


def test_ticked_organizations_move_to_a_group(page: RosterPage, sample: Services, wait_for_jobs) -> None:
    group = sample.register.register().work_groups[8]
    rows = [row for row in page.organizations.model.shown() if row.work_group_id != group.id][:2]
    told: list[tuple[str, str]] = []
    page.property("desk").told.connect(lambda text, link, _go: told.append((text, link)))
    page.organizations.model.set_checked([row.id for row in rows], True)
    assert not page.organizations.bulk.isHidden()
    page.organizations.bulk.move_asked.emit(group.id)
    wait_for_jobs()
    groups = {each.id: each.work_group for each in sample.register.register().organizations}
    assert [groups[row.id] for row in rows] == [group.name, group.name]
    assert page.organizations.bulk.isHidden()
    page.organizations.model.set_checked([row.id for row in rows], True)
    page.organizations.bulk.move_asked.emit(group.id)
    wait_for_jobs()
    assert told == [("已调整 2 个组织的归口", "撤销"), ("这些组织已经归口到这个专项推进组", "")]


def test_export_holds_what_is_shown_in_the_order_shown(
    page: RosterPage, find, messages, wait_for_jobs, tmp_path: Path
) -> None:
    find("合唱团")
    page.organizations.model.sort_by("组织名称", ascending=False)
    messages.chosen = tmp_path / "名册.xlsx"
    page._export.click()
    wait_for_jobs()
    names = [value for row in read_workbook(messages.chosen).sheets[0].rows for value in row]
    assert [value for value in names if value in shown(page)] == shown(page)


def test_all_that_is_found_is_ticked_before_it_is_handed_out(
    page: RosterPage, sample: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    many = [
        Organization(new_id(), f"巡逻队{number}", position=number, search_key="巡逻")
        for number in range(WINDOW + 1)
    ]
    with sample.store.writing(ActDraft("导入", "录入员")) as work:
        work.add(many)
    pane, messages.chosen = page.organizations, tmp_path / "名册.xlsx"
    pane.filters.search.setText("巡逻")
    pane.filters.search.tell()
    pane.bulk._all.click()
    pane.acts.export_ticked()
    wait_for_jobs()
    assert len(pane.model.ticked_ids()) > WINDOW
    rows = [str(row) for row in read_workbook(messages.chosen).sheets[0].rows]
    assert all(any(each.name in row for row in rows) for each in many)


def test_export_to_a_place_that_takes_nothing_is_told(
    page: RosterPage, messages, wait_for_jobs, tmp_path: Path
) -> None:
    (tmp_path / "档案").write_text("", encoding="utf-8")
    messages.chosen = tmp_path / "档案" / "名册.xlsx"
    page._export.click()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["file_not_written"]


def test_empty_roster_offers_the_first_step(open_page: Open, services: Services) -> None:
    page = open_page(services)
    assert page._tabs.currentWidget() is page._empty
    page.take_focus()
    assert page.focusWidget().text() == "导入名册"
    assert page._import.isHidden() and page._export.isHidden() and not page._new.isHidden()


def test_another_page_can_ask_for_an_organization(page: RosterPage, find, wait_for_jobs) -> None:
    wanted = page.organizations.model.shown()[40]
    find("没有这个组织")
    page.perform("organization", wanted.id)
    wait_for_jobs()
    assert page.organizations.table.current_record().id == wanted.id


def test_another_page_can_ask_before_the_list_is_read(
    open_page: Open, sample: Services, wait_for_jobs
) -> None:
    group = sample.register.register().work_groups[1]
    page = open_page(sample)
    page._frame = None
    page.perform("roster", group.id)
    page.reload()
    wait_for_jobs()
    assert {row.work_group for row in page.organizations.model.shown()} == {group.name}


def test_small_window_shows_the_detail_as_a_page(page: RosterPage, qtbot: QtBot) -> None:
    page.set_narrow(True)
    table = page.organizations.table
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.organizations._split.is_side_alone()
    page.organizations.detail.closed.emit()
    assert not page.organizations._split.is_side_alone()
    page.set_narrow(False)
    assert table.isVisibleTo(page) and page.organizations.detail.isVisibleTo(page)


def test_history_tells_old_and_new(page: RosterPage, sample: Services, wait_for_jobs) -> None:
    summary = page.organizations.model.shown()[0]
    page._show_history(summary)
    wait_for_jobs()
    dialog = page.findChild(HistoryDialog)
    lines = {line.field: line for _place, line in dialog.model.shown()}
    assert lines["负责人"].new == "张三" and all(line.old != line.new for line in lines.values())
    phone = next(row for row in dialog.model.shown() if row[1].field == "联系电话")
    assert "13800000100" not in dialog.model.columns[4].text(phone)
    dialog.accept()


def test_community_is_corrected(page: RosterPage, sample: Services, wait_for_jobs) -> None:
    page.header.tabs.setCurrentIndex(COMMUNITIES)
    page.communities._ask_edit()
    form = page.findChildren(QDialog)[-1]
    fields = {field.accessibleName(): field for field in form.findChildren(QLineEdit)}
    fields["常住人口"].setText("三千")
    form.save()
    assert [row.field.text() for row in form.wrong_rows()] == ["三千"]
    fields["常住人口"].setText("3200")
    form.save()
    wait_for_jobs()
    assert sample.register.register().communities[0].population == 3200
    assert page.communities.model.shown()[0].community.population == 3200


def test_communities_lead_to_their_organizations(page: RosterPage, wait_for_jobs) -> None:
    row = page.communities.model.shown()[1]
    page.communities.organizations_asked.emit(row.community.id)
    wait_for_jobs()
    assert len(shown(page)) == row.organizations
    assert page.header.tabs.currentIndex() == 0


SPRING = datetime(2090, 3, 1, 9, 0)


@pytest.fixture
def later(page: RosterPage, sample: Services, monkeypatch: pytest.MonkeyPatch, wait_for_jobs) -> RosterPage:
    """The page after the first organization got another principal in the spring of 2090."""
    monkeypatch.setattr(sample.store, "_clock", SPRING.astimezone)
    first = sample.register.register().organizations[0].organization
    sample.register.save_form(replace(first, principal="王丙"), None)
    page.reload()
    wait_for_jobs()
    return page


def principal(page: RosterPage) -> str:
    return page.organizations.model.shown()[0].organization.principal


def at_day(page: RosterPage, day: date, wait_for_jobs) -> None:
    page.organizations.day_button.chosen.emit(day)
    wait_for_jobs()


def test_roster_of_a_past_day_is_only_looked_at(later: RosterPage, qtbot: QtBot, wait_for_jobs) -> None:
    assert principal(later) == "王丙"
    at_day(later, date(2090, 2, 28), wait_for_jobs)
    pane = later.organizations
    assert principal(later) == "张三"
    assert pane.day_line.text() == "显示 2090-02-28 的名册，只能看和导出"
    assert later._new.isHidden() and later._import.isHidden() and not later._export.isHidden()
    assert all(button.isHidden() for button in pane.detail._buttons_of_today)
    pane.model.check_shown(True)
    assert pane.remove_button.isHidden() and pane.change_button.isHidden()
    qtbot.keyClick(pane.table, Qt.Key.Key_Delete)
    qtbot.keyClick(pane.table, Qt.Key.Key_F2)
    wait_for_jobs()
    assert not later.findChildren(QDialog)
    pane.day_line.leave_button.click()
    wait_for_jobs()
    assert principal(later) == "王丙" and not later._new.isHidden()


def test_export_of_a_past_day_holds_and_names_that_day(
    later: RosterPage, messages, wait_for_jobs, tmp_path: Path
) -> None:
    at_day(later, date(2090, 2, 28), wait_for_jobs)
    messages.chosen = tmp_path / "名册.xlsx"
    later._export.click()
    wait_for_jobs()
    values = [value for row in read_workbook(messages.chosen).sheets[0].rows for value in row]
    assert values[0] == "社会组织花名册\uff082090-02-28\uff09"
    assert "王丙" not in [value for row in read_workbook(messages.chosen).sheets[0].rows[:6] for value in row]


def test_day_before_the_first_record_shows_an_empty_list_and_the_way_back(
    page: RosterPage, wait_for_jobs
) -> None:
    at_day(page, date(1990, 1, 1), wait_for_jobs)
    assert shown(page) == [] and page._tabs.currentWidget() is page.organizations
    page.header.tabs.setCurrentIndex(COMMUNITIES)
    wait_for_jobs()
    page.header.tabs.setCurrentIndex(0)
    assert len(shown(page)) == 60 and page.organizations.day_line.text() == ""


@pytest.mark.parametrize("place", [0, 1, 2])
def test_columns_menu_offers_the_official_orders(
    page: RosterPage, sample: Services, place: int, wait_for_jobs
) -> None:
    page.organizations.columns_menu().actions()[place].trigger()
    wait_for_jobs()
    rows = page.organizations.model.shown()
    stroke_key = sample.search.stroke_key()
    order = [each.id for each in sample.register.register().communities]
    keys = [
        lambda row: row.organization.sort_key,
        lambda row: stroke_key(row.organization.principal),
        lambda row: order.index(row.organization.community_id),
    ]
    found = [keys[place](row) for row in rows if place != 1 or row.organization.principal]
    assert found == sorted(found) and len(set(found)) > 5


def test_empty_roster_hands_out_a_sheet_to_fill_in(
    open_page: Open, services: Services, tmp_path: Path, messages, wait_for_jobs
) -> None:
    page = open_page(services)
    messages.chosen = tmp_path / "模板.xlsx"
    next(each for each in page._empty.findChildren(QPushButton) if "模板" in each.text()).click()
    wait_for_jobs()
    cells = [cell for row in read_workbook(messages.chosen).sheets[0].rows for cell in row]
    assert {"组织名称", "所属社区"} <= set(cells)


def test_an_organization_saved_elsewhere_is_chosen_though_the_filters_hide_it(
    page: RosterPage, find, wait_for_jobs
) -> None:
    find("合唱团")
    page._choose_when_loaded(page.organizations._desk.services.roster.find(RosterQuery())[30])
    page.reload()
    wait_for_jobs()
    assert page.organizations.filters.state() == "" and len(shown(page)) == 60
    assert page.organizations.model.ids_at((30,)) == [page.organizations.table.current_id()]


def test_ticks_of_hidden_rows_stay_and_those_of_removed_ones_go(
    page: RosterPage, sample: Services, find, wait_for_jobs
) -> None:
    added = Organization(new_id(), "新来的志愿队")
    sample.register.save_form(added, None)
    first, _, third = (row.id for row in page.organizations.model.shown()[:3])
    page.organizations.model.set_checked([third, first, added.id], True)
    find("阳光监督")
    assert page.organizations.model.ticked_ids() == (third, first, added.id)
    sample.register.remove([added.id])
    page.reload()
    wait_for_jobs()
    assert page.organizations.model.ticked_ids() == (third, first)


def test_rows_that_are_not_held_are_copied_too(
    page: RosterPage, wait_for_jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = page.organizations.table
    table.selectAll()
    monkeypatch.setattr(page.organizations.model, "is_held", lambda _row: False)
    table.copy_selection()
    wait_for_jobs()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 60 and lines[0].startswith("松枫社区作风监督志愿队\t松枫社区")
