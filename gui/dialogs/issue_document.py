"""The last step: the number that a document gets, what was found in it, why it is issued all the same.

form = IssueForm(desk, opened, findings, parent); form.issued (papers); form.open()
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from core.errors import AppError
from core.model.document_check import DocumentFinding
from core.model.written_document import IssuedPaper
from core.services.document_opening import OpenDocument
from gui.desk import Desk
from gui.dialogs.document_findings import FindingsDialog
from gui.theme import bound_width, fix_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 580
LABEL_WIDTH = 96
HIGHEST = 99_999
FIND_CODES = ("number_taken", "number_range")


class IssueForm(FittedDialog):
    """Its numbers are booked when the job is done; cancelled or failed, nothing is."""

    issued = Signal(object)

    def __init__(
        self, desk: Desk, opened: OpenDocument, findings: Sequence[DocumentFinding], parent: QWidget
    ) -> None:
        super().__init__(WIDTH, parent)
        self._desk = desk
        self._opened = opened
        self._findings = findings
        self.setWindowTitle("印发")
        self.number = QSpinBox()
        self.number_row = FormRow("发文字号", self._number_field(), required=True, label_width=LABEL_WIDTH)
        self.reason = QLineEdit()
        self.reason_row = FormRow("印发理由", self.reason, required=True, label_width=LABEL_WIDTH)
        self._build()
        (self.number if opened.series else self).setFocus()

    def _number_field(self) -> QWidget:
        opened, holder = self._opened, QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.number.setRange(0, HIGHEST)
        self.number.setValue(opened.sequence)
        self.number.setAccessibleName("顺序号")
        fix_width(self.number, 112)
        row.addWidget(label(f"{opened.series}〔{opened.dated_on.year}〕"))
        row.addWidget(self.number)
        row.addWidget(label("号"))
        self._span = label("", "hint")
        row.addWidget(self._span)
        self.number.valueChanged.connect(lambda _number: self._tell_span())
        return holder

    def _build(self) -> None:
        opened = self._opened
        self.words.addWidget(label(f"印发《{opened.document.title}》", "heading", wrap=True))
        count = len(opened.copies)
        self.words.addWidget(FactRow("份数", f"{count} 份" if count > 1 else "1 份", label_width=LABEL_WIDTH))
        self.words.addWidget(FactRow("成文日期", str(opened.dated_on), label_width=LABEL_WIDTH))
        if opened.series:
            self.words.addWidget(self.number_row)
            self._tell_span()
        else:
            self.words.addWidget(FactRow("发文字号", "不编号", label_width=LABEL_WIDTH))
        if self._findings:
            first = self._findings[0]
            found = Banner("warn", f"{len(self._findings)} 处需要核对", f"{first.place}：{first.message}")
            found.add_button(push_button("查看", self._show_findings, kind="link", dense=True))
            self.words.addWidget(found)
            bound_width(self.reason, least=380)
            self.reason.setPlaceholderText("例如：已与财务核对，金额无误")
            self.words.addWidget(self.reason_row)
        hint = "印发后文字不能再改，发文字号随之占用，PDF 原件存档；有错只能作废另发。"
        self.words.addWidget(label(hint, "secondary", wrap=True))
        foot = FormFoot(self, "印发")
        self._done = foot.done
        self.end_with(foot)

    def _tell_span(self) -> None:
        first, count = self.number.value(), len(self._opened.copies)
        self.number_row.clear_message()
        words = f"至 {first + count - 1} 号，共 {count} 个" if count > 1 else ""
        self._span.setText(words)
        if first != self._opened.sequence:
            self.number_row.show_note(
                f"按顺序应是 {self._opened.sequence} 号；手工指定后，中间的空号要登记理由。"
            )

    def _show_findings(self) -> None:
        FindingsDialog(self._desk, self._findings, self).open()

    def accept(self) -> None:
        reason = self.reason.text().strip()
        if self._findings and not reason:
            self.reason_row.show_error("还有需要核对的地方，请写明为什么仍然印发，会记入变更记录。")
            self.reason.setFocus()
            return
        self._done.setEnabled(False)
        issues, opened = self._desk.services.document_issue, self._opened
        typed = self.number.value()
        sequence = typed if opened.series and typed != opened.sequence else None
        self._desk.jobs.start(
            lambda report: issues.issue(opened.document.id, report, sequence=sequence, note=reason),
            self._finish,
            title="印发文书",
            failed=self._refused,
            ended=lambda: self._done.setEnabled(True),
            saves=True,
            owner=self,
        )

    def _finish(self, papers: tuple[IssuedPaper, ...]) -> None:
        super().accept()
        self.issued.emit(papers)

    def _refused(self, error: AppError) -> None:
        if error.code in FIND_CODES:
            self.number_row.show_error(str(error))
            self.number.setFocus()
        elif error.code != "cancelled":
            self._desk.messages.show_error(error, headline="没有印发，发文字号没有占用")
