"""Names for files that any file system takes: Windows', macOS', Linux' and those of USB sticks."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeAlias

MAX_NAME_BYTES = 200
"""File systems end at 255 bytes; the rest is for the folders that stand before it on Windows (260 in all)."""

Replaced: TypeAlias = str | Callable[[re.Match[str]], str]
"""What stands in place of a sign that paths do not take."""

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
    plain = portable(spaced, _widened)
    return (cut_to(plain, most_bytes - len(suffix.encode())) or _NAMELESS) + suffix


def portable(name: str, replaced: Replaced = "_") -> str:
    """A name without what misleads the eye or a file system, of any length, perhaps empty.

    Control, direction and zero-width characters go away, so do spaces and dots at the end; signs that paths
    do not take are `replaced`; the name of a device gets a `_` before it.
    """
    visible = "".join(each for each in name if unicodedata.category(each) not in _INVISIBLE)
    plain = _END.sub("", _FORBIDDEN.sub(replaced, visible)).lstrip()
    return f"_{plain}" if _DEVICE.match(plain) else plain


def cut_to(name: str, most_bytes: int) -> str:
    """As much of a name as has room, without spaces and dots at its end."""
    return _END.sub("", name.encode()[:most_bytes].decode(errors="ignore"))


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
