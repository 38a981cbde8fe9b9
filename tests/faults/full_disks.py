"""A disk that is full at a random point of each command: a small tmpfs, which needs root to mount."""

import ctypes
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.offices import COMMANDS, Offices
from tests.faults.referee import Tally, held_in, judged
from tests.faults.runs import DONE, ran

SIZE = 48 << 20
FILLER = "filler.bin"
DETACH = 2
"""Of umount2: gone at once, whoever still looks into it."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A tmpfs mounted on the folder; None where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            # The program of this name asks /proc, which a bare root may lack.
            ctypes.CDLL(None).umount2(os.fsencode(folder), DETACH)


def fill_all(offices: Offices, chance: random.Random, count: int) -> Tally:
    """So many runs on a disk with random room; then the room comes back and the same must go on."""
    tally = Tally("磁盘写满")
    with small_disk(offices.folder / "disk") as disk:
        if disk is None:
            tally.note("没有做：挂载小磁盘要管理员权限")
            return tally
        for number in range(count):
            command = COMMANDS[number % len(COMMANDS)]
            shutil.rmtree(disk / "office", ignore_errors=True)
            (disk / FILLER).unlink(missing_ok=True)
            place = Path(shutil.copytree(offices.stage(command.stage), disk / "office"))
            room = int(chance.choice((2_000, 60_000, 600_000, 3_000_000)) * chance.uniform(0.1, 2))
            _fill(disk, room)
            run = ran(offices.given(command, place))
            (disk / FILLER).unlink()
            tally.note("装得下" if run.status in DONE else "说写不下")
            wrong = run.wrong()
            if run.status not in DONE and not (run.err.strip() or run.out.strip()):
                wrong.append("no message")
            reference = offices.reference(command)
            wrong += judged(reference.before, reference.after, held_in(place), told=run.told)
            # Who was told on the standard output that a part is done does not ask for all of it again.
            if run.status not in DONE and not run.out.strip():
                again = ran(offices.given(command, place))
                wrong += again.wrong()
                if again.status not in DONE:
                    wrong.append(f"does not go on: {again.out}{again.err}")
            tally.run(f"{number} {command.name} {room}", wrong)
    return tally


def _fill(disk: Path, room: int) -> None:
    """Leave so many bytes."""
    state = os.statvfs(disk)
    taken = state.f_bavail * state.f_frsize - room
    with (disk / FILLER).open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, taken))
