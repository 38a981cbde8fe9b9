"""What the revisions write their tables with; it may grow, but what is there stays as it is."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def text(*names: str) -> tuple[sa.Column[Any], ...]:
    """Text columns that always hold something, maybe nothing but ""."""
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def whole(*names: str) -> tuple[sa.Column[Any], ...]:
    """Whole numbers."""
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def maybe_text(*names: str) -> tuple[sa.Column[Any], ...]:
    """Text columns that may be unknown."""
    return tuple(sa.Column(name, sa.Text(), nullable=True) for name in names)


def big(*names: str) -> tuple[sa.Column[Any], ...]:
    """Large whole numbers."""
    return tuple(sa.Column(name, sa.BigInteger(), nullable=False) for name in names)


def maybe_big(*names: str) -> tuple[sa.Column[Any], ...]:
    """Large whole numbers that may be unknown."""
    return tuple(sa.Column(name, sa.BigInteger(), nullable=True) for name in names)


def maybe_whole(*names: str) -> tuple[sa.Column[Any], ...]:
    """Whole numbers that may be unknown."""
    return tuple(sa.Column(name, sa.Integer(), nullable=True) for name in names)


def flags(*names: str) -> tuple[sa.Column[Any], ...]:
    """Yes or no."""
    return tuple(sa.Column(name, sa.Boolean(), nullable=False) for name in names)


def maybe(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    """A column that may be unknown."""
    return sa.Column(name, kind, nullable=True)


def records(name: str, label: str, *items: Any) -> None:
    """A table of records with its id."""
    op.create_table(
        name, *text("id"), *items, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), comment=label
    )


def key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A reference, checked at the end of the transaction."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name, deferrable=True, initially="DEFERRED")


def index(table: str, *columns: str) -> None:
    """An index for each column."""
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Columns whose values together occur once."""
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")
