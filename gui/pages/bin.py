"""回收站: what was removed, when and by whom, and the way back.

pane = BinPane(desk); pane.reload(); pane.restore_current()
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.versions import BinEntry
from gui.desk import Desk
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.undo import do_undoably
from gui.widgets.buttons import push_button
from gui.widgets.chip import ChipFilter
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import label
from gui.widgets.search_field import SearchField

COLUMNS: tuple[Column[BinEntry], ...] = (
    Column("名称", lambda entry: entry.title, width=240, stretch=True),
    Column("种类", lambda entry: entry.label, width=120, quiet=True),
    Column(
        "移走时间",
        lambda entry: f"{entry.act.at:%Y-%m-%d %H:%M}",
        width=148,
        quiet=True,
        sort_key=lambda entry: entry.act.number,
    ),
    Column("操作人", lambda entry: entry.act.actor, width=96, quiet=True),
    Column("操作", lambda entry: entry.act.verb, width=144, quiet=True, narrow=False),
    Column("原因", lambda entry: entry.act.reason, width=160, quiet=True, narrow=False),
)


class BinPane(QWidget):
    """Newest first; a restored record comes back with all that went with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model = RecordTableModel(
            COLUMNS, record_id=lambda entry: (entry.act.number, entry.record_id), parent=self
        )
        self.table = RecordTable(self.model, desk.settings, "bin", label="回收站")
        self._search = SearchField("名称", width=200, keys="Ctrl+F")
        self._kind = ChipFilter("种类")
        self._count = label("", "hint")
        self.restore_button = push_button(
            "恢复", self.restore_current, icon_name="history-line", kind="primary", dense=True
        )
        self._stack = QStackedWidget()
        self._build()
        self._search.changed.connect(lambda _text: self._filter())
        self._kind.changed.connect(lambda _kind: self._filter())
        self.table.current_changed.connect(lambda entry: self.restore_button.setEnabled(entry is not None))
        self.table.opened.connect(lambda _entry: self.restore_button.setFocus())

    def _build(self) -> None:
        bar = QFrame()
        bar.setProperty("kind", "filters")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addWidget(self._search)
        row.addWidget(self._kind)
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(self.restore_button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        empty = EmptyPage(
            "delete-bin-6-line",
            "回收站是空的",
            "移到回收站的组织、台账记录都在这里，随时可以恢复，不会自动清空。",
        )
        for page in (QWidget(), whole, empty):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def set_narrow(self, narrow: bool) -> None:
        """Fewer columns in a small window."""
        self.table.set_narrow(narrow)

    def reload(self) -> None:
        """Read what is in the bin now."""
        versions = self._desk.services.versions
        self._desk.jobs.start(lambda _report: versions.bin(), self._show, title="读取回收站")

    def _show(self, entries: tuple[BinEntry, ...]) -> None:
        self._kind.set_choices(sorted({(each.kind, each.label) for each in entries}))
        self.model.set_records(entries)
        self._filter()
        self._stack.setCurrentIndex(1 if entries else 2)

    def _filter(self) -> None:
        needle, kind = self._search.needle(), self._kind.chosen()

        def holds(entry: BinEntry) -> bool:
            return needle in entry.title and kind in (None, entry.kind)

        self.model.set_filter(holds if needle or kind else None)
        shown, total = self.model.rowCount(), self.model.total()
        self._count.setText(f"{total:,} 条" if shown == total else f"{shown:,} / {total:,} 条")
        if self.table.current_record() is None and shown:
            self.table.selectRow(0)
        self.restore_button.setEnabled(self.table.current_record() is not None)

    @needs("versions.restore")
    def restore_current(self) -> None:
        """Bring the current record back."""
        entry: BinEntry | None = self.table.current_record()
        if entry is None:
            return
        versions = self._desk.services.versions
        self.restore_button.setEnabled(False)
        do_undoably(
            self._desk,
            lambda: versions.restore(entry.act.number, entry.record_id),
            title="从回收站恢复",
            told=lambda _none: f"已恢复{entry.label}“{entry.title}”",
            ended=lambda: self.restore_button.setEnabled(self.table.current_record() is not None),
            owner=self,
        )
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
