"""Sections of the year's report about activity: times and visits by class, the ledger by month."""

from collections import Counter
from collections.abc import Iterable, Sequence

from core.model.activities import Activity
from core.model.chart import ChartKind
from core.model.organization import Organization
from core.model.tables import OutColumn
from core.model.year_report import ReportSection
from core.rules.completeness import living
from core.rules.year_figures import TOTAL, count_chart, count_sheet, sheet_of
from core.rules.year_register import NO_CATEGORY, RegisterFacts

_TITLE = "活动情况"
_COLUMNS = (
    OutColumn("类别", 24),
    OutColumn("社会组织", 10),
    OutColumn("填报活动的", 10),
    OutColumn("活动次数", 10),
    OutColumn("服务人次", 12),
)


def activity_section(facts: RegisterFacts, year: int) -> ReportSection:
    """Times and visits by class as the roster has them of this year.

    An organization whose figures are of another year counts as one that has not said.
    """
    counted = living(facts.organizations)
    known = {each.id for each in facts.categories}
    classes = [(each.id, each.name) for each in facts.categories]
    if any(each.category_id not in known for each in counted):
        classes.append(("", NO_CATEGORY))
    lines = [
        (
            key,
            label,
            [each for each in counted if (each.category_id if each.category_id in known else "") == key],
        )
        for key, label in classes
    ]
    rows = [(label, *_figures(own, year)) for _, label, own in lines]
    whole = _figures(counted, year)
    times = [(key, label, _figures(own, year)[2]) for key, label, own in lines]
    visits = [(key, label, _figures(own, year)[3]) for key, label, own in lines]
    charts = (
        *count_chart("activities", f"{year}年活动次数按类别", times, unit="次"),
        *count_chart("visits", f"{year}年服务人次按类别", visits, unit="人次"),
    )
    has_figures = whole[1] > 0
    sheet = sheet_of(_TITLE, _COLUMNS, [*rows, (TOTAL, *whole)] if has_figures else ())
    return ReportSection("activity", _TITLE, _said(whole, year), charts, sheet)


def _figures(own: Sequence[Organization], year: int) -> tuple[int, int, int | None, int | None]:
    """How many there are, how many have said, times and visits; None where nobody has."""
    said = [each for each in own if each.figures_year == year]
    times = [each.activities for each in said if each.activities is not None]
    visits = [each.visits for each in said if each.visits is not None]
    has_said = sum(each.activities is not None or each.visits is not None for each in said)
    return len(own), has_said, sum(times) if times else None, sum(visits) if visits else None


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


def month_section(activities: Iterable[Activity], year: int) -> ReportSection:
    """Activities of the ledger by month; those of which only the year is known have a row of their own."""
    held = Counter(each.held_on.month for each in activities if each.held_on and each.held_on.year == year)
    counts = [(f"{year}-{month:02d}", f"{month}月", held[month]) for month in range(1, 13)]
    if held[0]:
        counts.append((str(year), "月份不明", held[0]))
    title = "活动台账按月"
    whole = held.total()
    sentence = f"台账里登记了{year}年的活动{whole:,}次。" if whole else f"台账里没有登记{year}年的活动。"
    charts = count_chart("months", f"{year}年{title}", counts, unit="次", kind=ChartKind.COLUMNS)
    return ReportSection("months", title, sentence, charts, count_sheet(title, "月份", "活动", counts))
