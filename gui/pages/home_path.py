"""The upper half of the home page: the year's path with the next step, and what waits."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from core.model.year_path import NextStep, StepState, ToDo, YearPath
from gui.actions import COMPUTE, IMPORT_ROSTER, IMPORT_SCORES, RESULTS_NOTICE, Command
from gui.desk import Desk
from gui.icons import icon
from gui.rights import Way, offer_act
from gui.theme import fix_width, scaled
from gui.widgets import step_path, to_do_list
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button, rename
from gui.widgets.card import Card, ScrollPane
from gui.widgets.labels import IconLabel, label
from gui.widgets.path_frame import PathFrame

_STEP_ACTIONS = {
    "roster": "roster",
    "open": "open_year",
    "marks": "open_year",
    "compute": "results",
    "report": "cycle_path",
    "publish": "cycle_path",
    "confirm": "cycle_path",
    "announce": "cycle_path",
    "archive": "cycle_path",
    "notice": "notice",
    "certificates": "certificates",
}
_VERB_ICONS = {
    "import_roster": "upload-2-line",
    "open_year": "calendar-check-line",
    "import_scores": "upload-2-line",
    "compute": "calculator-line",
    "cycle_path": "calendar-check-line",
    "notice": "file-text-line",
    "certificates": "award-line",
    "results": "bar-chart-box-line",
}
# What else may be wanted at a step, beside its own button.
_ALSO = {
    "compute": ("导入评分表", "import_scores"),
    "notice": ("查看结果", "results"),
    "certificates": ("查看通报", "notice"),
}
_COMMANDS = {
    "import_roster": IMPORT_ROSTER,
    "import_scores": IMPORT_SCORES,
    "compute": COMPUTE,
    "notice": RESULTS_NOTICE,
}
SHOWN_AT_LEAST = 156
_TONES = {
    "error": ("err", "err"),
    "warn": ("warn", "warn"),
    "info": ("info", "info"),
    "quiet": ("text2", "line"),
}


class PathCard(PathFrame):
    """The steps of the year over the band that says what to do now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._keys: tuple[str, ...] = ()
        self._is_open = False
        self._next = self._also = ""
        self.steps.chosen.connect(self._go_to_step)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        fix_width(self._bar, 160)
        self._bar.setAccessibleName("评分表收齐程度")
        self._count = label("", "hint")
        self._other = push_button("", lambda: desk.go(self._also))
        self.primary = push_button("", lambda: desk.go(self._next), kind="primary")
        for part in (self._bar, self._count):
            self.beside.addWidget(part)
        for button in (self._other, self.primary):
            self.add_button(button)

    def show_path(self, path: YearPath) -> None:
        self._keys = tuple(step.key for step in path.steps)
        self._is_open = any(step.key == "open" and step.state is StepState.DONE for step in path.steps)
        self.steps.set_steps(
            [
                step_path.Step(step.title, step.detail, step_path.StepState[step.state.name])
                for step in path.steps
            ]
        )
        self.show_finished(all(step.state is not StepState.CURRENT for step in path.steps))
        self._show_next(path.next_step)

    def _show_next(self, step: NextStep) -> None:
        self.title.setText(step.title)
        self.detail.setText(step.detail)
        has_count = step.total > 0
        self._bar.setVisible(has_count)
        self._count.setVisible(has_count)
        if has_count:
            self._bar.setRange(0, step.total)
            self._bar.setValue(step.done)
            missing = step.total - step.done
            self._count.setText(f"已交 {step.done:,} 份" + (f"，缺 {missing:,} 份" if missing else ""))
        self._show_buttons(step)

    def _show_buttons(self, step: NextStep) -> None:
        self._next = step.action
        rename(self.primary, step.verb)
        self.primary.setIcon(_icon_of(step.action, "on_accent"))
        offer_act(self.primary, Way(self._desk, step.action))
        word, self._also = _ALSO.get(step.action, ("", ""))
        rename(self._other, word)
        self._other.setIcon(_icon_of(self._also, "text2"))
        # A notice that is there is opened, which is for everybody.
        offer_act(self._other, Way(self._desk, "" if self._also == "notice" else self._also))
        self._other.setVisible(bool(word))
        for button, action in ((self.primary, step.action), (self._other, self._also)):
            command = _COMMANDS.get(action, Command(""))
            button.setShortcut(command.keys)
            button.setToolTip(command.tooltip)

    def _go_to_step(self, index: int) -> None:
        key = self._keys[index]
        if key == "open" and self._is_open:
            self._desk.go("results")
        else:
            self._desk.go(_STEP_ACTIONS.get(key, key))


def _icon_of(action: str, token: str) -> QIcon:
    name = _VERB_ICONS.get(action.partition(":")[0])
    return icon(name, token) if name else QIcon()


class ToDoCard(Card):
    """What waits, the most urgent first; each row leads to where it is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("待办", note="")
        self._desk = desk
        self._actions: tuple[str, ...] = ()
        self._is_narrow = False
        self._rows = to_do_list.ToDoList()
        self._rows.chosen.connect(lambda index: desk.go(self._actions[index]))
        self._nothing = QFrame()
        nothing = QHBoxLayout(self._nothing)
        nothing.setContentsMargins(0, 12, 0, 12)
        nothing.setSpacing(8)
        nothing.addWidget(IconLabel("checkbox-circle-fill", "ok", 20))
        nothing.addWidget(label("没有要办的事", "secondary"), 1)
        self.body.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._pane = ScrollPane(0)
        self._pane.body.addWidget(self._rows)
        self.body.addWidget(self._pane, 1)

    def set_narrow(self, narrow: bool) -> None:
        """In a small window the whole page scrolls, otherwise the rows alone."""
        self._is_narrow = narrow
        height = self._rows.sizeHint().height() if narrow else scaled(SHOWN_AT_LEAST)
        self._pane.setMinimumHeight(height)

    def show_to_do(self, waiting: Sequence[ToDo]) -> None:
        self._actions = tuple(each.action for each in waiting)
        self.set_note(f"{len(waiting)} 项" if waiting else "")
        self._nothing.setVisible(not waiting)
        self._pane.setVisible(bool(waiting))
        self._rows.set_rows([_row(each) for each in waiting])
        self.set_narrow(self._is_narrow)


def _row(waiting: ToDo) -> to_do_list.ToDo:
    token, kind = _TONES[waiting.tone]
    badge = BadgeFace(waiting.badge, kind) if waiting.badge else None
    ending = "fill" if waiting.tone == "error" else "line"
    return to_do_list.ToDo(
        f"{waiting.icon}-{ending}", token, waiting.title, waiting.detail, badge, waiting.verb
    )
