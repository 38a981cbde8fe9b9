"""The marks of schemes that are not the sub-district's: few columns, no categories, long names and raters."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from core.model.opening import Opening, Participant
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.assessment_progress import ProgressPane
from gui.pages.cycle_path_rows import waiting_rows
from gui.pages.marks import MarksPane
from gui.pages.marks_raters import names_of
from gui.settings_store import SettingsStore
from gui.theme import font

YEAR = 2025
LONG = "青龙湖街道办事处社会事务办社区治理与社会组织服务指导中心\uff08筹备\uff09联合党支部"
WIDE = (1220, 600)


@pytest.fixture
def pane(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services) -> MarksPane:
    made = MarksPane(Desk(sample, jobs, messages, settings, YEAR))
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    return made


def show(pane: MarksPane, sample: Services, scheme: str, kind: str = "") -> None:
    """Open a cycle with a list of one and show its marks."""
    opening = Opening(scheme, participants=(Participant(LONG, kind),))
    pane.show_view(sample.assessments.open_year(YEAR, opening))


def test_a_long_name_stands_whole_beside_few_marks(pane: MarksPane, sample: Services) -> None:
    show(pane, sample, "district-awards", "街镇")
    needed = QFontMetrics(font(14)).horizontalAdvance(LONG)
    assert pane.sheets.grid.names.columnWidth(1) > needed
    pane.show_view(sample.assessments.year(YEAR))
    assert pane.sheets.grid.names.columnWidth(1) < needed, "eight indicators need the room"
    assert not pane.sheets.grid.across.isVisible()


def test_only_what_the_subjects_have_is_a_filter(pane: MarksPane, sample: Services) -> None:
    show(pane, sample, "district-awards", "街镇")
    assert pane.sheets.category.isHidden() and pane.sheets.community.isHidden()
    pane.show_view(sample.assessments.year(YEAR))
    assert not pane.sheets.category.isHidden() and not pane.sheets.community.isHidden()


def test_a_head_that_is_cut_is_told_in_full(pane: MarksPane, sample: Services) -> None:
    show(pane, sample, "priority-work")
    heads = pane.sheets.grid.cells.header
    assert heads.said_of(5) == "周例会、月研判、季总结 20 分，单击排序"
    assert heads.said_of(-1) == ""


def test_the_list_of_raters_is_as_wide_as_its_longest_name(pane: MarksPane, sample: Services) -> None:
    pane.set_narrow(True)
    choice = pane.raters.choice
    pane.show_view(sample.assessments.year(YEAR))
    short = choice.sizeHint().width()
    show(pane, sample, "priority-work")
    assert choice.sizeHint().width() > short


def test_with_several_stages_it_is_told_whose_stage_it_is(pane: MarksPane, sample: Services) -> None:
    show(pane, sample, "property-stars")
    assert pane.raters._facts.text() == "环节“季度检查”权重 80，环节内权重 1，满分 100 分"
    progress = sample.assessments.year(YEAR, "property-stars").progress
    assert names_of(progress) == ("社区", "街道物业办", "业主测评票")
    twins = [replace(each, rater=progress[0].rater) for each in (progress[0], progress[2])]
    assert names_of(twins) == ("季度检查·社区", "业主满意度·社区")


def test_whoever_computes_is_told_of_sheets_still_to_come(sample: Services) -> None:
    view = sample.assessments.year(YEAR)
    (late,) = waiting_rows(sample.cycles.path_of(view), view)
    assert (late.action, late.row.text) == ("progress", "还缺 8 份完整的评分表。")


def test_many_raters_stand_in_a_list_and_leave_room_below_their_tiles(
    pane: MarksPane, sample: Services, qtbot: QtBot
) -> None:
    few = sample.assessments.year(YEAR)
    many = replace(few, progress=few.progress * 4)
    pane.raters.tabs.setFocus()
    pane.show_view(many)
    assert pane.raters.choice.hasFocus() and not pane.raters.isVisible()
    pane.show_view(few)
    assert pane.raters.tabs.hasFocus() and not pane.raters.choice.isVisible()
    progress = ProgressPane(pane._desk)
    qtbot.addWidget(progress)
    heights = []
    for view in (few, many):
        progress.show_view(view)
        heights.append(progress._tile_area.height())
    assert 2 * heights[0] < heights[1] < 3 * heights[0]
