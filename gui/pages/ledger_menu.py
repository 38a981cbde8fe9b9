"""The list of all ledgers at the left of their page, in groups, each with the number of its records.

menu = LedgerMenu(); menu.chosen.connect(show)        the ledger's code
menu.choose("activities"); menu.set_counts({"activities": 1234})
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.model.activity_ledgers import (
    ACTIVITIES,
    ATTENDANCE,
    CONTACTS,
    INCOMES,
    INCUBATORS,
    PROJECTS,
    SERVICE_OFFERS,
    TRAININGS,
)
from core.model.ledger import Ledger
from core.model.ledgers import LEDGERS
from core.model.penalty import PENALTIES
from core.model.register_ledgers import (
    BRANDS,
    CLASS_MAPPINGS,
    CLASSIFICATIONS,
    GOOD_EVIDENCE,
    PARTICULARS,
    PEOPLE,
    POSTS,
    TRANSITIONS,
    UNITS,
)
from core.model.task_ledgers import GROUP_PAPERS, HOLIDAYS, OBLIGATIONS, TASKS
from gui.glyphs import paint_glyph
from gui.theme import color, fix_width, font
from gui.view_option import read_option

WIDTH, NARROW_WIDTH = 200, 168
ITEM_AIR, CAPTION_AIR = 12, 6
CODE_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex

GROUPS: tuple[tuple[str, tuple[Ledger, ...]], ...] = (
    ("备案", (TRANSITIONS, PARTICULARS)),
    ("党建与品牌", (GOOD_EVIDENCE, BRANDS)),
    (
        "日常",
        (
            ACTIVITIES,
            PROJECTS,
            TRAININGS,
            ATTENDANCE,
            CONTACTS,
            INCOMES,
            SERVICE_OFFERS,
            INCUBATORS,
            PENALTIES,
        ),
    ),
    ("单位和人员", (UNITS, PEOPLE, POSTS)),
    ("工作", (TASKS, OBLIGATIONS, GROUP_PAPERS, HOLIDAYS)),
    ("标准", (CLASSIFICATIONS, CLASS_MAPPINGS)),
)
SHOWN_LEDGERS = tuple(ledger for _title, ledgers in GROUPS for ledger in ledgers)


class _MenuDelegate(QStyledItemDelegate):
    """Captions, and lines with icon, word and count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetrics(font()).height()
        return QSize(WIDTH, height + (ITEM_AIR if index.data(CODE_ROLE) else CAPTION_AIR))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(read_option(option).rect)
        painter.save()
        if index.data(CODE_ROLE):
            self._paint_ledger(painter, area, index, read_option(option).state)
        else:
            painter.setFont(font(12))
            painter.setPen(color("text3"))
            line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(area.adjusted(16, 4, -8, 0), line, index.data())
        painter.restore()

    def _paint_ledger(self, painter: QPainter, area: QRectF, index: Index, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(area, color("sel" if selected else "hover"))
        if selected:
            painter.fillRect(QRectF(area.x(), area.y(), 3, area.height()), color("accent"))
        token = "accent_text" if selected else "text2"
        middle = area.center().y()
        paint_glyph(painter, QRectF(area.x() + 16, middle - 9, 18, 18), ledger_of(index).icon, color(token))
        painter.setFont(font(14, bold=selected))
        painter.setPen(color("accent_text" if selected else "text"))
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area.adjusted(44, 0, -8, 0), line, index.data())
        painter.setFont(font(13))
        painter.setPen(color("text3"))
        painter.drawText(area.adjusted(0, 0, -14, 0), line | Qt.AlignmentFlag.AlignRight, count_text(index))
        view = self.parent()
        if selected and isinstance(view, QAbstractItemView) and view.hasFocus():
            painter.setPen(color("focus"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))


class LedgerMenu(QListView):
    """One ledger is always chosen; the arrow keys pass over the captions."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("台账")
        self.setProperty("kind", "ledgers")
        self._model = QStandardItemModel(self)
        self._items: dict[str, QStandardItem] = {}
        for title, ledgers in GROUPS:
            caption = QStandardItem(title)
            caption.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(caption)
            for ledger in ledgers:
                self._add(ledger)
        self.setModel(self._model)
        self.setItemDelegate(_MenuDelegate(self))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        fix_width(self, WIDTH)
        self.selectionModel().currentChanged.connect(self._tell)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the ledger more of a small window."""
        fix_width(self, NARROW_WIDTH if narrow else WIDTH)

    def _add(self, ledger: Ledger) -> None:
        item = QStandardItem(ledger.label)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(ledger.code, CODE_ROLE)
        item.setToolTip(ledger.purpose)
        self._model.appendRow(item)
        self._items[ledger.code] = item

    def code(self) -> str:
        """The ledger chosen."""
        return self.currentIndex().data(CODE_ROLE) or ""

    def choose(self, code: str) -> None:
        self.setCurrentIndex(self._items[code].index())

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many records each ledger has."""
        for code, count in counts.items():
            item = self._items[code]
            item.setData(count, COUNT_ROLE)
            item.setData(f"{item.text()}，{count} 条", Qt.ItemDataRole.AccessibleTextRole)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def _tell(self, current: QModelIndex) -> None:
        if code := current.data(CODE_ROLE):
            self.chosen.emit(code)


def ledger_of(index: Index) -> Ledger:
    """The ledger of a line."""
    return LEDGERS[index.data(CODE_ROLE)]


def count_text(index: Index) -> str:
    """Nothing until it is known."""
    count = index.data(COUNT_ROLE)
    return "" if count is None else f"{count:,}"
