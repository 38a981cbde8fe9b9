"""Acts and changes: what was done, by whom and why, written with every change and never rewritten."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Select, Text, column, exists, func, or_, select, table, type_coerce

from core.errors import NotFound
from core.model.audit import ActQuery
from core.model.identity import new_id
from core.model.journal import Act, ActDraft, Change, FieldValue
from core.ports import Clock
from db.chain import Seal, newest_act, put_digest
from db.records import Shape, StoredRow, insert_rows, portions, readable
from db.tables import acts, changes
from db.types import MOMENT, to_json

_new_changes = table("changes", *(column(one.name) for one in changes.c if one.name != "id"))
"""Changes as they are written: their ids are given by the database."""

_stored_acts = table("acts", *(column(one.name) for one in acts.c))

_counted = changes.alias("counted")
_change_count = select(func.count()).where(_counted.c.act_number == acts.c.number).correlate(acts)
_act_columns = (
    acts.c.number,
    acts.c.at,
    acts.c.verb,
    acts.c.actor,
    acts.c.reason,
    _change_count.scalar_subquery(),
)
_change_columns = (
    changes.c.kind,
    changes.c.record_id,
    changes.c.version,
    changes.c.before,
    changes.c.after,
)
_acted = select(*_act_columns, *_change_columns).join_from(acts, changes)


class Journal:
    """The journal of one act; its entry is made at the first change, so an act without changes has none."""

    def __init__(self, connection: Connection, draft: ActDraft, clock: Clock) -> None:
        """Belongs to the transaction of `connection`."""
        self._connection = connection
        self._draft = draft
        self._clock = clock
        self._number = 0
        self._before = ""
        self._seal = Seal((0,))

    def added(self, shape: Shape[Any], rows: Iterable[StoredRow]) -> None:
        """Note new rows."""
        self._note(
            shape, ((shape.id_of(row), shape.version_of(row), None, whole_text(shape, row)) for row in rows)
        )

    def changed(self, shape: Shape[Any], pairs: Iterable[tuple[StoredRow, StoredRow]]) -> None:
        """Note rows before and after; only the fields that differ are kept."""
        self._note(
            shape,
            ((shape.id_of(new), shape.version_of(new), *_difference(shape, old, new)) for old, new in pairs),
        )

    def removed(self, shape: Shape[Any], rows: Iterable[StoredRow]) -> None:
        """Note rows that were taken out; the removal counts as a version of its own."""
        self._note(
            shape,
            ((shape.id_of(row), shape.version_of(row) + 1, whole_text(shape, row), None) for row in rows),
        )

    def keep(self) -> None:
        """Make the act's entry, whether it changed anything or not."""
        self._act_number()

    def close(self) -> None:
        """Put the act's digest into the chain, if it has an entry; nothing may be noted afterwards."""
        if self._number:
            put_digest(self._connection, self._number, self._seal.after(self._before))

    def _note(self, shape: Shape[Any], entries: Iterable[StoredRow]) -> None:
        # The driver asks each text of SQLAlchemy's own kind what it is; that takes as long as writing it.
        head = (self._act_number(), str(shape.name))
        rows = [head + entry for entry in entries]
        insert_rows(self._connection, _new_changes, rows)
        self._seal.take(rows)

    def _act_number(self) -> int:
        if not self._number:
            newest = newest_act(self._connection)
            self._number, self._before = newest.number + 1, newest.digest
            told = (new_id(), MOMENT.store(self._clock()), self._draft.verb)
            act = (self._number, *told, self._draft.actor, self._draft.reason)
            insert_rows(self._connection, _stored_acts, [act])
            self._seal = Seal(act)
        return self._number


def newest_acts(connection: Connection, limit: int) -> tuple[Act, ...]:
    """The newest acts, newest first."""
    return _acts(connection, select(*_act_columns).order_by(acts.c.number.desc()).limit(limit))


def newest_change(connection: Connection) -> int:
    """The number of the newest act that changed a record; 0 if there is none."""
    newest = select(changes.c.act_number).order_by(changes.c.id.desc()).limit(1)
    return int(connection.execute(newest).scalar() or 0)


def found_acts(connection: Connection, query: ActQuery) -> tuple[Act, ...]:
    """The acts that are asked for, newest first."""
    found = select(*_act_columns)
    # The day by the PC's clock is how the stored moment begins.
    day = func.substr(type_coerce(acts.c.at, Text), 1, 10)
    if query.first:
        found = found.where(day >= query.first.isoformat())
    if query.last:
        found = found.where(day <= query.last.isoformat())
    if query.actor:
        found = found.where(acts.c.actor == query.actor)
    if query.kind:
        touched = exists().where(changes.c.act_number == acts.c.number, changes.c.kind == query.kind)
        found = found.where(touched.correlate(acts))
    if query.verbs:
        found = found.where(acts.c.verb.in_(query.verbs))
    if query.text:
        texts = (acts.c.verb, acts.c.actor, acts.c.reason)
        found = found.where(or_(*(each.contains(query.text, autoescape=True) for each in texts)))
    return _acts(connection, found.order_by(acts.c.number.desc()).limit(query.limit))


def all_actors(connection: Connection) -> tuple[str, ...]:
    """Who has acted, by name."""
    return tuple(connection.execute(select(acts.c.actor).distinct().order_by(acts.c.actor)).scalars())


def act_of(connection: Connection, number: int) -> Act:
    """The act with this number.

    Raises:
        NotFound: there is none.
    """
    found = _acts(connection, select(*_act_columns).where(acts.c.number == number))
    if not found:
        raise NotFound("act_missing", f"操作日志里没有第 {number} 号操作。", "请刷新后再试。")
    return found[0]


def last_act_until(connection: Connection, moment: datetime) -> int:
    """The number of the newest act that is not later than `moment`; 0 if there is none."""
    # Moments of several offsets do not sort as texts, so they are looked at from the newest on.
    newest_first = select(acts.c.number, acts.c.at).order_by(acts.c.number.desc())
    limit = moment.astimezone(UTC)
    with readable("操作日志"):
        for number, at in chain.from_iterable(portions(connection, newest_first)):
            if datetime.fromisoformat(str(at)).astimezone(UTC) <= limit:
                return int(number or 0)
    return 0


def changes_of(connection: Connection, act_number: int) -> tuple[Change, ...]:
    """What an act changed, in order."""
    return _changes(connection, select(*_change_columns).where(changes.c.act_number == act_number))


def touched_kinds(connection: Connection, act_number: int) -> frozenset[str]:
    """The kinds of records that an act changed."""
    query = select(changes.c.kind).where(changes.c.act_number == act_number).distinct()
    return frozenset(connection.execute(query).scalars())


def overtaken_changes(connection: Connection, act_number: int) -> Iterator[Change]:
    """The changes of an act whose records later acts changed again, in order."""
    later = changes.alias("later")
    again = exists().where(later.c.record_id == changes.c.record_id, later.c.act_number > act_number)
    own = select(*_change_columns).where(changes.c.act_number == act_number, again.correlate(changes))
    # Some at a time: who asks is often content with the first.
    rows = connection.execute(own.order_by(changes.c.id), execution_options={"yield_per": 100})
    with readable("操作日志"):
        yield from (Change(*row) for row in rows)


def history_of(connection: Connection, record_id: str) -> tuple[tuple[Act, Change], ...]:
    """What was done to a record, oldest first."""
    return _acts_and_changes(
        connection, _acted.where(changes.c.record_id == record_id).order_by(changes.c.id)
    )


def standing_removals(connection: Connection, limit: int) -> tuple[tuple[Act, Change], ...]:
    """The removals after which nothing was done to their records, newest first."""
    later = changes.alias("later")
    again = exists().where(later.c.record_id == changes.c.record_id, later.c.id > changes.c.id)
    removals = _acted.where(changes.c.after.is_(None), ~again.correlate(changes))
    return _acts_and_changes(connection, removals.order_by(changes.c.id.desc()).limit(limit))


def _acts(connection: Connection, query: Select[Any]) -> tuple[Act, ...]:
    with readable("操作日志"):
        return tuple(Act(*row) for row in connection.execute(query))


def _changes(connection: Connection, query: Select[Any]) -> tuple[Change, ...]:
    with readable("操作日志"):
        return tuple(Change(*row) for row in connection.execute(query.order_by(changes.c.id)))


def _acts_and_changes(connection: Connection, query: Select[Any]) -> tuple[tuple[Act, Change], ...]:
    width = len(_act_columns)
    with readable("操作日志"):
        return tuple((Act(*row[:width]), Change(*row[width:])) for row in connection.execute(query))


def whole_text(shape: Shape[Any], row: StoredRow) -> str:
    """What the journal says of a new record: all its fields but those at their default."""
    blank = shape.blank
    return _json([(name, row[at]) for at, name in shape.journaled if row[at] != blank[at]])


def _difference(shape: Shape[Any], old: StoredRow, new: StoredRow) -> tuple[str, str]:
    differing = [(at, name) for at, name in shape.journaled if old[at] != new[at]]
    return _json([(name, old[at]) for at, name in differing]), _json(
        [(name, new[at]) for at, name in differing]
    )


def _json(fields: Iterable[tuple[str, FieldValue]]) -> str:
    """The fields as a JSON object; put together here, as the encoder takes three times as long to start."""
    said = [
        f'"{name}":{encode_basestring(value) if type(value) is str else _plain(value)}'
        for name, value in fields
    ]
    return f"{{{','.join(said)}}}"


def _plain(value: FieldValue) -> str:
    return str(value) if type(value) is int else to_json(value)
