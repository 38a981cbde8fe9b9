"""Column types: exact, sortable stored values on one side, the model's own values on the other."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.types import UserDefinedType

from core.model.dates import PartialDate

V = TypeVar("V")
Conversion: TypeAlias = Callable[[Any], Any]


def _plain(value: object) -> dict[str, object]:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be stored")


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
"""Stored form of lists, mappings and the model's small dataclasses; equal values give equal text."""


class Converted(UserDefinedType[V]):
    """A column that holds something else than the model does, by a function each way; None stays None."""

    cache_ok = True

    def __init__(self, store: Callable[[V], Any], restore: Callable[[Any], V], column: str = "TEXT") -> None:
        """`store` and `restore` undo each other; `column` is the column's type in the database."""
        self._store = store
        self._restore = restore
        self._column = column

    def get_col_spec(self, **_: object) -> str:
        """The column's type in the database."""
        return self._column

    def bind_processor(self, dialect: Dialect) -> Conversion:
        """What makes the stored value."""
        store = self._store
        return lambda value: None if value is None else store(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Conversion:
        """What makes the model's value."""
        restore = self._restore
        return lambda value: None if value is None else restore(value)
