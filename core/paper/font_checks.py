"""Font files that somebody hands in: looked at before they are taken, and what they show."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from struct import error as StructError
from struct import iter_unpack, pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from core.errors import InvalidInput, NotFound
from core.model.office_font import FontReach, SoundFont
from core.paper.font_files import names_in
from core.paper.fonts import Role, bundled_characters
from core.paper.truetype import has_shape

_TRUETYPE, _COLLECTION = (b"\x00\x01\x00\x00", b"true"), b"ttcf"
_CFF, _WEB = b"OTTO", (b"wOFF", b"wOF2")
_FORBIDDEN, _WHOLE_OR_BITMAP = 0x0002, 0x0300
"""Bits of OS/2 fsType: no embedding at all; only the whole font, or its bitmaps."""
_NEEDED = (b"head", b"hhea", b"maxp", b"hmtx", b"loca", b"cmap", b"name")
_SAMPLE = 24
_IDEOGRAPHS = (
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)),
    *((0x20000, 0x2FA1F), (0x30000, 0x3FFFF)),
)
_OTHER_FILE = "请另选一个 TrueType 轮廓的字体文件，后缀为 .ttf 或 .ttc。"


def font_names(content: bytes) -> tuple[str, ...]:
    """The names of the fonts in a file: one, or those of a collection in order.

    Raises:
        InvalidInput: it is no font, or damaged.
    """
    try:
        return tuple(_name_at(content, offset) for offset in _offsets(content))
    except (StructError, ValueError, LookupError) as error:
        raise _damaged() from error


def sound_font(content: bytes, face: str = "") -> SoundFont:
    """The font as a file of its own, fit for printing; `face` is the name or number of one of a collection.

    Raises:
        InvalidInput: it is no font, has other outlines than TrueType, may not be embedded, is damaged or has
            no Chinese characters; or which font of a collection is meant was not said.
        NotFound: the collection has no such font.
    """
    names = font_names(content)
    place = _chosen(names, face)
    try:
        alone = _alone(content, _offsets(content)[place])
        _refuse_unprintable(alone)
        parsed = TTFontFace(BytesIO(alone))
        reach = _reach(parsed)
    except (TTFError, StructError, ValueError, LookupError, TypeError) as error:
        raise _damaged() from error
    if not reach.ideographs and not any(map(_is_own_character, parsed.charToGlyph)):
        raise InvalidInput(
            "font_without_chinese", f"“{names[place]}”里没有汉字。", "请选择含有汉字的字体文件。"
        )
    return SoundFont(alone, names[place], reach)


@lru_cache(maxsize=32)
def font_reach(path: Path) -> FontReach:
    """What the font in a file shows that was found sound.

    Raises:
        InvalidInput: it is damaged.
    """
    try:
        return _reach(TTFontFace(str(path)))
    except (TTFError, OSError, StructError, ValueError, LookupError) as error:
        raise _damaged() from error


def _reach(face: TTFontFace) -> FontReach:
    shown = {code for code, glyph in face.charToGlyph.items() if glyph and has_shape(face, code)}
    added = sorted(shown - bundled_characters(Role.BODY), key=lambda code: (not _is_ideograph(code), code))
    return FontReach(sum(map(_is_ideograph, shown)), len(added), "".join(map(chr, added[:_SAMPLE])))


def _is_own_character(code: int) -> bool:
    """Whether it is 造字, a character that an office has made for itself. Fonts of signs begin at F000."""
    return 0xE000 <= code < 0xF000


def _is_ideograph(code: int) -> bool:
    return any(first <= code <= last for first, last in _IDEOGRAPHS)


def _offsets(content: bytes) -> tuple[int, ...]:
    """Where the fonts of a file begin."""
    lead = content[:4]
    if lead == _COLLECTION:
        (count,) = unpack_from(">L", content, 8)
        if not 0 < count <= len(content) // 16:
            raise _damaged()
        return unpack_from(f">{count}L", content, 12)
    if lead in (*_TRUETYPE, _CFF):
        return (0,)
    if lead in _WEB:
        raise InvalidInput("font_for_web", "这是网页用的字体（WOFF），不能用于打印。", _OTHER_FILE)
    raise InvalidInput("font_unknown", "这不是字体文件。", _OTHER_FILE)


def _name_at(content: bytes, offset: int) -> str:
    """What the font calls itself, in Chinese if it has such a name."""
    names = names_in(_table(content, offset, b"name"))
    return next((name for name in names if not name.isascii()), next(iter(names), "没有名称的字体"))


def _chosen(names: tuple[str, ...], face: str) -> int:
    if not face:
        if len(names) == 1:
            return 0
        listed = "、".join(f"{number}. {name}" for number, name in enumerate(names, start=1))
        raise InvalidInput(
            "font_face_unsaid", f"这个文件里有 {len(names)} 款字体：{listed}。", "请指明要用哪一款。"
        )
    if face in names:
        return names.index(face)
    if face.isdecimal() and 0 < int(face) <= len(names):
        return int(face) - 1
    raise NotFound("font_face_unknown", f"这个文件里没有“{face}”这款字体。", f"里面有：{'、'.join(names)}。")


def _tables(content: bytes, offset: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Tag, checksum, start and length of each table, all of them inside the file."""
    count = unpack_from(">H", content, offset + 4)[0]
    directory = content[offset + 12 : offset + 12 + 16 * count]
    for tag, checksum, start, length in iter_unpack(">4sLLL", directory):
        if start + length > len(content):
            raise _damaged()
        yield tag, checksum, start, length


def _table(content: bytes, offset: int, wanted: bytes) -> bytes:
    places = {tag: (start, start + length) for tag, _, start, length in _tables(content, offset)}
    return content[slice(*places[wanted])]


def _alone(content: bytes, offset: int) -> bytes:
    """The one font as a file of its own; the file itself where it is one already."""
    tables = list(_tables(content, offset))
    if not offset:
        return content
    head = content[offset : offset + 12]
    place = len(head) + 16 * len(tables)
    directory, bodies = b"", b""
    for tag, checksum, start, length in tables:
        directory += pack(">4sLLL", tag, checksum, place + len(bodies), length)
        bodies += content[start : start + length] + bytes(-length % 4)
    return head + directory + bodies


def _refuse_unprintable(content: bytes) -> None:
    """Look at outlines and embedding, then make of all its characters what a PDF takes of a font."""
    tags = {tag for tag, *_ in _tables(content, 0)}
    if b"CFF " in tags or b"CFF2" in tags:
        raise InvalidInput(
            "font_cff",
            "这个字体是 PostScript（CFF）轮廓的，打印时不能嵌入 PDF。",
            "请换用同一字体的 TrueType 版本（后缀多为 .ttf）。",
        )
    if not tags.issuperset(_NEEDED) or b"glyf" not in tags:
        raise _damaged()
    if b"OS/2" in tags:
        _refuse_restricted(unpack_from(">H", _table(content, 0, b"OS/2"), 8)[0])
    face = TTFontFace(BytesIO(content))
    places = list(face.glyphPos)
    if places != sorted(places) or places[-1] > len(_table(content, 0, b"glyf")):
        raise _damaged()
    if max(face.charToGlyph.values(), default=0) >= len(places) - 1:
        raise _damaged()
    face.makeSubset(sorted(face.charToGlyph))


def _refuse_restricted(embedding: int) -> None:
    if embedding & _FORBIDDEN or embedding & _WHOLE_OR_BITMAP:
        why = "不允许嵌入文件" if embedding & _FORBIDDEN else "只允许整个嵌入或只允许嵌入点阵"
        raise InvalidInput(
            "font_restricted",
            f"这个字体的许可标志（OS/2 fsType {embedding:04X}）{why}，印出的 PDF 不能带上它。",
            "请向字体厂商取得允许嵌入的版本，或换用其他字体。",
        )


def _damaged() -> InvalidInput:
    return InvalidInput("font_damaged", "字体文件不完整或已损坏。", "请重新复制或下载这个文件，再添加一次。")
