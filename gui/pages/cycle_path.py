"""路径: how far a cycle has come, its next gate and what stands before it, its objections and entries."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.model.assessment import CycleState
from core.model.cycle_path import CyclePath
from core.model.cycle_view import CycleView
from core.services.cycle_reading import STILL_OPEN
from core.services.files import write_file
from gui.desk import Desk
from gui.dialogs.cycle_name import CycleName
from gui.dialogs.gate_form import GATES, GateForm
from gui.dialogs.reason_form import ReasonForm
from gui.icons import icon
from gui.messages import PACKAGE_OUT
from gui.pages.assessment_state import YearState
from gui.pages.cycle_path_rows import OBJECTIONS, shown_steps, waiting_rows
from gui.pages.entries import EntriesList
from gui.pages.objections import ObjectionsList
from gui.rights import Way, needs, offer, offer_act
from gui.widgets.buttons import push_button, rename
from gui.widgets.card import Card, ScrollPane
from gui.widgets.notice_line import open_folder_of
from gui.widgets.path_frame import PathFrame
from gui.widgets.to_do_list import ToDoList

LISTS = ("异议", "加减分和一票否决")
OBJECTIONS_LIST = LISTS.index("异议")
LIST_HEIGHT = 196
REVOCABLE = (CycleState.ANNOUNCED, CycleState.ARCHIVED)
FINISHED = "这次考核已归档"
FINISHED_DETAIL = "每个得分的来历随时可查；查实问题仍可撤销。"


class CyclePathPane(QWidget):
    """The path over its waiting things, and the two lists under them."""

    asked = Signal(str)
    said = Signal(str, str, str)
    """What was done, and the verb and the action of what follows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path: CyclePath | None = None
        self._actions: tuple[str, ...] = ()
        self._links: tuple[str, ...] = ()
        self.frame = PathFrame()
        self.name_button = push_button("修改考核名称", self.rename, kind="link")
        self.back_button = push_button("退回上一步", self.step_back, icon_name="arrow-go-back-line")
        self.revoke_button = push_button("撤销结果", lambda: self.asked.emit("revoke"))
        offer(desk.services.gate, self.revoke_button, "decisions.revoke")
        self.revoke_button.setToolTip("查实问题的，在结果里选中对象撤销")
        self.package_button = push_button("导出结果包", self.export_package, icon_name="upload-2-line")
        self.package_button.setToolTip("给别的单位或电脑核对：装了本程序的双击就重新计算，逐项对照")
        self.gate_button = push_button("", self.go_on, kind="primary")
        self.begins: QWidget = self.gate_button
        self._waiting_card = Card("还差什么")
        self.waiting = ToDoList()
        self.lists = QTabBar()
        self.objections = ObjectionsList(desk)
        self.entries = EntriesList(desk)
        self._shown = QStackedWidget()
        self._area = ScrollPane(24)
        self._build()
        self._connect()

    def _build(self) -> None:
        buttons = (self.name_button, self.back_button, self.package_button, self.revoke_button)
        for button in (*buttons, self.gate_button):
            self.frame.add_button(button)
        self._waiting_card.body.addWidget(self.waiting)
        self._area.body.setSpacing(16)
        self._area.body.addWidget(self.frame)
        self._area.body.addWidget(self._waiting_card)
        self._area.body.addWidget(self._list_card(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.frame.hide()
        self._waiting_card.hide()

    def _list_card(self) -> QFrame:
        self.lists.setDrawBase(False)
        self.lists.setExpanding(False)
        self.lists.setElideMode(Qt.TextElideMode.ElideNone)
        self.lists.setAccessibleName("异议和加减分")
        for text in LISTS:
            self.lists.addTab(text)
        for view in (self.objections, self.entries):
            self._shown.addWidget(view)
        self._shown.setMinimumHeight(LIST_HEIGHT)
        card = QFrame()
        card.setProperty("kind", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 8, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.lists)
        column.addWidget(self._shown, 1)
        return card

    def _connect(self) -> None:
        self.lists.currentChanged.connect(self._shown.setCurrentIndex)
        self.frame.steps.chosen.connect(lambda place: self._follow(self._actions[place]))
        self.waiting.chosen.connect(lambda place: self._follow(self._links[place]))

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._area.body.setContentsMargins(margin, margin, margin, margin)
        self.frame.set_narrow(narrow)
        for view in (self.objections, self.entries):
            view.table.set_narrow(narrow)

    # What is shown

    def show_state(self, state: YearState) -> None:
        """Show a cycle."""
        view = state.view
        if view is None:
            return
        self.objections.show_view(view)
        self.entries.show_view(view, frozen=state.is_frozen)
        counts = (len(view.objections), sum(not each.lifted for each in view.entries))
        for place, (text, count) in enumerate(zip(LISTS, counts, strict=True)):
            self.lists.setTabText(place, f"{text} {count}" if count else text)
        self._show_path(view, self._desk.services.cycles.path_of(view))

    def _show_path(self, view: CycleView, path: CyclePath) -> None:
        self._path = path
        steps, waiting = shown_steps(path, view), waiting_rows(path, view)
        self._actions = tuple(each.action for each in steps)
        self._links = tuple(each.action for each in waiting)
        self.frame.steps.set_steps([each.step for each in steps])
        self.waiting.set_rows([each.row for each in waiting])
        for row, action in zip(self.waiting.rows(), self._links, strict=True):
            offer_act(row, Way(self._desk, action))
        self._waiting_card.setVisible(bool(waiting))
        self._show_next(path)
        self.frame.show()

    def _show_next(self, path: CyclePath) -> None:
        target = path.next_state
        self.frame.show_finished(target is None)
        self.frame.title.setText(GATES[target].verb if target else FINISHED)
        self.frame.detail.setText(path.consequence or FINISHED_DETAIL)
        stops = [each.message for each in path.blockers if not each.may_stand]
        self.gate_button.setVisible(target is not None)
        # Where the gate cannot be passed yet, the work is in the lists.
        self.begins = self.lists if stops or target is None else self.gate_button
        self.name_button.setVisible(path.cycle.state in STILL_OPEN)
        self.back_button.setVisible(path.back_to is not None)
        for button in (self.package_button, self.revoke_button):
            button.setVisible(path.cycle.state in REVOCABLE)
        if target is not None:
            rename(self.gate_button, GATES[target].verb)
            self.gate_button.setIcon(icon(GATES[target].icon, "on_accent"))
            computes = target is CycleState.COMPUTED
            offer_act(self.gate_button, Way(self._desk, "compute") if computes else self._pass_gate)
            self.gate_button.setEnabled(not stops)
            self.gate_button.setToolTip(stops[0] if stops else path.consequence)

    # Where it leads

    def _follow(self, action: str) -> None:
        """What belongs to a step or a link; the next gate opens, one that was passed has nothing to do."""
        if action == OBJECTIONS:
            self.lists.setCurrentIndex(OBJECTIONS_LIST)
            self.objections.table.setFocus()
        elif self._path is not None and action == str(self._path.next_state):
            self.gate_button.click()
        elif action not in tuple(CycleState):
            self.asked.emit(action)

    def go_on(self) -> None:
        """Go through the next gate: computing needs nothing more, the others ask once."""
        if self._path is not None and self._path.next_state is CycleState.COMPUTED:
            self.asked.emit("compute")
        else:
            self._pass_gate()

    @needs("cycles.publish")
    def _pass_gate(self) -> None:
        path = self._path
        if path is None or path.next_state is None:
            return
        form = GateForm(self._desk, path, self)
        gate = GATES[path.next_state]
        form.passed.connect(lambda _path: self.said.emit(f"{gate.done}。", *gate.paper))
        form.open()

    def export_package(self) -> None:
        """Write the announced cycle to a file that is verified without this store."""
        path = self._path
        if path is None:
            return
        cycle, verification = path.cycle, self._desk.services.verification
        name = f"{cycle.year}年度考核结果包.sptpkg"
        file = self._desk.messages.choose_save_file("导出结果包", PACKAGE_OUT, name=name, purpose="export")
        if file is not None:
            self._desk.jobs.start(
                lambda _report: write_file(file, verification.package(cycle.year, cycle.code)),
                lambda _done: self._desk.tell(
                    f"已把结果包导出到“{file.name}”", "打开文件夹", lambda: open_folder_of(file)
                ),
                title="导出结果包",
                owner=self,
            )

    @needs("cycles.rename")
    def rename(self) -> None:
        """Ask for another name."""
        if self._path is not None:
            CycleName(self._desk, self._path.cycle, self).open()

    @needs("cycles.step_back")
    def step_back(self) -> None:
        """Ask why, and go one step back."""
        path = self._path
        if path is None or path.back_to is None:
            return
        cycle, cycles = path.cycle, self._desk.services.cycles
        form = ReasonForm(
            "退回上一步",
            f"从“{cycle.state.label}”退回“{path.back_to.label}”",
            (("考核", f"{cycle.year} 年度 {cycle.title}"),),
            "退回以后评分可以改，改完要重新计算；公示以后就不能再退回。",
            parent=self,
        )
        form.accepted_with.connect(
            lambda reason: self._desk.jobs.start(
                lambda _report: cycles.step_back(cycle.year, reason, cycle.code),
                lambda path: self.said.emit(f"已退回“{path.cycle.state.label}”。", "", ""),
                title="退回上一步",
                saves=True,
                owner=self,
            )
        )
        form.open()
