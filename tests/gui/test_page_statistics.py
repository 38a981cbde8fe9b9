"""统计: charts as they print, each bar to its list, a past day, paper and sheet, an empty office."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.services.services import Services
from gui.dialogs.paper_preview import PaperPreview
from gui.pages.statistics import TABS, StatisticsPage
from tests.gui.conftest import YEAR, RecordingMessages
from tests.gui.played_window import Window


@pytest.fixture
def page(window: Window) -> StatisticsPage:
    """The page over the sample office, its year computed, with two activities in March."""
    with window.services.store.reading() as view:
        first = view.all(Organization)[0]
    with window.services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(
            [
                Activity(new_id(), first.id, "植树", PartialDate(YEAR, 3, 12)),
                Activity(new_id(), first.id, "义诊", PartialDate(YEAR, 3)),
                Activity(new_id(), first.id, "清洁", PartialDate(YEAR, 4)),
            ]
        )
    window.services.assessments.compute(YEAR)
    window.place.window.reload_all()
    window.go("statistics")
    page = window.place.window.page("statistics")
    for tab in reversed(range(len(TABS))):
        page.header.tabs.setCurrentIndex(tab)
    return page


def figure(page: StatisticsPage, code: str, label: str) -> Any:
    """What the table beside the charts says of a row, in its second column."""
    rows = {row[0]: row[1] for row in page.cards[code].figures.sheet.rows}
    return rows[label]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_each_bar_leads_to_the_list_of_what_it_counts(
    window: Window, page: StatisticsPage, qtbot: QtBot
) -> None:
    """By keyboard to organizations, by click to activities and to the results of a grade."""
    assert set(page.cards) == {code for _, codes in TABS for code in codes}
    chart = page.cards["classes"].charts[0]
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.accessibleDescription() == f"作风建设类：{figure(page, 'classes', '作风建设类')} 个"
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    window.rest()
    roster = window.place.window.page("roster").organizations
    assert window.place.window.current_section() == "roster"
    assert roster.model.rowCount() == figure(page, "classes", "作风建设类") < 60
    assert roster.scope.words() == "只显示统计里的：作风建设类\uff08不含已注销、已撤销\uff09"
    roster.scope.left.emit()
    window.rest()
    assert (roster.model.rowCount(), roster.scope.words()) == (60, "")

    window.go("statistics")
    page.cards["months"].charts[0].chosen.emit(f"{YEAR}-03")
    window.rest()
    ledger = window.place.window.page("roster").ledgers.pane()
    assert (ledger.ledger.code, ledger.model.rowCount()) == ("activities", 2)
    assert ledger.scope.words() == f"只显示统计里的：{YEAR}年3月的活动"

    window.go("statistics")
    page.cards["grades"].charts[0].chosen.emit("不参评")
    window.rest()
    ranking = window.page.results.ranking
    assert window.place.window.current_section() == "assessment"
    assert {row.word for row in ranking.model.shown()} == {"不参评"}
    [titles] = {page.cards["grades"].figures.sheet.columns}
    at = [column.title for column in titles].index("不参评")
    assert ranking.model.rowCount() == page.cards["grades"].figures.sheet.rows[-1][at]


def test_it_is_printed_exported_and_shown_as_of_a_day(
    window: Window, page: StatisticsPage, messages: RecordingMessages, tmp_path: Path
) -> None:
    page.cards["classes"].print_button.click()
    preview = window.form(PaperPreview)
    assert preview.windowTitle() == "社会组织按类别"
    assert preview.view.page_count() == 1
    preview.reject()
    messages.chosen = tmp_path / "统计.xlsx"
    page.export_button.click()
    window.rest()
    assert "社会组织按类别" in openpyxl.load_workbook(messages.chosen).sheetnames
    assert page.notice.text() == "已导出社会组织统计到“统计.xlsx”。"
    page.cards["months"].export_button.click()
    window.rest()
    assert openpyxl.load_workbook(messages.chosen).sheetnames == ["活动台账按月"]
    told = []
    window.place.desk.list_asked.connect(lambda listed, day: told.append((listed.code, day)))
    page.show_day(date(2020, 5, 4))
    window.rest()
    assert page.day_line.text().startswith("显示 2020-05-04 的统计")
    assert page.note.whole_text().startswith("名册为2020年5月4日的情况")
    assert page.cards["classes"].charts == []
    assert page.cards["classes"].figures.isHidden()
    page.header.tabs.setCurrentIndex(1)
    page.cards["grades"].charts[0].chosen.emit("优秀")
    assert told == [("results", date(2020, 5, 4))]
    page.show_day(date(2026, 1, 8))
    window.rest()
    page.header.tabs.setCurrentIndex(0)
    assert page.day_line.text() == ""
    assert len(page.cards["classes"].charts) == 1


def test_an_office_without_figures_is_led_to_its_first_step(
    show_page, services: Services, asked: list[str]
) -> None:
    page = show_page(StatisticsPage, services)
    [button] = [each for each in page.findChildren(type(page.export_button)) if each.isVisible()]
    assert button.text() == "导入名册"
    button.click()
    assert asked == ["import_roster"]
