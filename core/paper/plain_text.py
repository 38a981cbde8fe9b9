"""Text of the register made fit for a line: it is data, whatever characters it holds."""

import re
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar

from core.model.plain_records import Dataclass

T = TypeVar("T", bound=Dataclass)

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_UNFIT = re.compile(f"{_CONTROLS.pattern}|{_INVISIBLE.pattern}")


def in_one_line(text: str) -> str:
    """Tabs, line ends and other controls as one space; without marks that nobody sees."""
    return _INVISIBLE.sub("", _CONTROLS.sub(" ", text)) if _UNFIT.search(text) else text


def cleaned(record: T) -> T:
    """The dataclass with every text in it, however deep, in one line."""
    said: dict[str, Any] = {each.name: _cleaned(getattr(record, each.name)) for each in fields(record)}
    return replace(record, **said)


def _cleaned(value: Any) -> Any:
    if type(value) is str:
        return in_one_line(value)
    if isinstance(value, tuple):
        clean = tuple([_cleaned(each) for each in value])
        # Rows of a long list are mostly clean: then they are not held twice.
        return value if all(map(is_, clean, value)) else clean
    return cleaned(value) if is_dataclass(value) and not isinstance(value, type) else value
