"""What opening the results page of 10,000 subjects takes: 20 indicators × 5 raters, and 30 × 8.

Law (issue 4): memory under 1 GB. Told besides, without a law: seconds of reading the year on the worker, and
of explaining one subject. `python3 run.py bench tests/benchmarks/bench_results.py`
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.big_cycle import YEAR, make

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = 10_000

OPENED = f"""
import resource, sys, time
from pathlib import Path
from statistics import median
import main
from gui.pages.assessment_state import load_year
services = main.open_services(Path(sys.argv[1]), create=False)
services.assessments.compute({YEAR})
times = []
for _ in range(5):
    start = time.perf_counter()
    state = load_year(services, {YEAR})
    times.append(time.perf_counter() - start)
ids = [each.id for each in state.computed.view.subjects[::100]]
state.computed.explain(ids[0])
start = time.perf_counter()
steps = [state.computed.explain(each) for each in ids]
explained = (time.perf_counter() - start) / len(ids)
assert all(steps) and not any(each.trace for each in state.computed.outcome.results)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"read {{median(times):.2f}} s, explained {{explained * 1e6:.0f}} μs, at most {{peak:.0f}} MB")
assert peak < 1024
services.close()
"""


@pytest.mark.parametrize(("indicators", "raters"), [(20, 5), (30, 8)])
def test_opening_results(tmp_path: Path, indicators: int, raters: int) -> None:
    make(tmp_path / "shepingtong.sqlite", SUBJECTS, indicators, raters)
    command = [sys.executable, "-c", OPENED, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert told.startswith("read "), "the script itself holds what it read against what it should be"
    print(f"\n{SUBJECTS:,} × {indicators} × {raters}: {told.strip()}")
