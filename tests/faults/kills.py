"""SIGKILL at random moments of each command that writes, by the clock and at a chosen call of the system."""

import random
import re
import shutil
import time
from collections import Counter
from pathlib import Path

from tests.faults.offices import COMMANDS, DONE, Command, Offices, Ran, ended, ran, started
from tests.faults.referee import Tally, held_in, judged

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink,openat,link,mkdir"
WHILE_STARTING = 0.15
NEXT_START = 3.0
"""Seconds that the next start may take, on a machine that does nothing else."""
_CALL = re.compile(r"^(\d+) +(\w+)\(")


class Calls:
    """The calls of the system that each command makes; known for the main thread, which writes."""

    def __init__(self, offices: Offices) -> None:
        self._offices = offices
        self._known: dict[str, list[tuple[str, int]]] = {}

    def one_of(self, command: Command, chance: random.Random) -> list[str]:
        """What runs the program until a random one of its calls, and kills it there."""
        calls = self._of(command)
        # The first half is Python's own reading of its modules.
        call, ordinal = calls[chance.randrange(len(calls) // 4, len(calls))]
        return [
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            f"inject={call}:signal=SIGKILL:when={ordinal}",
        ]

    def _of(self, command: Command) -> list[tuple[str, int]]:
        if command.name not in self._known:
            place = self._offices.copy(command.stage, "calls")
            log = self._offices.folder / "calls.txt"
            ran(command.given(place), ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}"])
            found = [
                match
                for line in log.read_text("utf-8", "replace").splitlines()
                if (match := _CALL.match(line))
            ]
            counted: Counter[str] = Counter()
            calls = []
            for match in found:
                if match[1] == found[0][1]:
                    counted[match[2]] += 1
                    calls.append((match[2], counted[match[2]]))
            self._known[command.name] = calls
        return self._known[command.name]


def kill_all(offices: Offices, chance: random.Random, count: int) -> Tally:
    """Kill so many runs; every fourth is begun again and must end well."""
    tally = Tally("随时强行结束（SIGKILL）")
    calls = Calls(offices) if shutil.which("strace") else None
    if calls is None:
        tally.note("没有 strace，只按时间")
    for number in range(count):
        command = COMMANDS[number % len(COMMANDS)]
        place = offices.copy(command.stage, "killed")
        by_call = calls is not None and chance.random() < 0.5
        run = (
            ran(command.given(place), calls.one_of(command, chance))
            if by_call and calls
            else _killed(command, place, offices.references[command.name].seconds, chance)
        )
        if run.status not in DONE:
            tally.note("结束在半途")
        tally.run(f"{number} {command.name}", _wrong(offices, command, place, run, again=number % 4 == 0))
    return tally


def _killed(command: Command, place: Path, seconds: float, chance: random.Random) -> Ran:
    early = chance.random() < WHILE_STARTING
    moment = chance.uniform(0, seconds * 0.4) if early else chance.uniform(seconds * 0.4, seconds * 1.05)
    running = started(command.given(place))
    time.sleep(moment)
    running.kill()
    return ended(running)


def _wrong(offices: Offices, command: Command, place: Path, run: Ran, *, again: bool) -> list[str]:
    reference = offices.references[command.name]
    wrong = run.wrong()
    if again:
        # The next start, by the program itself; what it repairs is looked at afterwards.
        following = ran(["--data", str(place), "check"])
        if (
            following.status != 0
            and (place / "shepingtong.sqlite").exists()
            and "office_missing" not in following.err
        ):
            wrong.append(f"next start: {following.out}{following.err}")
        wrong += following.wrong()
    return wrong + judged(reference.before, reference.after, held_in(place), told=run.told)
