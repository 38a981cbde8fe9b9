"""核定合计: where a stated total is not the sum of the marks, the sum is taken as right, with the reason."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.model.assessment import Subject
from gui.pages.marks_book import SheetBook, points_text
from gui.theme import bound_width
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH = 520


class SettleTotalForm(FittedDialog):
    """Shows both figures and asks for the reason."""

    accepted_with = Signal(str)

    def __init__(self, book: SheetBook, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle("核定合计")
        self.reason = QLineEdit("已与评分方核对，以各项评分为准")
        bound_width(self.reason, least=360)
        self.row = FormRow("核定理由", self.reason, required=True)
        self._build(book, subject)
        self.reason.selectAll()

    def _build(self, book: SheetBook, subject: Subject) -> None:
        stated, total = book.issue(subject, ""), book.total(subject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = QVBoxLayout()
        words.setContentsMargins(22, 20, 22, 20)
        words.setSpacing(12)
        words.addWidget(label(f"{book.rater.name}给“{subject.name}”的合计对不上", "heading", wrap=True))
        card = QFrame()
        card.setProperty("kind", "facts")
        facts = QVBoxLayout(card)
        facts.setContentsMargins(12, 10, 12, 10)
        width = 96
        facts.addWidget(FactRow("表中写的合计", stated.text if stated else "", label_width=width))
        facts.addWidget(
            FactRow("各项相加", "" if total is None else points_text(total), label_width=width, strong=True)
        )
        facts.addWidget(FactRow("出处", book.source(subject), label_width=width))
        words.addWidget(card)
        words.addWidget(
            label("核定以后按各项相加计算；如果是某一项写错了，请取消，改那一项。", "secondary", wrap=True)
        )
        words.addWidget(self.row)
        column.addLayout(words)
        column.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(push_button("取消", self.reject))
        save = push_button("核定合计", self.accept, kind="primary")
        save.setDefault(True)
        row.addWidget(save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.accept)
        return foot

    def accept(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.row.show_error("请写明核定的理由，会记入变更记录。")
            self.reason.setFocus()
            return
        super().accept()
        self.accepted_with.emit(reason)
