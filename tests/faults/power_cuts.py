"""Power cuts at random moments of each command: the disk as it may be found, from a record of its calls."""

import random
import shutil
from pathlib import Path

from tests.faults.disk_states import TRACE, Disk, calls_in, replay
from tests.faults.offices import COMMANDS, Command, Offices
from tests.faults.referee import Tally, held_in, judged
from tests.faults.runs import DONE, can_watch, ran

FEWEST = 15
"""States of a command: to record it takes as long as to look at several."""


def cut_all(offices: Offices, chance: random.Random, count: int) -> Tally:
    """So many states, the same number of each command; a few of some commands if there are few in all."""
    tally = Tally("断电（由系统调用记录重建）")
    if not can_watch():
        tally.note("没有做：要装 strace（5.3 以上），并容许它跟踪")
        return tally
    commands = chance.sample(COMMANDS, min(len(COMMANDS), 1 + count // FEWEST))
    for number, command in enumerate(commands):
        share = count // len(commands) + (number < count % len(commands))
        _cut(offices, command, chance, share, tally)
    return tally


def _cut(offices: Offices, command: Command, chance: random.Random, count: int, tally: Tally) -> None:
    place, record = offices.copy(command.stage, "traced"), offices.folder / "trace.txt"
    run = ran(offices.given(command, place), [*TRACE, str(record)], patience=300)
    if run.status not in DONE:
        tally.run(command.name, [f"could not be recorded: {run.err}"])
        return
    with record.open(encoding="utf-8", errors="replace") as lines:
        calls = [each for each in calls_in(lines) if each[0] != "openat" or str(place) in each[3]]
    record.unlink()
    changing = _changing(offices, command, place, calls)
    moments = sorted(chance.choice(changing) for _ in range(count))
    disk = Disk(str(place))
    disk.begin(offices.stage(command.stage))
    reference = offices.reference(command)
    for number, call in enumerate(calls):
        replay(disk, *call)
        while moments and moments[0] == number:
            moments.pop(0)
            state = offices.folder / "runs" / "cut"
            shutil.rmtree(state, ignore_errors=True)
            disk.write_state(chance, state)
            wrong = judged(reference.before, reference.after, held_in(state), told=disk.told)
            tally.run(f"{command.name} after call {number} of {len(calls)}", wrong)


def _changing(
    offices: Offices, command: Command, place: Path, calls: list[tuple[str, list[str], int, str]]
) -> list[int]:
    """The numbers of the calls that change the disk; what they leave must be what the program left."""
    disk = Disk(str(place))
    disk.begin(offices.stage(command.stage))
    changing = [number for number, call in enumerate(calls) if replay(disk, *call)]
    for name, node in disk.names.items():
        if node is not None and not name.endswith("-shm"):
            node.flush()
            found = Path(name)
            if not found.exists() or found.read_bytes() != bytes(node.kept):
                raise SystemExit(f"{command.name}: the record does not give the file {name}")
    return changing
