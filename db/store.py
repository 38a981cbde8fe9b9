"""The store: one file, opened by one program at a time, read and written in units."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from core.errors import StorageFailed
from core.model.journal import ActDraft
from core.ports import Clock, Reading, StoreHealth, Writing
from db.checks import health, refuse_unfit
from db.data_key import DataKey
from db.durable import clear_unfinished
from db.journal import Journal
from db.lock import store_lock
from db.records import Shapes
from db.sqlite_engine import WRITE_LOCK, make_engine
from db.sqlite_failures import failures_told, file_failures_told
from db.sqlite_grams import Grams
from db.sqlite_header import file_revision
from db.tables import KINDS, REVISION
from db.units import ReadingUnit, WritingUnit


def local_now() -> datetime:
    """The PC's clock with its offset."""
    return datetime.now().astimezone()


class SqliteStore:
    """Implements core.ports.Store; safe to use from several threads, each unit in its own connection."""

    def __init__(
        self, path: Path, engine: Engine, grams: Grams, held: ExitStack, clock: Clock, *, was_left_open: bool
    ) -> None:
        """`held` lets go of engine, index and lock; `clock` dates the acts."""
        self.was_left_open = was_left_open
        self._path = path
        self._file = _identity(path)
        self._engine = engine
        self._writer = engine.execution_options(**{WRITE_LOCK: True})
        self._held = held
        self._clock = clock
        self.index = grams
        self._kinds = Shapes(engine.dialect, grams.among)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A view of one moment; other threads may write meanwhile."""
        with failures_told(self._path), self._engine.connect() as connection:
            yield ReadingUnit(connection, self._kinds)

    @contextmanager
    def writing(self, act: ActDraft) -> Iterator[Writing]:
        """One act; committed when the block ends well, undone when it raises."""
        with failures_told(self._path), self._writer.begin() as connection:
            self._refuse_gone()
            journal = Journal(connection, act, self._clock)
            yield WritingUnit(connection, self._kinds, journal)
            if act.keep:
                journal.keep()
            journal.close()
            self._refuse_gone()

    def _refuse_gone(self) -> None:
        """Linux lets a program write on into a file that was taken away: what it stored would be lost."""
        if self._file != _identity(self._path):
            raise StorageFailed(
                "store_gone",
                f"数据文件“{self._path.name}”不在原来的位置了：文件夹被移走或改名，或者磁盘已拔出。这一步没有保存。",
                "请把文件夹放回原处或接好磁盘，关闭程序再重新打开。",
            )

    def check(self) -> StoreHealth:
        """What a full examination finds; damage stands in its faults and is not raised."""
        return health(self._engine, self._path)

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._path

    def close(self) -> None:
        """Let go of the file and of the lock; a second time does nothing."""
        self._held.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a place; None if none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_older(path: Path, key: DataKey | None = None) -> bool:
    """Whether the store must be upgraded first (db.schema.upgrade_store); the file is only read.

    Raises:
        NotFound: there is no such file.
        StorageFailed: it is empty, not a store, or made by a newer program.
    """
    with file_failures_told(path):
        return file_revision(path, key) < int(REVISION)


def open_store(path: Path, clock: Clock = local_now, key: DataKey | None = None) -> SqliteStore:
    """The store in the file at `path`, for this program alone until it is closed; `key` if encrypted.

    Raises:
        NotFound: there is no such file.
        Conflict: another program has it open.
        StorageFailed: not a store, damaged, of a newer program (`store_newer`), or of an older one
            (`store_older`: db.schema.upgrade_store brings it up to date).
    """
    with ExitStack() as held, file_failures_told(path):
        if is_older(path, key):
            raise StorageFailed(
                "store_older",
                f"“{path.name}”由旧版社评通建立，需要先升级。",
                "请升级数据文件后再打开，升级前会自动备份。",
            )
        held.enter_context(store_lock(path))
        # Who closes the store takes its write-ahead log away.
        was_left_open = path.with_name(f"{path.name}-wal").exists()
        clear_unfinished(path)
        engine = make_engine(path, key=key)
        held.callback(engine.dispose)
        refuse_unfit(engine, path, is_encrypted=key is not None, was_left_open=was_left_open)
        grams = Grams(path, [each.name for each in KINDS.values() if "search_key" in each.c], key)
        held.callback(grams.close)
        return SqliteStore(path, engine, grams, held.pop_all(), clock, was_left_open=was_left_open)
