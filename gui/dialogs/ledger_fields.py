"""The editors of a ledger's form, one for each kind of field, all spoken to alike.

field = editor_of(desk, field_description); field.set_text("..."); field.text()       as read_form wants it
field.left                         the clerk has gone on to the next field, or chosen something
field.doubt()                      what is wrong with the text as it stands, before it is read
LinkEdit(desk, field).set_link(id, title)
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QPlainTextEdit

from core.model.ledger import Field, FieldKind
from gui.desk import Desk
from gui.icons import icon
from gui.theme import bound_width, fix_width, row_height, scaled
from gui.widgets.choice import Choice

WIDE, MIDDLE, DATE, COUNT = 400, 240, 168, 112
PAUSE_MS = 120
HITS = 100
MORE = "……还有更多，请接着输入名称或拼音"
LONG_LINES = (3, 6)

_WIDTHS = {
    FieldKind.WHOLE: COUNT,
    FieldKind.YEAR: COUNT,
    FieldKind.MONEY: DATE,
    FieldKind.AREA: DATE,
    FieldKind.DATE: DATE,
    FieldKind.PHONES: MIDDLE,
    FieldKind.ID_NUMBER: MIDDLE,
    FieldKind.TEXTS: WIDE,
}
_HINTS = {
    FieldKind.DATE: "如 2025-03-05，不知道日的写 2025-03",
    FieldKind.TEXTS: "几项用顿号隔开",
    FieldKind.PHONES: "几个号码用顿号隔开",
    FieldKind.YEAR: "年",
}
_OTHER_EDITORS = frozenset(
    {FieldKind.LINK, FieldKind.CYCLE, FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.LONG}
)
# Titles are longer than most texts.
_WIDE_FROM = 20


class LineEdit(QLineEdit):
    """A line of text."""

    left = Signal()

    def __init__(self, width: int, placeholder: str = "") -> None:
        super().__init__()
        fix_width(self, width)
        self.setPlaceholderText(placeholder)
        self.editingFinished.connect(self.left)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def doubt(self) -> str:
        return ""


class LongEdit(QPlainTextEdit):
    """Several lines: grows with its text, within bounds; Tab goes on. `least` is how narrow it may get."""

    left = Signal()

    def __init__(self, least: int = WIDE) -> None:
        super().__init__()
        bound_width(self, least=least, most=WIDE)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        self.setPlainText(text)

    def doubt(self) -> str:
        return ""

    def _fit(self) -> None:
        least, most = LONG_LINES
        lines = min(max(int(self.document().size().height()), least), most)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + row_height(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not amid its own layout, or the lines go under the scroll bar.
        QTimer.singleShot(0, self, self._fit)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class KeyChoice(Choice):
    """One of few; its text is the key of what is chosen."""

    left = Signal()

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, width: int = MIDDLE, empty: str = "未填"
    ) -> None:
        super().__init__(choices, width=width, empty=empty)
        self.currentIndexChanged.connect(lambda _place: self.left.emit())

    def text(self) -> str:
        return str(self.chosen() or "")

    def set_text(self, text: str) -> None:
        self.choose(text or None)

    def doubt(self) -> str:
        return ""


class TickEdit(QCheckBox):
    """Yes or no; its word stands beside it, the row's label says what of."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__("是")
        self.toggled.connect(lambda _on: self.left.emit())

    def text(self) -> str:
        return "1" if self.isChecked() else ""

    def set_text(self, text: str) -> None:
        self.setChecked(bool(text))

    def doubt(self) -> str:
        return ""


class LinkEdit(QLineEdit):
    """Refers to another record, found by its name or pinyin while typing."""

    left = Signal()

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__()
        self._desk = desk
        self._field = field
        self._id = ""
        self._title = ""
        self._asked = ""
        self._hits = QStandardItemModel(self)
        fix_width(self, WIDE if field.width >= _WIDE_FROM else MIDDLE)
        self.setPlaceholderText("输入名称或拼音查找")
        drop = self.addAction(icon("arrow-down-s-line"), QLineEdit.ActionPosition.TrailingPosition)
        drop.setToolTip("列出可选的\uff08向下键\uff09")
        drop.triggered.connect(lambda _checked=False: self._look(self.text_shown()))
        self._completer = self._make_completer()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self._look(self.text_shown()))
        self.textEdited.connect(self._edit)
        self.editingFinished.connect(self._leave)

    def _make_completer(self) -> QCompleter:
        # Only bound to the widget: a completer of the line itself would write what is merely highlighted.
        completer = QCompleter(self._hits, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        completer.setWidget(self)
        completer.activated.connect(lambda _title: self._choose(completer.popup().currentIndex()))
        completer.popup().setAccessibleName(f"可选的{self._field.label}")
        completer.popup().setProperty("kind", "popup")
        return completer

    def set_link(self, record_id: str, title: str) -> None:
        """Refer to this record."""
        self._id, self._title = record_id, title
        self.setText(title)
        self.setCursorPosition(0)

    def text_shown(self) -> str:
        """What is written in the field."""
        return super().text().strip()

    def text(self) -> str:
        return self._id

    def set_text(self, text: str) -> None:
        self._id = text

    def doubt(self) -> str:
        if self._id or not self.text_shown():
            return ""
        return f"还没有选定“{self.text_shown()}”，请从列表中选一个；列表里没有的，请先登记。"

    def _edit(self, text: str) -> None:
        if text.strip() != self._title:
            self._id = ""
        self._pause.start()

    def _look(self, words: str) -> None:
        """Ask for what holds these words; all are offered while the chosen title stands there."""
        self._pause.stop()
        self._asked = words
        wanted = "" if self._id else words
        ledgers, field = self._desk.services.ledgers, self._field
        self._desk.jobs.start(
            lambda _report: (words, ledgers.choices(field, wanted, HITS)), self._offer, title="查找"
        )

    def _offer(self, answer: tuple[str, Sequence[tuple[str, str]]]) -> None:
        words, found = answer
        if words != self._asked or not self.hasFocus():
            return
        self._hits.clear()
        for key, title in found:
            item = QStandardItem(title)
            item.setData(key, Qt.ItemDataRole.UserRole)
            self._hits.appendRow(item)
        if len(found) == HITS or not found:
            rest = QStandardItem(MORE if found else f"没有找到“{words}”")
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            self._hits.appendRow(rest)
        popup = self._completer.popup()
        popup.setFont(self.font())
        self._completer.complete()
        popup.setMinimumWidth(max(self.width(), scaled(320)))
        if found:
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if key := index.data(Qt.ItemDataRole.UserRole):
            self.set_link(str(key), str(index.data()))
            self.left.emit()

    def _leave(self) -> None:
        """A name that was typed in full is as good as one chosen."""
        if self._completer.popup().isVisible():
            return
        self._pause.stop()
        same = [
            self._hits.item(row)
            for row in range(self._hits.rowCount())
            if self._hits.item(row).text() == self.text_shown()
        ]
        if not self._id and len(same) == 1 and same[0].data(Qt.ItemDataRole.UserRole):
            self.set_link(str(same[0].data(Qt.ItemDataRole.UserRole)), same[0].text())
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._completer.popup().isVisible():
            self._look(self.text_shown())
        else:
            super().keyPressEvent(event)


AnyEditor = LineEdit | LongEdit | KeyChoice | TickEdit | LinkEdit


def editor_of(desk: Desk, field: Field) -> AnyEditor:
    """The editor for a field."""
    if field.kind is FieldKind.LINK:
        return LinkEdit(desk, field)
    if field.choices is not None:
        return KeyChoice([(each.value, each.label) for each in field.choices])
    if field.kind is FieldKind.YES_NO:
        return TickEdit()
    if field.kind is FieldKind.LONG:
        return LongEdit()
    width = _width_of(field)
    return LineEdit(width, _hint(field) if width == WIDE else "")


def hint_of(field: Field) -> str:
    """What stands beside the field; a wide one has it inside."""
    inside = field.kind not in _OTHER_EDITORS and _width_of(field) == WIDE
    return "" if inside else _hint(field)


def _width_of(field: Field) -> int:
    return _WIDTHS.get(field.kind, WIDE if field.width >= _WIDE_FROM else MIDDLE)


def _hint(field: Field) -> str:
    return field.hint or _HINTS.get(field.kind, "")
