"""Titles of the records that ledgers refer to: from ids to names, and back from what a file says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.model.ledger import Field
from core.model.ledgers import LEDGERS
from core.model.organization import Category, Community, Organization, WorkGroup
from core.rules.cell_values import name_key

_LEDGERS = {each.kind: each for each in LEDGERS.values()}
_KIND_LABELS: Mapping[type[Any], str] = {Community: "社区（村）", WorkGroup: "工作组", Category: "类别"}
_COMMON = 1_000
"""A pair of characters that more titles than this have in them says nothing about which one is meant."""


class LinkBook:
    """Titles of records by id, and ids by title, of the kinds it was made with.

    Records with the same title are told apart by a suffix: an organization by its community, others by what
    tells them apart in their ledger.
    """

    def __init__(self, records: Mapping[type[Any], Iterable[Any]]) -> None:
        """`records` by kind, with those of the kinds that their suffixes come from."""
        self._titles = {each.id: title_of(each) for group in records.values() for each in group}
        self._indexes = {kind: _Index(group) for kind, group in records.items()}

    def title(self, field: Field, record_id: str) -> str:
        """The title of a linked record; empty for none."""
        return self._titles.get(record_id, "")

    def full_title(self, field: Field, record_id: str) -> str:
        """The title with its suffix, if others of its kind have the same one."""
        title = self._titles.get(record_id, "")
        index = self._indexes.get(field.target) if field.target else None
        if not index or len(index.titled(title)) < 2:
            return title
        suffix = self._suffix(index, record_id)
        return f"{title}（{suffix}）" if suffix else title

    def ids(self, field: Field, text: str) -> tuple[str, ...]:
        """The records that a text can mean: by title, by title and suffix, by a former or other name."""
        index = self._index(field)
        if found := index.titled(text):
            return tuple(found)
        key = name_key(text)
        title, opened, suffix = key.removesuffix(")").rpartition("(")
        if opened and key.endswith(")"):
            narrowed = [each for each in index.by_key(title) if name_key(self._suffix(index, each)) == suffix]
            if narrowed:
                return tuple(narrowed)
        return tuple(index.other_names.get(key, ()))

    def nearest(self, field: Field, text: str) -> str:
        """The title that looks most like the text; empty if none does."""
        found = self._index(field).nearest(name_key(text))
        return self.full_title(field, found) if found else ""

    def place(self, field: Field) -> str:
        """Where the linked records stand, for messages: 名册里, “单位”里."""
        if field.target is Organization:
            return "名册里"
        ledger = _LEDGERS.get(field.target) if field.target else None
        label = ledger.label if ledger else _KIND_LABELS.get(field.target or object, field.label)
        return f"“{label}”里"

    def _index(self, field: Field) -> "_Index":
        assert field.target is not None
        return self._indexes[field.target]

    def _suffix(self, index: "_Index", record_id: str) -> str:
        value = index.told_apart_by(record_id)
        return self._titles.get(value, value)


def title_of(record: Any) -> str:
    """What a record that others refer to is called."""
    ledger = _LEDGERS.get(type(record))
    return str(getattr(record, ledger.title_field if ledger else "name"))


def suffix_field(kind: type[Any]) -> str:
    """The attribute that tells records of a kind with the same title apart; empty if none does."""
    if kind is Organization:
        return "community_id"
    ledger = _LEDGERS.get(kind)
    return ledger.key_fields[1] if ledger and len(ledger.key_fields) > 1 else ""


def suffix_kind(kind: type[Any]) -> type[Any] | None:
    """The kind of records whose titles are the suffixes of this kind; None if they are no records."""
    if kind is Organization:
        return Community
    ledger, name = _LEDGERS.get(kind), suffix_field(kind)
    return ledger.field(name).target if ledger and name else None


class _Index:
    """The records of one kind by their names; those merged into others are not to be found."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._records = {each.id: each for each in records if not getattr(each, "merged_into", "")}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self.other_names: dict[str, list[str]] = defaultdict(list)
        self._pairs: dict[str, list[str]] | None = None
        for each in self._records.values():
            self._by_key[name_key(title_of(each))].append(each.id)
            for name in _other_names(each):
                self.other_names[name_key(name)].append(each.id)

    def titled(self, title: str) -> Sequence[str]:
        return self.by_key(name_key(title))

    def by_key(self, key: str) -> Sequence[str]:
        return self._by_key.get(key, ())

    def told_apart_by(self, record_id: str) -> str:
        record = self._records.get(record_id)
        name = suffix_field(type(record))
        value = getattr(record, name) if record and name else None
        return str(value) if value else ""

    def nearest(self, key: str) -> str:
        """The record with the most pairs of neighbouring characters in common, at least half of them."""
        if self._pairs is None:
            self._pairs = defaultdict(list)
            for title, ids in self._by_key.items():
                for pair in _pairs(title):
                    self._pairs[pair].append(ids[0])
        wanted = _pairs(key)
        shared: Counter[str] = Counter()
        for pair in wanted:
            if len(having := self._pairs.get(pair, ())) <= _COMMON:
                shared.update(having)
        best = shared.most_common(1)
        return best[0][0] if best and best[0][1] * 2 >= len(wanted) else ""


def _pairs(key: str) -> set[str]:
    return {key[at : at + 2] for at in range(max(1, len(key) - 1))}


def _other_names(record: Any) -> tuple[str, ...]:
    if isinstance(record, Organization):
        return record.former_names
    if isinstance(record, Category):
        return (*record.aliases, record.name.removesuffix("类"))
    if isinstance(record, Community):
        return (record.name.removesuffix("社区").removesuffix("村"),)
    return ()
