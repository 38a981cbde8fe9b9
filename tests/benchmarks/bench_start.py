"""From the call to the first painted window with 10,000 organizations, beside a bare window with a table.

Laws: at most 2 × in processor time, which other work on the machine does not count in (the clock is printed
beside); the home page filled within 1.5 s, with a year of 10,000 subjects computed told apart; the program as
`run.py build` made it (left out where there is none) painted at most 0.2 s later than `python main.py`,
within 1.5 s in any case, with less than 160 MB. As in that program, the modules are compiled beforehand.
`python3 run.py bench tests/benchmarks/bench_start.py`
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest

from core.model.organization import Organization
from core.services.services import Outside, Services
from core.services.setup import OfficeDraft
from core.sheets.reader import read_workbook, read_workbooks
from core.sheets.writer import write_workbook
from db.schema import create_store
from db.store import open_store
from db.vault import open_vault
from installer.product import BUNDLE, program
from tests.benchmarks.big_cycle import YEAR, open_year
from tests.benchmarks.big_roster import make

HERE = Path(__file__).parent
MAIN = HERE.parents[1] / "main.py"
BARE = [sys.executable, HERE / "bare_window.py"]
SOURCE = [sys.executable, MAIN]
ROUNDS = 7
COMPILED = tempfile.TemporaryDirectory()
"""Where the modules lie compiled, once a process has used them."""

Command = list[str | Path]
Moments = dict[str, float]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "shepingtong"
    folder.mkdir()
    make(folder / "roster.xlsx", 10_000)
    path = folder / "shepingtong.sqlite"
    create_store(path)
    outside = Outside(
        lambda: datetime(2026, 1, 8), read_workbook, read_workbooks, write_workbook, None, open_vault(path)
    )
    services = Services(open_store(path), "录入员", outside)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    services.roster_import.apply(services.roster_import.preview(folder / "roster.xlsx"))
    services.close()
    return folder


@pytest.fixture(scope="module")
def assessed(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office with the results of a year: 20 indicators, 5 raters."""
    folder = tmp_path_factory.mktemp("assessed") / "shepingtong"
    folder.mkdir()
    path = folder / "shepingtong.sqlite"
    shutil.copy(office / path.name, path)
    store = open_store(path)
    with store.reading() as view:
        known = [(each.id, each.name) for each in view.all(Organization)]
    open_year(store, known, 20, 5)
    store.close()
    compute = ["--data", folder, "assess", "compute", "--year", str(YEAR)]
    subprocess.run([*SOURCE, *compute], capture_output=True, check=True)
    return folder


def start(command: Command, folder: Path) -> Moments:
    """Seconds from the call to the moments that the started program tells, and its memory then (MB)."""
    selftest = folder / "selftest"
    selftest.mkdir(exist_ok=True)
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder.parent)}
    surroundings |= {"SHEPINGTONG_SELFTEST": str(selftest), "PYTHONPYCACHEPREFIX": str(COMPILED.name)}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    started_at = time.time()
    told = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    if told.stdout.startswith("painted"):  # the bare window tells this only
        at, busy = map(float, told.stdout.split()[1:])
        return {"painted": at - started_at, "painted_cpu": busy}
    facts = json.loads((selftest / "facts.json").read_text("utf-8"))
    moments = {name: facts[f"{name}_at"] - started_at for name in ("painted", "filled")}
    moments |= {f"{name}_cpu": facts[f"{name}_cpu"] for name in ("painted", "filled")}
    return moments | {"memory": facts["painted_kb"] / 1024}


def in_turns(commands: Mapping[str, Command], folder: Path) -> dict[str, Moments]:
    """Medians of some rounds: started in turns, so that all meet the same load of the machine."""
    rounds = [{name: start(each, folder) for name, each in commands.items()} for _ in range(ROUNDS + 1)][1:]
    told = {name: {what: median(each[name][what] for each in rounds) for what in rounds[0][name]}
            for name in commands}  # fmt: skip
    for name, moments in told.items():
        print(f"\n{name}: " + ", ".join(f"{what} {value:.3f}" for what, value in moments.items()))
    return told


def first_paint(told: dict[str, Moments]) -> float:
    """How often the bare window's time the first paint takes."""
    share = told["source"]["painted_cpu"] / told["bare"]["painted_cpu"]
    print(f"first paint: {share:.2f} × the bare window")
    return share


def test_start_from_source(office: Path) -> None:
    told = in_turns({"bare": BARE, "source": SOURCE}, office)
    assert first_paint(told) <= 2
    assert told["source"]["filled_cpu"] < 1.5


def test_start_with_the_results_of_a_year(assessed: Path) -> None:
    assert first_paint(in_turns({"bare": BARE, "source": SOURCE}, assessed)) <= 2


@pytest.mark.skipif(not program(BUNDLE).is_file(), reason="run.py build has not been run")
def test_start_of_the_built_program(office: Path) -> None:
    told = in_turns({"source": SOURCE, "bundle": [program(BUNDLE)]}, office)
    bundle = told["bundle"]
    assert bundle["painted"] <= told["source"]["painted"] + 0.2
    assert bundle["memory"] < 160
    assert bundle["painted"] < 1.5
    assert bundle["filled_cpu"] < 1.5
