"""结果: the ranking and the lists that follow from it, the award money, and the explanation of any row."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.model.assessment import CycleState
from core.model.cycle_view import CycleView
from core.model.decision import DecisionKind
from core.model.outcome import AwardFilling
from core.model.result_list import STANDS, ListKind, ResultLine, ResultList
from core.model.tables import OutSheet
from core.services.exports import results_sheet
from gui.desk import Desk
from gui.pages.assessment_state import YearState
from gui.pages.results_acts import ResultActs
from gui.pages.results_bar import RANKING, ResultsBar
from gui.pages.results_explanation import WIDTH, ExplanationPane
from gui.pages.results_list import ResultListView
from gui.pages.results_money import MoneyButtons
from gui.pages.results_ranking import RankingView
from gui.pages.results_rows import ResultRow, result_rows
from gui.rights import needs, offer
from gui.theme import scaled
from gui.widgets.buttons import push_button

ROOM = 1050
WIDE = (ListKind.TIES, ListKind.YEARS, ListKind.DECISIONS, ListKind.MONEY)
"""Lists of so many columns that the explanation opens over them only when it is asked for."""
STALE, READING = "评分有改动，请重新计算后再看。", "正在读取……"


class ResultsPane(QWidget):
    """List and explanation, side by side or, in a small window, one after the other."""

    sheet_asked = Signal(str, str, str)
    compute_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: YearState | None = None
        self._rows: dict[str, ResultRow] = {}
        self._lists: dict[ListKind, ResultList] = {}
        self._small_window = False
        self._narrow = False
        self._closed = False
        self._acts = ResultActs(desk, self)
        self.bar = ResultsBar(desk.services.gate)
        self.ranking = RankingView(desk.settings)
        self.list = ResultListView(desk)
        self.lift_button = push_button("撤下", self._lift, icon_name="arrow-go-back-line", dense=True)
        self.open_button = push_button(
            "决定名额空缺", self._leave_open, icon_name="scales-3-line", dense=True
        )
        self.money = MoneyButtons(desk, self.list, self.reload_lists)
        self._shown = QStackedWidget()
        self.explanation = ExplanationPane()
        offer(desk.services.gate, self.explanation.rulings, "decisions.decide")
        self._left = QWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._shown.addWidget(self.ranking)
        self._shown.addWidget(self.list)
        self.list.add_button(self.lift_button)
        self.list.add_button(self.open_button)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._shown, 1)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self.explanation)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([10_000, scaled(WIDTH)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _connect(self) -> None:
        self.bar.tab_changed.connect(self._show_tab)
        self.bar.compute_asked.connect(self.compute_asked)
        self.bar.tie_asked.connect(self._settle_tie)
        self.bar.paper_asked.connect(self._desk.go)
        self.bar.print_asked.connect(self.print)
        self.bar.details_asked.connect(self._print_details)
        self.bar.details_file_asked.connect(self._export_details)
        for view in (self.ranking, self.list):
            view.current_changed.connect(lambda _row: self._follow())
            view.opened.connect(lambda _row: self._open())
        self.ranking.table.clicked.connect(lambda _index: self._reopen())
        self.explanation.closed.connect(self._close)
        self.explanation.sheet_asked.connect(self.sheet_asked)
        self.explanation.print_asked.connect(self._print_current)
        self.explanation.ruling_asked.connect(self._rule)
        QShortcut(
            QKeySequence("Esc"),
            self.explanation,
            self._close,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    # What is shown

    def show_state(self, state: YearState) -> None:
        """Show a year that was computed."""
        view = state.view
        if view is None:
            return
        self._state = state
        rows = result_rows(state)
        self._rows = {row.id: row for row in rows}
        self.bar.show_state(state)
        self.ranking.show_state(state, rows)
        self._look_at_papers(state)
        self.reload_lists()
        self._follow()

    def _look_at_papers(self, state: YearState) -> None:
        """What went out may tell results that changed since."""
        computed, results = state.computed, self._desk.services.results
        if computed is None or not computed.view.papers:
            self.bar.show_reminders(())
            return
        cycle = computed.view.cycle
        self._desk.jobs.look(
            lambda: results.reminders(cycle.year, cycle.code),
            lambda found: self.bar.show_reminders(found) if self._state is state else None,
            title="核对已发的文书",
            owner=self,
        )

    def reload_lists(self) -> None:
        """What was read of the lists is old; the one that is shown is read again."""
        self._lists = {}
        self._show_tab()

    def _show_tab(self) -> None:
        tab = self.bar.tab()
        self._shown.setCurrentWidget(self.ranking if tab == RANKING else self.list)
        self.lift_button.setVisible(tab == ListKind.DECISIONS)
        self.open_button.setVisible(tab == ListKind.AWARDS)
        self.money.show_state(self._state, shown=tab == ListKind.MONEY)
        # What was opened over the list in a narrow page stays there when the year is read again.
        self.explanation.setVisible(self._has_room() or self._left.isHidden())
        if tab == RANKING:
            self._follow()
        elif self._state is None or self._state.computed is None:
            self.list.show_words(STALE)
        elif (kind := ListKind(tab)) in self._lists:
            self.list.show_list(self._lists[kind])
        else:
            if self.list.kind() is not kind:
                self.list.show_words(READING)
            self._read_lists(self._state.computed.view)

    def _read_lists(self, view: CycleView) -> None:
        results, cycle = self._desk.services.results, view.cycle

        def read() -> tuple[CycleView, tuple[ResultList, ...]]:
            lists = results.lists(cycle.year, cycle.code)
            return view, (*lists, results.payments(cycle.year, cycle.code))

        self._desk.jobs.look(read, self._keep_lists, title="读取结果名单", owner=self)

    def _keep_lists(self, answer: tuple[CycleView, tuple[ResultList, ...]]) -> None:
        view, found = answer
        if self._state is not None and view is self._state.view:
            self._lists = {one.kind: one for one in found}
            self._show_tab()

    @property
    def begins(self) -> QWidget:
        """Where the keyboard's work begins."""
        return self.ranking.table if self.bar.tab() == RANKING else self.list.table

    def shown_ids(self) -> frozenset[str]:
        """The subjects in the ranking as it is filtered."""
        return self.ranking.shown_ids()

    def select(self, subject_id: str) -> None:
        """Choose a subject and explain it, whatever the filters were."""
        self.bar.choose(RANKING)
        self.ranking.select(subject_id)
        self._open()

    def show_only(self, words: Mapping[str, str]) -> None:
        """Show the ranking filtered by `category`, `grade` or `award` alone."""
        self._left.show()
        self.explanation.setVisible(self._has_room())
        self.bar.choose(RANKING)
        self.ranking.show_only(words)

    # Decisions

    def _line(self) -> ResultLine | None:
        return None if self.bar.tab() == RANKING else self.list.current_line()

    def _row(self) -> ResultRow | None:
        """The row of the subject that is chosen."""
        if self.bar.tab() == RANKING:
            row = self.ranking.table.current_record()
            return row if isinstance(row, ResultRow) else None
        line = self._line()
        return self._rows.get(line.subject_id) if line else None

    def _rule(self, kind: DecisionKind | None) -> None:
        row = self._row()
        if self._state is not None and row is not None:
            self._acts.rule(self._state, row, kind)

    def _settle_tie(self, filling: AwardFilling) -> None:
        if self._state is not None:
            self._acts.settle_tie(self._state, filling)

    @needs("decisions.lift")
    def _lift(self) -> None:
        line = self._line()
        if self._state is not None and self._state.computed is not None and line is not None:
            self._acts.lift(self._state.computed.view, line)

    @needs("decisions.decide")
    def _leave_open(self) -> None:
        line = self._line()
        if self._state is not None and line is not None:
            self._acts.leave_open(self._state, line)

    # Out of the program

    def _shown_sheet(self) -> OutSheet | None:
        if self.bar.tab() != RANKING:
            return self.list.shown_sheet()
        computed = self._state.computed if self._state else None
        return results_sheet(self.ranking.shown_of(computed)) if computed else None

    def print(self) -> None:
        """Preview what is shown on paper."""
        if sheet := self._shown_sheet():
            self._acts.print_sheet(sheet)

    def export(self) -> None:
        """Write what is shown to an Excel file."""
        if sheet := self._shown_sheet():
            self._acts.export_sheet(sheet)

    def _listed_ids(self) -> tuple[str, ...]:
        if self.bar.tab() == RANKING:
            return tuple(row.id for row in self.ranking.model.shown())
        return tuple(line.subject_id for line in self.list.model.shown() if line.subject_id)

    def _print_details(self) -> None:
        if self._state is not None and self._state.computed is not None:
            self._acts.print_details(self._state.computed.view, self._listed_ids())

    def _export_details(self) -> None:
        if self._state is not None and self._state.computed is not None:
            self._acts.export_details(self._state.computed.view, self._listed_ids())

    def _print_current(self) -> None:
        row = self._row()
        if self._state is not None and self._state.computed is not None and row is not None:
            self._acts.print_details(self._state.computed.view, (row.id,), row.subject.name)

    # The explanation

    def _follow(self) -> None:
        if self._state is not None:
            self.explanation.show_row(self._state, self._row())
        line = self._line()
        self.lift_button.setEnabled(line is not None and line.values[-1] == STANDS)
        self._offer_open_place(line)
        self.money.follow(line)

    def _offer_open_place(self, line: ResultLine | None) -> None:
        """Whether it can be decided that the place of the line stays open, and if not, why."""
        view = self._state.view if self._state else None
        archived = view is not None and view.cycle.state is CycleState.ARCHIVED
        about = line is not None and line.open_place is not None
        why = "已归档，不能再作决定" if archived else "" if about else "请先选中一个空着、还没有决定的名额"
        self.open_button.setEnabled(not why)
        self.open_button.setToolTip(why)

    def _open(self) -> None:
        if self.bar.tab() == ListKind.MONEY:
            self.money.edit()
            return
        self._follow()
        self._closed = False
        if self._narrow:
            self._left.hide()
        self.explanation.show()
        self.explanation.trace.setFocus()

    def _reopen(self) -> None:
        """A click on a row brings a closed explanation back."""
        if not self._narrow:
            self._closed = False
            self.explanation.show()

    def _close(self) -> None:
        self._closed = True
        self.explanation.hide()
        self._left.show()
        self.begins.setFocus()

    def _has_room(self) -> bool:
        """Whether the explanation stands beside the list; a wide list leaves it none."""
        return not (self._narrow or self._closed or self.bar.tab() in WIDE)

    def set_narrow(self, narrow: bool) -> None:
        self._small_window = narrow
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side only where both have room; large text needs more of it."""
        narrow = self._small_window or self.width() < scaled(ROOM)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.bar.set_narrow(narrow)
        self._left.show()
        self.explanation.setVisible(self._has_room())
        self.ranking.set_narrow(narrow)
        self.list.set_narrow(narrow)
