"""结果: the ranking with grades and awards, what is undecided, the sums, and the explanation of any row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.model.assessment import ResultState
from core.model.outcome import OpenReason
from gui.desk import Desk
from gui.pages.assessment_state import YearState
from gui.pages.results_explanation import WIDTH, ExplanationPane
from gui.pages.results_rows import RESULT_COLUMNS, UNDECIDED, ResultRow, result_rows, tie_words
from gui.pages.results_sums import ResultSums
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.chip import ChipFilter
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.search_field import SearchField

ROOM = 1050


class ResultsPane(QWidget):
    """Table and explanation, side by side or, in a small window, one after the other."""

    sheet_asked = Signal(str, str, str)
    compute_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: YearState | None = None
        self._small_window = False
        self._narrow = False
        self._closed = False
        self.stale = Banner("warn", "评分有改动，请重新计算")
        self.stale.add_button(push_button("重新计算", self.compute_asked.emit, dense=True))
        self._ties = QVBoxLayout()
        self.search = SearchField("查找组织", width=152, keys="Ctrl+F")
        self.category, self.grade, self.award = ChipFilter("类别"), ChipFilter("等次"), ChipFilter("奖项")
        self.count = ElidedLabel("", "hint")
        self.model: RecordTableModel[ResultRow] = RecordTableModel(RESULT_COLUMNS, lambda row: row.id)
        self.table = RecordTable(self.model, desk.settings, "results", label="考核结果")
        self._nothing = label("没有符合条件的组织", "secondary")
        self._body = QStackedWidget()
        self.sums = ResultSums()
        self.explanation = ExplanationPane()
        self._list = QWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._ties.setSpacing(8)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self.table)
        self._body.addWidget(self._nothing)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._upper())
        column.addWidget(self._body, 1)
        column.addWidget(self.sums)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(self.explanation)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([10_000, scaled(WIDTH)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _upper(self) -> QFrame:
        upper = QFrame()
        upper.setProperty("kind", "filters")
        self._upper_column = QVBoxLayout(upper)
        self._upper_column.setContentsMargins(24, 8, 24, 8)
        self._upper_column.setSpacing(8)
        self._upper_column.addWidget(self.stale)
        self._upper_column.addLayout(self._ties)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for part in (self.search, self.category, self.grade, self.award):
            chips.addWidget(part)
        chips.addStretch(1)
        chips.addWidget(self.count)
        self._upper_column.addLayout(chips)
        return upper

    def _connect(self) -> None:
        self.table.current_changed.connect(self._follow)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda _index: self._reopen())
        self.explanation.closed.connect(self._close)
        self.explanation.sheet_asked.connect(self.sheet_asked)
        self.search.changed.connect(lambda _text: self._refilter())
        for chip in (self.category, self.grade, self.award):
            chip.changed.connect(lambda _key: self._refilter())
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
        self.stale.setVisible(view.stale)
        at = view.cycle.computed_at.replace("T", " ")[:16]
        self.stale.set_text(
            "评分有改动，请重新计算", f"下面是 {at} 的结果，以后的改动还没有计入，不能生成通报。"
        )
        self._show_ties(state)
        self.category.set_choices(_choices(sorted({row.subject.category for row in rows} - {""})))
        self.grade.set_choices(_choices(view.scheme.grades()))
        awards = [each.name for each in view.scheme.awards]
        waiting = [UNDECIDED] if any(UNDECIDED in row.awards for row in rows) else []
        self.award.set_choices(_choices([*awards, *waiting]))
        self.model.set_records(rows)
        self._refilter()
        self.sums.show_state(state, rows)
        if self.table.current_record() is None and rows:
            self.table.select_ids((rows[0].id,))
        self._follow(self.table.current_record())

    def _show_ties(self, state: YearState) -> None:
        while (item := self._ties.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for filling in state.computed.outcome.awards if state.computed else ():
            if filling.reason is OpenReason.TIE and filling.undecided:
                self._ties.addWidget(Banner("warn", *tie_words(state, filling), icon="scales-3-line"))

    def _refilter(self) -> None:
        needle, category = self.search.needle(), self.category.chosen()
        grade, award = self.grade.chosen(), self.award.chosen()

        def fits(row: ResultRow) -> bool:
            return (
                needle in row.subject.name
                and category in (None, row.subject.category)
                and grade in (None, row.result.grade)
                and (award is None or award in row.awards)
            )

        self.model.set_filter(fits if needle or category or grade or award else None)
        self._body.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.count.set_whole_text(self._count_words())

    def _count_words(self) -> str:
        shown, total = self.model.rowCount(), self.model.total()
        if shown < total:
            return f"{shown} / {total} 个"
        states = [row.result.state for row in self.model.shown()]
        words = [f"{total} 个：参评 {total - states.count(ResultState.NOT_ASSESSED)}"]
        for state, word in ((ResultState.VETOED, "一票否决"), (ResultState.INCOMPLETE, "未完成")):
            if states.count(state):
                words.append(f"{word} {states.count(state)}")
        return "，".join(words)

    def shown_ids(self) -> frozenset[str]:
        """The subjects in the list as it stands."""
        return frozenset(row.id for row in self.model.shown())

    def select(self, subject_id: str) -> None:
        """Choose a subject and explain it, whatever the filters were."""
        self.search.clear()
        for chip in (self.category, self.grade, self.award):
            chip.clear()
        self.table.select_ids((subject_id,))
        self._open(self.table.current_record())

    # The explanation

    def _follow(self, row: object) -> None:
        if self._state is not None:
            self.explanation.show_row(self._state, row if isinstance(row, ResultRow) else None)

    def _open(self, row: object) -> None:
        self._follow(row)
        self._closed = False
        if self._narrow:
            self._list.hide()
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
        self._list.show()
        self.table.setFocus()

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
        margin = 16 if narrow else 24
        self._upper_column.setContentsMargins(margin, 8, margin, 8)
        self._list.show()
        self.explanation.setVisible(not narrow and not self._closed)
        self.table.set_narrow(narrow)
        self.sums.set_narrow(narrow)


def _choices(words: list[str] | tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
