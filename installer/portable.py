"""绿色版: the folder with room for the data beside the program, packed; it is unpacked and started."""

import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installer.product import BUNDLE, DIST, NAME, ROOT, TITLE, VERSION, say

DATA = f"{NAME}-data"
"""As main.py looks for it."""
README = f"{DATA}/数据放在这里.txt"
WORDS = f"""\
{TITLE} {VERSION} 绿色版

打开：Windows 双击 {NAME}.exe；Linux 双击 launcher.sh（或在终端里运行它）。
数据就放在这个文件夹里，跟着程序走：整个文件夹一起复制、一起备份。删掉这个文件夹，程序就不再是绿色版，数据改放在用户文件夹里。
换新版本：把旧的 {DATA} 文件夹复制到新版本的程序旁边。
"""


def make_portable(_arguments: Sequence[str]) -> int:
    """Pack it into dist/: a .zip on Windows, else a .tar.xz."""
    system = "windows" if sys.platform == "win32" else "linux"
    name = f"{NAME}-{VERSION}-portable-{system}-{platform.machine().lower()}"
    say("== 绿色版（压缩要几分钟）")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        shutil.copytree(BUNDLE, folder, symlinks=True)
        make_room(folder)
        kind = "zip" if system == "windows" else "xztar"
        made = shutil.make_archive(str(DIST / name), kind, root_dir=scratch, base_dir=name)
    say(f"{made}：{Path(made).stat().st_size / 1024**2:.0f} MB")
    return 0


def make_room(folder: Path) -> None:
    """Make a bundle's folder a portable one."""
    (folder / DATA).mkdir()
    (folder / README).write_text(WORDS, encoding="utf-8-sig", newline="\r\n")
    if sys.platform == "linux":
        for each in ("launcher.sh", "libraries.txt"):
            shutil.copy(ROOT / "installer" / "debian" / each, folder)
        (folder / "launcher.sh").chmod(0o755)
