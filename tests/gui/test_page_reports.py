"""Reports in the window: the two tabs of 待办 and the classes dialog, exported and printed."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from core.model.dates import PartialDate
from core.model.journal import ActDraft
from core.model.people import Unit
from core.model.register_ledgers import CLASS_MAPPINGS, CLASSIFICATIONS
from core.model.tables import OutColumn, OutSheet
from core.model.tasks import Task
from core.services.services import Services
from gui.dialogs.class_report import NOTHING, ClassReportDialog
from gui.dialogs.paper_preview import PaperPreview
from gui.pages.report import ReportPane, columns_of
from gui.pages.roster import RosterPage
from gui.pages.todo import PROGRESS, TICKS, TodoPage

UNIT = Unit("u1", "综合保障组")
LATE = Task("t1", "印发专项工作方案", unit_id="u1", due_on=PartialDate(2026, 1, 5), planned=True)
FAR = Task("t2", "年终总结", unit_id="u1", due_on=PartialDate(2026, 12, 31))


def test_columns_sort_by_what_their_words_mean() -> None:
    grades = OutColumn("等次", order=("优秀", "良好", "不合格"))
    rows = (
        ("12.375", "不合格", "第 2"),
        ("缺", "优秀", None),
        ("2435/28 ≈ 86.96", "良好", "第 1"),
        ("9.5", "良好", "甲"),
    )
    columns = columns_of(OutSheet("表", "表", (OutColumn("分数"), grades, OutColumn("先后")), rows))
    ordered = [
        [row[place] for row in sorted(rows, key=lambda row: columns[place].sort_key(row))] for place in (0, 1)
    ]
    assert ordered == [["9.5", "12.375", "2435/28 ≈ 86.96", "缺"], ["优秀", "良好", "良好", "不合格"]]
    assert columns[2].sort_key(rows[1]) is None


@pytest.fixture
def page(show_page: Callable[..., TodoPage], sample: Services) -> TodoPage:
    with sample.store.writing(ActDraft("准备", "录入员")) as work:
        work.add([UNIT, LATE, FAR])
    return show_page(TodoPage, sample)


def row_of(pane: ReportPane, text: str) -> list[str]:
    cells = [
        [pane.model.index(row, column).data() for column in range(pane.model.columnCount())]
        for row in range(pane.model.rowCount())
    ]
    return next(each for each in cells if text in each)


def press(widget, text: str) -> None:
    next(
        each for each in widget.findChildren(QPushButton) if each.text() == text and each.isVisible()
    ).click()


def test_reports_are_read_when_seen_and_after_every_change(page: TodoPage, sample, wait_for_jobs) -> None:
    pane = page.reports[PROGRESS]
    assert pane.model.rowCount() == 0
    page.header.tabs.setCurrentIndex(PROGRESS)
    wait_for_jobs()
    assert row_of(pane, "综合保障组")[2:7] == ["2", "0", "0%", "1", "3"]
    assert "逾期 1 项" in pane.note.whole_text()
    sample.tasks.finish(LATE.id, sample.clock().date(), "已印发")
    page.reload()
    wait_for_jobs()
    assert row_of(pane, "综合保障组")[2:7] == ["2", "1", "50%", "0", ""]


def test_a_report_is_exported_and_printed_in_the_order_shown(
    page: TodoPage, messages, tmp_path: Path, wait_for_jobs
) -> None:
    pane = page.reports[TICKS]
    page.header.tabs.setCurrentIndex(TICKS)
    wait_for_jobs()
    assert row_of(pane, "印发专项工作方案")[5:8] == ["√", "", ""]
    pane.model.sort_by("完成期限", ascending=False)
    messages.chosen = tmp_path / "任务.xlsx"
    press(pane, "导出表格")
    wait_for_jobs()
    titles = [row[1].value for row in openpyxl.load_workbook(messages.chosen).active.iter_rows(min_row=4)]
    assert titles.index("年终总结") < titles.index("印发专项工作方案")
    press(pane, "打印")
    wait_for_jobs()
    messages.chosen = tmp_path / "任务.pdf"
    press(pane.findChild(PaperPreview), "导出 PDF")
    wait_for_jobs()
    assert messages.chosen.read_bytes().startswith(b"%PDF")
    assert not messages.errors


@pytest.fixture
def dialog(show_page: Callable[..., RosterPage], sample: Services, wait_for_jobs) -> ClassReportDialog:
    page = show_page(RosterPage, sample)
    page.perform("ledger", CLASSIFICATIONS.code)
    wait_for_jobs()
    press(page.ledgers, "分类统计")
    wait_for_jobs()
    return page.findChild(ClassReportDialog)


def test_another_classification_is_another_table(dialog: ClassReportDialog, wait_for_jobs) -> None:
    titles = {}
    for place in range(dialog.choice.count()):
        dialog.choice.setCurrentIndex(place)
        dialog.choice.activated.emit(place)
        wait_for_jobs()
        titles[dialog.choice.currentText()] = [column.title for column in dialog.report.model.columns]
        assert row_of(dialog.report, "合计")[-1] == "59"
    assert len(titles) == 3
    assert "枢纽型" in titles["岳阳市社区社会组织分类"]


def test_a_day_before_the_classification_is_refused_in_words(
    dialog: ClassReportDialog, sample: Services, messages, wait_for_jobs
) -> None:
    dialog.day_button.chosen.emit(sample.clock().date().replace(year=2020))
    wait_for_jobs()
    assert "2020-01-08 还没有这个分类标准" in messages.errors[0].message_zh


def seen(dialog: ClassReportDialog) -> set[str]:
    return {each.text() for each in dialog.findChildren(QLabel) if each.isVisible()}


def test_without_a_classification_it_says_what_to_do(
    show_page: Callable[..., RosterPage], sample: Services, wait_for_jobs
) -> None:
    for ledger in (CLASS_MAPPINGS, CLASSIFICATIONS):
        sample.ledgers.remove(ledger, sample.ledgers.find(ledger))
    page = show_page(RosterPage, sample)
    dialog = ClassReportDialog(page.property("desk"), page)
    dialog.open()
    assert NOTHING not in seen(dialog)
    wait_for_jobs()
    assert NOTHING in seen(dialog)
    assert not dialog.choice.isVisible()
