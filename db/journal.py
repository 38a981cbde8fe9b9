"""Acts and changes: what was done, by whom and why, written with every change and never rewritten."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, column, func, insert, select, table

from core.model.identity import new_id
from core.model.journal import Act, ActDraft, Change
from core.ports import Clock
from db.records import Shape, StoredRow, insert_rows, readable
from db.tables import acts, changes
from db.types import to_json

_new_changes = table("changes", *(column(one.name) for one in changes.c if one.name != "id"))
"""Changes as they are written: their ids are given by the database."""

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


class Journal:
    """The journal of one act; its entry is made at the first change, so an act without changes has none."""

    def __init__(self, connection: Connection, draft: ActDraft, clock: Clock) -> None:
        """Belongs to the transaction of `connection`."""
        self._connection = connection
        self._draft = draft
        self._clock = clock
        self._number = 0

    def added(self, shape: Shape[Any], rows: Iterable[StoredRow]) -> None:
        """Note new rows."""
        self._note(
            shape, ((shape.id_of(row), shape.version_of(row), None, _whole(shape, row)) for row in rows)
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
            shape, ((shape.id_of(row), shape.version_of(row) + 1, _whole(shape, row), None) for row in rows)
        )

    def _note(self, shape: Shape[Any], entries: Iterable[StoredRow]) -> None:
        head = (self._act_number(), shape.name)
        insert_rows(self._connection, _new_changes, [head + entry for entry in entries])

    def _act_number(self) -> int:
        if not self._number:
            last = self._connection.execute(select(func.max(acts.c.number))).scalar()
            self._number = (last or 0) + 1
            self._connection.execute(
                insert(acts).values(
                    number=self._number,
                    id=new_id(),
                    at=self._clock(),
                    verb=self._draft.verb,
                    actor=self._draft.actor,
                    reason=self._draft.reason,
                )
            )
        return self._number


def newest_acts(connection: Connection, limit: int) -> tuple[Act, ...]:
    """The newest acts, newest first."""
    query = select(*_act_columns).order_by(acts.c.number.desc()).limit(limit)
    with readable("操作日志"):
        return tuple(Act(*row) for row in connection.execute(query))


def history_of(connection: Connection, record_id: str) -> tuple[tuple[Act, Change], ...]:
    """What was done to a record, oldest first."""
    query = (
        select(*_act_columns, *_change_columns)
        .join_from(acts, changes)
        .where(changes.c.record_id == record_id)
        .order_by(changes.c.id)
    )
    width = len(_act_columns)
    with readable("操作日志"):
        return tuple((Act(*row[:width]), Change(*row[width:])) for row in connection.execute(query))


def _whole(shape: Shape[Any], row: StoredRow) -> str:
    return to_json({name: row[at] for at, name in shape.journaled})


def _difference(shape: Shape[Any], old: StoredRow, new: StoredRow) -> tuple[str, str]:
    differing = [(at, name) for at, name in shape.journaled if old[at] != new[at]]
    return to_json({name: old[at] for at, name in differing}), to_json(
        {name: new[at] for at, name in differing}
    )
