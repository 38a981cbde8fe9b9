"""What stands in no table, given to a statement as one text: it may be too much for parameters."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from core.model.journal import FieldValue
from db.types import to_json


def given_rows(names: Sequence[str], rows: Sequence[Mapping[str, FieldValue]]) -> Select[Any]:
    """A query for the fields with these names of each row."""
    row = func.json_each(to_json(rows)).table_valued("value").c.value
    return select(*(func.json_extract(row, f"$.{name}").label(name) for name in names))


def given_texts(texts: Sequence[str]) -> Select[Any]:
    """A query for each of the texts, as `text`."""
    return select(func.json_each(to_json(texts)).table_valued("value").c.value.label("text"))
