"""The list of documents at the left: search, a new one, rows of title, kind and number, state.

papers = DocumentList(gate); papers.set_lines(lines); papers.select(id); papers.current() -> DocumentLine
papers.chosen.connect(open)          the line that the user went to
papers.new_asked.connect(...)
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from core.model.written_document import DocumentState
from core.services.document_lines import DocumentLine
from core.services.guard import Gate
from gui.rights import offer
from gui.theme import color, fix_width, font
from gui.view_option import read_option
from gui.widgets.badge import BadgeFace, badge_width, paint_badge
from gui.widgets.buttons import icon_button
from gui.widgets.search_field import SearchField

LIST_WIDTH, NARROW_WIDTH, WIDE_WIDTH = 264, 184, 340
PADDING = 16
FACES = {
    DocumentState.DRAFT: BadgeFace("起草", "info"),
    DocumentState.REVIEW: BadgeFace("审核", "warn"),
    DocumentState.SIGNED: BadgeFace("已签发", "accent"),
    DocumentState.ISSUED: BadgeFace("已印发", "ok"),
    DocumentState.VOID: BadgeFace("作废", "line"),
}
Index = QModelIndex | QPersistentModelIndex


def second_line(line: DocumentLine) -> str:
    """Kind, and the number or what was done last."""
    return " · ".join(filter(None, (line.genre, line.number or line.last_step)))


def title_of(line: DocumentLine) -> str:
    """The title, with the number of papers where there are many."""
    return f"{line.document.title}\uff08{line.papers} 份\uff09" if line.papers > 1 else line.document.title


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[DocumentLine, ...] = ()

    def set_lines(self, lines: Sequence[DocumentLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        face = FACES[line.document.state]
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{title_of(line)}\n{second_line(line)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title_of(line)}，{second_line(line)}，{face.text}"
        return None


class _RowPainter(QStyledItemDelegate):
    """Two lines and a badge."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        words = QFontMetricsF(font(14)).height() + QFontMetricsF(font(12)).height()
        return QSize(0, max(64, round(words) + 24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Lines)
        line, shown = model.lines[index.row()], read_option(option)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        hovered = bool(shown.state & QStyle.StateFlag.State_MouseOver)
        area = shown.rect
        painter.save()
        painter.fillRect(area, color("sel" if chosen else "hover" if hovered else "surface"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, color("line"))
        if chosen:
            painter.fillRect(area.x(), area.y(), 3, area.height(), color("accent"))
        first, second = font(14, bold=chosen), font(12)
        upper, lower = QFontMetricsF(first), QFontMetricsF(second)
        top = area.y() + (area.height() - upper.height() - lower.height() - 4) / 2
        width = area.width() - 2 * PADDING
        _write(painter, "text", first, QRectF(area.x() + PADDING, top, width, upper.height()), title_of(line))
        face = FACES[line.document.state]
        badge = badge_width(face)
        room = QRectF(area.x() + PADDING, top + upper.height() + 4, width - badge - 8, lower.height())
        _write(painter, "text3", second, room, second_line(line))
        paint_badge(painter, area.right() - PADDING - badge, room.center().y(), face)
        painter.restore()


def _write(painter: QPainter, token: str, face: QFont, room: QRectF, words: str) -> None:
    painter.setFont(face)
    painter.setPen(color(token))
    shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class DocumentList(QFrame):
    """Arrows move between the documents."""

    chosen = Signal(object)
    new_asked = Signal()

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self.setProperty("kind", "list")
        fix_width(self, LIST_WIDTH)
        self.search = SearchField("查找文书", keys="Ctrl+F")
        self.new_button = icon_button("add-line", "起草文书\uff08Ctrl+N\uff09", self.new_asked.emit)
        self.new_button.setShortcut("Ctrl+N")
        offer(gate, self.new_button, "documents.write")
        self._model = _Lines()
        self.view = QListView()
        self._all: tuple[DocumentLine, ...] = ()
        self._is_setting = False
        self._build()
        self.search.changed.connect(lambda _text: self._filter())
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))

    def _build(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(_RowPainter(self.view))
        self.view.setAccessibleName("本年度的文书")
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 8, 10)
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def fit(self, room: int, *, narrow: bool) -> None:
        """On a wide page it takes a fifth, so that long titles stand whole."""
        fix_width(self, NARROW_WIDTH if narrow else max(LIST_WIDTH, min(room // 5, WIDE_WIDTH)))

    def set_lines(self, lines: Sequence[DocumentLine]) -> None:
        """Show these documents; the one chosen stays chosen."""
        self._all = tuple(lines)
        self._filter()

    def lines(self) -> tuple[DocumentLine, ...]:
        return self._all

    def current(self) -> DocumentLine | None:
        row = self.view.currentIndex().row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    def select(self, document_id: str) -> None:
        """Go to a document without telling; a search that hides it is given up."""
        if all(each.document.id != document_id for each in self._model.lines):
            self.search.clear()
            self._show(self._all)
        self._is_setting = True
        for row, each in enumerate(self._model.lines):
            if each.document.id == document_id:
                self.view.setCurrentIndex(self._model.index(row, 0))
        self._is_setting = False

    def _filter(self) -> None:
        words = self.search.text().split()
        found = [
            each
            for each in self._all
            if all(word in f"{each.document.title} {each.genre} {each.number}" for word in words)
        ]
        self._show(found)

    def _show(self, lines: Sequence[DocumentLine]) -> None:
        now = self.current()
        self._is_setting = True
        self._model.set_lines(lines)
        self._is_setting = False
        if now is not None and any(each.document.id == now.document.id for each in lines):
            self.select(now.document.id)

    def _tell(self, now: QModelIndex) -> None:
        if not self._is_setting and now.isValid():
            self.chosen.emit(self._model.lines[now.row()])
