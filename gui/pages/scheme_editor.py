"""One scheme being written: outline at the left, form at the right, findings under it.

editor = SchemeEditor(desk); editor.begin(draft, began_as="code" or None); editor.draft()
editor.may_leave(); editor.save(); editor.left(); editor.trial_asked(year, cycle)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.cycle_view import CycleLine
from core.model.scheme_draft import DraftFinding, Path, Table, Value, moved, removed
from core.model.scheme_parts import part_at, part_of
from core.model.scheme_view import SchemeLine
from core.services.files import write_file
from gui.actions import EXPORT, SAVE, command_button
from gui.desk import Desk
from gui.messages import Answer
from gui.pages.scheme_findings import SchemeFindings
from gui.pages.scheme_form import SchemeForm
from gui.pages.scheme_outline import SchemeOutline
from gui.pages.scheme_places import Place, keys_at, lists_at, place_of, with_new
from gui.theme import bound_width, scaled
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.notice_line import NoticeLine, open_folder_of
from gui.widgets.page import PageHeader

SCHEME_OUT = "Excel 表格 (*.xlsx);;方案文本 (*.toml)"
CHECK_AFTER_MS = 300
OUTLINE, NARROW_OUTLINE = 288, 200
MOST_UNDONE = 200


@dataclass(frozen=True, slots=True)
class _Step:
    """The draft before a change, and what was changed: typing on in one field is one step."""

    draft: Table
    at: tuple[object, ...]


class SchemeEditor(QWidget):
    """Keeps the draft; nothing is stored before it is saved."""

    left = Signal()
    saved = Signal(object)
    trial_asked = Signal(int, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._draft = self._kept = Table()
        self._began_as: str | None = None
        self._steps: list[_Step] = []
        self._findings: Sequence[DraftFinding] = ()
        self.header = PageHeader("考核方案")
        self.notice = NoticeLine()
        self.outline = SchemeOutline()
        self.form = SchemeForm()
        self.found = SchemeFindings()
        self._trial_menu = QMenu(self)
        self._add_menu = QMenu(self)
        self.save_button = command_button(SAVE, self.save, kind="primary")
        self.trial_button = push_button("用往年评分试算", icon_name="flask-line")
        self.undo_button = push_button("撤销上一步", self.undo, icon_name="arrow-go-back-line")
        self._add_button = push_button("添加", dense=True)
        self._split = QSplitter()
        self._checking = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.show_back(self.leave)
        self.trial_button.setMenu(self._trial_menu)
        self.trial_button.setProperty("menu", True)
        self.header.add_button(self.undo_button)
        self.header.add_button(command_button(EXPORT, self.export))
        self.header.add_button(self.trial_button)
        self.header.add_button(self.save_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._tools())
        column.addWidget(self.outline, 1)
        main = QWidget()
        right = QVBoxLayout(main)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.form, 1)
        right.addWidget(self.found)
        for part in (side, main):
            self._split.addWidget(part)
        self._split.setStretchFactor(1, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._side = side
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in (self.header, self.notice):
            outer.addWidget(part)
        outer.addWidget(self._split, 1)
        self.set_narrow(False)

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 8, 8, 8)
        tools.setSpacing(2)
        self._add_button.setMenu(self._add_menu)
        self._add_button.setProperty("menu", True)
        tools.addWidget(self._add_button)
        tools.addStretch(1)
        acts = (
            ("arrow-up-line", "上移\uff08Alt+↑\uff09", "up"),
            ("arrow-down-line", "下移\uff08Alt+↓\uff09", "down"),
            ("delete-bin-6-line", "删除\uff08Del\uff09", "remove"),
        )
        self._act_buttons = [
            icon_button(icon, words, partial(self._act_on_chosen, act), dense=True)
            for icon, words, act in acts
        ]
        for button in self._act_buttons:
            tools.addWidget(button)
        return tools

    def _connect(self) -> None:
        self._checking.setSingleShot(True)
        self._checking.setInterval(CHECK_AFTER_MS)
        self._checking.timeout.connect(self._check)
        self.outline.chosen.connect(self._show_place)
        self.outline.asked.connect(self._act)
        self.form.changed.connect(self._put)
        self.form.asked.connect(self._act_at)
        self.found.chosen.connect(self._go_to)

    def set_narrow(self, narrow: bool) -> None:
        self.header.set_narrow(narrow)
        width = NARROW_OUTLINE if narrow else OUTLINE
        bound_width(self._side, least=width)
        self._split.setSizes([scaled(width), scaled(900)])

    # Beginning and leaving

    def begin(self, draft: Table, began_as: str | None) -> None:
        """Write on from a draft; `began_as` is None where it was not kept yet."""
        self._draft, self._began_as = draft, began_as
        self._kept = draft if began_as else Table()
        self._steps.clear()
        self.notice.hide()
        self.outline.show_draft(draft)
        first = place_of((), "name")
        self.outline.choose(first)
        self._show_place(first)
        self._check()
        self._tell_state()

    def show_cycles(self, cycles: Sequence[CycleLine]) -> None:
        """Offer these cycles to try the scheme on."""
        self._trial_menu.clear()
        for line in cycles:
            action = QAction(f"{line.year} 年度 {line.title}", self._trial_menu)
            action.triggered.connect(partial(self.trial_asked.emit, line.year, line.code))
            self._trial_menu.addAction(action)
        self.trial_button.setEnabled(bool(cycles))

    def draft(self) -> Table:
        """The draft as it stands."""
        return self._draft

    def is_changed(self) -> bool:
        """Whether something would be lost."""
        return self._draft != self._kept

    def may_leave(self) -> bool:
        """False where the user wants to write on; what is to be saved first is saved."""
        if not self.isVisible() or not self.is_changed():
            return True
        answer = self._desk.messages.ask_save("对方案的修改")
        if answer is Answer.SAVE:
            self.save()
        return answer is Answer.DISCARD

    def leave(self) -> None:
        """Back to the list of schemes."""
        if self.may_leave():
            self._kept = self._draft
            self.left.emit()

    def take_focus(self) -> None:
        """Where the work begins."""
        self.outline.setFocus()

    # Changing

    def _put(self, path: Path, key: str, value: Value | None) -> None:
        self._remember(path, key)
        self._draft = self._draft.put_at(path, self._draft.at(path).put(key, value))
        self.outline.follow(self._draft)
        self.form.follow(self._draft)
        self._checking.start()
        self._tell_state()

    def _remember(self, *at: object) -> None:
        if not self._steps or self._steps[-1].at != at:
            self._steps = [*self._steps[-MOST_UNDONE:], _Step(self._draft, at)]

    def undo(self) -> None:
        """Take the last change back."""
        if self._steps:
            self._draft = self._steps.pop().draft
            self._rebuild(self.outline.place())

    def _act_on_chosen(self, act: str) -> None:
        if (place := self.outline.place()) is not None:
            self._act(act, place)

    def _act(self, act: str, place: Place) -> None:
        """What was asked for in the outline."""
        if act == "undo":
            self.undo()
        elif act == "form":
            self.form.focus(place.path, "name")
        elif act == "add":
            self._offer(place)
            self._add_button.showMenu()
        elif not place.is_page:
            self._act_at(act, place.path)

    def _act_at(self, act: str, path: Path) -> None:
        """What was asked for at a table; `add` and `shape` name the list and the key."""
        if act == "open":
            self.outline.choose(place_of(path))
        elif act == "shape":
            # After the choice has told everybody, or it would be gone in the middle of it.
            QTimer.singleShot(0, self, lambda: self._reshape(path))
        elif act == "add":
            self._add(path[:-1], str(path[-1]))
        elif act == "remove":
            self._remember("remove", path, len(self._steps))
            self._draft = removed(self._draft, path)
            self._rebuild(place_of(path[:-2], str(path[-2])))
        else:
            self._remember(act, path, len(self._steps))
            self._draft, path = moved(self._draft, path, -1 if act == "up" else 1)
            self._rebuild(place_of(path) if self.outline.hasFocus() else self.outline.place())

    def _add(self, holder: Path, key: str, at: int | None = None) -> None:
        known = part_at(holder).by_key[key]
        self._remember("add", holder, key, len(self._steps))
        self._draft, path = with_new(self._draft, holder, known, at)
        self._rebuild(place_of(path, key))
        self.form.focus(path, "name")

    def _reshape(self, path: Path) -> None:
        self._show_place(self.outline.place())
        self.form.focus(path[:-1], str(path[-1]))

    def _rebuild(self, place: Place | None) -> None:
        self.outline.show_draft(self._draft)
        if place is not None:
            self.outline.choose(place)
        self._show_place(self.outline.place())
        self._check()
        self._tell_state()

    # Showing

    def _show_place(self, place: Place | None) -> None:
        if place is None:
            return
        self.form.show_place(self._draft, place)
        self._offer(place)
        for button in self._act_buttons:
            button.setEnabled(not place.is_page)

    def _offer(self, place: Place) -> None:
        """What can be added here: into the place, and beside it."""
        self._add_menu.clear()
        for known in lists_at(place) or [each for each in keys_at(place) if each.inline]:
            word = part_of(part_at(place.path), known.key).word
            inside = f"下级{word}" if known.key == "children" else word
            self._add_menu.addAction(inside).triggered.connect(partial(self._add, place.path, known.key))
        if not place.is_page:
            *holder, key, number = place.path
            assert isinstance(number, int)
            beside = partial(self._add, tuple(holder), str(key), number + 1)
            self._add_menu.addAction(f"后面再加一个{part_at(place.path).word}").triggered.connect(beside)
        self._add_button.setEnabled(not self._add_menu.isEmpty())

    def _tell_state(self) -> None:
        name = self._draft.word("name") or "未命名的方案"
        self.header.set_title(name)
        self.header.set_note("有修改，还没有保存" if self.is_changed() else "")
        self.undo_button.setEnabled(bool(self._steps))

    # Checking, saving, handing out

    def _check(self) -> None:
        draft, drafts = self._draft, self._desk.services.scheme_drafts
        self._desk.jobs.look(
            lambda: drafts.findings(draft), self._show_findings, title="检查方案", owner=self
        )

    def _show_findings(self, findings: Sequence[DraftFinding]) -> None:
        self._findings = findings
        self.outline.mark(findings)
        self.form.show_findings(findings)
        self.found.show_findings(findings)

    def _go_to(self, finding: DraftFinding) -> None:
        self.outline.choose(place_of(finding.path, finding.key))
        self.form.focus(finding.path, finding.key)

    def save(self) -> None:
        """Keep the draft as the latest version of its scheme."""
        draft, began_as, drafts = self._draft, self._began_as, self._desk.services.scheme_drafts
        self.save_button.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: drafts.save(draft, began_as),
            lambda line: self._tell_saved(draft, line),
            failed=self._tell_unsaved,
            ended=lambda: self.save_button.setEnabled(True),
            title="保存考核方案",
            saves=True,
            owner=self,
        )

    def _tell_saved(self, draft: Table, line: SchemeLine) -> None:
        self._kept, self._began_as = draft, line.code
        self.notice.say(f"已保存“{line.name}”的新一版，以后开启的考核用它；已经开启的年度不变。")
        self._tell_state()
        self.saved.emit(line)

    def _tell_unsaved(self, error: AppError) -> None:
        self._desk.messages.show_error(error, headline="没有保存方案")
        if self._findings:
            self._go_to(self._findings[0])

    def export(self) -> None:
        """Write the draft to a file, as it stands."""
        name = self._draft.word("name") or "考核方案"
        path = self._desk.messages.choose_save_file(
            "导出考核方案", SCHEME_OUT, name=f"{name}.xlsx", purpose="export"
        )
        if path is not None:
            self._export_to(path)

    def _export_to(self, path: FilePath) -> None:
        draft, drafts = self._draft, self._desk.services.scheme_drafts
        self._desk.jobs.start(
            lambda _report: write_file(path, drafts.as_file(draft, path.suffix)),
            lambda _none: self.notice.say(
                f"已把方案导出到“{path.name}”，可以在里面修改后再导入。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出考核方案",
            owner=self,
        )
