"""What follows from other data: made again when records come out of the journal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.model.ledger import Ledger
from core.model.ledgers import LEDGERS
from core.model.organization import Community, Organization
from core.ports import Source, Writing
from core.rules.ledger_titles import LinkBook, title_of
from core.rules.search_keys import (
    ORGANIZATION_KEY_FIELDS,
    ledger_key,
    ledger_key_fields,
    with_keys,
)

_LEDGER_OF = {ledger.kind: ledger for ledger in LEDGERS.values()}


def _links_to() -> Mapping[type[Any], Sequence[tuple[type[Any], str]]]:
    """The kinds of records whose search keys hold the title of another, with the field that says whose."""
    found: dict[type[Any], list[tuple[type[Any], str]]] = defaultdict(list)
    found[Community].append((Organization, "community_id"))
    for ledger in LEDGERS.values():
        for field in ledger.links:
            if field.target:
                found[field.target].append((ledger.kind, field.name))
    return found


_LINKS_TO = _links_to()


def with_derived(view: Source, records: Sequence[Any]) -> list[Any]:
    """The records with their search and sort keys made anew; the names come from `view` and the records."""
    links = _links(view, records)
    communities = _communities(view, records)
    return [_keyed(each, links, communities) for each in records]


def keyed_fields(kind: type[Any]) -> frozenset[str]:
    """The fields of a kind of records that its search and sort keys are made from."""
    if kind is Organization:
        return ORGANIZATION_KEY_FIELDS
    ledger = _LEDGER_OF.get(kind)
    return ledger_key_fields(ledger) if ledger else frozenset()


def rekey_linked(work: Writing, before: Iterable[Any], after: Iterable[Any]) -> None:
    """Make the search keys anew of what refers to records that are called otherwise now, inside their act.

    `before` and `after` are the same records; those that kept their names, and new ones, are left alone.
    """
    titles = {each.id: title_of(each) for each in before if type(each) in _LINKS_TO}
    for record in after:
        if record.id in titles and titles[record.id] != title_of(record):
            for kind, link in _LINKS_TO[type(record)]:
                work.change(with_derived(work, work.all(kind, **{link: record.id})))


def _keyed(record: Any, links: LinkBook, communities: dict[str, str]) -> Any:
    if isinstance(record, Organization):
        return with_keys(record, communities.get(record.community_id or "", ""))
    ledger = _LEDGER_OF.get(type(record))
    return replace(record, search_key=ledger_key(ledger, record, links)) if ledger else record


def _communities(view: Source, records: Sequence[Any]) -> dict[str, str]:
    ids = {each.community_id or "" for each in records if isinstance(each, Organization)}
    known = [*view.some(Community, sorted(ids)), *(each for each in records if isinstance(each, Community))]
    return {each.id: each.name for each in known}


def _links(view: Source, records: Sequence[Any]) -> LinkBook:
    """The titles of what the ledgers' records refer to."""
    wanted: dict[type[Any], set[str]] = defaultdict(set)
    for record in records:
        ledger: Ledger | None = _LEDGER_OF.get(type(record))
        for field in ledger.links if ledger else ():
            if field.target and (linked := getattr(record, field.name)):
                wanted[field.target].add(linked)
    return LinkBook(
        {
            kind: [*view.some(kind, sorted(ids)), *(each for each in records if type(each) is kind)]
            for kind, ids in wanted.items()
        }
    )
