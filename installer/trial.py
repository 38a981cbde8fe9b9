"""Tries a built program as an office would use it: the main job at the command line, then the window.

What it made is read back by other libraries than those that wrote it. Nothing of the source is used by the
program that is tried: it may lie in a chroot (`Place`).
"""

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from installer.product import say

PATIENCE_S = 300
# Without -noreset the screen begins anew when whoever looked at it leaves, and refuses who comes just then.
XVFB = ("xvfb-run", "-a", "-s", "-screen 0 1366x768x24 -noreset")
GRADES = {"优秀": 15, "良好": 14, "合格": 12, "基本合格": 10, "不合格": 7}
"""What the sample office's year gives; tests/core/test_hand_calculation.py computes it by hand."""


class Failed(Exception):
    """The program did not do what it must."""


@dataclass(frozen=True)
class Place:
    """Where a program is tried: `command` goes before each of its own, `root` before each of its paths."""

    root: Path
    command: tuple[str, ...] = ()

    def run(
        self, *command: str | Path, status: int = 0, surroundings: Mapping[str, str] | None = None
    ) -> str:
        """What a command wrote to its standard output.

        Raises:
            Failed: it ended with another status than `status`.
        """
        told = self._told(command, surroundings or {})
        if told.returncode != status:
            words = " ".join(str(each) for each in command)
            raise Failed(f"{words}\n退出状态 {told.returncode}：{told.stdout}{told.stderr}")
        return told.stdout

    def refuse(self, *command: str | Path, surroundings: Mapping[str, str] | None = None) -> str:
        """Why a command did not do what it must not do.

        Raises:
            Failed: it did.
        """
        told = self._told(command, surroundings or {})
        if told.returncode == 0:
            raise Failed(f"{' '.join(str(each) for each in command)}：应当拒绝而没有拒绝")
        return (told.stdout + told.stderr).strip()

    def ask(self, *command: str | Path, status: int = 0) -> Any:
        """The answer of a command with --json."""
        return json.loads(self.run(*command, "--json", status=status))

    def seen(self, path: str) -> Path:
        """A path of the place as it is seen from here."""
        return self.root / path.lstrip("/")

    def make_folder(self, path: str) -> None:
        """A folder that belongs to whoever the commands are run by."""
        if self.command:
            self.run("mkdir", "-p", path)
        else:
            self.seen(path).mkdir(parents=True, exist_ok=True)

    def _told(
        self, command: Sequence[str | Path], surroundings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Surroundings go with the command: what stands before it may clear those of this process."""
        given = [f"{name}={value}" for name, value in surroundings.items()] if self.command else []
        words = [*self.command, *(["env", *given] if given else []), *(str(each) for each in command)]
        outer = None if self.command else os.environ | dict(surroundings)
        return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S, env=outer)


def try_main_job(place: Place, cli: str, samples: str, work: str) -> None:
    """From the office's roster to certificates and a backup, in the folder `work` of the place.

    Raises:
        Failed: a step failed, or what it made is not what it must be.
    """
    data = ("--data", f"{work}/数据")
    place.make_folder(work)
    place.ask(cli, *data, "init", "--office", "城东街道办事处")
    place.ask(cli, *data, "import", "roster", f"{samples}/roster.xlsx")
    place.ask(cli, *data, "assess", "open", "--year", "2025")
    place.ask(cli, *data, "import", "scores", f"{samples}/scores.xlsx", "--year", "2025", status=1)
    place.ask(cli, *data, "assess", "compute", "--year", "2025")
    place.ask(cli, *data, "assess", "show", "--year", "2025", "-o", f"{work}/结果.xlsx")
    day = ("--year", "2025", "--date", "2026-01-08")
    notice = ("document", "results-notice", *day, "--reason", "补发")
    place.ask(cli, *data, *notice, "-o", f"{work}/通报.pdf")
    place.ask(cli, *data, "certificates", *day, "-o", f"{work}/证书.pdf")
    place.ask(cli, *data, "check")
    _read_back(place.seen(work))
    try_backup(place, cli, work)


def try_backup(place: Place, cli: str, work: str) -> None:
    """Back up to a folder that plays the USB stick, and restore from it as on another PC."""
    data = ("--data", f"{work}/数据")
    other = ("--data", f"{work}/另一台电脑")
    place.make_folder(f"{work}/U盘")
    place.ask(cli, *data, "backup", "place", f"{work}/U盘")
    place.ask(cli, *data, "backup", "now", "--second")
    place.ask(cli, *other, "backup", "restore", "--from", f"{work}/U盘")
    place.ask(cli, *other, "assess", "show", "--year", "2025", "-o", f"{work}/恢复后.xlsx")
    if _sheets(place.seen(f"{work}/恢复后.xlsx")) != _sheets(place.seen(f"{work}/结果.xlsx")):
        raise Failed("恢复以后的考核结果和备份以前的不一样")
    say("  备份到 U 盘、在另一个文件夹恢复：结果相同")


def try_window(
    place: Place, program: str, work: str, *, platform: str, **surroundings: str
) -> dict[str, Any]:
    """Open the window over the office in `work` until it rests; what it told of itself.

    The notice of `try_main_job` is printed into printed.pdf beside the picture.

    Raises:
        Failed: it did not come to rest, or is not in Chinese, or printed another number of pages.
    """
    out = f"{work}/窗口-{platform}"
    place.make_folder(out)
    notice = place.seen(f"{work}/通报.pdf").read_bytes()
    (place.seen(out) / "paper.pdf").write_bytes(notice)
    given = {"QT_QPA_PLATFORM": platform, "SHEPINGTONG_SELFTEST": out} | surroundings
    screen = XVFB if platform == "xcb" else ()
    started_at = time.time()
    place.run(*screen, program, "--data", f"{work}/数据", surroundings=given)
    facts: dict[str, Any] = json.loads((place.seen(out) / "facts.json").read_text("utf-8"))
    if (facts["platform"], facts["cancel"]) != (platform, "取消"):
        raise Failed(f"窗口不是在 {platform} 上用中文打开的：{facts}")
    pages = len(pypdfium2.PdfDocument(notice))
    if facts["pages_printed"] != pages:
        raise Failed(f"{pages} 页的通报印出了 {facts['pages_printed']} 页")
    if not surroundings and len(pypdfium2.PdfDocument(place.seen(out) / "printed.pdf")) != pages:
        raise Failed("PDF 打印机印出的页数不对")
    painted, filled = (facts[f"{moment}_at"] - started_at for moment in ("painted", "filled"))
    memory = facts["painted_kb"] / 1024
    moments = f"{painted:.2f} 秒画出，{filled:.2f} 秒填好"
    say(f"  窗口（{platform}）：{moments}，内存 {memory:.0f} MB，打印 {pages} 页")
    return facts


def _read_back(made: Path) -> None:
    grades = [row for sheet in _sheets(made / "结果.xlsx").values() for row in sheet]
    counted = {grade: sum(grade in row for row in grades) for grade in GRADES}
    if counted != GRADES:
        raise Failed(f"考核结果里的等次是 {counted}，应是 {GRADES}")
    for name, pages, words in (("通报.pdf", 7, "通报"), ("证书.pdf", 5, "荣誉证书")):
        document = pypdfium2.PdfDocument(made / name)
        text = document[0].get_textpage().get_text_range()
        if len(document) != pages or words not in "".join(text.split()):
            raise Failed(f"{name}有 {len(document)} 页，应是 {pages} 页；第一页的字：{text}")
    say("  主线：名册、评分表、计算、结果、通报 7 页、证书 5 张，都读回核对过")


def _sheets(workbook: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(workbook)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
