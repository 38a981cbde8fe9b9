"""Column types: exact, sortable stored values on one side, the model's own values on the other."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

from core.model.dates import PartialDate

V = TypeVar("V")
E = TypeVar("E", bound=StrEnum)


def _plain(value: object) -> dict[str, object]:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be stored")


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
"""Stored form of lists, mappings and the model's small dataclasses; equal values give equal text."""


class ScaledDecimal(TypeDecorator[Decimal]):
    """Decimals as whole numbers of 10^-places: exact, sortable, summable. More places are refused, not rounded."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        """`places` decimals can be kept."""
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """The scaled whole number."""
        if value is None:
            return None
        scaled = value.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimals")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """The number with no trailing zeros after the point, so that 10 reads 10 and not 10.000000."""
        if value is None:
            return None
        number = Decimal(value).scaleb(-self.places)
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


class EnumText(TypeDecorator[E], Generic[E]):
    """A StrEnum by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        """`kind` is the enumeration."""
        super().__init__()
        self.kind = kind
        self._members: dict[str | None, E | None] = {None: None, **{member.value: member for member in kind}}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """The member's value."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """The member."""
        return self._members[value]


@lru_cache(maxsize=4096)
def _partial_date(text: str) -> PartialDate:
    return PartialDate.parse(text)


class PartialDateText(TypeDecorator[PartialDate]):
    """A PartialDate by its stored form, which sorts by time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """The stored form."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        """The date."""
        return None if value is None else _partial_date(value)


class MomentText(TypeDecorator[datetime]):
    """A moment with its offset in ISO form. Not for sorting: a PC's clock can be set back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The ISO form."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment."""
        return None if value is None else datetime.fromisoformat(value)


class LinkText(TypeDecorator[str]):
    """The id of another record where the model writes "" for none: a foreign key needs NULL there."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The id, or NULL."""
        return value or None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The id, or ""."""
        return value or ""


class JsonText(TypeDecorator[V], Generic[V]):
    """A value of the model as JSON text; `restore` makes it again from what json.loads gives."""

    impl = Text
    cache_ok = True

    def __init__(self, restore: Callable[[Any], V]) -> None:
        """`restore` turns lists and mappings into the model's value."""
        super().__init__()
        self.restore = restore

    def process_bind_param(self, value: V | None, dialect: Dialect) -> str | None:
        """The JSON text."""
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> V | None:
        """The model's value."""
        return None if value is None else self.restore(json.loads(value))
