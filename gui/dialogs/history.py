"""Everything that was changed on one record: when, who, what, old and new.

HistoryDialog(desk, name, record_id, parent).open()
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from core.model.register import HistoryLine
from gui.desk import Desk
from gui.dialogs.past_record import PastRecordDialog
from gui.pages.roster_columns import masked_phone
from gui.table_model import Column, RecordTableModel, TextRun
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import ElidedLabel, label


def _value(line: HistoryLine, text: str) -> str:
    return masked_phone(text) if line.field == "联系电话" else text


def _change_text(line: HistoryLine) -> str:
    return f"{_value(line, line.old)} → {_value(line, line.new)}"


def _change_runs(line: HistoryLine) -> tuple[TextRun, ...]:
    return (
        TextRun(_value(line, line.old), "old"),
        TextRun(" → ", "quiet"),
        TextRun(_value(line, line.new), "new"),
    )


COLUMNS: tuple[Column[tuple[int, HistoryLine]], ...] = (
    Column("时间", lambda row: row[1].at, width=148, quiet=True),
    Column("操作人", lambda row: row[1].actor, width=96, quiet=True),
    Column("做了什么", lambda row: row[1].verb, width=112),
    Column("项目", lambda row: row[1].field, width=132),
    Column(
        "旧值 → 新值", lambda row: _change_text(row[1]), stretch=True, runs=lambda row: _change_runs(row[1])
    ),
    Column("原因", lambda row: row[1].reason, width=168, quiet=True),
)


class HistoryDialog(FramedDialog):
    """Newest first."""

    def __init__(self, desk: Desk, name: str, record_id: str, parent: QWidget) -> None:
        super().__init__("变更记录", (980, 520), parent)
        self._desk = desk
        self._record_id = record_id
        self.model = RecordTableModel(COLUMNS, lambda row: row[0], parent=self)
        self._table = RecordTable(self.model, desk.settings, "history", label="变更记录")
        self._table.set_least_stretch(240)
        self._count = label("", "hint")
        self.day_button = push_button("看这一天的内容", self._open_day, icon_name="file-history-line")
        self._build(name)
        self._table.opened.connect(lambda _row: self._open_day())
        self._table.current_changed.connect(lambda row: self.day_button.setEnabled(row is not None))
        self._load()

    def _build(self, name: str) -> None:
        self.head.addWidget(ElidedLabel(name, "heading"), 1)
        self.head.addWidget(self._count)
        self.day_button.setEnabled(False)
        self.day_button.setToolTip("这条记录在选中的那一天结束时是什么样子\uff08Enter\uff09")
        self.middle.addWidget(self._table)
        self.foot.addWidget(self.day_button)
        self.close_below()
        self._table.setFocus()

    def _open_day(self) -> None:
        if (row := self._table.current_record()) is not None:
            day = date.fromisoformat(row[1].at[:10])
            PastRecordDialog(self._desk, self._record_id, day, self).open()

    def _load(self) -> None:
        register = self._desk.services.register
        self._desk.jobs.start(
            lambda _report: register.history(self._record_id), self._show, title="读取变更记录"
        )

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        lines = tuple(line for line in lines if line.old != line.new)
        self.model.set_records(tuple(enumerate(lines)))
        self._count.setText(f"{len(lines)} 处" if lines else "还没有变更")
