"""Filter as you type over 100,000 organizations, beside its floor: the same query in bare SQLite.

Law: at most 3 ×, and never over 50 ms on the window's thread.
`python3 run.py bench tests/benchmarks/bench_list.py`
"""

from collections.abc import Iterator

import pytest
import sqlcipher3.dbapi2 as sqlite
from PySide6.QtWidgets import QApplication

from core.model.organization import Organization
from core.model.register import OrganizationSummary
from core.rules.search_keys import with_keys
from gui.pages.roster_columns import ORGANIZATION_COLUMNS
from gui.pages.roster_finding import RECORD_ID, wanted_by
from gui.table_model import RecordTableModel
from tests.benchmarks.big_roster import cells

ROWS = 100_000
TYPED = ("z", "zy", "zyd", "zhiyuandui", "七七七", "不存在")


@pytest.fixture(scope="module")
def summaries() -> tuple[OrganizationSummary, ...]:
    def made() -> Iterator[OrganizationSummary]:
        for number in range(ROWS):
            community, _, name, category, *rest = cells(number, ROWS)
            blank = Organization(f"{number:036d}", str(name), principal=str(rest[3]), position=number)
            yield OrganizationSummary(with_keys(blank, str(community)), str(community), str(category), "", "")

    return tuple(made())


@pytest.mark.benchmark(group="filter of 100,000 organizations, six inputs")
def test_floor(benchmark, summaries: tuple[OrganizationSummary, ...], tmp_path) -> None:
    """LIKE over the same keys, rows fetched in the list's order."""
    connection = sqlite.connect(tmp_path / "floor.sqlite")
    connection.execute(
        "CREATE TABLE organizations (id TEXT PRIMARY KEY, name TEXT, search_key TEXT, position INTEGER)"
    )
    connection.executemany(
        "INSERT INTO organizations VALUES (?, ?, ?, ?)",
        [(x.id, x.organization.name, x.organization.search_key, x.organization.position) for x in summaries],
    )
    query = "SELECT id, name FROM organizations WHERE search_key LIKE ? ORDER BY position"

    def type_all() -> int:
        return sum(len(connection.execute(query, (f"%{typed}%",)).fetchall()) for typed in TYPED)

    assert benchmark(type_all) > 0


@pytest.mark.benchmark(group="filter of 100,000 organizations, six inputs")
def test_filter(benchmark, summaries: tuple[OrganizationSummary, ...]) -> None:
    """What the roster page does on the window's thread: filter, keep the order, tell the view."""
    app = QApplication.instance() or QApplication([])
    model = RecordTableModel(ORGANIZATION_COLUMNS, RECORD_ID)
    model.set_records(summaries)

    def type_all() -> int:
        shown = 0
        for typed in TYPED:
            model.set_filter(wanted_by(typed, {}))
            shown += model.rowCount()
        return shown

    assert benchmark(type_all) > 0
    assert app
