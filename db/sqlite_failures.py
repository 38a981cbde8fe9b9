"""What SQLite and the file system report, told as the program's errors: the one place of translation."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from core.errors import AppError, Conflict, StorageFailed

_NO_ACCESS = {dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_PERM, dbapi2.SQLITE_AUTH}
_DAMAGE = {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB}
_HELD = {dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED}
_LEAST_ROOM = 1 << 20


def damaged(path: Path) -> StorageFailed:
    """The error for a store whose contents cannot be trusted."""
    return StorageFailed(
        "store_damaged",
        f"数据文件“{path.name}”已损坏，无法读取其中的内容。",
        "请保留该文件，不要删除或覆盖，用最近一次备份恢复。",
    )


def disk_full(path: Path) -> StorageFailed:
    """The error for a disk without room."""
    return StorageFailed(
        "disk_full",
        f"磁盘空间不足，“{path.name}”没有写入，这次操作没有保存。",
        "请清理该磁盘，腾出空间后重试；此前的数据完好。",
    )


def no_access(path: Path) -> StorageFailed:
    """The error for a file or folder that may not be written."""
    return StorageFailed(
        "store_readonly",
        f"无法打开或写入“{path}”。",
        "请确认文件夹没有设为只读、当前用户有写入权限，并且没有被其他软件占用。",
    )


def no_folder(path: Path) -> StorageFailed:
    """The error for a data folder that cannot be one, as a file has its name."""
    return StorageFailed(
        "no_data_folder",
        f"数据文件夹“{path.parent}”用不了：这个位置上是一个文件，不是文件夹。",
        "请另选一个文件夹，或把那个文件改名。",
    )


def disk_error(path: Path) -> StorageFailed:
    """The error for a disk that fails."""
    return StorageFailed(
        "disk_error",
        f"读写“{path.name}”时磁盘出错，这次操作没有保存。",
        "请检查磁盘或移动存储设备的连接，然后重新打开程序。",
    )


@contextmanager
def failures_told(path: Path) -> Iterator[None]:
    """Raise SQLite's errors inside the block as AppErrors about `path`; what has no translation is a bug.

    Raises:
        Conflict: the write lock is held, or a uniqueness or a reference would break.
        StorageFailed: the disk is full or fails, the file is damaged or may not be written.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        told = _told(cause, path)
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:
        # SQLite's message can quote the damage itself; nothing else decodes bytes within a unit.
        raise damaged(path) from error


@contextmanager
def file_failures_told(path: Path) -> Iterator[None]:
    """As failures_told, and the file system's errors too; for steps that handle the store's file itself."""
    try:
        with failures_told(path):
            yield
    except PermissionError as error:
        raise no_access(path) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise no_folder(path) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (disk_full(path) if full else disk_error(path)) from error


def _told(cause: BaseException | None, path: Path) -> AppError | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code == dbapi2.SQLITE_CONSTRAINT:
        return _broken_constraint(str(cause))
    if code in _HELD:
        return Conflict("store_busy", f"数据文件“{path.name}”正被占用，暂时不能写入。", "请稍候再试。")
    if code == dbapi2.SQLITE_FULL:
        return disk_full(path)
    if code == dbapi2.SQLITE_IOERR:
        # Where there is no room for the files beside the store, SQLite speaks of a failing disk.
        return disk_full(path) if has_no_room(path) else disk_error(path)
    if code in _NO_ACCESS:
        return no_access(path)
    # The driver finds broken text by itself, without a code of SQLite's.
    undecodable = code is None and str(cause).startswith("Could not decode")
    return damaged(path) if code in _DAMAGE or undecodable else None


def has_no_room(path: Path) -> bool:
    """Whether a full disk is why something beside this file failed."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def _broken_constraint(text: str) -> Conflict | None:
    """Which constraint it was stands only in SQLite's text: the driver gives no extended code."""
    if text.startswith("UNIQUE"):
        return Conflict(
            "not_unique", "已有相同的记录，不能重复保存。", "请刷新后查看已有的记录，在它上面修改。"
        )
    if text.startswith("FOREIGN KEY"):
        return Conflict(
            "still_linked",
            "这条记录与其他记录相关联：它所引用的记录不存在，或者仍有记录引用它。",
            "请刷新后重试；要删除时，请先处理引用它的记录。",
        )
    return None
