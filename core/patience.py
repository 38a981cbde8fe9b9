"""Files that another program holds for a moment: a virus scanner, a sync program, Excel just saving."""

import errno
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

MOST_SECONDS = 3.0
_PAUSE_SECONDS = 0.1
_HELD = frozenset({errno.EBUSY, errno.ETXTBSY, errno.EDEADLK, errno.EAGAIN})
_SHARING_VIOLATIONS = frozenset({32, 33})
_OWNER_BYTES = 54


def is_held(error: OSError) -> bool:
    """Whether an error may pass by itself, as another program lets go of the file.

    Windows tells a file that is open elsewhere by a number of its own; on replacing one it says "no access".
    """
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS or error.errno in _HELD:
        return True
    return sys.platform == "win32" and isinstance(error, PermissionError)


def patiently(act: Callable[[], T], most_seconds: float = MOST_SECONDS) -> T:
    """What `act` gives, tried again for some seconds while another program holds its file.

    Raises:
        OSError: as `act` raises it, at once if waiting cannot help.
    """
    until = time.monotonic() + most_seconds
    while True:
        try:
            return act()
        except OSError as error:
            if not is_held(error) or time.monotonic() >= until:
                raise
        time.sleep(_PAUSE_SECONDS)


def who_has(path: Path) -> str:
    """In words who has a file open, from what office programs lay beside it; empty if they do not tell."""
    try:
        # Excel and WPS: the length of the name, then the name; LibreOffice: parts between commas.
        excel = path.with_name(f"~${path.name}")
        if excel.is_file():
            head = excel.read_bytes()[:_OWNER_BYTES]
            name = head[1 : 1 + head[0]].decode("gb18030", "ignore").strip(" \0") if head else ""
            return f"{name or '有人'}正在用 Excel 或 WPS 打开它"
        if path.with_name(f".~lock.{path.name}#").is_file():
            return "有人正在用 LibreOffice 打开它"
    except OSError:
        pass
    return ""
