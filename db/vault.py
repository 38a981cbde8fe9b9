"""The folder of files beside the store: contents of attachments, each under its digest; sealed with a key."""

import errno
import hashlib
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import NotFound, StorageFailed
from core.model.identity import new_id
from core.ports import KeptFile
from db.data_key import SealBroken
from db.durable import made_folder, written_whole
from db.sqlite_failures import disk_error, disk_full, no_access

if TYPE_CHECKING:
    from db.sealing import Sealing

_OPENED = "opened"
_PIECE_BYTES = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REMEDY = "请用最近一次备份恢复，或把原来的文件再添加一次。"


def open_vault(store_path: Path, sealing: "Sealing | None" = None) -> "FolderVault":
    """The vault of an open store; what a killed program left unfinished, opened or in clear is put right.

    The store's lock must be held: it is what keeps other programs out of the folder.
    """
    vault = FolderVault(files_folder(store_path), sealing)
    vault.close()
    if sealing is not None:
        vault.seal_all()
    return vault


def files_folder(store_path: Path) -> Path:
    """Where the files of a store lie."""
    return store_path.with_name(f"{store_path.name}.files")


class FolderVault:
    """Implements core.ports.FileVault: `ab/abcd…` for a content whose SHA-256 digest is abcd….

    Names without a suffix: no double click in the folder runs or changes a content. With a key the contents
    are encrypted, and the names are digests with that key, so that neither tells what is kept. A folder on
    its way from one to the other is read right all the same.
    """

    def __init__(self, folder: Path, sealing: "Sealing | None" = None) -> None:
        """The folder is made with its first content."""
        self._folder = folder
        self._sealing = sealing

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        """Keep a content; when this returns it is on the disk, whole."""
        # The digest is known at the end only, so the content waits under a name of its own.
        waiting = self._folder / f"{new_id()}.part"
        with self._failures_told():
            made_folder(self._folder)
            try:
                kept = self._sealing.write(waiting, pieces) if self._sealing else _write(waiting, pieces)
                self._put(waiting, kept.digest)
            finally:
                waiting.unlink(missing_ok=True)
        return kept

    def seal_all(self) -> None:
        """Encrypt every content that is in clear; a second time goes on where the first was stopped."""
        assert self._sealing is not None
        with self._failures_told():
            for plain in self._plain():
                self.keep(_pieces(plain))
                plain.unlink()

    def open_all(self) -> None:
        """Put every content in clear, before the store is; a second time goes on where the first stopped."""
        assert self._sealing is not None
        in_clear = FolderVault(self._folder)
        with self._failures_told():
            for sealed in self._sealed():
                with self._seals_told(sealed.name[:8]):
                    in_clear.keep(self._sealing.read(sealed))
                sealed.unlink()

    def kept(self) -> tuple[KeptFile, ...]:
        """All contents in order of digest, without looking into them."""
        with self._failures_told():
            found = {path.name: path.stat().st_size for path in self._plain()}
            if self._sealing:
                for path in self._sealed():
                    with suppress(SealBroken):
                        kept = self._sealing.told(path)
                        found[kept.digest] = kept.size
        return tuple(KeptFile(digest, size) for digest, size in sorted(found.items()))

    def is_whole(self, digest: str) -> bool:
        """Whether the content is there and still the one that was kept; one that cannot be read is not."""
        with suppress(OSError, SealBroken):
            return _digest_of(self._read(digest)) == digest
        return False

    def read(self, digest: str) -> bytes:
        """The whole content, which is the one that was kept."""
        if not self._place(digest).is_file() and not self._is_sealed(digest):
            raise self._missing()
        with self._failures_told(), self._seals_told(digest[:8]):
            content = b"".join(self._read(digest))
        if _digest_of([content]) != digest:
            raise _changed(digest[:8])
        return content

    def place(self, digest: str) -> Path:
        """Where the content lies, for reading alone; of a sealed one a copy, gone when the vault closes."""
        place = self._place(digest)
        if place.is_file():
            return place
        if not self._is_sealed(digest):
            raise self._missing()
        copy = self._folder / _OPENED / digest / "content"
        with self._failures_told():
            if not copy.is_file():
                self._copy_out(digest, copy, digest[:8])
        return copy

    def opened(self, digest: str, name: str) -> Path:
        """A fresh copy under this name, read-only; it goes when the vault closes."""
        copy = self._folder / _OPENED / new_id() / name
        with self._failures_told():
            if not self._place(digest).is_file() and not self._is_sealed(digest):
                message = f"附件“{name}”的文件不在“{self._folder.name}”文件夹里，可能被移走或删除。"
                raise NotFound("attachment_missing", message, _REMEDY)
            self._copy_out(digest, copy, name)
        return copy

    def close(self) -> None:
        """Take the opened copies away; those that a program still holds go at the next start."""
        for each in (self._folder / _OPENED).glob("*"):
            _clear(each)
        for each in self._folder.glob("*.part"):
            with suppress(OSError):
                each.unlink()

    def _missing(self) -> NotFound:
        message = f"需要的文件不在“{self._folder.name}”文件夹里，可能被移走或删除。"
        return NotFound("content_missing", message, _REMEDY)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _sealed_place(self, digest: str) -> Path:
        assert self._sealing is not None
        name = self._sealing.name(digest)
        return self._folder / name[:2] / name

    def _is_sealed(self, digest: str) -> bool:
        return self._sealing is not None and self._sealed_place(digest).is_file()

    def _plain(self) -> list[Path]:
        found = [path for path in self._folder.glob("??/*") if _DIGEST.fullmatch(path.name)]
        return sorted(path for path in found if self._sealing is None or not self._sealing.made(path))

    def _sealed(self) -> list[Path]:
        assert self._sealing is not None
        found = [path for path in self._folder.glob("??/*") if _DIGEST.fullmatch(path.name)]
        return sorted(filter(self._sealing.made, found))

    def _read(self, digest: str) -> Iterator[bytes]:
        """The content in pieces, wherever it lies."""
        place = self._place(digest)
        if self._sealing and not place.is_file():
            return self._sealing.read(self._sealed_place(digest))
        return _pieces(place)

    def _copy_out(self, digest: str, copy: Path, name: str) -> None:
        copy.parent.mkdir(parents=True)
        try:
            with self._seals_told(name):
                found = _write(copy, self._read(digest)).digest
            if found != digest:
                raise _changed(name)
            copy.chmod(stat.S_IREAD)
        except BaseException:
            _clear(copy.parent)
            raise

    def _put(self, waiting: Path, digest: str) -> None:
        # A content that is there and whole stays untouched: on Windows somebody may be reading it.
        place = self._sealed_place(digest) if self._sealing else self._place(digest)
        if not place.is_file() or not self.is_whole(digest):
            made_folder(place.parent)
            with written_whole(place) as part:
                waiting.replace(part)

    @contextmanager
    def _seals_told(self, name: str) -> Iterator[None]:
        try:
            yield
        except SealBroken as error:
            raise _changed(name) from error

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


def _changed(name: str) -> StorageFailed:
    message = f"附件“{name}”的内容与添加时不同，可能已损坏或被改动，没有打开。"
    return StorageFailed("attachment_changed", message, _REMEDY)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from iter(lambda: stream.read(_PIECE_BYTES), b"")


def _digest_of(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _clear(folder: Path) -> None:
    """Take away a folder of opened copies as far as the system lets it go."""
    with suppress(OSError):
        for each in folder.iterdir():
            # Windows does not delete what is read-only.
            each.chmod(stat.S_IREAD | stat.S_IWRITE)
            each.unlink()
        folder.rmdir()
