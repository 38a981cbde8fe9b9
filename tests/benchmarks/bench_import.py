"""Import of 10,000 organizations, checked and stored, beside its floor: calamine's read + executemany.

Law: at most 6 ×. `python3 run.py bench tests/benchmarks/bench_import.py`
"""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from python_calamine import CalamineWorkbook

import main
from core.services.services import Services
from core.services.setup import OfficeDraft
from tests.benchmarks.big_roster import HEAD, make

ROWS = 10_000


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "roster.xlsx"
    make(path, ROWS)
    return path


@pytest.mark.benchmark(group="import of 10,000 organizations")
def test_floor(benchmark, roster: Path, tmp_path: Path) -> None:
    """Read the same file, put the same rows into a table with the same PRAGMAs."""
    places = iter(range(1000))

    def read_and_insert() -> int:
        rows = CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
        connection = sqlite.connect(tmp_path / f"floor{next(places)}.sqlite")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        marks = ", ".join("?" * len(HEAD))
        connection.execute(f"CREATE TABLE organizations ({', '.join(f'c{i}' for i in range(len(HEAD)))})")
        texts = [tuple(map(str, row)) for row in rows[-ROWS:]]
        connection.executemany(f"INSERT INTO organizations VALUES ({marks})", texts)
        connection.commit()
        connection.close()
        return len(texts)

    assert benchmark.pedantic(read_and_insert, rounds=5) == ROWS


@pytest.mark.benchmark(group="import of 10,000 organizations")
def test_import(benchmark, roster: Path, tmp_path: Path) -> None:
    """The office's way: read, understand, check, match, store with journal, search keys and assignments."""
    opened: list[Services] = []

    def empty_office() -> tuple[tuple[Services], dict[str, object]]:
        services = main.open_services(tmp_path / f"office{len(opened)}", create=True)
        services.setup.init_office(OfficeDraft("示例街道办事处"))
        opened.append(services)
        return (services,), {}

    def import_all(services: Services) -> int:
        return services.roster_import.apply(services.roster_import.preview(roster)).added

    added = benchmark.pedantic(import_all, setup=empty_office, rounds=5)
    for services in opened:
        services.close()
    assert added == ROWS
