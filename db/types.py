"""Column types: exact, sortable stored values on one side, the model's own values on the other."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import repeat
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.types import UserDefinedType

from core.model.dates import PartialDate

V = TypeVar("V")
Conversion: TypeAlias = Callable[[Any], Any]
Restoring: TypeAlias = Callable[[Sequence[Any]], Iterable[Any]]


def _plain(value: object) -> dict[str, object] | str:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
"""Stored form of lists, mappings, named tuples (as lists) and the model's small dataclasses; equal values
give equal text."""


class Converted(UserDefinedType[V]):
    """A column that holds something else than the model does, by a function each way, None included."""

    cache_ok = True

    def __init__(
        self,
        store: Conversion,
        restore: Conversion,
        column: str = "TEXT",
        restore_all: Restoring | None = None,
    ) -> None:
        """`store` and `restore` undo each other; `column` is the column's type in the database.

        `restore_all` does many values at once where that is faster.
        """
        self.store = store
        self.restore = restore
        self.column = column
        self.restore_all: Restoring = restore_all or (lambda values: map(restore, values))

    def get_col_spec(self, **_: object) -> str:
        """The column's type in the database."""
        return self.column

    def bind_processor(self, dialect: Dialect) -> Conversion:
        """What makes the stored value."""
        return self.store

    def result_processor(self, dialect: Dialect, coltype: object) -> Conversion:
        """What makes the model's value."""
        return self.restore


def scaled_decimal(places: int) -> Converted[Decimal]:
    """Decimals as whole numbers of 10^-places, which sort and sum; more places are refused, not rounded."""

    def store(value: Decimal | None) -> int | None:
        if value is None:
            return None
        scaled = value.scaleb(places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {places} decimals")
        return int(scaled)

    def restore(value: int | None) -> Decimal | None:
        if value is None:
            return None
        number = Decimal(value).scaleb(-places)
        # No trailing zeros after the point, and none taken from before it.
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()

    return Converted(store, restore, "BIGINT")


def enum_text(kind: type[StrEnum]) -> Converted[StrEnum]:
    """Members of `kind` by their values."""
    stored: dict[StrEnum | None, str | None] = {None: None, **{member: member.value for member in kind}}
    members: dict[str | None, StrEnum | None] = {None: None, **{member.value: member for member in kind}}
    return Converted(stored.__getitem__, members.__getitem__)


def json_text(restore: Conversion, *, by_name: bool = False) -> Converted[Any]:
    """Values of the model as JSON text; `restore` makes them again from lists and mappings.

    A NamedTuple is a list there, or, `by_name`, a mapping as a dataclass always is.
    """
    one = _or_none(restore)

    def restore_all(texts: Sequence[str | None]) -> Iterable[Any]:
        if texts and texts.count(texts[0]) == len(texts):
            return repeat(one(*_parsed(texts[:1])), len(texts))
        return map(one, _parsed(texts))

    store = _or_none(_members_text) if by_name else _json_or_none
    return Converted(store, _or_none(lambda text: restore(json.loads(text))), restore_all=restore_all)


def _json_or_none(value: object) -> str | None:
    # The encoder takes longer to start than the insert does; most lists are empty, and sources are small.
    if value == ():
        return "[]"
    if value is None:
        return None
    return _members_text(value) if is_dataclass(value) else to_json(value)


def _members_text(value: object) -> str:
    """What `to_json` gives for a dataclass; a NamedTuple is written like one."""
    names, members = _MEMBERS[type(value)]
    said = [
        f'"{name}":{encode_basestring(each) if type(each) is str else to_json(each)}'
        for name, each in zip(names, members(value), strict=True)
    ]
    return f"{{{','.join(said)}}}"


class _Members(dict[type[Any], tuple[tuple[str, ...], Conversion]]):
    """The names of a record's fields, at least two, and what takes their values."""

    def __missing__(self, kind: type[Any]) -> tuple[tuple[str, ...], Conversion]:
        names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else kind._fields
        self[kind] = names, attrgetter(*names)
        return self[kind]


_MEMBERS = _Members()


def _parsed(texts: Sequence[str | None]) -> list[Any]:
    """The values of many JSON texts, read as one: the parser takes longer to start than to read one."""
    values: list[Any] = json.loads(f"[{','.join([text or 'null' for text in texts])}]")
    if len(values) != len(texts):
        raise ValueError("texts that are no JSON of their own")
    return values


def _list_text(value: tuple[Any, ...]) -> str:
    # Most are empty or of one text, and the encoder takes longer to start than the insert does.
    if not value:
        return "[]"
    if all(type(each) is str for each in value):
        return f"[{','.join(map(encode_basestring, value))}]"
    return to_json(value)


TEXTS: Converted[tuple[str, ...]] = Converted(
    _list_text,
    lambda text: tuple(json.loads(text)),
    restore_all=lambda texts: map(tuple, _parsed(texts)),
)
"""Tuples of texts as JSON lists."""


class _Numbers(dict[str, int | None]):
    """Whole numbers by their texts, each read once, as marks repeat by the thousand; None for null."""

    def __missing__(self, text: str) -> int | None:
        number = json.loads(text)
        if number is not None and type(number) is not int:
            raise ValueError(f"{text} is no whole number")
        self[text] = number
        return self[text]


def _restored_numbers(texts: Sequence[str]) -> Iterable[tuple[int | None, ...]]:
    numbers = _Numbers().__getitem__
    if not all(text.startswith("[") and text.endswith("]") for text in texts):
        raise ValueError("texts that are no lists")
    return [tuple(map(numbers, text[1:-1].split(","))) if text != "[]" else () for text in texts]


def _numbers_text(value: tuple[int | None, ...]) -> str:
    text = ",".join(map(str, value))
    return f"[{text.replace('None', 'null')}]"


NUMBERS: Converted[tuple[int | None, ...]] = Converted(
    _numbers_text,
    lambda text: next(iter(_restored_numbers([text]))),
    restore_all=_restored_numbers,
)
"""Tuples of whole numbers and gaps as JSON lists."""


def _or_none(conversion: Conversion) -> Conversion:
    return lambda value: None if value is None else conversion(value)


PARTIAL_DATE: Converted[PartialDate] = Converted(_or_none(str), _or_none(lru_cache(4096)(PartialDate.parse)))
"""Dates as exact as their source by their stored form, which sorts by time."""

MOMENT: Converted[datetime] = Converted(datetime.isoformat, datetime.fromisoformat)
"""Moments with their offset in ISO form; never sorted by, since a PC's clock can be set back."""

LINK: Converted[str] = Converted(lambda text: text or None, lambda text: text or "")
"""The id of another record where the model writes "" for none: a foreign key needs NULL there."""
