"""What certificates of a kind say: texts with fields, the words that the office chooses, the number's head.

CertificateWording(desk, kind, "修改文字", parent).open()
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from core.errors import AppError, InvalidInput
from core.model.certificate import CertificateTemplate
from core.model.certificate_form import CertificateForm
from core.model.facts import FactName
from gui.desk import Desk
from gui.dialogs.certificate_words import said_in_form
from gui.theme import bound_width
from gui.undo import do_undoably
from gui.widgets.banner import Banner
from gui.widgets.choice import Choice
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE = 680, 460
TEXT_LINES = 4
MOST_TOLD = 3
HINT = "花括号里是自动填的数据，例如 {年度}；方括号里的数据没有内容时，方括号里的话整段不写。"
_LINES = (
    ("name", "名称"),
    ("heading", "标题"),
    ("recipient", "称谓"),
    ("closing", "结语"),
    ("result", "登记内容"),
    ("series", "编号字头"),
)
WORDS = {**dict(_LINES), "text": "正文", "form": "版式", "number": "编号"}


class CertificateWording(FittedDialog):
    """Nothing wrong is kept: a field that is not there, a bracket without its pair."""

    def __init__(self, desk: Desk, kind: CertificateTemplate, verb: str, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle(verb)
        self._desk = desk
        self._kind = kind
        self.lines = {name: QLineEdit(str(getattr(kind, name))) for name, _label in _LINES}
        self.text = QPlainTextEdit(kind.text)
        self.chosen = {name: QLineEdit(word) for name, word in kind.settings}
        self.form = Choice((), width=WIDE, empty="")
        self.insert = Choice((), width=WIDE, empty="插入数据……")
        self.ceremonial = QCheckBox("日期写成“二〇二六年十一月”")
        self.trouble = Banner("err", "")
        self._last: QLineEdit | QPlainTextEdit = self.text
        self._build()
        self.insert.activated.connect(self._put_field)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._remember)
        self._offer()
        self.text.setFocus()

    def _build(self) -> None:
        self.ceremonial.setChecked(self._kind.ceremonial)
        self.trouble.hide()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(TEXT_LINES * self.text.fontMetrics().lineSpacing() + 16)
        self.words.setSpacing(8)
        self.words.addWidget(label("证书怎么写", "heading"))
        self.words.addWidget(label(HINT, "secondary", wrap=True))
        self.words.addWidget(self.trouble)
        rows = {name: FormRow(title, self.lines[name]) for name, title in _LINES}
        for name in ("name", "heading", "recipient"):
            self.words.addWidget(rows[name])
        self.words.addWidget(FormRow("正文", self.text, required=True))
        self.words.addWidget(rows["closing"])
        for name, line in self.chosen.items():
            self.words.addWidget(FormRow(name, line))
        self.words.addWidget(FormRow("数据", self.insert))
        self.words.addWidget(rows["result"])
        self.words.addWidget(rows["series"])
        self.words.addWidget(FormRow("版式", self.form, required=True))
        self.words.addWidget(FormRow("日期", self.ceremonial))
        for field in (*self.lines.values(), self.text, *self.chosen.values()):
            bound_width(field, least=WIDE)
        self.lines["result"].setToolTip("登记簿和二维码里写的内容")
        self.lines["series"].setToolTip("编号开头的字，不编号就空着")
        self.end_with(FormFoot(self, "保存"))

    def _offer(self) -> None:
        designs, kind = self._desk.services.certificate_designs, self._kind

        def show(known: tuple[Sequence[FactName], tuple[CertificateForm, ...]]) -> None:
            for fact in known[0]:
                self.insert.addItem(f"{fact.name}　{fact.meaning}", fact.name)
            for form in known[1]:
                self.form.addItem(form.name, form.code)
            self.form.choose(kind.form)

        self._desk.jobs.start(
            lambda _report: (designs.fields(kind), designs.forms()), show, title="读取字段", owner=self
        )

    def _remember(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A field is put where the keyboard was last."""
        known = (self.text, self.lines["heading"], self.lines["recipient"], self.lines["closing"])
        for each in (*known, self.lines["result"]):
            if each is now:
                self._last = each

    def _put_field(self, _place: int) -> None:
        name = self.insert.chosen()
        if name is None:
            return
        words = f"{{{name}}}"
        if isinstance(self._last, QPlainTextEdit):
            self._last.insertPlainText(words)
        else:
            self._last.insert(words)
        self.insert.choose(None)
        self._last.setFocus()

    def kind(self) -> CertificateTemplate:
        """What stands in the fields."""
        said = {name: line.text().strip() for name, line in self.lines.items()}
        return replace(
            self._kind,
            name=said["name"],
            heading=said["heading"],
            recipient=said["recipient"],
            text=" ".join(self.text.toPlainText().split("\n")).strip(),
            closing=said["closing"],
            result=said["result"],
            series=said["series"],
            settings=tuple((name, line.text().strip()) for name, line in self.chosen.items()),
            form=str(self.form.chosen() or self._kind.form),
            ceremonial=self.ceremonial.isChecked(),
        )

    def accept(self) -> None:
        designs, kind = self._desk.services.certificate_designs, self.kind()
        do_undoably(
            self._desk,
            lambda: designs.save_kind(kind),
            title="保存证书文字",
            told=lambda made: f"已保存“{made.name}”的文字",
            done=lambda _kind: super(CertificateWording, self).accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        self.trouble.set_text(
            error.message_zh,
            "\n".join(said_in_form(each, WORDS) for each in problems[:MOST_TOLD]) or error.remedy_zh,
        )
        self.trouble.show()
