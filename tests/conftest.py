"""What many tests need: a clock that stands still, services over a real store, the sample files."""

import gc
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import copy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, Table, create_engine

from core.paper.charts import Charts
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper
from core.services.sample import fill_sample
from core.services.services import Outside, Services
from core.services.setup import OfficeDraft
from core.sheets.reader import read_workbook, read_workbooks
from core.sheets.writer import write_workbook
from db import records, sqlite_engine
from db.backup import FolderBackups
from db.records import Among, Shape
from db.schema import create_store
from db.store import open_store
from db.vault import open_vault
from tests.laws import settle

DATA = Path(__file__).parent / "data"
settle()
# What the tests import stays: looking through it again and again would take a tenth of their time.
gc.freeze()
gc.set_threshold(100_000, 20, 20)
NOW = datetime(2026, 1, 8, 9, 30)
LONGEST = {
    *("test_surroundings", "test_db_records", "test_db_failures", "test_installer"),
    *("test_page_roster", "test_page_ledgers", "test_page_documents", "test_page_certificate_sheet"),
    *("test_cli_schemes_played", "test_cli_year_papers", "test_cli_journey", "test_services_year_papers"),
    *("test_journey_papers", "test_window_journey", "test_small_window", "test_services_versions"),
    *("test_page_cycle", "test_page_groups", "test_page_marks", "test_page_app", "test_page_assessment"),
    *("test_page_result_decisions", "test_page_certificates", "test_page_communities", "test_gui_undo"),
    *("test_rights", "test_manual", "test_rules_laws", "test_rules_scheme_laws", "test_db_past"),
    *("test_cli_documents", "test_unused"),
}
"""Files that take more than five seconds, or about as long in very few tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, then those of many tests: no process ends with one alone."""
    tests = Counter(each.path for each in items)
    items.sort(key=lambda item: (item.path.stem not in LONGEST, -tests[item.path]))


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """All stores share a dialect, what it compiled, and how records lie: hundreds would make it anew."""
    first: list[Engine] = []

    def sharing(url: str, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        if first:
            engine.dialect = engine.pool._dialect = first[0].dialect
            engine._compiled_cache = first[0]._compiled_cache
        else:
            first.append(engine)
        return engine

    shapes = cache(Shape)

    def sharing_shape(kind: type[Any], source: Table, dialect: Dialect, among: Among) -> Shape[Any]:
        shape = copy(shapes(kind, source, dialect))
        shape._among = among
        return shape

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_engine, "create_engine", sharing)
        patch.setattr(records, "Shape", sharing_shape)
        yield


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of each process's own: nothing depends on what lies in that of the user, or is left there."""
    own = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(own))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the sample files."""
    return DATA


@pytest.fixture(scope="session")
def paper() -> ReportLabPaper:
    """One paper for all tests: its fonts are parsed once."""
    fonts = FontLibrary()
    return ReportLabPaper(fonts, Charts(fonts))


def outside_of(
    path: Path, paper: ReportLabPaper, clock: Callable[[], datetime], backups: FolderBackups | None = None
) -> Outside:
    """What services over the store in a file use beside it, as in the program."""
    return Outside(
        clock, read_workbook, read_workbooks, write_workbook, paper, open_vault(path), backups=backups
    )


def services_over(path: Path, paper: ReportLabPaper, clock: Callable[[], datetime] = lambda: NOW) -> Services:
    """Services over the store in a file, at a moment that stands still unless another clock is given."""
    with pytest.MonkeyPatch.context() as patch:
        # What was just made or copied is whole: to look would take longer than most tests.
        patch.setattr("db.checks._found", lambda *_: ())
        store = open_store(path)
    return Services(store, "录入员", outside_of(path, paper, clock))


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without an office, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("empty") / "shepingtong.sqlite"
    create_store(path)
    return path


@pytest.fixture(scope="session")
def office_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The store of an office with an empty register, made once; tests work on copies."""
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("office")))
    services = services_over(path, paper)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    services.close()
    return path


@pytest.fixture(scope="session")
def sample_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The sample office's store, made once; tests work on copies."""
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("sample")))
    services = services_over(path, paper)
    fill_sample(services)
    services.close()
    return path


@pytest.fixture(scope="session")
def computed_store(
    sample_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper
) -> Path:
    """The sample office's store with the year 2025 computed, made once; tests work on copies."""
    path = Path(shutil.copy(sample_store, tmp_path_factory.mktemp("computed")))
    with closing(services_over(path, paper)) as services:
        services.assessments.compute(2025)
    return path


@pytest.fixture
def bare_services(empty_store: Path, tmp_path: Path, paper: ReportLabPaper) -> Iterator[Services]:
    """Services over a new store without an office."""
    with closing(services_over(copied(empty_store, tmp_path), paper)) as services:
        yield services


@pytest.fixture
def services(office_store: Path, tmp_path: Path, paper: ReportLabPaper) -> Iterator[Services]:
    """Services of an office with an empty register."""
    with closing(services_over(copied(office_store, tmp_path), paper)) as services:
        yield services


@pytest.fixture
def sample(sample_store: Path, tmp_path: Path, paper: ReportLabPaper) -> Iterator[Services]:
    """Services of the sample office: register, open year 2025, sheets of five raters, not computed."""
    with closing(services_over(copied(sample_store, tmp_path), paper)) as services:
        yield services


@pytest.fixture
def computed(computed_store: Path, tmp_path: Path, paper: ReportLabPaper) -> Iterator[Services]:
    """Services of the sample office with the year 2025 computed."""
    with closing(services_over(copied(computed_store, tmp_path), paper)) as services:
        yield services


def copied(store: Path, folder: Path) -> Path:
    """A copy of a store in its own place below a test's folder."""
    place = folder / "store"
    place.mkdir(exist_ok=True)
    return Path(shutil.copy(store, place))
