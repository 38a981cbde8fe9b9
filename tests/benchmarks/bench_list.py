"""The roster of 100,000 organizations as somebody types, beside its floor: the same query in bare SQLite.

Law: at most 3 ×, and never over 50 ms on the window's thread.
`python3 run.py bench tests/benchmarks/bench_list.py`
"""

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlcipher3 import dbapi2

from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.model.register import RosterQuery
from core.rules.search_keys import with_keys
from core.services.services import Services
from db.schema import create_store
from db.sqlite_engine import connect
from gui.pages.roster_columns import ORGANIZATION_COLUMNS
from gui.pages.roster_finding import BLANK
from gui.windowed_table import WINDOW, WindowedModel
from tests.benchmarks.big_office import indexed, portions, services_over
from tests.benchmarks.big_roster import cells
from tests.benchmarks.measuring import compare

ROWS = 100_000
TYPED = ("z", "zy", "zyd", "zhiyuandui", "七七七", "不存在")
BARE = "SELECT id FROM organizations WHERE merged_into IS NULL AND search_key LIKE ? ORDER BY position, id"


def organizations() -> Iterator[Organization]:
    for number in range(ROWS):
        community, _, name, _, *rest = cells(number, ROWS)
        blank = Organization(new_id(), str(name), principal=str(rest[3]), position=number)
        yield with_keys(blank, str(community))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("office")
    create_store(place / "shepingtong.sqlite")
    return place


@pytest.fixture(scope="module")
def services(folder: Path) -> Iterator[Services]:
    opened = services_over(folder)
    with opened.store.writing(ActDraft("导入", "张三")) as work:
        for some in portions(organizations()):
            work.add(some)
    indexed(opened)
    # As the program does (main.open_services).
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def bare(services: Services, folder: Path) -> Iterator[dbapi2.Connection]:
    connection = connect(folder / "shepingtong.sqlite")
    yield connection
    connection.close()


def held(connection: dbapi2.Connection, typed: str, limit: int = -1) -> list[tuple[str]]:
    return connection.execute(f"{BARE} LIMIT ?", (f"%{typed}%", limit)).fetchall()


@pytest.mark.parametrize("typed", TYPED)
def test_first_rows(services: Services, bare: dbapi2.Connection, typed: str) -> None:
    """What is painted first: a window of ids with their rows; the floor gives the ids."""

    def first() -> int:
        return len(services.roster.rows(services.roster.find(RosterQuery(typed), WINDOW)))

    assert first() == len(held(bare, typed, WINDOW))
    compare(f"first rows, “{typed}”", first, lambda: held(bare, typed, WINDOW))


@pytest.mark.parametrize("typed", TYPED)
def test_all_ids(services: Services, bare: dbapi2.Connection, typed: str) -> None:
    """What follows: the ids of all."""
    assert services.roster.find(RosterQuery(typed)) == tuple(each for (each,) in held(bare, typed))
    compare(
        f"all ids, “{typed}”", lambda: services.roster.find(RosterQuery(typed)), lambda: held(bare, typed)
    )


def test_thread_of_the_window(services: Services) -> None:
    """What the list does with both answers, without painting: never over 50 ms."""
    app = QApplication.instance() or QApplication([])
    model = WindowedModel(ORGANIZATION_COLUMNS, lambda row: row.id, BLANK, checkable=True)
    longest = 0.0
    for typed in TYPED:
        ids = services.roster.find(RosterQuery(typed))
        rows = services.roster.rows(ids[:WINDOW])
        for answer in (lambda: model.set_ids(ids[:WINDOW], rows), lambda: model.complete(ids)):  # noqa: B023 - called at once
            began = time.perf_counter()
            answer()
            longest = max(longest, time.perf_counter() - began)
    print(f"\nwindow's thread, longest of both answers: {longest * 1000:.1f} ms")
    assert longest < 0.05 and app
