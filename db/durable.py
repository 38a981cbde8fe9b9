"""Files that appear under their name only when they are whole and on the disk."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A path beside `target` to write a database to; it becomes `target` when the block ends well.

    What an earlier, killed attempt left is cleared away first: its write-ahead log would be taken for ours.
    """
    part = target.with_name(f"{target.name}.part")
    _clear(part)
    try:
        yield part
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(target)
        flush_folder(target.parent)
    finally:
        _clear(part)


def clear_unfinished(target: Path) -> None:
    """Take away what a killed attempt to write `target` left: it may be in clear where the target is not."""
    _clear(target.with_name(f"{target.name}.part"))


def _clear(part: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def made_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing; when this returns their names are on the disk.

    A file in a folder whose own name is lost in a power cut is lost with it.
    """
    if not folder.is_dir():
        made_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in the folder last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
