"""Every record beside what the journal says that it should be: damage that no check of pages can see."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, column, select, table

from core.model.journal import FieldValue
from db.journal import whole_text
from db.records import Shape, Shapes, StoredRow, portions, stored_changes
from db.tables import KINDS

_REWORDED: Mapping[tuple[str, str, FieldValue], FieldValue] = {
    ("issued_papers", "kind", "results_notice"): "results-notice"
}
"""Values that an upgrade of the store wrote anew in the records, by kind, field and what the journal says."""


def record_faults(connection: Connection) -> Iterator[str]:
    """How many records of each kind hold something else than their changes made of them.

    One pass for each kind. Derived fields (search keys, traces) are not looked at: no change tells of them.
    """
    shapes = Shapes(connection.dialect)
    for kind, source in KINDS.items():
        astray = list(_astray(connection, shapes[kind]))
        if astray:
            yield f"有 {len(astray)} 条“{source.comment}”记录的内容与操作日志不符（第一条：{astray[0]}）"


def _astray(connection: Connection, shape: Shape[Any]) -> Iterator[str]:
    """The ids of such records; one without any change is told by the check of versions."""
    records = table(shape.name, column("id"))
    own = records.c.id
    # Both in the order of ids, which is nearly that of writing.
    changed = (
        select(own, stored_changes.c.after)
        .select_from(records.join(stored_changes, stored_changes.c.record_id == own))
        .order_by(own, stored_changes.c.id)
    )
    told = groupby(chain.from_iterable(portions(connection, changed)), key=itemgetter(0))
    record_id, group = next(told, (None, iter(())))
    for row in chain.from_iterable(shape.kept_rows(connection, None)):
        if shape.id_of(row) == record_id:
            if not _agrees(shape, row, [after for _, after in group]):
                yield str(record_id)
            record_id, group = next(told, (None, iter(())))


def _agrees(shape: Shape[Any], row: StoredRow, afters: Sequence[Any]) -> bool:
    """Whether a row is what its changes, oldest first, made of it."""
    if len(afters) == 1 and afters[0] == whole_text(shape, row):
        return True
    values: dict[str, FieldValue] = {}
    for after in json.loads(f"[{','.join([each or 'null' for each in afters])}]"):
        values = values | after if after is not None else {}
    return all(
        row[at] == (said := values.get(name, shape.blank[at]))
        or row[at] == _REWORDED.get((shape.name, name, said), said)
        for at, name in shape.journaled
    )
