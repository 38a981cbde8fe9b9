"""The form over a document's text: title, kind, day, number, addressee; what is rarely wanted folded away.

form = DocumentForm(); form.show_text(text, words); form.applied_to(text) -> the text with what the form says
form.show_day(date, is_fixed); form.show_number("示例街办〔2026〕1号", face)
form.edited; form.dated (a date, or None for the day of signing)

The groups of the title, between which alone it may be broken, are parted by upright strokes.
"""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from core.model.document import DocumentFormat
from core.model.document_text import DocumentText
from core.services.document_editing import FieldWords
from gui.theme import fix_width
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.day_edit import DayEdit
from gui.widgets.field_edit import FieldLine
from gui.widgets.labels import ElidedLabel, label

LABEL_WIDTH = 76
TYPING_PAUSE_MS = 600
BREAK = "|"
WIDE_BREAK = "｜"
LIST_SIGN = "、"
GENRES = (
    "通知",
    "通报",
    "决定",
    "公示",
    "公告",
    "告知书",
    "通知书",
    "函",
    "会议纪要",
    "请示",
    "报告",
    "意见",
)
SECRECIES = ("", "秘密", "机密", "绝密")
URGENCIES = ("", "特急", "加急")


class DocumentForm(QWidget):
    """See the module."""

    edited = Signal()
    dated = Signal(object)
    line_entered = Signal(object)

    def __init__(self, *, is_template: bool = False) -> None:
        super().__init__()
        self._is_showing = False
        self._is_template = is_template
        self.title = FieldLine("标题")
        self.genre = _choice(GENRES)
        self.day = DayEdit(136)
        self._loose_day = push_button("随签发日", self._loosen_day, kind="link", dense=True)
        self._number = ElidedLabel()
        self._state = Badge(BadgeFace("预留，未占用", "warn"))
        self.addressee = FieldLine("主送")
        self.more = push_button("更多项目", kind="flat", dense=True)
        self.copy_to, self.note = FieldLine("抄送"), FieldLine("附注")
        self.head, self.series = FieldLine("发文机关标志"), FieldLine("机关代字")
        self.secrecy, self.urgency = _choice(SECRECIES), _choice(URGENCIES)
        self.signers, self.partners = QLineEdit(), QLineEdit()
        self.copy_number, self.stamp_posts = QLineEdit(), QLineEdit()
        self.format = QComboBox()
        self.seal = QCheckBox("留出盖章位置")
        self.imprint = QCheckBox("印版记")
        self.addressee_below = QCheckBox("主送移到版记")
        self._rest = QWidget()
        self._first = QWidget()
        self._pause = QTimer(self)
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        for each in DocumentFormat:
            self.format.addItem(each.label, each)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self.title.setToolTip("竖线“|”是标题换行的地方，不印出来")
        self.more.setCheckable(True)
        self.more.setToolTip("抄送、密级、紧急程度、签发人、联合发文、版式、附注")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self._first, self._rest):
            column.addWidget(part)
        self._build_first(_grid(self._first))
        self._build_rest(_grid(self._rest))
        self._rest.hide()

    def _build_first(self, grid: QGridLayout) -> None:
        _put(grid, 0, "标题", self.title, required=True)
        kind = QHBoxLayout()
        kind.setSpacing(8)
        kind.addWidget(self.genre, 1)
        day = label("成文日期", "secondary")
        day.setBuddy(self.day)
        self.day.setAccessibleName("成文日期")
        if not self._is_template:
            kind.addSpacing(4)
            for part in (day, self.day, self._loose_day):
                kind.addWidget(part)
        _put_row(grid, 1, _word("文种", self.genre, required=True), kind)
        number = QHBoxLayout()
        number.setSpacing(8)
        if not self._is_template:
            number.addWidget(self._number)
            number.addWidget(self._state)
        number.addStretch(1)
        number.addWidget(self.more)
        word = "发文字号" if not self._is_template else ""
        _put_row(grid, 3, label(word, "secondary"), number)
        _put(grid, 2, "主送", self.addressee)

    def _build_rest(self, grid: QGridLayout) -> None:
        _put(grid, 0, "抄送", self.copy_to)
        _put_two(grid, 1, ("密级", self.secrecy), ("紧急程度", self.urgency))
        _put_two(grid, 2, ("签发人", self.signers), ("联合发文", self.partners))
        _put_two(grid, 3, ("份号", self.copy_number), ("签名章职务", self.stamp_posts))
        _put_two(grid, 4, ("版式", self.format), ("机关代字", self.series))
        _put(grid, 5, "机关标志", self.head)
        _put(grid, 6, "附注", self.note)
        ticks = QHBoxLayout()
        for tick in (self.seal, self.imprint, self.addressee_below):
            ticks.addWidget(tick)
        ticks.addStretch(1)
        _put_row(grid, 7, label(""), ticks)
        for line, hint in (
            (self.signers, "上行文才填，几人用顿号隔开"),
            (self.partners, "几个单位用顿号隔开"),
            (self.stamp_posts, "盖签名章的，如 主任"),
            (self.copy_number, "涉密的才填，如 000001"),
        ):
            line.setToolTip(hint)

    def _connect(self) -> None:
        self.more.toggled.connect(self._rest.setVisible)
        for line in self.field_lines():
            line.edited.connect(self._tell)
            line.cursorPositionChanged.connect(lambda line=line: self.line_entered.emit(line))
        for field in (self.signers, self.partners, self.copy_number, self.stamp_posts):
            field.textEdited.connect(self._tell)
        for choice in (self.genre, self.secrecy, self.urgency, self.format):
            choice.currentTextChanged.connect(self._tell)
        for tick in (self.seal, self.imprint, self.addressee_below):
            tick.toggled.connect(self._tell)
        self.day.dateChanged.connect(lambda _day: None if self._is_showing else self._pause.start())
        self._pause.timeout.connect(lambda: self.dated.emit(self.chosen_day()))

    def field_lines(self) -> tuple[FieldLine, ...]:
        """The lines that can hold fields."""
        return (self.title, self.addressee, self.copy_to, self.head, self.series, self.note)

    def _tell(self, *_what: object) -> None:
        if not self._is_showing:
            self.edited.emit()

    # Showing

    def show_text(self, text: DocumentText, words: FieldWords) -> None:
        """Show what the form says of a text."""
        self._is_showing = True
        for line, value in zip(
            self.field_lines(),
            (BREAK.join(text.title), text.addressee, text.copy_to, text.head, text.series, text.note),
            strict=True,
        ):
            line.set_words(words)
            line.set_text(value)
        self.genre.setEditText(text.genre)
        self.secrecy.setEditText(text.secrecy)
        self.urgency.setEditText(text.urgency)
        self.signers.setText(LIST_SIGN.join(text.signers))
        self.partners.setText(LIST_SIGN.join(text.partners))
        self.stamp_posts.setText(LIST_SIGN.join(text.stamp_posts))
        self.copy_number.setText(text.copy_number)
        self.format.setCurrentIndex(self.format.findData(text.format))
        for tick, on in (
            (self.seal, text.seal),
            (self.imprint, text.imprint),
            (self.addressee_below, text.addressee_below),
        ):
            tick.setChecked(on)
        self._is_showing = False

    def show_words(self, words: FieldWords) -> None:
        """The data have changed; the text has not."""
        for line in self.field_lines():
            line.set_words(words)

    def show_day(self, day: date, *, is_fixed: bool) -> None:
        """The 成文日期, and whether it was chosen; what the user is typing is left alone."""
        if self._pause.isActive():
            return
        self._is_showing = True
        self.day.show_day(day)
        self._is_showing = False
        self._loose_day.setVisible(is_fixed and self.day.isEnabled())
        self.day.setToolTip("已经指定" if is_fixed else "没有指定时，签发那一天就是成文日期")

    def show_number(self, number: str, face: BadgeFace | None) -> None:
        self._number.set_whole_text(number or "不编号")
        self._state.setVisible(face is not None)
        if face is not None:
            self._state.set_face(face)

    def set_locked(self, locked: bool) -> None:
        """Leave everything to be looked at only."""
        for line in self.field_lines():
            line.setReadOnly(locked)
            line.setEnabled(not locked)
        for part in (
            self.genre,
            self.day,
            self.secrecy,
            self.urgency,
            self.signers,
            self.partners,
            self.stamp_posts,
            self.copy_number,
            self.format,
            self.seal,
            self.imprint,
            self.addressee_below,
        ):
            part.setEnabled(not locked)

    # Reading

    def chosen_day(self) -> date:
        return self.day.day()

    def forget_day(self) -> None:
        """A day that is still being typed belongs to the document before."""
        self._pause.stop()

    def _loosen_day(self) -> None:
        self._pause.stop()
        self.dated.emit(None)

    def applied_to(self, text: DocumentText) -> DocumentText:
        """The text with what the form says."""
        groups = self.title.text().replace(WIDE_BREAK, BREAK).split(BREAK)
        return replace(
            text,
            title=tuple(each for each in groups if each.strip()) or (text.name,),
            genre=self.genre.currentText().strip() or text.genre,
            addressee=self.addressee.text(),
            copy_to=self.copy_to.text(),
            head=self.head.text(),
            series=self.series.text(),
            note=self.note.text(),
            secrecy=self.secrecy.currentText().strip(),
            urgency=self.urgency.currentText().strip(),
            signers=_listed(self.signers),
            partners=_listed(self.partners),
            stamp_posts=_listed(self.stamp_posts),
            copy_number=self.copy_number.text().strip(),
            format=DocumentFormat(self.format.currentData()),
            seal=self.seal.isChecked(),
            imprint=self.imprint.isChecked(),
            addressee_below=self.addressee_below.isChecked(),
        )


def _listed(line: QLineEdit) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in line.text().split(LIST_SIGN))))


def _choice(words: tuple[str, ...]) -> QComboBox:
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(words)
    made.setMinimumContentsLength(4)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _grid(holder: QWidget) -> QGridLayout:
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid


def _word(text: str, field: QWidget, *, required: bool = False) -> QLabel:
    made = label(f"{text} *" if required else text, "secondary")
    made.setBuddy(field)
    field.setAccessibleName(f"{text}\uff08必填\uff09" if required else text)
    fix_width(made, LABEL_WIDTH)
    return made


def _put(grid: QGridLayout, row: int, text: str, field: QWidget, *, required: bool = False) -> None:
    grid.addWidget(_word(text, field, required=required), row, 0)
    grid.addWidget(field, row, 1, 1, 3)


def _put_row(grid: QGridLayout, row: int, word: QLabel, fields: QHBoxLayout) -> None:
    fix_width(word, LABEL_WIDTH)
    grid.addWidget(word, row, 0)
    grid.addLayout(fields, row, 1, 1, 3)


def _put_two(grid: QGridLayout, row: int, *pairs: tuple[str, QWidget]) -> None:
    for place, (text, field) in enumerate(pairs):
        grid.addWidget(_word(text, field), row, 2 * place)
        grid.addWidget(field, row, 2 * place + 1)
