"""The papers that a work group holds: plan, lists, minutes; what is missing, and their files.

pane = GroupPapers(desk); pane.show_papers(group id, rows, "缺专项工作方案")
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from core.model.ledger_view import LedgerRow
from core.model.task_ledgers import GROUP_PAPERS
from core.model.tasks import GroupPaper, PaperKind
from gui.actions import EDIT, REMOVE, command_action
from gui.desk import Desk
from gui.dialogs.ledger_form import LedgerForm
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.undo import do_undoably
from gui.widgets.attachments import AttachmentBox
from gui.widgets.banner import Banner
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label, rule

COLUMNS: tuple[Column[GroupPaper], ...] = (
    Column(
        "文件",
        lambda paper: paper.kind.label,
        stretch=True,
        sort_key=lambda paper: list(PaperKind).index(paper.kind),
        second=lambda paper: paper.title,
    ),
    Column(
        "年度",
        lambda paper: str(paper.year or ""),
        width=68,
        align_right=True,
        sort_key=lambda paper: paper.year,
    ),
    Column("日期", lambda paper: str(paper.dated_on or ""), width=108, quiet=True),
)


class GroupPapers(QWidget):
    """A list, and under it the files of the one selected."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._group_id = ""
        self._wanted = ""
        self._shown_id = ""
        self._box: AttachmentBox | None = None
        self.model = RecordTableModel(COLUMNS, lambda paper: paper.id, parent=self)
        self.table = RecordTable(self.model, desk.settings, "group_papers", label="工作组文件")
        self.missing = Banner("warn", "")
        self._files = ScrollPane(12)
        self._nothing = label("还没有登记文件", "secondary")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.table.set_row_height(48)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 4, 12, 8)
        holder.addWidget(self.missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(holder)
        column.addWidget(self.table, 3)
        column.addWidget(self._nothing, 1)
        column.addWidget(rule())
        column.addWidget(self._files, 2)

    def _connect(self) -> None:
        edit = command_action(EDIT, self.edit, self.table)
        remove = command_action(REMOVE, self.remove, self.table)
        remove.setShortcut(Qt.Key.Key_Delete)
        for action in (edit, remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.table.addAction(action)
        self.table.opened.connect(lambda _paper: self.edit())
        self.table.current_changed.connect(self._show_files)

    def show_papers(self, group_id: str, rows: Sequence[LedgerRow], gap: str) -> None:
        """Show what a group holds; `gap` says what this year still lacks."""
        self._group_id = group_id
        self.missing.setVisible(bool(gap))
        self.missing.set_text(gap)
        self.model.set_records([row.record for row in rows])
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if self._wanted and self.model.rows_of({self._wanted}):
            self.table.select_ids((self._wanted,))
            self._wanted = ""
        elif rows and self.table.current_record() is None:
            self.table.selectRow(0)
        self._show_files(self.table.current_record())

    def _show_files(self, paper: GroupPaper | None) -> None:
        self._files.setVisible(paper is not None)
        if paper is None or paper.id == self._shown_id:
            return
        self._shown_id = paper.id
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
        self._box = AttachmentBox(self._desk, paper.id)
        self._files.body.addWidget(self._box, 0, Qt.AlignmentFlag.AlignTop)
        self._box.load()

    def files(self) -> AttachmentBox | None:
        """The files of the current paper."""
        return self._box

    def fill_menu(self, menu: QMenu) -> None:
        """Offer the kinds of papers."""
        for kind in PaperKind:
            menu.addAction(kind.label, lambda kind=kind: self.new(kind))

    @needs("ledgers.save")
    def new(self, kind: PaperKind) -> None:
        """A form for a paper of this group and year."""
        year = self._desk.services.clock().year
        fixed = {"work_group_id": self._group_id, "kind": kind.value, "year": str(year)}
        form = LedgerForm(self._desk, GROUP_PAPERS, None, self, fixed)
        form.saved.connect(self._want)
        form.open()

    @needs("ledgers.save")
    def edit(self) -> None:
        """The form of the current paper."""
        if (paper := self.table.current_record()) is not None:
            LedgerForm(self._desk, GROUP_PAPERS, paper, self).open()

    @needs("ledgers.remove")
    def remove(self) -> None:
        """Put the selected papers into the bin."""
        ids = [paper.id for paper in self.table.selected_records()]
        ledgers = self._desk.services.ledgers
        if ids:
            do_undoably(
                self._desk,
                lambda: ledgers.remove(GROUP_PAPERS, ids),
                title="移到回收站",
                told=lambda count: f"已移到回收站：{count} 个文件",
                owner=self,
            )

    def _want(self, record_id: str) -> None:
        self._wanted = record_id
