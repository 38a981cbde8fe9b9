"""Copies of a store's file as it is at one moment, and the look into such a copy: what is SQLite's of it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlcipher3 import dbapi2

from core.model.backup import Backup, Examined
from db.sqlite_checks import page_faults

Unlock: TypeAlias = Callable[[dbapi2.Connection], None]
"""Gives a fresh connection the store's key; the first thing that is asked of it."""


_MAGIC = b"SQLite format 3\x00"
_PRAGMAS = (
    "busy_timeout = 5000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    # Kilobytes: an examination looks up every entry of every index. A copy needs less of a processor with
    # little, but then who writes meanwhile waits three times as long for the disk.
    "cache_size = -64000",
)
_DECRYPTED = "cache_size = -256000"
"""For the examination of an encrypted copy, whose pages are dear to read twice: 250 MB if it is as
large, which is 1.8 seconds instead of 3.2 for 214 MB."""


def unlocked(_connection: dbapi2.Connection) -> None:
    """The Unlock of a store without a key."""


def copy_now(path: Path, target: Path, unlock: Unlock) -> dict[str, int]:
    """Copy the store in one step, as it is at one moment; others read and write meanwhile.

    `target` is new; it is not flushed. Gives the number of rows of each table at that moment.
    """
    with closing(_opened(path, "rw", unlock)) as source, closing(_opened(target, "rwc", unlock)) as copy:
        copy.execute("PRAGMA synchronous = OFF").close()
        copy.execute("PRAGMA journal_mode = OFF").close()
        # What is counted and what is copied are of one moment: both stand in one transaction.
        source.execute("BEGIN").close()
        counts = _counts(source)
        source.backup(copy)
        source.execute("COMMIT").close()
    return counts


def examined(path: Path, unlock: Unlock, *, thorough: bool = True) -> Examined:
    """What a copy at rest holds; nothing is written, not even beside it.

    Without `thorough` only what is told of it, no examination of its pages.
    """
    is_plain = _is_plain(path)
    try:
        # A copy from before the store was encrypted needs no key, and takes none.
        with closing(_opened(path, "ro&immutable=1", unlocked if is_plain else unlock)) as copy:
            if not is_plain:
                copy.execute(f"PRAGMA {_DECRYPTED}").close()
            return _examined(copy, thorough)
    except (dbapi2.Error, UnicodeDecodeError) as error:
        # A damaged text can break the driver's own message.
        is_locked = not is_plain and _code(error) == dbapi2.SQLITE_NOTADB
        return Examined(faults=(f"打不开：{_words(error)}",), is_locked=is_locked)


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def newest_act(path: Path, unlock: Unlock) -> tuple[int | None, str]:
    """The number of the newest act of a store, in use or not, and its id; nothing where it cannot be read.

    The file and its log are left as they are: a damaged store is kept to the byte.
    """
    try:
        with closing(_opened_to_look(path, unlock)) as source:
            return _newest_act(source), _identity(source)
    except (dbapi2.Error, UnicodeDecodeError):
        return None, ""


def acts_beyond(path: Path, unlock: Unlock, backup: Backup) -> int | None:
    """How many acts the store has that a backup does not; None where it cannot be read."""
    try:
        with closing(_opened_to_look(path, unlock)) as source:
            return _newest_act(source) - _shared_acts(source, unlock, backup)
    except (dbapi2.Error, UnicodeDecodeError):
        return None


def _shared_acts(source: dbapi2.Connection, unlock: Unlock, backup: Backup) -> int:
    """How many acts a store and a backup have in common.

    The same number may be another act where another backup was restored since; but logs are chains, so they
    part once. What cannot be looked into, or has no chain yet, is taken for the way that the store came.
    """
    most = min(backup.last_act, _newest_act(source))
    if backup.store is None or backup.head in ("", _head(source, backup.last_act)):
        return most
    path = backup.folder / backup.store.name
    try:
        is_plain = _is_plain(path)
        with closing(_opened(path, "ro&immutable=1", unlocked if is_plain else unlock)) as copy:
            numbers = range(1, most + 1)
            return bisect_left(numbers, True, key=lambda each: _head(source, each) != _head(copy, each))
    except (OSError, dbapi2.Error, UnicodeDecodeError):
        return most


def _opened_to_look(path: Path, unlock: Unlock) -> dbapi2.Connection:
    is_logged = path.with_name(f"{path.name}-wal").is_file()
    return _opened(path, "ro" if is_logged else "ro&immutable=1", unlock)


@contextmanager
def copy_failures_told(told: Callable[[int | None], Exception | None]) -> Iterator[None]:
    """Raise what `told` makes of SQLite's code, where it makes something of it."""
    try:
        yield
    except dbapi2.Error as error:
        telling = told(_code(error))
        if telling is None:
            raise
        raise telling from error


def _opened(path: Path, mode: str, unlock: Unlock) -> dbapi2.Connection:
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        unlock(connection)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def _examined(copy: dbapi2.Connection, thorough: bool) -> Examined:
    faults: tuple[str, ...] = ()
    if thorough:
        pages = page_faults(text for (text,) in copy.execute("PRAGMA integrity_check(5)"))
        references = copy.execute("PRAGMA foreign_key_check").fetchall()
        faults = pages
        if references:
            faults += (f"有 {len(references)} 条记录引用了不存在的记录",)
    (revision,) = copy.execute("PRAGMA user_version").fetchone()
    last = _newest_act(copy)
    return Examined(revision, _identity(copy), last, _head(copy, last), _counts(copy), faults)


def _identity(connection: dbapi2.Connection) -> str:
    row = connection.execute("SELECT store_id FROM store_identity").fetchone()
    return str(row[0]) if row else ""


def _newest_act(connection: dbapi2.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM acts").fetchone()[0])


def _head(connection: dbapi2.Connection, last_act: int) -> str:
    """The digest of the newest act; stores of older revisions have none."""
    (chained,) = connection.execute("SELECT count(*) FROM pragma_table_info('act_digests')").fetchone()
    if not chained:
        return ""
    query = "SELECT digest FROM act_digests WHERE act_number = ?"
    row = connection.execute(query, (last_act,)).fetchone()
    return str(row[0]) if row else ""


def _counts(connection: dbapi2.Connection) -> dict[str, int]:
    """Rows of every table that the file has, of whatever revision it is."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    names = sorted(row[0] for row in connection.execute(query))
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}


def _words(error: Exception) -> str:
    if _code(error) in (dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT):
        return "文件头或数据页损坏，或者口令不是这份备份的"
    return "读不出内容"


_SAID = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
}


def _code(error: Exception) -> int | None:
    """SQLite's code; where the driver copies a whole database it gives the words alone."""
    return getattr(error, "sqlite_errorcode", None) or _SAID.get(str(error))
