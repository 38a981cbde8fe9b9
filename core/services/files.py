"""Reading texts, and putting a finished file where the user wants it: whole, or not at all."""

import contextlib
import errno
import os
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path

from core.errors import InvalidInput, StorageFailed
from core.model.certificate import NamedFile
from core.patience import is_held, patiently, who_has

PROBE_BYTES = 256 << 10
"""So much has to fit before a paper is issued: most papers are smaller."""
MOST_BYTES = 512 << 20


def refuse_unwritable(path: Path) -> None:
    """Find out before a long or binding step that its file can be put there; nothing is left behind.

    Raises:
        StorageFailed: folder or disk do not take it, or another program has it open.
    """
    with _failures_told(path):
        _refuse_other(path)
        there = next(each for each in path.absolute().parents if each.exists())
        part = there / _part_of(path).name
        try:
            # Full disks take an empty file, and some shares let files be made that may not be renamed.
            _write_whole(part, bytes(PROBE_BYTES))
            part = part.replace(part.with_suffix(".prob"))
        finally:
            part.unlink(missing_ok=True)
        _refuse_held(path)


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its place first, then put it there; an old one stays until the new one is whole.

    Raises:
        StorageFailed: the folder or disk does not take it; nothing was replaced.
    """
    with _failures_told(path):
        _refuse_other(path)
        part = _part_of(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_whole(part, content)
            patiently(lambda: part.replace(path))
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def write_files(folder: Path, files: Sequence[NamedFile]) -> None:
    """Write several files beside their places first, then put all of them there.

    Raises:
        StorageFailed: the folder or disk does not take one of them; none of the old ones was replaced.
    """
    parts = [(path, _part_of(path)) for each in files for path in (folder / each.name,)]
    try:
        for (path, part), file in zip(parts, files, strict=True):
            with _failures_told(path):
                _refuse_other(path)
                _refuse_held(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(part, file.content)
        for path, part in parts:
            with _failures_told(path):
                patiently(partial(part.replace, path))
    finally:
        for _path, part in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        StorageFailed: the file cannot be read, or is no UTF-8.
    """
    try:
        # As text files are read: with any line ends.
        return TextIOWrapper(BytesIO(read_bytes(path)), "utf-8-sig").read()
    except UnicodeDecodeError as error:
        raise StorageFailed(
            "file_not_utf8", f"“{path.name}”不是 UTF-8 文本。", "请另存为 UTF-8 编码再试。"
        ) from error


def read_bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        StorageFailed: the file cannot be read.
        InvalidInput: it is larger than anything this program reads.
    """
    try:
        content = patiently(partial(_first_bytes, path))
    except OSError as error:
        raise StorageFailed(
            "file_not_read",
            f"没有读到“{path.name or path}”{_held_by(path)}。",
            "请核对文件名，并确认文件没有被别的程序占用。",
        ) from error
    if len(content) > MOST_BYTES:
        raise InvalidInput(
            "file_too_large", f"“{path.name}”超过 {MOST_BYTES >> 20} MB，太大了。", "请核对选的文件。"
        )
    return content


def _first_bytes(path: Path) -> bytes:
    """All of a file, or too much of it: a device would be read without end."""
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _held_by(path: Path) -> str:
    return f"：{held}" if (held := who_has(path)) else ""


def _write_whole(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _part_of(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _refuse_other(path: Path) -> None:
    """Only a file makes room for a new one: a device that is replaced is gone for all programs."""
    if not path.name or path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.ENXIO, "is a device or a pipe", str(path))


def _refuse_held(path: Path) -> None:
    """Windows does not let a file be written that is open elsewhere."""
    if path.exists():
        patiently(lambda: path.open("r+b").close())


@contextlib.contextmanager
def _failures_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            "file_not_written",
            f"没有写成“{path.name or path}”：{_why(error, path)}。",
            "原来的文件没有改动；请换个位置或关闭它再试。",
        ) from error


def _why(error: OSError, path: Path) -> str:
    if isinstance(error, PermissionError) or is_held(error):
        return who_has(path) or "这个位置不让写，或文件正被别的程序打开"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹，后面还缺文件名"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘已满"
    if error.errno == errno.ENXIO:
        return "这个位置上是设备或管道，不是文件"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名过长"
    return "这个位置写不进去"
