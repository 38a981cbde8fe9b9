"""Record ids: UUIDv7, unique over all PCs and ordered by time (RFC 9562, 5.7)."""

import os
import threading
import time
from collections.abc import Iterator
from itertools import islice
from operator import add

_VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))
_COUNTED = tuple(f"-7{count:03x}-" for count in range(1 << 12))
"""What stands behind the milliseconds, by the count within one."""
_AT_ONCE = 256
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
    return list(map(add, _heads(first, count), tails))


def _heads(first: int, count: int) -> Iterator[str]:
    """What stands before the random bits: 48 bits of milliseconds, and 12 that count on from `first`."""
    for moment in range(first >> 12, (first + count - 1 >> 12) + 1):
        begin, time_of = moment << 12, f"{moment >> 16:08x}-{moment & 0xFFFF:04x}"
        for counted in _COUNTED[max(first - begin, 0) : first + count - begin]:
            yield time_of + counted


def _random_tails() -> Iterator[str]:
    """62 random bits behind the variant, without end; asked for in bulk, since each asking costs as much."""
    while True:
        starts, ends = bytearray(os.urandom(2 * _AT_ONCE)), os.urandom(6 * _AT_ONCE)
        starts[::2] = starts[::2].translate(_VARIANT)
        yield from map("-".join, zip(starts.hex("-", 2).split("-"), ends.hex("-", 6).split("-"), strict=True))


_tails = _random_tails()
