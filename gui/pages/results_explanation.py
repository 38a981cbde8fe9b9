"""Why one organization got what it got: figure, grade, rank, and the trace step by step down to the sheets.

pane = ExplanationPane(); pane.show_row(state, row)
pane.sheet_asked.connect(open_sheet)      stage code, rater code, subject id
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from core.model.assessment import ResultState, TraceInput, TraceStep
from gui.pages.assessment_state import YearState, grade_face
from gui.pages.results_rows import ResultRow
from gui.theme import row_height, scaled
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import icon_button
from gui.widgets.labels import ElidedLabel, IconLabel, label
from gui.widgets.trace_view import TraceStep as ShownStep
from gui.widgets.trace_view import TraceView

WIDTH = 414
SHEET_RULE, GAP_RULE, GRADE_RULES = "R2", "R5", frozenset({"R9", "R10"})

SheetKey = tuple[str, str, str]


class ExplanationPane(QFrame):
    """Head, steps, foot; says what belongs here while nothing is chosen."""

    closed = Signal()
    sheet_asked = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("得分说明")
        self.setMinimumWidth(scaled(320))
        self._name = label("", "heading", wrap=True, selectable=True)
        self._figure = label("", "figure")
        self._unit = label("分", "hint")
        self._badge = Badge(BadgeFace(""))
        self._rank = label("", "")
        self.trace = TraceView()
        self._when = ElidedLabel("", "hint")
        self._empty = label("选中一个组织，这里逐步说明它的得分从哪里来", "secondary", wrap=True)
        self._stack = QStackedWidget()
        self._build()
        self.trace.source_asked.connect(lambda key: self.sheet_asked.emit(*key))

    def _build(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(32)
        chosen = QFrame()
        column = QVBoxLayout(chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.trace, 1)
        column.addWidget(self._foot())
        self._stack.addWidget(self._empty)
        self._stack.addWidget(chosen)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self._stack)

    def _head(self) -> QFrame:
        head = QFrame()
        column = QVBoxLayout(head)
        column.setContentsMargins(20, 12, 12, 10)
        column.setSpacing(4)
        upper = QHBoxLayout()
        upper.addWidget(self._name, 1)
        close = icon_button("close-line", "关闭说明（Esc）", self.closed.emit, dense=True)
        upper.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        for part in (self._figure, self._unit, self._badge, self._rank):
            lower.addWidget(part)
        lower.addStretch(1)
        column.addLayout(upper)
        column.addLayout(lower)
        return head

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        foot.setFixedHeight(row_height(30) + 8)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel("lock-2-line", "text2", 16))
        row.addWidget(self._when, 1)
        return foot

    def show_row(self, state: YearState, row: ResultRow | None) -> None:
        """Explain a result; None where none is chosen."""
        view = state.view
        self._stack.setCurrentIndex(0 if row is None or view is None else 1)
        if row is None or view is None:
            return
        result = row.result
        self._name.setText(row.subject.name)
        self._figure.setText("—" if result.final is None else str(result.final))
        self._unit.setVisible(result.final is not None)
        self._badge.setVisible(row.grade is not None)
        if row.grade:
            self._badge.set_face(row.grade)
        self._rank.setText(_standing(state, row))
        self.trace.set_steps(shown_steps(state, row))
        stale = "（已过时）" if view.stale else ""
        at = view.cycle.computed_at.replace("T", " ")[:16]
        self._when.set_whole_text(f"计算于 {at}{stale}，数据校验码 {view.cycle.digest[:8].upper()}")


def _standing(state: YearState, row: ResultRow) -> str:
    if row.result.rank:
        view = state.view
        ranked = sum(1 for each in view.results if each.rank) if view else 0
        word = row.rank if row.rank.startswith("并列") else f"第 {row.rank} 名"
        return f"{word} / {ranked}"
    return {
        ResultState.INCOMPLETE: "评分不全，不排名",
        ResultState.VETOED: "一票否决，不排名",
        ResultState.NOT_ASSESSED: f"不参评（{row.subject.barred}）",
        ResultState.COMPLETE: "不排名",
    }[row.result.state]


def shown_steps(state: YearState, row: ResultRow) -> list[ShownStep]:
    """The trace for the eye: the sheets of a stage as one block, each with the way to it."""
    shown: list[ShownStep] = []
    sheets: list[TraceStep] = []
    keys = _sheet_keys(state, row)
    for step in row.result.trace:
        if step.rule == SHEET_RULE:
            sheets.append(step)
            continue
        if sheets:
            shown.append(_sheets_block(sheets, keys))
            sheets = []
        shown.append(_block(state, step, keys))
    if sheets:
        shown.append(_sheets_block(sheets, keys))
    return shown


def _sheet_keys(state: YearState, row: ResultRow) -> dict[str, SheetKey]:
    """The way to the sheet by the rater's name, as the trace says it."""
    progress = state.view.progress if state.view else ()
    return {
        each.rater.name: (each.stage.code, each.rater.code, row.subject.id) for each in reversed(progress)
    }


def _sheets_block(sheets: Sequence[TraceStep], keys: dict[str, SheetKey]) -> ShownStep:
    given = [step.inputs[0] for step in sheets if step.inputs]
    return ShownStep(
        "规则 2",
        f"{len(sheets)} 份评分表",
        working=tuple(_doubts(sheets)),
        sources=tuple(
            (f"{each.label} {each.value}　{each.source}", keys[each.label])
            for each in given
            if each.label in keys
        ),
    )


def _doubts(sheets: Sequence[TraceStep]) -> Iterator[str]:
    for step in sheets:
        for doubt in step.inputs[1:]:
            yield f"{step.inputs[0].label}{doubt.label}：{doubt.value}——{doubt.source}"


def _block(state: YearState, step: TraceStep, keys: dict[str, SheetKey]) -> ShownStep:
    rule = f"规则 {step.rule.removeprefix('R')}"
    lines = tuple(line for line in step.working.splitlines() if line)
    if step.rule == GAP_RULE and step.inputs and step.inputs[0].label in keys:
        source = ((f"查看{step.inputs[0].label}评分表", keys[step.inputs[0].label]),)
        return ShownStep(rule, step.title, working=lines, sources=source)
    lines = (*map(_input_line, step.inputs), *lines)
    view = state.view
    if view is not None and step.outcome in view.scheme.grades() and step.rule in GRADE_RULES:
        return ShownStep(rule, step.title, working=lines, badge=grade_face(view, step.outcome))
    if _is_short(step.outcome):
        return ShownStep(rule, step.title, step.outcome, lines)
    return ShownStep(rule, step.title, working=(*lines, step.outcome) if step.outcome else lines)


def _input_line(each: TraceInput) -> str:
    source = f"（{each.source}）" if each.source else ""
    return f"{each.label}　{each.value}{source}".replace("　（", "（")


def _is_short(outcome: str) -> bool:
    """Whether an outcome fits beside its title."""
    return len(outcome) <= 12
