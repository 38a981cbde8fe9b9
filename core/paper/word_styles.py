"""The styles of a Word document by their Chinese names, so that a clerk can go on writing with them."""

from dataclasses import dataclass
from math import floor

from docx.styles.styles import Styles

from core.paper.fonts import Role
from core.paper.grid import CELL, RED, SIZE_2, SIZE_3, SIZE_4, TITLE_LEADING
from core.paper.page import Colour
from core.paper.people import LABEL_ROLE
from core.paper.text_blocks import HEADING_ROLES
from core.paper.word_xml import Element, Look, element, face, flag, hexadecimal, sizes, twips

_AS_TEXT = Look()
_CLOSER = floor(20 * (CELL - SIZE_3))
"""Twips added to the width of each character of the text, so that 28 stand on a line."""
_LEVELS = "一二三四"
_NO_BLANKS = ("autoSpaceDE", "autoSpaceDN")


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: lengths in points, `chars` the first line's indent in characters."""

    id: str
    name: str
    role: Role = Role.BODY
    size: float = SIZE_3
    look: Look = _AS_TEXT
    chars: int = 0
    in_cells: bool = True
    colour: Colour | None = None
    following: str = ""


def heading_style(level: int) -> str:
    """The style of a heading of this level that stands alone."""
    return f"Heading{level}"


def heading_letters(level: int) -> str:
    """The style of a heading of this level that the text follows on the same line."""
    return f"Heading{level}Letters"


PEOPLE_LABEL = "PeopleLabel"


_CENTRED = Look(align="center")
_STYLES = (
    _Style("Head", "发文机关标志", Role.TITLE, 54, _CENTRED, colour=RED, in_cells=False),
    _Style("Marking", "份号密级紧急程度", look=Look(align="left")),
    _Style("Number", "发文字号", look=_CENTRED, in_cells=False),
    _Style("Signer", "签发人", look=Look(align="left"), in_cells=False),
    _Style(
        "DocumentTitle",
        "公文标题",
        Role.TITLE,
        SIZE_2,
        Look(align="center", line=TITLE_LEADING, level=0),
        in_cells=False,
        following="Addressee",
    ),
    _Style("Addressee", "主送机关", following="BodyText"),
    _Style("BodyText", "公文正文", chars=2),
    *(
        _Style(
            heading_style(level),
            f"{_LEVELS[level - 1]}级标题",
            HEADING_ROLES[level],
            look=Look(keep_next=True, level=level),
            chars=2,
            following="BodyText",
        )
        for level in range(1, len(HEADING_ROLES))
    ),
    _Style("People", "名单"),
    _Style("AnnexList", "附件说明", look=Look(keep_next=True)),
    _Style("Signature", "署名", look=Look(align="right"), in_cells=False),
    _Style("Day", "成文日期", look=Look(align="right"), in_cells=False),
    _Style("Note", "附注", chars=2),
    _Style("AnnexNumber", "附件序号", Role.HEI, look=Look(align="left", keep_next=True)),
    _Style(
        "AnnexTitle",
        "附件标题",
        Role.TITLE,
        SIZE_2,
        Look(align="center", keep_next=True, level=0),
        in_cells=False,
        following="BodyText",
    ),
    _Style("TableHead", "表头", Role.HEI, SIZE_4, Look(align="center"), in_cells=False),
    _Style("TableText", "表格文字", Role.BODY, SIZE_4, Look(align="center"), in_cells=False),
    _Style("Imprint", "版记", Role.BODY, SIZE_4, in_cells=False),
    _Style("ReceiptTitle", "回执标题", Role.TITLE, SIZE_3, _CENTRED, in_cells=False),
    _Style("Receipt", "回执", Role.BODY, SIZE_4, Look(align="left"), in_cells=False),
    _Style("PageNumber", "页码", Role.SONG, SIZE_4, in_cells=False),
    _Style("Gap", "空白", Role.BODY, 1, in_cells=False),
)


def write_styles(styles: Styles, pitch: float) -> None:
    """Put these styles in the place of all others; `pitch` is the height of a line of text."""
    root = styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults())
    root.append(_normal(pitch))
    root.append(_named("character", "DefaultLetters", "Default Paragraph Font", default=1))
    root.append(_table_basis())
    for style in _STYLES:
        root.append(_paragraph_style(style))
    for level in range(1, len(HEADING_ROLES)):
        name = f"{_LEVELS[level - 1]}级标题文字"
        root.append(_letters_style(heading_letters(level), name, HEADING_ROLES[level]))
    root.append(_letters_style(PEOPLE_LABEL, "名单标签", LABEL_ROLE))


def _named(
    kind: str, style_id: str, name: str, *parts: Element | None, default: int | None = None
) -> Element:
    own = None if default else 1
    return element(
        "style",
        element("name", val=name),
        *parts,
        type=kind,
        default=default,
        customStyle=own,
        styleId=style_id,
    )


def _defaults() -> Element:
    letters = element(
        "rPr",
        face(Role.BODY),
        *sizes(SIZE_3),
        element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return element("docDefaults", element("rPrDefault", letters), element("pPrDefault", element("pPr")))


def _normal(pitch: float) -> Element:
    """The basis of all: lines as on the grid, both edges straight, no blanks between Chinese and Latin.

    It names the type size again, as the grid of characters is measured by it. The characters stand on the
    grid by their own spacing: LibreOffice gives two cells to one that is wider than a cell.
    """
    look = element(
        "pPr",
        flag("widowControl", False),
        flag("overflowPunct", False),
        *(flag(tag, False) for tag in _NO_BLANKS),
        flag("snapToGrid", False),
        element("spacing", before=0, after=0, line=twips(pitch), lineRule="exact"),
        element("jc", val="both"),
    )
    letters = element(
        "rPr", face(Role.BODY), flag("snapToGrid", False), element("spacing", val=_CLOSER), *sizes(SIZE_3)
    )
    return _named("paragraph", "Normal", "Normal", element("qFormat"), look, letters, default=1)


def _table_basis() -> Element:
    sides = (element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    look = element("tblPr", element("tblInd", w=0, type="dxa"), element("tblCellMar", *sides))
    return _named("table", "NormalTable", "Normal Table", look, default=1)


def _paragraph_style(style: _Style) -> Element:
    look = style.look.properties()
    if style.chars:
        indent = element("ind", firstLineChars=100 * style.chars, firstLine=twips(style.chars * style.size))
        place = next(
            (n for n, part in enumerate(look) if part.tag.endswith(("}jc", "}outlineLvl"))), len(look)
        )
        look.insert(place, indent)
    letters = element(
        "rPr",
        face(style.role),
        element("color", val=hexadecimal(style.colour)) if style.colour else None,
        None if style.in_cells else element("spacing", val=0),
        *sizes(style.size),
    )
    return _named(
        "paragraph",
        style.id,
        style.name,
        element("basedOn", val="Normal"),
        element("next", val=style.following) if style.following else None,
        element("qFormat"),
        look,
        letters,
    )


def _letters_style(style_id: str, name: str, role: Role) -> Element:
    return _named(
        "character",
        style_id,
        name,
        element("basedOn", val="DefaultLetters"),
        element("qFormat"),
        element("rPr", face(role)),
    )
