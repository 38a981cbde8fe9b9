"""The engine against its floor: pytest tests/benchmarks/bench_engine.py -o python_files='bench_*.py' -s.

The floor is the same weighted sums over the same tuples of whole numbers, rounded half up, and nothing else.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from core.model.assessment import ScoreSheet, Source, Subject
from core.model.outcome import Outcome
from core.model.scheme import Award, Band, Indicator, IndicatorSet, Rater, Scheme, Stage, SupportListRule
from core.rules.assessing import compute
from core.rules.computing import Computation
from core.rules.input_checks import refuse_misfits
from core.rules.input_digest import digest_of

MOST, MOST_WITH_TRACES, CHANGED_MARK_S = 8, 25, 0.05
"""Laws (issues 1 and 4): so many times the floor, without traces and with all of them; a changed mark."""
WEIGHTS = (10, 20, 30, 30, 10)
MANY_WEIGHTS = (10, 20, 30, 30, 10, 5, 5, 15)
FULL = 300
"""Of all indicators together: a full mark of each is whole with 20 and with 30 of them."""


class Year(NamedTuple):
    """A scheme and what it is computed from."""

    scheme: Scheme
    subjects: list[Subject]
    sheets: list[ScoreSheet]
    weights: Sequence[int]


def a_year(count: int, indicators: int, weights: Sequence[int]) -> Year:
    """So many subjects, each with a complete sheet of every rater; all indicators have the same full mark."""
    subjects = [Subject(f"s{n}", "", f"o{n}", f"组织{n}", category=f"类别{n % 9}") for n in range(count)]
    full = Decimal(FULL) / indicators
    scheme = _scheme(tuple(full for _ in range(indicators)), weights)
    chance = random.Random(2025)
    sheets = []
    for row, subject in enumerate(subjects, start=4):
        level = chance.randint(12, 18)
        for rater in range(len(weights)):
            marks = tuple(
                min(level + chance.randint(-2, 2), 20) * int(full * 50_000) for _ in range(indicators)
            )
            source = Source("scores.xlsx", f"评分方{rater + 1}", row)
            sheets.append(ScoreSheet("", "", subject.id, "year", f"r{rater}", marks, source=source))
    return Year(scheme, subjects, sheets, weights)


def _scheme(fulls: Sequence[Decimal], weights: Sequence[int]) -> Scheme:
    leaves = tuple(Indicator(f"i{n}", f"第{n + 1}项指标", full) for n, full in enumerate(fulls))
    raters = tuple(Rater(f"r{n}", f"评分方{n + 1}", Decimal(weight)) for n, weight in enumerate(weights))
    full = sum(fulls, Decimal(0))
    return Scheme(
        code="bench",
        name="速度测试",
        source="",
        full=full,
        stages=(Stage("year", "年度考核", full, Decimal(1), raters, (IndicatorSet((), leaves),)),),
        bands=(Band("优秀", full * 90 / 100), Band("良好", full * 80 / 100), Band("合格", full * 70 / 100)),
        below_name="不合格",
        score_floor=Decimal(0),
        score_cap=full,
        awards=(
            Award("first", "优秀奖", ("优秀",), number=Decimal(2), amount_fen=4_000_000),
            Award("second", "良好奖", ("优秀", "良好"), number=Decimal(3), amount_fen=3_000_000),
        ),
        lists=(SupportListRule("support", "扶持名单", ("优秀", "良好")),),
    )


@pytest.fixture(scope="module", autouse=True)
def collector() -> Iterator[None]:
    """Python's collector as the program sets it when it opens a store (main.open_services)."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    yield
    gc.set_threshold(*usual)


@pytest.fixture(scope="module")
def year() -> Year:
    return a_year(1_000, 20, WEIGHTS)


def floor(year: Year) -> dict[str, int]:
    weights = {f"r{rater}": weight for rater, weight in enumerate(year.weights)}
    sums: dict[str, int] = {}
    for sheet in year.sheets:
        sums[sheet.subject_id] = sums.get(sheet.subject_id, 0) + weights[sheet.rater] * sum(sheet.marks)
    under = sum(year.weights) * 10_000
    return {subject_id: (2 * over + under) // (2 * under) for subject_id, over in sums.items()}


def computed(year: Year, trace: bool = False) -> Outcome:
    return compute(year.scheme, year.subjects, year.sheets, [], trace=trace)


def finals(outcome: Outcome) -> list[int]:
    return [int(one.final.scaleb(2)) for one in outcome.results]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(bare: Callable[[], object], work: Callable[[], object], rounds: int = 25) -> tuple[float, float]:
    """Median seconds of both, taken in turns so that both meet the same machine."""
    gc.collect()
    pairs = [(seconds(bare), seconds(work)) for _ in range(rounds)]
    return median(one for one, _ in pairs), median(one for _, one in pairs)


@pytest.mark.parametrize(
    ("trace", "most"), [(False, MOST), (True, MOST_WITH_TRACES)], ids=["without-traces", "with-traces"]
)
def test_engine(benchmark: BenchmarkFixture, year: Year, trace: bool, most: float) -> None:
    outcome = benchmark(lambda: computed(year, trace))
    assert finals(outcome) == list(floor(year).values())
    bare, mine = compare(lambda: floor(year), lambda: computed(year, trace))
    print(f"\nfloor {bare * 1000:.2f} ms, engine {mine * 1000:.2f} ms: {mine / bare:.1f} ×")
    assert mine / bare <= most


@pytest.mark.parametrize("count", [100, 1_000, 10_000])
def test_growth(count: int) -> None:
    """30 indicators and 8 raters: 2.4 million marks at 10,000 subjects; traces on demand."""
    year = a_year(count, 30, MANY_WEIGHTS)
    # As in the program, what is loaded is out of the collector's sight (main.open_services).
    gc.collect()
    gc.freeze()

    assert finals(computed(year)) == list(floor(year).values())
    bare, mine = compare(lambda: floor(year), lambda: computed(year), rounds=100_000 // count // 10 or 1)
    gc.unfreeze()
    print(
        f"\n{count} subjects: floor {bare * 1000:.2f} ms, engine {mine * 1000:.2f} ms: {mine / bare:.1f} ×, "
        f"{mine / count * 1e6:.0f} µs a subject"
    )
    assert mine / bare <= MOST


def test_a_changed_mark() -> None:
    """Its subject and the ranking anew, and the trace of that subject on demand; 50 ms at 10,000 subjects."""
    year = a_year(10_000, 30, MANY_WEIGHTS)
    before = Computation.of(year.scheme, year.subjects, year.sheets, [])
    chosen = year.subjects[5_000]
    own = [sheet for sheet in year.sheets if sheet.subject_id == chosen.id]

    def ranked() -> Computation:
        after = before.changed(chosen, own, [])
        assert after.ranks[chosen.id].of == 10_000
        return after

    def awarded() -> Computation:
        after = ranked()
        assert len(after.contests) == 2
        return after

    gc.collect()
    gc.freeze()
    ranking, awards = compare(ranked, awarded, rounds=15)
    told = seconds(lambda: awarded().explain(chosen.id))
    gc.unfreeze()
    print(
        f"\nsubject and ranking {ranking * 1000:.1f} ms, awards too {awards * 1000:.1f} ms, "
        f"with the trace of one subject {told * 1000:.1f} ms"
    )
    assert ranking < CHANGED_MARK_S


def test_checks_and_digest(benchmark: BenchmarkFixture, year: Year) -> None:
    """What `assess` does besides: hold every mark against its range, and the digest of all input; no law."""

    def work() -> str:
        refuse_misfits(year.scheme, year.subjects, year.sheets, [])
        return digest_of(year.scheme.digest, year.subjects, year.sheets, [])

    assert len(benchmark(work)) == 64
    bare, mine = compare(lambda: floor(year), work)
    print(f"\nfloor {bare * 1000:.2f} ms, checks and digest {mine * 1000:.2f} ms: {mine / bare:.1f} ×")
