"""What goes wrong with a place for backups, told as the program's errors: one clear message for each."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from core.errors import AppError, StorageFailed
from db.sqlite_backup import copy_failures_told
from db.sqlite_failures import damaged

_UNTOUCHED = "数据和原有的备份都没有改动。"
_FULL = (errno.ENOSPC, errno.EDQUOT)


def no_room(place: Path, needed: int = 0, free: int = 0) -> StorageFailed:
    """The error for a place without room; in bytes, 0 where the disk filled up on the way."""
    figures = f"（要留 {_megabytes(needed)}，只剩 {_megabytes(free)}）" if needed else ""
    return StorageFailed(
        "backup_no_room",
        f"备份没有做成：“{place}”所在的磁盘空间不够{figures}。",
        f"请清理这个磁盘，或换一个备份位置；{_UNTOUCHED}",
    )


def read_only(place: Path) -> StorageFailed:
    """The error for a place that must not be written."""
    return StorageFailed(
        "backup_place_readonly",
        f"备份没有做成：“{place}”不让写入，可能是写保护的 U 盘、没有权限的文件夹，或正被杀毒软件占用。",
        f"请打开写保护、换一个位置，或稍候再试；{_UNTOUCHED}",
    )


def place_gone(place: Path) -> StorageFailed:
    """The error for a place that is not there, or went while it was written."""
    return StorageFailed(
        "backup_place_gone",
        f"备份没有做成：找不到“{place}”，U 盘可能没有插好或已经拔出，共享文件夹可能断开了。",
        f"请插好 U 盘或接通网络后再试；{_UNTOUCHED}",
    )


def too_large(place: Path) -> StorageFailed:
    """The error for a file system that holds no file of this size."""
    return StorageFailed(
        "backup_too_large",
        f"备份没有做成：“{place}”所在的磁盘放不下这么大的单个文件（FAT32 最大 4 GB）。",
        f"请把 U 盘格式化为 exFAT 或 NTFS，或换一个位置；{_UNTOUCHED}",
    )


@contextmanager
def place_failures_told(place: Path, store: Path) -> Iterator[None]:
    """Raise what the file system or SQLite reports while a backup of `store` is written to `place`.

    Raises:
        StorageFailed: the place is full, gone, read-only; or the store itself is damaged.
    """
    try:
        with copy_failures_told(lambda code: _told(code, place, store)):
            yield
    except PermissionError as error:
        raise read_only(place) from error
    except OSError as error:
        raise _of_system(error, place) from error


def unreadable(place: Path) -> StorageFailed:
    """The error for backups that cannot be read any more."""
    return StorageFailed(
        "backup_unreadable",
        f"没有恢复：“{place}”里的备份读不出来，U 盘可能拔出了或已损坏。",
        "请插好 U 盘再试，或换一份备份；现在的数据没有改动。",
    )


def _of_system(error: OSError, place: Path) -> AppError:
    if error.errno in _FULL:
        return no_room(place)
    if error.errno == errno.EROFS:
        return read_only(place)
    if error.errno == errno.EFBIG:
        return too_large(place)
    return place_gone(place)


def _told(code: int | None, place: Path, store: Path) -> AppError | None:
    if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB):
        return damaged(store)
    if code == dbapi2.SQLITE_FULL:
        return no_room(place)
    if code in (dbapi2.SQLITE_READONLY, dbapi2.SQLITE_PERM):
        return read_only(place)
    return place_gone(place) if code in (dbapi2.SQLITE_IOERR, dbapi2.SQLITE_CANTOPEN) else None


def _megabytes(size: int) -> str:
    return f"{max(size, 1 << 20) / 1_048_576:,.0f} MB"
