"""The program over the user's own store: tells its first paint, then the home page filled."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main
from gui import app as program


def told(moment: str) -> None:
    print(moment, time.time() - float(os.environ["STARTED_AT"]), flush=True)


class Told(program.WindowProgram):
    """The program, telling its moments and ending when the first page has its figures."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.window.painted.connect(lambda: told("painted"))

    def _enter(self, office: object) -> None:
        super()._enter(office)
        self.jobs.busy_changed.connect(self._filled)

    def _filled(self, busy: bool) -> None:
        if not busy:
            told("filled")
            program.QApplication.quit()


program.WindowProgram = Told
main.main([])
