"""Where a data folder should not lie: on a network drive, in a folder of a sync program, on a stick."""

import ctypes
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "fuse.sshfs"}
    | {"fuse.davfs", "davfs", "fuse.gvfsd-fuse", "fuse.rclone", "webdav", "vboxsf", "fuse.vmhgfs-fuse"}
)
_STICK_SYSTEMS = frozenset({"vfat", "exfat", "msdos"})
_SYNC_NAMES = re.compile(
    r"onedrive(?: .*)?|dropbox|google drive|icloud\s?drive|nextcloud|owncloud|syncthing"
    r"|(?:我的)?坚果云|nutstore.*"
    r"|baidunetdisk.*|baidusyncdisk|百度网盘.*|百度云.*|wps\s?cloud\s?files|wps云盘|wps网盘|微云.*|weiyun.*"
    r"|阿里云盘.*|aliyundrive.*|腾讯文档.*|钉盘.*|360云盘.*|天翼云盘.*|移动云盘.*|和彩云.*|seafile",
    re.IGNORECASE,
)
_SYNC_MARKS = (".stfolder", ".dropbox", ".nutstore", ".seafile-data", ".sync")
_REMOVABLE, _REMOTE = 2, 4
"""Of GetDriveType."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something about the place of the data that somebody has to know."""

    code: str
    message_zh: str
    remedy_zh: str


_MOVE = "请关闭程序，把整个数据文件夹移到本机硬盘，再从那里打开；这里只适合放备份。"
_WORDS = {
    "on_network": "数据文件夹在网络位置。断网或两台电脑同时写入时，数据可能损坏。",
    "in_sync_folder": "数据文件夹在网盘的同步文件夹里。同步程序会在写入中途"
    "复制或改动文件，数据可能损坏或出现两份。",
    "on_stick": "数据文件夹在 U 盘或移动硬盘上。写入时拔出，数据可能损坏。",
}

KindOfSystem = Callable[[Path], str]


def kind_of_system(folder: Path) -> str:
    """What kind of file system a folder lies on: `network`, `stick`, or empty where it is fine."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    found = _mounted(folder)
    if found in _NETWORK_SYSTEMS:
        return "network"
    return "stick" if found in _STICK_SYSTEMS else ""


def warnings_of(folder: Path, kind: KindOfSystem = kind_of_system) -> tuple[Warned, ...]:
    """What speaks against a data folder where it is; to be told at every start."""
    return tuple(Warned(code, _WORDS[code], _MOVE) for code in _found(folder.absolute(), kind))


def _found(folder: Path, kind: KindOfSystem) -> Iterator[str]:
    system = kind(folder)
    if system == "network":
        yield "on_network"
    elif system == "stick":
        yield "on_stick"
    above = (folder, *folder.parents)
    try:
        marked = any((each / mark).exists() for each in above for mark in _SYNC_MARKS)
    except OSError:
        marked = False
    if marked or any(_SYNC_NAMES.fullmatch(each.name) for each in above):
        yield "in_sync_folder"


def _mounted(folder: Path) -> str:
    """The kind of the file system on which a folder lies, as Linux calls it; empty where it does not tell."""
    try:
        lines = MOUNTS.read_text("utf-8", "replace").splitlines()
        real = folder.resolve()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        # Blanks in a place are written as \040.
        place = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        # Of two at one place the later hides the earlier.
        if real.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), after.split()[0]
    return kind


def _windows_kind(folder: Path) -> str:
    if sys.platform != "win32":
        return ""
    drive = folder.resolve().anchor
    if drive.startswith("\\\\"):
        return "network"
    found = ctypes.windll.kernel32.GetDriveTypeW(drive)
    return {_REMOTE: "network", _REMOVABLE: "stick"}.get(found, "")
