"""The frame of every form for one record: sections at the left, fields, what is wrong, save and leave.

class CommunityForm(RecordForm):
    add_section("基本信息"), add_row(FormRow(...), at section)   while building
    texts() -> what stands in the fields, to know what was changed
    save() -> start the job; on success call `finish(record_id)`
form.saved(record id); Ctrl+S saves, Esc asks when something was changed
"""

from abc import abstractmethod

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.glyphs import paint_glyph
from gui.messages import Answer
from gui.theme import color, fix_height, fix_width, font, row_height, scaled
from gui.widgets.buttons import PaintedButton, push_button
from gui.widgets.card import ScrollPane
from gui.widgets.foot import Foot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import IconLabel, label


class _SectionButton(PaintedButton):
    """A section of the form and how it stands."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._state = ("checkbox-blank-circle-line", "field", "text")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(132), row_height(36))

    def set_state(self, *, wrong: bool, filled: bool) -> None:
        if wrong:
            self._state = ("error-warning-fill", "err", "err")
        elif filled:
            self._state = ("checkbox-circle-line", "ok", "text")
        else:
            self._state = ("checkbox-blank-circle-line", "field", "text")
        self.setAccessibleName(f"{self._title}{'，有需要更正的' if wrong else ''}")
        self.update()

    def paint_face(self, painter: QPainter) -> None:
        icon, token, words = self._state
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), self.RADIUS, self.RADIUS)
        middle = self.height() / 2
        paint_glyph(painter, QRectF(12, middle - 10, 20, 20), icon, color(token))
        painter.setFont(font(14))
        painter.setPen(color(words))
        painter.drawText(self.rect().adjusted(44, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._title)


class RecordForm(QDialog):
    """Fields in one column, grouped as the paper form is."""

    saved = Signal(str)

    def __init__(self, desk: Desk, title: str, what: str, parent: QWidget, *, size: tuple[int, int]) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._what = what
        self._size = size
        self._before: tuple[object, ...] = ()
        self._rows: dict[str, list[FormRow]] = {}
        self._buttons: dict[str, _SectionButton] = {}
        self._heads: dict[str, QWidget] = {}
        self._pane = ScrollPane(24, is_stop=False)
        # Large text on a small screen: a field out of sight must be reached.
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._nav = QFrame()
        self._trouble = label("", "err")
        self._trouble_icon = IconLabel("error-warning-fill", "err", 16)
        self._first = push_button("到第一处", self.show_first_fault, kind="link", dense=True)
        self.save_button = push_button("保存　Ctrl+S", self.save, kind="primary")
        self.save_button.setAccessibleName("保存")
        self.save_button.setShortcut("Ctrl+S")
        self._build_frame()
        self.show_faults()

    def sizeHint(self) -> QSize:
        return QSize(scaled(self._size[0]), scaled(self._size[1])).boundedTo(
            self.screen().availableSize() * 0.9
        )

    def _build_frame(self) -> None:
        self._nav.setProperty("kind", "list")
        fix_width(self._nav, 152)
        self._sections = QVBoxLayout(self._nav)
        self._sections.setContentsMargins(8, 12, 8, 12)
        self._sections.setSpacing(0)
        self._sections.addStretch(1)
        self._nav.hide()
        surface = QFrame()
        surface.setProperty("kind", "foot")
        inside = QHBoxLayout(surface)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._nav)
        inside.addWidget(self._pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(surface, 1)
        column.addWidget(self._foot())

    def _foot(self) -> Foot:
        leave = push_button("取消　Esc", self.reject)
        leave.setAccessibleName("取消")
        return Foot([self._trouble_icon, self._trouble, self._first], [leave, self.save_button])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The sections give way where the widest row has no room beside them.
        row, bar = self._pane.widget().minimumSizeHint(), self._pane.verticalScrollBar().sizeHint()
        fits = self._nav.sizeHint().width() + row.width() + bar.width() <= event.size().width()
        self._nav.setVisible(len(self._heads) > 1 and fits)

    # Building

    def add_section(self, title: str, note: str = "") -> None:
        """Begin a group of rows."""
        head = QWidget()
        fix_height(head, 30)
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(title, "strong"), 1)
        line.addWidget(label(note, "hint"))
        self._heads[title] = head
        self._rows[title] = []
        self._pane.body.addWidget(head)
        button = _SectionButton(title)
        button.clicked.connect(lambda _checked=False: self._go_to(title))
        self._buttons[title] = button
        self._sections.insertWidget(self._sections.count() - 1, button)

    def add_row(self, row: FormRow) -> FormRow:
        """Add a row to the last section."""
        self._rows[list(self._rows)[-1]].append(row)
        self._pane.body.addWidget(row)
        return row

    def begin(self) -> None:
        """Everything is filled in: what differs from now on is a change."""
        self._pane.body.addStretch(1)
        self.resize(self.sizeHint())
        self._before = self.texts()
        self.show_faults()
        next(iter(self._rows.values()))[0].field.setFocus()

    # What the forms define. Qt's classes cannot be of ABCMeta: it is mypy that refuses a form without them.

    @abstractmethod
    def texts(self) -> tuple[object, ...]:
        """All that stands in the fields."""

    @abstractmethod
    def filled(self, row: FormRow) -> bool:
        """Whether something stands in a row's field."""

    @abstractmethod
    def save(self) -> None:
        """Check and store."""

    # What is wrong

    def wrong_rows(self) -> list[FormRow]:
        return [row for rows in self._rows.values() for row in rows if row.is_wrong()]

    def show_faults(self) -> None:
        """Count what has to be corrected, in the foot and beside the sections."""
        count = len(self.wrong_rows())
        self._trouble.setText(f"还有 {count} 处需要更正")
        for part in (self._trouble_icon, self._trouble, self._first):
            part.setVisible(count > 0)
        for title, rows in self._rows.items():
            wrong = any(row.is_wrong() for row in rows)
            self._buttons[title].set_state(wrong=wrong, filled=any(self.filled(row) for row in rows))

    def show_first_fault(self) -> None:
        if wrong := self.wrong_rows():
            wrong[0].field.setFocus()
            self._pane.ensureWidgetVisible(wrong[0], 0, 40)

    def _go_to(self, title: str) -> None:
        self._pane.verticalScrollBar().setValue(self._heads[title].y() - 12)
        self._rows[title][0].field.setFocus()

    # Leaving

    def finish(self, record_id: str) -> None:
        """It is stored: close."""
        self._before = self.texts()
        self.saved.emit(record_id)
        self.accept()

    def is_changed(self) -> bool:
        return self.texts() != self._before

    def reject(self) -> None:
        if not self.is_changed():
            super().reject()
            return
        answer = self.desk.messages.ask_save(self._what)
        if answer is Answer.SAVE:
            self.save()
        elif answer is Answer.DISCARD:
            super().reject()
