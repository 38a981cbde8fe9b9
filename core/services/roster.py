"""The desk of the roster's list: which organizations it shows in which order, the rows, what stands around.

A list of 100,000 is never read as a whole: ids come from `find`, records from `rows`, some at a time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypeAlias

from core.model.finding import Find
from core.model.organization import Assignment, Organization, Standing, Status
from core.model.register import LISTED, GroupSizes, OrganizationSummary, RosterFrame, RosterQuery
from core.ports import Reading, Source, Store
from core.rules.cell_values import name_key
from core.rules.roster_order import Key, in_order, placed, plain
from core.rules.search_keys import search_text
from core.services.past import Memo, seen_on
from core.services.register_reading import read_places, summaries
from core.services.search import stroke_key

GROUP = "work_group_id"
_STORED_ORDERS = ("position", "sort_key")
_PORTION = 500
_HELD = Find(equal=(("until_on", ""),))
"""The assignments that stand."""
_Order: TypeAlias = tuple[tuple[str, ...], Key]
"""The fields that decide an order, and the key that takes their values."""


class RosterService:
    """Lists organizations, as they are or as they stood on a day."""

    def __init__(self, store: Store) -> None:
        """List those of this store."""
        self._store = store
        self._memo = Memo()

    def frame(self, day: date | None = None) -> RosterFrame:
        """What stands around the list."""
        with self._store.reading() as view:
            then = seen_on(view, day, self._memo)
            places = read_places(then)
            counts = then.tally(Organization, ("community_id", "category_id", "status"), LISTED)
            grades = then.tally(Organization, ("previous_grade",), LISTED)
            tags = then.tally(Organization, ("tags",), LISTED)
        return RosterFrame(
            places.communities,
            places.categories,
            places.work_groups,
            counts,
            tuple(sorted(grade for (grade,) in grades)),
            tuple(sorted({tag for (each,) in tags for tag in each})),
        )

    def group_sizes(self) -> GroupSizes:
        """How many organizations each work group has, counted in the store."""
        with self._store.reading() as view:
            places = read_places(view)
            # Merging moves the assignments, so none is of an organization that is not listed.
            sizes = {key: count for (key,), count in view.tally(Assignment, (GROUP,), _HELD).items()}
            listed = sum(view.tally(Organization, ("merged_into",), LISTED).values())
        sizes[""] = listed - sum(sizes.values())
        return GroupSizes(places.communities, places.categories, places.work_groups, sizes)

    def find(self, query: RosterQuery, limit: int | None = None) -> tuple[str, ...]:
        """The ids of the organizations that are asked for, in order; `limit` asks for the first ones."""
        words = tuple(filter(None, map(search_text, query.words.split())))
        equal = [*LISTED.equal, *(pair for pair in query.equal if pair[0] != GROUP)]
        group = dict(query.equal).get(GROUP)
        listed = replace(LISTED, words=words, equal=tuple(equal), among=query.among)
        with self._store.reading() as view:
            then = seen_on(view, query.day, self._memo)
            if group is None:
                return _ordered(view, then, listed, query, limit)
            members = _members(then, group)
            found = _ordered(view, then, listed, query, None)
        return tuple([each for each in found if (each in members) is bool(group)])[:limit]

    def rows(self, ids: Sequence[str], day: date | None = None) -> tuple[OrganizationSummary, ...]:
        """The rows of these organizations, in this order; those that are gone are left out."""
        found: list[OrganizationSummary] = []
        with self._store.reading() as view:
            then = seen_on(view, day, self._memo)
            places = read_places(then)
            for start in range(0, len(ids), _PORTION):
                some = ids[start : start + _PORTION]
                found += summaries(then.some(Organization, some), places, _group_of(then, some))
        return tuple(found)

    def present(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these ids whose organizations are still listed."""
        return frozenset(ids).intersection(self.find(RosterQuery())) if ids else frozenset()

    def namesake(self, organization: Organization) -> OrganizationSummary | None:
        """Another organization that is called the same; None if there is none."""
        wanted = name_key(organization.name)
        with self._store.reading() as view:
            likely = view.find(Organization, replace(LISTED, words=(search_text(organization.name),)))
            found = [each for each in view.some(Organization, likely) if each.id != organization.id]
            same = [each for each in found if name_key(each.name) == wanted][:1]
            return next(iter(summaries(same, read_places(view), {})), None)


def _ordered(
    view: Reading, then: Source, listed: Find, query: RosterQuery, limit: int | None
) -> tuple[str, ...]:
    order = query.order or LISTED.order
    if order in _STORED_ORDERS:
        return then.find(Organization, replace(listed, order=order, descending=query.descending, limit=limit))
    fields, key = _order(view, then, order, query.grades)
    rows = then.values(Organization, ("id", *fields), listed)
    return in_order(rows, key, descending=query.descending)[:limit]


def _order(view: Reading, then: Source, order: str, grades: Sequence[str]) -> _Order:
    """The fields and the key of an order that the store does not keep."""
    places = read_places(then)
    match order:
        case "community_id":
            return (order,), placed(each.id for each in places.communities)
        case "category_id":
            return (order,), placed(each.id for each in places.categories)
        case "work_group_id":
            place, group_of = placed(each.id for each in places.work_groups), _group_of(then)
            return ("id",), lambda one: place(group_of.get(one))
        case "standing":
            return (order,), placed(Standing)
        case "status":
            return (order,), placed(Status)
        case "previous_grade":
            return (order,), placed(grades)
        case "principal":
            strokes = cache(stroke_key(view))
            return (order,), lambda name: strokes(name) if name else None
        case "number":
            return ("credit_code", "filing_number"), lambda code, number: plain(code or number)
    return (order,), plain


def _group_of(view: Source, ids: Sequence[str] | None = None) -> dict[str, str]:
    """The work group's id by organization, of all or of some."""
    among = () if ids is None else (("organization_id", ids),)
    held = replace(_HELD, among=among)
    return dict(view.values(Assignment, ("organization_id", GROUP), held))


def _members(view: Source, group: object) -> frozenset[str]:
    """The organizations of a group; of any, if `group` is empty."""
    held = replace(_HELD, equal=(*_HELD.equal, *(((GROUP, group),) if group else ())))
    return frozenset([each for (each,) in view.values(Assignment, ("organization_id",), held)])
