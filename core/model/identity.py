"""Record ids: UUIDv7, unique over all PCs and ordered by time (RFC 9562, 5.7)."""

import os
import threading
import time
from collections.abc import Iterator
from struct import iter_unpack

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new UUIDv7 in its canonical text form; later calls of one process sort after earlier ones.

    The 12 bits after the milliseconds count on within a millisecond, so order holds there too.
    """
    global _last
    with _lock:
        _last = stamp = max((time.time_ns() // 1_000_000) << 12, _last + 1)
        tail = next(_tails)
    head = (stamp >> 12) << 16 | 0x7000 | stamp & 0xFFF
    digits = f"{head:016x}{tail:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _random_tails() -> Iterator[int]:
    """62 random bits behind the variant, without end; asked for in bulk, since each asking costs as much."""
    while True:
        for (bits,) in iter_unpack("Q", os.urandom(2048)):
            yield bits & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000


_tails = _random_tails()
