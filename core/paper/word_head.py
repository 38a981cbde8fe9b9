"""The head of page 1 in a Word document, from the marks of the printed one: each line becomes a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from core.model.document import DocumentFormat, OfficialDocument
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import (
    BLACK,
    PAPER_HEIGHT,
    RED,
    SIZE_2,
    SIZE_3,
    TITLE_LEADING,
    TYPE_TOP,
    TYPE_WIDTH,
    Grid,
    baseline_in,
)
from core.paper.head import document_head
from core.paper.page import Ink, Rule
from core.paper.word_tables import WordCell, WordRow, table_element
from core.paper.word_xml import Border, Element, Letters, Look, Tab, paragraph, run, spacer

_BASELINE = 0.8
"""Depth of the baseline in a line of exact height in Word, as a share of it."""
_BIG_LINE = 1.25
"""Height of a line of big type, in ems: with this its baseline is one em deep."""
_NEAR = 0.6
_RULE_LINE = 1.0
"""Height of the empty paragraph that has the two red rules of a letter as its borders."""


@dataclass(frozen=True, slots=True)
class WordHead:
    """What stands in the text, and in header and footer of page 1 of a letter.

    `header_top` and `footer_end` are points from the upper and from the lower edge of the paper.
    """

    parts: Sequence[Element]
    header: Sequence[Element] = ()
    footer: Sequence[Element] = ()
    header_top: float = 0.0
    footer_end: float = 0.0


class _Flow:
    """Lines one under another; `y` is where the last one ends, in points below the type area's top."""

    def __init__(self, y: float) -> None:
        self.y = y
        self._parts: list[tuple[Look, Sequence[Element]] | Element] = []

    def add(self, look: Look, top: float, height: float, *runs: Element) -> None:
        """A line that begins at `top`, or under the last one if that reaches further."""
        before = max(0.0, top - self.y)
        self._parts.append((replace(look, before=before, line=height), runs))
        self.y += before + height

    def add_table(self, table: Element, top: float, height: float) -> None:
        """A table that begins at `top`."""
        self._parts += [spacer(top - self.y), table]
        self.y = top + height

    def end_at(self, y: float, rule: Rule | None = None) -> None:
        """Blank under the last line down to `y`, or a rule there."""
        last = self._parts.pop() if self._parts else (Look("Gap", line=1.0), ())
        if isinstance(last, tuple):
            look, runs = last
            if rule:
                look = replace(look, rules={"bottom": _border(rule, rule.y - rule.weight / 2 - self.y)})
            else:
                look = replace(look, after=max(0.0, y - self.y))
            last = look, runs
        self._parts.append(last)
        self.y = max(y, self.y)

    def parts(self) -> list[Element]:
        """What was added."""
        return [paragraph(part[0], *part[1]) if isinstance(part, tuple) else part for part in self._parts]


def word_head(document: OfficialDocument, grid: Grid, fonts: FontLibrary) -> WordHead:
    """Page 1 down to the blank line under the title; on red stock its red parts are blank.

    Raises:
        DocumentFailed: a name or a word group of the title is too long for a line.
    """
    page = document_head(replace(document, red_stock=False), grid, fonts)
    inks = [mark for mark in page.marks if isinstance(mark, Ink)]
    rules = [mark for mark in page.marks if isinstance(mark, Rule)]
    names = [ink for ink in inks if ink.colour == RED]
    black = [ink for ink in inks if ink.colour == BLACK]
    if document.format is DocumentFormat.LETTER:
        header, footer, y = _letter(document, names[0], rules)
        flow = _Flow(max(grid.top, y))
        _add_lines(flow, black, document, grid, fonts)
        flow.end_at(page.bottom)
        top, end = (
            TYPE_TOP + _top_of_big(names[0]),
            PAPER_HEIGHT - TYPE_TOP - rules[3].y - rules[3].weight / 2,
        )
        return WordHead(flow.parts(), header, footer, top, end)
    flow = _Flow(grid.top)
    if names:
        _add_lines(flow, [ink for ink in black if ink.y < names[0].y], document, grid, fonts)
        _add_names(flow, names, document)
        black = [ink for ink in black if ink.y > names[0].y]
        numbers = [ink for ink in black if ink.y < rules[0].y]
        _add_lines(flow, numbers, document, grid, fonts)
        flow.end_at(rules[0].y, None if document.red_stock else rules[0])
        black = [ink for ink in black if ink.y > rules[0].y]
    _add_lines(flow, black, document, grid, fonts)
    flow.end_at(page.bottom)
    return WordHead(flow.parts())


def _border(rule: Rule, gap: float = 0.0) -> Border:
    return Border(rule.weight, gap, rule.colour)


def _top_of_big(ink: Ink) -> float:
    """Where a line begins whose big type has this baseline."""
    return ink.y - _BASELINE * _BIG_LINE * ink.size


def _letter(
    document: OfficialDocument, name: Ink, rules: Sequence[Rule]
) -> tuple[list[Element], list[Element], float]:
    """Header and footer of page 1, and where the header ends."""
    look = Look("Head", line=_BIG_LINE * name.size)
    gap = rules[0].y - _top_of_big(name) - _BIG_LINE * name.size
    header = [
        paragraph(look, *([] if document.red_stock else [_red_run(name)])),
        _double_rule(rules[:2], gap, blank=document.red_stock),
    ]
    footer = [_double_rule(rules[2:], 0.0, blank=document.red_stock)]
    return header, footer, rules[1].y + rules[1].weight / 2


def _double_rule(rules: Sequence[Rule], before: float, *, blank: bool) -> Element:
    """An empty line between two rules that reach beyond the type area."""
    upper, lower = rules
    edges = {} if blank else {"top": _border(upper), "bottom": _border(lower)}
    look = Look("Gap", max(0.0, before), line=_RULE_LINE, left=upper.x, right=TYPE_WIDTH - upper.x_end)
    return paragraph(replace(look, rules=edges))


def _red_run(ink: Ink) -> Element:
    return run(ink.text, Letters(size=ink.size, breadth=ink.breadth))


def _add_names(flow: _Flow, names: Sequence[Ink], document: OfficialDocument) -> None:
    """发文机关标志: one line, or the names of several offices over each other with 文件 beside them."""
    first = names[0]
    height = _BIG_LINE * first.size
    if not document.partners:
        runs = [] if document.red_stock else [_red_run(first)]
        flow.add(Look("Head"), _top_of_big(first), height, *runs)
        return
    stacked = names[: 1 + len(document.partners)]
    beside = names[len(stacked) :]
    total = len(stacked) * height
    if document.red_stock:
        flow.add(Look("Head"), _top_of_big(first), total)
    else:
        flow.add_table(_stack(stacked, beside, height), _top_of_big(first), total)


def _stack(names: Sequence[Ink], beside: Sequence[Ink], height: float) -> Element:
    """The names spread to one width, and what stands beside the middle of all of them."""
    left = names[0].x
    right = TYPE_WIDTH - left
    edge = beside[0].x if beside else right
    rows = []
    for number, ink in enumerate(names):
        name = paragraph(Look("Head", line=height, align="distribute"), _red_run(ink))
        cells = [WordCell([name])]
        if beside:
            shown = [_red_run(beside[0])] if number == 0 else []
            kind = paragraph(Look("Head", line=height, align="right"), *shown)
            cells.append(WordCell([kind], merged="continue" if number else "restart"))
        rows.append(WordRow(cells, height, exact=True))
    gap = 0.4 * names[0].size * names[0].breadth if beside else 0.0
    widths = [edge - left - gap, right - edge + gap] if beside else [right - left]
    return table_element(widths, rows, indent=left)


def _add_lines(
    flow: _Flow, inks: Sequence[Ink], document: OfficialDocument, grid: Grid, fonts: FontLibrary
) -> None:
    """The lines of number, signers and title; those of the title are one paragraph."""
    ordered = sorted(inks, key=lambda ink: (round(ink.y, 2), ink.x))
    for is_title, group in groupby(ordered, lambda ink: ink.role is Role.TITLE):
        if is_title:
            _add_title(flow, list(group))
            continue
        for _, line in groupby(group, lambda ink: round(ink.y, 2)):
            _add_line(flow, list(line), document, grid, fonts)


def _add_title(flow: _Flow, lines: Sequence[Ink]) -> None:
    first = lines[0]
    top = first.y - baseline_in(TITLE_LEADING, first.size)
    letters = Letters(size=first.size if first.size != SIZE_2 else None)
    text = run("\n".join(line.text for line in lines), letters)
    flow.add(Look("DocumentTitle"), top, TITLE_LEADING, text)
    flow.y += (len(lines) - 1) * TITLE_LEADING


def _add_line(
    flow: _Flow, inks: Sequence[Ink], document: OfficialDocument, grid: Grid, fonts: FontLibrary
) -> None:
    top = inks[0].y - baseline_in(grid.pitch, SIZE_3)
    start, end = inks[0].x, _end(inks[-1], fonts)
    look = Look(_style_of(inks, document))
    runs = [run(ink.text, _letters(ink)) for ink in inks]
    if len(inks) == 1 and abs(start + end - TYPE_WIDTH) < 2 * _NEAR:
        look = replace(look, align="center")
    elif len(inks) == 1 and abs(end - TYPE_WIDTH) < _NEAR:
        look = replace(look, align="right")
    else:
        stops, runs = _tabbed(inks, fonts)
        look = replace(look, align="left", tabs=stops)
    flow.add(look, top, grid.pitch, *runs)


def _tabbed(inks: Sequence[Ink], fonts: FontLibrary) -> tuple[list[Tab], list[Element]]:
    """Texts that stand apart, each at a tab stop, the last one ending at its own.

    There is no indent, as the red rule under a paragraph begins where that does.
    """
    stops: list[Tab] = []
    runs: list[Element] = []
    reached = 0.0
    for ink in inks:
        if ink.x > reached + _NEAR:
            stops.append(Tab(_end(ink, fonts), "right") if ink is inks[-1] and stops else Tab(ink.x))
            runs.append(run("\t"))
        runs.append(run(ink.text, _letters(ink)))
        reached = _end(ink, fonts)
    return stops, runs


def _end(ink: Ink, fonts: FontLibrary) -> float:
    return ink.x + fonts.width(ink.text, ink.role, ink.size)


def _letters(ink: Ink) -> Letters:
    role = None if ink.role is Role.BODY else ink.role
    return Letters(role, ink.size if ink.size != SIZE_3 else None)


def _style_of(inks: Sequence[Ink], document: OfficialDocument) -> str:
    texts = {ink.text for ink in inks}
    if any(ink.role is Role.KAI for ink in inks):
        return "Signer"
    if texts <= {document.copy_number, document.secrecy, document.urgency}:
        return "Marking"
    return "Number"
