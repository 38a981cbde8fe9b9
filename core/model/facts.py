"""Facts: the data that a document may name, by Chinese names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from core.model.labelled import Labelled

Fact: TypeAlias = "str | int | tuple[Row, ...]"
"""A text, a whole number, or a list of rows."""

Row: TypeAlias = Mapping[str, Fact]
"""Facts by name; those of a whole document are a row, too."""


class FactKind(Labelled):
    """What a fact is."""

    TEXT = "text", "文字"
    NUMBER = "number", "数字"
    LIST = "list", "清单"


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact that documents of a kind may name: what it is called and what it means; a list has `fields`."""

    name: str
    meaning: str
    kind: FactKind = FactKind.TEXT
    fields: tuple["FactName", ...] = ()


PLACE = FactName("序号", "这一行是第几个", FactKind.NUMBER)
"""A field that each row of a list has, beside its own."""
