"""The log of changes: every act with its number, time, person, verb and reason; what it did beside it."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.audit import ActQuery
from core.model.journal import Act
from core.model.personal import LOOKS
from core.model.user import ENTRIES
from core.services.files import write_file
from gui.desk import Desk
from gui.dialogs.log_verification import LogVerification
from gui.messages import EXCEL_OUT
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_split import SideSplit
from gui.pages.system_act import ActPane
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine, open_folder_of

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
        narrow=False,
        sort_key=lambda act: act.change_count,
    ),
)


DAYS = (
    (1, "今天"),
    (7, "近 7 天"),
    (30, "近 30 天"),
    (365, "近一年"),
)


# Verbs of acts, where the keys that follow are kinds of records that were changed.
ONLY = (
    (LOOKS, "谁看过号码"),
    (ENTRIES, "登录和密码"),
)


class LogPane(QWidget):
    """A list to look through, newest first; what narrows it is asked of the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._model = RecordTableModel(COLUMNS, record_id=lambda act: act.number)
        self._table = RecordTable(self._model, desk.settings, "log", label="变更记录")
        self.filters = FilterBar(
            "操作人、说明", (("days", "时间"), ("actor", "操作人"), ("only", "只看")), unit="次"
        )
        self.filters.set_choices("days", DAYS)
        self.filters.set_choices("only", (*ONLY, *desk.services.audit.kinds()))
        self._newest = label("只列最近的", "hint")
        self._body = QStackedWidget()
        self._notice = NoticeLine()
        self.story = ActPane(desk)
        self._build()
        self.filters.changed.connect(self.reload)
        self._table.current_changed.connect(self.story.show_act)
        self._table.opened.connect(lambda _act: self._open_story())
        self.story.closed.connect(self._close_story)
        for button in (self.story.undo_button, self.story.redo_button):
            # It is soon disabled, and Qt would send the keyboard to another part of the window.
            button.clicked.connect(lambda: self._table.setFocus())
        leave = QShortcut(Qt.Key.Key_Escape, self.story, self._close_story)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self._newest.hide()
        for part in (
            self._newest,
            push_button("导出", self.export, icon_name="file-excel-2-line", dense=True),
            push_button("校验日志", self.verify, icon_name="shield-check-line", dense=True),
        ):
            self.filters.add_end(part)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._notice)
        nothing = label("没有符合条件的记录", "secondary")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self._table)
        self._body.addWidget(nothing)
        column.addWidget(self._body, 1)
        self._split = SideSplit(left, self.story, width=360, least=640)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)

    def reload(self) -> None:
        """Read the newest entries that are asked for again."""
        audit, query = self._desk.services.audit, self._query()
        self._desk.jobs.start(
            lambda _report: (audit.actors(), audit.acts(query)), self._show, title="读取变更记录"
        )

    def export(self) -> None:
        """Write what is asked for, with what it changed."""
        path = self._desk.messages.choose_save_file(
            "导出变更记录", EXCEL_OUT, name="变更记录.xlsx", purpose="export"
        )
        if path is None:
            return
        audit, query = self._desk.services.audit, self._query()
        self._desk.jobs.start(
            lambda _report: write_file(path, audit.export(query)),
            lambda _none: self._notice.say(
                f"已导出变更记录到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出变更记录",
            owner=self,
        )

    def verify(self) -> None:
        """See whether the log is whole."""
        LogVerification(self._desk, self).open()

    def set_narrow(self, narrow: bool) -> None:
        """Fewer columns in a small window."""
        self.filters.set_narrow(narrow)
        self._table.set_narrow(narrow)
        self._split.set_narrow(narrow)

    def _query(self) -> ActQuery:
        chosen = self.filters.chosen()
        days, only = chosen.get("days"), chosen.get("only")
        first = self._desk.services.clock().date() - timedelta(days - 1) if isinstance(days, int) else None
        return ActQuery(
            first=first,
            actor=str(chosen.get("actor", "")),
            kind=only if isinstance(only, str) else "",
            text=self.filters.needle(),
            verbs=only if isinstance(only, tuple) else (),
            limit=SHOWN_ACTS,
        )

    def _open_story(self) -> None:
        self._split.show_side()
        self.story.setFocus()

    def _close_story(self) -> None:
        self._split.close_side()
        self._table.setFocus()

    def _show(self, found: tuple[tuple[str, ...], tuple[Act, ...]]) -> None:
        actors, acts = found
        self.filters.set_choices("actor", tuple((each, each) for each in actors))
        self._model.set_records(acts)
        if self._table.current_record() is None and acts:
            self._table.selectRow(0)
        self.filters.set_count(len(acts), len(acts))
        self._newest.setVisible(len(acts) == SHOWN_ACTS)
        self._body.setCurrentIndex(0 if acts else 1)
