"""Whether the log is whole: its chain computed anew, and the check values of papers looked for in it.

LogVerification(desk, parent).open()
"""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.errors import AppError
from core.model.audit import AuditReport
from gui.desk import Desk
from gui.theme import bound_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import Foot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE, LINES = 620, 400, 4
SHOWN = 6
HINT = (
    "每次操作都和前一次连着，改动、删除或调换其中任何一次，从那里起就接不上。"
    "要知道最后的操作有没有被截去，请照着公文末页、证书下方、报表页脚或备份上的日志校验码输入，一行一个。"
)


class LogVerification(FittedDialog):
    """Verifies at once, and again with what is typed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle("校验日志")
        self._desk = desk
        self.typed = QPlainTextEdit()
        self.answer = Banner("info", "正在校验……")
        self.head = label("", selectable=True)
        self.verify_button = push_button("校验", self.verify, kind="primary")
        self._build()
        self.verify()

    def _build(self) -> None:
        self.typed.setTabChangesFocus(True)
        self.typed.setPlaceholderText("128-3F2A-91BC")
        self.typed.setAccessibleName("纸上的日志校验码")
        self.typed.setFixedHeight(LINES * self.typed.fontMetrics().lineSpacing() + 16)
        bound_width(self.typed, least=WIDE)
        self.words.addWidget(label("日志有没有被改动", "heading"))
        self.words.addWidget(label(HINT, "secondary", wrap=True))
        self.words.addWidget(self.answer)
        self.words.addWidget(FormRow("现在的校验码", self.head))
        self.words.addWidget(FormRow("纸上的校验码", self.typed))
        self.verify_button.setDefault(True)
        self.end_with(Foot([], [push_button("关闭", self.reject), self.verify_button]))

    def verify(self) -> None:
        """Compute the chain anew, and look for what was typed."""
        audit = self._desk.services.audit
        typed = [line.strip() for line in self.typed.toPlainText().splitlines() if line.strip()]
        self.verify_button.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: audit.verify(typed),
            self._show,
            title="校验日志",
            failed=self._refused,
            ended=lambda: self.verify_button.setEnabled(True),
            owner=self,
        )

    def _show(self, report: AuditReport) -> None:
        self.head.setText(report.chain.head.said or "还没有操作")
        faults = [str(each) for each in report.chain.faults]
        heads = [f"{each.said}：{each.message}" for each in report.heads]
        if report.is_whole:
            text = f"日志完整，{report.chain.count:,} 次操作前后相接。"
            self._say("ok", text, "\n".join(heads[:SHOWN]))
        else:
            count = len(faults) + sum(not each.fits for each in report.heads)
            lines = faults[:SHOWN] + heads[:SHOWN]
            # What was typed is wrong more often than the log is.
            first = "请" if faults else "请先核对校验码有没有抄错；没有抄错的，"
            text = f"日志有 {count} 处对不上。{first}保留数据文件和备份，联系维护人员。"
            self._say("err", text, "\n".join(lines))

    def _refused(self, error: AppError) -> None:
        self._say("warn", error.message_zh, error.remedy_zh)

    def _say(self, kind: str, text: str, second: str = "") -> None:
        self.answer.turn(kind)
        self.answer.set_text(text, second)
