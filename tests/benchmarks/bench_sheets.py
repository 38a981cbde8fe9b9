"""200 returned score sheets of 60 subjects and 8 indicators, taken back, beside calamine reading them.

Law: at most 2 ×. Both are taken in turns; their medians count. Storing the 96,000 marks is told apart.
`python3 run.py bench tests/benchmarks/bench_sheets.py`
"""

import gc
import random
import shutil
import time
from pathlib import Path
from statistics import median

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

import main
from core.model.assessment import Cycle, CycleState, SchemeText, Subject
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.rules.scheme_file import read_scheme
from core.services.services import Services
from core.services.setup import OfficeDraft

YEAR, RATERS, SUBJECTS, INDICATORS, ROUNDS = 2025, 200, 60, 8, 9
MOST = 2
SCHEME = """
code = "bench"
name = "评分表测速"
source = "测速"
full = 100
below_name = "不合格"
[score]
floor = 0
cap = 100
[[stages]]
code = "year"
name = "年度考核"
full = 100
weight = 1
raters = [{raters}]
indicators = [{indicators}]
[[bands]]
name = "合格"
floor = 60
"""


def open_cycle(services: Services) -> None:
    """A cycle with so many raters and subjects, put into the store as opening would."""
    raters = ", ".join(f'{{ code = "r{n}", name = "评分方{n:03d}", weight = 1 }}' for n in range(RATERS))
    fulls = (15, 10, 10, 15, 10, 15, 10, 15)
    leaves = ", ".join(f'{{ code = "i{n}", name = "指标{n}", full = {fulls[n]} }}' for n in range(INDICATORS))
    text = SCHEME.format(raters=raters, indicators=leaves)
    scheme = SchemeText(new_id(), "bench", "评分表测速", text, read_scheme(text).digest, "2025-12-01")
    cycle = Cycle(new_id(), YEAR, scheme.id, CycleState.OPEN, "2025-12-01")
    subjects = [
        Subject(new_id(), cycle.id, "", f"东湖新城社区第{n}志愿服务队", community="东湖新城社区", position=n)
        for n in range(1, SUBJECTS + 1)
    ]
    with services.store.writing(ActDraft("开启考核", "测速")) as work:
        work.add([scheme])
        work.add([cycle])
        work.add(subjects)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the cycle, and in its folder `back` the sheets as a spreadsheet program saves them."""
    folder = tmp_path_factory.mktemp("sheets")
    services = main.open_services(folder, create=True)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    open_cycle(services)
    draw = random.Random(7)
    for path in services.score_sheets.send_out(YEAR, folder / "back"):
        book = load_workbook(path)
        sheet = book.worksheets[0]
        for row in range(4, 4 + SUBJECTS):
            for column in range(4, 4 + INDICATORS):
                sheet.cell(row, column).value = draw.randrange(0, 20) / 2
        book.save(path)
    services.close()
    return folder


def bare(paths: list[Path]) -> float:
    """Seconds for calamine to read all sheets of all files."""
    gc.collect()
    start = time.perf_counter()
    for path in paths:
        with CalamineWorkbook.from_path(path) as book:
            rows = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        assert len(rows[0]) > SUBJECTS
    return time.perf_counter() - start


def taken_back(office: Path, folder: Path) -> tuple[float, float]:
    """Seconds to read, recognise, check and compare; seconds to store what came."""
    shutil.copytree(office, folder, ignore=shutil.ignore_patterns("back", "*.lock"))
    services = main.open_services(folder, create=False)
    gc.collect()
    start = time.perf_counter()
    taken = services.score_sheets.take_back(YEAR, [office / "back"])
    read = time.perf_counter()
    counts = services.score_import.apply(taken.preview)
    stored = time.perf_counter()
    services.close()
    assert (counts.added, counts.problems, len(taken.files)) == (RATERS * SUBJECTS, 0, RATERS)
    return read - start, stored - read


def test_sheets(office: Path, tmp_path: Path) -> None:
    paths = sorted((office / "back").iterdir())
    rounds = [(bare(paths), *taken_back(office, tmp_path / str(turn))) for turn in range(ROUNDS)]
    floor, read, stored = (median(each) for each in zip(*rounds, strict=True))
    print(
        f"\n{RATERS} sheets: calamine {floor * 1000:,.0f} ms, taken back {read * 1000:,.0f} ms: "
        f"{read / floor:.2f} ×; stored {stored * 1000:,.0f} ms"
    )
    assert read / floor <= MOST
