"""What happened to certificates: handed out, spoiled, collected, revoked.

CertificateEventForm(desk, CertificateEventKind.HANDED_OVER, [(id of the paper, words), ...], parent).open()
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from core.errors import AppError
from core.model.certificate import MOST_COPIES, CertificateEventKind
from core.services.certificate_register import EventDraft
from gui.desk import Desk
from gui.theme import bound_width, fix_width
from gui.undo import do_undoably
from gui.widgets.banner import Banner
from gui.widgets.day_edit import DayEdit
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE = 560, 360
MOST_NAMED = 4
_K = CertificateEventKind
_PERSONS = {_K.HANDED_OVER: "领取人", _K.COLLECTED: "交回人"}
_WORDS = {
    _K.HANDED_OVER: "证书交给了谁、哪一天交的，登记簿里查得到。",
    _K.SPOILED: "印坏的纸记为报废；证书回到未印，编号不变，可以再打印。",
    _K.COLLECTED: "已发出的证书收了回来。",
    _K.REVOKED: "撤销以后，扫码核验会显示已撤销；编号不再用。",
}
_REASONS = {
    _K.SPOILED: "例如：卡纸、打偏",
    _K.COLLECTED: "例如：更名换证",
    _K.REVOKED: "撤销决定的名称和文号",
}


class CertificateEventForm(FittedDialog):
    """The fields that belong to the event; the same for all of them."""

    def __init__(
        self, desk: Desk, kind: CertificateEventKind, certificates: Sequence[tuple[str, str]], parent: QWidget
    ) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle(f"登记{kind.label}")
        self._desk = desk
        self._kind = kind
        self._papers = [paper_id for paper_id, _words in certificates]
        self.person, self.reason = QLineEdit(), QLineEdit()
        self.day = DayEdit(160)
        self.copies = QSpinBox()
        self.trouble = Banner("err", "")
        self.person_row = FormRow(_PERSONS.get(kind, ""), self.person, required=kind is _K.HANDED_OVER)
        self.reason_row = FormRow("原因", self.reason, required=kind in _REASONS)
        self._copies_row = FormRow("张数", self.copies, required=True, hint="每张证书印坏几张纸")
        self._build(certificates)

    def _build(self, certificates: Sequence[tuple[str, str]]) -> None:
        self.day.show_day(self._desk.services.clock().date())
        self.day.setMaximumDate(self.day.date())
        self.copies.setRange(1, MOST_COPIES)
        fix_width(self.copies, 112)
        for field in (self.person, self.reason):
            bound_width(field, least=WIDE)
        self.reason.setPlaceholderText(_REASONS.get(self._kind, ""))
        self.trouble.hide()
        self.words.addWidget(label(f"登记{self._kind.label}　{len(certificates)} 张", "heading"))
        names = [words for _paper_id, words in certificates]
        more = (f"……另有 {len(names) - MOST_NAMED} 张",) if len(names) > MOST_NAMED else ()
        self.words.addWidget(label("\n".join((*names[:MOST_NAMED], *more)), wrap=True))
        self.words.addWidget(label(_WORDS[self._kind], "secondary", wrap=True))
        self.words.addWidget(self.trouble)
        self.words.addWidget(FormRow("日期", self.day, required=True))
        for row, shown in (
            (self.person_row, self._kind in _PERSONS),
            (self._copies_row, self._kind is _K.SPOILED),
            (self.reason_row, self._kind in _REASONS),
        ):
            self.words.addWidget(row)
            row.setVisible(shown)
        self.end_with(FormFoot(self, f"登记{self._kind.label}"))
        (self.person if self._kind in _PERSONS else self.reason).setFocus()

    def accept(self) -> None:
        draft = EventDraft(
            self._kind,
            self.day.day(),
            self.person.text().strip(),
            copies=self.copies.value(),
            reason=self.reason.text().strip(),
        )
        for row, text, words in (
            (self.person_row, draft.person, "请写证书交给了谁。" if self._kind is _K.HANDED_OVER else ""),
            (self.reason_row, draft.reason, "请写明原因，会记入登记簿。" if self._kind in _REASONS else ""),
        ):
            row.clear_message()
            if words and not text:
                row.show_error(words)
                row.field.setFocus()
                return
        register, papers = self._desk.services.certificate_register, self._papers
        do_undoably(
            self._desk,
            lambda: register.record(papers, draft),
            title=f"登记{self._kind.label}",
            told=lambda lines: f"已登记{self._kind.label}：{len(lines)} 张证书",
            done=lambda _lines: super(CertificateEventForm, self).accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        self.trouble.set_text(error.message_zh, error.remedy_zh)
        self.trouble.show()
