"""Small TrueType fonts, made of shapes of the bundled ones: what the office might hand in."""

from collections.abc import Mapping
from struct import iter_unpack, pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFace

from core.resources import resource_path

UNKNOWN = "\U0002ebf0\U0002ec1a"
"""Characters of extension I: no bundled font shows them."""


def small_font(
    characters: str = f"人民{UNKNOWN}", name: str = "示例字体", tables: Mapping[bytes, bytes] = {}
) -> bytes:
    """A font that shows these characters, each in a shape of its own; `tables` replace its tables."""
    shapes = "天地玄黄宇宙洪荒日月盈昃辰宿列张"[: len(characters)]
    face = TTFontFace(str(resource_path("fonts", "hei.ttf")))
    made = dict(tables_of(face.makeSubset([ord(each) for each in shapes])))
    # makeSubset gives the glyphs in this order, after the one of missing characters.
    made[b"cmap"] = _cmap({ord(each): number for number, each in enumerate(characters, start=1)})
    made[b"name"] = _names(name)
    made[b"OS/2"] = _embedding(made[b"OS/2"], 0)
    return font_file({**made, **tables})


def restricted(content: bytes, embedding: int) -> bytes:
    """The font with these bits of fsType."""
    made = dict(tables_of(content))
    return font_file({**made, b"OS/2": _embedding(made[b"OS/2"], embedding)})


def collection(*fonts: bytes) -> bytes:
    """A .ttc of these fonts."""
    start = 12 + 4 * len(fonts)
    offsets, body = [], b""
    for content in fonts:
        offset = start + len(body)
        offsets.append(offset)
        body += font_file(dict(tables_of(content)), offset)
    return b"ttcf" + pack(">HHL", 1, 0, len(fonts)) + pack(f">{len(fonts)}L", *offsets) + body


def tables_of(content: bytes) -> list[tuple[bytes, bytes]]:
    """The tables of a font by tag."""
    (count,) = unpack_from(">H", content, 4)
    entries = iter_unpack(">4sLLL", content[12 : 12 + 16 * count])
    return [(tag, content[start : start + length]) for tag, _, start, length in entries]


def font_file(tables: Mapping[bytes, bytes], offset: int = 0) -> bytes:
    """A TrueType file of these tables, that begins at an offset of the whole."""
    head = b"\x00\x01\x00\x00" + pack(">4H", len(tables), 0, 0, 0)
    place = offset + len(head) + 16 * len(tables)
    directory, bodies = b"", b""
    for tag, body in sorted(tables.items()):
        directory += pack(">4sLLL", tag, 0, place + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    return head + directory + bodies


def _cmap(glyphs: Mapping[int, int]) -> bytes:
    groups = b"".join(pack(">3L", code, code, glyph) for code, glyph in sorted(glyphs.items()))
    table = pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    return pack(">HH", 0, 1) + pack(">HHL", 3, 10, 12) + table


def _names(name: str) -> bytes:
    texts = [(1, "Small"), (4, "Small Font"), (6, "SmallFont"), (4, name)]
    records, body = b"", b""
    for kind, text in texts:
        written = text.encode("utf-16-be")
        records += pack(">6H", 3, 1, 0x804 if text == name else 0x409, kind, len(written), len(body))
        body += written
    return pack(">3H", 0, len(texts), 6 + len(records)) + records + body


def _embedding(table: bytes, embedding: int) -> bytes:
    return table[:8] + pack(">H", embedding) + table[10:]
