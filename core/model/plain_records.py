"""Frozen dataclasses as plain data for JSON, and back again by their types."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any, ClassVar, NoReturn, Protocol, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Dataclass(Protocol):
    """Any dataclass: what is bound to it can be copied with changes."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def to_plain(value: Any) -> Any:
    """The value as mappings, lists, texts and numbers; decimals become texts, fields keep their names."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | date):
        return str(value)
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: to_plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [to_plain(each) for each in value]
    return value


def from_plain(kind: type[T], value: object) -> T:
    """The value of this kind that `to_plain` gave.

    Raises:
        ValueError: it is not of this kind; what is missing takes its default, what is unknown is refused.
    """
    made: T = _made(kind, value)
    return made


def _made(kind: Any, value: Any) -> Any:
    if hints := _hints(kind):
        if not isinstance(value, Mapping) or not value.keys() <= hints.keys():
            raise ValueError(value)
        try:
            return kind(**{name: _made(hints[name], each) for name, each in value.items()})
        except TypeError as error:
            raise ValueError(str(error)) from error
    if get_origin(kind) is types.UnionType:
        return None if value is None else _made(_member(get_args(kind), value), value)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(value)
        return tuple([_made(get_args(kind)[0], each) for each in value])
    return _simple(kind, value)


def _member(kinds: tuple[Any, ...], value: object) -> Any:
    """The kind of a union that this plain value is of; the first where only one can be."""
    if isinstance(value, Mapping):
        return next((each for each in kinds if _hints(each).keys() == value.keys()), kinds[0])
    is_list = isinstance(value, list)
    return next((each for each in kinds if (get_origin(each) is tuple) is is_list), kinds[0])


def _simple(kind: Any, value: Any) -> Any:
    if kind is Decimal:
        try:
            return Decimal(value) if isinstance(value, str) else _refuse(value)
        except InvalidOperation as error:
            raise ValueError(value) from error
    if issubclass(kind, Enum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value) if isinstance(value, str) else _refuse(value)
    if type(value) is not kind:
        raise ValueError(value)
    return value


def _refuse(value: object) -> NoReturn:
    raise ValueError(value)


@lru_cache
def _hints(kind: Any) -> Mapping[str, Any]:
    """The types of a record's fields by name; none for everything else."""
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return get_type_hints(kind)
    return {}
