"""Why one organization got what it got: figure, grade, rank, and the trace step by step down to the sheets.

pane = ExplanationPane(); pane.show_row(state, row)
pane.sheet_asked.connect(open_sheet)      stage code, rater code, subject id
pane.print_asked                          its 评分明细 on paper
pane.ruling_asked                         a DecisionKind, or None for a revocation
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout

from core.model.assessment import CycleState, ResultState, Subject, TraceInput, TraceStep
from core.model.cycle_view import CycleView, ranked_among
from core.model.decision import DecisionKind
from gui.pages.assessment_state import YearState, grade_face
from gui.pages.results_rows import ResultRow
from gui.theme import bound_width, fix_height, set_kind
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import IconLabel, label
from gui.widgets.trace_view import TraceStep as ShownStep
from gui.widgets.trace_view import TraceView

WIDTH = 414
SHEET_RULE, GRADE_RULES = "R2", frozenset({"R9", "R10"})

MOST_CHARACTERS = 24
"""A link cannot wrap, and the pane is narrow."""

ABOUT_SUBJECTS = (DecisionKind.RECHECK, DecisionKind.SCORE, DecisionKind.GRADE)

SheetKey = tuple[str, str, str]


class ExplanationPane(QFrame):
    """Head, steps, foot; says what belongs here while nothing is chosen."""

    closed = Signal()
    sheet_asked = Signal(str, str, str)
    print_asked = Signal()
    ruling_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("得分说明")
        bound_width(self, least=320)
        self._name = label("", "heading", wrap=True, selectable=True)
        self._figure = label("", "figure")
        self._unit = label("分", "hint")
        self._badge = Badge(BadgeFace(""))
        self._rank = label("", "")
        self.trace = TraceView()
        self._when = label("", "hint", selectable=True)
        self.print_button = push_button(
            "打印评分明细", self.print_asked.emit, icon_name="printer-line", dense=True
        )
        self.rulings = push_button("作出决定", dense=True)
        self._rulings_menu = QMenu(self.rulings)
        self._empty = label("选中一个考核对象，这里逐步说明它的得分从哪里来", "secondary", wrap=True)
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
        upper.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
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
        fix_height(foot, 52, spare=16)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel("lock-2-line", "text2", 16))
        row.addWidget(self._when, 1)
        set_kind(self.rulings, "menu", True)
        self.rulings.setMenu(self._rulings_menu)
        row.addWidget(self.rulings)
        return foot

    def show_row(self, state: YearState, row: ResultRow | None) -> None:
        """Explain a result; None where none is chosen."""
        view = state.view
        self._stack.setCurrentIndex(0 if row is None or view is None else 1)
        if row is None or view is None:
            return
        result = row.result
        self._name.setText(row.subject.name)
        self._figure.setText(row.final or "—")
        self._unit.setVisible(result.final is not None)
        self._badge.setVisible(row.grade is not None)
        if row.grade:
            self._badge.set_face(row.grade)
        self._rank.setText(_standing(state, row))
        self.trace.set_steps(shown_steps(state, row))
        at = view.cycle.computed_at.replace("T", " ")[:16]
        code = "已过时" if view.stale else f"数据校验码 {view.cycle.digest[:8].upper()}"
        self._when.setText(f"计算于 {at}\n{code}")
        self.print_button.setVisible(state.computed is not None)
        self._offer_rulings(state, row)

    def _offer_rulings(self, state: YearState, row: ResultRow) -> None:
        """What people may decide about this result now."""
        self._rulings_menu.clear()
        for kind, words in rulings_about(state, row):
            self._rulings_menu.addAction(words, partial(self.ruling_asked.emit, kind))
        nothing = self._rulings_menu.isEmpty()
        if nothing and self.window().focusWidget() is self.rulings:
            # Qt would send the keyboard to another part of the window, and a dialog may just be closing.
            self.print_button.setFocus()
        self.rulings.setVisible(not nothing)


def rulings_about(state: YearState, row: ResultRow) -> list[tuple[DecisionKind | None, str]]:
    """The kinds of decisions about a subject that are open now; None stands for a revocation."""
    if state.computed is None or row.subject.barred or row.result.state is ResultState.REVOKED:
        return []
    reached = state.computed.view.cycle.state
    found: list[tuple[DecisionKind | None, str]] = []
    if reached is not CycleState.ARCHIVED:
        found += [(kind, f"{kind.label}…") for kind in ABOUT_SUBJECTS]
    if reached in (CycleState.ANNOUNCED, CycleState.ARCHIVED):
        found.append((None, "撤销结果…"))
    return found


def _standing(state: YearState, row: ResultRow) -> str:
    if row.result.rank:
        word = "并列第" if row.rank.startswith("并列") else "第"
        return f"{word} {row.result.rank} 名 / {_ranked_with(state.view, row.subject)}"
    return {
        ResultState.INCOMPLETE: "评分不全，不排名",
        ResultState.VETOED: "一票否决，不排名",
        ResultState.REVOKED: "已撤销，不排名",
        ResultState.NOT_ASSESSED: f"不参评（{row.subject.barred}）",
        ResultState.COMPLETE: "不排名",
    }[row.result.state]


def _ranked_with(view: CycleView | None, subject: Subject) -> int:
    """How many have a rank among those that it is ranked among."""
    if view is None:
        return 0
    within = view.scheme.rank_within
    group = ranked_among(within, subject)
    among = {each.id for each in view.subjects if ranked_among(within, each) == group}
    return sum(1 for each in view.results if each.rank and each.subject_id in among)


def shown_steps(state: YearState, row: ResultRow) -> list[ShownStep]:
    """The trace for the eye: each figure that comes from a sheet is the way to that sheet."""
    keys = _sheet_keys(state, row)
    trace = state.computed.explain(row.id) if state.computed else row.result.trace
    return [_block(state, step, keys) for step in trace]


def _sheet_keys(state: YearState, row: ResultRow) -> dict[str, SheetKey]:
    """The way to a sheet by what the trace says of it: the rater's name, with or without the stage's."""
    keys: dict[str, SheetKey] = {}
    for each in reversed(state.view.progress if state.view else ()):
        key = each.stage.code, each.rater.code, row.subject.id
        keys[each.rater.name] = keys[each.stage.name + each.rater.name] = key
    return keys


def _block(state: YearState, step: TraceStep, keys: dict[str, SheetKey]) -> ShownStep:
    rule = f"规则 {step.rule.removeprefix('R')}"
    stage = step.title.removesuffix("评分表")
    sources, inputs = [], []
    for each in step.inputs:
        key = keys.get(stage + each.label, keys.get(each.label))
        if key is not None:
            sources.append(
                (_sheet_words(each) if step.rule == SHEET_RULE else f"查看{each.label}的评分表", key)
            )
        else:
            inputs.append(_input_line(each))
    # The marks of a sheet stand in the sheet, one click away; their sums are the figures of the links.
    working = () if step.rule == SHEET_RULE else tuple(step.working.splitlines())
    lines = (*inputs, *working)
    view = state.view
    if view is not None and step.outcome in view.scheme.grades() and step.rule in GRADE_RULES:
        return ShownStep(rule, step.title, working=lines, badge=grade_face(view, step.outcome))
    outcome = step.outcome[step.outcome.find("≈") :] if "≈" in step.outcome else step.outcome
    return ShownStep(rule, step.title, outcome, lines, tuple(sources))


def _sheet_words(each: TraceInput) -> str:
    """Rater, figure and row; the file and a sheet named like the rater say nothing new."""
    place = each.source.partition(" ")[2] if " 第 " in each.source else each.source
    words = f"{each.label} {each.value}　{place.removeprefix(each.label).strip()}".strip()
    return words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"


def _input_line(each: TraceInput) -> str:
    source = f"（{each.source}）" if each.source else ""
    return f"{each.label}　{each.value}{source}".replace("　（", "（")
