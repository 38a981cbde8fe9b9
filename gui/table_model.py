"""Frozen records as a table: columns are data, sorting and filtering happen in Python.

    columns = (
        Column("组织名称", lambda r: r.name, stretch=True, sort_key=lambda r: r.pinyin),
        Column("成员", lambda r: str(r.members), align_right=True, width=72, sort_key=lambda r: r.members),
        Column("上年等次", lambda r: r.grade.label, badges=lambda r: (BadgeFace(r.grade.label, "g1"),)),
    )
    model = RecordTableModel(columns, record_id=lambda r: r.id, checkable=True)
    model.set_records(records)             again after every reload; check marks are kept by id
    model.set_filter(lambda r: needle in r.search_text)       None shows all
    model.sort_by("组织名称")               by column key; the title is the key unless one is given
    model.shown(), model.total(), model.record_at(row), model.rows_of({id})
    model.checked_ids(), model.set_checked(ids, True), model.clear_checks(); signal checks_changed

A Decimal, a date or a pinyin string sorts as itself; records whose key is None come last in both directions.
Ids are read once and rows looked up by id, so that 100,000 records are no burden.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.widgets.badge import BadgeFace

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

NO_VALUE = "—"
CHECK_KEY = "check"
# Asked for twice for every cell that is painted: put together once.
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICKED = _SHOWN | Qt.ItemFlag.ItemIsUserCheckable
_EDITED = _SHOWN | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of one line: kind is "", "quiet", "old" (struck), "new" (bold), "err", "warn" or "info"."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CellIcon:
    """An icon before the text, in a token of the theme."""

    name: str
    token: str = "text2"


@dataclass(frozen=True, slots=True)
class Cell:
    """All that the delegate paints in one cell."""

    text: str
    second: str = ""
    badges: tuple[BadgeFace, ...] = ()
    runs: tuple[TextRun, ...] = ()
    icon: CellIcon | None = None
    tint: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: how to read, show, sort and change a record.

    `tint` gives "warn", "err", "mute" or "": the cell's background and colour. `quiet` is secondary text.
    `narrow=False` hides the column in a small window, `shown=False` until the user asks for it.
    `edit` takes the record and the new text and says whether it was taken; it makes the cell editable.
    `typed` is what an editor starts with, where that is not the text shown.
    """

    title: str
    text: Callable[[R], str]
    key: str = ""
    width: int = 120
    stretch: bool = False
    align_right: bool = False
    bold: bool = False
    quiet: bool = False
    narrow: bool = True
    shown: bool = True
    sort_key: Callable[[R], Any] | None = None
    badges: Callable[[R], tuple[BadgeFace, ...]] | None = None
    runs: Callable[[R], tuple[TextRun, ...]] | None = None
    icon: Callable[[R], CellIcon | None] | None = None
    tint: Callable[[R], str] | None = None
    second: Callable[[R], str] | None = None
    tooltip: Callable[[R], str] | None = None
    edit: Callable[[R, str], bool] | None = None
    typed: Callable[[R], str] | None = None

    @property
    def name(self) -> str:
        """Under which widths and order are remembered."""
        return self.key or self.title

    def cell(self, record: R) -> Cell:
        """What the cell of a record shows."""
        return Cell(
            text=self.text(record) or NO_VALUE,
            second=self.second(record) if self.second else "",
            badges=self.badges(record) if self.badges else (),
            runs=self.runs(record) if self.runs else (),
            icon=self.icon(record) if self.icon else None,
            tint=self.tint(record) if self.tint else "",
        )


class RecordTableModel(QAbstractTableModel, Generic[R]):
    """Rows are records; with `checkable` the first column is a tick box."""

    checks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        record_id: Callable[[R], Hashable],
        *,
        checkable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        tick: tuple[Column[R], ...] = (Column("", lambda _record: "", key=CHECK_KEY, width=40),)
        self.columns = (*(tick if checkable else ()), *columns)
        self.record_id = record_id
        self._all: list[R] = []
        self._all_ids: list[Hashable] = []
        self._shown: list[R] = []
        self._shown_ids: list[Hashable] = []
        self._shown_places: Sequence[int] = ()
        self._places: dict[Hashable, int] = {}
        self._predicate: Callable[[R], bool] | None = None
        self._checked: set[Hashable] = set()
        self._sorted_by = -1
        self._ascending = True

    def set_records(self, records: Sequence[R]) -> None:
        """Show these records in the present order and filter; marks of vanished ones are dropped."""
        self._all = list(records)
        self._all_ids = list(map(self.record_id, self._all))
        self._places = {}
        if self._checked:
            self._checked.intersection_update(self._all_ids)
        self._sort_all()
        self._refilter()
        self.checks_changed.emit()

    def set_filter(self, predicate: Callable[[R], bool] | None) -> None:
        """Show only the records for which the predicate holds."""
        self._predicate = predicate
        self._refilter()

    def shown(self) -> tuple[R, ...]:
        """The records as they stand in the table now."""
        return tuple(self._shown)

    def total(self) -> int:
        """How many records there are, shown or not."""
        return len(self._all)

    def record_at(self, row: int) -> R:
        return self._shown[row]

    def ids_at(self, rows: Iterable[int]) -> list[Hashable]:
        """The ids of the records in these rows."""
        return [self._shown_ids[row] for row in rows]

    def rows_of(self, ids: Collection[Hashable]) -> list[int]:
        """The rows in which these records stand, top to bottom."""
        if not self._places:
            self._places = {one: place for place, one in enumerate(self._all_ids)}
        rows = []
        for place in sorted(self._places[one] for one in ids if one in self._places):
            row = bisect_left(self._shown_places, place)
            if row < len(self._shown_places) and self._shown_places[row] == place:
                rows.append(row)
        return rows

    def column_named(self, name: str) -> int:
        """Index of the column with that key."""
        return next(index for index, column in enumerate(self.columns) if column.name == name)

    def sort_state(self) -> tuple[int, bool]:
        """The column sorted by (-1: as given) and whether it ascends."""
        return self._sorted_by, self._ascending

    def sort_by(self, name: str, *, ascending: bool = True) -> None:
        """Sort by the column with that key."""
        order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
        self.sort(self.column_named(name), order)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = column
        self._ascending = order == Qt.SortOrder.AscendingOrder
        self._sort_all()
        self._refilter()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _sort_all(self) -> None:
        if self._sorted_by < 0:
            return
        column = self.columns[self._sorted_by]
        key_of: Callable[[R], Any] = column.sort_key or column.text
        keys = list(map(key_of, self._all))
        order = [place for place, key in enumerate(keys) if key is not None]
        order.sort(key=keys.__getitem__, reverse=not self._ascending)
        order += [place for place, key in enumerate(keys) if key is None]
        self._all = [self._all[place] for place in order]
        self._all_ids = [self._all_ids[place] for place in order]
        self._places = {}

    def _refilter(self) -> None:
        self.beginResetModel()
        if self._predicate is None:
            self._shown, self._shown_ids = self._all, self._all_ids
            self._shown_places = range(len(self._all))
        else:
            places = list(compress(range(len(self._all)), map(self._predicate, self._all)))
            self._shown = [self._all[place] for place in places]
            self._shown_ids = [self._all_ids[place] for place in places]
            self._shown_places = places
        self.endResetModel()

    def is_checkable(self) -> bool:
        return self.columns[0].key == CHECK_KEY

    def is_checked(self, row: int) -> bool:
        return self._shown_ids[row] in self._checked

    def checked_ids(self) -> frozenset[Hashable]:
        """Ids of all ticked records, shown or not."""
        return frozenset(self._checked)

    def set_checked(self, ids: Collection[Hashable], checked: bool) -> None:
        """Tick or untick records."""
        if checked:
            self._checked.update(ids)
        else:
            self._checked.difference_update(ids)
        if self._shown_ids:
            last = self.index(len(self._shown_ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.checks_changed.emit()

    def check_shown(self, checked: bool) -> None:
        """Tick or untick every record that is shown."""
        self.set_checked(self._shown_ids, checked)

    def toggle_shown(self) -> None:
        """Tick every record that is shown; untick them if all are ticked."""
        self.check_shown(self.check_state() != Qt.CheckState.Checked)

    def clear_checks(self) -> None:
        self.set_checked(self.checked_ids(), False)

    def check_state(self) -> Qt.CheckState:
        """State of the tick box in the header: none, some or all of the shown records."""
        ticked = sum(map(self._checked.__contains__, self._shown_ids)) if self._checked else 0
        if not ticked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if ticked == len(self._shown_ids) else Qt.CheckState.PartiallyChecked

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = self.columns[index.column()]
        if column.key == CHECK_KEY:
            return _TICKED
        return _EDITED if column.edit else _SHOWN

    def cell_at(self, row: int, place: int) -> Cell | None:
        """What is painted in a cell; None where it is a tick box."""
        column = self.columns[place]
        return None if column.key == CHECK_KEY else column.cell(self.record_at(row))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self.record_at(index.row())
        if column.key == CHECK_KEY:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self.is_checked(index.row()) else Qt.CheckState.Unchecked
            return "勾选" if role == Qt.ItemDataRole.AccessibleTextRole else None
        return _value(column, record, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid():
            return False
        column, record = self.columns[index.column()], self.record_at(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and column.key == CHECK_KEY:
            ticked = Qt.CheckState(value) == Qt.CheckState.Checked
            self.set_checked(self.ids_at((index.row(),)), ticked)
            return True
        return (
            role == Qt.ItemDataRole.EditRole and column.edit is not None and column.edit(record, str(value))
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


def _value(column: Column[R], record: R, role: int) -> Any:
    if role == Qt.ItemDataRole.EditRole and column.typed:
        return column.typed(record)
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
        return column.text(record)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{column.title}：{column.text(record) or NO_VALUE}"
    if role == Qt.ItemDataRole.ToolTipRole and column.tooltip:
        return column.tooltip(record)
    if role == Qt.ItemDataRole.TextAlignmentRole and column.align_right:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return None
