"""The store as it stood at the end of a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias, TypeVar

from core.model.finding import Find, Then
from core.ports import Reading, Record, Source
from core.services.derived import keyed_fields, with_derived

R = TypeVar("R", bound=Record)
_Asked: TypeAlias = tuple[type[Any], int, frozenset[str]]
"""A kind of records, the act after which they stood, and the fields that count."""

_KEPT = 30_000
"""Records in all days together; so many organizations take about 40 MB."""

_WHATEVER = 10**9
"""For a view that is looked through once: all of a store's records are fewer."""

_GIVEN = 100_000
"""Touched ids, so many 14 MB: more are not kept, and each query asks the journal for them again."""

_IDS_AS_A_RECORD = 10
"""So many ids take as much as a record."""

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""No act was done before or after; for days far off some systems know no local time."""

_ALWAYS = datetime.max.replace(tzinfo=UTC)
"""No act is later."""


@dataclass(frozen=True, slots=True)
class _Since:
    """What changed after an act: what those records were, and the ids of all that were touched, if few."""

    stood: Sequence[Any]
    touched: frozenset[str] | None

    @property
    def size(self) -> int:
        """How many records take as much memory."""
        return len(self.stood) + len(self.touched or ()) // _IDS_AS_A_RECORD


class Memo:
    """What a desk read of past days: as long as no other act is done, a list asks the same for each window.

    The last days are kept, but none since which too much changed; may be asked from several threads.
    """

    def __init__(self, most: int = _KEPT) -> None:
        """Nothing is known yet; as much as `most` records is kept."""
        self._most = most
        self._known: tuple[int, Mapping[_Asked, _Since]] = (0, {})

    def since(self, newest: int, asked: _Asked, read: Callable[[], _Since]) -> _Since:
        """What is `asked` for while this act is the newest: known, or from `read`."""
        as_of, known = self._known
        if as_of != newest:
            known = {}
        if asked in known:
            return known[asked]
        found = read()
        kept = {**known, asked: found}
        while kept and sum(each.size for each in kept.values()) > self._most:
            del kept[next(iter(kept))]
        # Both in one: another thread sees either the old or the new.
        self._known = (newest, kept)
        return found


class Past:
    """Implements core.ports.Source: all records as they stood after an act; their keys are blank."""

    def __init__(
        self,
        view: Reading,
        act_number: int,
        memo: Memo | None = None,
        together: frozenset[str] = frozenset(),
    ) -> None:
        """Look back from this view; fields that will be asked for `together` are looked up once for all.

        Without a `memo` all that was read is kept as long as this is looked through.
        """
        self._view = view
        self._act_number = act_number
        self._memo = memo or Memo(_WHATEVER)
        self._together = together

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
        return self._view.values(kind, names, query, self._then(kind, query, names))

    def tally(self, kind: type[Record], names: Sequence[str], query: Find) -> Mapping[tuple[Any, ...], int]:
        """How many of the records that `find` would give have the same values in these fields."""
        return self._view.tally(kind, names, query, self._then(kind, query, names))

    def _then(self, kind: type[Record], query: Find, names: Sequence[str] = ()) -> Then:
        """What the query looks through; with keys where these are asked."""
        fields = {query.order, *dict(query.equal), *dict(query.among), *names, *self._together} - {"id"}
        is_keyed = bool(query.words) or bool(fields & {"search_key", "sort_key"})
        if is_keyed:
            fields |= {"search_key", *keyed_fields(kind)}
        asked = (kind, self._act_number, frozenset(fields))
        newest = self._view.last_act_until(_ALWAYS)
        since = self._memo.since(newest, asked, lambda: self._since(*asked, is_keyed=is_keyed))
        stood = since.stood
        if query.words:
            # Here, and not by the query: what is given to it has to be read by it first.
            stood = [each for each in stood if all(word in each.search_key for word in query.words)]
        return Then(self._act_number, stood, frozenset(fields), since.touched)

    def _since(self, kind: type[Any], act_number: int, fields: frozenset[str], *, is_keyed: bool) -> _Since:
        """What changed since in one of the fields."""
        touched, changed = self._view.touched_since(kind, act_number, fields)
        stood: Sequence[Any] = self._view.as_of(kind, act_number, sorted(changed))
        if is_keyed:
            stood = with_derived(self, stood)
        return _Since(stood, touched if len(touched) <= _GIVEN else None)


def last_act_of(view: Reading, day: date) -> int:
    """The number of the newest act until the end of a day; 0 if there is none."""
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return view.last_act_until(datetime.combine(day, time.max).astimezone())


def seen_on(
    view: Reading, day: date | None, memo: Memo | None = None, together: frozenset[str] = frozenset()
) -> Source:
    """The store as it stood at the end of a day; as it is, where no day is given.

    A `memo` is of one store, for those who ask again and again; `together` as in `Past`.
    """
    return view if day is None else Past(view, last_act_of(view, day), memo, together)
