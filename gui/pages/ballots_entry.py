"""One ballot put in: who enters it, its number, an answer for each question; Enter in the last one saves.

    pass_ = BallotEntry(second=False); pass_.show_line(box, line)
    pass_.entered.connect(store)              Vote, by whom
    pass_.clear(); pass_.begin()              the next ballot, and the keyboard there
    pass_.refuse("……")                        why this one was not taken

Choices are typed by their number or their word. Nothing of the other pass is ever shown. A ballot without
any answer is asked about once: it is more often a key pressed twice than a blank paper.
"""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.model.assessment import Subject
from core.model.ballot_view import Vote
from core.model.scheme import Indicator, LeafKind
from gui.pages.ballots_book import BallotBox, BoxLine
from gui.theme import bound_width, fix_width
from gui.widgets.buttons import push_button
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label
from gui.widgets.layouts import clear

ANSWER_WIDTH, NUMBER_WIDTH, LABEL_WIDTH = 220, 88, 108
MOST_NUMBER = 999_999


class AnswerField(QLineEdit):
    """An answer as it is written on the paper."""

    def __init__(self, leaf: Indicator) -> None:
        super().__init__()
        self._choices = choices_of(leaf)
        bound_width(self, least=ANSWER_WIDTH)
        self.setPlaceholderText(hint_of(leaf))
        self.setToolTip(hint_of(leaf))
        self.editingFinished.connect(lambda: self.setText(self.answer()))

    def answer(self) -> str:
        """The text, or the choice that its number stands for."""
        text = self.text().strip()
        place = int(text) - 1 if text.isdecimal() else -1
        return self._choices[place] if 0 <= place < len(self._choices) else text


class BallotEntry(QWidget):
    """The first or the second pass over the ballots on one subject."""

    entered = Signal(object, str)

    def __init__(self, *, second: bool) -> None:
        super().__init__()
        self._second = second
        self._box: BallotBox | None = None
        self._line: BoxLine | None = None
        self._asked: tuple[Indicator, ...] = ()
        self._blank: Vote | None = None
        self.fields: list[AnswerField] = []
        self.by, self.number = QLineEdit(), QLineEdit()
        bound_width(self.by, least=ANSWER_WIDTH)
        fix_width(self.number, NUMBER_WIDTH)
        self.number.setValidator(QIntValidator(1, MOST_NUMBER, self.number))
        self.by_row = FormRow("录入人", self.by, required=True, label_width=LABEL_WIDTH)
        self.number_row = FormRow("票号", self.number, required=True, label_width=LABEL_WIDTH)
        self._left = label("", "hint", wrap=True)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(8)
        self.save = push_button("保存，录下一张", self._save, icon_name="check-line")
        self.save.setShortcut("Ctrl+S")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._left, self.by_row, self.number_row):
            column.addWidget(part)
        self.by.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(lambda: self.fields[0].setFocus())
        column.addLayout(self._questions)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_line(self, box: BallotBox, line: BoxLine) -> None:
        """Enter ballots on this subject; what is being typed stays as long as it is the same one."""
        another = self._line is None or self._line.subject.id != line.subject.id
        self._box, self._line = box, line
        leaves = box.leaves(line.subject)
        if leaves != self._asked:
            self._ask(leaves)
        self._tell_left()
        if another or not any(field.text() for field in self.fields):
            self.clear()

    def clear(self) -> None:
        """Begin with the next ballot."""
        if self._line is None:
            return
        for field in self.fields:
            field.clear()
        waiting = self._line.waiting
        number = str(waiting[0].number) if waiting else ""
        self.number.setText(number if self._second else str(self._line.next_number))

    def refuse(self, text: str, *, person: bool = False) -> None:
        """Say why the ballot was not kept; `person` where it is for who entered it."""
        row, field = (self.by_row, self.by) if person else (self.number_row, self.number)
        row.show_error(text)
        field.setFocus()
        field.selectAll()

    def begin(self) -> None:
        """Where typing begins."""
        first = self.fields[0] if self.fields and self.by.text().strip() else self.by
        first.setFocus()

    def _tell_left(self) -> None:
        assert self._line is not None
        waiting = len(self._line.waiting)
        text = "把纸质测评票编号后逐张录入；答案照票面写，没有填的留空。"
        if self._second:
            text = "由另一个人再录一遍，不显示第一遍的内容。"
            text += f"还有 {waiting} 张待录。" if waiting else "没有待录的票。"
        self._left.setText(text)
        self.save.setEnabled(bool(waiting) or not self._second)

    def _ask(self, leaves: tuple[Indicator, ...]) -> None:
        clear(self._questions)
        self._asked = leaves
        self.fields = [AnswerField(leaf) for leaf in leaves]
        for leaf, field in zip(leaves, self.fields, strict=True):
            self._questions.addWidget(FormRow(leaf.name, field, label_width=LABEL_WIDTH))
            field.returnPressed.connect(lambda field=field: self._next(field))
        order_tabs(self.number, *self.fields, self.save)

    def _next(self, field: AnswerField) -> None:
        place = self.fields.index(field) + 1
        if place < len(self.fields):
            self.fields[place].setFocus()
            self.fields[place].selectAll()
        else:
            self._save()

    def _save(self) -> None:
        for row in (self.by_row, self.number_row):
            row.clear_message()
        if not self.by.text().strip():
            self.by_row.show_error("请写明是谁录的。")
            self.by.setFocus()
        elif not self.number.hasAcceptableInput():
            self.refuse("请写票号，从 1 起编。")
        elif self._box is not None and self._line is not None:
            vote = self._vote(self._box, self._line.subject)
            if not any(vote.answers) and vote != self._blank:
                self._blank = vote
                self.number_row.show_warning("一项也没有填。票面是空白的，请再按一次保存。")
            else:
                self.entered.emit(vote, self.by.text().strip())

    def _vote(self, box: BallotBox, subject: Subject) -> Vote:
        answers = tuple(field.answer() for field in self.fields)
        return Vote(box.stage.code, box.rater.code, subject.id, int(self.number.text()), answers)


def order_tabs(*fields: QWidget) -> None:
    """Let Tab go through these one after the other, whenever each of them was made."""
    for before, after in pairwise(fields):
        QWidget.setTabOrder(before, after)


def choices_of(leaf: Indicator) -> tuple[str, ...]:
    """The words of which an answer is one; none where it is a figure."""
    if leaf.kind is LeafKind.YES_NO:
        return ("是", "否")
    return tuple(choice.name for choice in leaf.choices)


def hint_of(leaf: Indicator) -> str:
    """What may be answered, the choices with the numbers that stand for them."""
    numbered = enumerate(choices_of(leaf), start=1)
    return " ".join(f"{number} {choice}" for number, choice in numbered) or leaf.range_text()
