"""The bar over the marks: whose mark is current, what may be filled in, where it comes from, what is wrong.

bar = MarksBar(); bar.show_spot(book, spot)
bar.entered.connect(store)              the text of the bar's own field, on Enter
bar.left.connect(to_the_grid)           Enter or Esc was pressed in the field
bar.settle_asked.connect(settle)        the sheet's stated total is to be put right
bar.note_asked.connect(ask)             something is to be said about the current mark
bar.entry_asked.connect(ask)            the subject gets a bonus, a deduction or a veto
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from core.model.assessment import Subject
from core.model.scheme import Indicator, plain
from gui.pages.marks_book import SheetBook, Spot, points_text
from gui.theme import bound_width, fix_height, fix_width, set_kind
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, IconLabel, label

FIELD_WIDTH = 96


class MarkField(QLineEdit):
    """The current mark; Esc puts back what is stored."""

    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("dense", True)
        self.setAccessibleName("当前评分")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        fix_width(self, FIELD_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class MarksBar(QFrame):
    """One line that follows the current cell."""

    entered = Signal(object, str)
    left = Signal()
    settle_asked = Signal(object)
    note_asked = Signal(object)
    entry_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.setAccessibleName("当前单元格")
        self._spot: Spot | None = None
        self._stored = ""
        self._narrow = False
        self._name = ElidedLabel("", "strong")
        self._arrow = label("›", "hint")
        self._indicator = label("", "strong")
        self.field = MarkField()
        self.range = label("", "hint")
        self.sum = label("", "secondary")
        self._icon = IconLabel("error-warning-fill", "err", 16)
        self.message = ElidedLabel("", "hint")
        self.settle = push_button("核定合计", self._ask_settle, kind="link", dense=True)
        self.note = push_button("说明", self._ask_note, kind="link", dense=True)
        self.entry = push_button("加减分", self._ask_entry, kind="link", dense=True)
        self.entry.setToolTip("登记加分、扣分或一票否决，写明事由和依据")
        self.note.setToolTip("写明扣分的理由和佐证\uff08Shift+F2\uff09")
        self._build()
        self._connect()
        self.show_spot(None, None)

    def _build(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(8)
        for part in (self._name, self._arrow, self._indicator, self.field, self.range, self.sum, self._icon):
            row.addWidget(part)
        row.addWidget(self.message, 1)
        row.addWidget(self.settle)
        row.addWidget(self.note)
        row.addWidget(self.entry)
        fix_height(self, 32, spare=10)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._enter)
        self.field.escaped.connect(self._escape)

    def set_narrow(self, narrow: bool) -> None:
        self._row.setContentsMargins(16 if narrow else 24, 4, 16 if narrow else 24, 4)
        bound_width(self._name, most=180 if narrow else 300)
        self._narrow = narrow
        self.entry.setVisible(self._spot is not None and not narrow)

    def show_spot(self, book: SheetBook | None, spot: Spot | None) -> None:
        """Follow the current cell; None where there is none."""
        typing = spot == self._spot and self.field.hasFocus() and self.field.isModified()
        self._spot = spot
        shown = book is not None and spot is not None
        for part in (self._name, self._arrow, self._indicator, self.field, self.range, self.sum, self.note):
            part.setVisible(shown)
        self.entry.setVisible(shown and not self._narrow)
        self.settle.hide()
        if book is None or spot is None:
            self._say("", "选中一个评分，这里显示它的范围和来源")
        else:
            subject, leaf = book.subject(spot.subject_id), book.leaf(spot.indicator)
            self._stored = book.typed(subject, leaf.code)
            if not typing:
                self.field.setText(self._stored)
            self._show_mark(book, subject, leaf)

    def _show_mark(self, book: SheetBook, subject: Subject, leaf: Indicator) -> None:
        self._name.set_whole_text(subject.name)
        self._indicator.setText(leaf.name)
        self.field.setAccessibleName(f"{subject.name} {leaf.name}")
        self.field.setReadOnly(bool(book.locked) or not book.applies(subject, leaf.code))
        for part in (self.note, self.entry):
            part.setEnabled(not book.locked)
        self.range.setText(leaf.range_text())
        self.sum.setText(f"合计 {points_text(book.total(subject) or 0)} / {plain(book.stage.full)}")
        wrong = book.fault(subject, leaf.code)
        set_kind(self.field, "state", "err" if wrong else "")
        self.range.setVisible(not wrong)
        self._tell(book, subject, leaf, wrong)

    def _tell(self, book: SheetBook, subject: Subject, leaf: Indicator, wrong: str) -> None:
        """What is wrong comes first, then what is said about the mark, then where it is from."""
        disagrees, total = book.issue(subject, ""), book.total(subject)
        if wrong:
            self._say("err", wrong)
        elif disagrees and total is not None:
            self._say("err", f"表中合计写的是 {disagrees.text}，各项相加是 {points_text(total)}")
            self.settle.setVisible(not book.locked)
        else:
            facts = "；".join(filter(None, (leaf.filling_hint(), book.source(subject))))
            self._say("", book.said(subject, leaf.code) or book.locked or facts)

    def _say(self, kind: str, text: str) -> None:
        self._icon.setVisible(bool(kind))
        set_kind(self.message, "kind", kind or "hint")
        self.message.set_whole_text(text)

    def _enter(self) -> None:
        if self._spot and self.field.text().strip() != self._stored:
            self.entered.emit(self._spot, self.field.text().strip())
        self.left.emit()

    def _escape(self) -> None:
        self.field.setText(self._stored)
        self.left.emit()

    def _ask_note(self) -> None:
        if self._spot:
            self.note_asked.emit(self._spot)

    def _ask_entry(self) -> None:
        if self._spot:
            self.entry_asked.emit(self._spot)

    def _ask_settle(self) -> None:
        if self._spot:
            self.settle_asked.emit(self._spot.subject_id)
