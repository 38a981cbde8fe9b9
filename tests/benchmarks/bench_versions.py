"""The past beside the present: `python3 run.py bench tests/benchmarks/bench_versions.py`.

Law: a list as of a day takes at most 3 × the plain list (100,000 organizations, 1,000,000 changes), finding
at most 3 × the bare query. Ten changes of each organization lie in the journal; the last act changed one in
a hundred.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlcipher3 import dbapi2

from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.finding import Find
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.schema import create_store
from db.sqlite_engine import connect
from db.store import SqliteStore, open_store
from tests.benchmarks.bench_store import organizations

ADD = ActDraft("导入", "张三")
ROUNDS = 9
"""Acts that change every organization after it was added."""
SIZES = (1_000, 10_000, 100_000)
ALL = Find(order="held_on", descending=True)
FIRST = Find(order="held_on", descending=True, limit=100)
WORD = Find(("不存在",), order="held_on", descending=True)
BARE = "SELECT id FROM activities {} ORDER BY held_on DESC, id DESC {}"


def activity(number: int, owner: Organization) -> Activity:
    title = f"第{number}次邻里守望活动"
    key = f"{title}\nlinlishouwanghuodong\nllswhd\n{owner.name}\n文化广场"
    return Activity(
        new_id(), owner.id, title, PartialDate(2020 + number % 6, number % 12 + 1), search_key=key
    )


def change_all(connection: dbapi2.Connection, every: int) -> None:
    """One more act, which changes one in `every` organizations."""
    (number,) = connection.execute("SELECT max(number) + 1 FROM acts").fetchone()
    connection.execute(
        "INSERT INTO acts (number, id, at, verb, actor, reason) "
        "VALUES (?, ?, '2026-01-08T09:30', '修改', '', '')",
        (number, new_id()),
    )
    some = f"WHERE rowid % {every} = 0"
    connection.execute(
        "INSERT INTO changes (act_number, kind, record_id, version, before, after) "
        "SELECT ?, 'organizations', id, version + 1, json_object('members', members), "
        f"json_object('members', members + 1) FROM organizations {some}",
        (number,),
    )
    connection.execute(f"UPDATE organizations SET version = version + 1, members = members + 1 {some}")


def make(path: Path, count: int) -> Path:
    """A store of so many organizations with ten changes each, and three activities each."""
    create_store(path)
    store = open_store(path)
    owners = organizations(count)
    with store.writing(ADD) as unit:
        unit.add(owners)
        unit.add([activity(number, owners[number % count]) for number in range(3 * count)])
    store.close()
    connection = connect(path)
    connection.execute("BEGIN")
    for every in (*[1] * ROUNDS, 100):
        change_all(connection, every)
    connection.execute("COMMIT")
    connection.close()
    return path


@pytest.fixture(scope="module", params=SIZES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    opened = open_store(make(tmp_path_factory.mktemp("versions") / "store.sqlite", request.param))
    yield opened
    opened.close()


def listed(store: SqliteStore) -> int:
    with store.reading() as unit:
        return len(unit.all(Organization))


def as_of(store: SqliteStore, act_number: int) -> int:
    with store.reading() as unit:
        return len(unit.as_of(Organization, act_number))


def found(store: SqliteStore, query: Find) -> int:
    with store.reading() as unit:
        return len(unit.find(Activity, query))


def bare(store: SqliteStore, words: str, limit: str) -> int:
    with store.reading() as unit:
        return len(unit._connection.exec_driver_sql(BARE.format(words, limit)).fetchall())  # type: ignore[attr-defined]


@pytest.mark.benchmark(group="list")
def test_plain_list(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    benchmark.pedantic(listed, args=(store,), rounds=3)


@pytest.mark.benchmark(group="list")
@pytest.mark.parametrize("back", [1, 2, ROUNDS + 1])
def test_list_as_of(benchmark: BenchmarkFixture, store: SqliteStore, back: int) -> None:
    """Before the last act, before the last that changed all, before all changes."""
    with store.reading() as unit:
        newest = unit.acts(1)[0].number
    assert benchmark.pedantic(as_of, args=(store, newest - back), rounds=3) == listed(store)


@pytest.mark.benchmark(group="find")
@pytest.mark.parametrize(
    ("words", "limit"),
    [("", ""), ("", "LIMIT 100"), ("WHERE search_key LIKE '%不存在%'", "")],
    ids=["all", "first", "word"],
)
def test_bare_query(benchmark: BenchmarkFixture, store: SqliteStore, words: str, limit: str) -> None:
    benchmark.pedantic(bare, args=(store, words, limit), rounds=3)


@pytest.mark.benchmark(group="find")
@pytest.mark.parametrize("query", [ALL, FIRST, WORD], ids=["all", "first", "word"])
def test_find(benchmark: BenchmarkFixture, store: SqliteStore, query: Find) -> None:
    benchmark.pedantic(found, args=(store, query), rounds=3)
