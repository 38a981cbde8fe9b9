"""The place where a document's text is written: form, tools, text, annexes.

editor = DocumentEditor(desk); editor.show_text(text, words); editor.text() -> the text as it stands
editor.moved (annex, block); editor.spot(); editor.go_to(annex, block)         where the cursor is
editor.show_words(words); editor.set_locked(True); editor.edited       by the user

The text field shows the body, or the annex that was opened in the list below it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from core.errors import InvalidInput
from core.model.document import DocumentFormat
from core.model.document_text import (
    DocumentText,
    TextAnnex,
    TextBlock,
    TextColumn,
    TextParagraph,
    TextPeople,
    TextReceipt,
    TextTable,
    WrittenBlock,
)
from core.model.facts import FactKind, FactName
from core.services.document_editing import FieldWords, facts_of
from gui.desk import Desk
from gui.dialogs.block_form import BlockForm, block_form, verb_of
from gui.dialogs.insert_fact import InsertFact
from gui.dialogs.typed_rows import USUAL_RECEIPT, TypedPeople, TypedReceipt
from gui.dialogs.typed_table import TypedTable
from gui.icons import icon
from gui.pages.documents_annexes import TAIL, AnnexList
from gui.pages.documents_form import DocumentForm
from gui.theme import fix_height, fix_width, row_height, set_kind
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import icon_button, push_button, rename
from gui.widgets.card import ScrollPane
from gui.widgets.document_edit import DocumentEdit, is_text
from gui.widgets.field_edit import FieldEdit, FieldLine
from gui.widgets.labels import ElidedLabel, label, rule

BODY = -1
LEVELS = ("正文", "一级标题", "二级标题", "三级标题", "四级标题")
LEAST_LINES = 7
MOST_COLUMNS = 8
WEIGHT = 6
ATTENDANCE, MEMBERS = ("出席", "请假", "列席"), "成员"
TAIL_HINT = "这里放出席、请假、列席的名单和送达回执：在“插入附件”里选"
HINT = "Alt+1 至 Alt+4 设标题，Alt+0 设正文；标题到第一个句号为止"


class DocumentEditor(QWidget):
    """See the module."""

    edited = Signal()
    moved = Signal(int, int)

    def __init__(self, desk: Desk, *, is_template: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._base: DocumentText | None = None
        self._words = FieldWords({})
        self._body: tuple[TextBlock, ...] = ()
        self._annexes: list[TextAnnex] = []
        self._people: tuple[TextPeople, ...] = ()
        self._receipt = TextReceipt()
        self._place = BODY
        self._is_locked = False
        self._is_template = is_template
        self._is_small = False
        self._is_showing = False
        self.form = DocumentForm(is_template=is_template)
        self.edit = DocumentEdit()
        self._target: FieldEdit = self.edit
        self._level = QComboBox()
        self._undo = icon_button("arrow-go-back-line", "撤销刚才的修改\uff08Ctrl+Z\uff09", self.edit.undo)
        self._insert = push_button("插入数据", self.ask_fact, icon_name="links-line", kind="flat")
        self._attach = push_button("插入附件", icon_name="attachment-2", kind="flat")
        self._typed = icon_button("table-line", "插入表格或名单，自己填写")
        self._kinds = QMenu(self._typed)
        self._table = _action(self._kinds, "表格", self.ask_table, "table-line")
        self._legend = Badge(BadgeFace("蓝色为自动取数", "info"))
        self._annex_line = QWidget()
        self._annex_number = label("", "strong")
        self._annex_title = FieldLine("附件标题")
        self._said = ElidedLabel("", "hint")
        self._kept = ""
        self.look = push_button("看版面", kind="flat", dense=True, icon_name="file-search-line")
        self._up = icon_button("arrow-up-line", "上移这一段\uff08Alt+↑\uff09", dense=True)
        self._down = icon_button("arrow-down-line", "下移这一段\uff08Alt+↓\uff09", dense=True)
        self._spell = push_button("转为文字", self.spell_out, dense=True)
        self._heads = push_button("改表头", self.ask_heads, dense=True)
        self._remove = push_button("去掉", self.edit.remove_block, dense=True)
        self.annexes = AnnexList()
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        self._level.addItems(LEVELS)
        self.look.setCheckable(True)
        self.look.hide()
        self._level.setAccessibleName("这一段的层次")
        self._level.setToolTip(HINT)
        fix_width(self._level, 108)
        self._insert.setToolTip("在光标处插入随数据更新的数\uff08Ctrl+J\uff09")
        self._insert.setShortcut("Ctrl+J")
        people = _action(self._kinds, "人员名单", self.ask_people, "group-line")
        self._kinds.addActions((self._table, people))
        self._typed.setMenu(self._kinds)
        self._typed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._attach.setMenu(QMenu(self._attach))
        self._attach.menu().aboutToShow.connect(self._fill_attach_menu)
        self._attach.setProperty("menu", True)
        self.edit.setMinimumHeight(row_height(30) * LEAST_LINES)
        pane = ScrollPane(0)
        body = pane.body
        body.setContentsMargins(18, 12, 18, 12)
        body.setSpacing(8)
        body.addWidget(self.form)
        body.addWidget(rule())
        body.addLayout(self._tools())
        body.addWidget(self._annex_bar())
        body.addWidget(self.edit, 1)
        body.addWidget(self._block_bar())
        body.addWidget(self.annexes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for part in (self._undo, self._insert, self._typed, self._attach):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.look)
        row.addWidget(self._legend)
        return row

    def _annex_bar(self) -> QWidget:
        row = QHBoxLayout(self._annex_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._annex_number)
        row.addWidget(self._annex_title, 1)
        back = push_button("回到正文", lambda: self.open_place(BODY), dense=True)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignRight)
        self._annex_line.hide()
        return self._annex_line

    def _block_bar(self) -> QWidget:
        line = QWidget()
        fix_height(line, 36)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._level)
        row.addSpacing(4)
        row.addWidget(self._said, 1)
        for part in (self._spell, self._heads, self._remove, self._up, self._down):
            row.addWidget(part)
        return line

    def _connect(self) -> None:
        self.form.edited.connect(self._tell)
        self.form.line_entered.connect(self._aim)
        self.edit.edited.connect(self._tell)
        self.edit.place_changed.connect(self._follow_place)
        self._level.activated.connect(self._set_level)
        self._annex_title.edited.connect(self._tell)
        self._annex_title.cursorPositionChanged.connect(lambda: self._aim(self._annex_title))
        self._up.clicked.connect(lambda: self.edit.shift(-1))
        self._down.clicked.connect(lambda: self.edit.shift(1))
        self.annexes.opened.connect(self.open_place)
        self.annexes.moved.connect(self._move_annex)
        self.annexes.removed.connect(self._remove_annex)

    def _tell(self) -> None:
        if not self._is_showing:
            self.edited.emit()

    def _aim(self, line: FieldEdit) -> None:
        """Data go where the keyboard was last."""
        if line.hasFocus():
            self._target = line

    # Showing

    def show_text(self, text: DocumentText, words: FieldWords) -> None:
        """Show a text from its beginning."""
        self._is_showing = True
        self._base, self._words = text, words
        self._body, self._annexes, self._place = text.blocks, list(text.annexes), BODY
        self._people, self._receipt = text.attendance, text.receipt
        self.form.show_text(text, words)
        self._show_place()
        self._is_showing = False
        self._follow_place()

    def show_words(self, words: FieldWords) -> None:
        """The data have changed; the text has not."""
        self._words = words
        self.form.show_words(words)
        self.edit.set_words(self._here())
        self._annex_title.set_words(self._here())
        self._show_annexes()

    def set_locked(self, locked: bool) -> None:
        """Leave the text to be looked at only."""
        self._is_locked = locked
        self.form.set_locked(locked)
        self.edit.setReadOnly(locked)
        set_kind(self.edit, "locked", locked)
        self._annex_title.setReadOnly(locked)
        tools = (self._undo, self._level, self._typed, self._attach, self._up, self._down)
        for part in tools:
            part.setEnabled(not locked)
        self._offer_inserts()
        self._legend.setVisible(not locked and not self._is_small)
        self.annexes.set_locked(locked)
        self._show_annexes()
        self._follow_place()

    def set_small(self, small: bool) -> None:
        """With little room the pages are shown on demand, and what explains the colours goes."""
        self.look.setVisible(small and not self._is_template)
        self._is_small = small
        self._legend.setVisible(not small and not self._is_locked)

    def say_kept(self, words: str) -> None:
        """Whether what was typed is in the store."""
        self._kept = words
        if self.edit.current_block() is None:
            self._said.set_whole_text(words)

    def open_place(self, place: int) -> None:
        """Write the body, or an annex."""
        self._keep_place()
        self._place = place
        self._is_showing = True
        self._show_place()
        self._is_showing = False
        self._follow_place()
        self.edit.setFocus()

    def spot(self) -> tuple[int, int]:
        """Where the cursor is: in which 附件, 0 for the body, and in which of its blocks; -1 is none."""
        return (0, -1) if self._place == TAIL else (self._place + 1, self.edit.place())

    def go_to(self, annex: int, block: int) -> None:
        """Put the cursor into a block of the body (0), or of an 附件."""
        if self._place != annex - 1:
            self.open_place(annex - 1)
        self.edit.go_to(block)
        self.edit.setFocus()

    def _here(self) -> FieldWords:
        return self._words if self._place < 0 else self._words.within(self._annexes[self._place])

    def _show_place(self) -> None:
        here = self._here()
        self.edit.set_words(here)
        self._annex_line.setVisible(self._place != BODY)
        self._annex_title.setVisible(self._place != TAIL)
        # Behind the text stand only lists and a receipt, each of them one unit: nothing is typed beside them.
        self.edit.set_units_only(self._place == TAIL)
        self.edit.setPlaceholderText(TAIL_HINT if self._place == TAIL else "")
        self._offer_inserts()
        if self._place == BODY:
            self.edit.set_blocks(self._body)
        elif self._place == TAIL:
            self._annex_number.setText("文后名单和回执")
            self.edit.set_blocks((*self._people, *([self._receipt] if self._receipt.rows else [])))
        else:
            annex = self._annexes[self._place]
            self._annex_number.setText(f"附件 {self._place + 1}")
            self._annex_title.set_words(here)
            self._annex_title.set_text(annex.title)
            self.edit.set_blocks(annex.blocks)
        self._target = self.edit
        self._show_annexes()

    def _offer_inserts(self) -> None:
        for part in (self._insert, self._table):
            part.setEnabled(not self._is_locked and self._place != TAIL)

    def _show_annexes(self) -> None:
        labels = [self._words.text(each.label) for each in self._people]
        labels += ["送达回执"] if self._receipt.rows else []
        self.annexes.show_annexes(self._annexes, self._words, self._place, labels)

    def _follow_place(self) -> None:
        if not self._is_showing:
            self.moved.emit(*self.spot())
        block = self.edit.current_block()
        if self.edit.hasFocus():
            self._target = self.edit
        self._level.setCurrentIndex(self.edit.level())
        self._level.setEnabled(block is None and not self._is_locked)
        self._said.set_whole_text(self._kept if block is None else self._here().view(block).kind)
        open_block = block is not None and not self._is_locked
        rename(self._heads, verb_of(block))
        for part in (self._heads, self._remove):
            part.setVisible(open_block)
        by_rule = isinstance(block, TextParagraph) or (isinstance(block, TextPeople) and not block.is_typed)
        self._spell.setVisible(open_block and by_rule and not self._words.is_template)

    # Reading

    def text(self) -> DocumentText:
        """The text as it stands."""
        assert self._base is not None
        self._keep_place()
        made = replace(
            self._base,
            blocks=self._body,
            annexes=tuple(self._annexes),
            attendance=self._people,
            receipt=self._receipt,
        )
        return self.form.applied_to(made)

    def _keep_place(self) -> None:
        blocks = self.edit.blocks()
        if self._place == TAIL:
            self._people = tuple(each for each in blocks if isinstance(each, TextPeople))
            self._receipt = next((each for each in blocks if isinstance(each, TextReceipt)), TextReceipt())
            return
        written = tuple(each for each in blocks if not isinstance(each, TextReceipt))
        if self._place == BODY:
            self._body = written
            return
        annex = self._annexes[self._place]
        title = self._annex_title.text() if self._annex_title.text().strip() else annex.title
        self._annexes[self._place] = replace(annex, title=title, blocks=written)

    # Acts

    def _set_level(self, level: int) -> None:
        self.edit.set_level(level)
        self.edit.setFocus()

    def ask_fact(self) -> None:
        """Choose data for the place where the keyboard was last."""
        if self._base is None or self._is_locked or self._place == TAIL:
            return
        target, about = self._target, self._base.about
        facts = facts_of(about)
        if self._place >= 0:
            each = self._annexes[self._place].each
            facts += next((known.fields for known in facts if known.name == each), ())
        form = InsertFact(self._desk, facts, self._here(), self)
        form.field_chosen.connect(target.insert_field)
        form.table_chosen.connect(lambda fact: self.edit.put_block(table_of(fact)))
        form.open()

    def spell_out(self) -> None:
        """Turn the block at the cursor into mere words."""
        block = self.edit.current_block()
        if isinstance(block, TextParagraph | TextPeople):
            try:
                self.edit.replace_block(self._here().plain(block))
            except InvalidInput as error:
                self._desk.messages.show_error(error, headline="没有转为文字")
            self.edit.setFocus()

    def ask_table(self) -> None:
        """Type a table, to stand behind the paragraph at the cursor."""
        if self._base is None or self._is_locked or self._place == TAIL:
            return
        self._write(TypedTable(None, self._here(), self._desk.messages, self), self.edit.put_block)

    def ask_people(self) -> None:
        """Type a list of people, to stand behind the paragraph at the cursor."""
        if self._base is None or self._is_locked:
            return
        self._keep_place()
        usual = ATTENDANCE if self._place == TAIL else (MEMBERS,)
        taken = [each.label for each in self._people]
        said = next((each for each in usual if each not in taken), "")
        form = TypedPeople(TextPeople(said, ""), self._here(), self._desk.messages, self)
        self._write(form, self.edit.put_block)

    def ask_attendance(self) -> None:
        """Type a list of those who were there, or were not, behind the text."""
        self._to_tail()
        self.ask_people()

    def ask_receipt(self) -> None:
        """Type a slip to be sent back, behind the text."""
        self._to_tail()
        form = TypedReceipt(USUAL_RECEIPT, self._words, self._desk.messages, self)
        self._write(form, self.edit.put_block)

    def _to_tail(self) -> None:
        self.open_place(TAIL)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def _write(self, form: BlockForm, put: Callable[[WrittenBlock], object]) -> None:
        """Ask for a block that is typed in a dialog."""
        form.written.connect(put)
        form.finished.connect(lambda _result: self.edit.setFocus())
        form.open()

    def ask_heads(self) -> None:
        """Change the heads of the block at the cursor; of what was typed all of it."""
        block = self.edit.current_block()
        if block is not None and not is_text(block):
            form = block_form(block, self._here(), self._desk.messages, self)
            self._write(form, lambda made: self.edit.replace_block((made,)))

    def _fill_attach_menu(self) -> None:
        if self._base is None:
            return
        self._keep_place()
        menu = self._attach.menu()
        menu.clear()
        menu.addAction(_action(menu, "空白附件", lambda: self.add_annex("附件标题", ())))
        for fact in facts_of(self._base.about):
            if fact.kind is FactKind.LIST and fact.fields:
                words = f"{fact.name}表"
                action = _action(menu, words, partial(self.add_annex, fact.name, (table_of(fact),)))
                action.setToolTip(fact.meaning)
                menu.addAction(action)
        menu.addSeparator()
        if DocumentFormat(self.form.format.currentData()) is DocumentFormat.MINUTES:
            menu.addAction(_action(menu, "文后名单：出席、请假、列席", self.ask_attendance, "group-line"))
        if not self._receipt.rows:
            menu.addAction(_action(menu, "送达回执", self.ask_receipt, "file-paper-2-line"))

    def add_annex(self, title: str, blocks: tuple[TextBlock, ...]) -> None:
        """Add an annex and open it."""
        self._keep_place()
        self._annexes.append(TextAnnex(title, blocks))
        self.open_place(len(self._annexes) - 1)
        self._annex_title.selectAll()
        self._annex_title.setFocus()
        self.edited.emit()

    def _move_annex(self, place: int) -> None:
        self._keep_place()
        self._annexes.insert(place - 1, self._annexes.pop(place))
        self._place = {place: place - 1, place - 1: place}.get(self._place, self._place)
        self._show_annexes()
        self.edited.emit()

    def _remove_annex(self, place: int) -> None:
        """Reversible only by versions: so it asks."""
        title = self._words.text(self._annexes[place].title)
        facts = (("附件", f"“{title}”和它的内容从这份文书里去掉"), ("正文", "提到它的地方请随后改掉"))
        if not self._desk.messages.confirm("去掉这个附件吗？", facts, yes="去掉附件"):
            return
        self._keep_place()
        self._annexes.pop(place)
        if self._place == place:
            self._place = BODY
        elif self._place > place:
            self._place -= 1
        self._is_showing = True
        self._show_place()
        self._is_showing = False
        self.edited.emit()


def table_of(fact: FactName) -> TextTable:
    """A table of a list: a column for each of its fields, as many as fit a page."""
    columns = (
        TextColumn("序号", "{序号}", 4),
        *(
            TextColumn(each.name, f"{{{each.name}}}", 2 * WEIGHT if not place else WEIGHT)
            for place, each in enumerate(fact.fields[:MOST_COLUMNS])
        ),
    )
    return TextTable(fact.name, columns)


def _action(
    menu: QMenu, text: str, handler: Callable[[], object], icon_name: str = "attachment-2"
) -> QAction:
    made = QAction(icon(icon_name), text, menu)
    made.triggered.connect(lambda _checked=False: handler())
    return made
