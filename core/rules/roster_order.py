"""How a roster is put in order where the order is not that of the stored values."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

Key: TypeAlias = Callable[..., Any]
"""Takes the values of some fields; gives what compares, None for what comes last in both directions."""


def placed(values: Iterable[object]) -> Key:
    """The key of a value by its place among these; what is not among them has none."""
    return {value: place for place, value in enumerate(values)}.get


def plain(value: Any) -> Any:
    """The key of a value that compares as it is; an empty one is none."""
    return None if value in (None, "", ()) else value


def in_order(rows: Iterable[Sequence[Any]], key: Key, *, descending: bool) -> tuple[str, ...]:
    """The ids of rows of an id and the values of `key`; equals stay as they stand."""
    keyed = [(key(*values), record_id) for record_id, *values in rows]
    known = [each for each in keyed if each[0] is not None]
    known.sort(key=itemgetter(0), reverse=descending)
    return tuple([each for _, each in known] + [each for value, each in keyed if value is None])
