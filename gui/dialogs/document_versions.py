"""Every version of a document, and two of them beside each other: what was added, what was taken out.

VersionsDialog(desk, opened, parent).open()
"""

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from core.model.text_comparison import Change, ComparedParagraph, ComparedRun
from core.services.document_opening import OpenDocument
from core.services.document_versions import compare_versions
from core.services.documents import DocumentVersion
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import color, fix_width, font
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import ElidedLabel, label, upright

LIST_WIDTH = 340
Row = tuple[int, DocumentVersion]
COLUMNS: tuple[Column[Row], ...] = (
    Column("时间", lambda row: f"{row[1].act.at:%m-%d %H:%M}", width=104, quiet=True),
    Column("谁", lambda row: row[1].act.actor, width=72),
    Column("做了什么", lambda row: row[1].act.verb, stretch=True),
)


class VersionsDialog(FramedDialog):
    """One version chosen is compared with that before it; two chosen with each other."""

    def __init__(self, desk: Desk, opened: OpenDocument, parent: QWidget) -> None:
        super().__init__("版本", (1080, 600), parent)
        self._desk = desk
        self._opened = opened
        self._versions: tuple[DocumentVersion, ...] = ()
        self._compared: tuple[ComparedParagraph, ...] = ()
        self.model = RecordTableModel(COLUMNS, record_id=lambda row: row[0], parent=self)
        self.table = RecordTable(self.model, desk.settings, "document_versions", label="版本")
        self.text = QTextEdit()
        self._between = ElidedLabel("", "hint")
        self._only = QCheckBox("只看改过的段落")
        self._build()
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._compare())
        self._only.toggled.connect(lambda _on: self._paint())
        self._load()

    def _build(self) -> None:
        self.head.addWidget(ElidedLabel(self._opened.document.title, "heading"), 1)
        self.head.addWidget(self._only)
        fix_width(self.table, LIST_WIDTH)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("两个版本的对照")
        self.text.setTabChangesFocus(True)
        right = QVBoxLayout()
        right.setContentsMargins(16, 8, 16, 12)
        right.setSpacing(8)
        right.addWidget(self._between)
        right.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.table)
        row.addWidget(upright())
        row.addLayout(right, 1)
        self.middle.addLayout(row)
        self.foot.addWidget(label("绿底是加上的，红色划线是删去的；按住 Ctrl 选两个版本，互相对照", "hint"))
        self.close_below()
        self.table.setFocus()

    def _load(self) -> None:
        documents, document_id = self._desk.services.documents, self._opened.document.id
        self._desk.jobs.start(
            lambda _report: documents.versions(document_id), self._show, title="读取版本", owner=self
        )

    def _show(self, versions: tuple[DocumentVersion, ...]) -> None:
        self._versions = versions
        self.model.set_records(tuple(enumerate(versions)))
        self.table.selectRow(0)

    def _compare(self) -> None:
        rows = [row[0] for row in self.table.selected_records()]
        if not rows:
            return
        newer = rows[0]
        older = rows[-1] if len(rows) > 1 else min(newer + 1, len(self._versions) - 1)
        new, old = self._versions[newer], self._versions[older]
        if newer == older:
            self._between.set_whole_text("第一稿，前面没有别的版本")
        else:
            self._between.set_whole_text(
                f"{old.act.at:%Y-%m-%d %H:%M} {old.act.actor} 的一稿 → "
                f"{new.act.at:%Y-%m-%d %H:%M} {new.act.actor} 的一稿"
            )
        opened = self._opened
        self._desk.jobs.look(
            lambda: compare_versions(opened, old.text, new.text),
            self._show_compared,
            title="对照",
            owner=self,
        )

    def _show_compared(self, compared: tuple[ComparedParagraph, ...]) -> None:
        self._compared = compared
        self._paint()

    def _paint(self) -> None:
        only = self._only.isChecked()
        shown = [each for each in self._compared if not only or each.change is not Change.KEPT]
        self.text.clear()
        cursor = self.text.textCursor()
        space = QTextBlockFormat()
        space.setBottomMargin(6)
        space.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        first = 0
        for place, paragraph in enumerate(shown):
            if place:
                cursor.insertBlock()
            if not first and paragraph.change is not Change.KEPT:
                first = cursor.position()
            cursor.setBlockFormat(space)
            for run in paragraph.runs:
                cursor.insertText(run.text, _format(run))
        if not shown:
            cursor.insertText("两稿的文字一样。", _format(ComparedRun(Change.KEPT, "")))
        # The end first: what is then made visible stands at the top.
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        cursor.setPosition(first)
        self.text.setTextCursor(cursor)

    def compared(self) -> Sequence[ComparedParagraph]:
        return self._compared


def _format(run: ComparedRun) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font(14))
    made.setForeground(color("text"))
    if run.change is Change.ADDED:
        made.setBackground(color("ok_bg"))
        made.setForeground(color("ok"))
        made.setFontWeight(QFont.Weight.Bold)
    elif run.change is Change.REMOVED:
        made.setForeground(color("err"))
        made.setFontStrikeOut(True)
    return made
