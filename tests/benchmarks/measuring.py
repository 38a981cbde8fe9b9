"""How the benchmarks measure: the fastest of some rounds, beside the floor of the same run."""

import gc
import time
from collections.abc import Callable


def best_of(work: Callable[[], object], rounds: int = 7) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def compare(what: str, work: Callable[[], object], floor: Callable[[], object], rounds: int = 5) -> float:
    """How often the floor's time the work takes; printed too."""
    bare, mine = best_of(floor, rounds), best_of(work, rounds)
    print(f"{what}: {mine * 1000:,.1f} ms, floor {bare * 1000:,.1f} ms: {mine / bare:.2f} ×")
    return mine / bare
