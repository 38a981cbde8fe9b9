"""From the call to the first painted window with 10,000 organizations, beside a bare window with a table.

Law: at most 2 ×. `python3 run.py bench tests/benchmarks/bench_start.py`
"""

import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from core.services.services import Outside, Services
from core.services.setup import OfficeDraft
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook
from db.schema import create_store
from db.store import open_store
from db.vault import open_vault
from tests.benchmarks.big_roster import make

GROUP = "start to the first painted window"
HERE = Path(__file__).parent


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


def start(script: str, folder: Path, moment: str) -> float:
    """Seconds from the call to the moment, as the started program tells."""
    surroundings = os.environ | {"STARTED_AT": str(time.time()), "QT_QPA_PLATFORM": "offscreen"}
    surroundings["XDG_DATA_HOME"] = str(folder.parent)
    told = subprocess.run(
        [sys.executable, HERE / script], env=surroundings, capture_output=True, text=True, check=True
    )
    return next(float(line.split()[1]) for line in told.stdout.splitlines() if line.startswith(moment))


@pytest.mark.parametrize("kind", ["bare", "painted", "filled"])
@pytest.mark.benchmark(group=GROUP)
def test_start(benchmark, office: Path, kind: str) -> None:
    """`bare` is the floor; `painted` the program's first paint, `filled` its home page with figures."""
    seconds: list[float] = []
    script, moment = ("bare_window.py", "painted") if kind == "bare" else ("program_start.py", kind)
    benchmark.pedantic(lambda: seconds.append(start(script, office, moment)), rounds=5, warmup_rounds=1)
    benchmark.extra_info["seconds"] = sorted(seconds)[len(seconds) // 2]
    print(f"\n{kind}: median {sorted(seconds)[len(seconds) // 2]:.3f} s to the moment")
