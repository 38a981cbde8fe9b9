"""One running program per store, by a lock of the operating system, which ends with the process."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import Conflict

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _release(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def store_lock(path: Path) -> Iterator[None]:
    """Hold the lock of the store at `path`, in a file beside it that stays (removing it would open a race).

    Raises:
        Conflict: another program, or another place of this one, holds it.
    """
    with path.with_name(f"{path.name}.lock").open("ab") as file:
        try:
            _take(file.fileno())
        except (BlockingIOError, PermissionError) as error:
            raise Conflict(
                "store_in_use",
                f"数据文件“{path.name}”正由另一个社评通使用。",
                "请回到已经打开的窗口，或先关闭它再试；看不到窗口时，可在任务管理器中结束社评通后重试。",
            ) from error
        try:
            yield
        finally:
            _release(file.fileno())
