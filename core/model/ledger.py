"""Ledgers (台账).

Kinds of records that are described by their fields, so that form, list, import and export follow.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.model.labelled import Labelled


class FieldKind(StrEnum):
    """What a field holds, and as what type the record keeps it."""

    TEXT = "text"
    """A line of text: str."""
    NAME = "name"
    """The name of a person or a thing: str, read like names in a roster."""
    LONG = "long"
    """Several lines: str."""
    WHOLE = "whole"
    """A count: int, None for not known."""
    YEAR = "year"
    """A calendar year: int, None for not known."""
    MONEY = "money"
    """Yuan with two decimals: whole fen as int, None for not known."""
    AREA = "area"
    """Square metres with two decimals: hundredths as int, None for not known."""
    DATE = "date"
    """A date as exact as its source: PartialDate, None for not known."""
    YES_NO = "yes_no"
    """bool."""
    CHOICE = "choice"
    """A member of `Field.choices`, None for not known."""
    CYCLE = "cycle"
    """The code of a cycle within its year, empty for none: str. A form says its title beside it."""
    LINK = "link"
    """The id of a record of `Field.target`, empty for none."""
    TEXTS = "texts"
    """Several short texts: tuple of str."""
    PHONES = "phones"
    """Telephone numbers, masked where they are shown: tuple of str."""
    ID_NUMBER = "id_number"
    """居民身份证号, masked where it is shown: str."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a ledger; `name` is the record's attribute.

    `synonyms` are further titles that a column of a file may have. `hint` stands beside the field in a form,
    `width` is that of its column, in characters; columns that are not `listed` are shown on request only.
    `private` fields are left out of exports for publication. A `signed` number may count from the end (-1 is
    the last); a date that may lie `ahead` is not asked about when it does.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: type[Labelled] | None = None
    target: type[Any] | None = None
    synonyms: tuple[str, ...] = ()
    hint: str = ""
    width: int = 12
    listed: bool = True
    private: bool = False
    section: str = ""
    signed: bool = False
    ahead: bool = False

    @property
    def masked(self) -> bool:
        """Whether its value is shown by a deliberate act only."""
        return self.kind in (FieldKind.PHONES, FieldKind.ID_NUMBER)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A kind of record with its fields, in the order of the paper form.

    `code` names it in links and files, `label` is what the clerk calls one record; `title_field` is the field
    that names a record. `order_field` sorts the list, newest first if `newest_first`. Records with equal
    `key_fields` are the same one on import.
    """

    code: str
    kind: type[Any]
    label: str
    icon: str
    fields: tuple[Field, ...]
    title_field: str
    key_fields: tuple[str, ...]
    order_field: str
    newest_first: bool = False
    purpose: str = ""

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(each for each in self.fields if each.name == name)

    @property
    def links(self) -> tuple[Field, ...]:
        """The fields that refer to other records."""
        return tuple(each for each in self.fields if each.kind is FieldKind.LINK)
