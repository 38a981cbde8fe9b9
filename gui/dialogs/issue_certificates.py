"""What is agreed to before certificates get their numbers: how many, which numbers, which day.

form = IssueCertificates(desk, "打印", "2025年度荣誉证书（5张）", request, facts, parent)
form.agreed (CertificateRequest)       the request with day and first number as they were agreed to
form.show_prepared(prepared); form.open()

`facts` are further consequences that stand under the numbers.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.certificate import CertificateRequest, PreparedCertificates
from gui.desk import Desk
from gui.theme import bound_width, fix_width
from gui.widgets.banner import Banner
from gui.widgets.card import FactRow
from gui.widgets.day_edit import DayEdit
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label
from gui.widgets.layouts import clear

WIDTH, WIDE = 580, 360
PAUSE_MS = 250
HIGHEST = 999_999
FACT_WIDTH = 72


class IssueCertificates(FittedDialog):
    """What is typed is worked out at once; what cannot be given is refused here, and nothing is booked."""

    agreed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        verb: str,
        title: str,
        request: CertificateRequest,
        facts: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle(f"{verb}证书")
        self._desk = desk
        self._request = request
        self._facts = tuple(facts)
        self._is_typed = False
        self.day = DayEdit(160)
        self.number = QSpinBox()
        self.reason = QLineEdit()
        self.reason_row = FormRow("理由", self.reason, required=True)
        self.number_row = FormRow("从第", self.number, required=True, hint="号编起")
        self.trouble = Banner("err", "")
        self._card = QVBoxLayout()
        self._pause = QTimer(self)
        self._build(verb, title)
        self._pause.timeout.connect(self._work_out)
        self.day.dateChanged.connect(lambda _day: self._pause.start())
        self.number.valueChanged.connect(self._type_number)
        self.reason.textEdited.connect(lambda _text: self._pause.start())

    def _build(self, verb: str, title: str) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.number.setRange(1, HIGHEST)
        self.number.setKeyboardTracking(False)
        fix_width(self.number, 124)
        bound_width(self.reason, least=WIDE)
        self.reason.setPlaceholderText("例如：前面的编号已手工发出")
        self._card.setSpacing(6)
        self.trouble.hide()
        self.reason_row.hide()
        self.words.addWidget(label(f"现在{verb}“{title}”吗？", "heading", wrap=True))
        self.words.addLayout(self._card)
        self.words.addWidget(FormRow("证书日期", self.day, required=True, hint="印在证书上，随之定下"))
        for part in (self.number_row, self.reason_row, self.trouble):
            self.words.addWidget(part)
        self.words.addWidget(label("编号占用以后不再发给别的证书。", "secondary", wrap=True))
        self.end_with(FormFoot(self, verb))

    def show_prepared(self, prepared: PreparedCertificates) -> None:
        """Show what would be booked."""
        fresh = [each for each in prepared.lines if each.fresh]
        first, last = fresh[0].certificate, fresh[-1].certificate
        with QSignalBlocker(self.day):
            self.day.show_day(first.dated_on)
        if not self._is_typed:
            with QSignalBlocker(self.number):
                self.number.setValue(fresh[0].paper.sequence)
        self.number_row.setVisible(bool(first.number))
        self.trouble.hide()
        span = first.number if len(fresh) == 1 else f"{first.number} 至 {last.number}"
        words = f"证书编号 {span} 将被占用" if first.number else "记入证书登记簿，不编号"
        clear(self._card)
        for name, text in ((f"{len(fresh)} 张", words), *self._facts):
            self._card.addWidget(FactRow(name, text, label_width=FACT_WIDTH))

    def facts(self) -> tuple[str, ...]:
        """What stands on the card."""
        rows = (self._card.itemAt(place).widget() for place in range(self._card.count()))
        return tuple(each.value.accessibleName() for each in rows if isinstance(each, FactRow))

    def request(self) -> CertificateRequest:
        """What would be asked for now."""
        return replace(
            self._request,
            dated_on=self.day.day(),
            first_number=self.number.value() if self._is_typed else 0,
            skip_reason=self.reason.text().strip(),
        )

    def _type_number(self, _number: int) -> None:
        self._is_typed = True
        self._pause.start()

    def _work_out(self, *, agrees: bool = False) -> None:
        self._pause.stop()
        certificates, request = self._desk.services.certificates, self.request()

        def show(prepared: PreparedCertificates) -> None:
            self.show_prepared(prepared)
            if agrees:
                super(IssueCertificates, self).accept()
                self.agreed.emit(request)

        self._desk.jobs.start(
            lambda _report: certificates.prepare(request),
            show,
            title="核对证书编号",
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        if error.code == "skip_without_reason":
            self.reason_row.show()
            self.reason.setFocus()
        self.trouble.set_text(error.message_zh, error.remedy_zh)
        self.trouble.show()

    def accept(self) -> None:
        self.number.interpretText()
        self._work_out(agrees=True)
