"""From the call to the first painted window with 10,000 organizations, beside a bare window with a table.

Law: at most 2 ×; the program as `run.py build` made it (left out where there is none) at most 0.2 s later
than `python main.py`, within 1.5 s in any case, with less than 160 MB.
`python3 run.py bench tests/benchmarks/bench_start.py`
"""

import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest

from core.services.services import Outside, Services
from core.services.setup import OfficeDraft
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook
from db.schema import create_store
from db.store import open_store
from db.vault import open_vault
from installer.product import BUNDLE, program
from tests.benchmarks.big_roster import make

GROUP = "start to the first painted window"
HERE = Path(__file__).parent
MAIN = HERE.parents[1] / "main.py"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "shepingtong"
    folder.mkdir()
    make(folder / "roster.xlsx", 10_000)
    create_store(folder / "shepingtong.sqlite")
    path = folder / "shepingtong.sqlite"
    outside = Outside(lambda: datetime(2026, 1, 8), read_workbook, write_workbook, None, open_vault(path))
    services = Services(open_store(path), "录入员", outside)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    services.roster_import.apply(services.roster_import.preview(folder / "roster.xlsx"))
    services.close()
    return folder


def start(command: list[str | Path], folder: Path) -> dict[str, float]:
    """Seconds from the call to the moments that the started program tells, and its memory then (MB)."""
    selftest = folder / "selftest"
    selftest.mkdir(exist_ok=True)
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder.parent)}
    surroundings |= {"SHEPINGTONG_SELFTEST": str(selftest)}
    started_at = time.time()
    told = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    if told.stdout.startswith("painted"):  # the bare window tells this only
        return {"painted": float(told.stdout.split()[1]) - started_at}
    facts = json.loads((selftest / "facts.json").read_text("utf-8"))
    moments = {name: facts[f"{name}_at"] - started_at for name in ("painted", "filled")}
    return moments | {"memory": facts["painted_kb"] / 1024}


@pytest.mark.parametrize("kind", ["bare", "painted", "filled"])
@pytest.mark.benchmark(group=GROUP)
def test_start(benchmark, office: Path, kind: str) -> None:
    """`bare` is the floor; `painted` the program's first paint, `filled` its home page with figures."""
    seconds: list[float] = []
    script, moment = (HERE / "bare_window.py", "painted") if kind == "bare" else (MAIN, kind)
    benchmark.pedantic(
        lambda: seconds.append(start([sys.executable, script], office)[moment]), rounds=5, warmup_rounds=1
    )
    benchmark.extra_info["seconds"] = median(seconds)
    print(f"\n{kind}: median {median(seconds):.3f} s to the moment")


@pytest.mark.skipif(not program(BUNDLE).is_file(), reason="run.py build has not been run")
def test_start_of_the_built_program(office: Path) -> None:
    """In turns with the source, so that both meet the same load of the machine."""
    commands = {"source": [sys.executable, MAIN], "bundle": [program(BUNDLE)]}
    rounds = [{name: start(each, office) for name, each in commands.items()} for _round in range(6)][1:]
    told = {
        name: {what: median(each[name][what] for each in rounds) for what in ("painted", "filled", "memory")}
        for name in commands
    }
    for name, moments in told.items():
        print(f"\n{name}: painted {moments['painted']:.3f} s, filled {moments['filled']:.3f} s, "
              f"{moments['memory']:.0f} MB")  # fmt: skip
    bundle = told["bundle"]
    assert bundle["painted"] <= told["source"]["painted"] + 0.2
    assert bundle["memory"] < 160
    assert bundle["painted"] < 1.5
