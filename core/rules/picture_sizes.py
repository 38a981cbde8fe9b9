"""How large a picture is when it is unpacked, from its head alone: a small file can hold a very large one."""

from struct import error as StructError
from struct import unpack_from

MOST_PIXELS = 80_000_000
"""A sheet of 8K at 600 dpi has 59 million."""
_PNG = b"\x89PNG\r\n\x1a\n"
_WITHOUT_LENGTH = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})


def pixels(content: bytes) -> int:
    """Width times height of a PNG or JPEG; 0 if its head does not tell, so that it is damaged."""
    try:
        if content.startswith(_PNG):
            width, height = unpack_from(">LL", content, 16)
            return int(width * height) if content[12:16] == b"IHDR" else 0
        return _of_jpeg(content)
    except StructError:
        return 0


def _of_jpeg(content: bytes) -> int:
    at = 2
    while True:
        lead, kind = unpack_from(">BB", content, at)
        if lead != 0xFF:
            return 0
        if kind == 0xFF:
            at += 1
        elif kind in _WITHOUT_LENGTH:
            at += 2
        elif 0xC0 <= kind <= 0xCF and kind not in _NO_FRAME:
            height, width = unpack_from(">HH", content, at + 5)
            return int(width * height)
        else:
            (length,) = unpack_from(">H", content, at + 2)
            if length < 2:
                return 0
            at += 2 + length
