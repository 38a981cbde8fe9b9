"""The store beside the bare driver: `python3 run.py bench tests/benchmarks/bench_store.py`.

The floor writes and reads the same stored values in one table without index, reference or journal.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy.dialects.sqlite import dialect
from sqlcipher3 import dbapi2

from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization, Standing
from db.records import Shapes
from db.schema import create_store
from db.sqlite_engine import connect
from db.store import SqliteStore, open_store

ADDED = 10_000
READ = 100_000
ROUNDS = 5
ADD = ActDraft("导入", "张三")


def organizations(count: int) -> list[Organization]:
    return [
        Organization(
            new_id(),
            f"第{number}志愿服务队",
            standing=Standing.FILED,
            founded_on=PartialDate(2019, number % 12 + 1),
            principal="张三",
            phones=(f"138{number:08d}",),
            members=number % 90,
            remarks="每周六上午活动",
            search_key=f"第{number}志愿服务队 dizhiyuanfuwudui dzyfwd",
            sort_key=f"dizhiyuanfuwudui{number}",
        )
        for number in range(count)
    ]


class Floor:
    """One bare table of stored values."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self.shape = Shapes(dialect())[Organization]
        self.connection: dbapi2.Connection = connect(path)
        self.connection.execute(f"CREATE TABLE floor ({', '.join(self.shape.fields)}, PRIMARY KEY (id))")

    def add(self, rows: list[tuple[object, ...]]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(
            f"INSERT INTO floor VALUES ({', '.join('?' * len(self.shape.fields))})", rows
        )
        self.connection.execute("COMMIT")

    def read(self) -> int:
        return len(self.connection.execute("SELECT * FROM floor ORDER BY id").fetchall())


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    made = Floor(tmp_path / "floor.sqlite")
    yield made
    made.connection.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    create_store(tmp_path / "store.sqlite")
    opened = open_store(tmp_path / "store.sqlite")
    yield opened
    opened.close()


def added(store: SqliteStore, records: list[Organization]) -> None:
    with store.writing(ADD) as unit:
        unit.add(records)


def read(store: SqliteStore) -> int:
    with store.reading() as unit:
        return len(unit.all(Organization))


@pytest.mark.benchmark(group="add 10,000 organizations")
def test_floor_of_adding(benchmark: BenchmarkFixture, floor: Floor) -> None:
    def fresh() -> tuple[tuple[object, ...], dict[str, object]]:
        return (floor.shape.encode(organizations(ADDED)),), {}

    benchmark.pedantic(floor.add, setup=fresh, rounds=ROUNDS)
    assert floor.read() == ROUNDS * ADDED


@pytest.mark.benchmark(group="add 10,000 organizations")
def test_adding_with_journal(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    def fresh() -> tuple[tuple[object, ...], dict[str, object]]:
        return (store, organizations(ADDED)), {}

    benchmark.pedantic(added, setup=fresh, rounds=ROUNDS)
    assert read(store) == ROUNDS * ADDED


@pytest.mark.benchmark(group="read 100,000 organizations")
def test_floor_of_reading(benchmark: BenchmarkFixture, floor: Floor) -> None:
    floor.add(floor.shape.encode(organizations(READ)))
    assert benchmark.pedantic(floor.read, rounds=ROUNDS) == READ


@pytest.mark.benchmark(group="read 100,000 organizations")
def test_reading_as_records(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    added(store, organizations(READ))
    assert benchmark.pedantic(read, args=(store,), rounds=ROUNDS) == READ


@pytest.mark.benchmark(group="open and check 100,000 organizations")
def test_opening(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    added(store, organizations(READ))
    store.close()
    benchmark.pedantic(lambda: open_store(store.path).close(), rounds=ROUNDS)
    with closing(open_store(store.path)) as opened:
        assert read(opened) == READ


@pytest.mark.benchmark(group="open and check 100,000 organizations")
def test_full_check(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    added(store, organizations(READ))
    assert benchmark.pedantic(store.check, rounds=2).faults == ()
