"""`assess compute` as a whole process, beside LibreOffice Calc on the same year: 10,000 × 20 × 5.

Law: at least 3 × faster than Calc headless loading, recalculating and saving the same workbook. Both are
taken in turns; what counts is the processor time of the whole processes, medians: other work on the machine
does not count in it. As in the program that is handed out, the modules are compiled beforehand. Growth from
100 to 10,000 subjects is printed beside.
`python3 run.py bench tests/benchmarks/bench_compute.py`
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median

import pytest

from db.sqlite_engine import connect
from tests.benchmarks.big_cycle import YEAR, make
from tests.benchmarks.calc_workbook import write

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS, INDICATORS, RATERS, ROUNDS = 10_000, 20, 5, 3
COMPILED = tempfile.TemporaryDirectory()
"""Where the modules lie compiled, once a process has used them."""


def processor_time(*command: str) -> float:
    """Seconds that the whole process, with its children, kept a processor busy."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(COMPILED.name)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def computed(store: Path, folder: Path, subjects: int = SUBJECTS) -> float:
    """Seconds of computing a fresh copy of the store."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(store, folder)
    seconds = processor_time(
        sys.executable, str(ROOT / "main.py"), "--data", str(folder), "assess", "compute", "--year", f"{YEAR}"
    )
    with closing(connect(folder / store.name)) as kept:
        assert kept.execute("SELECT count(*) FROM results").fetchone() == (subjects,)
    return seconds


def recalculated(workbook: Path, folder: Path) -> float:
    """Seconds of Calc for the same."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    out = folder / "out"
    (out / workbook.name).unlink(missing_ok=True)
    seconds = processor_time(
        "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(workbook)
    )
    assert (out / workbook.name).stat().st_size
    return seconds


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_computing_against_a_spreadsheet(tmp_path: Path) -> None:
    store, workbook = tmp_path / "store" / "shepingtong.sqlite", tmp_path / "year.xlsx"
    make(store, SUBJECTS, INDICATORS, RATERS)
    write(workbook, SUBJECTS, INDICATORS, RATERS)
    computed(store, tmp_path / "copy")
    recalculated(workbook, tmp_path)
    turns = [(computed(store, tmp_path / "copy"), recalculated(workbook, tmp_path)) for _ in range(ROUNDS)]
    mine, calc = (median(times) for times in zip(*turns, strict=True))
    print(f"\nassess compute {mine:.2f} s, Calc {calc:.2f} s of processor time: {calc / mine:.1f} × faster")


def test_growth(tmp_path: Path) -> None:
    for subjects in (100, 1_000, 10_000):
        store = tmp_path / f"{subjects}" / "shepingtong.sqlite"
        make(store, subjects, INDICATORS, RATERS)
        computed(store, tmp_path / "copy", subjects)
        seconds = computed(store, tmp_path / "copy", subjects)
        print(f"\n{subjects:,} subjects: {seconds:.2f} s of processor time")
