"""The register of numbers (发文字号登记簿): the numbers given, what each stands for, and the gaps.

A gap is a row of its own until somebody writes down why the number was passed over.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.services.files import write_file
from core.services.number_register import AWAITED, RECEIVED, NumberRow, numbers_sheet, read_numbers
from gui.actions import EXPORT, command_button
from gui.desk import Desk
from gui.dialogs.receipt_form import ReceiptForm
from gui.dialogs.skip_number import SkipNumber
from gui.messages import EXCEL_OUT
from gui.pages.documents_pane import DocumentsPane
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.badge import BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.chip import ChipFilter
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import label
from gui.widgets.notice_line import open_folder_of
from gui.widgets.search_field import SearchField

FACES = {
    "已发": BadgeFace("已发", "ok"),
    "作废": BadgeFace("作废", "line"),
    "已撤销": BadgeFace("已撤销", "err", "forbid-2-line"),
    "空号": BadgeFace("空号", "mute"),
    "未登记": BadgeFace("未登记的空号", "warn"),
}
RECEIPT = BadgeFace("回执", "info")
COLUMNS: tuple[Column[NumberRow], ...] = (
    Column("发文字号", lambda row: row.number, width=230, bold=True, sort_key=lambda row: row.order),
    Column("标题", lambda row: row.title, stretch=True),
    Column("文种", lambda row: row.genre, width=96, quiet=True, narrow=False),
    Column("成文日期", lambda row: row.dated_on, width=104, quiet=True),
    Column("发给", lambda row: row.recipient, width=180, narrow=False),
    Column("状态", lambda row: row.state, width=124, badges=lambda row: _faces(row)),
    Column("说明", lambda row: row.remark, width=180, quiet=True, narrow=False),
)


def _faces(row: NumberRow) -> tuple[BadgeFace, ...]:
    return (FACES[row.state], RECEIPT) if row.received_on else (FACES[row.state],)


class RegisterPane(DocumentsPane):
    """Search, chips, table."""

    title = "发文字号登记簿"
    document_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model = RecordTableModel(COLUMNS, record_id=lambda row: row.key)
        self.table = RecordTable(self.model, desk.settings, "numbers", label="发文字号登记簿")
        self.search = SearchField("字号、标题、发给谁", width=220, keys="Ctrl+F")
        self.year = ChipFilter("年份")
        self.state = ChipFilter("状态", tuple((key, key) for key in FACES))
        self.receipt = ChipFilter("回执", tuple((each, each) for each in (AWAITED, RECEIVED)))
        self._count = label("", "hint")
        self._gaps = Banner("warn", "")
        self._gap_line = QWidget()
        self._stack = QStackedWidget()
        self._export = command_button(EXPORT, self._export_rows)
        self._open = push_button("打开文书", self._open_row, icon_name="external-link-line")
        self._receive = push_button("登记回执", self._ask_receipts, icon_name="check-double-line")
        self._skip = push_button("登记空号", self._ask_skip, kind="primary")
        self._build()
        self._connect()

    def _build(self) -> None:
        bar = QFrame()
        bar.setProperty("kind", "filters")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        for part in (self.search, self.year, self.state, self.receipt):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        gaps = QHBoxLayout(self._gap_line)
        gaps.setContentsMargins(24, 8, 24, 8)
        gaps.addWidget(self._gaps)
        self._gaps.add_button(push_button("只看空号", self._show_gaps, kind="link", dense=True))
        self._gap_line.hide()
        column.addWidget(self._gap_line)
        words = (
            "印发的公文按机关代字和年份一个号一行；手写发文用过的号请点“登记空号”，中间跳过的号会在这里提醒。"
        )
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyPage("list-check-2", "还没有发过号", words))
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.changed.connect(lambda _text: self._filter())
        self.year.changed.connect(lambda _year: self._filter())
        self.state.changed.connect(lambda _state: self._filter())
        self.receipt.changed.connect(lambda _receipt: self._filter())
        self.table.current_changed.connect(self._follow)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._offer_receipt())
        self.model.modelReset.connect(self._offer_receipt)
        self.table.opened.connect(lambda row: self._ask_skip() if row.is_gap else self._open_row())

    def buttons(self) -> Sequence[QAbstractButton]:
        return (self._export, self._open, self._receive, self._skip)

    def take_focus(self) -> None:
        self.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)

    def reload(self) -> None:
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: read_numbers(
                services.document_issue.papers(), services.document_templates.lines()
            ),
            self._show,
            title="读取登记簿",
            owner=self,
        )

    def _show(self, rows: tuple[NumberRow, ...]) -> None:
        self.model.set_records(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        years = sorted({row.year for row in rows if row.year}, reverse=True)
        self.year.set_choices(tuple((each, f"{each} 年") for each in years))
        gaps = [row for row in rows if row.is_gap]
        self._gap_line.setVisible(bool(gaps))
        if gaps:
            words = "、".join(row.number for row in gaps[:3]) + ("……" if len(gaps) > 3 else "")
            self._gaps.set_text(f"有 {len(gaps)} 处号没有用过：{words}。请登记空号，写明理由。")
        self._filter()
        if self.table.current_record() is None:
            self.table.selectRow(0)
        self._follow(self.table.current_record())

    def _filter(self) -> None:
        words, year, state = self.search.text().split(), self.year.chosen(), self.state.chosen()
        receipt = self.receipt.chosen()

        def holds(row: NumberRow) -> bool:
            shown = f"{row.number} {row.title} {row.recipient} {row.genre} {row.remark}"
            return (
                all(word in shown for word in words)
                and year in (None, row.year)
                and state in (None, row.state)
                and receipt in (None, row.receipt)
            )

        self.model.set_filter(holds if words or year or state or receipt else None)
        shown, total = self.model.rowCount(), self.model.total()
        self._count.setText(f"{shown} 条" if shown == total else f"{shown} / {total} 条")

    def _show_gaps(self) -> None:
        self.state.set_chosen("未登记")

    def _follow(self, row: NumberRow | None) -> None:
        self._open.setEnabled(row is not None and bool(row.document_id))

    def _open_row(self) -> None:
        row = self.table.current_record()
        if row is not None and row.document_id:
            self.document_asked.emit(row.document_id)

    @needs("document_issue.skip")
    def _ask_skip(self) -> None:
        row = self.table.current_record()
        form = SkipNumber(self._desk, row if row is not None and row.is_gap else None, self)
        form.open()

    def _offer_receipt(self) -> None:
        self._receive.setEnabled(bool(self._letters()))

    def _letters(self) -> list[NumberRow]:
        """The chosen ones that a receipt can come back of."""
        return [row for row in self.table.selected_records() if row.receipt]

    @needs("document_issue.record_receipts")
    def _ask_receipts(self) -> None:
        if letters := self._letters():
            ReceiptForm(self._desk, letters, self).open()

    def _export_rows(self) -> None:
        path = self._desk.messages.choose_save_file(
            "导出发文字号登记簿", EXCEL_OUT, name="发文字号登记簿.xlsx", purpose="export"
        )
        if path is None:
            return
        rows = [self.model.record_at(place) for place in range(self.model.rowCount())]
        exports = self._desk.services.exports
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.sheet(numbers_sheet(rows))),
            lambda _none: self._desk.tell(
                f"已导出 {len(rows)} 条", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出登记簿",
            owner=self,
        )
