import multiprocessing
import random
import shutil
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from core.errors import AppError, Conflict, StorageFailed
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.data_key import DataKey
from db.sqlite_conversion import convert_store
from db.sqlite_engine import connect
from db.sqlite_failures import failures_told
from db.store import SqliteStore, open_store
from db.tables import REVISION
from tests.db.endless_writer import write_without_end

ADD = ActDraft("新增", "张三")
# Forked from one that has loaded the program already, where the system can do so.
PROCESSES = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
if PROCESSES.get_start_method() == "forkserver":
    PROCESSES.set_forkserver_preload(["tests.db.endless_writer"])


def some_organizations(count: int) -> list[Organization]:
    return [Organization(new_id(), f"第{number}志愿服务队", remarks="备注" * 50) for number in range(count)]


def acknowledged_before_kill(path: Path, acts: int) -> list[str]:
    """Let a writer work, kill it after some acts, and give the ids it had reported as kept."""
    told, telling = PROCESSES.Pipe(duplex=False)
    writer = PROCESSES.Process(target=write_without_end, args=(path, telling))
    writer.start()
    telling.close()
    kept = [record_id for _ in range(acts) for record_id in told.recv()]
    writer.kill()
    writer.join()
    with told, suppress(EOFError):
        while True:
            kept += told.recv()
    return kept


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(store_path: Path) -> None:
    chance = random.Random(2026)
    acknowledged: set[str] = set()
    for _ in range(20):
        acknowledged.update(acknowledged_before_kill(store_path, chance.randrange(12)))
        with closing(open_store(store_path)) as store, store.reading() as unit:
            stored = {record.id for record in unit.all(Organization)}
            assert acknowledged <= stored
            assert len(stored) == 5 * len(unit.acts(limit=10_000))
    with closing(open_store(store_path)) as store:
        assert store.check().faults == ()


def test_a_full_disk_keeps_the_store_whole_and_work_goes_on_after_it(store: SqliteStore) -> None:
    most_pages = 1_000_000

    def limit(connection: Connection) -> None:
        # A limit is a connection's own, and the look at the start may have left more than one in the pool.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most_pages}")

    event.listen(store._engine, "begin", limit)
    kept = some_organizations(3)
    with store.writing(ADD) as unit:
        unit.add(kept)
    most_pages = 1
    with pytest.raises(StorageFailed) as caught, store.writing(ADD) as unit:
        unit.add(some_organizations(500))
    assert caught.value.code == "disk_full"
    assert store.check().faults == ()
    most_pages = 1_000_000
    more = some_organizations(500)
    with store.writing(ADD) as unit:
        assert unit.all(Organization) == tuple(kept)
        unit.add(more)
    with store.reading() as unit:
        assert unit.all(Organization) == (*kept, *more)
        assert [act.number for act in unit.acts()] == [2, 1]


@pytest.mark.parametrize(("free", "code"), [(0, "disk_full"), (1 << 30, "disk_error")])
def test_a_disk_without_room_is_no_failing_disk(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    error = dbapi2.OperationalError("disk I/O error")
    error.sqlite_errorcode = dbapi2.SQLITE_IOERR
    with pytest.raises(StorageFailed) as caught, failures_told(store_path):
        raise error
    assert caught.value.code == code


def test_a_file_that_cannot_be_written_is_told(store: SqliteStore) -> None:
    with pytest.raises(StorageFailed) as caught, store.writing(ADD) as unit:
        unit._connection.exec_driver_sql("PRAGMA query_only = ON")
        unit.add(some_organizations(1))
    assert caught.value.code == "store_readonly"


def test_a_write_lock_held_elsewhere_is_told(store: SqliteStore) -> None:
    event.listen(
        store._engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout = 1").close()
    )
    store._engine.dispose()
    with closing(connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Conflict) as caught, store.writing(ADD):
            raise AssertionError("the block must not be entered")
    assert caught.value.code == "store_busy"
    with store.writing(ADD) as unit:
        unit.add(some_organizations(1))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts SET actor = '李四'",
        "DELETE FROM acts",
        "UPDATE changes SET after = '{}'",
        "DELETE FROM changes",
    ],
)
def test_the_journal_is_append_only(store: SqliteStore, statement: str) -> None:
    with store.writing(ADD) as unit:
        unit.add(some_organizations(1))
    with store._engine.connect() as connection, pytest.raises(IntegrityError, match="操作日志只能追加"):
        connection.exec_driver_sql(statement)
    assert store.check().faults == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE organizations SET version = 7", "“社会组织”记录与操作日志不符"),
        ("DELETE FROM organizations", "“社会组织”记录已不在数据文件中"),
        ("UPDATE organizations SET community_id = 'none'", "有“社会组织”记录引用了不存在的“社区（村）”记录"),
        ("DROP TRIGGER acts_refuse_delete", "acts_refuse_delete"),
        ("UPDATE alembic_version SET version_num = '0000'", "数据版本不一致"),
        ("DROP TABLE assignments", "有的表或列不见了"),
    ],
)
def test_check_finds_what_was_changed_behind_the_programs_back(
    store: SqliteStore, statement: str, fault: str
) -> None:
    with store.writing(ADD) as unit:
        unit.add(some_organizations(1))
    with closing(connect(store.path, foreign_keys=False)) as other:
        other.execute(statement)
    assert any(fault in found for found in store.check().faults)


def test_check_of_a_whole_store_counts_every_table(store: SqliteStore) -> None:
    with store.writing(ADD) as unit:
        unit.add(some_organizations(3))
    health = store.check()
    assert (health.revision, health.faults) == (REVISION, ())
    assert dict(health.counts)["organizations"] == dict(health.counts)["changes"] == 3


def as_it_lies(store: Path, folder: Path) -> Path:
    """A copy of a store in use with all that lies beside it, as a power cut leaves it."""
    return shutil.copytree(store.parent, folder) / store.name


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_a_store_that_was_not_closed_is_examined_whole_when_it_is_opened(
    store_path: Path, tmp_path: Path, is_encrypted: bool
) -> None:
    key = DataKey(bytes(range(32))) if is_encrypted else None
    if key:
        convert_store(store_path, None, key)
    with closing(open_store(store_path, key=key)) as store:
        with store.writing(ADD) as unit:
            unit.add(some_organizations(1))
        whole, broken = (as_it_lies(store_path, tmp_path / each) for each in ("whole", "broken"))
    with closing(connect(broken, foreign_keys=False, key=key)) as other:
        # A reference to nothing: no fault of any page.
        other.execute("UPDATE organizations SET community_id = 'nowhere'")
        left = as_it_lies(broken, tmp_path / "left")
    open_store(broken, key=key).close()
    with pytest.raises(StorageFailed) as caught:
        open_store(left, key=key)
    assert caught.value.code == "store_damaged"
    for was_left_open in (True, False):
        with closing(open_store(whole, key=key)) as store:
            assert store.was_left_open is was_left_open


def fate(path: Path) -> str:
    """What becomes of a damaged store: an AppError's code, or whether check noticed."""
    try:
        with closing(open_store(path)) as store:
            with store.reading() as unit:
                for record in unit.all(Organization):
                    unit.history(record.id)
            return "noticed" if store.check().faults else "unnoticed"
    except AppError as error:
        return error.code


def test_damage_never_ends_in_a_traceback(store_path: Path, tmp_path: Path) -> None:
    with closing(open_store(store_path)) as store, store.writing(ADD) as unit:
        unit.add(some_organizations(200))
    whole, chance, fates = store_path.read_bytes(), random.Random(2026), set()
    for number in range(60):
        content = bytearray(whole)
        for _ in range(8):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"{number}.sqlite"
        copy.write_bytes(content)
        fates.add(fate(copy))
    assert "store_damaged" in fates
    assert fates <= {"store_damaged", "noticed", "unnoticed", "not_a_store", "store_newer", "store_older"}


def test_a_truncated_store_is_refused(store_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cut.sqlite"
    shutil.copy(store_path, copy)
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2)
    assert fate(copy) == "store_damaged"


def test_check_finds_organizations_merged_in_a_circle(store: SqliteStore) -> None:
    first, second = new_id(), new_id()
    with store.writing(ADD) as unit:
        unit.add(
            [
                Organization(first, "甲队", merged_into=second),
                Organization(second, "乙队", merged_into=first),
            ]
        )
    assert store.check().faults == ("有 2 个组织并入了已被合并的组织，不在任何名册里",)
