"""What the eye sees of a text: its size fitted to a width, and where its ink begins and ends."""

from struct import unpack

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontFace

from core.errors import DocumentFailed
from core.paper.fonts import FontLibrary, Role


def fitted_size(
    text: str, role: Role, wanted: float, least: float, width: float, fonts: FontLibrary
) -> float:
    """The wanted type size, or the smaller one at which the text is just as wide as allowed.

    Raises:
        DocumentFailed: it would have to be smaller than `least`.
    """
    natural = fonts.width(text, role, wanted)
    size = wanted if natural <= width else wanted * width / natural
    if size < least:
        raise DocumentFailed(
            "text_too_wide", f"“{text}”太长，一行排不下。", "请缩短这段文字，或改用规范化简称。"
        )
    return size


def ink_extent(text: str, role: Role, size: float, fonts: FontLibrary) -> tuple[float, float]:
    """How far the text's ink reaches above the baseline and below it, in points."""
    above, below = 0.0, 0.0
    for run in fonts.runs(text, role, size):
        face = pdfmetrics.getFont(run.font_name).face
        for character in run.text:
            lowest, highest = _outline(face, character)
            above = max(above, highest * run.size / face.unitsPerEm)
            below = max(below, -lowest * run.size / face.unitsPerEm)
    return above, below


def _outline(face: TTFontFace, character: str) -> tuple[int, int]:
    """Lowest and highest point of a character's shape, in font units (ReportLab does not tell them)."""
    glyph = face.charToGlyph[ord(character)]
    start, end = face.glyphPos[glyph : glyph + 2]
    if start == end:
        return 0, 0
    _, _, lowest, _, highest = unpack(">5h", face.get_chunk(face.get_table_pos("glyf")[0] + start, 10))
    return lowest, highest
