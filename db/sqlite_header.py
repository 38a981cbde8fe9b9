"""What the head of a store's file says, read before it is opened; an encrypted head needs the key."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from core.errors import NotFound, StorageFailed
from db.data_key import DataKey
from db.sqlite_engine import connect
from db.tables import REVISION

APPLICATION_ID = 0x53505447
"""`SPTG`: marks the file as a store of this program (SQLite file format, offset 68)."""

_MAGIC = b"SQLite format 3\x00"


def needs_key(path: Path) -> bool:
    """Whether there is a store that is no plain database; what is no store at all needs one, too."""
    if not path.is_file() or path.stat().st_size == 0:
        return False
    with path.open("rb") as file:
        return file.read(16) != _MAGIC


def file_revision(path: Path, key: DataKey | None = None) -> int:
    """The revision number in the file's header; the file is only read.

    Raises:
        NotFound: there is no such file.
        StorageFailed: it is empty, a folder, no store of this program, or made by a newer one; or the key
            does not fit.
    """
    header = _header(path)
    if key is None:
        if header[:16] != _MAGIC or int.from_bytes(header[68:72]) != APPLICATION_ID:
            raise _not_a_store(path)
        revision = int.from_bytes(header[60:64])
    else:
        revision = _encrypted_revision(path, key)
    refuse_newer(revision, path)
    return revision


def _encrypted_revision(path: Path, key: DataKey) -> int:
    try:
        application, revision = _encrypted_marks(path, key)
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) != dbapi2.SQLITE_NOTADB:
            raise
        raise StorageFailed(
            "key_does_not_fit",
            f"“{path.name}”与旁边的密钥文件不是同一套，或者文件头已损坏，没有打开。",
            "请从同一次备份里把这两个文件一起恢复；现在的文件请留着，不要删除。",
        ) from error
    if application != APPLICATION_ID:
        raise _not_a_store(path)
    return revision


def _encrypted_marks(path: Path, key: DataKey) -> tuple[int, int]:
    """What it is, and its revision; from the file alone where that can be read."""
    try:
        return _marks(connect(path, key=key, as_file=True))
    except dbapi2.DatabaseError:
        # The power may have failed while the log was folded in: pages that are torn still stand in it.
        if not path.with_name(f"{path.name}-wal").is_file():
            raise
        return _marks(connect(path, key=key))


def _marks(opened: dbapi2.Connection) -> tuple[int, int]:
    with closing(opened) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (revision,) = connection.execute("PRAGMA user_version").fetchone()
    return int(application), int(revision)


def _not_a_store(path: Path) -> StorageFailed:
    return StorageFailed(
        "not_a_store",
        f"“{path.name}”不是社评通的数据文件，或者文件头已损坏。",
        "请确认选对了文件；如果数据加了密，旁边还要有同名的“.keys”文件；"
        "如果它原本可以打开，请用最近一次备份恢复。",
    )


def _header(path: Path) -> bytes:
    if path.is_dir():
        raise StorageFailed(
            "not_a_store",
            f"数据文件“{path}”的位置上是一个同名的文件夹。",
            "请把这个文件夹改名或移走，或者另选一个数据文件夹。",
        )
    if not path.is_file():
        raise NotFound(
            "store_missing", f"没有找到数据文件“{path}”。", "请检查数据文件夹的位置，或先新建单位。"
        )
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        raise StorageFailed(
            "store_empty",
            f"数据文件“{path.name}”是空的（0 字节）。",
            "请用最近一次备份恢复，不要继续使用该文件。",
        )
    return header


def refuse_newer(revision: int, path: Path) -> None:
    """Let only revisions pass that this program knows.

    Raises:
        StorageFailed: a newer program made the store.
    """
    if revision > int(REVISION):
        raise StorageFailed(
            "store_newer",
            f"“{path.name}”由更新版本的社评通建立（数据版本 {revision}，本程序到 {int(REVISION)}），"
            "没有打开，也没有改动。",
            "请安装新版社评通后再打开。",
        )


def stamp(connection: Connection, revision: int) -> None:
    """Mark the file as a store of this revision, as part of the running transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {revision}")
