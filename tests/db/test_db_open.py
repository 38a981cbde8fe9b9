import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from core.errors import AppError, Conflict, NotFound, StorageFailed
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.organization import Organization
from core.ports import Writing
from db.schema import Completion, create_store, upgrade_store
from db.sqlite_engine import OLDEST_SQLITE, connect, refuse_old_sqlite
from db.sqlite_header import APPLICATION_ID
from db.store import is_older, open_store

ROOT = Path(__file__).parents[2]
OPEN = "import sys, pathlib; from db.store import open_store; open_store(pathlib.Path(sys.argv[1]))"


def code_of_opening(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        open_store(path)
    assert caught.value.message_zh
    assert caught.value.remedy_zh
    return caught.value.code


def marked(path: Path, revision: int) -> Path:
    """An empty database with the marks of a store of some revision."""
    with closing(dbapi2.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {revision}")
        connection.commit()
    return path


def test_opening_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_store(tmp_path / "missing.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "store_empty"),
        ("名称,负责人\n".encode("gbk"), "not_a_store"),
        (b"SQLite format 3\x00" + bytes(84), "not_a_store"),
    ],
)
def test_a_file_that_is_no_store_is_refused_untouched(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    assert code_of_opening(path) == code
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_store_is_refused_untouched(tmp_path: Path) -> None:
    path = marked(tmp_path / "store.sqlite", 9999)
    content = path.read_bytes()
    assert code_of_opening(path) == "store_newer"
    with pytest.raises(StorageFailed, match="更新版本"):
        upgrade_store(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_revision_in_the_write_ahead_log_is_seen(store_path: Path) -> None:
    content = store_path.read_bytes()
    with closing(connect(store_path)) as newer:
        newer.execute("PRAGMA user_version = 9999")
        assert store_path.read_bytes()[60:64] == content[60:64]
        assert code_of_opening(store_path) == "store_newer"


def test_an_older_store_is_upgraded_after_a_copy_was_made(tmp_path: Path) -> None:
    path = marked(tmp_path / "store.sqlite", 0)
    assert is_older(path)
    assert code_of_opening(path) == "store_older"
    backup = upgrade_store(path)
    assert backup is not None
    assert is_older(backup)
    assert not is_older(path)
    assert upgrade_store(path) is None
    with closing(open_store(path)) as store:
        assert store.check().faults == ()
    assert not list(tmp_path.glob("*.part*"))


def test_an_upgrade_that_fails_leaves_the_old_store(tmp_path: Path) -> None:
    path = marked(tmp_path / "store.sqlite", 0)
    with closing(dbapi2.connect(path)) as connection:
        connection.execute("CREATE TABLE results (in_the_way)")
        connection.commit()
    with pytest.raises(Exception, match="results already exists"):
        upgrade_store(path)
    with closing(dbapi2.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema").fetchall()
    assert tables == [("results",)]
    assert is_older(path)


def test_an_upgrade_that_is_not_completed_leaves_the_old_store(tmp_path: Path) -> None:
    path = marked(tmp_path / "store.sqlite", 0)

    def pulled_plug(work: Writing) -> None:
        work.add([Organization(new_id(), "甲队")])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade_store(path, Completion(ActDraft("升级数据", "张三"), pulled_plug))
    assert is_older(path)
    upgrade_store(path, Completion(ActDraft("升级数据", "张三"), lambda work: None))
    with closing(open_store(path)) as store, store.reading() as view:
        assert view.acts() == ()
        assert store.check().faults == ()


def test_a_store_is_never_made_over_a_file(store_path: Path) -> None:
    content = store_path.read_bytes()
    with pytest.raises(Conflict) as caught:
        create_store(store_path)
    assert caught.value.code == "store_exists"
    assert store_path.read_bytes() == content


def test_what_a_killed_attempt_left_does_not_get_into_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    for suffix in (".part", ".part-wal", ".part-journal"):
        path.with_name(path.name + suffix).write_bytes(b"left over" * 1000)
    create_store(path)
    assert {file.name for file in tmp_path.iterdir()} == {"store.sqlite", "store.sqlite.lock"}
    with closing(open_store(path)) as store:
        assert store.check().faults == ()


def test_every_store_has_an_identity_of_its_own(tmp_path: Path) -> None:
    identities = set()
    for name in ("a.sqlite", "b.sqlite"):
        create_store(tmp_path / name)
        with closing(dbapi2.connect(tmp_path / name)) as connection:
            identities.update(connection.execute("SELECT store_id FROM store_identity").fetchall())
    assert len(identities) == 2


def test_one_program_at_a_time(store_path: Path) -> None:
    with closing(open_store(store_path)):
        assert code_of_opening(store_path) == "store_in_use"
        second = subprocess.run(
            [sys.executable, "-c", OPEN, store_path], cwd=ROOT, capture_output=True, check=False
        )
        assert second.returncode == 1
        assert b"core.errors.Conflict" in second.stderr
    open_store(store_path).close()


def test_an_open_that_fails_lets_go_of_the_lock(store_path: Path) -> None:
    content = bytearray(store_path.read_bytes())
    broken = bytes(content[:100]) + bytes(len(content) - 100)
    store_path.write_bytes(broken)
    assert code_of_opening(store_path) == "store_damaged"
    store_path.write_bytes(content)
    open_store(store_path).close()


def test_closing_leaves_one_whole_file_and_may_be_repeated(store_path: Path) -> None:
    store = open_store(store_path)
    with store.reading() as unit:
        assert unit.all(Office) == ()
    store.close()
    store.close()
    assert sorted(file.name for file in store_path.parent.iterdir()) == ["store.sqlite", "store.sqlite.lock"]


def test_a_sqlite_with_the_wal_fault_is_refused() -> None:
    refuse_old_sqlite(OLDEST_SQLITE)
    with pytest.raises(StorageFailed, match=r"3\.51\.2") as caught:
        refuse_old_sqlite((3, 51, 2))
    assert caught.value.code == "sqlite_too_old"


def test_opening_loads_neither_alembic_nor_the_orm() -> None:
    """Each would take a good part of the time that a start may take."""
    loaded = "import sys, db.store; print(*{'alembic', 'sqlalchemy.orm'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, check=True)
    assert found.stdout.split() == []
