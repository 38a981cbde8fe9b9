"""The store as it stood at the end of a day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar

from core.model.finding import Find, Then
from core.ports import Reading, Record, Source
from core.services.derived import with_derived

R = TypeVar("R", bound=Record)


class Past:
    """Implements core.ports.Source: all records as they stood after an act; their keys are blank."""

    def __init__(self, view: Reading, act_number: int) -> None:
        """Look back from this view."""
        self._view = view
        self._act_number = act_number

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """All records of a kind whose fields equal the given values, in order of id."""
        records = self._view.as_of(kind, self._act_number)
        return tuple(
            each for each in records if all(getattr(each, name) == value for name, value in equal.items())
        )

    def some(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]:
        """The records with these ids, in the order of `ids`; those that were not there are left out."""
        known = {each.id: each for each in self._view.as_of(kind, self._act_number, ids)}
        return tuple(known[each] for each in ids if each in known)

    def find(self, kind: type[Record], query: Find) -> tuple[str, ...]:
        """The ids of the records that `query` describes, in its order."""
        return self._view.find(kind, query, self._then(kind, query))

    def values(self, kind: type[Record], names: Sequence[str], query: Find) -> tuple[tuple[Any, ...], ...]:
        """These fields of the records that `find` would give."""
        return self._view.values(kind, names, query, self._then(kind, query))

    def tally(self, kind: type[Record], names: Sequence[str], query: Find) -> Mapping[tuple[Any, ...], int]:
        """How many of the records that `find` would give have the same values in these fields."""
        return self._view.tally(kind, names, query, self._then(kind, query))

    def _then(self, kind: type[Record], query: Find) -> Then:
        """What the query looks through; with keys where these are asked."""
        changed = self._view.changed_since(kind, self._act_number)
        stood = self._view.as_of(kind, self._act_number, sorted(changed))
        is_keyed = query.words or query.order == "sort_key"
        return Then(self._act_number, with_derived(self, stood) if is_keyed else stood)


def last_act_of(view: Reading, day: date) -> int:
    """The number of the newest act until the end of a day; 0 if there is none."""
    return view.last_act_until(datetime.combine(day, time.max).astimezone())


def seen_on(view: Reading, day: date | None) -> Source:
    """The store as it stood at the end of a day; as it is, where no day is given."""
    return view if day is None else Past(view, last_act_of(view, day))
