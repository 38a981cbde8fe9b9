"""How the benchmarks measure: the fastest of some rounds, in turns with the floor.

In turns, because a busy neighbour slows one stretch of a run and not the next.
"""

import gc
import time
from collections.abc import Callable

Clock = Callable[[], float]


def best_of(work: Callable[[], object], rounds: int = 7, clock: Clock = time.perf_counter) -> float:
    """Seconds of the fastest of some rounds."""
    return min(_timed(work, clock) for _ in range(rounds))


def compare(
    what: str,
    work: Callable[[], object],
    floor: Callable[[], object],
    rounds: int = 5,
    clock: Clock = time.perf_counter,
) -> float:
    """How often the floor's time the work takes; printed too."""
    turns = [(_timed(floor, clock), _timed(work, clock)) for _ in range(rounds)]
    bare, mine = map(min, zip(*turns, strict=True))
    print(f"{what}: {mine * 1000:,.1f} ms, floor {bare * 1000:,.1f} ms: {mine / bare:.2f} ×")
    return mine / bare


def _timed(work: Callable[[], object], clock: Clock) -> float:
    gc.collect()
    start = clock()
    work()
    return clock() - start
