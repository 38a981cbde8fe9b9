"""The one way to do work that takes time or touches the store: one worker thread, one job after another.

    jobs.start(lambda report: office.organizations.list_all(), self._show, title="读取名册")
    jobs.start(work, done, title="导入名册", saves=True, failed=self._refused, ended=self._unlock, owner=self)
    jobs.look(lambda: office.roster.find(query), self._show_found, title="查找", owner=self)

- `work(report)` runs on the worker thread and must not touch a widget; `report(done, total)` shows progress
  and raises JobCancelled once the user has asked to stop.
- `done(result)` runs on the window's thread. Of `failed` and the message box exactly one gets an AppError;
  a cancelled job shows nothing. Any other exception is a bug: logged and shown with a copy button.
- `ended()` runs after either, e.g. to enable a button again.
- A job begins when the window comes to rest: a page just built is painted before its reading slows it down.
- `saves=True` makes `saved` fire after success: the visible page then loads again.
- A look only reads, and beside the queue: it does not wait for a long job. Of an owner's looks with one title
  only the newest is answered; those before it that have not begun never do. One with `after_ms` begins so
  much later: two that work at once slow each other down, and the window too.
- Nothing is delivered to an `owner` that is gone; for a bound method of a QObject the owner is that object.
- Between `hold` and `release` work goes on, but nobody hears of it: no box stands over a locked window.
- A job started after `shut_down` is dropped: a page that is taken down may still ask for one.

Signals: saved(), started(title), progressed(title, done, total), ended(title), busy_changed(bool).
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from core.errors import AppError, JobCancelled
from core.services.log_file import log_bug
from gui.messages import Messages

Report = Callable[[int, int], None]
T = TypeVar("T")

# A look that was overtaken may still be reading while the newest one begins.
LOOKS_AT_ONCE = 2
# More often than this nobody sees a difference, and the window would do nothing but repaint the bar.
PROGRESS_PERIOD_S = 0.05

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Job:
    title: str
    work: Callable[[Report], Any]
    done: Callable[[Any], None]
    failed: Callable[[AppError], None] | None
    ended: Callable[[], None] | None
    saves: bool
    receiver: QObject | None
    beside: bool = False
    stop: Event = field(default_factory=Event)
    dropped: bool = False
    result: Any = None
    error: Exception | None = None

    @property
    def orphaned(self) -> bool:
        """Whether nobody waits any more; a connection to `destroyed` would keep the result for ever."""
        return self.dropped or (self.receiver is not None and not isValid(self.receiver))

    def drop(self) -> None:
        """Do not begin it any more, or stop it at its next report; nobody hears of it."""
        self.dropped = True
        self.stop.set()


class JobRunner(QObject):
    """Owned by the application, so that a job outlives the page that started it."""

    saved = Signal()
    started = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal(str)
    busy_changed = Signal(bool)
    _finished = Signal(object)

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._looking = ThreadPoolExecutor(max_workers=LOOKS_AT_ONCE, thread_name_prefix="look")
        self._jobs: list[_Job] = []
        self._looks: list[_Job] = []
        self._held: list[_Job] = []
        self._let_through: QObject | None = None
        self._is_down = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def is_busy(self) -> bool:
        return bool(self._jobs or self._looks)

    def start(
        self,
        work: Callable[[Report], T],
        done: Callable[[T], None],
        *,
        title: str,
        failed: Callable[[AppError], None] | None = None,
        ended: Callable[[], None] | None = None,
        saves: bool = False,
        owner: QObject | None = None,
    ) -> None:
        """Queue a job; see the module for what is called when."""
        if self._is_down:
            return
        receiver = owner or getattr(done, "__self__", None)
        waiting = receiver if isinstance(receiver, QObject) else None
        self._begin(_Job(title, work, done, failed, ended, saves, waiting))

    def look(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        *,
        title: str,
        owner: QObject,
        failed: Callable[[AppError], None] | None = None,
        ended: Callable[[], None] | None = None,
        after_ms: int = 0,
    ) -> None:
        """Read beside the queue; see the module for which looks are answered."""
        if self._is_down:
            return
        for job in self._looks:
            if job.receiver is owner and job.title == title:
                job.drop()
        job = _Job(title, lambda _report: work(), done, failed, ended, False, owner, beside=True)
        self._begin(job, after_ms)

    def _begin(self, job: _Job, after_ms: int = 0) -> None:
        was_busy = self.is_busy()
        (self._looks if job.beside else self._jobs).append(job)
        if not was_busy:
            self.busy_changed.emit(True)
        if after_ms or not job.beside:
            QTimer.singleShot(after_ms, self, lambda: self._submit(job))
        else:
            self._submit(job)

    def _submit(self, job: _Job) -> None:
        if not self._is_down:
            (self._looking if job.beside else self._pool).submit(self._run, job)

    def cancel(self) -> None:
        """Ask the running job to stop at its next report."""
        if self._jobs:
            self._jobs[0].stop.set()

    def hold(self, let_through: QObject) -> None:
        """Deliver nothing but what is owned by this object."""
        self._let_through = let_through

    def release(self, *, drop: bool = False) -> None:
        """Deliver again, beginning with what has ended meanwhile; `drop` forgets that."""
        held, self._held, self._let_through = self._held, [], None
        for job in held:
            if not drop:
                self._hand_over(job)

    def shut_down(self) -> None:
        """Cancel everything and wait for the worker; nothing is delivered or taken any more."""
        self._is_down = True
        for job in (*self._jobs, *self._looks):
            job.drop()
        for pool in (self._pool, self._looking):
            pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, job: _Job) -> None:
        if not job.beside:
            self.started.emit(job.title)
        try:
            if not job.dropped:
                job.result = job.work(self._report_for(job))
        except Exception as error:
            job.error = error
        self._finished.emit(job)

    def _report_for(self, job: _Job) -> Report:
        shown_at = 0.0

        def report(done: int, total: int) -> None:
            nonlocal shown_at
            if job.stop.is_set():
                raise JobCancelled
            now = time.monotonic()
            if done == total or now - shown_at >= PROGRESS_PERIOD_S:
                shown_at = now
                self.progressed.emit(job.title, done, total)

        return report

    def _deliver(self, job: _Job) -> None:
        (self._looks if job.beside else self._jobs).remove(job)
        if not job.beside:
            self.ended.emit(job.title)
        if not self.is_busy():
            self.busy_changed.emit(False)
        if self._let_through is None or job.receiver is self._let_through:
            self._hand_over(job)
        else:
            self._held.append(job)

    def _hand_over(self, job: _Job) -> None:
        if job.error is not None:
            self._tell(job, job.error)
        elif not job.orphaned:
            job.done(job.result)
        if job.ended is not None and not job.orphaned:
            job.ended()
        if job.error is None and job.saves:
            self.saved.emit()

    def _tell(self, job: _Job, error: Exception) -> None:
        if not isinstance(error, AppError):
            self._messages.show_bug(log_bug(_log, f"Job {job.title} failed", error))
        elif job.failed is not None and not job.orphaned:
            job.failed(error)
        elif not job.dropped and not isinstance(error, JobCancelled):
            self._messages.show_error(error, headline=f"没有完成：{job.title}")
