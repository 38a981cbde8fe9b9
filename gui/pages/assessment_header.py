"""The head of the assessment page: its button at the right end is always the next step of the year."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from core.model.assessment import CycleState
from gui.actions import COMPUTE, CYCLE_PATH, EXPORT, IMPORT_SCORES, RESULTS_NOTICE, Command
from gui.icons import icon
from gui.pages.assessment_state import YearState
from gui.rights import offer_act
from gui.widgets.buttons import push_button, rename
from gui.widgets.page import PageHeader

TABS = ("路径", "打分", "进度", "结果", "评分分析", "考核方案")
PATH, MARKS, PROGRESS, RESULTS, LENS, SCHEME = range(6)
ANNOUNCED = (CycleState.ANNOUNCED, CycleState.ARCHIVED)


class AssessmentHeader(PageHeader):
    """Tabs and commands; each command has its key wherever its button stands."""

    def __init__(self, acts: Mapping[Command, Callable[[], object]]) -> None:
        """`acts` says what each of the commands does."""
        super().__init__("考核", TABS)
        self._acts = acts
        self._next = IMPORT_SCORES
        self.import_button = self._button(IMPORT_SCORES)
        self.again_button = self._button(COMPUTE, "重新计算")
        self.export_button = self._button(EXPORT)
        self.primary = push_button("", lambda: self._acts[self._next](), kind="primary")
        for button in (self.import_button, self.again_button, self.export_button, self.primary):
            self.add_button(button)
        # What comes up first is the daily work.
        self.tabs.setCurrentIndex(MARKS)
        for command, act in acts.items():
            QShortcut(QKeySequence(command.keys), self, act)

    def _button(self, command: Command, text: str = "") -> QPushButton:
        button = push_button(text or command.text, self._acts[command], icon_name=command.icon)
        button.setToolTip(command.tooltip)
        return button

    def arrange(self, state: YearState | None, *, narrow: bool) -> None:
        """Show what can be done with a year as it stands, None before it is read."""
        tab = self.tabs.currentIndex()
        is_open = state is not None and state.view is not None
        current = state is not None and state.computed is not None
        # An empty page has its one button in its middle, the path in its band.
        alone = tab == PATH or (state is not None and tab in (RESULTS, LENS) and not state.has_results)
        self._next = _next_step(state)
        self.tabs.setVisible(is_open)
        # Unfolded first, so that a small window folds away only what belongs to this tab.
        self.set_narrow(False)
        may_change = state is not None and not state.is_frozen
        self.import_button.setVisible(is_open and may_change and self._next is not IMPORT_SCORES)
        self.again_button.setVisible(current and may_change)
        self.export_button.setVisible(current and tab == RESULTS)
        self.primary.setVisible(is_open and not alone and not _is_done(state))
        self.set_narrow(narrow)
        offer_act(self.primary, self._acts[self._next])
        rename(self.primary, self._next.text)
        self.primary.setIcon(icon(self._next.icon, "on_accent"))
        self.primary.setToolTip(self._next.tooltip)


def _next_step(state: YearState | None) -> Command:
    if state is None or not state.has_sheets:
        return IMPORT_SCORES
    if state.computed is None:
        return COMPUTE
    view = state.computed.view
    return RESULTS_NOTICE if view.cycle.state in ANNOUNCED and not view.is_told else CYCLE_PATH


def _is_done(state: YearState | None) -> bool:
    """Whether nothing comes next: the year is told and archived."""
    view = state.view if state else None
    return view is not None and view.is_told and view.cycle.state is CycleState.ARCHIVED
