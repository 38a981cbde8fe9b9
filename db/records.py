"""Records and their rows: one generic mapping between the frozen dataclasses and their tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, fields
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Connection,
    Delete,
    Dialect,
    Select,
    Table,
    TableClause,
    Text,
    Update,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    table,
    union_all,
    update,
)
from sqlalchemy.types import TypeEngine

from core.errors import StorageFailed
from core.model.finding import Find, Then
from core.model.in_bulk import records_of
from core.model.journal import FieldValue
from core.ports import Record
from db.sqlite_given import given_rows, given_texts
from db.tables import KINDS, changes
from db.types import Conversion, Converted

R = TypeVar("R", bound=Record)
StoredRow: TypeAlias = tuple[FieldValue, ...]
"""One record as the table holds it, in the order of its fields."""
Query: TypeAlias = Select[Any] | CompoundSelect[Any]
Among: TypeAlias = Callable[[Connection, str, Sequence[str]], Sequence[str] | None]
"""Of a kind, the ids of all records that may hold some words; None if any may."""

stored_changes = table("changes", *(column(each.name) for each in changes.c))
"""As they are stored: the columns' own conversions make a mapping of every text, whether it counts or not."""

_PORTION = 500
"""Rows that are read or looked up at once; databases limit the number of parameters."""
_STATEMENTS = 500
"""Statements of each sort that are kept: more than the program has."""


@contextmanager
def readable(label: str) -> Iterator[None]:
    """Take what cannot be converted inside the block for damage to the file; `label` says to which records.

    Raises:
        StorageFailed: a row holds what was never written there.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise StorageFailed(
            "store_damaged",
            f"数据文件中有“{label}”记录已损坏，无法读取。",
            "请保留数据文件，用最近一次备份恢复。",
        ) from error


def anywhere(_connection: Connection, _kind: str, _words: Sequence[str]) -> None:
    """Knows of no word where it may stand: every record is looked at."""


class Shape(Generic[R]):
    """How the records of one kind lie in their table.

    Values are converted here, by the processors of the columns' types, and statements run on an untyped twin
    of the table: so the journal gets exactly what the row gets, and each value is converted once.
    """

    def __init__(self, kind: type[R], source: Table, dialect: Dialect, among: Among = anywhere) -> None:
        """Read the fields off `kind` and the conversions off the columns of `source`."""
        self.kind = kind
        self._among = among
        self.name = source.name
        self.label = source.comment or source.name
        self.fields = tuple(field.name for field in fields(kind))
        self._at = {name: at for at, name in enumerate(self.fields)}
        self.id_at, self.version_at = self._at["id"], self._at["version"]
        columns = [source.c[name] for name in self.fields]
        types = [one.type.dialect_impl(dialect) for one in columns]
        self._encoders = _given(kind.bind_processor(dialect) for kind in types)
        self._decoders = _given(_column_decoder(kind, dialect) for kind in types)
        self._values = attrgetter(*self.fields)
        self._table = table(source.name, *(column(name) for name in self.fields))
        derived = {one.name for one in columns if not one.info.get("journal", True)}
        self.journaled = tuple(
            (at, name) for at, name in enumerate(self.fields) if name not in derived | {"id", "version"}
        )
        self._alike = [at for at, _ in self.journaled if isinstance(columns[at].type, Text)]
        self.blank = self._blank_row()
        self._kept = [
            literal(self.blank[at]).label(name) if name in derived else self._table.c[name]
            for at, name in enumerate(self.fields)
        ]

    def encode(self, records: Sequence[R]) -> list[StoredRow]:
        """The rows of records."""
        if not records:
            return []
        columns: list[Iterable[Any]] = list(zip(*map(self._values, records), strict=True))
        for at, encoder in self._encoders:
            columns[at] = map(encoder, columns[at])
        return list(zip(*columns, strict=True))

    def decode(self, rows: Sequence[StoredRow]) -> tuple[R, ...]:
        """The records of rows.

        Raises:
            StorageFailed: a row holds what was never written there.
        """
        if not rows:
            return ()
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for at in self._alike:
            # The same text in many rows is kept once: that is a fifth of a register in memory.
            columns[at] = map({}.setdefault, columns[at], columns[at])
        with readable(self.label):
            for at, decoder in self._decoders:
                columns[at] = decoder(columns[at])
            return tuple(records_of(self.kind, len(rows), *columns))

    def read(self, connection: Connection, equal: Mapping[str, object]) -> tuple[R, ...]:
        """The records whose fields equal the given values, in order of id."""
        given, absent = self._told_apart(equal)
        rows = portions(connection, _selection(self._table, tuple(given), absent), given)
        return tuple(chain.from_iterable(map(self.decode, rows)))

    def count(self, connection: Connection, equal: Mapping[str, object]) -> int:
        """How many records `read` would give."""
        given, absent = self._told_apart(equal)
        return int(connection.execute(_counting(self._table, tuple(given), absent), given).scalar_one())

    def find(self, connection: Connection, query: Find, then: Then | None = None) -> tuple[str, ...]:
        """The ids of the records that `query` describes, as they are or as they were then."""
        return tuple([str(row[0]) for row in self._found(connection, ("id",), query, then)])

    def values(
        self, connection: Connection, names: Sequence[str], query: Find, then: Then | None = None
    ) -> tuple[tuple[Any, ...], ...]:
        """These fields of the records that `find` would give.

        Raises:
            StorageFailed: a row holds what was never written there.
        """
        return tuple(self._decoded(names, list(self._found(connection, names, query, then))))

    def tally(
        self, connection: Connection, names: Sequence[str], query: Find, then: Then | None = None
    ) -> dict[tuple[Any, ...], int]:
        """How many of the records that `find` would give have the same values in these fields, by the values.

        Raises:
            StorageFailed: a row holds what was never written there.
        """
        found = self._asked(connection, names, query, then).subquery().c
        counted = select(*found, func.count()).group_by(*found)
        rows = [tuple(row) for row in connection.execute(counted)]
        return dict(zip(self._decoded(names, rows), [row[-1] for row in rows], strict=True))

    def _decoded(self, names: Sequence[str], rows: Sequence[StoredRow]) -> list[tuple[Any, ...]]:
        """The fields with these names, which come first in the rows."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        del columns[len(names) :]
        decoders = dict(self._decoders)
        with readable(self.label):
            for place, name in enumerate(names if rows else ()):
                if decoder := decoders.get(self._at[name]):
                    columns[place] = decoder(columns[place])
            return list(zip(*columns, strict=True))

    def _found(
        self, connection: Connection, names: Sequence[str], query: Find, then: Then | None
    ) -> Iterator[StoredRow]:
        # Two queries in one can only be put in order by what they give.
        given = names if then is None else tuple(dict.fromkeys((*names, query.order, "id")))
        found = self._asked(connection, given, query, then)
        # Where nothing stands comes first and goes last in SQLite; a server needs to be told.
        for name in dict.fromkeys((query.order, "id")):
            each: ColumnClause[Any] = column(name)
            found = found.order_by(each.desc().nulls_last() if query.descending else each.asc().nulls_first())
        if query.limit is not None:
            found = found.limit(query.limit)
        return chain.from_iterable(portions(connection, found.offset(query.offset or None)))

    def _asked(self, connection: Connection, names: Sequence[str], query: Find, then: Then | None) -> Query:
        """A query for these fields of the records that `query` describes."""
        own = self._table.c
        among = self._among(connection, self.name, query.words) if "search_key" in self._at else None
        if among is not None:
            own = self._picked(among, self._needed(names, query))
        present = self._described(names, query, own)
        if then is None:
            return present
        later = touched_after(self.name, then.act_number, then.fields)
        if then.touched is not None:
            if then.touched:
                present = present.where(own.id.not_in(given_texts(sorted(then.touched))))
        elif among is None:
            present = present.where(own.id.not_in(later))
        else:
            # Few records: the changes of each are looked up, not all that were made since.
            present = present.where(~later.where(stored_changes.c.record_id == own.id).exists())
        if not then.stood:
            return present
        # Each in its own order, the present ones by their index: so the first of both come at once.
        return union_all(present, self._described(names, query, self._given(names, query, then.stood)))

    def _described(self, names: Sequence[str], query: Find, own: Any) -> Select[Any]:
        found = select(*(own[name] for name in names))
        for name, value in query.equal:
            found = found.where(own[name] == self._encoded(name, value))
        for name, among in query.among:
            values = [self._encoded(name, each) for each in among]
            is_among = own[name].in_([each for each in values if each is not None])
            found = found.where(is_among | own[name].is_(None) if None in values else is_among)
        for word in query.words:
            found = found.where(own.search_key.contains(word, autoescape=True))
        return found

    def _picked(self, ids: Sequence[str], names: Sequence[str]) -> Any:
        """The fields with these names of the records with these ids, as columns."""
        given = given_texts(ids).subquery()
        own = self._table.c
        rows = select(*(own[name] for name in names)).select_from(
            given.join(self._table, own.id == given.c.text)
        )
        # Without a limit SQLite goes through all records in order and looks whether each is among these.
        return rows.limit(-1).subquery().c

    def _needed(self, names: Sequence[str], query: Find) -> Sequence[str]:
        """The fields that a query gives or asks for."""
        asked = [*dict(query.equal), *dict(query.among), *(["search_key"] if query.words else [])]
        return tuple(dict.fromkeys((*names, query.order, "id", *asked)))

    def _given(self, names: Sequence[str], query: Find, records: Sequence[R]) -> Any:
        """The fields of `records` that a query gives or asks for, as columns."""
        wanted, encoders = self._needed(names, query), dict(self._encoders)
        columns: list[Iterable[Any]] = []
        for name in wanted:
            values = map(attrgetter(name), records)
            encoder = encoders.get(self._at[name])
            columns.append(map(encoder, values) if encoder else values)
        return given_rows(wanted, list(zip(*columns, strict=True))).subquery().c

    def by_id(self, connection: Connection, ids: Sequence[str]) -> dict[str, StoredRow]:
        """The rows with these ids, as far as there are any."""
        rows = chain.from_iterable(portions_of(connection, _selection_by_ids(self._table), ids))
        return {self.id_of(row): row for row in rows}

    def kept_rows(self, connection: Connection, ids: Sequence[str] | None) -> Iterator[Sequence[StoredRow]]:
        """All rows, or those with `ids`, some at a time in order of id, derived fields blank."""
        query = select(*self._kept).order_by(self._table.c.id)
        if ids is None:
            return portions(connection, query)
        return portions_of(
            connection, query.where(self._table.c.id.in_(bindparam("ids", expanding=True))), sorted(ids)
        )

    def patched(self, row: StoredRow, version: int, values: Mapping[str, FieldValue]) -> StoredRow:
        """The row with other stored values; fields that the kind has no longer are left out."""
        changed = list(row)
        changed[self.version_at] = version
        for name, value in values.items():
            if name in self._at:
                changed[self._at[name]] = value
        return tuple(changed)

    def made(self, record_id: str, version: int, values: Mapping[str, FieldValue]) -> StoredRow:
        """A row of stored values; fields that the kind did not have then are as in a new record."""
        row = self.patched(self.blank, version, values)
        return (*row[: self.id_at], record_id, *row[self.id_at + 1 :])

    def insert(self, connection: Connection, rows: Sequence[StoredRow]) -> None:
        """Add rows."""
        insert_rows(connection, self._table, rows)

    def update(self, connection: Connection, pairs: Sequence[tuple[StoredRow, StoredRow]]) -> int:
        """Replace old rows by new ones where the old version still stands; gives back how many did."""
        parameters = [self._bound(new) | self._key(old) for old, new in pairs]
        return connection.execute(_update_at_version(self._table), parameters).rowcount

    def delete(self, connection: Connection, rows: Sequence[StoredRow]) -> int:
        """Take out the rows whose versions still stand; gives back how many did."""
        parameters = [self._key(row) for row in rows]
        return connection.execute(_deletion_at_version(self._table), parameters).rowcount

    def id_of(self, row: StoredRow) -> str:
        """The id in a row."""
        return str(row[self.id_at])

    def version_of(self, row: StoredRow) -> int:
        """The version in a row."""
        return int(row[self.version_at] or 0)

    def next_version(self, row: StoredRow) -> StoredRow:
        """The row, its version counted up."""
        at = self.version_at
        return (*row[:at], self.version_of(row) + 1, *row[at + 1 :])

    def _blank_row(self) -> StoredRow:
        defaults = (field.default for field in fields(self.kind))
        row = [None if value is MISSING else value for value in defaults]
        for at, encoder in self._encoders:
            row[at] = encoder(row[at]) if row[at] is not None else None
        return tuple(row)

    def _bound(self, row: StoredRow) -> dict[str, FieldValue]:
        return dict(zip(self.fields, row, strict=True))

    def _key(self, row: StoredRow) -> dict[str, FieldValue]:
        return {"old_id": row[self.id_at], "old_version": row[self.version_at]}

    def _told_apart(self, equal: Mapping[str, object]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The stored values of the fields that have one, and the names of those that have none."""
        stored = {name: self._encoded(name, value) for name, value in equal.items()}
        given = {name: value for name, value in stored.items() if value is not None}
        return given, tuple(name for name in stored if name not in given)

    def _encoded(self, name: str, value: object) -> Any:
        encoder = dict(self._encoders).get(self._at[name])
        return encoder(value) if encoder else value


def _column_decoder(kind: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    """What makes the model's values of a column out of its stored ones; None where they are the same."""
    if isinstance(kind, Converted):
        return kind.restore_all
    one = kind.result_processor(dialect, None)
    return (lambda values: map(one, values)) if one else None


def touched_after(kind: str, act_number: int, fields: frozenset[str] | None) -> Select[Any]:
    """A query for the ids of the records that later acts touched, again for each time.

    With `fields` only for those that were made or removed, or of which one of these was changed. The journal
    names the fields of a change between quotes; a text that holds such a name only makes one more of them.
    """
    own = stored_changes.c
    later = select(own.record_id).where(own.kind == kind, own.act_number > act_number)
    if fields is None:
        return later
    ways = [own.before.contains(f'"{name}"', autoescape=True) for name in sorted(fields)]
    if "search_key" in fields:
        # Made anew without a change that the journal tells: another record that it names is called otherwise.
        ways.append(own.before == "{}")
    return later.where(or_(own.before.is_(None), own.after.is_(None), *ways))


def insert_rows(connection: Connection, target: TableClause, rows: Sequence[StoredRow]) -> None:
    """Add rows to all columns of `target`."""
    # Past SQLAlchemy's treatment of each parameter, which costs as much as the writing itself.
    connection.exec_driver_sql(_insertion(target, connection.dialect), rows)


@lru_cache
def _insertion(target: TableClause, dialect: Dialect) -> str:
    return str(insert(target).compile(dialect=dialect))


# A statement takes three times as long to make as to run: each is made once.


@lru_cache(maxsize=_STATEMENTS)
def _selection(source: TableClause, given: Sequence[str], absent: Sequence[str]) -> Select[Any]:
    """Whole rows in order of id, by the values of fields and by fields without one."""
    return select(*source.c).where(*_equal(source, given, absent)).order_by(source.c.id)


@lru_cache(maxsize=_STATEMENTS)
def _counting(source: TableClause, given: Sequence[str], absent: Sequence[str]) -> Select[Any]:
    return select(func.count()).select_from(source).where(*_equal(source, given, absent))


def _equal(source: TableClause, given: Sequence[str], absent: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    yield from (source.c[name] == bindparam(name) for name in given)
    yield from (source.c[name].is_(None) for name in absent)


@lru_cache(maxsize=_STATEMENTS)
def _selection_by_ids(source: TableClause) -> Select[Any]:
    return select(*source.c).where(source.c.id.in_(bindparam("ids", expanding=True)))


@lru_cache(maxsize=_STATEMENTS)
def _update_at_version(source: TableClause) -> Update:
    others: dict[str, Any] = {each.name: bindparam(each.name) for each in source.c if each.name != "id"}
    return update(source).where(*_at_version(source)).values(others)


@lru_cache(maxsize=_STATEMENTS)
def _deletion_at_version(source: TableClause) -> Delete:
    return delete(source).where(*_at_version(source))


def _at_version(source: TableClause) -> tuple[ColumnElement[bool], ...]:
    return source.c.id == bindparam("old_id"), source.c.version == bindparam("old_version")


class Shapes(dict[type[Any], Shape[Any]]):
    """The shapes of the kinds that a store keeps, each made when it is first asked for: a start needs few."""

    def __init__(self, dialect: Dialect, among: Among = anywhere) -> None:
        """Values are converted as `dialect` wants them; `among` knows where words may stand."""
        super().__init__()
        self._dialect = dialect
        self._among = among

    def __missing__(self, kind: type[Any]) -> Shape[Any]:
        """Make the shape of a kind; KeyError if it is none that the store keeps."""
        shape = self[kind] = Shape(kind, KINDS[kind], self._dialect, self._among)
        return shape


def portions_of(
    connection: Connection, query: Select[Any], ids: Sequence[str], **values: object
) -> Iterator[Sequence[StoredRow]]:
    """The rows of a query that takes `ids`, asked for some of them at a time."""
    for start in range(0, len(ids), _PORTION):
        yield from portions(connection, query, {"ids": ids[start : start + _PORTION], **values})


def portions(
    connection: Connection, query: Query, parameters: Mapping[str, object] | None = None
) -> Iterator[Sequence[StoredRow]]:
    """The rows of a query as plain tuples, some at a time: many at once keep the garbage collector busy."""
    cursor = connection.execute(query, parameters).cursor
    assert cursor is not None
    while rows := cursor.fetchmany(_PORTION):
        yield rows


def _given(
    processors: Iterable[Callable[[Any], Any] | None],
) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    return tuple((at, one) for at, one in enumerate(processors) if one)
