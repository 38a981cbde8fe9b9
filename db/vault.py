"""The folder of files beside the store: contents of attachments, each under its digest."""

import errno
import hashlib
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import NotFound, StorageFailed
from core.model.identity import new_id
from core.ports import KeptFile
from db.durable import written_whole
from db.sqlite_failures import disk_error, disk_full, no_access

_OPENED = "opened"
_PIECE_BYTES = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REMEDY = "请用最近一次备份恢复，或把原来的文件再添加一次。"


def open_vault(store_path: Path) -> "FolderVault":
    """The vault of an open store; what a killed program left unfinished or opened is cleared away.

    The store's lock must be held: it is what keeps other programs out of the folder.
    """
    vault = FolderVault(store_path.with_name(f"{store_path.name}.files"))
    vault.close()
    return vault


class FolderVault:
    """Implements core.ports.FileVault: `ab/abcd…` for a content whose SHA-256 digest is abcd….

    Names without a suffix: no double click in the folder runs or changes a content.
    """

    def __init__(self, folder: Path) -> None:
        """The folder is made with its first content."""
        self._folder = folder

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        """Keep a content; when this returns it is on the disk, whole."""
        # The digest is known at the end only, so the content waits under a name of its own.
        waiting = self._folder / f"{new_id()}.part"
        with self._failures_told():
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                kept = _write(waiting, pieces)
                self._put(waiting, kept.digest)
            finally:
                waiting.unlink(missing_ok=True)
        return kept

    def kept(self) -> tuple[KeptFile, ...]:
        """All contents in order of digest, without looking into them."""
        with self._failures_told():
            found = [path for path in self._folder.glob("??/*") if _DIGEST.fullmatch(path.name)]
            return tuple(KeptFile(path.name, path.stat().st_size) for path in sorted(found))

    def is_whole(self, digest: str) -> bool:
        """Whether the content is there and still the one that was kept; one that cannot be read is not."""
        with suppress(OSError):
            return _digest_of(self._place(digest)) == digest
        return False

    def place(self, digest: str) -> Path:
        """Where the content lies, for reading alone."""
        place = self._place(digest)
        if not place.is_file():
            message = f"需要的文件不在“{self._folder.name}”文件夹里，可能被移走或删除。"
            raise NotFound("content_missing", message, _REMEDY)
        return place

    def opened(self, digest: str, name: str) -> Path:
        """A fresh copy under this name, read-only; it goes when the vault closes."""
        place = self._place(digest)
        copy = self._folder / _OPENED / new_id() / name
        with self._failures_told():
            if not place.is_file():
                message = f"附件“{name}”的文件不在“{self._folder.name}”文件夹里，可能被移走或删除。"
                raise NotFound("attachment_missing", message, _REMEDY)
            copy.parent.mkdir(parents=True)
            try:
                if _copy(place, copy) != digest:
                    message = f"附件“{name}”的内容与添加时不同，可能已损坏或被改动，没有打开。"
                    raise StorageFailed("attachment_changed", message, _REMEDY)
            except BaseException:
                _clear(copy.parent)
                raise
        return copy

    def close(self) -> None:
        """Take the opened copies away; those that a program still holds go at the next start."""
        for each in (self._folder / _OPENED).glob("*"):
            _clear(each)
        for each in self._folder.glob("*.part"):
            with suppress(OSError):
                each.unlink()

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _put(self, waiting: Path, digest: str) -> None:
        # A content that is there and whole stays untouched: on Windows somebody may be reading it.
        if not self.is_whole(digest):
            place = self._place(digest)
            place.parent.mkdir(exist_ok=True)
            with written_whole(place) as part:
                waiting.replace(part)

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except (FileExistsError, NotADirectoryError) as error:
            raise StorageFailed(
                "no_files_folder",
                f"存放附件的文件夹“{self._folder}”用不了：这个位置上是一个文件，不是文件夹。",
                "请把那个文件改名或移走后再试。",
            ) from error
        except OSError as error:
            if isinstance(error, PermissionError) or error.errno == errno.EROFS:
                raise no_access(self._folder) from error
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise (disk_full if full else disk_error)(self._folder) from error


def _write(path: Path, pieces: Iterable[bytes]) -> KeptFile:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for piece in pieces:
            digest.update(piece)
            size += file.write(piece)
    return KeptFile(digest.hexdigest(), size)


def _copy(source: Path, copy: Path) -> str:
    """The digest of what was copied."""
    with source.open("rb") as stream:
        digest = _write(copy, iter(lambda: stream.read(_PIECE_BYTES), b"")).digest
    copy.chmod(stat.S_IREAD)
    return digest


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _clear(folder: Path) -> None:
    """Take away a folder of opened copies as far as the system lets it go."""
    with suppress(OSError):
        for each in folder.iterdir():
            # Windows does not delete what is read-only.
            each.chmod(stat.S_IREAD | stat.S_IWRITE)
            each.unlink()
        folder.rmdir()
