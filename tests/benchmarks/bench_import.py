"""Import of 10,000 organizations, checked and stored, beside its floor: calamine's read + executemany.

Law: at most 6 ×. Both are taken in turns, so that both meet the same machine; their medians count.
`python3 run.py bench tests/benchmarks/bench_import.py`
"""

import gc
import time
from pathlib import Path
from statistics import median

import pytest
import sqlcipher3.dbapi2 as sqlite
from python_calamine import CalamineWorkbook

import main
from core.services.setup import OfficeDraft
from tests.benchmarks.big_roster import HEAD, make

ROWS, ROUNDS = 10_000, 9
MOST = 6


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "roster.xlsx"
    make(path, ROWS)
    return path


def floor(roster: Path, path: Path) -> float:
    """Seconds to read the file and put its rows into a table with the same PRAGMAs, as a bare script would.

    So with Python's own settings of its collector: those of the program are part of what is measured.
    """
    gc.set_threshold(700, 10, 10)
    gc.collect()
    start = time.perf_counter()
    rows = CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
    connection = sqlite.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    marks = ", ".join("?" * len(HEAD))
    connection.execute(f"CREATE TABLE organizations ({', '.join(f'c{i}' for i in range(len(HEAD)))})")
    texts = [tuple(map(str, row)) for row in rows[-ROWS:]]
    connection.executemany(f"INSERT INTO organizations VALUES ({marks})", texts)
    connection.commit()
    connection.close()
    assert len(texts) == ROWS
    return time.perf_counter() - start


def imported(roster: Path, folder: Path) -> float:
    """Seconds to read, understand, check, match, and store with journal, search keys and assignments."""
    services = main.open_services(folder, create=True)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    gc.collect()
    start = time.perf_counter()
    added = services.roster_import.apply(services.roster_import.preview(roster)).added
    seconds = time.perf_counter() - start
    services.close()
    assert added == ROWS
    return seconds


def test_import(roster: Path, tmp_path: Path) -> None:
    pairs = [
        (floor(roster, tmp_path / f"floor{turn}.sqlite"), imported(roster, tmp_path / f"office{turn}"))
        for turn in range(ROUNDS)
    ]
    bare, mine = median(one for one, _ in pairs), median(one for _, one in pairs)
    print(f"\nimport {mine * 1000:,.0f} ms, floor {bare * 1000:,.0f} ms: {mine / bare:.2f} ×")
    assert mine / bare <= MOST
