"""Tables of the ledgers: a ledger's columns follow from its fields."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text

from core.model.ledger import Field, FieldKind, Ledger
from db.types import LINK, PARTIAL_DATE, TEXTS, enum_text

_PLAIN: Mapping[FieldKind, Callable[[Field], Column[Any]]] = {
    **dict.fromkeys(
        (FieldKind.TEXT, FieldKind.NAME, FieldKind.LONG, FieldKind.CYCLE, FieldKind.ID_NUMBER),
        lambda each: Column(each.name, Text, nullable=False),
    ),
    **dict.fromkeys(
        (FieldKind.TEXTS, FieldKind.PHONES), lambda each: Column(each.name, TEXTS, nullable=False)
    ),
    **dict.fromkeys(
        (FieldKind.WHOLE, FieldKind.YEAR), lambda each: Column(each.name, Integer, nullable=True)
    ),
    **dict.fromkeys(
        (FieldKind.MONEY, FieldKind.AREA), lambda each: Column(each.name, BigInteger, nullable=True)
    ),
    FieldKind.DATE: lambda each: Column(each.name, PARTIAL_DATE, nullable=True),
    FieldKind.YES_NO: lambda each: Column(each.name, Boolean, nullable=False),
}


def ledger_table(
    ledger: Ledger, metadata: MetaData, tables: Mapping[type[Any], Table], derived: Mapping[Any, Any]
) -> Table:
    """The table of a ledger; `tables` are those that its links refer to, `derived` marks the search key."""
    return Table(
        ledger.code,
        metadata,
        Column("id", Text, primary_key=True, nullable=False),
        *(_column(each, tables) for each in ledger.fields),
        Column("search_key", Text, nullable=False, info=dict(derived)),
        Column("version", Integer, nullable=False),
        # All that finding asks for, in the list's order: the rows themselves are not looked at.
        Index(f"ix_{ledger.code}_found", ledger.order_field, "id", "search_key"),
        comment=ledger.label,
    )


def _column(field: Field, tables: Mapping[type[Any], Table]) -> Column[Any]:
    if field.kind is FieldKind.CHOICE and field.choices:
        return Column(field.name, enum_text(field.choices), nullable=True)
    if field.kind is FieldKind.LINK and field.target:
        key = ForeignKey(f"{tables[field.target].name}.id", deferrable=True, initially="DEFERRED")
        return Column(field.name, LINK, key, nullable=True, index=True)
    return _PLAIN[field.kind](field)
