"""What the tables are put together from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeEngine

UNJOURNALED: Mapping[Any, Any] = {"journal": False}
"""Marks a column that is derived from others: the journal leaves it out."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def column(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text, **options: Any) -> Column[Any]:
    """A column that always holds something unless `nullable`."""
    return Column(name, kind, **{"nullable": False} | options)


def link(
    name: str, target: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text, **options: Any
) -> Column[Any]:
    """A reference, checked when the act is committed: within it the order of records does not matter."""
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return Column(name, kind, key, **{"nullable": False, "index": True} | options)


def records(name: str, label: str, *items: SchemaItem) -> Table:
    """A table of records; `label` is what the clerk calls one of them."""
    return Table(name, metadata, column("id", primary_key=True), *items, comment=label)


def version() -> Column[Any]:
    """The counter of a record's states."""
    return column("version", Integer)
