"""Pages: what is drawn where, and how items of a given height fill them one after another."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, NamedTuple, Protocol, TypeAlias

from core.errors import DocumentFailed
from core.model.chart import Chart
from core.model.drawn_chart import DrawnChart
from core.paper.fonts import Role
from core.paper.grid import BLACK, SIZE_3, Grid, baseline_in
from core.paper.lines import Line, Placed

_TOLERANCE = 0.01

Colour: TypeAlias = tuple[float, float, float]
DrawPicture: TypeAlias = Callable[[Any, float, float], None]
"""Draws on a canvas whose y goes up, from this lower left corner."""


class DrawsCharts(Protocol):
    """Makes pictures of charts; what it needs for it is loaded when the first one is asked for."""

    def picture(self, chart: Chart) -> tuple[float, DrawPicture]:
        """Its height, and what draws it.

        Raises:
            DocumentFailed: a character has no font.
        """

    def shown(self, chart: Chart) -> DrawnChart:
        """The same drawing for the window.

        Raises:
            DocumentFailed: a character has no font.
        """


@dataclass(frozen=True, slots=True)
class Ink:
    """Text drawn from `x` on the baseline `y`, in points right of and below the type area's corner.

    `spacing` is added after each character; `breadth` is the share of their width that these are set in.
    """

    x: float
    y: float
    text: str
    role: Role = Role.BODY
    size: float = SIZE_3
    colour: Colour = BLACK
    spacing: float = 0.0
    breadth: float = 1.0

    def moved(self, x: float, y: float) -> "Ink":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; `dash` is the length of its dashes and gaps, 0 for an unbroken one."""

    x: float
    y: float
    x_end: float
    y_end: float
    weight: float
    colour: Colour = BLACK
    dash: float = 0.0

    def moved(self, x: float, y: float) -> "Rule":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y, x_end=self.x_end + x, y_end=self.y_end + y)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing from its lower left corner."""

    x: float
    y: float
    draw: DrawPicture

    def moved(self, x: float, y: float) -> "Picture":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


Mark: TypeAlias = Ink | Rule | Picture


@dataclass(frozen=True, slots=True)
class Item:
    """What is kept in one piece on a page: a line of text, a table row.

    `glued`: the next item must stand on the same page. `head` is repeated where a page begins with this item.
    `boxed`: it has rules, so it keeps within the type area itself. `foot` closes its box where a page ends
    with it. `to_grid`: it is blank, and as much higher as the next item needs to stand on the grid again.
    `block` is the block of the text that it belongs to, counted from 0.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    glued: bool = False
    head: "Item | None" = None
    boxed: bool = False
    foot: Rule | None = None
    to_grid: bool = False
    block: int | None = None


class Extent(NamedTuple):
    """How far down a page a block of the text reaches."""

    block: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page; `bottom` is where its content ends, `turned` says that it reads from the right.

    `number` is its place in the document, printed if `numbered`; `log_head` stands outside the type area,
    as the number does; `annex` is the place of the 附件 it is of, 0 in the document itself; `extents` say
    where the blocks of the text stand.
    """

    marks: tuple[Mark, ...] = ()
    bottom: float = 0.0
    turned: bool = False
    numbered: bool = True
    number: int = 0
    log_head: Ink | None = None
    annex: int = 0
    extents: tuple[Extent, ...] = ()


def line_inks(line: Line, x: float, y: float, size: float) -> list[Ink]:
    """A line drawn from `x` on; characters at equal distances are one piece of text."""
    inks = []
    start = 0
    while start < len(line.pieces):
        end, step = _row(line.pieces, start)
        first = line.pieces[start]
        spacing = step - first.advance if end > start + 1 else 0.0
        text = "".join([piece.text for piece in line.pieces[start:end]])
        inks.append(Ink(x + first.origin, y, text, first.role, size, spacing=spacing))
        start = end
    return inks


def _row(pieces: Sequence[Placed], start: int) -> tuple[int, float]:
    """Where the row of like characters at equal distances ends that begins at `start`; and the distance."""
    text, role, _, _, last, advance = pieces[start]
    if len(text) > 1 or start + 1 == len(pieces):
        return start + 1, 0.0
    step = pieces[start + 1].origin - last
    for end in range(start + 1, len(pieces)):
        text, its_role, _, _, origin, its_advance = pieces[end]
        like = len(text) == 1 and its_role is role and its_advance == advance
        if not like or abs(origin - last - step) >= _TOLERANCE:
            return end, step
        last = origin
    return len(pieces), step


def line_item(line: Line, size: float, pitch: float) -> Item:
    """A line of text on its row of the grid."""
    return Item(pitch, tuple(line_inks(line, 0, baseline_in(pitch, size), size)))


class _Ahead:
    """Items that are not on a page yet, read only as far as somebody looks."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._coming = iter(items)
        self._seen: list[Item] = []

    def __getitem__(self, place: int) -> Item:
        return self._seen[place]

    def has(self, place: int) -> bool:
        """Whether there are more items than this."""
        while len(self._seen) <= place:
            item = next(self._coming, None)
            if item is None:
                return False
            self._seen.append(item)
        return True

    def first(self, count: int) -> Sequence[Item]:
        """The next so many."""
        return self._seen[:count]

    def pass_by(self, count: int) -> None:
        """They are on a page."""
        del self._seen[:count]


def fill_pages(
    items: Iterable[Item], grid: Grid, begun: Page | None = None, first: Grid | None = None
) -> list[Page]:
    """The items on pages of a grid; `begun` is a page that they go on with, on a grid of its own if `first`.

    Raises:
        DocumentFailed: an item is higher than a page.
    """
    return list(pages_of(items, grid, begun, first))


def pages_of(
    items: Iterable[Item], grid: Grid, begun: Page | None = None, first: Grid | None = None
) -> Iterator[Page]:
    """As `fill_pages`, each page made when it is asked for: of ten thousand only one is held.

    Raises:
        DocumentFailed: an item is higher than a page.
    """
    ahead = _Ahead(items)
    while ahead.has(0):
        if not begun and not ahead[0].marks:
            ahead.pass_by(1)
            continue
        page, count = _filled(ahead, (begun and first) or grid, begun)
        ahead.pass_by(count)
        yield page
        begun = None


def _filled(items: _Ahead, grid: Grid, begun: Page | None) -> tuple[Page, int]:
    """A page with the items that fit and may part from the next; and how many these are."""
    head = None if begun else items[0].head
    column = [head] if head else []
    top = begun.bottom if begun else 0.0 if items[0].boxed else grid.top
    origin = begun.bottom if begun else grid.top
    y = top + sum(item.height for item in column)
    end = 0
    while items.has(end) and y + items[end].height <= _limit(items[end], grid) + _TOLERANCE:
        y = _end_of(items[end], y, origin, grid.pitch)
        end += 1
    if not end and not begun:
        longest = max((mark.text for mark in items[0].marks if isinstance(mark, Ink)), key=len, default="")
        raise DocumentFailed(
            "item_too_high", f"含有“{longest}”的一行内容比一页还高，排不下。", "请缩短这一行的文字后重试。"
        )
    column += items.first(_parting(items, end, begun is not None))
    count = len(column) - bool(head)
    marks = list(begun.marks) if begun else []
    extents: dict[int, Extent] = {}
    for item in column:
        marks += [mark.moved(0, top) for mark in item.marks]
        if item.block is not None:
            begin = extents[item.block].top if item.block in extents else top
            extents[item.block] = Extent(item.block, begin, top + item.height)
        top = _end_of(item, top, origin, grid.pitch)
    if column and column[-1].foot:
        marks.append(column[-1].foot.moved(0, top - column[-1].height))
    numbered = not begun or begun.numbered
    return Page(tuple(marks), top, numbered=numbered, extents=tuple(extents.values())), count


def _end_of(item: Item, y: float, origin: float, pitch: float) -> float:
    """Where the item ends that begins at `y`, on a grid that begins at `origin`."""
    if not item.to_grid:
        return y + item.height
    return origin + ceil((y + item.height - origin) / pitch - _TOLERANCE) * pitch


def _limit(item: Item, grid: Grid) -> float:
    return grid.height if item.boxed else max(grid.bottom, grid.height)


def _parting(items: _Ahead, end: int, begun: bool) -> int:
    """The last place up to `end` where a page may end.

    Where all belongs together, two rows of a table are parted; else it is `end` itself, or the beginning on a
    page that was begun if this would leave the head of a table alone.
    """
    if not items.has(end):
        return end
    places = range(end, 0, -1)
    rows = (place for place in places if items[place - 1].head and items[place].head)
    parted = next((place for place in places if not items[place - 1].glued), next(rows, None))
    if parted is None:
        head_alone = items[end - 1].boxed and not items[end - 1].head
        return 0 if begun and head_alone else end
    return parted
