"""How a store's file is opened: driver, PRAGMAs and transactions."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from core.errors import StorageFailed
from db.data_key import DataKey

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose commits or corrupt the file when two connections checkpoint (WAL-reset fault)."""

WRITE_LOCK = "write_lock"
"""Execution option of a connection whose transactions take the write lock at once."""

_PRAGMAS = (
    "busy_timeout = 5000",
    # FULL, because WAL with NORMAL loses acknowledged work in a power cut.
    "journal_mode = WAL",
    "synchronous = FULL",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)


_CACHE = "cache_size = -65536"
"""Up to 64 MiB of decrypted pages for each connection to an encrypted store: to decrypt the index of a list
at every key that is typed would take three times as long as to read it in clear."""


def refuse_old_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse to work with a SQLite that can damage the store.

    Raises:
        StorageFailed: it is older than OLDEST_SQLITE.
    """
    if version < OLDEST_SQLITE:
        found, needed = (".".join(map(str, parts)) for parts in (version, OLDEST_SQLITE))
        raise StorageFailed(
            "sqlite_too_old",
            f"数据库组件 SQLite {found} 有损坏数据的缺陷，程序没有打开数据文件。",
            f"请重新安装社评通（需要 SQLite {needed} 或更新版本）。",
        )


def connect(
    path: Path, foreign_keys: bool = True, key: DataKey | None = None, *, as_file: bool = False
) -> dbapi2.Connection:
    """A connection to an existing file; opening never creates one.

    With a key, every page is AES-256 with an HMAC (SQLCipher 4's own settings: pages of 4096 bytes,
    HMAC-SHA512, a random salt in the first 16 bytes); what SQLite sorts on the way stays in memory.
    `as_file` reads the file alone: its write-ahead log is neither looked at nor made.
    """
    mode = "mode=ro&immutable=1" if as_file else "mode=rw"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        if key is not None:
            give_key(key, connection)
            connection.execute(f"PRAGMA {_CACHE}").close()
        if not as_file:
            for pragma in (*_PRAGMAS, f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"):
                connection.execute(f"PRAGMA {pragma}").close()
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def give_key(key: DataKey, connection: dbapi2.Connection) -> None:
    """The key comes before all other PRAGMAs but this: SQLCipher prints a wrong key's trouble on stderr."""
    connection.execute("PRAGMA cipher_log_level = NONE").close()
    connection.execute(f'PRAGMA key = "{key.for_file}"').close()


def make_engine(path: Path, foreign_keys: bool = True, key: DataKey | None = None) -> Engine:
    """An engine over the file at `path`; every thread gets a connection of its own.

    Raises:
        StorageFailed: the program came with a SQLite that is too old.
    """
    refuse_old_sqlite()
    creator: Callable[[], dbapi2.Connection] = partial(connect, path, foreign_keys, key)
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        # The connection that wrote last still knows its pages; another would read (decrypt) them anew.
        pool_use_lifo=True,
        # Names and phones never stand in a log or an error.
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another one wrote between.
    writes = connection.get_execution_options().get(WRITE_LOCK, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
