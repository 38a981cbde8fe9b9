"""An encrypted store beside a plain one: `python3 run.py bench tests/benchmarks/bench_encryption.py`.

Both hold the same rows and are asked by the same library in turns, in one run; the ratio is of the medians.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import main
from core.model.finding import Find
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.model.user import NewUser, Role
from db.data_key import DataKey
from db.schema import create_store
from db.sqlite_conversion import convert_store
from db.store import SqliteStore, open_store
from tests.benchmarks.bench_store import organizations

COUNT = 100_000
TURNS = 21
COMMITS = 200
READS, WRITES, UNLOCK = 2.0, 1.5, 0.8

Pair = tuple[SqliteStore, SqliteStore]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The same 100,000 organizations in clear and encrypted."""
    folder = tmp_path_factory.mktemp("pair")
    plain, sealed, key = folder / "plain.sqlite", folder / "sealed.sqlite", DataKey(os.urandom(32))
    create_store(plain)
    with closing(open_store(plain)) as store, store.writing(ActDraft("导入", "张三")) as work:
        work.add(organizations(COUNT))
    shutil.copy(plain, sealed)
    convert_store(sealed, None, key)
    with closing(open_store(plain)) as first, closing(open_store(sealed, key=key)) as second:
        yield first, second


def ratio(pair: Pair, work: Callable[[SqliteStore], object]) -> float:
    """How much longer it takes encrypted: both in turns, so that the PC's other work meets both."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for store, times in zip(pair, took, strict=True):
            started = time.perf_counter()
            work(store)
            times.append(time.perf_counter() - started)
    return median(took[1]) / median(took[0])


def read_all(store: SqliteStore) -> None:
    with store.reading() as view:
        assert len(view.all(Organization)) >= COUNT


def read_list(store: SqliteStore) -> None:
    """As a list asks: words, order, window, and the rows that are seen."""
    with store.reading() as view:
        found = view.find(Organization, Find(words=("9",), order="sort_key", limit=200))
        assert len(view.some(Organization, found)) == 200


def read_points(store: SqliteStore) -> None:
    with store.reading() as view:
        ids = view.find(Organization, Find(limit=COUNT))[:: COUNT // 500]
        for each in ids:
            view.get(Organization, each)


def commit_some(store: SqliteStore) -> None:
    for number in range(COMMITS):
        with store.writing(ActDraft("新增", "张三")) as work:
            work.add([Organization(new_id(), f"新队{number}")])


@pytest.mark.parametrize("work", [read_all, read_list, read_points])
def test_reads(benchmark: BenchmarkFixture, pair: Pair, work: Callable[[SqliteStore], object]) -> None:
    found = benchmark.pedantic(ratio, (pair, work))
    benchmark.extra_info["ratio"] = round(found, 2)
    assert found <= READS


def test_commits(benchmark: BenchmarkFixture, pair: Pair) -> None:
    found = benchmark.pedantic(ratio, (pair, commit_some))
    benchmark.extra_info["ratio"] = round(found, 2)
    assert found <= WRITES


def test_unlocking(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """From the password to the open office, with the cost that set-up measured on this PC."""
    services = main.open_services(tmp_path, create=True)
    services.close()
    door = main.open_door(tmp_path, create=False)
    services = door.alone()
    services.users.begin(NewUser("wang", "王主任", tuple(Role), "Biao-2026x"))
    door.encrypt(services).services.close()

    def unlock() -> None:
        door.enter("wang", "Biao-2026x").close()

    benchmark.pedantic(unlock, rounds=5)
    assert benchmark.stats.stats.median <= UNLOCK
