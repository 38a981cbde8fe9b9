"""What a chart says: title, unit, categories and exact figures; nothing of how it looks."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Figure: TypeAlias = int | Decimal | None
"""An exact figure; None where it is not known, which is not the same as 0."""

UNKNOWN = "缺"
MOST_CATEGORIES = 36
"""Bars that one picture holds; a chart of more is parted."""
MOST_SERIES = 8
"""Patterns that can be told apart in black and white."""


class ChartKind(StrEnum):
    """How figures are compared: bars lying or upright, parts of bars, lines over years."""

    BARS = "bars"
    COLUMNS = "columns"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class ChartCategory:
    """What a bar or a place on the line stands for; `key` is what a click on it tells."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A figure for each category, in their order."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn; `places` are their decimals, `note` is said below the picture.

    Bars and columns have one series, parts of bars and lines up to `MOST_SERIES`. `reach` is what the scale
    reaches in any case, so that parts of one chart are drawn to one scale.
    """

    code: str
    title: str
    unit: str
    kind: ChartKind
    categories: tuple[ChartCategory, ...]
    series: tuple[ChartSeries, ...]
    places: int = 0
    note: str = ""
    reach: Figure = None

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn.

        Raises:
            ValueError: there is no category, a figure too many or too few, a negative one, too many series.
        """
        single = self.kind in (ChartKind.BARS, ChartKind.COLUMNS)
        if not self.categories or not 1 <= len(self.series) <= (1 if single else MOST_SERIES):
            raise ValueError(f"chart {self.code}: categories or series do not fit its kind")
        if any(len(each.figures) != len(self.categories) for each in self.series):
            raise ValueError(f"chart {self.code}: a series has not one figure for each category")
        if any(figure is not None and figure < 0 for each in self.series for figure in each.figures):
            raise ValueError(f"chart {self.code}: a figure is negative")

    def words(self, figure: Figure) -> str:
        """The figure as it is read: 1,234 or 12.5; 缺 where it is not known."""
        return UNKNOWN if figure is None else f"{figure:,.{self.places}f}"

    def tells(self, place: int) -> str:
        """All that the chart says of a category, a line each series."""
        label = self.categories[place].label
        said = [(each.name, each.figures[place]) for each in self.series]
        if len(said) == 1:
            return f"{label}：{self._with_unit(said[0][1])}"
        return "\n".join([label, *(f"{name}：{self._with_unit(figure)}" for name, figure in said)])

    def _with_unit(self, figure: Figure) -> str:
        return UNKNOWN if figure is None else f"{self.words(figure)} {self.unit}"

    @property
    def largest(self) -> Figure:
        """What the scale has to reach: the largest figure, of parts of bars the largest sum; None if none."""
        rows = zip(*(each.figures for each in self.series), strict=True)
        known = [[figure for figure in row if figure is not None] for row in rows]
        tops = [sum(row) if self.kind is ChartKind.STACKED else max(row) for row in known if row]
        if self.reach is not None:
            tops.append(self.reach)
        return max(tops, default=None)


def parted(chart: Chart) -> tuple[Chart, ...]:
    """The chart in pictures of at most `MOST_CATEGORIES` each, all on one scale."""
    count = len(chart.categories)
    if count <= MOST_CATEGORIES:
        return (chart,)
    pieces = -(-count // MOST_CATEGORIES)
    size = -(-count // pieces)
    starts = range(0, count, size)
    return tuple(
        replace(
            chart,
            title=f"{chart.title}（{number}/{pieces}）",
            categories=chart.categories[start : start + size],
            series=tuple(replace(each, figures=each.figures[start : start + size]) for each in chart.series),
            reach=chart.largest,
        )
        for number, start in enumerate(starts, start=1)
    )
