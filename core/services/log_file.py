"""The log of what went wrong, in the data folder; it holds no personal data.

Everything that is logged anywhere passes through here, so here alone it is redacted.
"""

import copy
import logging
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from core.model.program import VERSION
from core.rules.redacting import redacted

LOG_NAME = "shepingtong.log"
LOG_BYTES = 1_000_000
OLD_LOGS = 2
_ROOT = Path(__file__).resolve().parents[2]
_LIBRARIES = ("site-packages", "dist-packages", "_internal", "lib")


class Bug(NamedTuple):
    """An error that is the program's own fault: its number, the same for the same fault, and where it was."""

    number: str
    details: str


def frames_of(error: BaseException | None) -> str:
    """Where an error came about and of what kind it is, those before it first; never its own words."""
    parts = [f"{type(each).__name__}\n{''.join(_places(each.__traceback__))}" for each in _chain(error)]
    return "".join(reversed(parts)).rstrip()


def log_bug(log: logging.Logger, what: str, error: BaseException) -> Bug:
    """Write a fault of the program into the log; what to tell of it. `what` says what was being done."""
    import hashlib  # noqa: PLC0415 - the window is painted without

    where = frames_of(error)
    digest = hashlib.sha256(where.encode()).hexdigest().upper()
    number = f"{digest[:3]}-{digest[3:6]}"
    log.error("[%s] %s", number, what, exc_info=error)
    return Bug(number, f"编号 {number}，社评通 {VERSION}\n{where}")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"  {_file(Path(frame.filename))}:{frame.lineno} {frame.name}\n"


def _file(path: Path) -> str:
    """A source file without the folders above the program, which may bear the name of a person."""
    if not path.is_absolute():
        return path.as_posix()
    if path.is_relative_to(_ROOT) and not {*path.relative_to(_ROOT).parts} & {*_LIBRARIES}:
        return path.relative_to(_ROOT).as_posix()
    parts = path.parts
    known = [place for place, part in enumerate(parts) if part.lower() in _LIBRARIES]
    return "/".join(parts[known[-1] + 1 :]) if known else path.name


class FramesOnly(logging.Formatter):
    """An error's message can quote names and phones, so the log keeps its kind and place alone."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry, its error's own words left out."""
        # Another handler may have left its own words of the error in the record.
        own = copy.copy(record)
        own.exc_text = own.stack_info = None
        own.msg, own.args = redacted(record.getMessage()), None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The frames and the kind of an error."""
        return frames_of(ei[1])


class _LogFile(RotatingFileHandler):
    """A log whose folder is made with its first line too; if it cannot be written, the work goes on."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the standard handler prints a traceback, and the error itself is told elsewhere."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


def start_log(folder: Path) -> logging.Handler:
    """Write what goes wrong into the data folder; the file is made with its first line."""
    log = _LogFile(folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8", delay=True)
    log.setFormatter(FramesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.setLevel(logging.WARNING)
    logging.getLogger().addHandler(log)
    return log


def stop_log(log: logging.Handler) -> None:
    """Write nothing more and close the file."""
    logging.getLogger().removeHandler(log)
    log.close()


def log_files(folder: Path) -> tuple[Path, ...]:
    """Where the log and those that were full before it lie in a data folder, if they are there."""
    names = (LOG_NAME, *(f"{LOG_NAME}.{number}" for number in range(1, OLD_LOGS + 1)))
    return tuple(folder / name for name in names)
