"""Finding the name that was meant by one that is nearly the same: by deletions, not by all pairs.

Two texts that are at most two edits apart have a text in common that each of them gives by at most two
deletions; so all such texts of the known names are kept, and asked for those of the one in question. Of long
names only the beginning is taken, which keeps that true.
"""

from collections.abc import Iterable
from itertools import combinations

_LONGEST = 20
_LEAST_FOR_ONE = 4
_LEAST_FOR_TWO = 6


class NearNames:
    """Names that can be asked for their nearest one; the indexes are made when they are first needed."""

    def __init__(self, names: Iterable[str]) -> None:
        """The names that are right."""
        self._places = {name: place for place, name in enumerate(dict.fromkeys(names))}
        self._indexes: dict[int, dict[str, list[str]]] = {}

    def nearest(self, name: str) -> tuple[str, int] | None:
        """The nearest name that is not more than two edits away, and how many; None if there is none.

        Short names must be nearer: of four or five characters one edit, shorter ones are never near. Of
        equally near ones it is the first given.
        """
        for edits in range(1, edits_allowed(name) + 1):
            candidates = {each for key in _shortened(name, edits) for each in self._index(edits).get(key, ())}
            near = {each: edits_between(name, each, edits + 1) for each in candidates}
            best = min(near, key=lambda each: (near[each], self._places[each]), default=None)
            if best is not None and near[best] <= edits:
                return best, near[best]
        return None

    def _index(self, edits: int) -> dict[str, list[str]]:
        """The names by what is left of them after so many deletions or fewer."""
        if edits not in self._indexes:
            index: dict[str, list[str]] = {}
            for name in self._places:
                if edits_allowed(name):
                    for key in _shortened(name, edits):
                        index.setdefault(key, []).append(name)
            self._indexes[edits] = index
        return self._indexes[edits]


def edits_allowed(name: str) -> int:
    """How many edits away a name may be and still be taken for this one."""
    return 0 if len(name) < _LEAST_FOR_ONE else 1 if len(name) < _LEAST_FOR_TWO else 2


def edits_between(one: str, other: str, most: int) -> int:
    """How many insertions, deletions and exchanges lead from one to the other, `most` if as many or more."""
    if abs(len(one) - len(other)) >= most:
        return most
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    row = list(range(len(other) + 1))
    for number, mark in enumerate(one, start=1):
        diagonal, row[0] = row[0], number
        for place, against in enumerate(other, start=1):
            diagonal, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, diagonal + (mark != against)),
            )
        if min(row) >= most:
            return most
    return min(row[-1], most)


def _shortened(name: str, most: int) -> set[str]:
    """The name without at most so many (one or two) of its characters; of a long one its beginning."""
    name = name[:_LONGEST]
    found = {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}
    if most > 1:
        found |= {
            name[:at] + name[at + 1 : later] + name[later + 1 :]
            for at, later in combinations(range(len(name)), 2)
        }
    return found
