"""The engine against its floor: pytest tests/benchmarks/bench_engine.py -o python_files='bench_*.py' -s.

The floor is the same weighted sums over the same tuples of whole numbers, rounded half up, and nothing else.
"""

import gc
import random
import time
from collections.abc import Callable
from decimal import Decimal
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from core.model.assessment import ScoreSheet, Source, Subject
from core.model.outcome import Outcome
from core.model.scheme import Award, Band, Indicator, IndicatorSet, Rater, Scheme, Stage, SupportListRule
from core.rules.assessing import compute
from core.rules.input_checks import refuse_misfits
from core.rules.input_digest import digest_of

SUBJECTS = 1_000
WEIGHTS = (10, 20, 30, 30, 10)
FULLS = (5,) * 20


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    leaves = tuple(Indicator(f"i{n}", f"第{n + 1}项指标", Decimal(full)) for n, full in enumerate(FULLS))
    raters = tuple(Rater(f"r{n}", f"评分方{n + 1}", Decimal(weight)) for n, weight in enumerate(WEIGHTS))
    return Scheme(
        code="bench",
        name="速度测试",
        source="",
        full=Decimal(100),
        stages=(Stage("year", "年度考核", Decimal(100), Decimal(1), raters, (IndicatorSet((), leaves),)),),
        bands=(Band("优秀", Decimal(90)), Band("良好", Decimal(80)), Band("合格", Decimal(70))),
        below_name="不合格",
        score_floor=Decimal(0),
        score_cap=Decimal(100),
        awards=(
            Award("first", "优秀奖", ("优秀",), number=Decimal(2), amount_fen=4_000_000),
            Award("second", "良好奖", ("优秀", "良好"), number=Decimal(3), amount_fen=3_000_000),
        ),
        lists=(SupportListRule("support", "扶持名单", ("优秀", "良好")),),
    )


@pytest.fixture(scope="module")
def subjects() -> list[Subject]:
    return [Subject(f"s{n}", "", f"o{n}", f"组织{n}", category=f"类别{n % 9}") for n in range(SUBJECTS)]


@pytest.fixture(scope="module")
def sheets(subjects: list[Subject]) -> list[ScoreSheet]:
    chance = random.Random(2025)
    made = []
    for row, subject in enumerate(subjects, start=4):
        level = chance.randint(12, 18)
        for rater in range(len(WEIGHTS)):
            marks = tuple(min(level + chance.randint(-2, 2), 20) * 250_000 for _ in FULLS)
            source = Source("scores.xlsx", f"评分方{rater + 1}", row)
            made.append(ScoreSheet("", "", subject.id, "year", f"r{rater}", marks, source=source))
    return made


def floor(sheets: list[ScoreSheet]) -> dict[str, int]:
    weights = {f"r{rater}": weight for rater, weight in enumerate(WEIGHTS)}
    sums: dict[str, int] = {}
    for sheet in sheets:
        sums[sheet.subject_id] = sums.get(sheet.subject_id, 0) + weights[sheet.rater] * sum(sheet.marks)
    under = sum(WEIGHTS) * 10_000
    return {subject_id: (2 * over + under) // (2 * under) for subject_id, over in sums.items()}


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(bare: Callable[[], object], work: Callable[[], object], rounds: int = 25) -> tuple[float, float]:
    """Median seconds of both, taken in turns so that both meet the same machine."""
    gc.collect()
    pairs = [(seconds(bare), seconds(work)) for _ in range(rounds)]
    return median(one for one, _ in pairs), median(one for _, one in pairs)


@pytest.mark.parametrize("trace", [False, True], ids=["without-traces", "with-traces"])
def test_engine(
    benchmark: BenchmarkFixture,
    scheme: Scheme,
    subjects: list[Subject],
    sheets: list[ScoreSheet],
    trace: bool,
) -> None:
    expected = floor(sheets)

    def work() -> Outcome:
        return compute(scheme, subjects, sheets, [], digest="", trace=trace)

    outcome = benchmark(work)
    assert [int(one.final.scaleb(2)) for one in outcome.results] == list(expected.values())
    bare, mine = compare(lambda: floor(sheets), work)
    print(f"\nfloor {bare * 1000:.2f} ms, engine {mine * 1000:.2f} ms: {mine / bare:.1f} ×")


def test_checks_and_digest(
    benchmark: BenchmarkFixture, scheme: Scheme, subjects: list[Subject], sheets: list[ScoreSheet]
) -> None:
    """What `assess` does besides: hold every mark against its range, and the digest of all input."""

    def work() -> str:
        refuse_misfits(scheme, subjects, sheets, [])
        return digest_of(scheme.digest, subjects, sheets, [])

    benchmark(work)
    bare, mine = compare(lambda: floor(sheets), work)
    print(f"\nfloor {bare * 1000:.2f} ms, checks and digest {mine * 1000:.2f} ms: {mine / bare:.1f} ×")
