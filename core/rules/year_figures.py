"""What all sections of the year's report are made with: counts to chart, table and words."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from core.model.chart import Chart, ChartCategory, ChartKind, ChartSeries, Figure
from core.model.tables import OutColumn, OutSheet, OutValue

TOTAL = "合计"
_TENTH = Decimal("0.1")


def share(part: int, whole: int) -> Decimal | None:
    """The part in percent, to one decimal; None of nothing."""
    return (Decimal(part * 100) / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None


def percent(part: int, whole: int) -> str:
    """The same in words."""
    found = share(part, whole)
    return "" if found is None else f"{found}%"


def count_chart(
    code: str,
    title: str,
    counts: Sequence[tuple[str, str, Figure]],
    *,
    unit: str = "个",
    kind: ChartKind = ChartKind.BARS,
    places: int = 0,
    note: str = "",
) -> tuple[Chart, ...]:
    """A chart of keys, labels and counts; none where nothing is known or there is nothing to count."""
    if not any(figure for _, _, figure in counts):
        return ()
    return (
        Chart(
            code,
            title,
            unit,
            kind,
            tuple(ChartCategory(key, label) for key, label, _ in counts),
            (ChartSeries(title, tuple(figure for _, _, figure in counts)),),
            places,
            note,
        ),
    )


def count_sheet(name: str, first: str, what: str, counts: Sequence[tuple[str, str, int]]) -> OutSheet:
    """A table of labels, counts and shares, with the sum; without rows where there is nothing to count."""
    whole = sum(count for _, _, count in counts)
    rows: list[tuple[OutValue, ...]] = [(label, count, share(count, whole)) for _, label, count in counts]
    rows.append((TOTAL, whole, share(whole, whole)))
    columns = (OutColumn(first, 24), OutColumn(what, 10), OutColumn("占比（%）", 10, places=1))
    return sheet_of(name, columns, rows if whole else ())


def sheet_of(
    name: str, columns: tuple[OutColumn, ...], rows: Iterable[tuple[OutValue, ...]], note: str = ""
) -> OutSheet:
    """A sheet of the report; the service puts office and year before its title."""
    return OutSheet(name, name, columns, tuple(rows), note)


def said_most(counts: Sequence[tuple[str, str, int]], unit: str = "个") -> str:
    """Which has most and which least, all of those that are equal; nothing where all are."""
    most, least = max(count for _, _, count in counts), min(count for _, _, count in counts)
    if most == least:
        return ""
    highest = [label for _, label, count in counts if count == most]
    lowest = [label for _, label, count in counts if count == least]
    return f"最多的是{_named(highest, most, unit)}，最少的是{_named(lowest, least, unit)}"


def _named(labels: Sequence[str], count: int, unit: str) -> str:
    names = "、".join(labels) if len(labels) <= 3 else f"{'、'.join(labels[:2])}等{len(labels)}处"
    return f"{names}（{'各' if len(labels) > 1 else ''}{count:,}{unit}）"
