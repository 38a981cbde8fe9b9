"""Drafts on their way to the store: one act for each pause of some length, and nothing typed is lost.

keeper = DraftKeeper(desk, parent); keeper.begin(document); keeper.changed(read)    read() -> text and day
keeper.save_now() when the user goes elsewhere; keeper.finish() -> False if something could not be saved
keeper.saved (WrittenDocument)

Where somebody else changed the same document, the user is asked; whatever is answered, both texts are kept
among its versions.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from core.errors import AppError, Conflict
from core.model.document_text import DocumentText
from core.model.written_document import WrittenDocument
from gui.desk import Desk

PAUSE_MS = 4_000
Written: TypeAlias = "tuple[DocumentText, date | None]"
Read: TypeAlias = Callable[[], Written]


class DraftKeeper(QObject):
    """See the module."""

    saved = Signal(object)
    taken_over = Signal(str)
    settled = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: Read | None = None
        self._id = ""
        # Written and read by the worker alone, one job after another.
        self._newest: dict[str, WrittenDocument] = {}
        self._running = 0
        self._unkept = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    def begin(self, document: WrittenDocument) -> None:
        """From now on changes are of this document, as it stands here."""
        self.forget()
        self._id = document.id
        known = self._newest.get(document.id)
        if known is None or known.version < document.version:
            self._newest[document.id] = document

    def forget(self) -> None:
        """What was changed and not saved is given up."""
        self._pause.stop()
        self._read = None

    def changed(self, read: Read) -> None:
        """The user has changed something; `read` gives the text when it is saved."""
        self._read = read
        self._pause.start()

    def is_waiting(self) -> bool:
        """Whether something is not in the store yet."""
        return self._read is not None or bool(self._running)

    def save_now(self) -> None:
        """Save what waits."""
        read, self._read = self._read, None
        self._pause.stop()
        if read is not None:
            text, day = read()
            self._start(self._id, text, day)

    def finish(self) -> bool:
        """Save what waits and stay until it is done; whether all of it is in the store."""
        if not self._running:
            self._unkept = 0
        self.save_now()
        if self._running:
            loop = QEventLoop()
            self.settled.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return not self._unkept

    def _start(self, document_id: str, text: DocumentText, day: date | None) -> None:
        documents = self._desk.services.documents
        newest = self._newest

        def work(_report: object) -> WrittenDocument:
            newest[document_id] = documents.save(newest[document_id], text, day)
            return newest[document_id]

        self._running += 1
        self._unkept += 1
        self._desk.jobs.start(
            work,
            self._kept,
            title="保存文书",
            failed=lambda error: self._refused(document_id, (text, day), error),
            ended=self._settle,
            saves=True,
            owner=self,
        )

    def _kept(self, document: WrittenDocument) -> None:
        self._unkept -= 1
        self.saved.emit(document)

    def _settle(self) -> None:
        self._running -= 1
        if not self._running:
            self.settled.emit()

    def _refused(self, document_id: str, written: Written, error: AppError) -> None:
        if isinstance(error, Conflict):
            self._ask(document_id, written)
            return
        self._desk.messages.show_error(error, headline="没有保存文书")

    def _ask(self, document_id: str, written: Written) -> None:
        mine = self._desk.messages.confirm(
            "这份文书在别处改过了，用哪一份？",
            (
                ("我的", "接着用这里的文字；别处的那一份留在“版本”里"),
                ("别处的", "改看别处的文字；这里的这一份留在“版本”里"),
            ),
            yes="用我的",
            no="用别处的",
        )
        documents, newest = self._desk.services.documents, self._newest
        text, day = written

        def work(_report: object) -> WrittenDocument:
            other = documents.open(document_id)
            kept = documents.save(other.document, text, day)
            if not mine:
                fixed = other.document.dated_on
                kept = documents.save(kept, other.text, date.fromisoformat(fixed) if fixed else None)
            newest[document_id] = kept
            return kept

        self._running += 1
        self._desk.jobs.start(
            work,
            lambda kept: self._taken(kept, mine),
            title="保存文书",
            failed=lambda error: self._refused(document_id, written, error),
            ended=self._settle,
            saves=True,
            owner=self,
        )

    def _taken(self, kept: WrittenDocument, mine: bool) -> None:
        self._kept(kept)
        if not mine:
            self.taken_over.emit(kept.id)
