"""Lists of people: names hanging under their label, posts in one column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from unicodedata import name as name_of

from core.model.document import People, Person
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import CELL, SIZE_3, Grid, baseline_in
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.page import Item, line_inks, line_item

LABEL_ROLE = Role.HEI
INDENT = 2 * CELL
_LONGEST = 8 * CELL
"""A label or a name that is longer has a line to itself."""
_USUAL_NAME, _GAP = 3 * CELL, CELL


def padded_name(name: str) -> str:
    """A name of two Chinese characters spread over three."""
    chinese = len(name) == 2 and all(name_of(each, "").startswith("CJK") for each in name)
    return f"{name[0]}\u3000{name[1]}" if chinese else name


def people_items(lists: Sequence[People], grid: Grid, fonts: FontLibrary) -> list[Item]:
    """Lists that follow each other: their names begin in one column, and so do their posts."""
    setting = Setting(SIZE_3, CELL, fonts.width)
    if not any(person.post for people in lists for person in people.people):
        return [item for people in lists for item in _running(people, setting, grid)]
    labels, name_x, post_x = people_columns(lists, setting)
    columns = _Columns(setting, grid, name_x, post_x)
    return [
        item
        for people, label in zip(lists, labels, strict=True)
        for item in columns.items(label, people.people)
    ]


def people_columns(lists: Sequence[People], setting: Setting) -> tuple[list[str], float, float]:
    """The labels of lists with posts, and where their names and their posts begin, in points."""
    longest = max(len(people.label) for people in lists)
    labels = [f"{padded_name(people.label) if longest == 3 else people.label}：" for people in lists]
    names = [padded_name(person.name) for people in lists for person in people.people]
    name_x = INDENT + max(_widths(labels, LABEL_ROLE, setting), default=0)
    return labels, name_x, name_x + max((_USUAL_NAME, *_widths(names, Role.BODY, setting))) + _GAP


def _widths(texts: Sequence[str], role: Role, setting: Setting) -> list[float]:
    """Of those that are not too long for a column."""
    widths = (break_lines([Span(text, role)], setting, float("inf"), justify=False) for text in texts)
    return [lines[0].width for lines in widths if lines and lines[0].width <= _LONGEST + CELL]


def _running(people: People, setting: Setting, grid: Grid) -> list[Item]:
    """The names one after another, turned over under the first one; none is torn."""
    label = Span(f"{people.label}：", LABEL_ROLE)
    last = len(people.people)
    names = [
        Span(person.name + ("、" if number < last else ""), Role.BODY, whole=True)
        for number, person in enumerate(people.people, start=1)
    ]
    hang = names_hang(label.text, setting)
    lines = break_lines([label, *names], setting, grid.width, indent=INDENT, hang=hang, justify=False)
    return [line_item(line, SIZE_3, grid.pitch) for line in lines]


def names_hang(label: str, setting: Setting) -> float:
    """Where names that run on begin on their other lines, in points."""
    [head] = break_lines([Span(label, LABEL_ROLE)], setting, float("inf"), justify=False)
    return INDENT + head.width if head.width <= _LONGEST + CELL else 2 * INDENT


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where names and posts begin, in points."""

    setting: Setting
    grid: Grid
    name_x: float
    post_x: float

    def items(self, label: str, people: Sequence[Person]) -> list[Item]:
        """A list with a line or more for each person."""
        before = self._lines(label, LABEL_ROLE, INDENT)
        rows: list[Item] = []
        if before[0].width > self.name_x or len(before) > 1:
            rows, before = self._rows([before], glued=True), ()
        for person in people:
            name = self._lines(padded_name(person.name), Role.BODY, self.name_x)
            post = self._lines(person.post, Role.BODY, self.post_x)
            if name and (len(name) > 1 or name[0].width > self.post_x):
                rows += self._rows([before, name], glued=bool(post))
                rows += self._rows([post])
            else:
                rows += self._rows([before, name, post])
            before = ()
        return rows or self._rows([before])

    def _lines(self, text: str, role: Role, x: float) -> tuple[Line, ...]:
        return break_lines([Span(text, role)], self.setting, self.grid.width, indent=x, hang=x)

    def _rows(self, columns: Sequence[Sequence[Line]], *, glued: bool = False) -> list[Item]:
        """The columns side by side, kept together."""
        y = baseline_in(self.grid.pitch, SIZE_3)
        rows = [
            Item(
                self.grid.pitch,
                tuple(ink for line in row if line for ink in line_inks(line, 0, y, SIZE_3)),
                glued=True,
            )
            for row in zip_longest(*columns)
        ]
        return [*rows[:-1], *(replace(row, glued=glued) for row in rows[-1:])]
