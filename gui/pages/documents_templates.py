"""The templates of documents: shipped, changed by the office, its own; written as documents are.

A template has no data: its fields stand by their names. It is saved by a button, for every later document
begins with it.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.document_text import DocumentText
from core.services.document_editing import FieldWords
from core.services.document_templates import TemplateLine
from core.services.files import read_text, write_file
from gui.actions import SAVE
from gui.desk import Desk
from gui.dialogs.template_name import TemplateName
from gui.messages import Answer
from gui.pages.documents_editor import DocumentEditor
from gui.pages.documents_pane import DocumentsPane
from gui.rights import needs, offer
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import fix_width
from gui.undo import do_undoably
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.labels import WrappingLabel
from gui.widgets.notice_line import open_folder_of

T = TypeVar("T")
LIST_WIDTH, NARROW_WIDTH = 340, 216
TEMPLATES = "文书模板 (*.toml)"
SHIPPED, CHANGED, OWN = (
    BadgeFace("自带", "mute"),
    BadgeFace("已修改", "warn"),
    BadgeFace("自己的", "info"),
)


def face_of(line: TemplateLine) -> BadgeFace:
    """Whose a template is."""
    if not line.is_own:
        return SHIPPED
    return CHANGED if line.is_shipped else OWN


COLUMNS: tuple[Column[TemplateLine], ...] = (
    Column(
        "模板",
        lambda line: line.name,
        stretch=True,
        second=lambda line: f"{line.genre} · {line.about.label}",
        tooltip=lambda line: line.purpose,
    ),
    Column("来源", lambda line: face_of(line).text, width=92, badges=lambda line: (face_of(line),)),
)


class TemplatesPane(DocumentsPane):
    """List and editor."""

    title = "模板"
    document_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._text: DocumentText | None = None
        self._line: TemplateLine | None = None
        self._is_changed = False
        self.model = RecordTableModel(COLUMNS, record_id=lambda line: line.code)
        self.table = RecordTable(self.model, desk.settings, "templates", label="文书模板")
        self.editor = DocumentEditor(desk, is_template=True)
        self._side = QWidget()
        self._purpose = WrappingLabel("", "hint")
        self._more = push_button("更多")
        self._restore = push_button("恢复自带", self._ask_restore, icon_name="refresh-line")
        self._write = push_button("用它起草", self._start_document, icon_name="add-line")
        self.save_button = push_button("保存模板", self.save, icon_name=SAVE.icon, kind="primary")
        self.save_button.setShortcut(SAVE.keys)
        self._build()
        self.table.current_changed.connect(self._choose)
        self.editor.edited.connect(self._edited)

    def _build(self) -> None:
        menu = QMenu(self._more)
        menu.addAction("另存为新模板……", self._ask_name)
        menu.addAction("导出为文件", self._export)
        menu.addAction("从文件导入", self._import)
        menu.addSeparator()
        self._remove = menu.addAction("删除这个模板", self._ask_remove)
        gate = self._desk.services.gate
        offer(gate, self.save_button, "document_templates.save")
        offer(gate, self._remove, "document_templates.remove")
        self.editor.set_locked(bool(gate.why_not("document_templates.save")))
        self._more.setMenu(menu)
        self._more.setProperty("menu", True)
        fix_width(self._side, LIST_WIDTH)
        left = QVBoxLayout(self._side)
        left.setContentsMargins(0, 0, 1, 0)
        left.addWidget(self.table)
        self.table.set_row_height(52)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        words = QHBoxLayout()
        words.setContentsMargins(18, 12, 18, 0)
        words.addWidget(self._purpose)
        right.addLayout(words)
        right.addWidget(self.editor, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)

    # The pane

    def buttons(self) -> Sequence[QAbstractButton]:
        if self._line is None:
            return ()
        changed = self._line.is_own and self._line.is_shipped
        return (self._more, *((self._restore,) if changed else ()), self._write, self.save_button)

    def take_focus(self) -> None:
        self.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        fix_width(self._side, NARROW_WIDTH if narrow else LIST_WIDTH)
        self.editor.set_small(narrow)

    def may_leave(self) -> bool:
        """Ask about what was not saved."""
        if not self._is_changed:
            return True
        answer = self._desk.messages.ask_save("对这个模板的修改")
        if answer is Answer.SAVE:
            self.save()
        elif answer is Answer.DISCARD:
            self._show_text()
        return answer is not Answer.STAY

    def reload(self) -> None:
        templates = self._desk.services.document_templates
        self._desk.jobs.start(lambda _report: templates.lines(), self._show, title="读取模板", owner=self)

    def _show(self, lines: tuple[TemplateLine, ...]) -> None:
        self.model.set_records(lines)
        if self.table.current_record() is None:
            self.table.selectRow(0)
        elif not self._is_changed:
            self._load(self.table.current_record())

    def _choose(self, line: TemplateLine | None) -> None:
        if line is None or (self._line is not None and line.code == self._line.code):
            return
        if not self.may_leave():
            assert self._line is not None
            self.table.select_ids((self._line.code,))
            return
        self._is_changed = False
        self._load(line)

    def _load(self, line: TemplateLine) -> None:
        templates = self._desk.services.document_templates
        self._desk.jobs.start(
            lambda _report: templates.template(line.code),
            lambda text: self._opened(line, text),
            title="打开模板",
            owner=self,
        )

    def _opened(self, line: TemplateLine, text: DocumentText) -> None:
        is_same = self._text == text and self._line is not None and self._line.code == line.code
        self._line, self._text = line, text
        if not is_same:
            self._show_text()
        self._purpose.setText(line.purpose or "这个模板没有写用途。")
        self._remove.setEnabled(line.is_own and not line.is_shipped)
        self.rearranged.emit()

    def _show_text(self) -> None:
        if self._text is not None:
            self.editor.show_text(self._text, FieldWords(None, self._text.about))
            self._is_changed = False
            self.save_button.setEnabled(False)

    def _edited(self) -> None:
        self._is_changed = True
        self.save_button.setEnabled(True)

    # Acts

    def save(self) -> None:
        """Keep the office's own version."""
        if self._text is not None:
            self._keep(self.editor.text(), "已保存模板")

    def _keep(self, text: DocumentText, told: str) -> None:
        templates = self._desk.services.document_templates
        self._is_changed = False
        do_undoably(
            self._desk,
            lambda: templates.save(text),
            title="保存模板",
            told=lambda _none: f"{told}“{text.name}”",
            done=lambda _none: self._kept(text),
            failed=self._refused,
            owner=self,
        )

    def _kept(self, text: DocumentText) -> None:
        if self._text is not None and self._text.code == text.code:
            self._text = text
        self.save_button.setEnabled(self._is_changed)

    def _refused(self, error: AppError) -> None:
        self._edited()
        self._desk.messages.show_error(error, headline="没有保存模板")

    @needs("document_templates.restore")
    def _ask_restore(self) -> None:
        templates = self._desk.services.document_templates
        if (line := self._line) is not None:
            self._give_up(
                lambda: templates.restore(line.code),
                "恢复自带",
                lambda text: f"模板“{text.name}”已恢复成自带的",
            )

    @needs("document_templates.remove")
    def _ask_remove(self) -> None:
        templates = self._desk.services.document_templates
        if (line := self._line) is not None:
            self._give_up(
                lambda: templates.remove(line.code), "删除模板", lambda _none: f"已删除模板“{line.name}”"
            )

    def _give_up(self, act: Callable[[], T], title: str, told: Callable[[T], str]) -> None:
        """Take the office's own wording away, with what is not saved of it."""
        self._is_changed = False
        do_undoably(self._desk, act, title=title, told=told, owner=self)

    @needs("document_templates.save")
    def _ask_name(self) -> None:
        if self._text is None:
            return
        form = TemplateName(self._text, self)
        form.named.connect(lambda text: self._keep(text, "已另存为模板"))
        form.based_on(self.editor.text())
        form.open()

    @needs("documents.write")
    def _start_document(self) -> None:
        if self._line is not None and self.may_leave():
            self.document_asked.emit(self._line.code)

    def _export(self) -> None:
        if self._text is None:
            return
        path = self._desk.messages.choose_save_file(
            "导出模板", TEMPLATES, name=f"{self._text.name}.toml", purpose="export"
        )
        if path is not None:
            templates, text = self._desk.services.document_templates, self.editor.text()
            self._desk.jobs.start(
                lambda _report: write_file(path, templates.written(text).encode()),
                lambda _none: self._desk.tell(
                    f"已导出“{path.name}”", "打开文件夹", lambda: open_folder_of(path)
                ),
                title="导出模板",
                owner=self,
            )

    @needs("document_templates.save")
    def _import(self) -> None:
        path = self._desk.messages.choose_open_file("导入模板", TEMPLATES, purpose="import")
        if path is None or not self.may_leave():
            return
        templates = self._desk.services.document_templates

        def work() -> DocumentText:
            text = templates.read(read_text(path))
            templates.save(text)
            return text

        do_undoably(
            self._desk,
            work,
            title="导入模板",
            told=lambda text: f"已导入模板“{text.name}”",
            failed=lambda error: self._desk.messages.show_error(error, headline=f"没有导入“{path.name}”"),
            owner=self,
        )
