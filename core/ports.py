"""What a service needs from outside: the store, the clock, files in and out, the printed page."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from core.model.plain_records import Dataclass

if TYPE_CHECKING:
    from core.model.audit import ActLog
    from core.model.certificate import Certificate
    from core.model.certificate_form import CalibrationSheet, CertificateLayout
    from core.model.chart import Chart
    from core.model.document import MissingCharacter, OfficialDocument, ShownDocument
    from core.model.drawn_chart import DrawnChart
    from core.model.finding import Find, Then
    from core.model.journal import Act, ActDraft, Change
    from core.model.office_font import FontReach, FontUse, SoundFont
    from core.model.register_papers import RegisterPaper
    from core.model.tables import OutSheet
    from core.model.user import FailedLogins
    from core.model.workbook import RawWorkbook


class Record(Dataclass, Protocol):
    """A frozen dataclass that the store keeps: unique id, version counter, plain fields."""

    @property
    def id(self) -> str:
        """UUIDv7 in text form."""

    @property
    def version(self) -> int:
        """Counts the changes; 1 for a new record."""


R = TypeVar("R", bound=Record)


class Source(Protocol):
    """Where records come from: the store, or the store as it once was."""

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """All records of a kind whose fields equal the given values, in order of id (so of making)."""

    def some(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]:
        """The records with these ids, in the order of `ids`; those that are not there are left out."""

    def find(self, kind: type[Record], query: Find) -> tuple[str, ...]:
        """The ids of the records that `query` describes, in its order."""

    def values(self, kind: type[Record], names: Sequence[str], query: Find) -> tuple[tuple[Any, ...], ...]:
        """These fields of the records that `find` would give: less to read than the whole records."""

    def tally(self, kind: type[Record], names: Sequence[str], query: Find) -> Mapping[tuple[Any, ...], int]:
        """How many of the records that `find` would give have the same values in these fields."""


class Reading(Source, Protocol):
    """A view of the store at one moment."""

    def get(self, kind: type[R], record_id: str) -> R:
        """The record with this id.

        Raises:
            NotFound: there is none.
        """

    def count(self, kind: type[R], /, **equal: object) -> int:
        """How many `all` would give."""

    def find(self, kind: type[Record], query: Find, then: Then | None = None) -> tuple[str, ...]:
        """The ids of the records that `query` describes, in its order, as they are or as they were then."""

    def values(
        self, kind: type[Record], names: Sequence[str], query: Find, then: Then | None = None
    ) -> tuple[tuple[Any, ...], ...]:
        """These fields of the records that `find` would give."""

    def tally(
        self, kind: type[Record], names: Sequence[str], query: Find, then: Then | None = None
    ) -> Mapping[tuple[Any, ...], int]:
        """How many of the records that `find` would give have the same values in these fields."""

    def history(self, record_id: str) -> tuple[tuple[Act, Change], ...]:
        """What was done to a record, oldest first."""

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """The newest acts, newest first."""

    @property
    def log(self) -> ActLog:
        """All acts, to be looked through and verified."""

    def act(self, number: int) -> Act:
        """The act with this number.

        Raises:
            NotFound: there is none.
        """

    def changes(self, act_number: int) -> tuple[Change, ...]:
        """What an act changed, in order."""

    def touched(self, act_number: int) -> frozenset[str]:
        """The kinds of records that an act changed, as `Change.kind` names them."""

    def overtaken(self, act_number: int) -> Iterator[Change]:
        """The changes of an act whose records later acts changed again, in order."""

    def newest_change(self) -> int:
        """The number of the newest act that changed a record; 0 if there is none."""

    def last_act_until(self, moment: datetime) -> int:
        """The number of the newest act that is not later than `moment`; 0 if there is none."""

    def as_of(self, kind: type[R], act_number: int, ids: Sequence[str] | None = None) -> tuple[R, ...]:
        """The records of a kind as they stood after an act, in order of id; `ids` asks for some of them.

        What follows from other data (search keys) is blank.
        """

    def touched_since(
        self, kind: type[Record], act_number: int, fields: frozenset[str] | None = None
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the records that later acts made, changed or removed; and of those but for mere making.

        With `fields` as in `Then`: only of those of which one of these was changed, or made or removed.
        """

    def before(self, change: Change) -> Record | None:
        """The whole record as it stood before a change, derived fields blank; None if it was not there."""

    def after(self, change: Change) -> Record | None:
        """The whole record as a change left it, derived fields blank; None if it removed it."""

    def removed(self, limit: int = 500) -> tuple[tuple[Act, Change], ...]:
        """The removals whose records are not in the store now, newest first."""


class Writing(Reading, Protocol):
    """One act: all of it is kept, with its journal, or nothing."""

    def add(self, records: Sequence[Record]) -> None:
        """Store new records."""

    def change(self, records: Sequence[Record]) -> None:
        """Store new states of records; each carries the version it was read with, the store counts it up.

        Records that equal their stored state are left alone.

        Raises:
            Conflict: a record was changed or removed since it was read.
        """

    def remove(self, records: Sequence[Record]) -> None:
        """Take records out; the journal keeps them.

        Raises:
            Conflict: a record was changed or removed since it was read.
        """


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """What a full check of the store found; `faults` is empty when it is whole."""

    revision: str
    sqlite_version: str
    faults: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


class Store(Protocol):
    """One open store. Every writing unit begins with the write lock and ends with one journal entry."""

    def reading(self) -> AbstractContextManager[Reading]:
        """A view for reading."""

    def writing(self, act: ActDraft) -> AbstractContextManager[Writing]:
        """One act; committed when the block ends well, undone when it raises.

        An act that changes nothing leaves no entry, unless its draft says `keep`.

        Raises:
            StorageFailed: the disk is full, the file is damaged or cannot be written.
            Conflict: another program holds the write lock for too long.
        """

    def check(self) -> StoreHealth:
        """Integrity, foreign keys, revision, journal and counts."""

    @property
    def was_left_open(self) -> bool:
        """Whether whoever had it open before never closed it: then it was examined when it was opened."""

    @property
    def path(self) -> Path:
        """The store's file."""

    def close(self) -> None:
        """Let go of the file and of the lock."""


Clock: TypeAlias = Callable[[], datetime]
Report: TypeAlias = Callable[[int, int], None]
"""Tells (done, total); raises JobCancelled when the user asked to stop."""


def unwatched(done: int, total: int) -> None:
    """The report of work that nobody watches."""


ReadWorkbook: TypeAlias = "Callable[[Path], RawWorkbook]"
ReadWorkbooks: TypeAlias = "Callable[[Sequence[Path]], Generator[Callable[[], RawWorkbook], None, None]]"
"""Gives for each file, in order, what gives its workbook or raises; the next ones are read meanwhile."""
WriteWorkbook: TypeAlias = "Callable[[Sequence[OutSheet]], bytes]"


OwnFonts: TypeAlias = Callable[[], Sequence[tuple[str, str]]]
"""The PC's own official faces: (仿宋, simfang.ttf) …; only those that it has."""


class FontFiles(Protocol):
    """Font files that the office hands in."""

    def font_names(self, content: bytes) -> tuple[str, ...]:
        """The names of the fonts in a file: one, or those of a collection in order.

        Raises:
            InvalidInput: it is no font, or damaged.
        """

    def sound_font(self, content: bytes, face: str = "") -> SoundFont:
        """The font as a file of its own, fit for printing; `face` names or counts one of a collection.

        Raises:
            InvalidInput: it cannot be used, with the reason; or which font of a collection was not said.
            NotFound: the collection has no such font.
        """

    def font_reach(self, path: Path) -> FontReach:
        """What the font in a file shows that was found sound.

        Raises:
            InvalidInput: it is damaged.
        """


class Paper(FontFiles, Protocol):
    """The printed page: data in, PDF out; and which fonts it can print with."""

    def document(self, document: OfficialDocument) -> bytes:
        """The 公文 as PDF.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """

    def shown(self, document: OfficialDocument) -> ShownDocument:
        """The same, with where its paragraphs stand.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """

    def documents(self, documents: Sequence[OfficialDocument], report: Report) -> bytes:
        """Several documents in one PDF, each from its first page.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
            JobCancelled: the user asked to stop.
        """

    def word(self, document: OfficialDocument) -> bytes:
        """The same 公文 as .docx, to go on writing in.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """

    def certificates(
        self, certificates: Sequence[Certificate], layout: CertificateLayout, report: Report
    ) -> bytes:
        """All certificates in one PDF, a page each, of the form's size.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """

    def documents_with_fonts(
        self, documents: Sequence[OfficialDocument], report: Report
    ) -> tuple[bytes, tuple[tuple[FontUse, ...], ...]]:
        """As `documents`, with the fonts that draw each of them: for the record of what is issued.

        Raises:
            DocumentFailed, JobCancelled: as `documents`.
        """

    def certificates_with_fonts(
        self, certificates: Sequence[Certificate], layout: CertificateLayout, report: Report
    ) -> tuple[bytes, tuple[FontUse, ...]]:
        """As `certificates`, with the fonts that draw them: for the record of what is issued.

        Raises:
            DocumentFailed: as `certificates`.
        """

    def missing_in_document(self, document: OfficialDocument) -> tuple[MissingCharacter, ...]:
        """Characters that no font shows, in order of appearance."""

    def calibration_sheet(self, sheet: CalibrationSheet) -> bytes:
        """The calibration sheet as PDF, of the sheet's size.

        Raises:
            DocumentFailed: a character has no font.
        """

    def missing_in_certificates(
        self, certificates: Sequence[Certificate], layout: CertificateLayout
    ) -> tuple[MissingCharacter, ...]:
        """Characters that no font shows, by certificate and field."""

    def chart(self, chart: Chart) -> DrawnChart:
        """The chart as it is printed, as shapes that a window paints.

        Raises:
            DocumentFailed: a character has no font.
        """

    def register_paper(self, paper: RegisterPaper) -> bytes:
        """A paper of the register as PDF.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A content that the vault keeps: its SHA-256 digest in hexadecimal, its size in bytes."""

    digest: str
    size: int


class FileVault(Protocol):
    """The contents of files that belong to records, each kept once; none is ever taken out."""

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        """Keep a content; when this returns it is on the disk, whole. What `pieces` raises leaves nothing.

        A kept content that was lost or changed is put right by keeping it again.

        Raises:
            StorageFailed: the disk is full, or the folder cannot be written.
        """

    def kept(self) -> tuple[KeptFile, ...]:
        """All contents, without looking into them.

        Raises:
            StorageFailed: the folder cannot be read.
        """

    def is_whole(self, digest: str) -> bool:
        """Whether the content is there and still the one that was kept."""

    def read(self, digest: str) -> bytes:
        """The whole content, which is the one that was kept.

        Raises:
            NotFound: it is not there.
            StorageFailed: it was changed.
        """

    def place(self, digest: str) -> Path:
        """Where the content lies, for reading alone.

        Raises:
            NotFound: it is not there.
        """

    def opened(self, digest: str, name: str) -> Path:
        """A fresh copy under this name, read-only, for a program to open; it goes when the vault closes.

        Raises:
            NotFound: the content is not there.
            StorageFailed: it was changed, or the copy cannot be written.
        """

    def close(self) -> None:
        """Take the opened copies away; those that a program still holds go at the next start."""


class Keyring(Protocol):
    """The keys of a store: who may log in, and the data key once somebody has."""

    def logins(self) -> tuple[str, ...]:
        """Who can log in."""

    def failed(self) -> tuple[FailedLogins, ...]:
        """What was tried in vain since `forget_failed`."""

    def forget_failed(self) -> None:
        """Everything that `failed` tells stands in the log now."""

    def is_locked(self, login: str) -> bool:
        """Whether this login had too many wrong passwords."""

    def unlock(self, login: str, password: str) -> None:
        """Log in; the same may be asked again, to see that it is still the same person.

        Raises:
            AccessDenied: login or password is wrong (`password_wrong`), or was too often (`login_locked`).
        """

    def unlock_by_code(self, code: str) -> None:
        """Come in by the recovery code as it was made.

        Raises:
            AccessDenied: it is not the code of this store.
        """

    def changing(self) -> AbstractContextManager[None]:
        """Around a transaction: what is put or removed within counts only where the block ends well."""

    def put(self, login: str, password: str) -> None:
        """Give a login this password, and forget its failures; nothing that is encrypted changes."""

    def put_code(self, code: str) -> None:
        """Make this the recovery code; the one before opens nothing any more."""

    def was_used(self, login: str, password: str, last: int) -> bool:
        """Whether it is one of the last passwords of this login."""

    def remove(self, login: str) -> None:
        """Let nobody log in under this name any more."""

    def wipe(self) -> None:
        """Forget the data key."""


class StoreKeys(Protocol):
    """The keys beside a store's file, and whether the file is encrypted."""

    def ring(self) -> Keyring | None:
        """The keyring; None where the store has none.

        Raises:
            StorageFailed: its file is damaged, or of a newer program.
        """

    def new_ring(self) -> Keyring:
        """A keyring for the store with a new data key; it is on the disk once somebody is put into it."""

    def is_encrypted(self) -> bool:
        """Whether the store's file is encrypted; a missing one is not."""

    def has_users(self) -> bool:
        """Whether a store in clear knows users."""

    def encrypt(self, ring: Keyring) -> None:
        """Write the closed store anew with the data key of an unlocked ring, then its files.

        Raises:
            StorageFailed: the disk is full or fails; the store is as it was.
        """

    def decrypt(self, ring: Keyring) -> None:
        """Write the files of records in clear, then the closed store.

        Raises:
            StorageFailed: the disk is full or fails; the store is as it was.
        """
