"""The annexes of a document, in order: a line for each, to be opened, moved and taken out.

annexes = AnnexList(); annexes.show_annexes(made, words, current, behind); annexes.opened (place)
annexes.moved (place) one up; annexes.removed (place)

`behind` says what stands behind the text (出席、请假、送达回执): a line above the annexes.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.model.document_text import TextAnnex
from core.services.document_editing import FieldWords
from gui.widgets.buttons import icon_button
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.layouts import clear

TAIL = -2


class _AnnexLink(ElidedLabel):
    """A title that opens its annex."""

    pressed = Signal()

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text, kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, _event: object) -> None:
        self.pressed.emit()


class AnnexList(QWidget):
    """See the module."""

    opened = Signal(int)
    moved = Signal(int)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("附件")
        self._is_locked = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_locked(self, locked: bool) -> None:
        self._is_locked = locked

    def show_annexes(
        self, annexes: Sequence[TextAnnex], words: FieldWords, current: int, behind: Sequence[str] = ()
    ) -> None:
        """Show them; `current` is the place of the one being written, -1 for none."""
        clear(self._column)
        if behind:
            self._column.addWidget(self._tail_line("、".join(behind), current == TAIL))
        number = 1
        for place, annex in enumerate(annexes):
            count = words.count(annex)
            self._column.addWidget(self._line(place, annex, words, (number, count), place == current))
            number += count
        self.setVisible(bool(annexes or behind))

    def _tail_line(self, labels: str, is_open: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label("文后", "hint"))
        link = _AnnexLink(labels, "strong" if is_open else "")
        link.pressed.connect(lambda: self.opened.emit(TAIL))
        row.addWidget(link, 1)
        go = icon_button("pencil-line", f"编写文后的{labels}", lambda: self.opened.emit(TAIL), dense=True)
        row.addWidget(go)
        return line

    def _line(
        self, place: int, annex: TextAnnex, words: FieldWords, numbers: tuple[int, int], is_open: bool
    ) -> QWidget:
        first, count = numbers
        number = f"附件{first}" if count == 1 else f"附件{first} 至 {first + count - 1}"
        if not count:
            number = "附件\uff08按现在的数据不附\uff09"
        title = words.within(annex).text(annex.title)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label(number, "hint"))
        link = _AnnexLink(title, "strong" if is_open else "")
        link.pressed.connect(lambda: self.opened.emit(place))
        row.addWidget(link, 1)
        name = f"{number} {title}"
        go = icon_button("pencil-line", f"编写{name}", lambda: self.opened.emit(place), dense=True)
        up = icon_button("arrow-up-line", f"{name}前移", lambda: self.moved.emit(place), dense=True)
        away = icon_button("close-line", f"去掉{name}", lambda: self.removed.emit(place), dense=True)
        up.setEnabled(place > 0 and not self._is_locked)
        away.setEnabled(not self._is_locked)
        for button in (go, up, away):
            row.addWidget(button)
        return line
