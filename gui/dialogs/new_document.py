"""A new document: from which template, and what it is about.

form = NewDocument(desk, lines, parent); form.wanted (Wanted); form.open()
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QHBoxLayout, QWidget

from core.errors import AppError
from core.services.document_opening import Wanted
from core.services.document_subjects import NEEDED, Choice
from core.services.document_templates import TemplateLine
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label
from gui.widgets.search_field import SearchField

ROW_HEIGHT = 52
COLUMNS: tuple[Column[TemplateLine], ...] = (
    Column("文种", lambda each: each.genre, width=100, bold=True),
    Column("模板", lambda each: each.name, width=640, stretch=True, second=lambda each: each.purpose),
    Column("内容取自", lambda each: each.about.label, width=110, quiet=True),
)


class NewDocument(FramedDialog):
    """Enter takes the template that is chosen."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, lines: Sequence[TemplateLine], parent: QWidget) -> None:
        super().__init__("起草文书", (860, 520), parent)
        self._desk = desk
        self.model = RecordTableModel(COLUMNS, record_id=lambda each: each.code)
        self.model.set_records(lines)
        self.table = RecordTable(self.model, desk.settings, "new_document", label="文书模板")
        self.table.set_row_height(ROW_HEIGHT)
        self._search = SearchField("文种、名称、用途", width=240)
        self._start = push_button("起草", self._take, kind="primary")
        self.about = QComboBox()
        self._about_line = QFrame()
        self._trouble = label("", "warn", wrap=True)
        self._build()
        self._search.changed.connect(self._find)
        self.table.opened.connect(lambda _line: self._take())
        self.table.current_changed.connect(self._ask_choices)
        self.about.currentTextChanged.connect(lambda _text: self._allow())
        self.table.selectRow(0)
        self.table.setFocus()

    def _build(self) -> None:
        self.head.addWidget(label(f"{self._desk.year} 年度的文书，用哪个模板", "heading"), 1)
        self.head.addWidget(self._search)
        self.middle.addWidget(self.table)
        self.middle.addWidget(self._about_line)
        self._build_about()
        self.foot.addWidget(label("文字起草后都可以改；模板在“模板”页修改", "hint"))
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self._start)
        self._start.setDefault(True)

    def _build_about(self) -> None:
        """What the document is about, where there is a choice; typed words find it."""
        self._about_line.setProperty("kind", "filters")
        self.about.setEditable(True)
        self.about.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        found = QCompleter(self.about.model(), self.about)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        found.popup().setProperty("kind", "popup")
        self.about.setCompleter(found)
        self.about.setAccessibleName("写哪一个")
        row = QHBoxLayout(self._about_line)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        word = label("写哪一个", "secondary")
        word.setBuddy(self.about)
        row.addWidget(word)
        row.addWidget(self.about, 1)
        row.addWidget(self._trouble, 1)
        self._about_line.hide()

    def _ask_choices(self, line: TemplateLine | None) -> None:
        self._about_line.hide()
        self._start.setEnabled(False)
        if line is None:
            return
        subjects, year, cycle = self._desk.services.document_subjects, self._desk.year, self._desk.cycle
        self._desk.jobs.look(
            lambda: _choices(lambda: subjects.choices(line.about, year, cycle)),
            lambda found: self._show_choices(line, *found),
            title="查找可写的事项",
            owner=self,
        )

    def _show_choices(self, line: TemplateLine, choices: Sequence[Choice], trouble: str) -> None:
        if self.table.current_record() is not line:
            return
        needed = line.about in NEEDED
        if needed and not choices and not trouble:
            trouble = f"现在没有可以写的{line.about.label}。"
        self.about.clear()
        if not needed:
            self.about.addItem(f"全部\uff08{len(choices)} 个，每个一份\uff09", "")
        for ref_id, words in choices:
            self.about.addItem(words, ref_id)
        self.about.setCurrentIndex(0)
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self.about.setVisible(bool(choices))
        self._about_line.setVisible(bool(choices or trouble))
        self._allow()

    def _allow(self) -> None:
        line = self.table.current_record()
        no_choice = self.about.isHidden() and line is not None and line.about not in NEEDED
        self._start.setEnabled(line is not None and (no_choice or self._chosen() is not None))

    def _chosen(self) -> str | None:
        """The id that was chosen, empty for all; nothing where the words are none of those offered."""
        place = self.about.findText(self.about.currentText())
        return None if place < 0 else str(self.about.itemData(place))

    def _find(self, text: str) -> None:
        def holds(line: TemplateLine) -> bool:
            return text in f"{line.genre} {line.name} {line.purpose}"

        self.model.set_filter(holds if text else None)
        if self.model.rowCount():
            self.table.selectRow(0)

    def _take(self) -> None:
        line = self.table.current_record()
        if line is not None and self._start.isEnabled():
            ref_id = "" if self.about.isHidden() else self._chosen() or ""
            self.accept()
            self.wanted.emit(Wanted(line.code, self._desk.year, self._desk.cycle, ref_id))


def _choices(find: Callable[[], tuple[Choice, ...]]) -> tuple[tuple[Choice, ...], str]:
    """What can be chosen, or why nothing can be."""
    try:
        return find(), ""
    except AppError as error:
        return (), str(error)
