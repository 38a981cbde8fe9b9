"""What stands in no table, given to a statement as one text: it may be too much for parameters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from core.model.journal import FieldValue
from db.types import to_json


def given_rows(names: Sequence[str], rows: Sequence[Sequence[FieldValue]]) -> Select[Any]:
    """A query for the fields of each row, which are called by these names."""
    row = func.json_each(to_json(rows)).table_valued("value").c.value
    return select(*(func.json_extract(row, f"$[{at}]").label(name) for at, name in enumerate(names)))


def given_texts(texts: Sequence[str]) -> Select[Any]:
    """A query for each of the texts, as `text`."""
    return select(func.json_each(to_json(texts)).table_valued("value").c.value.label("text"))
