"""Sections of the year's report about activity: times and visits by class, the ledger by month."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.model.chart import ChartKind
from core.model.dates import PartialDate
from core.model.tables import OutColumn
from core.model.year_report import CountedList, ReportSection
from core.rules.year_figures import TOTAL, count_chart, count_sheet, sheet_of
from core.rules.year_register import NO_CATEGORY, RegisterFacts, organizations_with

_TITLE = "活动情况"
_COLUMNS = (
    OutColumn("类别", 24),
    OutColumn("社会组织", 10),
    OutColumn("填报活动的", 10),
    OutColumn("活动次数", 10),
    OutColumn("服务人次", 12),
)
_DAYS = 31
Counts: TypeAlias = Mapping[tuple[str | None, int | None], int]
"""How many organizations have the same class and the same number."""


@dataclass(frozen=True, slots=True)
class SaidFigures:
    """What living organizations say of a year: by class, how many say so many times and so many visits.

    `silent` counts those of the year's figures that say neither.
    """

    times: Counts
    visits: Counts
    silent: Mapping[str | None, int]


def activity_section(facts: RegisterFacts, said: SaidFigures, year: int) -> ReportSection:
    """Times and visits by class as the roster has them of this year.

    An organization whose figures are of another year counts as one that has not said.
    """
    totals = facts.by("category_id")
    unknown = [key for key in totals if key not in {each.id for each in facts.categories}]
    classes: list[tuple[str, str, Sequence[object]]] = [
        (each.id, each.name, (each.id,)) for each in facts.categories
    ]
    if unknown:
        classes.append(("", NO_CATEGORY, unknown))
    lines = [
        (key, label, (sum(totals[one] for one in own), *_figures(said, own))) for key, label, own in classes
    ]
    whole = (facts.total, *_figures(said, list(totals)))
    charts = (
        *count_chart(
            "activities",
            f"{year}年活动次数按类别",
            [(key, label, own[2]) for key, label, own in lines],
            unit="次",
        ),
        *count_chart(
            "visits",
            f"{year}年服务人次按类别",
            [(key, label, own[3]) for key, label, own in lines],
            unit="人次",
        ),
    )
    rows = [*((label, *own) for _, label, own in lines), (TOTAL, *whole)]
    lists = {
        key: organizations_with(
            f"{label}里填了{year}年数字的", ("category_id", own), ("figures_year", (year,))
        )
        for key, label, own in classes
    }
    sheet = sheet_of(_TITLE, _COLUMNS, rows if whole[1] else ())
    return ReportSection("activity", _TITLE, _said(whole, year), charts, sheet, lists)


def _figures(said: SaidFigures, classes: Iterable[object]) -> tuple[int, int | None, int | None]:
    """How many of these classes have said, times and visits; None where nobody has."""
    wanted = set(classes)
    has_said = sum(count for (own, _), count in said.times.items() if own in wanted)
    has_said -= sum(count for own, count in said.silent.items() if own in wanted)
    return has_said, _sum(said.times, wanted), _sum(said.visits, wanted)


def _sum(counts: Counts, wanted: set[object]) -> int | None:
    known = [
        number * count for (own, number), count in counts.items() if own in wanted and number is not None
    ]
    return sum(known) if known else None


def _said(whole: tuple[int, int, int | None, int | None], year: int) -> str:
    count, has_said, times, visits = whole
    if not has_said:
        return f"名册里没有{year}年的活动次数和服务人次。"
    numbers = [
        f"开展活动{times:,}次" if times is not None else "活动次数没有填报",
        f"服务{visits:,}人次" if visits is not None else "服务人次没有填报",
    ]
    silent = f"；{count - has_said:,}个没有填报" if count > has_said else ""
    return f"{has_said:,}个组织填报{year}年{'，'.join(numbers)}{silent}。"


def month_section(held: Mapping[PartialDate | None, int], year: int) -> ReportSection:
    """Activities of the ledger by month, from how many there were on each date.

    Those of which only the year is known have a row of their own.
    """
    found: Counter[int] = Counter()
    for date, count in held.items():
        if date and date.year == year:
            found[date.month] += count
    months = [(f"{year}-{month:02d}", f"{month}月", month) for month in range(1, 13)]
    if found[0]:
        months.append((str(year), "月份不明", 0))
    counts = [(key, label, found[month]) for key, label, month in months]
    title = "活动台账按月"
    whole = found.total()
    sentence = f"台账里登记了{year}年的活动{whole:,}次。" if whole else f"台账里没有登记{year}年的活动。"
    charts = count_chart("months", f"{year}年{title}", counts, unit="次", kind=ChartKind.COLUMNS)
    lists = {
        key: CountedList("activities", f"{year}年{label}的活动", (("held_on", _dates(year, month)),))
        for key, label, month in months
    }
    return ReportSection("months", title, sentence, charts, count_sheet(title, "月份", "活动", counts), lists)


def _dates(year: int, month: int) -> tuple[PartialDate, ...]:
    """Every date that belongs to a month, with the one that says no day; or the year that says no month."""
    return tuple(PartialDate(year, month, day) for day in range(_DAYS + 1 if month else 1))
