"""A ledger of 300,000 activities as of a day: found beside finding it now, by how much has changed since.

Law: as of a day at most 3 × the plain list. What changed since is read by the first question about the day.
`python3 run.py bench tests/benchmarks/bench_past.py`
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.finding import Find
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.services.past import Memo, Past
from db.schema import create_store
from db.store import SqliteStore, open_store
from tests.benchmarks.measuring import best_of, compare

COUNT = 300_000
DONE = ActDraft("改动", "录入员")
NOTHING, ADDED, FEW, BEFORE = 3, 2, 1, 0
"""After the act of this number: nothing, 1 % new ones, 1 % changes besides, everything was done."""
SINCE = {NOTHING: "nothing", ADDED: "1 % added", FEW: "1 % added, 1 % changed", BEFORE: "everything added"}


def activities(count: int) -> list[Activity]:
    return [
        Activity(
            new_id(),
            "",
            f"夜间巡逻{number}",
            PartialDate(2020 + number % 6, 1 + number % 12, 1 + number % 28),
            search_key=f"夜间巡逻{number}\nyejianxunluo{number}",
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("past") / "store.sqlite"
    create_store(path)
    store = open_store(path)
    with store.writing(DONE) as work:
        work.add(activities(COUNT))
    with store.writing(DONE) as work:
        work.change([replace(each, visits=1) for each in work.all(Activity)[::100]])
    with store.writing(DONE) as work:
        work.add(activities(COUNT // 100))
    with store.reading() as view:
        view.find(Activity, Find(limit=1))
    store.index.wait()
    yield store
    store.close()


@pytest.mark.parametrize("words", [(), ("xunluo59",)])
@pytest.mark.parametrize("after", SINCE)
def test_find_as_of(store: SqliteStore, after: int, words: tuple[str, ...]) -> None:
    query = Find(words, order="held_on", descending=True)
    memo = Memo()
    with store.reading() as view:
        then = Past(view, after, memo)
        if not words:
            expected = {NOTHING: COUNT + COUNT // 100, BEFORE: 0}.get(after, COUNT)
            assert len(then.find(Activity, query)) == expected
        first = best_of(lambda: Past(view, after).find(Activity, query), 3)
        print(f"\nfirst question: {first * 1000:,.1f} ms")
        compare(
            f"since then {SINCE[after]}, {words or 'all'}",
            lambda: then.find(Activity, query),
            lambda: view.find(Activity, query),
            rounds=3,
        )


def test_rows_as_of(store: SqliteStore) -> None:
    """What a screen asks for."""
    with store.reading() as view:
        then, ids = Past(view, FEW), view.find(Activity, Find(order="held_on"))[:400]
        assert [each.id for each in then.some(Activity, ids)] == [
            each.id for each in view.some(Activity, ids)
        ]
        compare("400 rows", lambda: then.some(Activity, ids), lambda: view.some(Activity, ids))
