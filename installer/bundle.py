"""The program as one folder that needs no Python: `python3 run.py build` makes it and tries it."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from installer.licences import without_licence, without_text
from installer.product import BUNDLE, DIST, LARGEST_BUNDLE, NAME, ROOT, program, say, size_of
from installer.trial import XVFB, Failed, Place, try_main_job, try_window

INTERNAL = BUNDLE / "_internal"
LICENCES = INTERNAL / "resources" / "licences.md"


def main() -> int:
    """Build and try; the exit status."""
    say("== 打包（一两分钟）")
    build()
    size = size_of(BUNDLE)
    say(f"{BUNDLE}：{size / 1024**2:.0f} MB")
    if size > LARGEST_BUNDLE:
        raise SystemExit(f"打成的包太大：最多 {LARGEST_BUNDLE / 1024**2:.0f} MB。")
    if unnamed := without_licence(INTERNAL, LICENCES.read_text("utf-8")):
        raise SystemExit(f"resources/licences.md 没有写明这些随程序分发的库：{'、'.join(unnamed)}。")
    if sys.platform == "linux" and (untold := without_text(INTERNAL)):
        raise SystemExit(f"包里没有这些系统库的许可文本：{'、'.join(untold)}。")
    say("== 试用打好的程序")
    try:
        try_bundle()
    except Failed as failure:
        raise SystemExit(f"打好的程序没有通过试用：{failure}") from failure
    return 0


def build() -> None:
    """Let PyInstaller make the folder in dist/.

    Raises:
        SystemExit: it could not.
    """
    options = ("--noconfirm", "--log-level", "ERROR", "--distpath", DIST, "--workpath", ROOT / "build")
    if subprocess.call([sys.executable, "-m", "PyInstaller", *options, ROOT / "build.spec"], cwd=ROOT):
        raise SystemExit("没有打成包，原因见上面 PyInstaller 的提示。")


def try_bundle() -> None:
    """The main job, and the window without and (where there is one) with a screen.

    Raises:
        Failed: something of it failed.
    """
    with tempfile.TemporaryDirectory(prefix=f"{NAME}-试用 ") as name:
        place = Place(Path(Path(name).anchor))
        work = str(Path(name) / "考核 2025")
        samples = str(INTERNAL / "resources" / "sample")
        try_main_job(place, str(program(BUNDLE, console=True)), samples, work)
        platforms = ["offscreen"]
        if shutil.which(XVFB[0]):
            platforms.append("xcb")
        elif sys.platform == "linux":
            say("  没有 xvfb-run，真窗口没有试：装上 Debian 的 xvfb 和 xauth 后再试。")
        for platform in platforms:
            facts = try_window(place, str(program(BUNDLE)), work, platform=platform)
        say(json.dumps(facts, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
