"""The folder of files beside the store: kept whole and once, opened as copies, damage told."""

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import AppError, JobCancelled, NotFound, StorageFailed
from core.ports import KeptFile
from db.vault import FolderVault, open_vault

CONTENT = "扫描件".encode() * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "数据" / "store.sqlite.files"


@pytest.fixture
def vault(folder: Path) -> Iterator[FolderVault]:
    opened = open_vault(folder.with_name("store.sqlite"))
    yield opened
    opened.close()


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def failure(vault: FolderVault) -> AppError:
    with pytest.raises(StorageFailed) as caught:
        vault.keep([CONTENT])
    assert caught.value.remedy_zh
    return caught.value


def test_a_content_lies_under_its_digest_and_once(vault: FolderVault, folder: Path) -> None:
    assert not folder.exists()
    assert vault.kept() == ()
    whole, in_pieces = vault.keep([CONTENT]), vault.keep([CONTENT[:7], CONTENT[7:]])
    assert whole == in_pieces == KeptFile(DIGEST, len(CONTENT))
    assert files_in(folder) == {f"{DIGEST[:2]}/{DIGEST}"}
    assert (folder / DIGEST[:2] / DIGEST).read_bytes() == CONTENT
    assert vault.kept() == (whole,)
    assert vault.is_whole(DIGEST)


def test_new_folders_are_on_the_disk_before_the_content_counts(
    vault: FolderVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr("db.durable.flush_folder", flushed.append)
    place = vault.place(vault.keep([b"abc"]).digest)
    assert flushed == [folder.parent.parent, folder.parent, folder, place.parent]


def test_several_contents_are_listed_by_digest(vault: FolderVault) -> None:
    kept = [vault.keep([bytes([number])]) for number in range(20)]
    assert vault.kept() == tuple(sorted(kept, key=lambda each: each.digest))


def test_a_cancelled_or_failing_source_leaves_nothing(vault: FolderVault, folder: Path) -> None:
    def stopped() -> Iterator[bytes]:
        yield CONTENT
        raise JobCancelled

    with pytest.raises(JobCancelled):
        vault.keep(stopped())
    assert files_in(folder) == set()


def test_a_full_disk_leaves_nothing_and_the_next_attempt_works(
    vault: FolderVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert failure(vault).code == "disk_full"
    assert files_in(folder) == set()
    vault.keep([CONTENT])
    assert vault.is_whole(DIGEST)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "store_readonly"),
        (errno.EROFS, "store_readonly"),
        (errno.EDQUOT, "disk_full"),
        (errno.EIO, "disk_error"),
    ],
)
def test_folders_that_do_not_take_it_are_told(
    vault: FolderVault, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    told = failure(vault)
    assert told.code == code
    assert folder.name in told.message_zh


def test_a_file_where_the_folder_should_be_is_told(vault: FolderVault, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_bytes(b"")
    assert failure(vault).code == "no_files_folder"
    assert vault.kept() == ()


def test_an_opened_copy_cannot_change_the_content_and_goes_at_the_end(
    vault: FolderVault, folder: Path
) -> None:
    vault.keep([CONTENT])
    first, second = vault.opened(DIGEST, "章程.pdf"), vault.opened(DIGEST, "章程.pdf")
    assert first != second
    assert first.name == second.name == "章程.pdf"
    assert first.read_bytes() == CONTENT
    assert first.stat().st_mode & 0o222 == 0
    first.chmod(0o600)
    first.write_bytes(b"changed by the program that opened it")
    first.with_name("~$章程.pdf").write_bytes(b"left by it")
    assert vault.is_whole(DIGEST)
    vault.close()
    assert files_in(folder) == {f"{DIGEST[:2]}/{DIGEST}"}


def test_what_a_killed_program_left_goes_at_the_next_start(vault: FolderVault, folder: Path) -> None:
    vault.keep([CONTENT])
    vault.opened(DIGEST, "章程.pdf")
    (folder / "0199.part").write_bytes(CONTENT[:9])
    open_vault(folder.with_name("store.sqlite"))
    assert files_in(folder) == {f"{DIGEST[:2]}/{DIGEST}"}


def test_a_changed_content_is_not_opened_and_keeping_it_again_mends_it(
    vault: FolderVault, folder: Path
) -> None:
    vault.keep([CONTENT])
    place = folder / DIGEST[:2] / DIGEST
    place.write_bytes(CONTENT[:-1] + b"!")
    assert not vault.is_whole(DIGEST)
    with pytest.raises(StorageFailed) as caught:
        vault.opened(DIGEST, "章程.pdf")
    assert caught.value.code == "attachment_changed"
    assert "章程.pdf" in caught.value.message_zh
    assert files_in(folder) == {f"{DIGEST[:2]}/{DIGEST}"}
    vault.keep([CONTENT])
    assert vault.opened(DIGEST, "章程.pdf").read_bytes() == CONTENT


def test_a_missing_content_is_told_and_keeping_it_again_mends_it(vault: FolderVault, folder: Path) -> None:
    vault.keep([CONTENT])
    (folder / DIGEST[:2] / DIGEST).unlink()
    assert not vault.is_whole(DIGEST)
    with pytest.raises(NotFound) as caught:
        vault.opened(DIGEST, "章程.pdf")
    assert caught.value.code == "attachment_missing"
    vault.keep([CONTENT])
    assert vault.is_whole(DIGEST)


def test_a_digest_from_outside_reaches_no_other_file(vault: FolderVault, folder: Path) -> None:
    vault.keep([CONTENT])
    (folder.parent / "secret").write_bytes(b"secret")
    with pytest.raises(AppError):
        vault.opened("../secret", "a.txt")
    assert files_in(folder) == {f"{DIGEST[:2]}/{DIGEST}"}
