"""What a rater sees of the others beside its own marks: never, after its own sheets, always."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.model.assessment import CycleState
from core.model.journal import ActDraft
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.marks import MarksPane
from gui.pages.marks_book import Spot
from gui.settings_store import SettingsStore
from tests.core.joint_panel import NAMES, YEAR, cast, give, open_panel
from tests.core.played_days import named

BEFORE = ["合计", "状态"]


@pytest.fixture
def pane(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services) -> MarksPane:
    made = MarksPane(Desk(sample, jobs, messages, settings, YEAR))
    qtbot.addWidget(made)
    jobs.saved.connect(lambda: made.show_view(sample.assessments.year(YEAR)))
    made.resize(1220, 600)
    made.show()
    return made


@pytest.fixture
def show(pane: MarksPane, sample: Services, wait_for_jobs) -> Callable[[str], None]:
    """Show a rater's marks as they stand now."""

    def act(rater: str) -> None:
        pane.show_view(sample.assessments.year(YEAR))
        pane.choose_rater(rater)
        wait_for_jobs()

    return act


def heads(pane: MarksPane) -> list[str]:
    """The columns beside the marks that are seen."""
    totals = pane.sheets.grid.totals
    columns = totals.header.records.columns
    return [each.title for at, each in enumerate(columns) if not totals.isColumnHidden(at)]


def row(pane: MarksPane, place: int = 0) -> list[str]:
    totals = pane.sheets.grid.totals
    model = totals.model()
    return [
        model.index(place, at).data() for at in range(model.columnCount()) if not totals.isColumnHidden(at)
    ]


def words(pane: MarksPane) -> list[str]:
    return [each.text() for each in pane.findChildren(QLabel) if each.isVisible()]


def test_where_the_scheme_hides_all_nothing_is_read_or_shown(
    pane: MarksPane, sample: Services, jobs: JobRunner
) -> None:
    open_panel(sample)
    give(sample, "first", "45", "40", "35")
    pane.show_view(sample.assessments.year(YEAR))
    assert not jobs.is_busy()
    assert heads(pane) == BEFORE and len(pane.sheets.grid.totals.header.records.columns) == 5
    assert not pane.waits.isVisible()


def test_always_there_are_columns_after_the_total(pane: MarksPane, sample: Services, show) -> None:
    open_panel(sample, "always", "always", "always")
    give(sample, "first", "45", "40", "35")
    cast(sample, "甲小区", "50", "45", "45")
    show("second")
    assert heads(pane) == ["合计", "其他评分方", "目前均分", "目前名次", "状态"]
    assert row(pane) == ["", "45.00 / 46.67", "91.11", "1", "未交"]
    assert row(pane, 2) == ["", "35.00 / —", "70.00", "3", "未交"]
    totals = pane.sheets.grid.totals
    told = totals.model().index(0, 4).data(Qt.ItemDataRole.ToolTipRole)
    assert told == "一组 45.00，居民 46.67"
    assert totals.header.said_of(5) == "目前均分 100 分，单击排序"
    assert not pane.waits.isVisible()


def test_after_the_own_sheets_the_last_mark_brings_them_and_an_empty_one_takes_them_away(
    pane: MarksPane, sample: Services, show, jobs: JobRunner, qtbot: QtBot, wait_for_jobs
) -> None:
    open_panel(sample, "after_own", "never", "after_own")
    give(sample, "first", "45", "40", "35")
    give(sample, "second", "42", "41")
    show("second")
    assert heads(pane) == BEFORE
    assert pane.waits.words() == "二组的评分表还没有交齐，交齐以后这里显示其他评分方、目前名次"
    assert pane.waits.isVisible()
    last = Spot(named(sample, YEAR, "丙小区").id, "total")
    pane.sheets.grid.go_to(last)
    with qtbot.waitSignal(jobs.saved):
        pane.sheets.enter(last, "45")
    wait_for_jobs()
    assert heads(pane) == ["合计", "其他评分方", "目前名次", "状态"] and not pane.waits.isVisible()
    assert row(pane, 2) == ["45.00", "35.00 / —", "3", "已交"]
    assert pane.sheets.grid.current() == last
    with qtbot.waitSignal(jobs.saved):
        pane.sheets.enter(last, "")
    wait_for_jobs()
    assert heads(pane) == BEFORE and pane.waits.isVisible()


def test_another_raters_columns_are_not_kept(pane: MarksPane, sample: Services, show) -> None:
    open_panel(sample, "after_own")
    give(sample, "first", "45", "40", "35")
    show("first")
    assert row(pane) == ["45.00", "— / —", "已交"]
    pane.choose_rater("second")
    assert heads(pane) == BEFORE, "before what this one sees was read"
    show("second")
    assert pane.waits.isVisible()
    pane.choose_rater("first")
    assert heads(pane) == BEFORE and not pane.waits.isVisible()


def test_a_frozen_cycle_says_that_it_is_too_late(pane: MarksPane, sample: Services, show) -> None:
    open_panel(sample, "after_own", "always")
    give(sample, "first", "45", "40", "35")
    with sample.store.writing(ActDraft("锁定", "测试")) as work:
        cycle = sample.assessments.year(YEAR).cycle
        work.change([replace(cycle, state=CycleState.NOTICED)])
    show("second")
    assert pane.waits.words() == "二组的评分表还没有交齐，评分已经锁定，看不到其他评分方"
    assert heads(pane) == ["合计", "目前均分", "状态"]
    show("first")
    assert heads(pane) == ["合计", "其他评分方", "目前均分", "状态"]


def test_a_box_says_it_beside_the_ballots(pane: MarksPane, sample: Services, show) -> None:
    open_panel(sample, "after_own", "always", "always")
    give(sample, "first", "45", "40", "35")
    show("box")
    assert "目前均分 90.00　目前名次 1" in words(pane)
    assert pane.waits.words() == "居民的测评票还没有收够，收够以后这里显示其他评分方"
    for name in NAMES:
        cast(sample, name, "50", "45", "40")
    show("box")
    assert "一组 45.00，二组 —\n目前均分 90.00　目前名次 1" in words(pane)


def test_marks_are_found_beside_the_columns_as_before(pane: MarksPane, sample: Services, show) -> None:
    open_panel(sample, "always", "always", "always")
    give(sample, "first", "45")
    show("first")
    grid = pane.sheets.grid
    assert grid.go_to_next_open() and grid.current() == Spot(named(sample, YEAR, "乙小区").id, "total")
    grid.totals.header.sectionClicked.emit(6)
    assert grid.current() == Spot(named(sample, YEAR, "乙小区").id, "total")
    shown = [at for at in range(grid.cells.model().columnCount()) if not grid.cells.isColumnHidden(at)]
    assert shown == [2]


def test_what_is_being_typed_stays_when_the_others_figures_come(
    pane: MarksPane, sample: Services, show, wait_for_jobs, qtbot: QtBot
) -> None:
    open_panel(sample, "always", "always", "always")
    give(sample, "first", "45", "40", "35")
    show("second")
    cells = pane.sheets.grid.cells
    cells.setFocus()
    qtbot.keyClicks(cells, "4")
    editor = cells.findChild(QLineEdit)
    give(sample, "first", "30")
    pane.show_view(sample.assessments.year(YEAR))
    wait_for_jobs()
    assert row(pane)[1] == "30.00 / —"
    assert editor.isVisible() and editor.text() == "4"
