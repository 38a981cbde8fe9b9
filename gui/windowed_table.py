"""A table over more records than are held: the ids of all rows at once, the rows themselves by windows.

    model = WindowedModel(columns, record_id, blank, sortable={"held_on"})
    model.set_ids(ids, rows)               what a search found, in its order, with the rows of the first ones
    model.set_ids(ids, rows, more=True)    the first ones only: what is selected beyond them comes back later
    model.complete(ids)                    all that it found, where only the first ones were known
    model.rows_asked.connect(fetch)        a Request; answer with model.put_rows(request, rows)
    model.order_asked.connect(search)      another column was chosen; model.sort_state() says which
    model.whole_asked.connect(wait)        an act on all rows: call it, if need be when all ids are known
    model.typed.emit()                     a key was pressed: till its answer nothing else is shown
    table = WindowedTable(model, settings, "ledger_activities", label="活动")
    table.selected_ids(); table.copy_asked(ids)       rows to copy that are not held: table.copy_records(rows)
    table.with_chosen(remove)              gives it the ids that are selected, when all are known
    table.accept_paste(); table.pasted(rows of texts)

A row that is not held shows `blank` until its window has come. Of the windows passed while scrolling only
the newest are fetched, and the oldest are let go.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence

from gui.clipboard import take_block
from gui.settings_store import SettingsStore
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable

R = TypeVar("R")

# A screen shows 20 rows, the largest 64: two windows hold whatever is in sight, wherever the border lies.
WINDOW = 64
WINDOWS_ASKED = 2
WINDOWS_HELD = 128
# What stands beside a list takes longer to show than the list: not while somebody runs through it.
TELL_AFTER_MS = 30
# After a key nothing is painted but the answer: what it replaces would only keep it waiting.
TYPING_REST_MS = 150
# Few are looked for one by one: that is quicker than to number all rows.
FEW = 3


@dataclass(frozen=True, slots=True)
class Request:
    """Rows that are wanted: the ids of some windows."""

    windows: tuple[int, ...]
    ids: tuple[str, ...]


class WindowedModel(RecordTableModel[R]):
    """As a RecordTableModel, but order and filter are the store's."""

    rows_asked = Signal(object)
    rows_arrived = Signal()
    order_asked = Signal()
    whole_asked = Signal(object)
    typed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        record_id: Callable[[R], Hashable],
        blank: R,
        *,
        sortable: Collection[str] = (),
        checkable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, record_id, checkable=checkable, parent=parent)
        self._blank = blank
        self.has_more = False
        self._sortable = frozenset(sortable)
        self._held: dict[int, dict[Hashable, R]] = {}
        self._before: dict[Hashable, R] = {}
        self._wanted: dict[int, None] = {}
        self._asked: Request | None = None
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)

    def set_ids(self, ids: Iterable[str], rows: Sequence[R] = (), *, more: bool = False) -> None:
        """Show the records with these ids, in this order; `rows` are those of the first window, if known.

        `more`: others follow by `complete`, among them maybe what was selected before.
        """
        self.beginResetModel()
        self.has_more = more
        self._take(list(ids))
        # What was held stands in until its window has come: a list read again does not flicker.
        self._before = {key: row for window in self._held.values() for key, row in window.items()}
        self._held = {0: {self.record_id(row): row for row in rows}} if rows else {}
        self._wanted = {}
        self._asked = None
        self.endResetModel()

    def complete(self, ids: Sequence[str]) -> None:
        """Show all records of a search whose first ones are shown; they are read again if they changed."""
        known = len(self._shown_ids)
        self.has_more = False
        if list(ids[:known]) != self._shown_ids:
            self.set_ids(ids)
        elif len(ids) > known:
            self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
            self._take(list(ids))
            self.endInsertRows()

    def _take(self, ids: list[Hashable]) -> None:
        self._shown_ids = self._all_ids = ids
        self._shown_places = range(len(ids))
        self._places = {}

    def put_rows(self, request: Request, rows: Sequence[R]) -> None:
        """Take the rows that were asked for; those of an answer that is no longer shown are dropped."""
        if request is not self._asked:
            return
        self._asked = None
        found = {self.record_id(row): row for row in rows}
        for window in request.windows:
            self._held[window] = found
            first = window * WINDOW
            last = min(first + WINDOW, self.rowCount()) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        while len(self._held) > WINDOWS_HELD:
            del self._held[next(iter(self._held))]
        self.rows_arrived.emit()
        if self._wanted:
            self._asking.start()

    def give_up(self, request: Request) -> None:
        """The rows could not be read; they are asked for again when they are painted again."""
        if request is self._asked:
            self._asked = None

    def is_held(self, row: int) -> bool:
        return row // WINDOW in self._held

    def shown(self) -> tuple[R, ...]:
        """The records that are held, as they stand in the table now."""
        return tuple(map(self.record_at, filter(self.is_held, range(self.rowCount()))))

    def shown_ids(self) -> tuple[str, ...]:
        """The ids of all records, as they stand in the table now."""
        return tuple(map(str, self._shown_ids))

    def ticked_ids(self) -> tuple[str, ...]:
        """The ids of the ticked records: those that are shown as they stand, then the others."""
        ticked = self.checked_ids()
        shown = [one for one in self._shown_ids if one in ticked]
        return tuple(map(str, (*shown, *sorted(map(str, ticked.difference(shown))))))

    def check_shown(self, checked: bool) -> None:
        self.whole_asked.emit(partial(super().check_shown, checked))

    def toggle_shown(self) -> None:
        self.whole_asked.emit(super().toggle_shown)

    def keep_checked(self, present: Collection[str]) -> None:
        """Untick the records that are not present any more."""
        self.set_checked(self.checked_ids().difference(present), False)

    def record_at(self, row: int) -> R:
        window = self._held.get(row // WINDOW)
        if window is None:
            self._want(row // WINDOW)
            return self._before.get(self._shown_ids[row], self._blank)
        return window.get(self._shown_ids[row], self._blank)

    def is_blank(self, record: R) -> bool:
        return record is self._blank

    def _want(self, window: int) -> None:
        if self._asked is not None and window in self._asked.windows:
            return
        self._wanted.pop(window, None)
        self._wanted[window] = None
        if not self._asking.isActive():
            self._asking.start()

    def _ask(self) -> None:
        if self._asked is not None or not self._wanted:
            return
        windows = tuple(self._wanted)[-WINDOWS_ASKED:]
        self._wanted = {}
        ids = [key for window in windows for key in self._shown_ids[window * WINDOW :][:WINDOW]]
        self._asked = Request(windows, tuple(map(str, ids)))
        self.rows_asked.emit(self._asked)

    def rowCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown_ids)

    def rows_of(self, ids: Collection[Hashable]) -> list[int]:
        if len(ids) > FEW:
            return super().rows_of(ids)
        return sorted(self._shown_ids.index(one) for one in ids if one in self._shown_ids)

    def is_sortable(self, section: int) -> bool:
        """Whether the store can put the rows in the order of this column."""
        return self.columns[section].name in self._sortable

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not self.is_sortable(column):
            return
        self._sorted_by = column
        self._ascending = order == Qt.SortOrder.AscendingOrder
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.order_asked.emit()


class WindowedTable(RecordTable):
    """A RecordTable whose rows may still be on their way."""

    copy_asked = Signal(object)
    pasted = Signal(object)

    def __init__(self, model: WindowedModel[Any], settings: SettingsStore, name: str, *, label: str) -> None:
        self._windowed = model
        self._awaits = False
        self._telling = QTimer()
        self._telling.setSingleShot(True)
        self._typing = QTimer()
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_REST_MS)
        super().__init__(model, settings, name, label=label)
        for timer in (self._telling, self._typing):
            timer.setParent(self)
        self._telling.timeout.connect(self._tell_now)
        self._typing.timeout.connect(self._paint_again)
        model.typed.connect(self._let_type)
        model.modelReset.connect(self._paint_again)
        model.rows_arrived.connect(self._tell_current)
        model.rowsInserted.connect(self._take_awaited)

    def accept_paste(self) -> None:
        """Take blocks from the clipboard as new records, by Ctrl+V and in the menu."""
        paste = QAction("粘贴为新记录", self)
        paste.setShortcut(QKeySequence.StandardKey.Paste)
        paste.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        paste.triggered.connect(self._paste)
        self.addAction(paste)

    def current_record(self) -> Any:
        record = super().current_record()
        return None if record is None or self._windowed.is_blank(record) else record

    def _let_type(self) -> None:
        self._typing.start()
        self.viewport().setUpdatesEnabled(False)
        if self._telling.isActive():
            self._tell_current()

    def _paint_again(self) -> None:
        self.viewport().setUpdatesEnabled(True)

    def _tell_current(self) -> None:
        self._telling.start(max(TELL_AFTER_MS, self._typing.remainingTime()))

    def _tell_now(self) -> None:
        # A row that is on its way is told when it has come: the pane beside keeps what it shows till then.
        if not self.current_id() or self.current_record() is not None:
            super()._tell_current()

    def current_id(self) -> str:
        """The id of the current row, whether it is held or not; empty if there is none."""
        row = self.currentIndex().row()
        return str(self._windowed.ids_at((row,))[0]) if 0 <= row < self._windowed.rowCount() else ""

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of all selected rows, top to bottom."""
        return tuple(map(str, self._windowed.ids_at(self._selected_rows())))

    def with_chosen(self, act: Callable[[Sequence[str]], object]) -> None:
        """Give `act` the ids of the selected rows, else of the current one, once all rows are known.

        Not if by then others are chosen, because those meant are gone.
        """
        meant = set(self._chosen_ids())

        def go() -> None:
            chosen = self._chosen_ids()
            if chosen and meant.issubset(chosen):
                act(chosen)

        self._windowed.whole_asked.emit(go)

    def _chosen_ids(self) -> Sequence[str]:
        return self.selected_ids() or tuple(filter(None, (self.current_id(),)))

    def selectAll(self) -> None:
        self._windowed.whole_asked.emit(super().selectAll)

    def copy_selection(self) -> None:
        self.with_chosen(self._copy)

    def _copy(self, ids: Sequence[str]) -> None:
        if all(map(self._windowed.is_held, self._selected_rows())):
            super().copy_selection()
        else:
            self.copy_asked.emit(ids)

    def _toggle_selected(self) -> None:
        self.with_chosen(lambda _ids: super(WindowedTable, self)._toggle_selected())

    def is_awaiting(self) -> bool:
        """Whether the row that was current may still come."""
        return self._awaits and not self.current_id()

    def _take_awaited(self) -> None:
        if self.is_awaiting():
            self._restore_selection()

    def _restore_selection(self) -> None:
        super()._restore_selection()
        self._awaits = self._windowed.has_more and self._kept_current is not None

    def _keep_selection(self) -> None:
        if self.is_awaiting():
            return
        self._kept_current = self.current_id() or None
        self._kept_ids = list(self.selected_ids())

    def _paste(self) -> None:
        if rows := [row for row in take_block() if any(row)]:
            self.pasted.emit(rows)
