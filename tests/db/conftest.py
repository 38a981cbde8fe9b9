import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import SqliteStore, open_store


@pytest.fixture
def store_path(empty_store: Path, tmp_path: Path) -> Path:
    """A new, empty store in a folder whose name needs care in a URI."""
    path = tmp_path / "数据 50%#1" / "store.sqlite"
    path.parent.mkdir()
    return Path(shutil.copy(empty_store, path))


@pytest.fixture
def store(store_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(store_path)
    yield opened
    opened.close()
