"""Sections of the year's report about the assessment: grades by class, three years side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.model.assessment import ResultState
from core.model.chart import MOST_SERIES, Chart, ChartCategory, ChartKind, ChartSeries, Figure, parted
from core.model.tables import OutColumn, OutValue
from core.model.year_report import CountedList, ReportSection
from core.rules.year_figures import TOTAL, count_chart, percent, share, sheet_of
from core.rules.year_register import NO_CATEGORY

_STATE_ORDER = (
    ResultState.NOT_ASSESSED,
    ResultState.INCOMPLETE,
    ResultState.VETOED,
    ResultState.REVOKED,
    ResultState.COMPLETE,
)
_OTHERS = "其他"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class GradedSubject:
    """What a subject got; `grade` is empty where it has none."""

    category: str
    grade: str
    state: ResultState
    final: Decimal | None

    @property
    def word(self) -> str:
        """The grade, or why there is none."""
        return self.grade or self.state.label


@dataclass(frozen=True, slots=True)
class GradedYear:
    """The results of a year; without subjects where there are none, and `missing` says why.

    `grades` are all of the scheme, best first; `note` is said of results that are not settled yet.
    """

    year: int
    grades: tuple[str, ...] = ()
    subjects: tuple[GradedSubject, ...] = ()
    missing: str = ""
    note: str = ""


def grade_section(graded: GradedYear, category_order: Sequence[str]) -> ReportSection:
    """How many got which grade, over all and in each class; every subject is counted once."""
    title = "考核等次"
    words = _words(graded.grades, (graded,))
    columns = (OutColumn("类别", 24), *(OutColumn(each, 8) for each in words), OutColumn(TOTAL, 8))
    if not graded.subjects:
        return ReportSection(
            "grades", title, f"{graded.year}年{graded.missing}。", (), sheet_of(title, columns, ())
        )
    cells = Counter((each.category or NO_CATEGORY, _folded(each.word, words)) for each in graded.subjects)
    found = {category for category, _ in cells}
    order = [each for each in category_order if each in found]
    order += sorted(found.difference(order), key=lambda each: (each == NO_CATEGORY, each))
    rows = [(category, [cells[category, word] for word in words]) for category in order]
    sums = [sum(counts[place] for _, counts in rows) for place in range(len(words))]
    charts = count_chart(
        "grades",
        "考核等次合计",
        [(word, word, count) for word, count in zip(words, sums, strict=True)],
        kind=ChartKind.COLUMNS,
    )
    stacks = Chart(
        "grades_by_class",
        "各类别的考核等次",
        "个",
        ChartKind.STACKED,
        tuple(ChartCategory(category, category) for category in order),
        _series(words, [counts for _, counts in rows]),
    )
    table: list[tuple[OutValue, ...]] = [
        (category, *counts, sum(counts)) for category, counts in [*rows, (TOTAL, sums)]
    ]
    return ReportSection(
        "grades",
        title,
        _grades_said(graded, words, sums),
        (*charts, *parted(stacks)),
        sheet_of(title, columns, table, graded.note),
        {
            **{word: _listed(graded.year, "grade", word) for word in words if word != _OTHERS},
            **{each: _listed(graded.year, "category", each) for each in order},
        },
    )


def comparison_section(years: Sequence[GradedYear]) -> ReportSection:
    """Grades of the years side by side, the oldest first; a year without results is a gap and named."""
    title = "三年对比"
    known = [each for each in years if each.subjects]
    grades = next((each.grades for each in reversed(years) if each.grades), ())
    words = _words(grades, known)
    best = grades[:2]
    columns = (
        OutColumn("年度", 10),
        *(OutColumn(each, 8) for each in words),
        OutColumn(TOTAL, 8),
        *(OutColumn(f"{each}占比（%）", 10, places=1) for each in best),
        OutColumn("平均得分", 10, places=2),
    )
    gaps = [f"{each.year}年{each.missing}" for each in years if not each.subjects]
    if not known:
        return ReportSection("years", title, f"{'；'.join(gaps)}。", (), sheet_of(title, columns, ()))
    counts = [_counts(each, words) for each in years]
    categories = tuple(ChartCategory(str(each.year), f"{each.year}年") for each in years)
    unknown: list[Figure] = [None] * len(words)
    figures = [unknown if row is None else row for row in counts]
    shares = [[_part(row, words, grades, word) for row in counts] for word in best]
    charts = [Chart("years", "各年考核等次", "个", ChartKind.STACKED, categories, _series(words, figures))]
    if len(known) > 1:
        name, note = f"各年{'、'.join(best)}的占比", "占评出等次的对象的百分比。"
        lines = tuple(ChartSeries(word, tuple(own)) for word, own in zip(best, shares, strict=True))
        charts.append(Chart("year_shares", name, "%", ChartKind.LINES, categories, lines, 1, note))
    rows: list[tuple[OutValue, ...]] = [
        (f"{each.year}年", *row, len(each.subjects) or None, *parts, average_final(each.subjects))
        for each, row, *parts in zip(years, figures, *shares, strict=True)
    ]
    notes = [each.note for each in years[:-1] if each.note]
    sentence = "；".join([_compared(known, grades), *gaps, *notes])
    lists = {
        str(each.year): CountedList("results", f"{each.year}年", (("year", (each.year,)),)) for each in known
    }
    return ReportSection(
        "years", title, f"{sentence}。", tuple(charts), sheet_of(title, columns, rows), lists
    )


def _listed(year: int, field: str, word: str) -> CountedList:
    words = word if word != NO_CATEGORY else ""
    return CountedList("results", f"{year}年{word}", (("year", (year,)), (field, (words,))))


def average_final(subjects: Iterable[GradedSubject]) -> Decimal | None:
    """The average of the finals as shown, to two decimals; None where there is none."""
    finals = [each.final for each in subjects if each.final is not None and each.grade]
    return (sum(finals, Decimal(0)) / len(finals)).quantize(_CENT, ROUND_HALF_UP) if finals else None


def _words(grades: Sequence[str], years: Iterable[GradedYear]) -> tuple[str, ...]:
    """The grades best first, then whatever else subjects have; too many are taken together."""
    found = {subject.word for each in years for subject in each.subjects}
    states = [each.label for each in _STATE_ORDER]
    others = [word for word in states if word in found and word not in grades]
    others += sorted(found.difference(grades, others))
    words = (*grades, *others)
    return words if len(words) <= MOST_SERIES else (*words[: MOST_SERIES - 1], _OTHERS)


def _folded(word: str, words: Sequence[str]) -> str:
    return word if word in words else _OTHERS


def _counts(graded: GradedYear, words: Sequence[str]) -> list[int] | None:
    if not graded.subjects:
        return None
    found = Counter(_folded(each.word, words) for each in graded.subjects)
    return [found[word] for word in words]


def _series(words: Sequence[str], rows: Sequence[Sequence[Figure]]) -> tuple[ChartSeries, ...]:
    return tuple(ChartSeries(word, tuple(row[place] for row in rows)) for place, word in enumerate(words))


def _part(row: list[int] | None, words: Sequence[str], grades: Sequence[str], word: str) -> Decimal | None:
    if row is None:
        return None
    graded = sum(count for each, count in zip(words, row, strict=True) if each in grades)
    return share(row[words.index(word)], graded)


def _grades_said(graded: GradedYear, words: Sequence[str], sums: Sequence[int]) -> str:
    whole = sum(count for word, count in zip(words, sums, strict=True) if word in graded.grades)
    parts = [
        f"{word}{count:,}个（{percent(count, whole)}）"
        for word, count in zip(words, sums, strict=True)
        if word in graded.grades and count
    ]
    rest = [
        f"{word}{count:,}个"
        for word, count in zip(words, sums, strict=True)
        if word not in graded.grades and count
    ]
    said = f"{graded.year}年度考核对象{len(graded.subjects):,}个"
    said += f"，评出等次的{whole:,}个：{'、'.join(parts)}" if parts else "，还没有评出等次"
    said += f"；{'、'.join(rest)}" if rest else ""
    return f"{said}。{graded.note}"


def _compared(known: Sequence[GradedYear], grades: Sequence[str]) -> str:
    """How the best grade's share and the average moved from the first year that is known to the last."""
    first, last = known[0], known[-1]
    if first is last or not grades:
        return f"有考核结果的只有{first.year}年，还不能对比" if first is last else "各年没有可比的等次"
    shares = [
        percent(
            sum(each.grade == grades[0] for each in year.subjects),
            sum(each.grade in grades for each in year.subjects),
        )
        for year in (first, last)
    ]
    said = f"{grades[0]}的占比，{first.year}年{shares[0] or '缺'}，{last.year}年{shares[1] or '缺'}"
    averages = [average_final(year.subjects) for year in (first, last)]
    if None not in averages:
        said += f"；平均得分，{first.year}年{averages[0]}，{last.year}年{averages[1]}"
    return said
