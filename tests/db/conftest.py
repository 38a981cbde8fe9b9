import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.backup import FolderBackups
from db.store import SqliteStore, open_store
from db.vault import open_vault
from tests.conftest import copied
from tests.db.real_backups import KEPT, add


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


@pytest.fixture
def path(office_store: Path, tmp_path: Path) -> Path:
    """The store of an office with one organization and one file of a record, in its own folder."""
    path = copied(office_store, tmp_path)
    with closing(open_store(path)) as store:
        add(store, "甲协会")
    with closing(open_vault(path)) as vault:
        vault.keep([KEPT])
    return path


@pytest.fixture
def place(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
def files(path: Path) -> FolderBackups:
    return FolderBackups(path)
