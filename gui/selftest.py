"""What a built program shows of itself to those who build it; no user ever starts this.

With a folder in SHEPINGTONG_SELFTEST the window, once at rest, is drawn into window.png, paper.pdf (if it is
there) is printed into printed.pdf or on the printer that SHEPINGTONG_PRINTER names, what was seen goes into
facts.json, and the program ends: 0, or 1 when the window did not come to rest.
"""

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox

if TYPE_CHECKING:
    from gui.app import WindowProgram

PRINTER = "SHEPINGTONG_PRINTER"
PATIENCE_MS = 60_000
STILL_MS = 1500
HOME_JOB = "读取首页"


class Selftest(QObject):
    """Watches one start of the program."""

    def __init__(self, program: "WindowProgram", folder: Path) -> None:
        super().__init__(program)
        self._program = program
        self._folder = folder
        self._facts: dict[str, object] = {}
        self._still = QTimer(self, singleShot=True, interval=STILL_MS)
        self._still.timeout.connect(self._end)
        QTimer.singleShot(PATIENCE_MS, self, self._give_up)
        program.window.painted.connect(lambda: self._note("painted"))
        program.jobs.ended.connect(self._follow)
        program.jobs.busy_changed.connect(self._look)

    def _follow(self, title: str) -> None:
        if title == HOME_JOB:
            # Its result is shown next; then the event loop goes on.
            QTimer.singleShot(0, self, lambda: self._note("filled"))

    def _look(self, busy: bool) -> None:
        if busy or self._program.workplace is None:
            self._still.stop()
            return
        self._still.start()

    def _note(self, moment: str) -> None:
        if f"{moment}_at" not in self._facts:
            self._facts |= {
                f"{moment}_at": time.time(),
                f"{moment}_cpu": time.process_time(),
                f"{moment}_kb": _resident_kb(),
            }

    def _end(self) -> None:
        self._program.window.grab().save(str(self._folder / "window.png"))
        if (self._folder / "paper.pdf").is_file():
            self._print((self._folder / "paper.pdf").read_bytes())
        self._leave(0)

    def _give_up(self) -> None:
        shown = QApplication.activeModalWidget() or self._program.window
        shown.grab().save(str(self._folder / "window.png"))
        self._leave(1)

    def _print(self, paper: bytes) -> None:
        # Not at the head: the start that is watched does without.
        from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - see above

        from gui.dialogs.printing import print_pdf, work_of  # noqa: PLC0415 - see above

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if name := os.environ.get(PRINTER):
            printer.setPrinterName(name)
        else:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._folder / "printed.pdf"))
        pages = range(work_of("selftest", paper, two_sided=False).pages)
        self._facts["pages_printed"] = print_pdf(paper, printer, pages, lambda done, total: None)

    def _leave(self, status: int) -> None:
        from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - as in _print

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._facts |= {
            "platform": QGuiApplication.platformName(),
            "font": QGuiApplication.font().family(),
            "cancel": buttons.button(QDialogButtonBox.StandardButton.Cancel).text(),
            "printers": QPrinterInfo.availablePrinterNames(),
        }
        (self._folder / "facts.json").write_text(json.dumps(self._facts, ensure_ascii=False), "utf-8")
        QApplication.exit(status)


def _resident_kb() -> int:
    """Memory of this process that lies in the PC's own, 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return next(
        int(line.split()[1]) for line in status.read_text("ascii").splitlines() if line[:5] == "VmRSS"
    )
