"""The fault suite, `python3 run.py faults [--full] [--seed N] [part …]`; prints its seed and a table."""

import argparse
import logging
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.faults.bad_input import feed_all
from tests.faults.damages import damage_all
from tests.faults.full_disks import fill_all
from tests.faults.kills import kill_all
from tests.faults.offices import Offices
from tests.faults.power_cuts import cut_all
from tests.faults.referee import Tally
from tests.faults.window import kill_windows

Part = Callable[[Offices, random.Random, int], Tally]
PARTS: Mapping[str, tuple[Part, int, int]] = {
    "kills": (kill_all, 8, 1000),
    "window": (kill_windows, 1, 100),
    "cuts": (cut_all, 14, 2000),
    "full": (fill_all, 3, 100),
    "damages": (damage_all, 20, 1000),
    "bad": (feed_all, 3, 90),
}
"""Each with its runs in the short form and in the full one."""
SEED = 20261129
SHOWN = 40
ROOM = 2 << 30


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py faults", description="故障测试")
    parser.add_argument(
        "parts", nargs="*", choices=[[], *PARTS], metavar="|".join(PARTS), help="只做这些部分"
    )
    parser.add_argument("--full", action="store_true", help="做足全部次数，要一两个小时")
    parser.add_argument("--runs", type=int, default=0, help="每个部分做这么多次")
    parser.add_argument("--seed", type=int, default=None, help="重做某一次")
    asked = parser.parse_args(arguments)
    seed = asked.seed
    if seed is None:
        # The short form may refuse a change: it must not do so by chance.
        seed = random.SystemRandom().randrange(1_000_000) if asked.full or asked.runs else SEED
    print(
        f"种子 {seed}（重做：python3 run.py faults --seed {seed}{' --full' if asked.full else ''}）",
        flush=True,
    )
    # As in a start by run.py; forked runs inherit it.
    os.environ.update(PYTHONUTF8="1", QT_QPA_PLATFORM="offscreen")
    # What the program logs of the damages is for its log file, which these runs do not open.
    logging.getLogger().addHandler(logging.NullHandler())
    tallies = []
    with tempfile.TemporaryDirectory(prefix="shepingtong-faults-", dir=_quick_place()) as name:
        offices = Offices(Path(name).resolve())
        for part in asked.parts or PARTS:
            act, few, many = PARTS[part]
            start = time.perf_counter()
            # Each part has a chance of its own, so that one alone does what it did among all.
            count = asked.runs or (many if asked.full else few)
            tally = act(offices, random.Random(f"{seed} {part}"), count)
            tallies.append(tally)
            print(_line(tally, time.perf_counter() - start), flush=True)
    wrong = [each for tally in tallies for each in tally.wrong]
    print(*wrong[:SHOWN], sep="\n")
    print("没有发现问题。" if not wrong else f"发现 {len(wrong)} 处问题。")
    return bool(wrong)


def _quick_place() -> str | None:
    """Memory where it has room: what a cut would leave is known from the calls, no disk is needed."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def _line(tally: Tally, seconds: float) -> str:
    told = [f"{what} {count}" for what, count in sorted(tally.notes.items())]
    head = f"{tally.what}：{tally.runs} 次，问题 {len(tally.wrong)}，{seconds:.0f} 秒"
    return "；".join([head, "，".join(told)] if told else [head])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
