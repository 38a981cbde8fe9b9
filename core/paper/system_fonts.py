"""The 公文 fonts that this PC has, found by the names inside the files: file names differ."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from struct import error as StructError
from struct import iter_unpack, unpack_from
from typing import BinaryIO

from core.paper.fonts import Role

# Best first: of one maker's fonts the one with more characters.
_NAMES: dict[Role, tuple[str, ...]] = {
    Role.BODY: (
        "方正仿宋_GBK",
        "FZFangSong-Z02",
        "FZFSK--GBK1-0",
        "仿宋",
        "FangSong",
        "仿宋_GB2312",
        "FangSong_GB2312",
    ),
    Role.TITLE: (
        *("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0"),
        *("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
    ),
    Role.KAI: ("方正楷体_GBK", "FZKai-Z03", "FZKTK--GBK1-0", "楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312"),
    Role.HEI: ("方正黑体_GBK", "FZHei-B01", "FZHTK--GBK1-0", "黑体", "SimHei"),
    Role.SONG: ("方正书宋_GBK", "FZShuSong-Z01", "FZSSK--GBK1-0", "宋体", "SimSun"),
}
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_NAME_IDS = {1, 4, 6, 16}
_WINDOWS = 3  # the platform whose names are UTF-16


def find_office_fonts(folders: Iterable[Path] | None = None) -> dict[Role, Path]:
    """The PC's own font for each role that has one; `folders` are the system's font folders if not given."""
    found: dict[str, Path] = {}
    for folder in font_folders() if folders is None else folders:
        for path in sorted(folder.rglob("*")):
            for name in _names_in(path) if path.suffix.lower() in {".ttf", ".ttc"} else ():
                found.setdefault(name, path)
    matches = {
        role: next((found[name] for name in names if name in found), None) for role, names in _NAMES.items()
    }
    return {role: path for role, path in matches.items() if path}


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
    _, count, texts = unpack_from(">HHH", table)
    for platform, _, _, kind, size, start in iter_unpack(">6H", table[6 : 6 + 12 * count]):
        if platform == _WINDOWS and kind in _NAME_IDS:
            yield table[texts + start : texts + start + size].decode("utf-16-be")
