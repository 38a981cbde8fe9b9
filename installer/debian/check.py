"""The .deb as an office meets it: a bare Debian 12, no network, a user who is no administrator.

`python3 run.py package deb`, then as root `.venv/bin/python -m installer.debian.check FOLDER`. FOLDER takes
the system (made by debootstrap; about 1.5 GB) and the pictures. What is needed is fetched first; from then on
nothing has a network.
"""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from installer.portable import make_room
from installer.product import BUNDLE, DIST, NAME, VERSION, say, size_of
from installer.trial import XVFB, Failed, Place, try_main_job, try_window

SUITE = "bookworm"
DEB = f"{NAME}_{VERSION}_amd64.deb"
OLD_DEB = f"{NAME}_0.0.1_amd64.deb"
USER, USER_ID = "clerk", "1000"
HOME = f"/home/{USER}"
OWN_DATA = f"{HOME}/.local/share/{NAME}"
WORK = f"{HOME}/考核 2025"
SAMPLES = f"/opt/{NAME}/_internal/resources/sample"
GEAR = ("xvfb", "xauth", "x11-utils", "imagemagick", "cups", "printer-driver-cups-pdf")
"""For the checks only: a screen, pictures of it, a printer."""


class Bare:
    """A bare system in a folder, seen as its administrator and as an ordinary user; neither has a network."""

    def __init__(self, root: Path) -> None:
        self.root = root
        chroot = ("unshare", "--net", "chroot")
        clean = ("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8")
        self.admin = Place(root, (*chroot, str(root), *clean, "DEBIAN_FRONTEND=noninteractive"))
        as_user = (*chroot, f"--userspec={USER_ID}:{USER_ID}", str(root), *clean, f"HOME={HOME}")
        self.user = Place(root, as_user)


def main(arguments: list[str]) -> int:
    """All checks in their order; 1 at the first that fails."""
    folder = Path(arguments[0]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with bare_system(folder / "system") as bare:
            for title, check in CHECKS.items():
                say(f"== {title}")
                check(bare)
            for picture in (*bare.user.seen(WORK).rglob("*.png"), bare.user.seen(f"{HOME}/first/screen.png")):
                shutil.copy(picture, folder / f"{picture.parent.name}-{picture.name}")
    except Failed as failure:
        say(f"没有通过：{failure}")
        return 1
    say("全部通过。")
    return 0


@contextmanager
def bare_system(root: Path) -> Iterator[Bare]:
    """A minimal Debian with all that will be needed fetched but not installed."""
    if root.exists():
        raise Failed(f"{root} 已经有一个系统，里面装过东西，不能再当最小的 Debian：请换一个文件夹。")
    say("== 建一个最小的 Debian")
    mirror = _told("apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)").split()[0]
    subprocess.run(
        ["debootstrap", "--variant=minbase", SUITE, root, mirror], check=True, stdout=subprocess.DEVNULL
    )
    bare = Bare(root)
    _mount("-t", "proc", "proc", root / "proc")
    try:
        shutil.copy(DIST / DEB, root / "root")
        _older(root / "root" / OLD_DEB)
        fetch = ("apt-get", "install", "-y", "-q", "--no-install-recommends", "--download-only")
        chroot = ("chroot", str(root))
        subprocess.run([*chroot, "apt-get", "update", "-q"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*chroot, *fetch, f"/root/{DEB}", *GEAR], check=True, stdout=subprocess.DEVNULL)
        bare.admin.run("useradd", "-m", "-u", USER_ID, USER)
        yield bare
    finally:
        subprocess.run(["umount", "-l", root / "proc"], check=False)


def refused_without_libraries(bare: Bare) -> None:
    bare.admin.run("dpkg", "--force-depends", "-i", f"/root/{DEB}")
    told = bare.user.refuse(NAME, surroundings={"QT_QPA_PLATFORM": "offscreen"})
    for words in ("libGL.so.1（软件包 libgl1）", "libEGL.so.1（软件包 libegl1）", "数据没有受影响"):
        if words not in told:
            raise Failed(f"没有说“{words}”：{told}")
    say(told)
    bare.admin.run("dpkg", "-P", NAME)


def installed(bare: Bare) -> None:
    _install(bare, f"/root/{DEB}")
    bare.admin.run("apt-get", "install", "-y", "-q", "--no-install-recommends", *GEAR)
    say(f"  /opt/{NAME}：{size_of(bare.root / 'opt' / NAME) / 1024**2:.0f} MB")


def first_start(bare: Bare) -> None:
    bare.user.make_folder(f"{HOME}/first")
    still_there = "xwininfo -root -tree | grep -q 社评通"
    looking = (
        f"while sleep 0.5; do import -window root new.png && {still_there} && mv new.png screen.png; done"
    )
    shown = f"cd {HOME}/first; ({looking}) & {NAME}; status=$?; kill $!; exit $status"
    bare.user.run(*XVFB, "sh", "-c", shown, surroundings={"SHEPINGTONG_SELFTEST": f"{HOME}/first"})
    if not bare.user.seen(f"{OWN_DATA}/{NAME}.sqlite").is_file():
        raise Failed(f"没有在 {OWN_DATA} 建立数据文件")


def main_job(bare: Bare) -> None:
    try_main_job(bare.user, f"{NAME}-cli", SAMPLES, WORK)
    for platform in ("offscreen", "xcb"):
        try_window(bare.user, NAME, WORK, platform=platform)


def printed(bare: Bare) -> None:
    service = subprocess.Popen([*bare.admin.command, "cupsd", "-f"], stderr=subprocess.DEVNULL)
    try:
        _wait(lambda: bare.admin.seen("/run/cups/cups.sock").exists(), "cupsd 没有启动")
        model = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
        bare.admin.run("lpadmin", "-p", "PDF", "-E", "-v", "cups-pdf:/", "-m", model)
        facts = try_window(bare.user, NAME, WORK, platform="xcb", SHEPINGTONG_PRINTER="PDF")
        if "PDF" not in facts["printers"]:
            raise Failed(f"程序没有看到打印机：{facts['printers']}")
        made = bare.admin.seen(HOME) / "PDF"
        _wait(
            lambda: any(made.glob("*.pdf")) and not _told(*bare.admin.command, "lpstat", "-o"), "没有印出来"
        )
        paper = next(made.glob("*.pdf"))
        say(f"  CUPS 印出 {len(pypdfium2.PdfDocument(paper))} 页")
        if len(pypdfium2.PdfDocument(paper)) != facts["pages_printed"]:
            raise Failed("CUPS 印出的页数不对")
    finally:
        service.terminate()
        service.wait()


def refused_while_running(bare: Bare) -> None:
    running = subprocess.Popen(
        [*bare.user.command, "QT_QPA_PLATFORM=offscreen", "timeout", "60", NAME, "--data", f"{WORK}/数据"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(5)
        for order in (("-i", f"/root/{DEB}"), ("-r", NAME)):
            told = bare.admin.refuse("dpkg", *order)
            if "社评通正在运行" not in told:
                raise Failed(f"dpkg {order[0]} 没有说程序开着：{told}")
        say(next(line for line in told.splitlines() if "社评通" in line))
        if running.poll() is not None:
            raise Failed("开着的程序结束了")
    finally:
        running.terminate()
        running.wait()
    _same_results(bare)


def refused_on_full_disk(bare: Bare) -> None:
    disk = bare.root / "opt"
    _mount("-t", "tmpfs", "-o", "size=100m", "tmpfs", disk)
    try:
        told = bare.admin.refuse("dpkg", "-i", f"/root/{DEB}")
    finally:
        subprocess.run(["umount", disk], check=True)
    if "磁盘空间不够" not in told:
        raise Failed(f"没有说磁盘空间不够：{told}")
    say(next(line for line in told.splitlines() if "磁盘" in line))
    _same_results(bare)


def refused_without_rights(bare: Bare) -> None:
    shutil.copy(DIST / DEB, bare.root / "tmp")
    say(bare.user.refuse("dpkg", "-i", f"/tmp/{DEB}"))
    _same_results(bare)


def newer_data_is_refused(bare: Bare) -> None:
    store = bare.user.seen(f"{WORK}/数据/{NAME}.sqlite")
    with tempfile.TemporaryDirectory() as name:
        kept = Path(name) / "store"
        shutil.copy2(store, kept)
        with sqlite3.connect(store) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.execute("PRAGMA user_version = 9999")
        connection.close()
        told = bare.user.refuse(f"{NAME}-cli", "--data", f"{WORK}/数据", "check")
        shutil.copyfile(kept, store)
    if "更新版本的社评通" not in told:
        raise Failed(f"没有说数据是更新的版本写的：{told}")
    say(told)
    _same_results(bare)


def updated(bare: Bare) -> None:
    bare.admin.run("dpkg", "-i", f"/root/{OLD_DEB}")
    _install(bare, f"/root/{DEB}")
    if bare.admin.seen(f"/opt/{NAME}/_internal/old.txt").exists():
        raise Failed("旧版本的文件还在")
    _same_results(bare)


def removed_and_installed_again(bare: Bare) -> None:
    bare.admin.run("dpkg", "-r", NAME)
    left = [each for each in ("opt", "usr/bin", "usr/share") if list((bare.root / each).rglob(f"{NAME}*"))]
    if left:
        raise Failed(f"卸载以后还有文件：{left}")
    bare.admin.run("dpkg", "-P", NAME)
    _install(bare, f"/root/{DEB}")
    _same_results(bare)
    bare.user.ask(f"{NAME}-cli", "check")


def portable(bare: Bare) -> None:
    folder = f"{HOME}/我的 程序/社评通"
    bare.user.make_folder(f"{HOME}/我的 程序")
    here = bare.user.seen(folder)
    shutil.copytree(BUNDLE, here, symlinks=True)
    make_room(here)
    subprocess.run(["chown", "-R", USER_ID, here], check=True)
    bare.user.ask(f"{folder}/{NAME}-cli", "init", "--office", "绿色街道办事处")
    if not (here / f"{NAME}-data" / f"{NAME}.sqlite").is_file():
        raise Failed("绿色版的数据不在程序旁边")
    bare.user.ask(f"{folder}/{NAME}-cli", "check")


def _install(bare: Bare, deb: str) -> None:
    bare.admin.run("apt-get", "install", "-y", "-q", "--no-install-recommends", deb)


def _same_results(bare: Bare) -> None:
    """The installed program finds its data sound."""
    bare.user.ask(f"{NAME}-cli", "--data", f"{WORK}/数据", "check")


def _older(deb: Path) -> None:
    """The package as an older version, with a file that the newer one has no more."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "root"
        subprocess.run(["dpkg-deb", "-R", DIST / DEB, root], check=True)
        control = root / "DEBIAN" / "control"
        text = control.read_text("utf-8").replace(f"Version: {VERSION}", "Version: 0.0.1")
        control.write_text(text, "utf-8")
        (root / "opt" / NAME / "_internal" / "old.txt").touch()
        packing = ("--root-owner-group", "-Zgzip", "-z1")
        subprocess.run(["dpkg-deb", *packing, "--build", root, deb], check=True, stdout=subprocess.DEVNULL)


def _wait(until: Callable[[], bool], trouble: str) -> None:
    for _try in range(600):
        if until():
            return
        time.sleep(0.5)
    raise Failed(trouble)


def _mount(*words: str | Path) -> None:
    subprocess.run(["mount", *words], check=True)


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


CHECKS: dict[str, Callable[[Bare], None]] = {
    "缺系统库：启动器用中文说出缺哪个库、在哪个软件包": refused_without_libraries,
    "安装，不用网络": installed,
    "第一次打开，真窗口": first_start,
    "整条主线，备份到 U 盘，恢复；窗口（offscreen 和 Xvfb）": main_job,
    "打印到 CUPS 的 PDF 打印机": printed,
    "程序开着时安装、卸载：拒绝，什么也不改": refused_while_running,
    "磁盘不够：拒绝，原来的程序还能用": refused_on_full_disk,
    "没有管理员权限：dpkg 拒绝，原来的程序还能用": refused_without_rights,
    "数据是更新的版本写的：说明，不改动": newer_data_is_refused,
    "装在旧版本上面：旧程序的文件没有了，数据还在": updated,
    "卸载：程序干净，数据还在；再装上，接着用": removed_and_installed_again,
    "绿色版：放在有空格和汉字的路径里，数据在程序旁边": portable,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
