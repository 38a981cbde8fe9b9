"""Qt's ICU library carries 30 MB of data for all languages; a bundle needs Chinese and what all share.

The data is one archive inside the library: a header, a sorted table of names and places, then the entries.
"""

import re
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

WANTED = re.compile(
    r"icudt\w+/(coll/)?(root|zh\w*|pool|res_index|ucadata|keyTypeData|likelySubtags|numberingSystems|plurals"
    r"|supplementalData|timezoneTypes|zoneinfo64|cnvalias|nf\w+|uts46|units|gb18030|windows-936-2000|ibm-1386\S+)\.\w+"
)
_SYMBOL = re.compile(r"^([0-9a-f]+)\s.*\s([0-9a-f]+)\s+(icudt\d+_dat)$", re.MULTILINE)
_ALIGNMENT = 16


def keep_chinese(library: Path, scratch: Path) -> Path:
    """A library like `libicudata.so.73`, in the folder `scratch`, with the wanted part of its data only.

    Needs `objdump`, `objcopy` and `ld` (binutils).

    Raises:
        ValueError: the library does not hold an archive of ICU.
        subprocess.CalledProcessError: a tool refused.
    """
    symbol, archive = _archive_of(library)
    header, entries = read_archive(archive)
    scratch.mkdir(parents=True, exist_ok=True)
    raw, loose, small = scratch / "icu.dat", scratch / "icu.o", scratch / library.name
    wanted = {name: content for name, content in entries.items() if WANTED.fullmatch(name)}
    raw.write_bytes(archive_with(header, wanted))
    _run("ld", "-r", "-b", "binary", raw.name, "-o", loose.name, at=scratch)
    section = ".data=.rodata,alloc,load,readonly,data,contents"
    renamed = f"_binary_icu_dat_start={symbol}"
    alignment = f".rodata={_ALIGNMENT}"
    _run(
        "objcopy", "--rename-section", section, "--redefine-sym", renamed,
        "--set-section-alignment", alignment, loose.name, at=scratch,
    )  # fmt: skip
    _run(
        "ld",
        "-shared",
        "-z",
        "noexecstack",
        "-soname",
        library.name,
        loose.name,
        "-o",
        small.name,
        at=scratch,
    )
    return small


def read_archive(archive: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Header, and entries by name.

    Raises:
        ValueError: it is no archive of ICU.
    """
    if archive[2:4] != b"\xda\x27" or archive[12:16] != b"CmnD":
        raise ValueError("这个库里没有 ICU 的数据")
    (length,) = struct.unpack_from("<H", archive)
    table = archive[length:]
    (count,) = struct.unpack_from("<I", table)
    places = [struct.unpack_from("<II", table, 4 + 8 * each) for each in range(count)]
    ends = [start for _name, start in places[1:]] + [len(table)]
    return archive[:length], {
        _name_at(table, name): table[start:end] for (name, start), end in zip(places, ends, strict=True)
    }


def archive_with(header: bytes, entries: Mapping[str, bytes]) -> bytes:
    """An archive of these entries, which ICU finds by halving: they stand in the order of their names."""
    named = sorted((name.encode() + b"\0", content) for name, content in entries.items())
    names_at = 4 + 8 * len(named)
    start = _aligned(names_at + sum(len(name) for name, _content in named))
    table, names, contents = [struct.pack("<I", len(named))], b"", b""
    for name, content in named:
        table.append(struct.pack("<II", names_at + len(names), start + len(contents)))
        names += name
        contents += content + bytes(_aligned(len(content)) - len(content))
    told = b"".join(table) + names
    return header + told + bytes(start - len(told)) + contents


def _archive_of(library: Path) -> tuple[str, bytes]:
    told = _run("objdump", "-T", str(library), at=library.parent)
    found = _SYMBOL.search(told)
    if not found:
        raise ValueError(f"{library} 里没有 ICU 的数据")
    address, size, symbol = int(found[1], 16), int(found[2], 16), found[3]
    content = library.read_bytes()
    start = content.index(b"CmnD", address) - 12
    return symbol, content[start : start + size] if size else content[start:]


def _name_at(table: bytes, place: int) -> str:
    return table[place : table.index(b"\0", place)].decode()


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _run(*command: str, at: Path) -> str:
    return subprocess.run(command, cwd=at, check=True, capture_output=True, text=True).stdout
