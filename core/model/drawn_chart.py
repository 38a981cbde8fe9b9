"""A chart as it was drawn for paper, as plain shapes: the window paints the same ones."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Shade(StrEnum):
    """What a colour is for; paper and the themes of the window have each their own value for it."""

    INK = "ink"
    QUIET = "quiet"
    RULE = "rule"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    DARK = "dark"
    MIDDLE = "middle"
    LIGHT = "light"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Text from `x` on the baseline `y`, in the font of a file; it is `width` wide."""

    x: float
    y: float
    text: str
    size: float
    width: float
    font: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """An upright box from its upper left corner; `weight` 0 means no edge."""

    x: float
    y: float
    width: float
    height: float
    fill: Shade | None
    edge: Shade | None
    weight: float


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A straight line; `dash` are the lengths of dashes and gaps, none for an unbroken one."""

    x: float
    y: float
    x_end: float
    y_end: float
    weight: float
    shade: Shade
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnOutline:
    """A closed figure through its corners."""

    corners: tuple[tuple[float, float], ...]
    fill: Shade | None
    edge: Shade | None
    weight: float


DrawnShape: TypeAlias = DrawnText | DrawnBox | DrawnLine | DrawnOutline


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a category stands in the picture; `words` say its exact figures."""

    key: str
    words: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """The finished picture in points, from the upper left corner; shapes in the order of painting."""

    title: str
    width: float
    height: float
    shapes: tuple[DrawnShape, ...]
    spots: tuple[Spot, ...]
