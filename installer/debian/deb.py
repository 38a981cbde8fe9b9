"""The .deb for 统信 UOS, 银河麒麟 and Debian, made of the bundle by dpkg-deb alone.

What it depends on is read from the programs themselves: the libraries that they ask the system for, and the
newest glibc that any of them needs.
"""

import gzip
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from installer.icon import SIDES, png
from installer.product import BUNDLE, DIST, LARGEST_DEB, NAME, ROOT, TITLE, VERSION, say, size_of

HERE = Path(__file__).parent
HOME = f"opt/{NAME}"
LOADERS = re.compile(r"ld-linux\S*|lib(dl|m|pthread|rt|util)\.so\S*")
"""Parts of glibc."""


class Wanted(NamedTuple):
    """A library of the system that the program takes, as `libraries.txt` tells."""

    library: str
    packages: tuple[str, ...]
    purpose: str
    always: bool


class Asked(NamedTuple):
    """What the programs of a folder ask the system for."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def make_deb(arguments: Sequence[str]) -> int:
    """Make dist/shepingtong_VERSION_amd64.deb; `--quick` packs it large and fast, for a check."""
    asked = asked_of_system(BUNDLE)
    if unknown := sorted(asked.libraries - {each.library for each in wanted_libraries()}):
        raise SystemExit(f"installer/debian/libraries.txt 没有写这些系统库：{'、'.join(unknown)}。")
    target = DIST / f"{NAME}_{VERSION}_amd64.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        lay_out(root, asked)
        packing = ("-Zgzip", "-z1") if "--quick" in arguments else ("-Zxz",)
        say("== 压缩 .deb（几分钟）")
        subprocess.run(["dpkg-deb", "--root-owner-group", *packing, "--build", root, target], check=True)
    size = target.stat().st_size
    say(f"{target}：{size / 1024**2:.0f} MB，要求 glibc {_dotted(asked.glibc)} 以上")
    if size > LARGEST_DEB and "--quick" not in arguments:
        raise SystemExit(f".deb 太大：最多 {LARGEST_DEB / 1024**2:.0f} MB。")
    return 0


def lay_out(root: Path, asked: Asked) -> None:
    """The files as they will lie on the PC, and what dpkg is told of them."""
    shutil.copytree(BUNDLE, root / HOME, symlinks=True)
    for each in ("launcher.sh", "libraries.txt"):
        shutil.copy(HERE / each, root / HOME)
    (root / HOME / "launcher.sh").chmod(0o755)
    programs = _folder(root, "usr/bin")
    for name in (NAME, f"{NAME}-cli"):
        (programs / name).symlink_to(f"/{HOME}/launcher.sh")
    shutil.copy(HERE / f"{NAME}.desktop", _folder(root, "usr/share/applications"))
    shutil.copy(HERE / f"{NAME}.xml", _folder(root, "usr/share/mime/packages"))
    for side in SIDES:
        icons = _folder(root, f"usr/share/icons/hicolor/{side}x{side}/apps")
        (icons / f"{NAME}.png").write_bytes(png(side))
    _write_papers(_folder(root, f"usr/share/doc/{NAME}"))
    control = _folder(root, "DEBIAN")
    size_kb = size_of(root) // 1024
    (control / "control").write_text(control_text(asked, size_kb), "utf-8")
    for name in ("preinst", "postinst", "prerm", "postrm"):
        (control / name).write_text(maintainer_script(name, size_kb), "utf-8")
        (control / name).chmod(0o755)


def control_text(asked: Asked, size_kb: int) -> str:
    """What dpkg and the shops of UOS and Kylin show and check."""
    wanted = [each for each in wanted_libraries() if each.library != "libc.so.6"]
    needed = dict.fromkeys(" | ".join(each.packages) for each in wanted if each.always)
    useful = dict.fromkeys(" | ".join(each.packages) for each in wanted if each.library == "libcups.so.2")
    return f"""\
Package: {NAME}
Version: {VERSION}
Architecture: amd64
Section: misc
Priority: optional
Installed-Size: {size_kb}
Maintainer: {NAME} <{NAME}@localhost>
Depends: libc6 (>= {_dotted(asked.glibc)}), {", ".join(needed)}, xkb-data
Recommends: {", ".join(useful)}
Description: {TITLE}：街道社会组织管理与考核评定系统
 名册、备案、考核、评分、公示、通报、获奖证书，从 Excel 花名册到可以签发的公文。
 不联网；数据在各用户自己的文件夹里，卸载时不删除。
"""


def maintainer_script(name: str, size_kb: int) -> str:
    """A script that dpkg runs, with what it shares with the others put in."""
    text = (HERE / name).read_text("utf-8")
    running = (HERE / "running.sh").read_text("utf-8").rstrip()
    return text.replace("@RUNNING@", running).replace("@SIZE_KB@", str(size_kb))


def wanted_libraries() -> tuple[Wanted, ...]:
    """The lines of `libraries.txt`."""
    lines = (HERE / "libraries.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return tuple(
        Wanted(library, tuple(packages.split("|")), purpose, when == "always")
        for library, packages, purpose, when in rows
    )


def asked_of_system(folder: Path) -> Asked:
    """Libraries that programs of a folder need and that are not in it, and the newest glibc they need."""
    there = {each.name for each in folder.rglob("*")}
    told = [_headers(each) for each in folder.rglob("*") if _is_program(each)]
    needed = {name for text in told for name in re.findall(r"NEEDED\s+(\S+)", text)}
    versions = {found for text in told for found in re.findall(r"\bGLIBC_([\d.]+)", text)}
    return Asked(
        frozenset(name for name in needed - there if not LOADERS.fullmatch(name)),
        max(tuple(int(part) for part in each.split(".")) for each in versions),
    )


def _headers(program: Path) -> str:
    return subprocess.run(["objdump", "-p", program], check=True, capture_output=True, text=True).stdout


def _is_program(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _write_papers(folder: Path) -> None:
    licences = (ROOT / "resources" / "licences.md").read_text("utf-8")
    (folder / "copyright").write_text(f"{(ROOT / 'LICENSE').read_text('utf-8')}\n{licences}", "utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "CHANGELOG.md.gz").write_bytes(gzip.compress(changes, mtime=0))


def _folder(root: Path, path: str) -> Path:
    folder = root / path
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
