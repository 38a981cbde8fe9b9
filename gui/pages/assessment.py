"""考核: marks, progress, results and scheme of the chosen year, and the import of score sheets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.model.assessment import ScoreSheet
from core.model.cycle_view import ComputedYear
from core.model.result_list import ListKind
from core.model.score_preview import ScorePreview
from core.model.year_report import CountedList
from core.services.score_import import ScoreCounts
from gui.actions import COMPUTE, CYCLE_PATH, EXPORT, IMPORT_SCORES, RESULTS_NOTICE
from gui.desk import Desk
from gui.pages.assessment_empty import NothingYet
from gui.pages.assessment_header import LENS, MARKS, PATH, PROGRESS, RESULTS, SCHEME, AssessmentHeader
from gui.pages.assessment_progress import ProgressPane
from gui.pages.assessment_scheme import SchemePane
from gui.pages.assessment_state import YearState, load_year
from gui.pages.cycle_path import CyclePathPane
from gui.pages.import_scores import ImportScoresPane
from gui.pages.marks import MarksPane
from gui.pages.results import ResultsPane
from gui.pages.results_bar import RANKING
from gui.pages.results_lens import LensView
from gui.pages.schemes import SchemesPane
from gui.rights import needs
from gui.widgets.late_stack import SeenStack
from gui.widgets.notice_line import NoticeLine
from gui.widgets.page import Page


class AssessmentPage(Page):
    """One year's assessment."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: YearState | None = None
        self._narrow = False
        self._reading = 0
        self._outdated: set[int] = set()
        self._waiting: list[Callable[[], None]] = []
        self.notice = NoticeLine()
        self.path = CyclePathPane(desk)
        self.marks = MarksPane(desk)
        self.progress = ProgressPane(desk)
        self.results = ResultsPane(desk)
        self.header = AssessmentHeader(
            {
                IMPORT_SCORES: self.import_scores,
                COMPUTE: self.compute,
                EXPORT: self.results.export,
                CYCLE_PATH: lambda: self._show_tab_of(PATH),
                RESULTS_NOTICE: self.make_notice,
            }
        )
        self.lens = LensView(desk)
        self.scheme = SchemePane()
        self.nothing = NothingYet(desk)
        self._blank = QWidget()
        self._tabs = SeenStack()
        self._stack = SeenStack()
        self._build()
        self._connect()

    def _build(self) -> None:
        for pane in (
            self.path,
            self.marks,
            self.progress,
            self.results,
            self.lens,
            self.scheme,
            self.nothing,
            self._blank,
        ):
            self._tabs.addWidget(pane)
        self._tabs.setCurrentWidget(self._blank)
        browse = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        column.addWidget(self._tabs, 1)
        self._stack.addWidget(browse)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.header.arrange(None, narrow=False)

    def _connect(self) -> None:
        self.header.tab_changed.connect(lambda _tab: self._show_tab())
        self.path.asked.connect(lambda action: self.perform(*action.partition(":")[::2]))
        self.path.said.connect(self._tell_passed)
        self.progress.sheet_asked.connect(self._show_sheet)
        self.progress.returns_checked.connect(self._check_returns)
        self.results.sheet_asked.connect(self._show_sheet)
        self.results.compute_asked.connect(self.compute)
        self.scheme.schemes_asked.connect(self._show_own_scheme)

    @cached_property
    def importing(self) -> ImportScoresPane:
        """The preview of a score file, made when there is one."""
        pane = ImportScoresPane(self._desk)
        pane.imported.connect(self._tell_imported)
        self._stack.addWidget(pane)
        pane.opened.connect(lambda: self._stack.setCurrentWidget(pane))
        pane.left.connect(lambda: self._stack.setCurrentIndex(0))
        pane.set_narrow(self._narrow)
        return pane

    @cached_property
    def schemes(self) -> SchemesPane:
        """The schemes and their editor, made when they are asked for."""
        pane = SchemesPane(self._desk)
        self._stack.addWidget(pane)
        pane.opened.connect(lambda: self._stack.setCurrentWidget(pane))
        pane.left.connect(lambda: self._stack.setCurrentIndex(0))
        pane.set_narrow(self._narrow)
        return pane

    # What the shell and other pages ask for

    def reload(self) -> None:
        services, year, cycle = self._desk.services, self._desk.year, self._desk.cycle
        self._reading += 1
        self._desk.jobs.start(
            lambda _report: load_year(services, year, cycle),
            self._show,
            title="读取考核",
            ended=self._end_reading,
        )
        if self._stack.currentWidget() is vars(self).get("schemes"):
            self.schemes.reload()

    def take_focus(self) -> None:
        """Where this tab's work begins, as soon as the year is read."""
        self._when_read(self._focus_first)

    def _focus_first(self) -> None:
        if not self.isVisible():
            return
        begins = {
            self.path: self.path.begins,
            self.marks: self.marks.begins,
            self.results: self.results.begins,
            self.lens: self.lens.area,
            self.nothing: self.nothing,
        }
        first = begins.get(self._tabs.currentWidget(), self.header.tabs)
        before = self._stack.currentWidget()
        if isinstance(before, ImportScoresPane):
            first = before.table
        elif isinstance(before, SchemesPane):
            first = before
        first.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.arrange(self._state, narrow=self._narrow)
        for pane in (self.path, self.marks, self.progress, self.results, self.lens, self.scheme):
            pane.set_narrow(narrow)
        for name in {"importing", "schemes"} & vars(self).keys():
            getattr(self, name).set_narrow(narrow)

    def may_leave(self) -> bool:
        """False where a scheme is being written that the user wants to keep."""
        return "schemes" not in vars(self) or self.schemes.may_leave()

    def perform(self, action: str, argument: str) -> None:
        """What the desk's list of actions has of this page, and `scheme`; once the year is read."""
        wanted = {
            "import_scores": self.import_scores,
            "compute": self.compute,
            "issues": self._show_issues,
            "schemes": lambda: self.schemes.open(),
            "cycle_path": lambda: self._show_tab_of(PATH),
            "progress": lambda: self._show_tab_of(PROGRESS),
            "scheme": lambda: self._show_tab_of(SCHEME),
            "marks": lambda: self._show_marks_of(argument),
            "results": lambda: self._show_result_of(argument),
            "revoke": self._show_what_can_be_revoked,
            "award_money": self._show_money,
        }.get(action)
        if wanted is not None:
            self._stack.setCurrentIndex(0)
            self._when_read(wanted)

    def show_counted(self, listed: CountedList, _day: date | None = None) -> None:
        """Show the results that a figure of the statistics counts, once the year is read."""
        self._stack.setCurrentIndex(0)
        self._when_read(partial(self._show_results, listed))

    def _show_results(self, listed: CountedList) -> None:
        self._show_tab_of(RESULTS)
        self.results.show_only({field: str(values[0]) for field, values in listed.among})

    def _when_read(self, act: Callable[[], None]) -> None:
        self._waiting.append(act)
        if not self._reading:
            self._act_on_what_was_read()

    def _end_reading(self) -> None:
        self._reading -= 1
        if not self._reading:
            self._act_on_what_was_read()

    def _act_on_what_was_read(self) -> None:
        if self._state is not None:
            waiting, self._waiting = self._waiting, []
            for act in waiting:
                act()

    # Showing

    def _show(self, state: YearState) -> None:
        if (state.year, state.cycle) != (self._desk.year, self._desk.cycle):
            return
        if self._state is not None and (self._state.year, self._state.cycle) != (state.year, state.cycle):
            self.notice.hide()
            if not isinstance(self._stack.currentWidget(), SchemesPane):
                self._stack.setCurrentIndex(0)
        self._state = state
        self._outdated = {PATH, MARKS, PROGRESS, RESULTS, LENS, SCHEME}
        self._show_tab()

    def _show_tab(self) -> None:
        state = self._state
        if state is None:
            return
        tab = self.header.tabs.currentIndex()
        is_open = state.view is not None
        if tab == RESULTS and state.view is not None and state.view.stale:
            self.notice.hide()
        if not is_open or (tab in (RESULTS, LENS) and not state.has_results):
            self.nothing.show_state(state)
            self._tabs.setCurrentWidget(self.nothing)
        else:
            self._fill(tab, state)
            self._tabs.setCurrentIndex(tab)
        self.header.arrange(self._state, narrow=self._narrow)

    def _fill(self, tab: int, state: YearState) -> None:
        """Only the tab that is seen is filled, so that every mark that is stored costs little."""
        if tab not in self._outdated or state.view is None:
            return
        self._outdated.discard(tab)
        if tab == PATH:
            self.path.show_state(state)
        elif tab == MARKS:
            self.marks.show_view(state.view)
        elif tab == PROGRESS:
            self.progress.show_view(state.view)
        elif tab == RESULTS:
            self.results.show_state(state)
        elif tab == LENS:
            self.lens.show_state(state)
        else:
            self.scheme.show_view(state.view)

    def _show_tab_of(self, tab: int) -> None:
        self.header.tabs.setCurrentIndex(tab)
        self.take_focus()

    def _show_issues(self) -> None:
        self.header.tabs.setCurrentIndex(MARKS)
        self.marks.show_issues()

    def _show_marks_of(self, rater: str) -> None:
        self.header.tabs.setCurrentIndex(MARKS)
        if rater:
            self.marks.choose_rater(rater)

    def _show_sheet(self, stage: str, rater: str, subject_id: str) -> None:
        self.header.tabs.setCurrentIndex(MARKS)
        self.marks.show_sheet(stage, rater, subject_id)

    def _show_result_of(self, subject_id: str) -> None:
        self.header.tabs.setCurrentIndex(RESULTS)
        self.results.begins.setFocus()
        if subject_id and self._state is not None and self._state.has_results:
            self.results.select(subject_id)

    def _show_own_scheme(self) -> None:
        """The schemes, at that of the shown cycle."""
        if self._state is not None and self._state.view is not None:
            self.schemes.open(self._state.view.scheme.code)

    def _show_what_can_be_revoked(self) -> None:
        self._show_tab_of(RESULTS)
        self.results.bar.choose(RANKING)
        self._desk.tell("请选中要撤销的对象，在得分说明下面的“作出决定”里选“撤销结果”")

    def _show_money(self) -> None:
        self._show_tab_of(RESULTS)
        self.results.bar.choose(ListKind.MONEY)

    # Doing

    @needs("score_import.apply")
    def import_file(self, path: Path, *, here: bool = True) -> None:
        """Show what importing this score file would do, once the year is read."""
        self._when_read(partial(self._import_file, path))

    def _import_file(self, path: Path) -> None:
        if self._state is not None and self._state.view is not None:
            self.importing.open_file(self._state.view, path)
        else:
            self._desk.warn("这一年还没有开启考核，不能导入评分表；请先开启。")

    @needs("score_import.apply")
    def import_scores(self) -> None:
        """Ask for a score file and show what importing it would do."""
        if self._state is not None and self._state.view is not None:
            self.importing.choose_file(self._state.view)

    def _check_returns(self, preview: ScorePreview, again: Callable[[], None]) -> None:
        if self._state is not None and self._state.view is not None:
            self.importing.show_preview(self._state.view, preview, again)

    @needs("assessments.compute")
    def compute(self) -> None:
        """Compute the year and show its results."""
        services, year, cycle = self._desk.services, self._desk.year, self._desk.cycle
        if self._state is None or self._state.view is None:
            return
        self._desk.jobs.start(
            lambda _report: services.assessments.compute(year, cycle),
            self._tell_computed,
            title="计算结果",
            saves=True,
        )

    @needs("documents.write")
    def make_notice(self) -> None:
        """Go on to the notice, once there are results that hold."""
        if self._state is not None and self._state.computed is not None:
            self._desk.go("notice")

    def _tell_passed(self, done: str, verb: str, action: str) -> None:
        self.notice.say(done, verb, partial(self._desk.go, action))

    def _tell_computed(self, computed: ComputedYear) -> None:
        ranked = sum(1 for each in computed.outcome.results if each.rank)
        grades = "、".join(f"{each.grade} {each.count}" for each in computed.outcome.grade_counts)
        self.notice.say(f"已计算 {computed.view.cycle.year} 年度的结果：{ranked} 个对象列入排名，{grades}。")
        if self._state is not None:
            self._show(replace(self._state, view=computed.view, computed=computed))
        self.header.tabs.setCurrentIndex(RESULTS)
        self.take_focus()

    def _tell_imported(self, counts: ScoreCounts, first: ScoreSheet | None) -> None:
        taken = counts.added + counts.changed
        wrong = f"；{counts.problems} 处有误，请更正" if counts.problems else ""
        entries = f"，加减分和否决 {counts.entries} 条" if counts.entries else ""
        self.header.tabs.setCurrentIndex(MARKS)
        self.take_focus()
        if first is not None:
            self._when_read(partial(self.marks.show_sheet, first.stage, first.rater, first.subject_id))
        self.notice.say(
            f"已导入 {taken} 份评分表{entries}{wrong}。",
            *(("查看有误的", lambda: self._when_read(self._show_issues)) if counts.problems else ()),
        )
