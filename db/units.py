"""Units of work: one transaction each, for reading or for one act."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection

from core.errors import Conflict, NotFound
from core.model.finding import Find, Then
from core.model.journal import Act, Change
from core.ports import Record
from db.act_log import StoredActs
from db.journal import (
    Journal,
    act_of,
    changes_of,
    history_of,
    last_act_until,
    newest_acts,
    newest_change,
    overtaken_changes,
    standing_removals,
    touched_kinds,
)
from db.past import record_after, record_before, records_as_of, touched_since
from db.records import Shape, StoredRow
from db.tables import KINDS

R = TypeVar("R", bound=Record)


class ReadingUnit:
    """Implements core.ports.Reading."""

    def __init__(self, connection: Connection, kinds: Mapping[type[Any], Shape[Any]]) -> None:
        """`kinds` are the shapes of all kinds of records."""
        self._connection = connection
        self._kinds = kinds

    def get(self, kind: type[R], record_id: str) -> R:
        """The record with this id."""
        shape: Shape[R] = self._kinds[kind]
        found = shape.read(self._connection, {"id": record_id})
        if not found:
            message = f"这条“{shape.label}”记录不存在，可能已被删除。"
            raise NotFound("record_missing", message, "请刷新后再试。")
        return found[0]

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """All records of a kind whose fields equal the given values, in order of id."""
        shape: Shape[R] = self._kinds[kind]
        return shape.read(self._connection, equal)

    def count(self, kind: type[R], /, **equal: object) -> int:
        """How many `all` would give."""
        return self._kinds[kind].count(self._connection, equal)

    def some(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]:
        """The records with these ids, in the order of `ids`; those that are gone are left out."""
        shape: Shape[R] = self._kinds[kind]
        found = shape.by_id(self._connection, ids)
        return shape.decode([found[each] for each in ids if each in found])

    def find(self, kind: type[Record], query: Find, then: Then | None = None) -> tuple[str, ...]:
        """The ids of the records that `query` describes, in its order, as they are or as they were then."""
        return self._kinds[kind].find(self._connection, query, then)

    def values(
        self, kind: type[Record], names: Sequence[str], query: Find, then: Then | None = None
    ) -> tuple[tuple[Any, ...], ...]:
        """These fields of the records that `find` would give."""
        return self._kinds[kind].values(self._connection, names, query, then)

    def tally(
        self, kind: type[Record], names: Sequence[str], query: Find, then: Then | None = None
    ) -> Mapping[tuple[Any, ...], int]:
        """How many of the records that `find` would give have the same values in these fields."""
        return self._kinds[kind].tally(self._connection, names, query, then)

    def history(self, record_id: str) -> tuple[tuple[Act, Change], ...]:
        """What was done to a record, oldest first."""
        return history_of(self._connection, record_id)

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """The newest acts, newest first."""
        return newest_acts(self._connection, limit)

    @property
    def log(self) -> StoredActs:
        """All acts, to be looked through and verified."""
        return StoredActs(self._connection)

    def act(self, number: int) -> Act:
        """The act with this number."""
        return act_of(self._connection, number)

    def changes(self, act_number: int) -> tuple[Change, ...]:
        """What an act changed, in order."""
        return changes_of(self._connection, act_number)

    def touched(self, act_number: int) -> frozenset[str]:
        """The kinds of records that an act changed."""
        return touched_kinds(self._connection, act_number)

    def overtaken(self, act_number: int) -> Iterator[Change]:
        """The changes of an act whose records later acts changed again, in order."""
        return overtaken_changes(self._connection, act_number)

    def newest_change(self) -> int:
        """The number of the newest act that changed a record; 0 if there is none."""
        return newest_change(self._connection)

    def last_act_until(self, moment: datetime) -> int:
        """The number of the newest act that is not later than `moment`; 0 if there is none."""
        return last_act_until(self._connection, moment)

    def as_of(self, kind: type[R], act_number: int, ids: Sequence[str] | None = None) -> tuple[R, ...]:
        """The records of a kind as they stood after an act, in order of id; `ids` asks for some of them."""
        shape: Shape[R] = self._kinds[kind]
        return records_as_of(self._connection, shape, act_number, ids)

    def touched_since(
        self, kind: type[Record], act_number: int, fields: frozenset[str] | None = None
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the records that later acts touched; and of those that they changed or removed."""
        return touched_since(self._connection, self._kinds[kind].name, act_number, fields)

    def before(self, change: Change) -> Record | None:
        """The whole record as it stood before a change; None if it was not there."""
        # A removal says it all by itself.
        past = () if change.after is None else self.history(change.record_id)
        return record_before(self._shape(change), past, change)

    def after(self, change: Change) -> Record | None:
        """The whole record as a change left it; None if it removed it."""
        return record_after(self._shape(change), self.history(change.record_id), change)

    def removed(self, limit: int = 500) -> tuple[tuple[Act, Change], ...]:
        """The removals whose records are not in the store now, newest first."""
        return standing_removals(self._connection, limit)

    def _shape(self, change: Change) -> Shape[Any]:
        return self._kinds[next(kind for kind, source in KINDS.items() if source.name == change.kind)]


class WritingUnit(ReadingUnit):
    """Implements core.ports.Writing: rows and their journal in one transaction."""

    def __init__(
        self, connection: Connection, kinds: Mapping[type[Any], Shape[Any]], journal: Journal
    ) -> None:
        """`journal` belongs to the same transaction."""
        super().__init__(connection, kinds)
        self._journal = journal

    def add(self, records: Sequence[Record]) -> None:
        """Store new records."""
        for shape, group in self._by_kind(records):
            rows = shape.encode(group)
            shape.insert(self._connection, rows)
            self._journal.added(shape, rows)

    def change(self, records: Sequence[Record]) -> None:
        """Store new states of records, versions counted up; those that equal their stored state stay."""
        for shape, group in self._by_kind(records):
            wanted = shape.encode(group)
            stored = self._stored(shape, wanted)
            pairs = [
                (old, shape.next_version(new)) for old, new in zip(stored, wanted, strict=True) if old != new
            ]
            if pairs:
                if shape.update(self._connection, pairs) != len(pairs):
                    self._refuse(shape, pairs[0][0])
                self._journal.changed(shape, pairs)

    def remove(self, records: Sequence[Record]) -> None:
        """Take records out; the journal keeps them as they were stored."""
        for shape, group in self._by_kind(records):
            stored = self._stored(shape, shape.encode(group))
            if shape.delete(self._connection, stored) != len(stored):
                self._refuse(shape, stored[0])
            self._journal.removed(shape, stored)

    def _by_kind(self, records: Sequence[Record]) -> Iterator[tuple[Shape[Any], list[Any]]]:
        kinds = dict.fromkeys(map(type, records))
        return ((self._kinds[kind], [one for one in records if type(one) is kind]) for kind in kinds)

    def _stored(self, shape: Shape[Any], wanted: Sequence[StoredRow]) -> list[StoredRow]:
        """The stored rows behind `wanted`, refused unless each still has the version that is wanted."""
        found = shape.by_id(self._connection, [shape.id_of(row) for row in wanted])
        for row in wanted:
            stored = found.get(shape.id_of(row))
            if stored is None or stored[shape.version_at] != row[shape.version_at]:
                self._refuse(shape, row)
        return [found[shape.id_of(row)] for row in wanted]

    def _refuse(self, shape: Shape[Any], row: StoredRow) -> NoReturn:
        past = self.history(shape.id_of(row))
        who = f"（{past[-1][0].actor}，{past[-1][0].at:%Y-%m-%d %H:%M}）" if past else ""
        raise Conflict(
            "stale_record",
            f"这条“{shape.label}”记录在您打开之后已被修改或删除{who}，您的改动没有保存。",
            "请刷新，看过新内容后再改。",
        )
