"""SIGKILL at random moments of each command that writes, by the clock and at a chosen call of the system."""

import random
import re
from collections import Counter
from pathlib import Path

from db.data_key import keys_path
from tests.faults.offices import COMMANDS, LOGINS, Command, Offices
from tests.faults.referee import STORE, Tally, held_in, judged
from tests.faults.runs import DONE, WATCHED, Ran, can_watch, killed, ran, started

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink,openat,link,mkdir"
ANEW = 0.05
"""The share of runs in a process of their own, and again of runs that end at a chosen call."""
STARTING = 2.0
"""Seconds by which such a process is later than a forked one, at first guess."""
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
        inject = f"inject={call}:signal=SIGKILL:when={ordinal}"
        return [*WATCHED, "/dev/null", "-e", inject]

    def _of(self, command: Command) -> list[tuple[str, int]]:
        if command.name not in self._known:
            place = self._offices.copy(command.stage, "calls")
            log = self._offices.folder / "calls.txt"
            ran(self._offices.given(command, place), [*WATCHED, str(log), "-e", f"trace={CALLS}"])
            lines = log.read_text("utf-8", "replace").splitlines()
            found = [match for line in lines if (match := _CALL.match(line))]
            counted: Counter[str] = Counter()
            calls = []
            for match in found:
                if match[1] == found[0][1]:
                    counted[match[2]] += 1
                    calls.append((match[2], counted[match[2]]))
            self._known[command.name] = calls
        return self._known[command.name]


class Moments:
    """When a run is killed: anywhere in the time that it takes, which is learned on the way."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._seconds: dict[object, float] = {}

    def one_of(self, what: object, guessed: float) -> float:
        """Seconds after the start of a run of this kind, which was guessed to take so long."""
        return self._chance.uniform(0, self._seconds.setdefault(what, guessed))

    def learn(self, what: object, run: Ran) -> None:
        """Most are to end on the way, some after the last step."""
        self._seconds[what] *= 0.9 if run.status in DONE else 1.03


def kill_all(offices: Offices, chance: random.Random, count: int) -> Tally:
    """Kill so many runs; every fourth is begun again and must end well."""
    tally = Tally("随时强行结束（SIGKILL）")
    calls = Calls(offices) if can_watch() else None
    if calls is None:
        tally.note("不能用 strace，只按时间")
    moments = Moments(chance)
    commands = chance.sample(COMMANDS, len(COMMANDS))
    for number in range(count):
        command = commands[number % len(commands)]
        place = offices.copy(command.stage, "killed")
        given, way = offices.given(command, place), chance.random()
        if calls is not None and way < ANEW:
            run = ran(given, calls.one_of(command, chance))
        else:
            anew = way < 2 * ANEW
            kind, guessed = (command.name, anew), offices.reference(command).seconds + STARTING * anew
            run = killed(started(given, anew=anew), moments.one_of(kind, guessed))
            moments.learn(kind, run)
        tally.note("结束在半途" if run.status not in DONE else "已经做完")
        tally.run(f"{number} {command.name}", _wrong(offices, command, place, run, again=number % 4 == 0))
    return tally


def _wrong(offices: Offices, command: Command, place: Path, run: Ran, *, again: bool) -> list[str]:
    reference = offices.reference(command)
    wrong = run.wrong()
    if again and (place / STORE).exists():
        # The next start, by the program itself; what it repairs is looked at afterwards.
        wrong += _next_start(offices, place, lost=reference.before.lost)
    return wrong + judged(reference.before, reference.after, held_in(place), told=run.told)


def _next_start(offices: Offices, place: Path, *, lost: int) -> list[str]:
    """What is wrong with the check of the next start; it may name the files that were `lost` before."""
    logins = LOGINS if keys_path(place / STORE).exists() else ((),)
    runs = [ran(offices.arguments((*login, "check"), place)) for login in logins]
    wrong = [each for run in runs for each in run.wrong()]
    if not lost and all(run.status != 0 and "office_missing" not in run.err for run in runs):
        wrong.append(f"next start: {runs[0].out}{runs[0].err}")
    return wrong
