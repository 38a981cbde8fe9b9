"""The log of what went wrong, in the data folder; it holds no personal data."""

import copy
import logging
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG_NAME = "shepingtong.log"
LOG_BYTES = 1_000_000


class FramesOnly(logging.Formatter):
    """An error's message can quote names and phones, so the log keeps its kind and place alone."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry, its error's own words left out."""
        # Another handler may have left its own words of the error in the record.
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The frames and the kind of an error."""
        kind, _error, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


class _LogFile(RotatingFileHandler):
    """A log whose folder is made with its first line too; if it cannot be written, the work goes on."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the standard handler prints a traceback, and the error itself is told elsewhere."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


def start_log(folder: Path) -> logging.Handler:
    """Write what goes wrong into the data folder; the file is made with its first line."""
    log = _LogFile(folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True)
    log.setFormatter(FramesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.setLevel(logging.WARNING)
    logging.getLogger().addHandler(log)
    return log


def stop_log(log: logging.Handler) -> None:
    """Write nothing more and close the file."""
    logging.getLogger().removeHandler(log)
    log.close()
