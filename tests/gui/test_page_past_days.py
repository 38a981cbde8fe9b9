"""Ledgers, communities and single records as they stood on a past day: seen, handed out, not changed."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.filing import Particulars
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Community, Organization
from core.model.register_ledgers import PARTICULARS
from core.services.services import Services
from core.services.setup import OfficeDraft
from db.store import open_store
from gui.dialogs.history import HistoryDialog
from gui.dialogs.ledger_form import LedgerForm
from gui.dialogs.paper_preview import PaperPreview
from gui.dialogs.past_record import PastRecordDialog
from gui.pages.communities import CommunitiesPane
from gui.pages.groups import GroupsPage
from gui.pages.ledger_list import LedgerPane
from gui.pages.roster import COMMUNITIES, RosterPage
from gui.widgets.past_day import DayButton
from tests.conftest import outside_of

FIRST, SECOND, NOW = datetime(2025, 12, 20, 10), datetime(2026, 1, 5, 10), datetime(2026, 1, 8, 9, 30)
DAY = date(2025, 12, 31)
COMMUNITY = Community(new_id(), "东街社区", population=3_000)
CHOIR = Organization(new_id(), "夕阳红合唱团", community_id=COMMUNITY.id)
OLD = Activity(new_id(), CHOIR.id, "重阳敬老", PartialDate(2025, 10, 29), search_key="重阳敬老")
NEW = Activity(new_id(), CHOIR.id, "腊八施粥", PartialDate(2026, 1, 4), search_key="腊八施粥")


@pytest.fixture
def services(empty_store: Path, tmp_path: Path, paper) -> Iterator[Services]:
    """An office that did things in December and again in January."""
    path, clock = Path(shutil.copy(empty_store, tmp_path)), SimpleNamespace(now=FIRST)
    store = open_store(path, lambda: clock.now.astimezone())
    services = Services(store, "录入员", outside_of(path, paper, lambda: NOW))
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    with store.writing(ActDraft("准备", "录入员")) as work:
        work.add([COMMUNITY, CHOIR, OLD])
    clock.now = SECOND
    with store.writing(ActDraft("改动", "录入员")) as work:
        work.change(
            [
                replace(OLD, title="重阳登高", search_key="重阳登高"),
                replace(COMMUNITY, name="西街社区", population=3_500),
            ]
        )
        work.add([NEW, Community(new_id(), "新城社区")])
    yield services
    services.close()


@pytest.fixture
def page(show_page: Callable[..., RosterPage], services: Services) -> RosterPage:
    return show_page(RosterPage, services)


@pytest.fixture
def pane(page: RosterPage, wait_for_jobs) -> LedgerPane:
    page.perform("ledger", "activities")
    wait_for_jobs()
    page.ledgers.pane().day_button.chosen.emit(DAY)
    wait_for_jobs()
    return page.ledgers.pane()


@pytest.fixture
def communities(page: RosterPage, wait_for_jobs) -> CommunitiesPane:
    page.header.tabs.setCurrentIndex(COMMUNITIES)
    wait_for_jobs()
    page.communities.day_button.chosen.emit(DAY)
    wait_for_jobs()
    return page.communities


def texts(widget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def button(widget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text and each.isVisible())


def titles(pane: LedgerPane) -> list[str]:
    place = pane.model.column_named("title")
    return [pane.model.index(row, place).data() for row in range(pane.model.rowCount())]


def cells(path: Path) -> str:
    return str([cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row])


def test_days_end_today_where_the_program_was_left_open_overnight(qtbot: QtBot) -> None:
    nights = iter((FIRST, SECOND))
    button = DayButton(lambda: next(nights))
    qtbot.addWidget(button)
    for now in (FIRST, SECOND):
        button.menu().aboutToShow.emit()
        assert button.calendar.maximumDate().toPython() == now.date()


def test_a_ledger_shows_a_day_and_comes_back(pane: LedgerPane, qtbot: QtBot, wait_for_jobs) -> None:
    assert titles(pane) == ["重阳敬老"]
    assert "2025-12-31 的活动" in pane.day_line.text()
    qtbot.waitUntil(lambda: "重阳敬老" in texts(pane.detail))
    assert "变更记录" not in texts(pane.detail)
    pane.filters.search.setText("登高")
    pane.filters.search.returnPressed.emit()
    wait_for_jobs()
    assert titles(pane) == []
    button(pane.day_line, "回到今天").click()
    wait_for_jobs()
    assert titles(pane) == ["重阳登高"]
    assert pane.day_line.text() == ""


def test_a_past_day_is_handed_out_with_its_date_and_not_changed(
    pane: LedgerPane, page: RosterPage, messages, tmp_path: Path, wait_for_jobs
) -> None:
    """Why nothing can be changed is said; a day without records still leads back."""
    for change in (
        pane.new_record,
        pane.edit_record,
        pane.remove_selected,
        lambda: pane.table.pasted.emit([["a"]]),
    ):
        pane.notice.hide()
        change()
        assert "2025-12-31" in pane.notice.text() and "回到今天" in pane.notice.text()
    assert page.findChild(LedgerForm) is None
    for text in ("导入", "新增"):
        assert not button(page.ledgers, text).isEnabled()
        assert "回到今天" in button(page.ledgers, text).toolTip()
    assert not any(
        each.text() == "移到回收站" and each.isVisible() for each in pane.findChildren(QPushButton)
    )

    messages.chosen = tmp_path / "活动.xlsx"
    pane.export(publication=False)
    wait_for_jobs()
    written = cells(messages.chosen)
    assert "2025年12月31日" in written and "重阳敬老" in written and "登高" not in written
    pane.print()
    wait_for_jobs()
    preview = page.findChild(PaperPreview)
    messages.chosen = tmp_path / "活动.pdf"
    button(preview, "导出 PDF").click()
    wait_for_jobs()
    assert messages.chosen.read_bytes().startswith(b"%PDF")
    assert not messages.errors
    preview.reject()

    pane.show_day(date(2025, 1, 1))
    wait_for_jobs()
    assert titles(pane) == []
    assert button(pane.day_line, "回到今天").isVisible()
    pane.choose(NEW.id)
    wait_for_jobs()
    assert pane.day is None
    assert pane.table.current_id() == NEW.id


def test_communities_show_a_day(
    communities: CommunitiesPane, page: RosterPage, messages, tmp_path: Path, wait_for_jobs
) -> None:
    assert [row.community.name for row in communities.model.shown()] == ["东街社区"]
    assert "3,000" in texts(communities.detail)
    assert not any(
        each.isVisible() and each.text() == "修改" for each in communities.findChildren(QPushButton)
    )
    messages.chosen = tmp_path / "社区.xlsx"
    communities.export()
    wait_for_jobs()
    assert "2025年12月31日" in cells(messages.chosen)
    page.reload()
    wait_for_jobs()
    assert [row.community.name for row in communities.model.shown()] == ["东街社区"]
    button(communities.day_line, "回到今天").click()
    wait_for_jobs()
    assert [row.community.name for row in communities.model.shown()] == ["西街社区", "新城社区"]


def test_a_line_of_the_history_leads_to_the_record_of_that_day(
    page: RosterPage, services: Services, wait_for_jobs
) -> None:
    dialog = HistoryDialog(page.property("desk"), "西街社区", COMMUNITY.id, page)
    dialog.open()
    wait_for_jobs()
    dialog.findChild(type(dialog._table)).setCurrentIndex(dialog.model.index(dialog.model.rowCount() - 1, 0))
    dialog.day_button.click()
    wait_for_jobs()
    past = dialog.findChild(PastRecordDialog)
    assert "东街社区" in texts(past) and "2025-12-20" in texts(past)
    past.day_button.chosen.emit(date(2026, 1, 6))
    wait_for_jobs()
    assert "西街社区" in texts(past) and "3500" in texts(past)
    past.day_button.chosen.emit(date(2025, 12, 1))
    wait_for_jobs()
    assert "2025-12-01 还没有这条记录" in texts(past)


def test_an_organization_of_a_past_day_opens_with_its_particulars(
    page: RosterPage, services: Services, wait_for_jobs
) -> None:
    services.ledgers.save(PARTICULARS, Particulars(new_id(), CHOIR.id, purpose="以歌会友"))
    page.organizations.day_asked.emit(date(2026, 1, 6))
    wait_for_jobs()
    button(page.organizations.detail, "这一天的全部内容").click()
    wait_for_jobs()
    past = page.findChild(PastRecordDialog)
    assert all(words in texts(past) for words in ("夕阳红合唱团", "西街社区", "以歌会友"))


def test_a_work_group_has_a_history_that_leads_to_its_days(
    show_page: Callable[..., GroupsPage], services: Services, wait_for_jobs
) -> None:
    page = show_page(GroupsPage, services)
    name = page.groups.current_group().name
    page.history_button.click()
    wait_for_jobs()
    dialog = page.findChild(HistoryDialog)
    dialog._table.setCurrentIndex(dialog.model.index(0, 0))
    dialog.day_button.click()
    wait_for_jobs()
    assert name in texts(dialog.findChild(PastRecordDialog))
    page.header.tabs.setCurrentIndex(1)
    assert page.history_button.isHidden()
