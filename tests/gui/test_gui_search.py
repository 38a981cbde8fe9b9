"""Ctrl+K over everything, and kept filters."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot

from core.model.search_view import Hit, HitGroup
from core.ports import Report
from core.services.saved_views import SavedViewService
from core.services.search import SearchService
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.roster_filters import FilterBar
from gui.search import SearchEverywhere
from gui.settings_store import SettingsStore
from gui.theme import Mode, TextSize, apply_theme
from gui.widgets.chip import ChipFilter
from gui.widgets.saved_views import SavedViews
from gui.widgets.search_field import SearchBox


@pytest.fixture
def desk(sample: Services, jobs: JobRunner, messages, settings: SettingsStore, asked: list[str]) -> Desk:
    made = Desk(sample, jobs, messages, settings, 2025)
    made.asked.connect(asked.append)
    return made


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[SearchBox]:
    window = QWidget()
    window.resize(1000, 600)
    made = SearchBox(window)
    qtbot.addWidget(window)
    window.show()
    yield made


def lines(box: SearchBox) -> list[str]:
    listed = box.window().findChild(QListWidget)
    return [listed.item(row).text() for row in range(listed.count())] if listed else []


def type_in(qtbot: QtBot, box: SearchBox, wait_for_jobs: Callable[[], None], text: str) -> None:
    with qtbot.waitSignal(box.changed):
        box.setText(text)
    wait_for_jobs()


def test_functions_come_first_then_records_under_their_kind(qtbot, desk, box, wait_for_jobs, asked) -> None:
    SearchEverywhere(desk, box, SearchService(desk.services.store))
    type_in(qtbot, box, wait_for_jobs, "songfeng")
    found = lines(box)
    assert found[0].startswith("社会组织")
    assert any(line.startswith("松枫社区") for line in found)
    assert "社区\uff08村\uff09" in found
    for words, line in (("催交", "评分表的进度    页面"), ("节假日", "节假日    台账")):
        type_in(qtbot, box, wait_for_jobs, words)
        assert lines(box) == [line]
    type_in(qtbot, box, wait_for_jobs, "bgjl")
    assert lines(box) == ["变更记录    页面"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert asked == ["log"]


def test_a_search_does_not_wait_for_a_long_job(qtbot, desk, box, wait_for_jobs) -> None:
    begun, held = Event(), Event()
    desk.jobs.start(lambda _report: (begun.set(), held.wait()), lambda _done: None, title="导入", owner=box)
    qtbot.waitUntil(begun.is_set)
    SearchEverywhere(desk, box, SearchService(desk.services.store))
    box.setText("songfeng")
    try:
        qtbot.waitUntil(lambda: any(line.startswith("松枫社区") for line in lines(box)))
    finally:
        held.set()
    wait_for_jobs()


def test_arrows_pass_over_the_names_of_kinds_and_enter_opens_the_record(
    qtbot, desk, box, wait_for_jobs, asked
) -> None:
    SearchEverywhere(desk, box, SearchService(desk.services.store))
    type_in(qtbot, box, wait_for_jobs, "家长里短")
    assert lines(box)[0].startswith("社会组织")
    assert lines(box)[-2] == "专项推进组"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    groups = desk.services.register.register().work_groups
    wanted = next(group.id for group in groups if group.name.startswith("家长里短"))
    assert asked == [f"group:{wanted}"]


def test_what_is_nowhere_is_told_when_all_was_looked_through(qtbot, desk, box, wait_for_jobs) -> None:
    SearchEverywhere(desk, box, SearchService(desk.services.store))
    type_in(qtbot, box, wait_for_jobs, "没有这样的词")
    assert lines(box) == ["没有找到“没有这样的词”"]


class SlowSearch:
    """Answers with what it was asked for; tells what it began to look for."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def nearest(self, words: str, limit: int = 5, report: Report | None = None) -> tuple[HitGroup, ...]:
        assert report is not None
        report(0, 1)
        self.begun.append(words)
        return (HitGroup("people", "人员", "user-3-line", (Hit("7", words),)),)

    def further(self, words: str, limit: int = 5, report: Report | None = None) -> tuple[HitGroup, ...]:
        return ()


def test_an_answer_to_what_no_longer_stands_there_is_dropped(qtbot, desk, box, wait_for_jobs, asked) -> None:
    search = SlowSearch()
    SearchEverywhere(desk, box, search)
    shown: list[str] = []
    plain = box.show_hits
    box.show_hits = lambda hits: (shown.append(hits[0].title), plain(hits))
    # Both are asked for before the window's thread takes an answer.
    box.changed.emit("甲")
    box.changed.emit("甲乙")
    wait_for_jobs()
    assert set(shown) == {"甲乙"}
    assert search.begun[-1] == "甲乙"


def test_enter_before_the_answer_opens_the_first_hit_of_its_own_text(
    qtbot, desk, box, wait_for_jobs, asked
) -> None:
    SearchEverywhere(desk, box, SearchService(desk.services.store))
    type_in(qtbot, box, wait_for_jobs, "songfeng")
    box.setText("bgjl")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    wait_for_jobs()
    assert asked == ["log"]
    assert box.text() == ""


def test_a_record_of_a_ledger_is_asked_for_by_code_and_id(qtbot, desk, box, wait_for_jobs, asked) -> None:
    SearchEverywhere(desk, box, SlowSearch())
    type_in(qtbot, box, wait_for_jobs, "甲")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert asked == ["ledger:people::7"]


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar("名称", (("category", "类别"), ("grade", "上年等次")))
    made.set_choices("category", (("a", "作风建设类"), ("b", "公益宣传类")))
    made.set_choices("grade", (("优秀", "优秀"), ("", "未填")))
    qtbot.addWidget(made)
    return made


def test_a_filter_bar_takes_its_state_up_again(bar) -> None:
    assert bar.state() == ""
    bar.search.setText("公益")
    bar.choose("category", "b")
    kept = bar.state()
    bar.clear()
    bar.choose("grade", "优秀")
    bar.restore(kept)
    assert (bar.needle(), bar.chosen()) == ("公益", {"category": "b"})
    bar.set_choices("category", (("a", "作风建设类"),))
    bar.restore(kept)
    assert bar.chosen() == {}


def test_chips_that_larger_text_leaves_no_room_fold_into_one(qtbot, qapp, bar) -> None:
    chips = bar.findChildren(ChipFilter)
    bar.resize(480, 60)
    bar.show()
    assert all(chip.isVisible() for chip in chips)
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    qtbot.waitUntil(lambda: not chips[-1].isVisible())
    bar.resize(600, 60)
    qtbot.waitUntil(lambda: all(chip.width() == chip.maximumWidth() for chip in chips))
    assert all(chip.isVisible() for chip in chips)


def test_a_filter_is_kept_chosen_and_removed_in_the_menu(desk, bar, wait_for_jobs) -> None:
    service = SavedViewService(desk.services.store, "张三")
    button = SavedViews(desk, service, "roster", bar)
    bar.add_widget(button)
    bar.choose("category", "b")
    name = button.menu().findChild(QLineEdit)
    name.setText("公益类")
    name.returnPressed.emit()
    wait_for_jobs()
    assert [view.name for view in service.of("roster")] == ["公益类"]
    bar.clear()
    button.menu().actions()[0].trigger()
    assert bar.chosen() == {"category": "b"}
    removal = next(menu for menu in button.findChildren(QMenu) if menu.title() == "删除")
    removal.actions()[0].trigger()
    wait_for_jobs()
    assert service.of("roster") == ()
    assert "公益类" not in [action.text() for action in button.menu().actions()]


def test_no_filter_is_not_kept(desk, bar, wait_for_jobs) -> None:
    told: list[str] = []
    desk.warned.connect(lambda text, *_rest: told.append(text))
    service = SavedViewService(desk.services.store, "张三")
    button = SavedViews(desk, service, "roster", bar)
    button.menu().findChild(QLineEdit).returnPressed.emit()
    wait_for_jobs()
    assert service.of("roster") == ()
    assert told == ["现在没有筛选，没有可以保存的。"]
