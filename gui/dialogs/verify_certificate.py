"""Whether a certificate is genuine: its QR code's text scanned in, or what it says typed in; offline.

VerifyCertificate(desk, parent).open()
"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from core.errors import AppError
from core.model.certificate import CertificateCheck
from gui.desk import Desk
from gui.theme import bound_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import Foot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE = 620, 400
SCAN_PAUSE_MS = 300
VERB = "核验"
HINT = "用扫码枪扫证书上的二维码，内容会打在下面；没有扫码枪，就照证书逐项填写。不用联网。"
LAST_LINE = "校验码"


class VerifyCertificate(FittedDialog):
    """The answer stands in words, above what was asked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle("核验证书")
        self._desk = desk
        self.scanned = QPlainTextEdit()
        self.number, self.name, self.said, self.value = (QLineEdit() for _field in range(4))
        self.answer = Banner("info", "扫码或填写以后，这里说明证书是不是真的、还有没有效。")
        self._pause = QTimer(self)
        self._build()
        self._pause.timeout.connect(self.check)
        self.scanned.textChanged.connect(self._follow)
        self.scanned.setFocus()

    def _build(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(SCAN_PAUSE_MS)
        self.scanned.setTabChangesFocus(True)
        self.scanned.setPlaceholderText("证书编号：……\n名称：……\n内容：……\n校验码：……")
        self.scanned.setFixedHeight(5 * self.scanned.fontMetrics().lineSpacing() + 16)
        bound_width(self.scanned, least=WIDE)
        self.words.addWidget(label("证书是不是真的", "heading"))
        self.words.addWidget(label(HINT, "secondary", wrap=True))
        self.words.addWidget(self.answer)
        self.words.addWidget(FormRow("二维码内容", self.scanned))
        for name, field, hint in (
            ("证书编号", self.number, "例如 某街办证〔2026〕第001号"),
            ("名称", self.name, "证书上的组织或姓名"),
            ("内容", self.said, "例如 优秀社会组织，没有就不填"),
            ("校验码", self.value, "二维码内容的最后一行，十二位字母和数字"),
        ):
            bound_width(field, least=WIDE)
            field.setPlaceholderText(hint)
            self.words.addWidget(FormRow(name, field))
        self.end_with(self._foot_line())

    def _foot_line(self) -> Foot:
        after = push_button("下一张", self.clear, icon_name="arrow-right-s-line")
        check = push_button(VERB, self.check, kind="primary")
        check.setDefault(True)
        return Foot([after], [push_button("关闭", self.reject), check])

    def clear(self) -> None:
        """Begin with the next one."""
        for field in (self.number, self.name, self.said, self.value):
            field.clear()
        self.scanned.clear()
        self._say("info", "请扫下一张证书的二维码。")
        self.scanned.setFocus()

    def _follow(self) -> None:
        """A scanner types the whole code at once; the check begins behind its last line."""
        if LAST_LINE in self.scanned.toPlainText():
            self._pause.start()

    def check(self) -> None:
        """Ask, if there is enough to ask with."""
        self._pause.stop()
        register = self._desk.services.certificate_register
        text = self.scanned.toPlainText().strip()
        number, name, result, value = (
            each.text().strip() for each in (self.number, self.name, self.said, self.value)
        )
        if not text and not (number and name and value):
            self._say("warn", "还不够核验。", "请扫二维码，或者填写编号、名称和校验码。")
            return
        self._desk.jobs.start(
            lambda _report: (
                register.check_text(text) if text else register.check(number, name, result, value)
            ),
            self._show,
            title="核验证书",
            failed=self._refused,
            owner=self,
        )

    def _show(self, check: CertificateCheck) -> None:
        for field, text in (
            (self.number, check.number),
            (self.name, check.recipient),
            (self.said, check.result),
        ):
            field.setText(text)
        if (text := self.scanned.toPlainText()).strip():
            self.value.setText(text.rpartition(LAST_LINE)[2].strip(" ：:\n"))
        self._say(*answer_words(check))

    def _refused(self, error: AppError) -> None:
        self._say("err", error.message_zh, error.remedy_zh)

    def _say(self, kind: str, text: str, second: str = "") -> None:
        self.answer.turn(kind)
        self.answer.set_text(text, second)


def answer_words(check: CertificateCheck) -> tuple[str, str, str]:
    """How it is told: as good news or bad, what it is, what that means."""
    line = check.line
    if not check.genuine:
        return (
            "err",
            "校验码不对，不能认定是本单位发的。",
            "编号、名称或内容被改过，或者抄错了；请核对后再试一次，仍不对就当作假证处理。",
        )
    if line is None:
        return (
            "warn",
            "校验码正确，但本机登记簿里没有这个编号。",
            "可能是在另一台电脑上发的，或者恢复过备份。请到那台电脑上核对登记簿。",
        )
    if check.revoked_on:
        return (
            "err",
            f"证书是真的，但已于 {check.revoked_on} 撤销，不再有效。",
            f"原因：{check.revoked_why}。",
        )
    if check.differences:
        return "err", "校验码正确，但和登记簿不一致。", "；".join(check.differences) + "。"
    holder = f"，{line.handed_on} 由{line.holder}领取" if line.holder else ""
    return (
        "ok",
        f"真实有效：{line.paper.dated_on} 发给“{line.recipient}”的{line.template}。",
        f"内容：{line.result or '没有另外的内容'}；现在{line.state.label}{holder}。",
    )
