"""Every value of every kind of record comes back from the store as it went in."""

import shutil
import types
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from core.model.assessment import Source
from core.model.certificate_form import PrintProfile
from core.model.dates import PartialDate
from core.model.in_bulk import records_of
from db.records import Shapes
from db.sqlite_engine import make_engine
from db.tables import KINDS
from db.types import NUMBERS, json_text, scaled_decimal, to_json
from tests.laws import examples

SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(-(2**31), 2**31 - 1),
    bool: st.booleans(),
    type(None): st.none(),
    datetime: st.datetimes(),
    Decimal: st.decimals(-1_000_000_000, 1_000_000_000, places=6),
    PartialDate: st.dates(min_value=date(1, 1, 1)).map(PartialDate.of)
    | st.builds(PartialDate, st.integers(1, 9999), st.integers(0, 12)),
}


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(values, get_args(hint)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    hints = get_type_hints(hint)
    names = [field.name for field in fields(hint)] if is_dataclass(hint) else hint._fields
    drawn = {name: values(hints[name]) for name in names}
    if hint is PrintProfile:
        drawn |= {name: st.decimals(-1_000, 1_000, places=2) for name in names if hints[name] is Decimal}
    return st.builds(hint, **drawn)


@pytest.fixture(scope="module")
def engine(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store where references need not hold."""
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("records")))
    engine = make_engine(path, foreign_keys=False)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def shapes(engine: Engine) -> Shapes:
    """What a store reads and writes its records with."""
    return Shapes(engine.dialect)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
# A value is converted by its type, not by its kind of record: few of each kind are a thousand of most types.
@settings(max_examples=examples(20), deadline=None)
@given(data=st.data())
def test_records_come_back_as_they_were(
    engine: Engine, shapes: Shapes, kind: type[Any], data: st.DataObject
) -> None:
    record = data.draw(values(kind))
    shape = shapes[kind]
    with engine.connect() as connection:
        shape.insert(connection, shape.encode([record]))
        assert shape.read(connection, {"id": record.id}) == (record,)
        whole = {field.name: getattr(record, field.name) for field in fields(kind)}
        assert shape.count(connection, whole) == 1


@pytest.mark.parametrize(
    ("value", "stored", "shown"),
    [("89.99", 89_990_000, "89.99"), ("10", 10_000_000, "10"), ("0", 0, "0"), ("-2.50", -2_500_000, "-2.5")],
)
def test_decimals_are_whole_numbers_in_the_store(value: str, stored: int, shown: str) -> None:
    column = scaled_decimal(6)
    assert column.store(Decimal(value)) == stored
    assert str(column.restore(stored)) == shown


def test_decimals_are_never_rounded_in_silence() -> None:
    with pytest.raises(ValueError, match="more than 2 decimals"):
        scaled_decimal(2).store(Decimal("0.125"))


@pytest.mark.parametrize("marks", [(), (0,), (None,), (1_500_000, None, -3, 10**15), (7,) * 40])
def test_marks_come_back_as_they_were(marks: tuple[int | None, ...]) -> None:
    assert NUMBERS.restore(NUMBERS.store(marks)) == marks
    assert NUMBERS.store(marks) == to_json(marks)


@pytest.mark.parametrize(
    "source", [Source(), Source('甲\n"乙\\.xlsx', "表", 12, "王\u2028某", "2026-01-08T09:30:00", "是\x01")]
)
def test_a_source_is_written_as_the_encoder_would(source: Source) -> None:
    column = json_text(lambda value: Source(**value), by_name=True)
    assert column.store(source) == to_json(source._asdict())
    assert column.restore(column.store(source)) == source


@pytest.mark.parametrize(
    "text", ["", "[", "1]", "[1,]", "[1,,2]", "[1.5]", '["1"]', "[true]", "[1_0]", "[01]", "[[1]]", "{}"]
)
def test_what_are_no_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        list(NUMBERS.restore_all(["[1,2]", text]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_records_made_in_bulk_are_those_made_one_by_one(kind: type[Any]) -> None:
    """So the store may make what it reads: fields are slots, nothing is done when a record is made."""
    assert not hasattr(kind, "__post_init__")
    columns = [[f"{field.name} {row}" for row in range(3)] for field in fields(kind)]
    made = records_of(kind, 3, *map(iter, columns))
    assert made == [kind(*row) for row in zip(*columns, strict=True)]
    with pytest.raises(FrozenInstanceError):
        made[0].version = 2
