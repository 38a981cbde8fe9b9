"""The look of every message and question: icon, bold headline, why, what to do, facts, buttons.

    MessageBox("err" | "warn" | "info", BoxText(headline, why, remedy, yes="知道了"), parent).exec()

Only gui/messages.py opens it.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.model.personal import masked_numbers
from gui.theme import scaled
from gui.widgets.box_text import BoxText
from gui.widgets.buttons import push_button
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.labels import IconLabel, label

_ICONS = {"err": "error-warning-line", "warn": "alert-line", "info": "information-line"}


class MessageBox(FittedDialog):
    """A modal box over the window; more words than the screen is high scroll."""

    def __init__(self, kind: str, text: BoxText, parent: QWidget | None = None) -> None:
        super().__init__(560 if text.facts else 520, parent)
        text = _masked(text)
        # What was pressed is asked once it is closed.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setWindowTitle("社评通")
        self.setAccessibleName(text.headline)
        self.setAccessibleDescription(text.as_text())
        self.other_pressed = False
        self._text = text
        self.words.addLayout(self._row_of_words(kind))
        self.end_with(self._buttons())

    def showEvent(self, event: QShowEvent) -> None:
        self._first.setFocus()
        super().showEvent(event)

    def _row_of_words(self, kind: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        icon = IconLabel(_ICONS[kind], kind, 22, disc=f"{kind}_bg")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(12)
        words.addWidget(label(self._text.headline, "heading", wrap=True))
        if self._text.why:
            words.addWidget(label(self._text.why, wrap=True, selectable=True))
        if self._text.remedy:
            words.addWidget(label(self._text.remedy, "secondary", wrap=True, selectable=True))
        if self._text.facts:
            words.addWidget(self._facts())
        words.addStretch(1)
        row.addLayout(words, 1)
        return row

    def _facts(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "facts")
        grid = QGridLayout(card)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, scaled(80))
        grid.setColumnStretch(1, 1)
        for row, (figure, consequence) in enumerate(self._text.facts):
            amount = label(figure, "strong")
            top_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            grid.addWidget(amount, row, 0, top_right)
            grid.addWidget(label(consequence, wrap=True), row, 1)
        return card

    def _buttons(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(8)
        if self._text.copies:
            row.addWidget(push_button("复制说明", self._copy, kind="link"))
        row.addWidget(label(self._text.note, "hint", wrap=True), 1)
        if self._text.other:
            row.addWidget(push_button(self._text.other, self._press_other))
        no = push_button(self._text.no, self.reject)
        yes = push_button(self._text.yes, self.accept, kind="primary")
        no.setVisible(bool(self._text.no))
        row.addWidget(no)
        row.addWidget(yes)
        # Enter must never start what cannot be undone.
        self._first = no if self._text.safe_no else yes
        self._first.setDefault(True)
        return foot

    def _press_other(self) -> None:
        self.other_pressed = True
        self.reject()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.as_text())


def _masked(text: BoxText) -> BoxText:
    return text._replace(
        headline=masked_numbers(text.headline),
        why=masked_numbers(text.why),
        remedy=masked_numbers(text.remedy),
    )
