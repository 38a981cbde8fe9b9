"""Names for files that any file system takes: Windows', macOS', Linux' and those of USB sticks."""

import re
import unicodedata
from collections.abc import Iterable

MAX_NAME_BYTES = 200
"""File systems end at 255 bytes; the rest is for the folders that stand before it on Windows (260 in all)."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_END = re.compile(r"[\s.]+\Z")
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|\Z)", re.IGNORECASE)
_NAMELESS = "未命名"


def file_name(stem: str, suffix: str, most_bytes: int = MAX_NAME_BYTES) -> str:
    """A name with this suffix (`.pdf`), as long as `most_bytes` at most; never empty.

    Signs that paths do not take become full-width ones, line ends and tabs a space; invisible characters,
    and spaces and dots at the end of the stem go away; the name of a device gets a `_` before it.
    """
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", stem))
    visible = "".join(each for each in spaced if unicodedata.category(each) not in _INVISIBLE)
    plain = _END.sub("", _FORBIDDEN.sub(_widened, visible)).lstrip()
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    cut = plain.encode()[: most_bytes - len(suffix.encode())].decode(errors="ignore")
    return (_END.sub("", cut) or _NAMELESS) + suffix


def distinct_names(stems: Iterable[str], suffix: str) -> tuple[str, ...]:
    """A name for each stem, in their order; the second of two that a file system takes for one gets a 2."""
    taken: set[str] = set()
    names: list[str] = []
    for stem in stems:
        name, number = file_name(stem, suffix), 1
        while (key := unicodedata.normalize("NFKC", name).casefold()) in taken:
            number += 1
            tail = f"（{number}）{suffix}"
            name = file_name(stem, "", MAX_NAME_BYTES - len(tail.encode())) + tail
        taken.add(key)
        names.append(name)
    return tuple(names)


def _widened(found: re.Match[str]) -> str:
    return chr(ord(found[0]) + 0xFEE0)
