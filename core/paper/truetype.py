"""A TrueType file as ReportLab embeds it, with the three faults mended that its own class has."""

import hashlib
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from struct import unpack, unpack_from
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFontFace

if TYPE_CHECKING:

    class TTFont:
        """What is used of ReportLab's class, which has no types."""

        face: TTFontFace
        fontName: str
        state: dict[PDFDocument, Any]

        def splitString(self, text: str, doc: PDFDocument) -> list[tuple[int, bytes]]:
            """Parts of the text by subset, as codes."""

        def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:
            """The name of a subset in the document."""

        def __init__(self, name: str, filename: str, *, asciiReadable: bool, shapable: bool) -> None:
            """Parse the file."""

        def addObjects(self, doc: PDFDocument) -> None:
            """Write the font into the document."""

else:
    from reportlab.pdfbase.ttfonts import TTFont

_ENTRIES_PER_BLOCK = 100


class EmbeddedFont(TTFont):
    """A parsed font file, registered with ReportLab under a name of its own; serves many documents."""

    def __init__(self, path: Path, mark: str = "") -> None:
        """Parse and register the file; `mark` is added to its name, which stands in every PDF.

        Raises:
            TTFError: it cannot be embedded (PostScript outlines, or its licence bits forbid it).
            OSError, ValueError, LookupError, struct.error: the file cannot be read or is damaged.
        """
        self._path = path
        super().__init__(path.stem, str(path), asciiReadable=False, shapable=False)
        _mend_advances(self.face)
        _spare_copies(self.face)
        # ReportLab draws with whichever font it met first under a face name, so two files must not share one.
        name = self.face.name.decode("ascii") + mark
        while name in pdfmetrics.getRegisteredFontNames():
            name += "-2"
        self.fontName, self.face.name = name, name.encode("ascii")
        pdfmetrics.registerFont(self)
        self._codes: WeakKeyDictionary[PDFDocument, _Codes] = WeakKeyDictionary()

    def codes(self, text: str, document: PDFDocument) -> list[tuple[str, str]]:
        """The text as a document writes it: names of subsets, with the codes of what each of them draws."""
        known = self._codes.get(document)
        if known is None:
            known = self._codes[document] = _Codes(self, document)
        coded = [known[character] for character in text]
        if len({name for name, _ in coded}) == 1:
            return [(coded[0][0], "".join([code for _, code in coded]))]
        return [
            (name, "".join([code for _, code in group])) for name, group in groupby(coded, key=itemgetter(0))
        ]

    def draws(self, character: str) -> bool:
        """Whether the font has a visible shape for the character (spaces need none)."""
        code = ord(character)
        glyph = self.face.charToGlyph.get(code, 0)
        return glyph != 0 and (character.isspace() or has_shape(self.face, code))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file."""
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def title(self) -> str:
        """What the font calls itself, in Latin letters."""
        return str(self.face.fullName.decode("ascii", "replace"))

    def advance(self, character: str) -> float:
        """Width of the character in units of the font size."""
        return float(self.face.getCharWidth(ord(character))) / 1000

    def ink_box(self, character: str) -> tuple[float, float, float, float]:
        """Left, lowest, right and highest point of the shape in ems; ReportLab does not tell them."""
        glyph = self.face.charToGlyph[ord(character)]
        start, end = self.face.glyphPos[glyph : glyph + 2]
        if start == end:
            return 0.0, 0.0, 0.0, 0.0
        _, *box = unpack(">5h", self.face.get_chunk(self.face.get_table_pos("glyf")[0] + start, 10))
        left, lowest, right, highest = (each / self.face.unitsPerEm for each in box)
        return left, lowest, right, highest

    def addObjects(self, doc: PDFDocument) -> None:
        """Write the font into the document as ReportLab does, then mend what copying and searching go by."""
        state = self.state[doc]
        super().addObjects(doc)
        for number, subset in enumerate(state.subsets):
            written = doc.idToObject["BasicFonts"].dict[f"{state.internalName}+{number}"]
            doc.idToObject[written.ToUnicode.name].content = to_unicode_map(subset)


class _Codes(dict[str, tuple[str, str]]):
    """For each character of a document the subset that draws it, and its code there, escaped."""

    def __init__(self, font: EmbeddedFont, document: PDFDocument) -> None:
        super().__init__()
        self._font = font
        self._document = ref(document)  # the document keeps this alive, not the other way round
        self._names: dict[int, str] = {}

    def __missing__(self, character: str) -> tuple[str, str]:
        document = self._document()
        [(subset, code)] = self._font.splitString(character, document)
        if subset not in self._names:
            self._names[subset] = self._font.getSubsetInternalName(subset, document)
        self[character] = answer = self._names[subset], str(escapePDF(code))
        return answer


class _Shapes:
    """The shapes of a font: a slice is copied from the file, never all of it, which may be 30 MB."""

    def __init__(self, face: TTFontFace) -> None:
        self._read = face.get_chunk
        self._start, _ = face.get_table_pos("glyf")

    def __getitem__(self, wanted: slice) -> bytes:
        return bytes(self._read(self._start + wanted.start, wanted.stop - wanted.start))


@cache
def registered(name: str) -> EmbeddedFont:
    """The font that ReportLab knows under this name.

    Raises:
        KeyError: none of this program's fonts has it.
    """
    font = pdfmetrics.getFont(name)
    if not isinstance(font, EmbeddedFont):
        raise KeyError(name)
    return font


def has_shape(face: TTFontFace, code: int) -> bool:
    """Whether the glyph of a character that the font has is not blank."""
    glyph = face.charToGlyph[code]
    start, end = face.glyphPos[glyph : glyph + 2]
    return bool(start < end)


def to_unicode_map(subset: list[int]) -> str:
    """CMap from the codes of a font subset to text in UTF-16, as PDF asks also beyond U+FFFF."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for start in range(0, len(entries), _ENTRIES_PER_BLOCK):
        block = entries[start : start + _ENTRIES_PER_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap CMapName currentdict /CMap defineresource pop end end"])


def _mend_advances(face: TTFontFace) -> None:
    """Give the glyphs that share the last advance that of the font; ReportLab scales it to 1000 units."""
    (count,) = unpack_from(">H", face.get_table("hhea"), 34)
    advance = face.hmetrics[count - 1][0]
    face.hmetrics[count:] = [(advance, bearing) for _, bearing in face.hmetrics[count:]]


def _spare_copies(face: TTFontFace) -> None:
    """Let a subset be cut without a copy of all shapes before it: a sixth of a letter's time."""
    whole, shapes = face.get_table, _Shapes(face)
    face.get_table = lambda tag: shapes if tag == "glyf" else whole(tag)
