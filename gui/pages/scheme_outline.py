"""The outline at the left of the scheme editor: pages, stages, raters, the tree of indicators, awards.

outline = SchemeOutline(); outline.show_draft(draft); outline.follow(draft); outline.mark(findings)
outline.choose(place); outline.place() -> Place
outline.chosen(place); outline.asked(act, place)      acts: add, remove, up, down, form
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from core.model.scheme_draft import DraftFinding, Table
from core.model.scheme_parts import Page, part_at
from gui.icons import icon
from gui.pages.scheme_places import Place, figure_of, place_of, places_below, title_of
from gui.theme import row_height

PLACE = Qt.ItemDataRole.UserRole
MARGIN = 8
_ICONS = {
    "环节": "time-line",
    "评分方": "user-3-line",
    "分类指标": "group-line",
    "指标": "checkbox-blank-circle-line",
    "奖项": "award-line",
}
_KEYS = {
    Qt.Key.Key_Insert: "add",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_F2: "form",
    Qt.Key.Key_Return: "form",
    Qt.Key.Key_Enter: "form",
}


class SchemeOutline(QTreeView):
    """Everything that has a form of its own, with its figure."""

    chosen = Signal(object)
    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[Place, QStandardItem] = {}
        self._wrong: frozenset[Place] = frozenset()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName("方案目录")
        self.setHeaderHidden(True)
        self.setViewportMargins(0, 0, MARGIN, 0)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._tell)
        self.collapsed.connect(lambda _index: self._show_marks())
        self.expanded.connect(lambda _index: self._show_marks())

    def show_draft(self, draft: Table) -> None:
        """Show the places of a draft; what was folded stays so."""
        folded = {place for place, item in self._items.items() if not self.isExpanded(item.index())}
        was_empty = not self._items
        chosen = self.place()
        self.selectionModel().blockSignals(True)
        self._model.clear()
        self._model.setColumnCount(2)
        self._items.clear()
        for page in Page:
            self._add(draft, Place((), page), self._model.invisibleRootItem())
        self.blockSignals(True)
        for place, item in self._items.items():
            self.setExpanded(item.index(), was_empty or place not in folded)
        self.blockSignals(False)
        self._arrange()
        self.selectionModel().blockSignals(False)
        if chosen in self._items:
            self.choose(chosen)

    def follow(self, draft: Table) -> None:
        """Keep up with the words of a draft whose places are the same ones."""
        for place, item in self._items.items():
            for column, text in enumerate((title_of(draft, place), figure_of(draft, place))):
                index = item.index().siblingAtColumn(column)
                if index.data() != text:
                    self._model.setData(index, text)
                    self._model.setData(index, text, Qt.ItemDataRole.ToolTipRole)

    def mark(self, findings: Sequence[DraftFinding]) -> None:
        """Show which places have something wrong in them; what is folded stands for what is in it."""
        self._wrong = frozenset(place_of(finding.path, finding.key) for finding in findings)
        self._show_marks()

    def _show_marks(self) -> None:
        for place, item in self._items.items():
            is_wrong = place in self._wrong or self._hides_wrong(item)
            item.setIcon(icon("error-warning-fill", "err") if is_wrong else icon(_icon_of(place)))
            item.setAccessibleText(f"{item.text()}{'，有要改的' if is_wrong else ''}")

    def _hides_wrong(self, item: QStandardItem) -> bool:
        """Whether a folded line has something wrong in it."""
        return not self.isExpanded(item.index()) and self._holds_wrong(item)

    def _holds_wrong(self, item: QStandardItem) -> bool:
        below = [item.child(row) for row in range(item.rowCount())]
        return any(each.data(PLACE) in self._wrong or self._holds_wrong(each) for each in below)

    def choose(self, place: Place) -> None:
        """Select a place; the page it is on where there is no such place."""
        item = self._items.get(place) or self._items.get(Place((), place.page))
        if item is not None:
            self.setCurrentIndex(item.index())
            self.scrollTo(item.index())

    def place(self) -> Place | None:
        """The place selected."""
        place: Place | None = self.currentIndex().siblingAtColumn(0).data(PLACE)
        return place

    def _add(self, draft: Table, place: Place, parent: QStandardItem) -> None:
        item = QStandardItem(title_of(draft, place))
        item.setToolTip(item.text())
        item.setData(place, PLACE)
        item.setIcon(icon(_icon_of(place)))
        item.setSizeHint(QSize(0, row_height(32)))
        figure = QStandardItem(figure_of(draft, place))
        figure.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        parent.appendRow([item, figure])
        self._items[place] = item
        for below in places_below(draft, place):
            self._add(draft, below, item)

    def _arrange(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _tell(self, index: QModelIndex) -> None:
        if (place := index.siblingAtColumn(0).data(PLACE)) is not None:
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _KEYS.get(Qt.Key(event.key()), "")
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            act = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(event.key()), "")
        if act and (place := self.place()) is not None:
            self.asked.emit(act, place)
        else:
            super().keyPressEvent(event)


def _icon_of(place: Place) -> str:
    if place.is_page:
        return "file-text-line"
    return _ICONS.get(part_at(place.path).word, "file-list-3-line")
