"""The files that belong to records: added, opened, removed, and looked through for damage."""

import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import Conflict, InvalidInput, StorageFailed
from core.model.attachment import Attachment
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.ports import Clock, FileVault, KeptFile, Report, Store, unwatched
from core.rules.attachment_checks import SUFFIXES, checked, refuse_size, safe_name, type_of
from core.rules.cell_values import accepted, read_text
from core.rules.private_use import made_visible
from core.services.kept_contents import kept_for_papers

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class AttachmentFault:
    """An attachment whose content is `missing`, or else was changed since it was added."""

    attachment: Attachment
    missing: bool

    def __str__(self) -> str:
        """What is wrong, in one line."""
        what = "文件不见了" if self.missing else "内容与添加时不同，可能已损坏或被改动"
        return f"附件“{self.attachment.name}”：{what}"


@dataclass(frozen=True, slots=True)
class PaperFault:
    """A content kept for issued papers, said in words, that is `missing` or else was changed."""

    what: str
    missing: bool

    def __str__(self) -> str:
        """What is wrong, in one line."""
        return f"{self.what}：{'文件不见了' if self.missing else '内容已损坏或被改动'}"


@dataclass(frozen=True, slots=True)
class AttachmentHealth:
    """What a look at every content found.

    `orphans` counts contents that no present record has: they wait for a removed one to be restored.
    """

    faults: tuple[AttachmentFault | PaperFault, ...]
    orphans: int


class AttachmentService:
    """Files of records; contents lie in the vault, what they are called and whose they are in the store."""

    def __init__(self, store: Store, actor: str, clock: Clock, vault: FileVault) -> None:
        """Work on this store and its vault in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._vault = vault

    def of(self, owner_id: str) -> tuple[Attachment, ...]:
        """The attachments of a record, oldest first."""
        with self._store.reading() as view:
            return view.all(Attachment, owner_id=owner_id)

    def add(self, owner_id: str, path: Path, caption: str = "", report: Report = unwatched) -> Attachment:
        """Keep a file as an attachment of a record; `report` counts bytes and may cancel.

        The content is safe on the disk before the record of it is written.

        Raises:
            InvalidInput: no file, or one that is not kept: empty, too large, of a type that may run,
                of another content than its suffix says.
            Conflict: the record has this content already.
            StorageFailed: it cannot be read, or the vault's disk does not take it.
        """
        caption = accepted("附件的说明", read_text(made_visible(caption)[0]))
        name = safe_name(path.name)
        type_of(name)
        size = _size_of_file(path, name)
        refuse_size(name, size)
        with _source_failures_told(name):
            stream = path.open("rb")
        with stream:
            kept = self._vault.keep(checked(name, _pieces(stream, name, size, report)))
        return self._record(owner_id, name, kept, caption)

    def remove(self, attachment_ids: Sequence[str], reason: str = "") -> int:
        """Take attachments off their records; how many. The contents stay, so each can be restored.

        Raises:
            NotFound: one is gone already; none was removed.
        """
        with self._store.writing(ActDraft("删除附件", self._actor, reason)) as work:
            work.remove([work.get(Attachment, each) for each in attachment_ids])
        return len(attachment_ids)

    def file(self, attachment: Attachment) -> Path:
        """A read-only copy, under the attachment's name, for the system's program to open.

        Raises:
            NotFound: the content is missing.
            StorageFailed: it was changed, or the copy cannot be written.
        """
        # The record may come from another PC: its name is not trusted.
        name = safe_name(attachment.name)
        type_of(name)
        return self._vault.opened(attachment.digest, name)

    def check(self, report: Report = unwatched) -> AttachmentHealth:
        """Read every content of an attachment or paper again; `report` counts contents and may cancel."""
        with self._store.reading() as view:
            attachments, papers = view.all(Attachment), kept_for_papers(view)
        kept = {each.digest for each in self._vault.kept()}
        wanted = {*papers, *(each.digest for each in attachments)}
        whole = set()
        for done, digest in enumerate(sorted(wanted), start=1):
            if self._vault.is_whole(digest):
                whole.add(digest)
            report(done, len(wanted))
        faults: tuple[AttachmentFault | PaperFault, ...] = (
            *(
                AttachmentFault(each, each.digest not in kept)
                for each in attachments
                if each.digest not in whole
            ),
            *(PaperFault(what, each not in kept) for each, what in papers.items() if each not in whole),
        )
        return AttachmentHealth(faults, len(kept - wanted))

    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of files that may be added, without the dot, for the file dialog."""
        return SUFFIXES

    def faults_of(self, owner_id: str) -> tuple[AttachmentFault, ...]:
        """What is wrong with the attachments of a record; their contents are read again."""
        kept = {each.digest for each in self._vault.kept()}
        return tuple(
            AttachmentFault(each, each.digest not in kept)
            for each in self.of(owner_id)
            if not self._vault.is_whole(each.digest)
        )

    def count(self) -> int:
        """How many contents are kept, those of removed attachments too."""
        return len(self._vault.kept())

    def _record(self, owner_id: str, name: str, kept: KeptFile, caption: str) -> Attachment:
        added_at = self._clock().isoformat(timespec="seconds")
        attachment = Attachment(new_id(), owner_id, name, kept.digest, kept.size, added_at, caption)
        with self._store.writing(ActDraft("添加附件", self._actor)) as work:
            for twin in work.all(Attachment, owner_id=owner_id, digest=kept.digest):
                raise Conflict(
                    "attachment_twin",
                    f"“{name}”与已有的附件“{twin.name}”内容相同，没有重复添加。",
                    "已有的附件内容完好，可以直接打开。",
                )
            work.add([attachment])
        return attachment


def _size_of_file(path: Path, name: str) -> int:
    """The size of a file that is one: a pipe or a device would be read without end."""
    with _source_failures_told(name):
        found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise InvalidInput(
            "file_is_link", f"“{name}”只是一个链接，不是文件本身。", "请选择它所指的那个文件。"
        )
    if not stat.S_ISREG(found.st_mode):
        what = "文件夹" if stat.S_ISDIR(found.st_mode) else "设备"
        raise InvalidInput("not_a_file", f"“{name}”是{what}，不是文件。", "请打开它，选择里面的文件。")
    return found.st_size


def _pieces(stream: BinaryIO, name: str, size: int, report: Report) -> Iterator[bytes]:
    done = 0
    while True:
        with _source_failures_told(name):
            piece = stream.read(_PIECE_BYTES)
        if not piece:
            return
        yield piece
        done += len(piece)
        report(done, size)


@contextmanager
def _source_failures_told(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InvalidInput(
            "file_missing", f"找不到文件“{name}”。", "请检查它是否已移走或改名，U 盘是否已拔出。"
        ) from error
    except PermissionError as error:
        raise StorageFailed(
            "file_locked",
            f"“{name}”打不开：正被其他程序使用，或没有读取权限。",
            "请先关闭正在使用它的程序再试。",
        ) from error
    except OSError as error:
        raise StorageFailed(
            "file_unreadable",
            f"“{name}”没有读完：它所在的磁盘、U 盘或网络位置出错，或者文件名过长。",
            "没有添加任何内容；请把文件复制到本机硬盘，改个短名字再试。",
        ) from error
