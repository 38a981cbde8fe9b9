"""Keys made from names: for finding by pinyin or initials, and for the order of pinyin."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from core.model.ledger import Field, FieldKind, Ledger
from core.model.organization import Organization
from core.model.roster import OrganizationDraft
from core.rules.ledger_titles import LinkBook

# Characters whose first reading in the dictionary is not the one that names use.
_READINGS = {"调": "tiao", "曾": "zeng", "翟": "zhai", "覃": "qin", "晟": "sheng"}
_SEARCHED = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.NAME,
        FieldKind.LONG,
        FieldKind.TEXTS,
        FieldKind.PHONES,
        FieldKind.CHOICE,
        FieldKind.CYCLE,
        FieldKind.LINK,
    }
)
ORGANIZATION_KEY_FIELDS = frozenset(
    (
        "name",
        "principal",
        "community_id",
        "former_names",
        "filing_number",
        "credit_code",
        "remarks",
        "phones",
    )
)
"""The fields that both keys of an organization are made from."""
_FIELDS = tuple(field.name for field in fields(Organization))
_before_keys = attrgetter(*_FIELDS[: _FIELDS.index("search_key")])


def search_key(name: str, principal: str, community: str) -> str:
    """A text that holds name, principal and community as written, in full pinyin and in initials.

    Parts are kept apart by line breaks, so that a search never matches across them. In the first line, that
    of the name, a tab stands before each form: so what a name begins with can be looked for.
    """
    return f"{_named(_forms(name))}\n{_forms_kept(principal)}\n{_forms_kept(community)}"


def ledger_key(ledger: Ledger, record: Any, links: LinkBook) -> str:
    """A text that holds all words of a ledger's record: its title also in pinyin and initials.

    Of phones it holds the digits; numbers of identity cards are not to be found.
    """
    parts = [_named(_forms(each)) for each in _words(ledger.field(ledger.title_field), record, links)]
    for field in ledger.fields:
        if field.kind in _SEARCHED and field.name != ledger.title_field:
            parts += map(search_text, _words(field, record, links))
    return "\n".join(filter(None, parts))


def ledger_key_fields(ledger: Ledger) -> frozenset[str]:
    """The fields that the key of a ledger's records is made from."""
    searched = (field.name for field in ledger.fields if field.kind in _SEARCHED)
    return frozenset((ledger.title_field, *searched))


def sort_key(name: str) -> str:
    """A text whose order is that of the name's pinyin, character by character; equal sounds by code point."""
    return "".join(name.split()).translate(_SORTED).removesuffix(" ")


def with_keys(organization: Organization, community: str) -> Organization:
    """The organization with both keys made anew; `community` is the name of its community."""
    keys = keys_of(organization, community, organization.former_names)
    # By place: dataclasses.replace takes three times as long.
    values: list[Any] = [*_before_keys(organization), *keys, organization.version]
    return Organization(*values)


def keys_of(
    said: Organization | OrganizationDraft, community: str, former_names: Sequence[str] = ()
) -> tuple[str, str]:
    """Search key and sort key of what is said about an organization in this community."""
    found_by = search_key(said.name, said.principal, community) + _also_found_by(said, former_names)
    return found_by, sort_key(said.name)


def search_text(typed: str) -> str:
    """What was typed into the search field, in the form that search_key holds."""
    return "".join((typed if typed.isascii() else unicodedata.normalize("NFKC", typed)).lower().split())


def _also_found_by(said: Organization | OrganizationDraft, former_names: Sequence[str]) -> str:
    """Former names, numbers, the digits of phones and remarks, each in a line of its own."""
    numbers = (said.filing_number, said.credit_code, said.remarks)
    texts = [_forms(each) for each in former_names]
    texts += [search_text(each) for each in numbers if each]
    texts += [each if each.isdigit() else _digits(each) for each in said.phones]
    return "".join([f"\n{each}" for each in texts])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _words(field: Field, record: Any, links: LinkBook) -> tuple[str, ...]:
    """What a field says, each part by itself."""
    value = getattr(record, field.name)
    if field.kind is FieldKind.LINK:
        return (links.title(field, value),)
    if field.kind is FieldKind.PHONES:
        return tuple(map(_digits, value))
    if field.kind is FieldKind.CHOICE:
        return (value.label,) if value else ()
    return value if isinstance(value, tuple) else (value,)


def _forms(text: str) -> str:
    plain = search_text(text)
    if plain.isascii():
        return plain
    return f"{plain}\n{plain.translate(_SOUNDS)}\n{plain.translate(_INITIALS)}"


def _named(forms: str) -> str:
    return "\t" + forms.replace("\n", "\t")


_forms_kept = lru_cache(maxsize=4096)(_forms)


def _sound(mark: str) -> str:
    """The first reading of a character without its tone, ü as v; any other character itself."""
    if mark in _READINGS:
        return _READINGS[mark]
    reading = _dictionary().get(ord(mark))
    if reading is None:
        return mark.lower()
    letters = unicodedata.normalize("NFD", reading.partition(",")[0]).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isalpha()).lower()


@cache
def _dictionary() -> Mapping[int, str]:
    """Loaded with the first name: most commands read none."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - see above

    return PINYIN_DICT


class _Table(dict[int, str]):
    """A table for str.translate that is made as characters turn up, and kept."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        self[code] = self._form(chr(code))
        return self[code]


_SOUNDS = _Table(_sound)
_INITIALS = _Table(lambda mark: _sound(mark)[:1])
_SORTED = _Table(lambda mark: f"{_sound(mark)}{mark} ")
