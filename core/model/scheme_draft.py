"""A scheme while it is being written: the tables of its text, also half done or wrong.

A draft is what stands in the text, not what it means: `full = "abc"` is kept as it was typed until the
reader of schemes says what is wrong, and a key that nobody knows goes through untouched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self, TypeAlias

from core.errors import Problem

Path: TypeAlias = tuple[str | int, ...]
"""The way to a table from the root: ("stages", 0, "raters", 2)."""
Leaf: TypeAlias = str | bool | Decimal | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Values by key in the order written."""

    items: tuple[tuple[str, "Value"], ...] = ()

    def get(self, key: str) -> "Value | None":
        """What stands under a key."""
        return next((value for each, value in self.items if each == key), None)

    def word(self, key: str) -> str:
        """The text under a key; empty where there is none."""
        value = self.get(key)
        return value if isinstance(value, str) else ""

    def table(self, key: str) -> "Table":
        """The table under a key; an empty one where there is none."""
        value = self.get(key)
        return value if isinstance(value, Table) else Table()

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables under a key."""
        value = self.get(key)
        if not isinstance(value, tuple):
            return ()
        return tuple(each for each in value if isinstance(each, Table))

    def put(self, key: str, value: "Value | None") -> Self:
        """The table with this under a key; None, an empty text and an empty table take the key out."""
        kept = tuple(item for item in self.items if item[0] != key)
        if value is None or value in ("", Table()):
            return type(self)(kept)
        if len(kept) == len(self.items):
            return type(self)((*kept, (key, value)))
        return type(self)(tuple((each, value if each == key else old) for each, old in self.items))

    def at(self, path: Path) -> "Table":
        """The table that a path leads to; an empty one where there is none."""
        if not path:
            return self
        key, *rest = path
        if rest and isinstance(rest[0], int):
            tables = self.tables(str(key))
            found = tables[rest[0]] if rest[0] < len(tables) else Table()
            return found.at(tuple(rest[1:]))
        return self.table(str(key)).at(tuple(rest))

    def put_at(self, path: Path, table: "Table") -> "Table":
        """The draft with this table where the path leads."""
        if not path:
            return table
        key, *rest = str(path[0]), *path[1:]
        if rest and isinstance(rest[0], int):
            number, tables = rest[0], self.tables(key)
            inner = tables[number].put_at(tuple(rest[1:]), table)
            return self.put(key, (*tables[:number], inner, *tables[number + 1 :]))
        return self.put(key, self.table(key).put_at(tuple(rest), table))

    def under(self, path: Path, key: str) -> Iterator[tuple[Path, "Table"]]:
        """The tables of a list, each with its path."""
        for number, table in enumerate(self.at(path).tables(key)):
            yield (*path, key, number), table


Value: TypeAlias = Leaf | Table | tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """What is wrong with a draft, and where it belongs.

    `path` leads to the table; `key` is empty where it is about the whole of it. `problem` speaks of keys as
    forms and sheets call them, `in_text` as the text of a scheme does.
    """

    path: Path
    key: str
    problem: Problem
    in_text: Problem


def inserted(draft: Table, path: Path, table: Table) -> Table:
    """The draft with a new table in front of the one at `path`, or at the end of its list."""
    holder, key, number = _place(path)
    tables = draft.at(holder).tables(key)
    return draft.put_at(holder, draft.at(holder).put(key, (*tables[:number], table, *tables[number:])))


def removed(draft: Table, path: Path) -> Table:
    """The draft without the table at `path`, which ends with its number in a list."""
    holder, key, number = _place(path)
    tables = draft.at(holder).tables(key)
    return draft.put_at(holder, draft.at(holder).put(key, (*tables[:number], *tables[number + 1 :]) or None))


def moved(draft: Table, path: Path, by: int) -> tuple[Table, Path]:
    """The draft with the table at `path` so many places further on in its list, and where it is then."""
    holder, key, number = _place(path)
    last = len(draft.at(holder).tables(key)) - 1
    target = (*holder, key, min(max(number + by, 0), last))
    return inserted(removed(draft, path), target, draft.at(path)), target


def _place(path: Path) -> tuple[Path, str, int]:
    *holder, key, number = path
    assert isinstance(number, int)
    return tuple(holder), str(key), number
