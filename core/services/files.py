"""Putting a finished file where the user wants it: whole, or not at all."""

import contextlib
import errno
import os
from pathlib import Path

from core.errors import StorageFailed


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its place first, then put it there; an old one stays until the new one is whole.

    Raises:
        StorageFailed: the folder or disk does not take it; nothing was replaced.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise StorageFailed(
            "file_not_written",
            f"没有写成“{path.name}”：{_why(error)}。",
            "原来的文件没有改动；请换个位置或关闭它再试。",
        ) from error


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "这个位置不让写，或文件正被别的程序打开"
    if error.errno == errno.ENOSPC:
        return "磁盘已满"
    return "这个位置写不进去"
