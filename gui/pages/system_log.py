"""The log of changes: every act with its number, time, person, verb and reason; what it did beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.journal import Act
from gui.desk import Desk
from gui.pages.roster_split import SideSplit
from gui.pages.system_act import ActPane
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.labels import label
from gui.widgets.search_field import SearchField

SHOWN_ACTS = 2000

COLUMNS: tuple[Column[Act], ...] = (
    Column("序号", lambda act: str(act.number), width=64, align_right=True, sort_key=lambda act: act.number),
    Column("时间", lambda act: f"{act.at:%Y-%m-%d %H:%M}", width=148, sort_key=lambda act: act.at),
    Column("操作人", lambda act: act.actor, width=96, sort_key=lambda act: act.actor),
    Column("操作", lambda act: act.verb, width=176, bold=True, sort_key=lambda act: act.verb),
    Column("说明或原因", lambda act: act.reason, width=240, stretch=True, quiet=True),
    Column(
        "改动记录数",
        lambda act: f"{act.change_count:,}",
        width=120,
        align_right=True,
        sort_key=lambda act: act.change_count,
    ),
)


class LogPane(QWidget):
    """A list to look through, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._model = RecordTableModel(COLUMNS, record_id=lambda act: act.number)
        self._table = RecordTable(self._model, desk.settings, "log", label="变更记录")
        self._search = SearchField("操作人、操作、说明", width=240, keys="Ctrl+F")
        self._count = label("", "hint")
        self.story = ActPane(desk)
        self._build()
        self._search.changed.connect(self._filter)
        self._table.current_changed.connect(self.story.show_act)
        self._table.opened.connect(lambda _act: self._open_story())
        self.story.closed.connect(self._close_story)
        leave = QShortcut(Qt.Key.Key_Escape, self.story, self._close_story)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        bar = QFrame()
        bar.setProperty("kind", "filters")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 10, 24, 10)
        row.addWidget(self._search)
        row.addStretch(1)
        row.addWidget(self._count)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._table, 1)
        self._split = SideSplit(left, self.story, width=360)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)

    def reload(self) -> None:
        """Read the newest entries again."""
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: services.register.acts(SHOWN_ACTS), self._show, title="读取变更记录"
        )

    def set_narrow(self, narrow: bool) -> None:
        """Fewer columns in a small window."""
        self._table.set_narrow(narrow)
        self._split.set_narrow(narrow)

    def _open_story(self) -> None:
        self._split.show_side()
        self.story.setFocus()

    def _close_story(self) -> None:
        self._split.close_side()
        self._table.setFocus()

    def _show(self, acts: tuple[Act, ...]) -> None:
        self._model.set_records(acts)
        if self._table.current_record() is None and acts:
            self._table.setCurrentIndex(self._model.index(0, 0))
        self._show_count()

    def _filter(self, needle: str) -> None:
        def holds(act: Act) -> bool:
            return needle in act.actor or needle in act.verb or needle in act.reason

        self._model.set_filter(holds if needle else None)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = len(self._model.shown()), self._model.total()
        newest = f"最近 {total:,} 次" if total == SHOWN_ACTS else f"{total:,} 次"
        self._count.setText(newest if shown == total else f"{shown:,} / {newest}")
