"""The search over everything beside the bare query: 100,000 organizations, 300,000 activities.

Law: at most 3 × the bare query, and the first results (organizations, people …) within 50 ms.
`python3 run.py bench tests/benchmarks/bench_find.py`
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from core.model.activities import Activity
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Community, Organization
from core.rules.search_keys import search_key, with_keys
from core.services.search import SearchService
from db.schema import create_store
from db.sqlite_engine import connect
from db.store import SqliteStore, open_store
from tests.benchmarks.big_roster import cells

TYPED = ("z", "zyd", "志愿队", "公益", "七七七", "13800012345", "不存在", "一二三 志愿")
"""From what everything holds to what nothing holds, two characters and several words among them."""
ACT = ActDraft("导入", "张三")
SIZES = (1_000, 10_000, 100_000)


def organizations(count: int, communities: list[Community]) -> Iterator[Organization]:
    for number in range(count):
        _, _, name, _, _, filing_number, _, principal, _, phone, *_ = cells(number, count)
        community = communities[number % len(communities)]
        made = Organization(
            new_id(),
            str(name).strip(),
            community_id=community.id,
            filing_number=str(filing_number),
            principal=str(principal),
            phones=(str(phone).replace(" ", ""),),
            position=number,
        )
        yield with_keys(made, community.name)


def activities(owners: list[Organization]) -> Iterator[Activity]:
    for number, owner in enumerate(owners * 3):
        title = f"第{number}次邻里活动"
        key = f"{search_key(title, '', '')}\n{owner.name}"
        yield Activity(new_id(), owner.id, title, search_key=key)


@pytest.fixture(scope="module", params=SIZES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("find") / "store.sqlite"
    create_store(path)
    opened = open_store(path)
    communities = [Community(new_id(), f"第{number}社区", position=number) for number in range(300)]
    owners = list(organizations(request.param, communities))
    with opened.writing(ACT) as work:
        work.add(communities)
        work.add(owners)
        work.add(list(activities(owners)))
    yield opened
    opened.close()


def bare(path: Path, tables: tuple[str, ...]) -> int:
    connection = connect(path)
    shown = 0
    for typed in TYPED:
        words = typed.split()
        where = " AND ".join(["search_key LIKE ?"] * len(words))
        for table in tables:
            query = f"SELECT id FROM {table} WHERE {where}"
            shown += len(connection.execute(query, [f"%{word}%" for word in words]).fetchall())
    connection.close()
    return shown


@pytest.mark.benchmark(group="first results of eight searches")
def test_bare_query_of_organizations(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    assert benchmark.pedantic(bare, args=(store.path, ("organizations",)), rounds=3) > 0


@pytest.mark.benchmark(group="first results of eight searches")
def test_nearest(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    search = SearchService(store)
    assert benchmark.pedantic(lambda: sum(len(search.nearest(typed)) for typed in TYPED), rounds=3) > 0


@pytest.mark.benchmark(group="all results of eight searches")
def test_bare_query_of_everything(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    assert benchmark.pedantic(bare, args=(store.path, ("organizations", "activities")), rounds=3) > 0


@pytest.mark.benchmark(group="all results of eight searches")
def test_everywhere(benchmark: BenchmarkFixture, store: SqliteStore) -> None:
    search = SearchService(store)
    assert benchmark.pedantic(lambda: sum(len(search.everywhere(typed)) for typed in TYPED), rounds=3) > 0


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.benchmark(group="first results of one search")
def test_one_search(benchmark: BenchmarkFixture, store: SqliteStore, typed: str) -> None:
    search = SearchService(store)
    benchmark.pedantic(search.nearest, args=(typed,), rounds=3, warmup_rounds=1)
