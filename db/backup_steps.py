"""The only ways in which backups and restores touch the disk: files are left whole, flushed and read back."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from core.errors import StorageFailed
from core.model.backup import BackedFile
from db.durable import flush_folder

_PIECE_BYTES = 1 << 20
_FLUSH_EVERY_S = 0.02


def copied(source: Path, target: Path) -> BackedFile:
    """Copy a file, flush it and read it back; the copy keeps nothing of the source but its content.

    Raises:
        StorageFailed: what was read back is not what was written (`backup_not_kept`).
    """
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(_PIECE_BYTES):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return _read_back(target, digest.hexdigest())


def written(content: bytes, target: Path) -> BackedFile:
    """Write a file, flush it and read it back.

    Raises:
        StorageFailed: what was read back is not what was written.
    """
    with target.open("wb") as writing:
        writing.write(content)
        writing.flush()
        os.fsync(writing.fileno())
    return _read_back(target, hashlib.sha256(content).hexdigest())


def flushed(path: Path) -> BackedFile:
    """Flush a file that another hand wrote; what the disk has of it."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    return seen(path)


@contextmanager
def flushed_on_the_way(path: Path) -> Iterator[None]:
    """Flush a file again and again while another hand writes it.

    All of it at once in the end would hold up whoever else waits for the disk: the person at the window.
    """
    stop = Event()

    def flush() -> None:
        while not stop.wait(_FLUSH_EVERY_S):
            # What fails here fails again at the last flush, and is told there.
            with suppress(OSError), path.open("r+b") as file:
                os.fsync(file.fileno())

    flushing = Thread(target=flush, name="backup-flush")
    flushing.start()
    try:
        yield
    finally:
        stop.set()
        flushing.join()


def seen(path: Path) -> BackedFile:
    """What the disk has of a file, not what the system still remembers of it, where it lets us."""
    with path.open("rb") as file:
        forget(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return BackedFile(path.name, os.fstat(file.fileno()).st_size, digest)


def forget(descriptor: int) -> None:
    """Ask the system to read the file from the disk again; only some systems can."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def appeared(part: Path, final: Path) -> None:
    """Give a finished folder or file its name; when this returns the name is on the disk."""
    if part.is_dir():
        flush_folder(part)
    part.replace(final)
    flush_folder(final.parent)


def gone(path: Path) -> None:
    """Remove a folder or a file; that it is not there is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def gone_if_possible(path: Path) -> None:
    """As `gone`, after a failure that is told anyway."""
    with suppress(OSError):
        gone(path)


def kept_beside(source: Path, target: Path, copy: Callable[[Path, Path], object] = copied) -> None:
    """Let a file stand under a second name: at once where the disk can, else as a copy."""
    try:
        os.link(source, target)
    except OSError:
        copy(source, target)


def _read_back(target: Path, digest: str) -> BackedFile:
    found = seen(target)
    if found.digest != digest:
        raise StorageFailed(
            "backup_not_kept",
            f"备份没有做成：写进“{target.parent}”的内容读回来不一样，这个磁盘或 U 盘不可靠。",
            "请换一个 U 盘或磁盘再备份；数据和原有的备份都没有改动。",
        )
    return found
