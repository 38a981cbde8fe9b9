"""A plain store made an encrypted one, and back; killed at any moment it is the one or the other."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from core.errors import StorageFailed
from db.data_key import DataKey
from db.durable import written_whole
from db.lock import store_lock
from db.sqlite_engine import connect
from db.sqlite_failures import damaged, disk_error, disk_full, file_failures_told, has_no_room
from db.sqlite_grams import index_path, remove_index


def convert_store(path: Path, old: DataKey | None, new: DataKey | None) -> None:
    """Write the store anew under another key (None: in clear), look at the copy, and let it take the place.

    The search index is taken away: it is made anew, like the store.

    Raises:
        Conflict: another program has the store open.
        StorageFailed: the disk is full or fails, or the copy is not the same; the store is then as it was.
    """
    with file_failures_told(path), store_lock(path):
        with written_whole(path) as part:
            with closing(connect(path, foreign_keys=False, key=old)) as source:
                counts = _export(source, part, new)
            _refuse_differing(part, new, counts)
            # A log that stayed would be taken for that of the new file.
            if path.with_name(f"{path.name}-wal").exists():
                raise StorageFailed(
                    "store_held", f"“{path.name}”还被别的程序占用。", "请关闭其他程序后重试。"
                )
        remove_index(index_path(path))


def _export(source: dbapi2.Connection, target: Path, key: DataKey | None) -> tuple[tuple[str, int], ...]:
    # The log of the source goes into its file here, and is taken away with the last connection.
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    source.execute("ATTACH ? AS target KEY ?", (str(target), key.for_file if key else "")).close()
    try:
        source.execute("SELECT sqlcipher_export('target')").close()
    except dbapi2.OperationalError as error:
        # The function keeps to itself what stopped it.
        if error.sqlite_errorcode != dbapi2.SQLITE_ERROR:
            raise
        raise (disk_full if has_no_room(target) else disk_error)(target) from error
    for stamp in ("application_id", "user_version"):
        (value,) = source.execute(f"PRAGMA main.{stamp}").fetchone()
        source.execute(f"PRAGMA target.{stamp} = {int(value)}").close()
    source.execute("DETACH target").close()
    return tuple(_counts(source))


def _refuse_differing(copy: Path, key: DataKey | None, counts: tuple[tuple[str, int], ...]) -> None:
    with closing(connect(copy, key=key)) as made:
        (sound,) = made.execute("PRAGMA integrity_check(1)").fetchone()
        if sound != "ok" or tuple(_counts(made)) != counts:
            raise damaged(copy)


def _counts(connection: dbapi2.Connection) -> Iterator[tuple[str, int]]:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (name,) in names:
        yield name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
