"""Data folders as an office has them, and the commands that write into them; all by the program itself."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.referee import STORE, Held, held_in

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "sample"
OLD_STORE = ROOT / "tests" / "data" / "stores" / "0003.sqlite"
PATIENCE = 120
DONE = (0, 1)
"""The program's status where it did what was asked, some rows of a file perhaps refused."""
YEAR = ("--year", "2025")
IMPORT_ROSTER = ("import", "roster", str(SAMPLES / "roster.xlsx"))
IMPORT_SCORES = ("import", "scores", str(SAMPLES / "scores.xlsx"), *YEAR)


@dataclass(frozen=True)
class Command:
    """A command that writes, and the stage of the office in which it is given.

    {here} and {beside} are the data folder and the folder that it lies in.
    """

    name: str
    stage: str
    arguments: tuple[str, ...]

    def given(self, folder: Path) -> list[str]:
        """Its arguments over a data folder."""
        places = {"here": str(folder), "beside": str(folder.parent)}
        return ["--data", str(folder), *(each.format(**places) for each in self.arguments)]


COMMANDS = (
    Command("新建单位", "nothing", ("init", "--office", "示例街道办事处")),
    Command("导入名册", "office", IMPORT_ROSTER),
    Command("导入评分", "opened", IMPORT_SCORES),
    Command("计算", "scored", ("assess", "compute", *YEAR)),
    Command("发文", "computed", ("document", "results-notice", *YEAR, "-o", "{here}/notice.pdf")),
    Command("撤销", "scored", ("undo", "4")),
    Command("备份", "scored", ("backup", "now")),
    Command("恢复", "backed", ("backup", "restore")),
    Command("备份位置", "scored", ("backup", "place", "{beside}")),
    Command("升级", "old", ("log",)),
)


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


def program(*arguments: str, before: Sequence[str] = ()) -> list[str]:
    """The command line of the program; `before` is what runs it."""
    return [*before, sys.executable, str(ROOT / "main.py"), *arguments]


def started(arguments: Sequence[str], before: Sequence[str] = ()) -> "subprocess.Popen[str]":
    """The program running."""
    environment = {**os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        program(*arguments, before=before),
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(running: "subprocess.Popen[str]", patience: float = PATIENCE) -> Ran:
    """Wait for its end."""
    start = time.perf_counter()
    try:
        out, err = running.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        running.kill()
        out, err = running.communicate()
        return Ran(None, out, err, time.perf_counter() - start)
    return Ran(running.returncode, out, err, time.perf_counter() - start)


def ran(arguments: Sequence[str], before: Sequence[str] = (), patience: float = PATIENCE) -> Ran:
    """Run the program to its end."""
    return ended(started(arguments, before), patience)


@dataclass(frozen=True)
class Reference:
    """What a command does where nothing hinders it."""

    before: Held
    after: Held
    seconds: float


@dataclass
class Offices:
    """The stages of an office below a folder, each made once; runs work on copies."""

    folder: Path
    references: dict[str, Reference] = field(default_factory=dict)

    def make(self) -> None:
        """Make every stage, and learn what each command does."""
        steps: Mapping[str, tuple[str, Sequence[tuple[str, ...]]]] = {
            "nothing": ("", ()),
            "office": ("nothing", [COMMANDS[0].arguments]),
            "opened": ("office", [IMPORT_ROSTER, ("assess", "open", *YEAR)]),
            "scored": ("opened", [IMPORT_SCORES]),
            "computed": ("scored", [("assess", "compute", *YEAR)]),
            "backed": ("computed", [("backup", "now"), ("undo", "4")]),
        }
        for name, (earlier, arguments) in steps.items():
            place = self.folder / name
            place.mkdir(parents=True)
            if earlier:
                shutil.copytree(self.folder / earlier, place, dirs_exist_ok=True)
            for each in arguments:
                run = ran(["--data", str(place), *each])
                if run.status not in DONE:
                    raise SystemExit(f"{name}: {each}: {run.out}{run.err}")
        old = self.folder / "old"
        old.mkdir()
        shutil.copy(OLD_STORE, old / STORE)
        for command in COMMANDS:
            self.references[command.name] = self._reference(command)

    def copy(self, stage: str, name: str) -> Path:
        """A fresh copy of a stage."""
        place = self.folder / "runs" / name
        shutil.rmtree(place, ignore_errors=True)
        return Path(shutil.copytree(self.folder / stage, place))

    def _reference(self, command: Command) -> Reference:
        before = held_in(self.copy(command.stage, "reference-before"))
        place = self.copy(command.stage, "reference")
        run = ran(command.given(place))
        if run.status not in DONE:
            raise SystemExit(f"{command.name}: {run.out}{run.err}")
        after = held_in(place)
        if after.faults or before.faults:
            raise SystemExit(f"{command.name}: {before.faults} {after.faults}")
        return Reference(before, after, run.seconds)
