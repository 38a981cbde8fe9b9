"""Many small records made at once, from their members column by column."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import partial
from typing import Any, TypeVar

from core.model.plain_records import Dataclass

T = TypeVar("T", bound=tuple[Any, ...])
R = TypeVar("R", bound=Dataclass)


def made_of(kind: type[T], *members: Iterable[object]) -> Iterator[T]:
    """So many of a NamedTuple as the shortest column has members; defaults have to be given too.

    One by one, through the class, they take three to eight times as long.
    """
    return map(partial(tuple.__new__, kind), zip(*members, strict=False))


def records_of(kind: type[R], count: int, *members: Iterable[object]) -> list[R]:
    """So many frozen records with slots, a column for each field; defaults are given too, no `__init__` runs.

    A frozen class sets each field by a call of its own, one by one: that takes three times as long.
    """
    made = [object.__new__(kind) for _ in range(count)]
    for field, column in zip(fields(kind), members, strict=True):
        deque(map(getattr(kind, field.name).__set__, made, column), maxlen=0)
    return made
