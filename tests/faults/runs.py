"""Runs of the program: anew as a user starts it, or, faster, forked from a process that has loaded it."""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
DONE = (0, 1)
"""The program's status where it did what was asked, some rows of a file perhaps refused."""
WATCHED = ("strace", "-f", "--seccomp-bpf", "-qq", "-o")
"""What watches the calls of a run; the name of its record follows."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.preloaded"])


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended; `status` is negative where it was killed, None where it hung."""

    status: int | None
    out: str
    err: str
    seconds: float

    @property
    def told(self) -> bool:
        """Whether the user was told that it is done."""
        return self.status in DONE or (self.status is not None and self.status < 0 and bool(self.out.strip()))

    def wrong(self) -> list[str]:
        """What no run may do, whatever happens to it."""
        found = ["hangs"] if self.status is None else []
        if "Traceback (most recent" in self.out + self.err:
            found.append(f"traceback: {self.err.strip().splitlines()[-1]}")
        if "程序出错" in self.out + self.err:
            found.append("called itself a fault of the program")
        return found


class Running(Protocol):
    """A program at work, as subprocess.Popen has it."""

    @property
    def returncode(self) -> int | None:
        """Its exit status once it was waited for; negative: the signal that ended it."""

    def kill(self) -> None:
        """End it without asking."""

    def communicate(self, *, timeout: float | None = None) -> tuple[str, str]:
        """Wait for its end; what it wrote on both streams."""


class Forked:
    """A child of the process that has loaded the program."""

    def __init__(self, act: Callable[..., int], *arguments: object) -> None:
        """Call `act`, which gives the exit status."""
        self._folder = tempfile.TemporaryDirectory(prefix="streams-")
        self._streams = [Path(self._folder.name, name) for name in ("out", "err")]
        self._process = _FORKS.Process(target=_carry_out, args=(self._streams, act, arguments))
        self._process.start()

    @property
    def returncode(self) -> int | None:
        """As Running says."""
        return self._process.exitcode

    def kill(self) -> None:
        """As Running says."""
        self._process.kill()

    def communicate(self, *, timeout: float | None = None) -> tuple[str, str]:
        """As Running says."""
        self._process.join(timeout)
        if self._process.is_alive():
            raise subprocess.TimeoutExpired("forked", timeout or 0)
        out, err = (each.read_text("utf-8") if each.exists() else "" for each in self._streams)
        self._folder.cleanup()
        return out, err


def _carry_out(streams: Sequence[Path], act: Callable[..., int], arguments: Sequence[object]) -> None:
    for number, path in enumerate(streams, start=1):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.exit(act(*arguments))


def _program(arguments: Sequence[str]) -> int:
    from main import main  # noqa: PLC0415 - the suite itself must not load what it loads

    return main(arguments)


def started(arguments: Sequence[str], before: Sequence[str] = (), *, anew: bool = False) -> Running:
    """The program running; `before` is what runs it, which needs a process of its own."""
    if not before and not anew:
        return Forked(_program, list(arguments))
    return subprocess.Popen(
        [*before, sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=ROOT,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def can_watch() -> bool:
    """Whether strace is there and may watch; in some containers it may not."""
    try:
        return subprocess.run([*WATCHED, os.devnull, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def ended(running: Running, patience: float = PATIENCE) -> Ran:
    """Wait for its end."""
    start = time.perf_counter()
    try:
        out, err = running.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        running.kill()
        out, err = running.communicate()
        return Ran(None, out, err, time.perf_counter() - start)
    return Ran(running.returncode, out, err, time.perf_counter() - start)


def killed(running: Running, moment: float) -> Ran:
    """End it after so many seconds, if it is still at work then."""
    time.sleep(moment)
    running.kill()
    return ended(running)


def ran(
    arguments: Sequence[str], before: Sequence[str] = (), patience: float = PATIENCE, *, anew: bool = False
) -> Ran:
    """Run the program to its end."""
    return ended(started(arguments, before, anew=anew), patience)
