"""Under the lens: how the raters of a cycle marked, and on what its results hang."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

from core.model.assessment import ScoreSheet, Subject
from core.model.lens import Lens, RaterLens, Spread, StageLens
from core.model.scheme import Rater, Scheme
from core.rules.lens_agreement import concordance, hundredths, rank_correlation
from core.rules.lens_totals import StageTotals, stage_totals
from core.rules.lens_trials import Bench, Compute, deciding_marks, one_point_more, without_each_rater
from core.rules.lens_words import (
    FEWEST,
    concordance_words,
    correlation_words,
    severity_words,
    spread_words,
)


def look(
    year: int,
    title: str,
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    compute: Compute,
) -> Lens:
    """All that the lens shows of a cycle; `compute` computes it anew with another scheme or other sheets."""
    stages = stage_totals(scheme, subjects, sheets)
    bench = Bench.of(scheme, subjects, sheets, stages, compute)
    return Lens(
        year=year,
        title=title,
        stages=tuple(_stage(totals, bench.names) for totals in stages if totals.raters),
        deciding=deciding_marks(bench),
        without=without_each_rater(bench),
        one_point=one_point_more(bench),
    )


def _stage(totals: StageTotals, names: Mapping[str, str]) -> StageLens:
    spreads = sorted(_spreads(totals, names), key=lambda spread: -spread.width)
    middle = median(Fraction(spread.width) for spread in spreads) if spreads else None
    columns, w = _concordance(totals)
    return StageLens(
        code=totals.stage.code,
        name=totals.stage.name,
        raters=tuple(_rater(totals, rater) for rater in totals.raters),
        concordance=w,
        concordance_words=concordance_words(len(columns), len(columns[0]) if columns else 0, w),
        spreads=tuple(spreads),
        spread_words=spread_words(spreads, None if middle is None else hundredths(middle)),
    )


def _rater(totals: StageTotals, rater: Rater) -> RaterLens:
    pairs = list(totals.beside_the_rest(rater.code))
    without = sum(1 for row in totals.rows.values() if rater.code not in row)
    difference = correlation = None
    said = ""
    if len(pairs) >= FEWEST:
        difference = hundredths(sum((own - rest for own, rest in pairs), Fraction()) / len(pairs))
        correlation = rank_correlation([own for own, _ in pairs], [rest for _, rest in pairs])
        said = correlation_words(correlation)
    severity = severity_words(rater.name, totals.stage, len(pairs), without, difference)
    return RaterLens(rater.code, rater.name, len(pairs), difference, correlation, severity, said)


def _concordance(totals: StageTotals) -> tuple[list[list[Fraction]], Decimal | None]:
    """W and what it is from: the totals of raters with at least half of the subjects, where all have one."""
    rows = totals.rows.values()
    raters = [
        rater.code
        for rater in totals.raters
        if 2 * sum(rater.code in row for row in rows) >= len(totals.rows)
    ]
    shared = [row for row in rows if all(rater in row for rater in raters)]
    columns = [[row[rater] for row in shared] for rater in raters]
    if len(raters) < 2 or len(shared) < FEWEST:
        return columns, None
    exact = concordance(columns)
    return columns, None if exact is None else hundredths(exact)


def _spreads(totals: StageTotals, names: Mapping[str, str]) -> Iterator[Spread]:
    labels = {rater.code: rater.name for rater in totals.raters}
    for subject_id, row in totals.rows.items():
        if len(row) > 1:
            low, high = min(row, key=row.__getitem__), max(row, key=row.__getitem__)
            yield Spread(
                subject_id, names[subject_id], len(row),
                hundredths(row[low]), labels[low], hundredths(row[high]), labels[high],
            )  # fmt: skip
