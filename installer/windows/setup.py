"""The Windows installer, made by NSIS from the bundle that was built on Windows.

On another system the script is only compiled, with the bundle of that system in the place of Windows' own: a
check of script and file list, not an installer to give away.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installer.icon import write_ico
from installer.product import BUNDLE, DIST, NAME, ROOT, VERSION, say, size_of

SCRIPT = Path(__file__).parent / f"{NAME}.nsi"
PLACES = (Path("C:/Program Files (x86)/NSIS/makensis.exe"), Path("C:/Program Files/NSIS/makensis.exe"))


def make_setup(_arguments: Sequence[str]) -> int:
    """Make dist/shepingtong-VERSION-windows.exe, or compile the script as a check."""
    compiler = shutil.which("makensis") or next((str(each) for each in PLACES if each.exists()), None)
    if compiler is None:
        raise SystemExit(
            "没有找到 NSIS：请先装上（Windows：NSIS 3；Debian：apt install nsis），再做安装程序。"
        )
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        target = DIST / f"{NAME}-{VERSION}-windows.exe" if sys.platform == "win32" else scratch / "check.exe"
        compile_setup(compiler, BUNDLE, target, scratch)
        say(f"{target}：{target.stat().st_size / 1024**2:.0f} MB")
    if sys.platform != "win32":
        say("脚本和文件清单能编译；这里不是 Windows，没有留下安装程序。")
        resolve_for_windows()
    return 0


def resolve_for_windows() -> None:
    """See that each library of both locks is there for Windows; nothing is downloaded.

    Raises:
        SystemExit: one is not.
    """
    there = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    order = ("install", "-q", "--dry-run", "--no-deps", "--only-binary=:all:", "--require-hashes", *there)
    for lock in (ROOT / "requirements.lock", ROOT / "installer" / "requirements.lock"):
        command = [sys.executable, "-m", "pip", *order, "--target", "unused", "-r", str(lock)]
        if subprocess.call(command):
            raise SystemExit(f"{lock} 里有 Windows 上没有的库，见上面 pip 的提示。")
    say("锁定的库在 64 位 Windows 上都有。")


def compile_setup(compiler: str, bundle: Path, target: Path, scratch: Path) -> None:
    """Compile the script over a bundle's folder; any warning is an error.

    Raises:
        subprocess.CalledProcessError: the script does not compile.
    """
    write_ico(scratch / f"{NAME}.ico")
    told = {
        "VERSION": VERSION,
        "BUNDLE": bundle,
        "ICON": scratch / f"{NAME}.ico",
        "LICENCE": ROOT / "LICENSE",
        "SIZE_KB": size_of(bundle) // 1024,
        "TARGET": target,
    }
    words = [f"-D{name}={value}" for name, value in told.items()]
    subprocess.run([compiler, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, SCRIPT], check=True)
