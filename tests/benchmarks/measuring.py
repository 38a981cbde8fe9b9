"""How the benchmarks measure: the fastest of some rounds, beside the floor of the same run."""

import gc
import time
from collections.abc import Callable

Clock = Callable[[], float]


def best_of(work: Callable[[], object], rounds: int = 7, clock: Clock = time.perf_counter) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def compare(
    what: str,
    work: Callable[[], object],
    floor: Callable[[], object],
    rounds: int = 5,
    clock: Clock = time.perf_counter,
) -> float:
    """How often the floor's time the work takes; printed too."""
    bare, mine = best_of(floor, rounds, clock), best_of(work, rounds, clock)
    print(f"{what}: {mine * 1000:,.1f} ms, floor {bare * 1000:,.1f} ms: {mine / bare:.2f} ×")
    return mine / bare
