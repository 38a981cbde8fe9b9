"""Records as they once stood: the present rows with later changes taken back, one record by its history."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select

from core.model.journal import Act, Change, FieldValue
from core.ports import Record
from db.records import Shape, StoredRow, portions, portions_of, readable, stored_changes, touched_after

R = TypeVar("R", bound=Record)

_MANY = 10_000
"""Records from which on it is sooner to read all than to look each of them up."""


@dataclass(slots=True)
class _Earlier:
    """What a record's later changes say of it before them; without `values` it was not there yet."""

    version: int
    values: dict[str, FieldValue] | None
    whole: bool


_later = (
    select(
        stored_changes.c.record_id,
        stored_changes.c.version,
        stored_changes.c.before,
        stored_changes.c.after.is_(None),
    )
    .where(stored_changes.c.kind == bindparam("kind"), stored_changes.c.act_number > bindparam("act_number"))
    .order_by(stored_changes.c.act_number, stored_changes.c.id)
)
_later_of_some = _later.where(stored_changes.c.record_id.in_(bindparam("ids", expanding=True)))


def records_as_of(
    connection: Connection, shape: Shape[R], act_number: int, ids: Sequence[str] | None = None
) -> tuple[R, ...]:
    """The records of a kind as they stood after an act, in order of id, derived fields blank.

    Looks at the present rows and the changes of later acts, not at those of earlier ones.
    """
    wanted = {"kind": shape.name, "act_number": act_number}
    if ids is not None and len(ids) > _MANY:
        some = frozenset(ids)
        return tuple([each for each in records_as_of(connection, shape, act_number) if each.id in some])
    if ids is None:
        later = portions(connection, _later, wanted)
    else:
        later = portions_of(connection, _later_of_some, ids, **wanted)
    earlier = _earlier(later)
    records: list[R] = []
    for rows in shape.kept_rows(connection, ids):
        records += shape.decode(list(_taken_back(shape, rows, earlier)) if earlier else rows)
    gone = [
        shape.made(record_id, each.version, each.values)
        for record_id, each in earlier.items()
        if each.values is not None
    ]
    if gone:
        records += shape.decode(gone)
        records.sort(key=lambda record: record.id)
    return tuple(records)


def touched_since(
    connection: Connection, kind: str, act_number: int, fields: frozenset[str] | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the records that later acts made, changed or removed; and of those that were there before.

    With `fields` only of those of which one of these was changed, or that were made or removed.
    """
    own = stored_changes.c
    query = touched_after(kind, act_number, fields).add_columns(own.before.is_(None))
    made_first: dict[str, bool] = {}
    for rows in portions(connection, query.order_by(own.act_number, own.id)):
        for record_id, is_made in rows:
            made_first.setdefault(str(record_id), bool(is_made))
    return frozenset(made_first), frozenset(each for each, is_made in made_first.items() if not is_made)


def record_before(shape: Shape[Any], past: Sequence[tuple[Act, Change]], change: Change) -> Record | None:
    """The record as it stood before a change; None if it was not there. A removal needs no `past`."""
    if change.after is None:
        return _record(shape, change.record_id, change.version - 1, change.before or {})
    return _folded(shape, [each for _, each in past if each.version < change.version])


def record_after(shape: Shape[Any], past: Sequence[tuple[Act, Change]], change: Change) -> Record | None:
    """The record as a change of its history left it; None if it was removed."""
    return _folded(shape, [each for _, each in past if each.version <= change.version])


def _earlier(later: Iterable[Sequence[Any]]) -> dict[str, _Earlier]:
    """What stood before later changes, by record: of each field the oldest of their old values."""
    found: dict[str, _Earlier] = {}
    with readable("操作日志"):
        for rows in later:
            # One text for many changes: reading each by itself takes three times as long.
            befores = json.loads(f"[{','.join([row[2] or 'null' for row in rows])}]")
            for (record_id, version, _, removed), before in zip(rows, befores, strict=True):
                known = found.get(record_id)
                if known is None:
                    values = None if before is None else dict(before)
                    found[record_id] = _Earlier(version - 1, values, removed or values is None)
                elif not known.whole:
                    known.values, known.whole = before | known.values, removed
    return found


def _taken_back(
    shape: Shape[Any], rows: Sequence[StoredRow], earlier: dict[str, _Earlier]
) -> Iterator[StoredRow]:
    """The rows as they stood before; what they used of `earlier` is taken out of it."""
    for row in rows:
        was = earlier.pop(shape.id_of(row), None)
        if was is None:
            yield row
        elif was.values is not None and was.whole:
            # A removal says all but what stood at its default, whatever the record holds since it came back.
            yield shape.made(shape.id_of(row), was.version, was.values)
        elif was.values is not None:
            yield shape.patched(row, was.version, was.values)


def _folded(shape: Shape[Any], past: Sequence[Change]) -> Record | None:
    """What the changes of a record make of it, one after the other."""
    if not past or past[-1].after is None:
        return None
    values: dict[str, FieldValue] = {}
    for each in past:
        values = values | dict(each.after) if each.after is not None else {}
    return _record(shape, past[-1].record_id, past[-1].version, values)


def _record(shape: Shape[Any], record_id: str, version: int, values: Mapping[str, FieldValue]) -> Record:
    record: Record = shape.decode([shape.made(record_id, version, values)])[0]
    return record
