"""Record ids: UUIDv7, unique over all PCs and ordered by time (RFC 9562, 5.7)."""

import os
import threading
import time
from collections.abc import Iterator
from itertools import islice

_VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new UUIDv7 in its canonical text form; later calls of one process sort after earlier ones.

    The 12 bits after the milliseconds count on within a millisecond, so order holds there too.
    """
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """So many new ids, in order."""
    global _last
    with _lock:
        first = max((time.time_ns() // 1_000_000) << 12, _last + 1)
        _last = first + count - 1
        tails = list(islice(_tails, count))
    heads = [f"{stamp:015x}" for stamp in range(first, first + count)]
    return [f"{head[:8]}-{head[8:12]}-7{head[12:]}-{tail}" for head, tail in zip(heads, tails, strict=True)]


def _random_tails() -> Iterator[str]:
    """62 random bits behind the variant, without end; asked for in bulk, since each asking costs as much."""
    while True:
        tails = bytearray(os.urandom(2048))
        tails[::8] = tails[::8].translate(_VARIANT)
        digits = tails.hex()
        for at in range(0, len(digits), 16):
            yield f"{digits[at : at + 4]}-{digits[at + 4 : at + 16]}"


_tails = _random_tails()
