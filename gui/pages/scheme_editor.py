"""One scheme being written: outline at the left, form at the right, findings under it.

editor = SchemeEditor(desk); editor.begin(draft, began_as="code" or None); editor.draft()
editor.may_leave(); editor.save(); editor.left(); editor.trial_asked(year, cycle)
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path as FilePath

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.cycle_view import CycleLine
from core.model.scheme_draft import DraftFinding, Path, Table, Value
from core.model.scheme_view import SchemeLine
from core.services.files import write_file
from gui.actions import EXPORT, SAVE, command_button, is_redo, is_undo
from gui.desk import Desk
from gui.messages import Answer
from gui.pages.scheme_findings import SchemeFindings
from gui.pages.scheme_form import SchemeForm
from gui.pages.scheme_history import DraftHistory
from gui.pages.scheme_places import Place, place_of
from gui.pages.scheme_rows import is_filled_in_row
from gui.pages.scheme_side import SchemeSide
from gui.rights import needs
from gui.theme import bound_width, scaled
from gui.widgets.buttons import literal, push_button
from gui.widgets.notice_line import NoticeLine, open_folder_of
from gui.widgets.page import PageHeader

SCHEME_OUT = "Excel 表格 (*.xlsx);;方案文本 (*.toml)"
CHECK_AFTER_MS = 300
OUTLINE, NARROW_OUTLINE = 288, 216


class SchemeEditor(QWidget):
    """Keeps the draft; nothing is stored before it is saved."""

    left = Signal(str)
    """With the code of the scheme as it is stored, empty for one that was never kept."""
    thrown_away = Signal()
    saved = Signal(object)
    trial_asked = Signal(int, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._history = DraftHistory()
        self._began_as: str | None = None
        self._findings: Sequence[DraftFinding] = ()
        self.header = PageHeader("考核方案")
        self.notice = NoticeLine()
        self.side = SchemeSide()
        self.outline = self.side.outline
        self.form = SchemeForm()
        self.found = SchemeFindings()
        self.trial_menu = QMenu(self)
        self.save_button = command_button(SAVE, self.save, kind="primary")
        self.trial_button = push_button("用往年评分试算", icon_name="flask-line")
        self.undo_button = push_button("撤销上一步", self.undo, icon_name="arrow-go-back-line")
        self._split = QSplitter()
        self._checking = QTimer(self)
        self._build_header()
        self._build()
        self._connect()

    def _build_header(self) -> None:
        self.header.show_back(self.leave)
        self.trial_button.setMenu(self.trial_menu)
        self.trial_button.setProperty("menu", True)
        export = command_button(EXPORT, self.export)
        for button in (self.undo_button, export, self.trial_button, self.save_button):
            self.header.add_button(button)

    def _build(self) -> None:
        main = QWidget()
        right = QVBoxLayout(main)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.form, 1)
        right.addWidget(self.found)
        for part in (self.side, main):
            self._split.addWidget(part)
        self._split.setStretchFactor(1, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in (self.header, self.notice, self._split):
            outer.addWidget(part)
        outer.setStretch(2, 1)
        self.set_narrow(False)

    def _connect(self) -> None:
        self._checking.setSingleShot(True)
        self._checking.setInterval(CHECK_AFTER_MS)
        self._checking.timeout.connect(self._check)
        self.outline.chosen.connect(self._show_place)
        self.side.asked.connect(self._act)
        self.form.changed.connect(self._put)
        self.form.asked.connect(partial(self._act, in_form=True))
        self.form.pasted.connect(self._paste)
        self.found.chosen.connect(self._go_to)

    def set_narrow(self, narrow: bool) -> None:
        self.header.set_narrow(narrow)
        self.found.set_narrow(narrow)
        width = NARROW_OUTLINE if narrow else OUTLINE
        bound_width(self.side, least=width)
        self._split.setSizes([scaled(width), scaled(900)])

    # Beginning and leaving

    def begin(self, draft: Table, began_as: str | None) -> None:
        """Write on from a draft; `began_as` is None where it was not kept yet."""
        self._history.begin(draft, draft if began_as else Table())
        self._began_as = began_as
        self.notice.hide()
        self._rebuild(place_of((), "name"))

    def show_cycles(self, cycles: Sequence[CycleLine]) -> None:
        """Offer these cycles to try the scheme on."""
        self.trial_menu.clear()
        for line in cycles:
            action = QAction(literal(f"{line.year} 年度 {line.title}"), self.trial_menu)
            action.triggered.connect(partial(self.trial_asked.emit, line.year, line.code))
            self.trial_menu.addAction(action)
        self.trial_button.setEnabled(bool(cycles))

    def draft(self) -> Table:
        """The draft as it stands."""
        return self._history.draft

    def may_leave(self) -> bool:
        """False where the user wants to write on; what is to be saved first is saved."""
        if not self._history.is_changed:
            return True
        answer = self._desk.messages.ask_save("对方案的修改")
        if answer is Answer.SAVE:
            self.save()
        if answer is not Answer.DISCARD:
            return False
        # Thrown away once: it is not asked again, and does not stand here when one comes back.
        self._history.keep(self.draft())
        self.thrown_away.emit()
        return True

    def leave(self) -> None:
        """Back to the list of schemes."""
        if self.may_leave():
            self.left.emit(self._began_as or "")

    def take_focus(self) -> None:
        """Where the work begins."""
        self.outline.setFocus()

    # Changing

    def _put(self, path: Path, key: str, value: Value | None) -> None:
        self._history.put(path, key, value)
        self.outline.follow(self.draft())
        self.form.follow(self.draft())
        self._checking.start()
        self._tell_state()

    def _paste(self, path: Path, rows: Sequence[Mapping[str, Value | None]], beyond: int) -> None:
        """Put a block of a spreadsheet into the rows of a list, as one change."""
        self._history.paste(path, rows)
        self._rebuild(self.outline.place())
        self.form.focus(path, next(iter(rows[0])))
        left_out = f"，右边 {beyond} 列没有地方，没有粘贴" if beyond else ""
        (self._desk.warn if beyond else self._desk.tell)(f"粘贴了 {len(rows)} 行{left_out}")

    def undo(self) -> None:
        """Take the last change back, and show where it was made."""
        self._show_change(self._history.undo())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._show_change(self._history.redo())

    def _show_change(self, where: tuple[Path, str] | None) -> None:
        if where is not None:
            path, key = where
            focus = self.window().focusWidget()
            in_form = focus is not None and self.form.isAncestorOf(focus)
            is_gone = not key and self.draft().at(path) == Table()
            self._rebuild(place_of(path[:-2], str(path[-2])) if is_gone else place_of(path, key))
            if in_form:
                self.form.focus(path, key)

    def _act(self, act: str, path: Path, *, in_form: bool = False) -> None:
        """What was asked for in the outline or the form, at a table, a list (add) or a key (shape)."""
        if act == "form":
            self.form.focus(path, "name")
        elif act == "open":
            self.outline.choose(place_of(path))
            self.form.focus(path, "name")
        elif act == "shape":
            # After the choice has told everybody, or it would be gone in the middle of it.
            QTimer.singleShot(0, self, lambda: self._reshape(path))
        else:
            self._rearrange(act, path, in_form)

    def _rearrange(self, act: str, path: Path, in_form: bool) -> None:
        """Put tables in, take them out, move them; who works in the rows of a form stays there."""
        if act == "add":
            new = self._history.add(path)
            self._rebuild(self.outline.place() if in_form and is_filled_in_row(new) else place_of(new))
            self.form.focus(new, "name")
        elif act == "remove":
            self._history.remove(path)
            holder, key = path[:-2], str(path[-2])
            self._rebuild(place_of(holder, key))
            if in_form:
                self.form.focus(path, "name")
        else:
            there = self._history.move(path, -1 if act == "up" else 1)
            self._rebuild(self.outline.place() if in_form else place_of(there))
            if in_form:
                self.form.focus(there, "name")

    def _reshape(self, path: Path) -> None:
        self._show_place(self.outline.place())
        self.form.focus(path[:-1], str(path[-1]))

    def _rebuild(self, place: Place | None) -> None:
        self.outline.show_draft(self.draft())
        if place is not None:
            self.outline.choose(place)
        self._show_place(self.outline.place())
        self._check()
        self._tell_state()

    # Showing

    def _show_place(self, place: Place | None) -> None:
        if place is not None:
            # Before the fields go: else the keyboard would go wherever Qt thinks fit.
            self.outline.setFocus()
            self.form.show_place(self.draft(), place)
            self.side.offer(place)

    def _tell_state(self) -> None:
        self.header.set_title(self.draft().word("name") or "未命名的方案")
        unsaved = "有修改，还没有保存" if self._history.can_undo else "还没有保存"
        self.header.set_note(unsaved if self._history.is_changed else "")
        self.undo_button.setEnabled(self._history.can_undo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            self.undo()
        elif is_redo(event):
            self.redo()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Else the window would take the keys and undo the last act in the store.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (is_undo(event) or is_redo(event))
        ):
            event.accept()
            return True
        return super().event(event)

    # Checking, saving, handing out

    def _check(self) -> None:
        draft, drafts = self.draft(), self._desk.services.scheme_drafts
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

    @needs("scheme_drafts.save")
    def save(self) -> None:
        """Keep the draft as the latest version of its scheme."""
        draft, began_as, drafts = self.draft(), self._began_as, self._desk.services.scheme_drafts
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
        self._history.keep(draft)
        kept = f"“{line.name}”的新一版" if self._began_as else f"方案“{line.name}”"
        self._began_as = line.code
        self.notice.say(f"已保存{kept}，以后开启的考核用它；已经开启的年度不变。")
        self._tell_state()
        self.saved.emit(line)

    def _tell_unsaved(self, error: AppError) -> None:
        self._desk.messages.show_error(error, headline="没有保存方案")
        if self._findings:
            self._go_to(self._findings[0])

    def export(self) -> None:
        """Write the draft to a file, as it stands."""
        name = self.draft().word("name") or "考核方案"
        path = self._desk.messages.choose_save_file(
            "导出考核方案", SCHEME_OUT, name=f"{name}.xlsx", purpose="export"
        )
        if path is not None:
            self._export_to(path)

    def _export_to(self, path: FilePath) -> None:
        draft, drafts = self.draft(), self._desk.services.scheme_drafts
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
