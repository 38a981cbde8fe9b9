"""Reading what came from outside in a child process: limited in time and memory, without files of its own.

    apart = Apart([sys.executable, "main.py", "--apart"])     parent: apart("workbook", name, content)
    serve({"workbook": read_content}, stdin, stdout)          child

The child gets bytes, never a path, and answers with plain values alone. One that is late, too large or that
falls over is ended; the next file gets a new one.
"""

import contextlib
import io
import logging
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from threading import Lock, Timer
from typing import IO, Any

from core import errors
from core.errors import AppError, InvalidInput, Problem
from core.services.log_file import frames_of

MOST_SECONDS = 20.0
MOST_BYTES = 700 << 20
IDLE_SECONDS = 30.0
_LENGTH = 8
_PLAIN = frozenset(
    {
        *(("datetime", name) for name in ("date", "datetime", "time", "timedelta")),
        *(("core.model.workbook", name) for name in ("RawWorkbook", "RawSheet")),
        *(("core.model.office_font", name) for name in ("SoundFont", "FontReach")),
        ("core.errors", "Problem"),
    }
)
"""All that an answer may be made of, besides numbers, texts and rows of them."""
_TOLD = ("InvalidInput", "NotFound", "StorageFailed", "DocumentFailed")

_log = logging.getLogger(__name__)

Task = Callable[..., object]


class Apart:
    """The parent's side: one child, started with the first question, ended when it has nothing to do."""

    def __init__(
        self, command: Sequence[str], seconds: float = MOST_SECONDS, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        """`command` starts the child; `seconds` is what one answer may take."""
        self._command = command
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._rest: Timer | None = None
        self._lock = Lock()

    def __call__(self, task: str, name: str, *given: object) -> Any:
        """What the child makes of what is given; `name` is what the user calls the file.

        Raises:
            AppError: what the child found wrong with it.
            InvalidInput: it took too long or too much memory, or no reader could make anything of it.
        """
        with self._lock:
            self._stop_resting()
            try:
                answer = self._ask(pickle.dumps((task, given)))
            finally:
                self._begin_resting()
        if answer is None:
            raise InvalidInput(
                "file_too_hard",
                f"“{name}”读不出来：{self._seconds:.0f} 秒内没有读完，或者要用的内存太多。",
                "文件可能已经损坏，或者里面有过大的内容。请用原来的软件打开它，另存一份再试。",
            )
        kind, value = answer
        if kind == "done":
            return value
        if kind == "told":
            raise _error(*value)
        _log.error("Reading %s apart failed\n%s", task, value)
        raise InvalidInput(
            "file_unreadable",
            f"“{name}”的内容不合规范，读不出来。",
            "请用原来的软件打开它，另存一份再试。",
        )

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop_resting()
            self._end()

    def _ask(self, question: bytes) -> tuple[str, Any] | None:
        """The child's answer; None if it gave none. One of before may be gone: ask a new one."""
        is_old = self._child is not None
        late = False
        for _ in range(1 + is_old):
            answer, late = self._answer(question)
            if answer is not None:
                with contextlib.suppress(pickle.UnpicklingError, EOFError, ValueError, LookupError):
                    kind, value = _Plain(io.BytesIO(answer)).load()
                    return str(kind), value
            self._end()
            if late:
                return None
        return None

    def _answer(self, question: bytes) -> tuple[bytes | None, bool]:
        """The answer as bytes, and whether time was up."""
        child = self._child = self._child or _started(self._command)
        late: list[bool] = []

        def stop() -> None:
            late.append(True)
            child.kill()

        watch = Timer(self._seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            assert child.stdin is not None and child.stdout is not None
            _put(child.stdin, question)
            return _got(child.stdout), bool(late)
        except OSError:
            return None, bool(late)
        finally:
            watch.cancel()

    def _begin_resting(self) -> None:
        if self._child is not None:
            self._rest = Timer(self._idle_seconds, self.close)
            self._rest.daemon = True
            self._rest.start()

    def _stop_resting(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            with self._child:
                # Closing what it never read would raise.
                for pipe in (self._child.stdin, self._child.stdout):
                    with contextlib.suppress(OSError):
                        if pipe is not None:
                            pipe.close()
            self._child = None


def serve(tasks: Mapping[str, Task], asked: IO[bytes], said: IO[bytes]) -> None:
    """The child's side: answer until the parent is gone."""
    limit()
    while (question := _got(asked)) is not None:
        task, given = pickle.loads(question)
        _put(said, pickle.dumps(_worked(tasks[task], given)))


def limit(most_bytes: int = MOST_BYTES) -> None:
    """Take no more memory than this from now on, write no file, leave no image of the memory."""
    if sys.platform == "win32":
        from core.services.windows_job import limit_memory  # noqa: PLC0415 - Windows alone has it

        limit_memory(most_bytes)
        return
    import resource  # noqa: PLC0415 - Windows has none

    for kind, most in (
        (resource.RLIMIT_AS, most_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # A system may not know a limit or hold a lower one already.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _worked(task: Task, given: Sequence[object]) -> tuple[str, object]:
    try:
        return "done", task(*given)
    except AppError as error:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        told = (type(error).__name__, error.code, error.message_zh, error.remedy_zh, problems)
        return "told", told
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever a library throws at a bad file, panics too
        return "failed", frames_of(error)


def _error(kind: str, code: str, message: str, remedy: str, problems: Sequence[Problem]) -> AppError:
    if kind == "InvalidInput" or kind not in _TOLD:
        return InvalidInput(code, message, remedy, problems)
    made: AppError = getattr(errors, kind)(code, message, remedy)
    return made


class _Plain(pickle.Unpickler):
    """A child that a bad file got hold of must not make the parent do anything."""

    def find_class(self, module: str, name: str) -> Any:
        """Only what answers are made of."""
        if (module, name) not in _PLAIN:
            raise pickle.UnpicklingError
        return super().find_class(module, name)


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _put(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(_LENGTH, "big"))
    stream.write(content)
    stream.flush()


def _got(stream: IO[bytes]) -> bytes | None:
    """What was put; None if the other side is gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    if length > 2 * MOST_BYTES:
        return None
    content = stream.read(length)
    return content if len(content) == length else None
