"""The font files of this PC, found by the names inside them: file names differ."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from struct import error as StructError
from struct import iter_unpack, unpack_from
from typing import BinaryIO

_RARE = (
    *("SimSun-ExtG", "SimSun-ExtB"),  # Windows
    *("Jigmo3", "Jigmo2", "Jigmo", "TH-Tshyn-P2", "TH-Tshyn-P1", "TH-Tshyn-P0", "BabelStone Han"),
)
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_NAME_IDS = {1, 4, 6, 16}
_WINDOWS = 3  # the platform whose names are UTF-16


@cache
def rare_fonts() -> tuple[Path, ...]:
    """Those of the PC's fonts that are known to hold rare Chinese characters.

    No others: a font of signs would show something else in a character's place.
    """
    found = fonts_by_name(font_folders())
    return tuple(found[name] for name in _RARE if name in found)


def fonts_by_name(folders: Iterable[Path]) -> dict[str, Path]:
    """Every TrueType file in the folders by each of its names; the first file of a name counts."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            for name in _names_in(path) if path.suffix.lower() in {".ttf", ".ttc"} else ():
                found.setdefault(name, path)
    return found


def font_folders() -> tuple[Path, ...]:
    """Where this operating system keeps fonts, for all users and for this one."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return (windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


def _names_in(path: Path) -> tuple[str, ...]:
    """Family, full and PostScript names of a TrueType file, or of a collection's first font."""
    try:
        with path.open("rb") as file:
            return tuple(_read_names(file))
    except (OSError, ValueError, StructError):
        return ()


def _read_names(file: BinaryIO) -> Iterator[str]:
    head = file.read(16)
    if head[:4] == b"ttcf":
        file.seek(*unpack_from(">L", head, 12))
        head = file.read(16)
    if head[:4] not in _TRUETYPE:
        return
    file.seek(-4, os.SEEK_CUR)
    directory = file.read(16 * unpack_from(">H", head, 4)[0])
    offset, length = next(entry[2:] for entry in iter_unpack(">4sLLL", directory) if entry[0] == b"name")
    file.seek(offset)
    table = file.read(length)
    yield from names_in(table)


def names_in(table: bytes) -> Iterator[str]:
    """Family, full and PostScript names, in the order of a font's table of names."""
    _, count, texts = unpack_from(">HHH", table)
    for platform, _, _, kind, size, start in iter_unpack(">6H", table[6 : 6 + 12 * count]):
        if platform == _WINDOWS and kind in _NAME_IDS:
            yield table[texts + start : texts + start + size].decode("utf-16-be")
