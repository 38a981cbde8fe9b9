"""WordprocessingML in small pieces: paragraphs and runs, their properties in the schema's order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from core.paper.fonts import Role
from core.paper.page import Colour

Element: TypeAlias = BaseOxmlElement
Value: TypeAlias = str | int | None

FACES: Mapping[Role, str] = {
    Role.BODY: "仿宋_GB2312",
    Role.TITLE: "方正小标宋简体",
    Role.KAI: "楷体_GB2312",
    Role.HEI: "黑体",
    Role.SONG: "宋体",
}
"""What Word looks for on the PC; the font table names what may stand in."""

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("([\t\n])")
_BORDER_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LONGEST_BORDER_GAP = 31


def element(tag: str, *children: Element | None, **attributes: Value) -> Element:
    """`<w:tag>` with these attributes and children; those that are None are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def flag(tag: str, wanted: bool | None = True) -> Element | None:
    """A property that is on or off; None leaves it to the style."""
    return None if wanted is None else element(tag, val=None if wanted else "0")


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(20 * points)


def text_of_xml(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


@dataclass(frozen=True, slots=True)
class Letters:
    """How a run looks where it differs from its paragraph's style; lengths in points, `breadth` a share."""

    role: Role | None = None
    size: float | None = None
    colour: Colour | None = None
    spacing: float = 0.0
    breadth: float = 1.0
    style: str = ""

    def properties(self) -> Element | None:
        """`<w:rPr>`, or None if nothing differs."""
        made = element(
            "rPr",
            element("rStyle", val=self.style) if self.style else None,
            face(self.role) if self.role else None,
            element("color", val=hexadecimal(self.colour)) if self.colour else None,
            element("spacing", val=twips(self.spacing)) if self.spacing else None,
            element("w", val=round(100 * self.breadth)) if self.breadth != 1 else None,
            *(sizes(self.size) if self.size else ()),
        )
        return made if len(made) else None


PLAIN = Letters()


def face(role: Role) -> Element:
    """The typeface for Chinese, Latin and all marks: curly quotes belong to the Chinese ones."""
    name = FACES[role]
    return element("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def sizes(size: float) -> tuple[Element, Element]:
    """The type size in half points, rounded down so that what was fitted still fits."""
    halves = int(2 * size + 0.001)
    return element("sz", val=halves), element("szCs", val=halves)


def hexadecimal(colour: Colour) -> str:
    """The colour as RRGGBB."""
    return "".join(f"{round(255 * part):02X}" for part in colour)


@dataclass(frozen=True, slots=True)
class Border:
    """A rule at an edge, `gap` points from the text; both in points."""

    weight: float
    gap: float = 0.0
    colour: Colour = (0.0, 0.0, 0.0)
    dashed: bool = False

    def made(self, edge: str) -> Element:
        """The rule at this edge."""
        return element(
            edge,
            val="dashed" if self.dashed else "single",
            sz=max(2, round(8 * self.weight)),
            space=min(_LONGEST_BORDER_GAP, max(0, round(self.gap))),
            color=hexadecimal(self.colour),
        )


NO_BORDER = Border(0)


def borders(tag: str, edges: Mapping[str, Border]) -> Element | None:
    """Rules in the schema's order; `NO_BORDER` says that there is none."""
    if not edges:
        return None
    return element(
        tag,
        *(
            element(edge, val="nil") if edges[edge] is NO_BORDER else edges[edge].made(edge)
            for edge in _BORDER_EDGES
            if edge in edges
        ),
    )


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop, in points from the left edge; `upon`: what leads to it is a line to write upon."""

    x: float
    align: str = "left"
    upon: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks where it differs from its style; lengths in points.

    `first` is the indent of the first line beyond `left`, `line` an exact height.
    """

    style: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    align: str = ""
    tabs: Sequence[Tab] = ()
    keep_next: bool | None = None
    new_page: bool | None = None
    rules: Mapping[str, Border] = field(default_factory=dict)
    level: int | None = None

    def properties(self) -> Element:
        """`<w:pPr>`."""
        return element(
            "pPr",
            element("pStyle", val=self.style) if self.style else None,
            flag("keepNext", self.keep_next),
            flag("pageBreakBefore", self.new_page),
            borders("pBdr", self.rules),
            self._tabs(),
            self._spacing(),
            self._indents(),
            element("jc", val=self.align) if self.align else None,
            None if self.level is None else element("outlineLvl", val=self.level),
        )

    def _tabs(self) -> Element | None:
        if not self.tabs:
            return None
        stops = (
            element("tab", val=tab.align, leader="underscore" if tab.upon else None, pos=twips(tab.x))
            for tab in self.tabs
        )
        return element("tabs", *stops)

    def _spacing(self) -> Element | None:
        if self.before is None and self.after is None and self.line is None:
            return None
        return element(
            "spacing",
            before=_twips(self.before),
            after=_twips(self.after),
            line=_twips(self.line),
            lineRule="exact" if self.line is not None else None,
        )

    def _indents(self) -> Element | None:
        if self.left is None and self.right is None and self.first is None:
            return None
        hanging = self.first is not None and self.first < 0
        return element(
            "ind",
            left=_twips(self.left),
            right=_twips(self.right),
            hanging=twips(-(self.first or 0)) if hanging else None,
            firstLineChars=None if hanging or self.first is None else 0,
            firstLine=None if hanging else _twips(self.first),
        )


def _twips(points: float | None) -> int | None:
    return None if points is None else twips(points)


def run(text: str, letters: Letters = PLAIN) -> Element:
    """Text in one look; a tab and a line end in it are what they are in Word."""
    made = element("r", letters.properties())
    for part in _BREAKS.split(text_of_xml(text)):
        if part == "\t":
            made.append(element("tab"))
        elif part == "\n":
            made.append(element("br"))
        elif part:
            said = element("t")
            said.text = part
            said.set(qn("xml:space"), "preserve")
            made.append(said)
    return made


def page_field() -> Iterable[Element]:
    """The number of the page, as runs."""
    instruction = element("instrText")
    instruction.text = "PAGE"
    for part in (
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
    ):
        yield element("r", part)
    yield run("1")
    yield element("r", element("fldChar", fldCharType="end"))


def paragraph(look: Look, *runs: Element | str) -> Element:
    """A paragraph of these runs; a text is a run that looks as the paragraph does."""
    return element(
        "p", look.properties(), *(run(each) if isinstance(each, str) else each for each in runs if each != "")
    )


def spacer(height: float, *, keep_next: bool = False) -> Element:
    """An empty paragraph of exactly this height, in points."""
    return paragraph(
        Look(style="Gap", line=max(1.0, height), keep_next=keep_next or None),
    )
