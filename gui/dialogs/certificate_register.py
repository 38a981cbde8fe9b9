"""The register of certificates: each number, who got it, where it is, what happened to it.

CertificateRegister(desk, parent).open()
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.model.certificate import (
    CertificateEvent,
    CertificateEventKind,
    CertificateState,
    RegisterLine,
)
from core.model.written_document import IssuedPaper
from core.services.files import write_file
from gui.desk import Desk
from gui.dialogs.certificate_event import CertificateEventForm
from gui.jobs import Report
from gui.messages import EXCEL_OUT, PDF_OUT
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.chip import ChipFilter
from gui.widgets.detail_pane import DetailPane
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label
from gui.widgets.notice_line import open_folder_of
from gui.widgets.search_field import SearchField

SIZE = (1240, 660)
ROOMY = 1100
NOTHING = "选中一张证书，这里显示它的经过"
_S, _K = CertificateState, CertificateEventKind
_KINDS = {
    _S.NUMBERED: "line",
    _S.PRINTED: "ok",
    _S.HANDED_OVER: "info",
    _S.COLLECTED: "mute",
    _S.REVOKED: "warn",
    _S.VOID: "mute",
}


def face_of(line: RegisterLine) -> BadgeFace:
    """Where a certificate is."""
    return BadgeFace(line.state.label, _KINDS[line.state])


COLUMNS: tuple[Column[RegisterLine], ...] = (
    Column(
        "获证对象",
        lambda line: line.recipient or "空号",
        stretch=True,
        second=lambda line: line.number,
        tooltip=lambda line: f"{line.recipient}\n{line.number}",
    ),
    Column("种类", lambda line: line.template, width=92, quiet=True, narrow=False),
    Column("内容", lambda line: line.result, width=190, narrow=False),
    Column("日期", lambda line: line.paper.dated_on, width=100, quiet=True, narrow=False),
    Column("状态", lambda line: line.state.label, width=84, badges=lambda line: (face_of(line),)),
    Column("领取人", lambda line: line.holder, width=84, narrow=False),
)


class CertificateRegister(FramedDialog):
    """Table, and what happened to the one in sight."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("证书登记簿", SIZE, parent)
        self._desk = desk
        self.model = RecordTableModel(COLUMNS, record_id=lambda line: line.paper.id, parent=self)
        self.table = RecordTable(self.model, desk.settings, "certificate-register", label="证书登记簿")
        self.search = SearchField("编号、名称、领取人", width=204, keys="Ctrl+F")
        self.year, self.kind = ChipFilter("年份"), ChipFilter("种类")
        self.state = ChipFilter("状态", tuple((each, each.label) for each in _S))
        self._count = label("", "hint")
        self.detail = DetailPane("证书的经过", width=300, closable=False)
        self.event_buttons = {
            kind: push_button(words, partial(self._ask_event, kind), dense=True)
            for kind, words in (
                (_K.HANDED_OVER, "登记发出"),
                (_K.SPOILED, "印坏"),
                (_K.COLLECTED, "收回"),
                (_K.REVOKED, "撤销"),
            )
        }
        self._sheet = push_button("导出这一张", self._export_sheet, icon_name="file-pdf-line")
        self._sheet.setToolTip("这一张证书的 PDF")
        self._pdf = push_button("导出留存的 PDF", self._export_kept)
        self._pdf.setToolTip("发出时的整个文件，同一次做的证书都在里面")
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        for part in (self.search, self.year, self.kind, self.state):
            self.head.addWidget(part)
        self.head.addStretch(1)
        self.head.addWidget(self._count)
        self.head.addWidget(
            push_button("导出登记簿", self._export, icon_name="file-excel-2-line", dense=True)
        )
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.detail)
        self.middle.addLayout(row, 1)
        self.table.set_row_height(52)
        for button in self.event_buttons.values():
            self.foot.addWidget(button)
        self.foot.addWidget(self._sheet)
        self.foot.addWidget(self._pdf)
        self.close_below()
        self.table.setFocus()

    def _connect(self) -> None:
        self.search.changed.connect(lambda _words: self._filter())
        for chip in (self.year, self.kind, self.state):
            chip.changed.connect(lambda _key: self._filter())
        self.table.current_changed.connect(self._show_line)
        self._desk.jobs.saved.connect(self.reload)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.set_narrow(self.width() < scaled(ROOMY))

    def reload(self) -> None:
        register = self._desk.services.certificate_register
        self._desk.jobs.start(
            lambda _report: register.lines(), self._show, title="读取证书登记簿", owner=self
        )

    def _show(self, lines: tuple[RegisterLine, ...]) -> None:
        years = sorted({each.paper.year for each in lines}, reverse=True)
        self.year.set_choices(tuple((each, f"{each} 年") for each in years))
        kinds = dict.fromkeys(each.template for each in lines)
        self.kind.set_choices(tuple((each, each) for each in kinds))
        self.model.set_records(lines)
        self._filter()
        if self.table.current_record() is None and self.model.rowCount():
            self.table.selectRow(0)
        self._show_line(self.table.current_record())

    def _filter(self) -> None:
        words, year = self.search.needle().split(), self.year.chosen()
        kind, state = self.kind.chosen(), self.state.chosen()

        def holds(line: RegisterLine) -> bool:
            shown = f"{line.number} {line.recipient} {line.result} {line.holder}"
            return (
                year in (None, line.paper.year)
                and kind in (None, line.template)
                and state in (None, line.state)
                and all(word in shown for word in words)
            )

        self.model.set_filter(holds if words or year or kind or state else None)
        shown, total = self.model.rowCount(), self.model.total()
        self._count.setText(f"{shown} 张" if shown == total else f"{shown} / {total} 张")

    def _show_line(self, line: RegisterLine | None) -> None:
        for button in (*self.event_buttons.values(), self._sheet, self._pdf):
            button.setEnabled(line is not None and bool(line.recipient))
        if line is None:
            self.detail.show_nothing(NOTHING if self.model.total() else "还没有发过证书")
            return
        for button in (self._sheet, self._pdf):
            button.setEnabled(bool(line.paper.digest))
        self.detail.set_head(line.recipient or "空号", (face_of(line),))
        self.detail.clear_groups()
        self.detail.add_group(
            "证书",
            (
                ("编号", line.number),
                ("种类", line.template),
                ("内容", line.result),
                ("日期", line.paper.dated_on),
                ("打印", f"{line.copies} 份" if line.copies else "没有打印"),
                *((("印坏", f"{line.spoiled} 张"),) if line.spoiled else ()),
                *((("说明", line.paper.reason),) if line.paper.reason else ()),
            ),
        )
        events = [(each.happened_on, _event_words(each)) for each in line.events]
        self.detail.add_group("经过", events or [("", "编号以后还没有登记")])

    def _ask_event(self, kind: CertificateEventKind) -> None:
        lines = [each for each in self.table.selected_records() if each.recipient]
        if lines:
            chosen = [(each.paper.id, f"{each.number}　{each.recipient}".strip()) for each in lines]
            CertificateEventForm(self._desk, kind, chosen, self).open()

    def _export(self) -> None:
        path = self._desk.messages.choose_save_file(
            "导出证书登记簿", EXCEL_OUT, name="证书登记簿.xlsx", purpose="export"
        )
        if path is None:
            return
        register, lines = self._desk.services.certificate_register, self.model.shown()
        self._desk.jobs.start(
            lambda _report: write_file(path, register.workbook(lines)),
            lambda _none: self._desk.tell(
                f"已导出 {len(lines)} 张证书的登记", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出证书登记簿",
            owner=self,
        )

    @needs("certificates.sheet")
    def _export_sheet(self) -> None:
        if (line := self.table.current_record()) is not None:
            name = f"{line.recipient} {line.template}.pdf"
            self._export_pdf("导出这一张", name, line.paper, self._desk.services.certificates.sheet)

    @needs("certificates.kept")
    def _export_kept(self) -> None:
        if (line := self.table.current_record()) is not None:
            kept = self._desk.services.certificates.kept
            self._export_pdf("导出留存的 PDF", "留存的证书.pdf", line.paper, kept)

    def _export_pdf(
        self, title: str, name: str, paper: IssuedPaper, make: Callable[[IssuedPaper, Report], bytes]
    ) -> None:
        path = self._desk.messages.choose_save_file(title, PDF_OUT, name=name, purpose="export")
        if path is None:
            return
        self._desk.jobs.start(
            lambda report: write_file(path, make(paper, report)),
            lambda _none: self._desk.tell(
                f"已导出“{path.name}”，与发出时一样", "打开文件夹", lambda: open_folder_of(path)
            ),
            title=title,
            owner=self,
        )


def _event_words(event: CertificateEvent) -> str:
    parts = (
        event.kind.label,
        event.person,
        event.printer,
        f"{event.copies} 份" if event.copies > 1 else "",
        event.reason,
    )
    return "　".join(part for part in parts if part)
