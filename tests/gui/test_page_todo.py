"""The to-do page: what is shown when, ticks and finishing, the calendar by keyboard, the ways elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.people import Unit
from core.model.task_view import Tick, Urgency
from core.model.tasks import Holiday, Obligation, Rhythm, Task
from core.services.services import Services
from gui.dialogs.ledger_form import LedgerForm
from gui.pages.todo import TodoPage
from gui.pages.todo_month import MonthGrid, month_after

Open = Callable[[Services], TodoPage]
UNIT = Unit("u1", "党政办")
LATE = Task("t1", "印发专项工作方案", unit_id="u1", responsible="吴十", due_on=PartialDate(2026, 1, 5))
NEAR = Task("t2", "报送典型材料", due_on=PartialDate(2026, 1, 9), search_key="报送典型材料\nbsdxcl")
FAR = Task("t3", "年终总结", due_on=PartialDate(2026, 12, 31))
MEETING = Obligation("o1", "周例会", Rhythm.WEEKLY, since_on=PartialDate(2026, 1, 5))


@pytest.fixture
def open_page(show_page: Callable[..., TodoPage]) -> Open:
    return partial(show_page, TodoPage)


@pytest.fixture
def page(open_page: Open, sample: Services) -> TodoPage:
    """The sample office with its own tasks, without the obligations that every office begins with."""
    with sample.store.writing(ActDraft("准备", "录入员")) as work:
        work.remove(work.all(Obligation))
        work.add([UNIT, MEETING, LATE, NEAR, FAR])
    return open_page(sample)


def put(services: Services, *records) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def stored(services: Services, task_id: str) -> Task:
    with services.store.reading() as view:
        return view.get(Task, task_id)


def titles(page: TodoPage) -> list[str]:
    return [item.title for item in page.model.shown()]


def select(page: TodoPage, task_id: str) -> None:
    page.perform("todo", task_id)


def texts(page: TodoPage) -> list[str]:
    return [each.text() for each in page.detail.findChildren(QLabel) if each.isVisible()]


def press(page: TodoPage, text: str) -> None:
    next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible()).click()


def test_list_is_seen_and_narrowed(page: TodoPage, sample: Services, asked: list[str], wait_for_jobs) -> None:
    """The most urgent first; by chips, unit and words; no turn is made twice; a group's page is asked for."""
    assert titles(page)[:4] == ["印发专项工作方案", "周例会（2026年第2周）", "报送典型材料", "年终总结"]
    assert page.table.current_record().title == "印发专项工作方案"
    assert {"印发专项工作方案", "党政办", "吴十"} <= set(texts(page))

    assert page.chips.chip(Urgency.OVERDUE).text() == "逾期 1"
    assert page.chips.chip(Urgency.THIS_WEEK).text() == "本周 2"
    page.chips.chip(Urgency.THIS_WEEK).click()
    assert titles(page) == ["周例会（2026年第2周）", "报送典型材料"]
    page.chips.chip(Urgency.DONE).click()
    assert titles(page) == [] and not page.table.isVisible()
    page.chips.chip(Urgency.DONE).click()
    assert "印发专项工作方案" in titles(page)

    page.filters.choose("unit", "党政办")
    assert titles(page) == ["印发专项工作方案"]
    page.filters.clear()
    page.filters.search.setText("bsdx")
    page.filters.search.returnPressed.emit()
    assert titles(page) == ["报送典型材料"]
    page.filters.clear()

    acts = len(sample.register.acts())
    page.reload()
    wait_for_jobs()
    assert len(sample.register.acts()) == acts
    assert len([title for title in titles(page) if title.startswith("周例会")]) == 1
    item = next(each for each in page.model.shown() if each.title.startswith("缺"))
    page.table.select_ids((item.key,))
    press(page, "打开工作组")
    assert asked == [f"group:{item.record_id}"]


def test_task_is_done_with_the_keyboard_alone(
    page: TodoPage, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    page.take_focus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    boxes = page.detail.progress.ticks
    assert boxes[Tick.PLANNED].hasFocus()
    qtbot.keyClick(boxes[Tick.PLANNED], Qt.Key.Key_Space)
    wait_for_jobs()
    assert boxes[Tick.PLANNED].hasFocus()
    result = page.detail.finish.result
    for _press in range(4):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert result.hasFocus()
    qtbot.keyClicks(result, "done")
    qtbot.keyClick(result, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "印发专项工作方案" not in titles(page))
    kept = stored(sample, "t1")
    assert (kept.planned, kept.result, kept.done_on) == (True, "done", PartialDate(2026, 1, 8))


def test_ticks_are_kept_at_once(page: TodoPage, sample: Services, wait_for_jobs) -> None:
    select(page, "t1")
    page.detail.progress.ticks[Tick.PLANNED].click()
    wait_for_jobs()
    page.detail.progress.ticks[Tick.SUPERVISED].click()
    page.detail.progress.percent.setValue(40)
    page.detail.progress.percent.editingFinished.emit()
    wait_for_jobs()
    kept = stored(sample, "t1")
    assert (kept.planned, kept.arranged, kept.supervised, kept.progress) == (True, False, True, 40)
    assert page.detail.item().task == kept


def test_task_is_finished_and_taken_up_again(
    page: TodoPage, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    select(page, "t1")
    page.detail.finish.result.setPlainText("已印发 60 份")
    page.detail.finish.finish.click()
    wait_for_jobs()
    assert (stored(sample, "t1").result, stored(sample, "t1").done_on) == (
        "已印发 60 份",
        PartialDate(2026, 1, 8),
    )
    assert "印发专项工作方案" not in titles(page)
    assert page.notice.text().startswith("已完成：印发专项工作方案")
    select(page, "t1")
    assert page.chips.chosen() is Urgency.DONE
    qtbot.waitUntil(lambda: "已印发 60 份" in texts(page))
    press(page, "重新办理")
    wait_for_jobs()
    assert stored(sample, "t1").done_on is None


def test_the_next_item_follows_a_finished_one(page: TodoPage, wait_for_jobs) -> None:
    before = titles(page)
    select(page, "t2")
    page.detail.finish.finish.click()
    wait_for_jobs()
    place = before.index("报送典型材料")
    assert page.table.current_record().title == before[place + 1]


def test_turn_asks_for_evidence(page: TodoPage, sample: Services, messages, wait_for_jobs) -> None:
    turn = next(each for each in page.model.shown() if each.title.startswith("周例会"))
    page.table.select_ids((turn.key,))
    page.detail.finish.finish.click()
    wait_for_jobs()
    assert [each.code for each in messages.errors] == ["evidence_missing"]
    page.detail.finish.result.setPlainText("到会 12 人")
    page.detail.finish.finish.click()
    wait_for_jobs()
    assert stored(sample, turn.record_id).done_on


def test_what_is_being_written_survives(page: TodoPage, wait_for_jobs) -> None:
    select(page, "t1")
    page.detail.finish.result.setFocus()
    page.detail.finish.result.insertPlainText("写到一半")
    page.detail.progress.ticks[Tick.PLANNED].click()
    wait_for_jobs()
    assert page.detail.finish.result.toPlainText() == "写到一半"
    select(page, "t2")
    assert page.detail.finish.result.toPlainText() == ""
    select(page, "t1")
    assert page.detail.finish.result.toPlainText() == "写到一半"


def test_new_task_form(page: TodoPage, wait_for_jobs) -> None:
    press(page, "新增任务")
    wait_for_jobs()
    (form,) = page.findChildren(LedgerForm)
    assert form.windowTitle() == "新增任务"
    form.reject()


def test_office_with_nothing_to_do(open_page: Open, bare_services: Services) -> None:
    page = open_page(bare_services)
    assert page.model.total() == 0
    assert any(each.text() == "没有要办的事" and each.isVisible() for each in page.findChildren(QLabel))


# The calendar


@pytest.fixture
def grid(page: TodoPage, qtbot: QtBot) -> MonthGrid:
    page.perform("calendar", "")
    page.take_focus()
    return page.calendar.grid


def test_calendar_opens_on_today(page: TodoPage, grid: MonthGrid) -> None:
    assert grid.shown_day().day == date(2026, 1, 8)
    assert grid.accessibleDescription() == "2026-01-08 星期四，没有事项"


def test_arrows_move_the_day(page: TodoPage, grid: MonthGrid, qtbot: QtBot) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.shown_day().day == date(2026, 1, 9)
    assert grid.accessibleDescription() == "2026-01-09 星期五，待办 2 项"
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert not grid.shown_day().works
    assert "休息" in grid.accessibleDescription()


def test_arrows_lead_into_other_months(page: TodoPage, grid: MonthGrid, qtbot: QtBot, wait_for_jobs) -> None:
    for _week in range(4):
        qtbot.keyClick(grid, Qt.Key.Key_Down)
    wait_for_jobs()
    assert grid.shown_day().day == date(2026, 2, 5)
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    wait_for_jobs()
    assert grid.shown_day().day == date(2025, 12, 5)
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    wait_for_jobs()
    assert grid.shown_day().day == date(2026, 1, 8)


def test_click_lists_the_day(page: TodoPage, grid: MonthGrid, qtbot: QtBot) -> None:
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.place_of(date(2026, 1, 5)))
    shown = page.calendar.shown_items()
    assert [item.title for item in shown] == ["印发专项工作方案"]
    page.calendar.list.chosen.emit(0)
    assert page.header.tabs.currentIndex() == 0
    assert page.table.current_record().title == "印发专项工作方案"
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_calendar_names_the_offices_days(
    page: TodoPage, grid: MonthGrid, sample: Services, wait_for_jobs
) -> None:
    put(sample, Holiday(new_id(), PartialDate(2026, 1, 8), name="停电"))
    page.reload()
    wait_for_jobs()
    assert grid.accessibleDescription() == "2026-01-08 星期四　休息　停电，没有事项"


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 1, 5), -1, date(2025, 12, 5)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_on_and_back(day: date, count: int, expected: date) -> None:
    assert month_after(day, count) == expected


def test_small_window_shows_one_at_a_time(page: TodoPage, qtbot: QtBot) -> None:
    page.set_narrow(True)
    assert not page.detail.isVisible()
    page.table.opened.emit(page.model.shown()[0])
    assert page.detail.isVisible() and not page.table.isVisible()
    qtbot.keyClick(page.detail, Qt.Key.Key_Escape)
    assert page.table.isVisible()


def test_late_finish_is_said(open_page: Open, sample: Services) -> None:
    put(sample, UNIT)
    put(sample, replace(LATE, done_on=PartialDate(2026, 1, 7)))
    page = open_page(sample)
    page.chips.choose(Urgency.DONE)
    assert [item.deadline.words for item in page.model.shown()] == ["逾期 2 个工作日"]
