"""A search field that waits until the user pauses, and the box of the top bar that lists what it found.

field = SearchField("名称、负责人、拼音", width=184, keys="Ctrl+F"); field.changed.connect(filter_by)
box = SearchBox(); box.changed.connect(look); box.show_hits((SearchHit("松枫社区公益堂", "组织", key),))
box.hit_chosen.connect(go)         the key of the hit

Hits with a group stand under its name, once for all that follow each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.glyphs import paint_glyph
from gui.icons import icon
from gui.theme import color, fix_width, font, scaled
from gui.widgets.buttons import ENTER

PAUSE_MS = 120
# A search beside the window drops answers that come too late: it begins at each key, before the paint.
BESIDE_PAUSE_MS = 0
HITS_SHOWN = 8
POPUP_FRAME = 12
POPUP_WIDTH = 420
HIT_ROLE = Qt.ItemDataRole.UserRole


class SearchField(QLineEdit):
    """Emits `changed` with the stripped text after a pause, at once without one, on Enter or when cleared."""

    changed = Signal(str)

    def __init__(
        self,
        hint: str,
        *,
        width: int = 0,
        keys: str = "",
        pause_ms: int = PAUSE_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("dense", True)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(f"{hint}\uff08{keys}\uff09" if keys else hint)
        self.setClearButtonEnabled(True)
        self._name_clear_button()
        self.setTextMargins(24, 0, 0, 0)
        if width:
            fix_width(self, width)
        self._keys = keys
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.tell)
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self.tell)
        if keys:
            QShortcut(QKeySequence(keys), self, self._take_focus)

    def _name_clear_button(self) -> None:
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("清除查找")
            for action in button.actions():
                action.setIcon(icon("close-line"))
                action.setToolTip("清除\uff08Esc\uff09")
            button.setToolTip("清除\uff08Esc\uff09")

    def needle(self) -> str:
        return self.text().strip()

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _on_text(self, text: str) -> None:
        if text and self._timer.interval():
            self._timer.start()
        else:
            self.tell()

    def tell(self) -> None:
        """Emit what stands here now, if that has not been told yet."""
        self._timer.stop()
        if self.needle() != self._told:
            self._told = self.needle()
            self.changed.emit(self._told)

    def event(self, event: QEvent) -> bool:
        """While something stands here Escape clears it, before it may close what the page has open."""
        takes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and bool(self.text())
        if takes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """So wide that the hint and the keys are seen whole."""
        return QSize(self._width_with_keys() + 1, super().sizeHint().height())

    def _width_with_keys(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.placeholderText() + self._keys) + 64

    def _has_room_for_keys(self) -> bool:
        return self.width() > self._width_with_keys()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        paint_glyph(painter, QRectF(10, middle - 8, 16, 16), "search-line", color("text2"))
        if self._keys and not self.text() and not self.hasFocus() and self._has_room_for_keys():
            painter.setFont(font(12))
            painter.setPen(color("text3"))
            room = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._keys)
        painter.end()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found: its words, what else there is to say, the key that opens it, an icon, its group."""

    title: str
    kind: str
    key: object
    icon: str = "file-text-line"
    group: str = ""


class SearchBox(SearchField):
    """The search over everything: hits drop down under it, arrows and Enter choose."""

    hit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("搜索组织、人员、文书、功能", keys="Ctrl+K", pause_ms=BESIDE_PAUSE_MS, parent=parent)
        self._listed_for = ""
        self._opens_first = False
        self._popup = QFrame(self.window())
        self._popup.setProperty("kind", "popup")
        self._list = QListWidget()
        self._list.setProperty("kind", "menu")
        self._list.setIconSize(QSize(24, 18))
        self._list.setAccessibleName("搜索结果")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self._choose)
        box = QVBoxLayout(self._popup)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(self._list)
        self._popup.hide()
        self.changed.connect(lambda needle: self._popup.setVisible(self._popup.isVisible() and bool(needle)))

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """List what was found for the text that stands in the box now; what was chosen stays chosen."""
        chosen = self._list.currentItem().data(HIT_ROLE) if self._popup.isVisible() else None
        self._list.clear()
        group = ""
        for hit in hits:
            if hit.group != group:
                group = hit.group
                self._add_words(group)
            item = QListWidgetItem(icon(hit.icon), f"{hit.title}    {hit.kind}")
            item.setToolTip(item.text())
            item.setData(HIT_ROLE, hit.key)
            self._list.addItem(item)
        if not hits:
            self._add_words(f"没有找到“{self.needle()}”")
        rows = self._hit_rows()
        same = [row for row in rows if self._list.item(row).data(HIT_ROLE) == chosen]
        self._list.setCurrentRow((same or rows or [0])[0])
        self._listed_for = self.needle()
        self._place()
        if self._opens_first and hits:
            self._choose(self._list.currentItem())

    def _add_words(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setForeground(color("text2"))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.addItem(item)

    def _hit_rows(self) -> list[int]:
        rows = range(self._list.count())
        return [row for row in rows if self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled]

    def _step(self, step: int) -> None:
        """To the next hit, past the names of groups and around the ends."""
        if rows := self._hit_rows():
            at = rows.index(self._list.currentRow())
            self._list.setCurrentRow(rows[(at + step) % len(rows)])
            if not (at + step) % len(rows):
                self._list.scrollToTop()

    def _place(self) -> None:
        window = self.window()
        self._popup.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        wanted = self._list.count() * self._list.sizeHintForRow(0) + POPUP_FRAME
        height = min(wanted, window.height() - corner.y() - POPUP_FRAME)
        width = max(self.width(), scaled(POPUP_WIDTH))
        left = min(corner.x(), window.width() - width - POPUP_FRAME)
        self._popup.setGeometry(max(left, 0), corner.y(), width, height)
        self._popup.setVisible(bool(self.needle()))
        self._popup.raise_()

    def _enter(self) -> None:
        """Open what is chosen; a list that was found for another text is waited for anew."""
        if self._listed_for == self.needle() and self._popup.isVisible():
            self._choose(self._list.currentItem())
        else:
            self._opens_first = True
            self.returnPressed.emit()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            key = item.data(HIT_ROLE)
            self._opens_first = False
            self.clear()
            self._popup.hide()
            self.hit_chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._popup.isVisible() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in ENTER and self.needle():
            self._enter()
        else:
            self._opens_first = False
            if key == Qt.Key.Key_Escape:
                self._popup.hide()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._popup.hide()
        super().focusOutEvent(event)
