"""The line under the results: how many have each grade, and the money."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.model.outcome import OpenReason
from gui.pages.assessment_state import YearState, grade_face
from gui.pages.results_rows import ResultRow
from gui.theme import fix_height
from gui.widgets.badge import Badge
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.layouts import clear


class ResultSums(QFrame):
    """Grades at the left, money at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "hints")
        fix_height(self, 30, spare=8)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 4, 24, 4)
        self._row.setSpacing(8)
        self._grades = QHBoxLayout()
        self._grades.setSpacing(8)
        self._open = ElidedLabel("", "warn")
        self._money = label("", "strong")
        self._word = label("奖励合计", "hint")
        self._budget = label("", "hint")
        self._over = label("", "err")
        self._row.addLayout(self._grades)
        self._row.addStretch(1)
        for part in (self._open, self._word, self._money, self._budget, self._over):
            self._row.addWidget(part)

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._row.setContentsMargins(margin, 4, margin, 4)
        self._open.setVisible(not narrow)
        self._word.setVisible(not narrow)

    def show_state(self, state: YearState, rows: Sequence[ResultRow]) -> None:
        """Count and add up a year's results."""
        view = state.view
        if view is None:
            return
        clear(self._grades)
        counts = Counter(row.result.grade for row in rows)
        for grade in view.scheme.grades():
            self._grades.addWidget(Badge(grade_face(view, grade)))
            self._grades.addWidget(label(str(counts[grade])))
        budget = view.scheme.budget_fen
        money = sum(row.result.amount_fen for row in rows)
        over = 0 if budget is None else max(money - budget, 0)
        self._money.setText(yuan(money))
        self._budget.setText("" if budget is None else f"/ 预算 {yuan(budget)}")
        self._over.setText(f"超出 {yuan(over)}" if over else "")
        self._over.setVisible(bool(over))
        self._open.set_whole_text(_open_places(state))


def _open_places(state: YearState) -> str:
    """Awards with places that nobody can take."""
    fillings = state.computed.outcome.awards if state.computed else ()
    return "，".join(
        f"{each.name}空缺 {each.open_places} 个（{each.reason.label}）"
        for each in fillings
        if each.reason is OpenReason.NO_CANDIDATE
    )


def yuan(fen: int) -> str:
    """Money with thousands separators; 分 only where there are some."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d} 元" if rest else f"{whole:,} 元"
