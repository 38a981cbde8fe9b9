"""What is asked about a mark or a sheet: a total put right, a recusal, a note with what proves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.model.assessment import MarkNote, Subject
from gui.desk import Desk
from gui.dialogs.reason_form import ReasonForm
from gui.pages.marks_book import SheetBook, Spot, points_text
from gui.theme import bound_width
from gui.widgets.attachments import AttachmentBox
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 560
FIELD_WIDTH = 400


def settle_form(book: SheetBook, subject: Subject, parent: QWidget) -> ReasonForm:
    """Shows the stated total and the sum, and asks why the sum is right."""
    stated, total = book.issue(subject, ""), book.total(subject)
    return ReasonForm(
        "核定合计",
        f"{book.rater.name}给“{subject.name}”的合计对不上",
        (
            ("表中写的合计", stated.text if stated else ""),
            ("各项相加", "" if total is None else points_text(total)),
            ("出处", book.source(subject)),
        ),
        "核定以后按各项相加计算；如果是某一项写错了，请取消，改那一项。",
        reason="已与评分方核对，以各项评分为准",
        parent=parent,
    )


def recusal_form(book: SheetBook, subject: Subject, parent: QWidget) -> ReasonForm:
    """Asks why a rater does not mark a subject."""
    total = book.total(subject)
    return ReasonForm(
        "回避",
        f"{book.rater.name}对“{subject.name}”回避",
        (
            ("已填的评分", "没有" if total is None else f"合计 {points_text(total)} 分，不再计入"),
            ("其余评分方", "按各自的权重重新折算"),
        ),
        "写明与这个对象的关系，例如：负责人是本单位职工的亲属。",
        parent=parent,
    )


class NoteForm(FittedDialog):
    """The note of one mark; both fields empty take it away. Files belong to the whole sheet."""

    accepted_with = Signal(object)

    def __init__(self, desk: Desk, book: SheetBook, spot: Spot, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle("评分说明")
        self._indicator = spot.indicator
        subject, leaf = book.subject(spot.subject_id), book.leaf(spot.indicator)
        note = book.note(subject, leaf.code) or MarkNote(leaf.code, "")
        self.text, self.evidence = QLineEdit(note.text), QLineEdit(note.evidence)
        self.evidence.setPlaceholderText("材料的名称、编号或存放处")
        sheet = book.sheet(subject)
        self._files = AttachmentBox(desk, sheet.id) if sheet else label("填了评分以后可以添加", "hint")
        self._build(f"{subject.name} › {leaf.name}：{book.typed(subject, leaf.code) or '未填'}")
        self.text.setFocus()

    def _build(self, headline: str) -> None:
        self.words.addWidget(label(headline, "heading", wrap=True))
        self.words.addWidget(
            label("扣分的，写明扣在哪里、扣几分，凭什么材料；都清空就是取消说明。", "secondary", wrap=True)
        )
        for name, field in (("说明", self.text), ("佐证", self.evidence), ("佐证文件", self._files)):
            bound_width(field, least=FIELD_WIDTH)
            self.words.addWidget(FormRow(name, field))
        if isinstance(self._files, AttachmentBox):
            self._files.load()
        self.end_with(FormFoot(self, "保存"))

    def accept(self) -> None:
        super().accept()
        self.accepted_with.emit(MarkNote(self._indicator, self.text.text(), self.evidence.text()))
