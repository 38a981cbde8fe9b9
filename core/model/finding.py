"""What to look for in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Find:
    """Which records of a kind, in which order.

    Each of `words` must stand in the record's search key; they are folded as the key is. `equal` are fields
    with the values that they must have, `among` fields that must have one of several values, None for none.
    Equals in `order` stand in order of making; records without a value come first, last if `descending`.
    """

    words: tuple[str, ...] = ()
    equal: tuple[tuple[str, object], ...] = ()
    order: str = "id"
    descending: bool = False
    limit: int | None = None
    offset: int = 0
    among: tuple[tuple[str, Sequence[object]], ...] = ()


@dataclass(frozen=True, slots=True)
class Then:
    """The records of a kind as they stood after an act: `stood` in place of those that later acts changed.

    With `fields` only what later acts made, removed or changed in one of these counts as changed: what is
    asked of the others is as it was. "search_key" among them stands for a key that was made anew. `touched`
    are the ids of all that changed, were made or removed, if they are known.
    """

    act_number: int
    stood: Sequence[Any]
    fields: frozenset[str] | None = None
    touched: frozenset[str] | None = None
