"""The ranking: search and chips over the table, grades and money under it.

view = RankingView(settings); view.show_state(state, rows)
view.current_changed, view.opened     the row, or None
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.assessment import WAITS, ResultState
from core.model.cycle_view import ComputedYear
from gui.pages.assessment_state import YearState
from gui.pages.results_rows import RESULT_COLUMNS, ResultRow
from gui.pages.results_sums import ResultSums
from gui.settings_store import SettingsStore
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.chip import ChipFilter
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.search_field import SearchField


class RankingView(QWidget):
    """All subjects in the order of their ranks, filtered as the user likes."""

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self.search = SearchField("查找对象", width=152, keys="Ctrl+F")
        self.category, self.grade, self.award = ChipFilter("类别"), ChipFilter("等次"), ChipFilter("奖项")
        self.count = ElidedLabel("", "hint")
        self.model: RecordTableModel[ResultRow] = RecordTableModel(RESULT_COLUMNS, lambda row: row.id)
        self.table = RecordTable(self.model, settings, "results", label="考核结果")
        self.sums = ResultSums()
        self._chips = QHBoxLayout()
        self._body = QStackedWidget()
        self._build()
        self.table.current_changed.connect(self.current_changed)
        self.table.opened.connect(self.opened)
        self.search.changed.connect(lambda _text: self._refilter())
        for chip in (self.category, self.grade, self.award):
            chip.changed.connect(lambda _key: self._refilter())

    def _build(self) -> None:
        nothing = label("没有符合条件的考核对象", "secondary")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self.table)
        self._body.addWidget(nothing)
        self._chips.setSpacing(8)
        for part in (self.search, self.category, self.grade, self.award):
            self._chips.addWidget(part)
        self._chips.addStretch(1)
        self._chips.addWidget(self.count)
        upper = QFrame()
        upper.setProperty("kind", "filters")
        upper.setLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(self._body, 1)
        column.addWidget(self.sums)

    def show_state(self, state: YearState, rows: tuple[ResultRow, ...]) -> None:
        """Show a year that was computed."""
        view = state.view
        if view is None:
            return
        categories = sorted({row.subject.category for row in rows}, key=lambda each: (not each, each))
        self.category.set_choices([(each, each or "未分类别") for each in categories])
        grades = view.scheme.grades()
        states = [each.label for each in ResultState if any(row.word == each.label for row in rows)]
        self.grade.set_choices(_choices([*grades, *states]))
        awards = [each.name for each in view.scheme.awards]
        waiting = [WAITS] if any(WAITS in row.awards for row in rows) else []
        self.award.set_choices(_choices([*awards, *waiting]))
        self.model.set_records(rows)
        self._refilter()
        self.sums.show_state(state, rows)
        if self.table.current_record() is None and rows:
            self.table.select_ids((rows[0].id,))

    def _refilter(self) -> None:
        needle, category = self.search.needle(), self.category.chosen()
        grade, award = self.grade.chosen(), self.award.chosen()

        def fits(row: ResultRow) -> bool:
            return (
                needle in row.subject.name
                and category in (None, row.subject.category)
                and grade in (None, row.word)
                and (award is None or award in row.awards)
            )

        is_filtered = bool(needle) or any(each is not None for each in (category, grade, award))
        self.model.set_filter(fits if is_filtered else None)
        self._body.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.count.set_whole_text(self._count_words())

    def _count_words(self) -> str:
        shown, total = self.model.rowCount(), self.model.total()
        if shown < total:
            return f"{shown} / {total} 个"
        states = [row.result.state for row in self.model.shown()]
        words = [f"{total} 个：参评 {total - states.count(ResultState.NOT_ASSESSED)}"]
        for state, word in (
            (ResultState.VETOED, "一票否决"),
            (ResultState.REVOKED, "已撤销"),
            (ResultState.INCOMPLETE, "未完成"),
        ):
            if states.count(state):
                words.append(f"{word} {states.count(state)}")
        return "，".join(words)

    def shown_ids(self) -> frozenset[str]:
        """The subjects in the list as it stands."""
        return frozenset(row.id for row in self.model.shown())

    def shown_of(self, computed: ComputedYear) -> ComputedYear:
        """The same year with the subjects in the list alone, as it is handed out."""
        shown = self.shown_ids()
        subjects = tuple(each for each in computed.view.subjects if each.id in shown)
        return replace(computed, view=replace(computed.view, subjects=subjects))

    def select(self, subject_id: str) -> None:
        """Choose a subject, whatever the filters were."""
        self.search.clear()
        for chip in (self.category, self.grade, self.award):
            chip.clear()
        self.table.select_ids((subject_id,))

    def show_only(self, words: Mapping[str, str]) -> None:
        """Filter by these alone: `category`, `grade` or `award` with the word chosen."""
        self.search.clear()
        for name, chip in (("category", self.category), ("grade", self.grade), ("award", self.award)):
            chip.set_chosen(words.get(name))

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._chips.setContentsMargins(margin, 8, margin, 8)
        self.table.set_narrow(narrow)
        self.sums.set_narrow(narrow)


def _choices(words: list[str] | tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
