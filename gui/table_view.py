"""The table of every list: header with sort arrow and menu, hover, copy as a block, remembered columns.

    table = RecordTable(model, settings, "roster", label="社会组织")
    table.current_changed.connect(show)     record or None; follows the selection
    table.opened.connect(open_page)         Enter or double click
    table.selected_records(), table.select_ids((id,)), table.current_record()
    table.set_narrow(True)                  hides the columns marked narrow=False
    table.set_row_height(48)                two-line rows
    table.set_least_stretch(160)            the stretching column never gets narrower; the rest scrolls
    table.addAction(action)                 into the menu of the right button

The stretching column takes the room that is left. Where that is more than it needs and other columns
follow, these get wider with it, so that the eye keeps its line; a width that the user gave stays.

Selection and current row stay with their records over sorting, filtering and reloading.
"""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
)

from gui.clipboard import put_block
from gui.delegates import RecordDelegate
from gui.settings_store import SettingsStore, TableLayout
from gui.table_header import RecordHeader
from gui.table_model import CHECK_KEY, RecordTableModel
from gui.theme import current, fix_height, row_height, scaled
from gui.widgets.buttons import ENTER

SAVE_AFTER_MS = 400
MOST_STRETCHES = 200
LEAST, ENOUGH = 96, 360
"""Pixels of the standard text size that a stretching column gets and needs, unless it is told otherwise."""


class RecordTable(QTableView):
    """A QTableView over a RecordTableModel."""

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(
        self, model: RecordTableModel[Any], settings: SettingsStore, name: str, *, label: str
    ) -> None:
        super().__init__()
        self._records = model
        self._settings = settings
        self._name = name
        self._narrow = False
        self._kept_ids: list[Hashable] = []
        self._kept_current: Hashable = None
        self._told: Any = None
        self._row_height = 36
        self._least_stretch = LEAST
        self._given_widths: dict[int, int] = {}
        """What the user gave columns, in pixels."""
        self._is_fitting = False
        self._fitted_to = current().text_size
        self._header = RecordHeader(model, self)
        self._delegate = RecordDelegate(self)
        self._saver = QTimer(self)
        self.setAccessibleName(label)
        self._build()
        self.setModel(model)
        self._connect()
        self._arrange_columns()

    def _build(self) -> None:
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        fix_height(self._header, 36)
        self._fit_rows()
        copy = QAction("复制", self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selection)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        self._records.modelAboutToBeReset.connect(self._keep_selection)
        self._records.modelReset.connect(self._restore_selection)
        self._records.checks_changed.connect(self._header.viewport().update)
        self.doubleClicked.connect(self._open)
        self._header.sectionClicked.connect(self._click_header)
        self._header.menu_asked.connect(self._show_header_menu)
        self._saver.setSingleShot(True)
        self._saver.setInterval(SAVE_AFTER_MS)
        self._saver.timeout.connect(self.save_layout)
        self._header.sectionResized.connect(self._keep_width)
        self._header.sectionMoved.connect(lambda *_: self._saver.start())

    # Records and selection

    def current_record(self) -> Any:
        """The record of the current row, or None."""
        row = self.currentIndex().row()
        return self._records.record_at(row) if 0 <= row < self._records.rowCount() else None

    def selected_records(self) -> tuple[Any, ...]:
        """The records of all selected rows, top to bottom."""
        return tuple(map(self._records.record_at, self._selected_rows()))

    def _selected_rows(self) -> list[int]:
        return sorted({row for one in self._ranges() for row in range(one.top(), one.bottom() + 1)})

    def _ranges(self) -> list[QItemSelectionRange]:
        # Ranges, not indexes: Ctrl+A over 100,000 rows is one range and a million indexes.
        chosen = self.selectionModel().selection()
        return [chosen.at(number) for number in range(chosen.count())]

    def select_ids(self, ids: Collection[Hashable]) -> None:
        """Select these records and scroll to the first of them."""
        rows = self._records.rows_of(ids)
        self._select_rows(rows)
        if rows:
            self._make_current(rows[0])

    def selectRow(self, row: int) -> None:
        """Choose one row alone, if it is there; Qt's own would add it or take it away while Ctrl is down."""
        if 0 <= row < self._records.rowCount():
            self._select_rows([row])
            self._make_current(row)

    def _select_rows(self, rows: list[int]) -> None:
        chosen = QItemSelection()
        last_column = len(self._records.columns) - 1
        stretches = _stretches(rows)
        # Qt compares every range with every other: scattered thousands would freeze the window.
        for first, last in stretches if len(stretches) <= MOST_STRETCHES else ():
            chosen.select(self._records.index(first, 0), self._records.index(last, last_column))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _make_current(self, row: int) -> None:
        column = max(0, self.currentIndex().column())
        index = self._records.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def _keep_selection(self) -> None:
        record = self.current_record()
        self._kept_current = None if record is None else self._records.record_id(record)
        self._kept_ids = self._records.ids_at(self._selected_rows())

    def _restore_selection(self) -> None:
        if self._kept_ids:
            self._select_rows(self._records.rows_of(self._kept_ids))
        rows = self._records.rows_of({self._kept_current}) if self._kept_current is not None else []
        if rows:
            self._make_current(rows[0])
        self._tell_current()

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self._tell_current()
        self.viewport().update()

    def _tell_current(self) -> None:
        record = self.current_record()
        if record is not self._told:
            self._told = record
            self.current_changed.emit(record)

    def _open(self, index: QModelIndex) -> None:
        if self._records.columns[index.column()].key != CHECK_KEY:
            self.opened.emit(self._records.record_at(index.row()))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex().siblingAtColumn(len(self._records.columns) - 1))
        elif key == Qt.Key.Key_Space and self._records.is_checkable():
            self._toggle_selected()
        else:
            super().keyPressEvent(event)

    def _toggle_selected(self) -> None:
        rows = self._selected_rows()
        all_ticked = all(map(self._records.is_checked, rows))
        self._records.set_checked(self._records.ids_at(rows), not all_ticked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_tick = index.isValid() and self._records.columns[index.column()].key == CHECK_KEY
        if is_tick and event.button() == Qt.MouseButton.LeftButton:
            ids, ticked = self._records.ids_at((index.row(),)), self._records.is_checked(index.row())
            self._records.set_checked(ids, not ticked)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)
        super().leaveEvent(event)

    def _set_hover(self, row: int) -> None:
        if row != self._delegate.hover_row:
            rows = (self._delegate.hover_row, row)
            self._delegate.hover_row = row
            for changed in rows:
                top, height = self.rowViewportPosition(changed), self.rowHeight(changed)
                self.viewport().update(0, top, self.viewport().width(), height)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as Excel does."""
        self.copy_records(self.selected_records())

    def copy_records(self, records: Sequence[Any]) -> None:
        """Put these records on the clipboard, with the columns that are selected."""
        chosen = {column for one in self._ranges() for column in range(one.left(), one.right() + 1)}
        order = sorted(filter(self._is_copied, chosen), key=self._header.visualIndex)
        columns = [self._records.columns[column] for column in order]
        if columns:
            put_block([[column.text(record) for column in columns] for record in records])

    def _is_copied(self, column: int) -> bool:
        return not self.isColumnHidden(column) and self._records.columns[column].key != CHECK_KEY

    # Columns

    def _click_header(self, section: int) -> None:
        if self._records.columns[section].key == CHECK_KEY:
            self._records.toggle_shown()
            return
        sorted_by, ascending = self._records.sort_state()
        self._sort(section, not ascending if sorted_by == section else True)

    def _sort(self, section: int, ascending: bool) -> None:
        self._records.sort_by(self._records.columns[section].name, ascending=ascending)
        self._saver.start()

    def _show_header_menu(self, section: int, place: QPoint) -> None:
        self.header_menu(section).popup(place)

    def header_menu(self, section: int) -> QMenu:
        """Sort, hide and show columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if section >= 0 and self._records.columns[section].key != CHECK_KEY:
            menu.addAction("升序排列", lambda: self._sort(section, True))
            menu.addAction("降序排列", lambda: self._sort(section, False))
            menu.addAction("隐藏此列", lambda: self.show_column(section, False))
            menu.addSeparator()
        for index, column in enumerate(self._records.columns):
            if column.key != CHECK_KEY:
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(index))
                action.toggled.connect(lambda shown, index=index: self.show_column(index, shown))
        menu.addSeparator()
        menu.addAction("恢复默认的列", self._reset_columns)
        return menu

    def show_column(self, index: int, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        visible = [
            i
            for i, c in enumerate(self._records.columns)
            if c.key != CHECK_KEY and not self.isColumnHidden(i)
        ]
        if shown or visible != [index]:
            self._is_fitting = True
            self.setColumnHidden(index, not shown)
            self._is_fitting = False
            self._fit_columns()
            self._saver.start()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the columns that a small window has no room for."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange_columns()

    def set_least_stretch(self, width: int) -> None:
        """Keep the stretching column readable in pixels of the standard text size."""
        self._least_stretch = width
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        shown = [index for index in range(len(self._records.columns)) if not self.isColumnHidden(index)]
        place = next((index for index in shown if self._records.columns[index].stretch), None)
        if place is None:
            return
        self._is_fitting = True
        others = [index for index in shown if index != place]
        room = self.viewport().width() - sum(map(self._own_width, others))
        least = scaled(self._least_stretch)
        modes = QHeaderView.ResizeMode
        fits = room >= least
        self._header.setSectionResizeMode(place, modes.Stretch if fits else modes.Interactive)
        if not fits:
            self._header.resizeSection(place, least)
        self._share(room, place, others)
        self._is_fitting = False

    def _share(self, room: int, place: int, others: list[int]) -> None:
        """Let the columns beside the stretching one have their part of room that it does not need."""
        columns = self._records.columns
        free = [each for each in others if each not in self._given_widths and columns[each].key != CHECK_KEY]
        own = sum(map(self._own_width, free))
        is_last = all(self._header.visualIndex(each) < self._header.visualIndex(place) for each in others)
        enough = scaled(max(ENOUGH, columns[place].width))
        share = 1.0 if is_last else max(1.0, (own + room) / (own + enough))
        for each in free:
            self.setColumnWidth(each, int(self._own_width(each) * share))

    def _own_width(self, index: int) -> int:
        """How wide a column is where there is no room to share."""
        column = self._records.columns[index]
        return 40 if column.key == CHECK_KEY else self._given_widths.get(index) or scaled(column.width)

    def _keep_width(self, index: int, _before: int, width: int) -> None:
        if width and not self._is_fitting and not self._records.columns[index].stretch:
            self._given_widths[index] = width
            self._saver.start()

    def _reset_columns(self) -> None:
        for index in range(len(self._records.columns)):
            self._header.moveSection(self._header.visualIndex(index), index)
        self._apply(None)
        self.save_layout()

    def _arrange_columns(self) -> None:
        self._apply(self._settings.table_layout(self._name))

    def _apply(self, layout: TableLayout | None) -> None:
        self._fitted_to = current().text_size
        given = layout.widths if layout else {}
        self._given_widths = {
            index: given[column.name]
            for index, column in enumerate(self._records.columns)
            if given.get(column.name)
        }
        blocked = self._header.blockSignals(True)
        for index, column in enumerate(self._records.columns):
            hidden = column.name in layout.hidden if layout else not column.shown
            self.setColumnHidden(index, hidden or (self._narrow and not column.narrow))
            fixed = column.key == CHECK_KEY
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Interactive
            stretch = QHeaderView.ResizeMode.Stretch
            self._header.setSectionResizeMode(index, stretch if column.stretch else mode)
            self.setColumnWidth(index, self._own_width(index))
        self._header.blockSignals(blocked)
        if layout:
            self._apply_order(layout)
        self._fit_columns()

    def _apply_order(self, layout: TableLayout) -> None:
        names = [column.name for column in self._records.columns]
        for place, name in enumerate(name for name in layout.order if name in names):
            self._header.moveSection(self._header.visualIndex(names.index(name)), place)
        if layout.sort_key in names and self._records.sort_state()[0] < 0:
            self._records.sort_by(layout.sort_key, ascending=layout.ascending)

    def save_layout(self) -> None:
        """Remember order, widths, hidden columns and sorting; a narrow window hides some only for now."""
        columns = self._records.columns
        order = [columns[self._header.logicalIndex(place)].name for place in range(len(columns))]
        hidden = [
            c.name for i, c in enumerate(columns) if self.isColumnHidden(i) and (c.narrow or not self._narrow)
        ]
        widths = {columns[index].name: width for index, width in self._given_widths.items()}
        sorted_by, ascending = self._records.sort_state()
        sort_key = columns[sorted_by].name if sorted_by >= 0 else ""
        self._settings.set_table_layout(
            self._name, TableLayout(tuple(order), widths, tuple(hidden), sort_key, ascending)
        )

    # Sizes

    def set_row_height(self, height: int) -> None:
        """48 for two-line rows, 32 for side tables."""
        self._row_height = height
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self._row_height))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_rows()
            if current().text_size is not self._fitted_to:
                self._arrange_columns()


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring rows, as first and last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
