"""What a disk may hold after a power cut, from a record of the calls that a program made (strace).

Data count as on the disk once their file was flushed, names once their folder was. Of the rest any part may
be there: writes dropped, kept in any choice, the last one torn at 512 bytes; names changed up to any point.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,creat,open,write,writev,pwrite64,pwritev,lseek,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,sendfile,copy_file_range,dup,dup2"
)
TRACE = ("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o")
SECTOR = 512
_LINE = re.compile(r"^(\d+) +(.*)$")
_UNFINISHED, _RESUMED = re.compile(r"(.*) <unfinished \.\.\.>$"), re.compile(r"<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<(.*?)>)?(?: .*)?$", re.DOTALL)
_HANDLE = re.compile(r"^(\d+|AT_FDCWD)(?:<(.*)>)?$", re.DOTALL)


@dataclass
class Node:
    """A file: what is surely on the disk, and what was written since."""

    kept: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    size: int = 0

    def write(self, place: int, data: bytes) -> None:
        self.pending.append((place, data))
        self.size = max(self.size, place + len(data))

    def cut(self, size: int) -> None:
        self.pending.append((size, None))
        self.size = size

    def flush(self) -> None:
        for each in self.pending:
            _apply(self.kept, *each)
        self.pending.clear()

    def possible(self, chance: random.Random) -> bytes:
        """One of the contents that the disk may hold."""
        content = bytearray(self.kept)
        way = chance.choice(("none", "all", "some", "first"))
        pending = [] if way == "none" else self.pending
        if way == "some":
            pending = [each for each in pending if chance.random() < 0.5]
        if way == "first" and pending:
            pending = pending[: chance.randrange(len(pending) + 1)]
        for number, (place, data) in enumerate(pending):
            torn = way == "first" and number == len(pending) - 1 and data and len(data) > SECTOR
            _apply(
                content,
                place,
                data[: SECTOR * chance.randrange(1 + len(data) // SECTOR)] if torn and data else data,
            )
        return bytes(content)


class Disk:
    """The files below one folder, as calls change them."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.names: dict[str, Node | None] = {}
        """As the program sees them; None is a folder."""
        self.kept: dict[str, Node | None] = {}
        self.pending: list[tuple[str, str, Node | None, str]] = []
        """Changes of names, each with the folder that must be flushed for it."""
        self.handles: dict[int, tuple[Node, int]] = {}
        self.told = False

    def begin(self, folder: Path) -> None:
        """What lies there before the program starts is on the disk."""
        for each in sorted(folder.rglob("*")):
            content = None if each.is_dir() else Node(bytearray(each.read_bytes()))
            if content is not None:
                content.size = len(content.kept)
            self.kept[f"{self.root}/{each.relative_to(folder)}"] = content
        self.names = dict(self.kept)

    def name(self, what: str, path: str, node: Node | None, within: str = "") -> None:
        """A change of names: put or gone; `within` is the folder that it is a change of."""
        self.pending.append((what, path, node, within or path.rpartition("/")[0]))
        _rename(self.names, what, path, node)

    def flush_folder(self, folder: str) -> None:
        """The names in it are on the disk, and so are those above it that the same order of changes needs."""
        left = []
        for what, path, node, within in self.pending:
            if within == folder:
                _rename(self.kept, what, path, node)
            else:
                left.append((what, path, node, within))
        self.pending = left

    def write_state(self, chance: random.Random, folder: Path) -> None:
        """Write one of the states that the disk may be in now."""
        names = dict(self.kept)
        for what, path, node, _ in self.pending[: chance.randrange(len(self.pending) + 1)]:
            _rename(names, what, path, node)
        folder.mkdir(parents=True)
        for path, node in sorted(names.items()):
            place = folder / path[len(self.root) + 1 :]
            if node is None:
                place.mkdir(parents=True, exist_ok=True)
            elif place.parent.is_dir():
                place.write_bytes(node.possible(chance))


def calls_in(lines: Iterable[str]) -> Iterator[tuple[str, list[str], int, str]]:
    """The calls of a record: name, arguments, result, and what the result's handle stands for.

    What the program's children write to their standard output is told to nobody but the program.
    """
    halves: dict[str, str] = {}
    program = ""
    for line in lines:
        found = _LINE.match(line.rstrip("\n"))
        if not found:
            continue
        process, text = found[1], found[2]
        program = program or process
        if half := _UNFINISHED.match(text):
            halves[process] = half[1]
            continue
        if rest := _RESUMED.match(text):
            text = halves.pop(process, "") + rest[1]
        call = _CALL.match(text)
        if call and (process == program or not call[2].startswith("1<")):
            yield call[1], _arguments(call[2]), int(call[3]), _plain(call[4] or "")


def replay(disk: Disk, call: str, arguments: Sequence[str], result: int, opened: str) -> bool:
    """Let a call change the disk; whether it did."""
    if result < 0:
        return False
    if call in ("write", "writev") and arguments[0].startswith("1<"):
        disk.told = True
        return True
    known = _CHANGES.get(call)
    return known(disk, arguments, result, opened) if known else False


def _open(disk: Disk, arguments: Sequence[str], result: int, opened: str) -> bool:
    path = opened
    if not path.startswith(f"{disk.root}/"):
        disk.handles.pop(result, None)
        return False
    flags = arguments[2] if len(arguments) > 2 else ""
    node = disk.names.get(path)
    if path in disk.names and node is None:
        disk.handles.pop(result, None)
        return False
    changed = False
    if node is None:
        node = Node()
        disk.name("put", path, node)
        changed = True
    if "O_TRUNC" in flags and node.size:
        node.cut(0)
        changed = True
    disk.handles[result] = (node, node.size if "O_APPEND" in flags else 0)
    return changed


def _write(disk: Disk, arguments: Sequence[str], result: int, _opened: str) -> bool:
    handle = _number(arguments[0])
    if handle not in disk.handles or not _path(arguments[0]).startswith(f"{disk.root}/"):
        return False
    node, place = disk.handles[handle]
    node.write(place, _data(arguments[1])[:result])
    disk.handles[handle] = (node, place + result)
    return True


def _write_at(disk: Disk, arguments: Sequence[str], result: int, _opened: str) -> bool:
    handle = _number(arguments[0])
    if handle not in disk.handles or not _path(arguments[0]).startswith(f"{disk.root}/"):
        return False
    disk.handles[handle][0].write(int(arguments[3]), _data(arguments[1])[:result])
    return True


def _seek(disk: Disk, arguments: Sequence[str], result: int, _opened: str) -> bool:
    handle = _number(arguments[0])
    if handle in disk.handles:
        disk.handles[handle] = (disk.handles[handle][0], result)
    return False


def _cut(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    handle = _number(arguments[0])
    if handle not in disk.handles:
        return False
    disk.handles[handle][0].cut(int(arguments[1]))
    return True


def _flush(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    path, handle = _path(arguments[0]), _number(arguments[0])
    if path == disk.root or disk.names.get(path, 0) is None:
        disk.flush_folder(path)
        return True
    if handle in disk.handles and path.startswith(f"{disk.root}/"):
        disk.handles[handle][0].flush()
        return True
    return False


def _moved(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    old, new = (_data(each).decode() for each in arguments if each.startswith('"'))
    if not new.startswith(f"{disk.root}/"):
        return False
    for path in [each for each in disk.names if each == old or each.startswith(f"{old}/")]:
        node, target = disk.names[path], new + path[len(old) :]
        # What is on the disk in a folder goes with it, however deep.
        moved_with = path != old and path in disk.kept
        disk.name("put", target, node, new.rpartition("/")[0] if moved_with else "")
        disk.name("gone", path, node, old.rpartition("/")[0] if moved_with else "")
    return True


def _linked(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    old, new = (_data(each).decode() for each in arguments if each.startswith('"'))
    if not new.startswith(f"{disk.root}/"):
        return False
    disk.name("put", new, disk.names[old])
    return True


def _gone(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    path = _resolved(arguments)
    if path not in disk.names:
        return False
    disk.name("gone", path, disk.names[path])
    return True


def _made(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    path = _resolved(arguments)
    if not path.startswith(f"{disk.root}/"):
        return False
    disk.name("put", path, None)
    return True


def _unknown(disk: Disk, arguments: Sequence[str], _result: int, _opened: str) -> bool:
    if any(disk.root in _plain(each) for each in arguments):
        raise SystemExit(f"a call that disk_states.py does not know: {arguments[:2]}")
    return False


_CHANGES = {
    "openat": _open,
    "write": _write,
    "pwrite64": _write_at,
    "lseek": _seek,
    "ftruncate": _cut,
    "fsync": _flush,
    "fdatasync": _flush,
    "rename": _moved,
    "renameat": _moved,
    "renameat2": _moved,
    "link": _linked,
    "linkat": _linked,
    "unlink": _gone,
    "unlinkat": _gone,
    "rmdir": _gone,
    "mkdir": _made,
    "mkdirat": _made,
    "sendfile": _unknown,
    "copy_file_range": _unknown,
    "writev": _unknown,
    "pwritev": _unknown,
    "truncate": _unknown,
    "symlink": _unknown,
}


def _apply(content: bytearray, place: int, data: bytes | None) -> None:
    if data is None:
        if place < len(content):
            del content[place:]
        else:
            content.extend(bytes(place - len(content)))
        return
    if place > len(content):
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data


def _rename(names: dict[str, Node | None], what: str, path: str, node: Node | None) -> None:
    if what == "put":
        names[path] = node
    elif names.get(path, 0) is node:
        del names[path]


def _arguments(text: str) -> list[str]:
    """The arguments of a call; strings hold no comma, since every byte of them is written in digits."""
    return [each.strip() for each in text.split(", ")]


def _plain(text: str) -> str:
    return re.sub(
        r"(?:\\x[0-9a-f]{2})+",
        lambda run: bytes.fromhex(run[0].replace("\\x", "")).decode("utf-8", "replace"),
        text,
    )


def _data(argument: str) -> bytes:
    return bytes.fromhex(argument.strip('"').replace("\\x", ""))


def _number(argument: str) -> int:
    found = _HANDLE.match(argument)
    return int(found[1]) if found and found[1].isdigit() else -1


def _path(argument: str) -> str:
    found = _HANDLE.match(argument)
    return _plain(found[2] or "") if found else ""


def _resolved(arguments: Sequence[str]) -> str:
    """The path that a call names, below the folder of a handle if it says so."""
    path = _data(next(each for each in arguments if each.startswith('"'))).decode()
    return path if path.startswith("/") else f"{_path(arguments[0])}/{path}"
