"""Which organizations a filter bar shows. Runs over the whole register at every pause of typing.

wanted_by("songfeng 公益", {"category": id}) -> predicate, or None when everything is shown
RECORD_ID(summary) -> the organization's id

Measured over 100,000 records; what is called once per record is as flat as it can be.
"""

import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import attrgetter

from core.model.register import OrganizationSummary

Wanted = Callable[[OrganizationSummary], bool]

RECORD_ID: Callable[[OrganizationSummary], Hashable] = attrgetter("organization.id")
_FIELDS = {
    "category": "organization.category_id",
    "community": "organization.community_id",
    "status": "organization.status",
    "grade": "organization.previous_grade",
    "group": "work_group_id",
}


def wanted_by(needle: str, chosen: Mapping[str, Hashable]) -> Wanted | None:
    """What decides whether a row is shown; every word of the needle must be found somewhere."""
    words = unicodedata.normalize("NFKC", needle).lower().split()
    said = _saying(words) if words else None
    alike = _equal(chosen) if chosen else None
    if said is None or alike is None:
        return said or alike
    return lambda row: alike(row) and said(row)


def _saying(words: Sequence[str]) -> Wanted:
    first, *rest = sorted(words, key=len, reverse=True)
    if not rest:
        return lambda row: first in row.organization.search_key
    if len(rest) == 1:
        second = rest[0]
        return lambda row: first in (key := row.organization.search_key) and second in key
    return lambda row: all(word in row.organization.search_key for word in words)


def _equal(chosen: Mapping[str, Hashable]) -> Wanted:
    values = attrgetter(*(_FIELDS[key] for key in chosen))
    wanted = tuple(chosen.values()) if len(chosen) > 1 else next(iter(chosen.values()))
    return lambda row: bool(values(row) == wanted)
