"""A package made anew of the parts that were checked: the parser sees just these bytes, and sooner.

It need not unpack them a second time, nor look through a whole sheet for its merged blocks.
"""

import re
import struct
import zlib

# No pattern reads past the next "<": a made-up part must not cost more than its length.
_MERGES = re.compile(
    rb"(?<=>)<mergeCells(?:\s[^<>]*)?>(?:<mergeCell\s[^<>]*(?:/>|></mergeCell>))+</mergeCells>(?=<)"
)
_NO_MERGES = b"<mergeCells></mergeCells>"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _FIRST_DAY = 20, 0x21
"""Of the packing (2.0), and the day that parts bear (1980-01-01; APPNOTE.TXT 4.4.3, 4.4.6)."""
_UTF8 = 0x800


def with_merges_first(xml: bytes) -> bytes:
    """A sheet's part with its merged blocks before its cells: the parser reads on until it finds them.

    A part that is in any way unusual stays as it is.
    """
    cells = xml.find(b"<sheetData")
    if cells < 1 or xml[cells - 1 : cells] != b">" or b"<!" in xml[:cells]:
        return xml
    named = xml.find(b"mergeCells")
    if named < 0:
        return xml[:cells] + _NO_MERGES + xml[cells:]
    behind = xml.rfind(b"</sheetData>")
    found = _MERGES.match(xml, named - 1) if cells < behind < named else None
    if found is None or xml.find(b"mergeCells", found.end()) >= 0:
        return xml
    return b"".join((xml[:cells], found[0], xml[cells : found.start()], xml[found.end() :]))


class CheckedPackage:
    """Takes part by part what was unpacked and checked."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._pieces: list[bytes] = []
        self._entries: list[bytes] = []
        self._at = 0

    def add(self, name: bytes, is_utf8: bool, content: bytes, checksum: int | None = None) -> None:
        """Take a part with its name as it stood in the package; `checksum` (CRC-32) where it is known."""
        if checksum is None:
            checksum = zlib.crc32(content)
        flags, size = _UTF8 * is_utf8, len(content)
        common = flags, 0, 0, _FIRST_DAY, checksum, size, size, len(name), 0
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *common) + name
        self._entries.append(
            _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *common, 0, 0, 0, 0, self._at) + name
        )
        self._pieces += head, content
        self._at += len(head) + size

    def whole(self) -> bytes:
        """The package, its parts not compressed."""
        entries, count = b"".join(self._entries), len(self._entries)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), self._at, 0)
        return b"".join((*self._pieces, entries, end))
