"""A backup takes the store's place: staged first, then put there in steps that can be done again.

<store>.restoring/           the commit point: from its appearing on, the next start finishes the restore
replaced/20261128-213000/    what was replaced, as it was, with its write-ahead log and its keys
"""

import json
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from core.errors import AppError, StorageFailed
from core.model.backup import BackedFile, Backup, Drill
from db import backup_steps
from db.backup_failures import unreadable
from db.backup_manifest import read_contents
from db.durable import flush_folder, made_folder
from db.lock import store_lock
from db.sqlite_backup import Unlock, examined
from db.sqlite_failures import disk_full, file_failures_told

REPLACED = "replaced"
_NOTE = "restore.json"
_BESIDE = ("", "-wal", ".keys")
"""What makes up a store, by what follows its name."""


def keys_of(store: Path) -> Path:
    """The file with the wrapped keys of a store; there is one only where it is encrypted."""
    return store.with_name(f"{store.name}.keys")


def vault_of(store: Path) -> Path:
    """The folder of a store's files of records."""
    return store.with_name(f"{store.name}.files")


class Restoring:
    """Restores into the place of one store."""

    def __init__(self, store: Path, unlock: Unlock) -> None:
        """`unlock` gives a connection the key."""
        self._store = store
        self._unlock = unlock
        self._staged = store.with_name(f"{store.name}.restoring")

    def stage(self, backup: Backup, shared: Path, stamp: datetime) -> None:
        """Copy a backup beside the store, examined; nothing of the store is changed.

        Raises:
            StorageFailed: the backup is damaged or cannot be read, or the disk is full.
        """
        part = self._staged.with_name(f"{self._staged.name}.part")
        with file_failures_told(self._store):
            made_folder(self._store.parent)
            backup_steps.gone(part)
            backup_steps.gone(self._staged)
            try:
                part.mkdir()
                self._copy(backup, part)
                self._copy_contents(backup, shared)
                note = {"kept": self._free_name(stamp), "keys": backup.keys is not None}
                backup_steps.written(json.dumps(note).encode(), part / _NOTE)
                backup_steps.appeared(part, self._staged)
            except BaseException:
                backup_steps.gone_if_possible(part)
                raise

    def finish(self) -> Path | None:
        """Put what was staged in the store's place; done again from the start if it was broken off.

        Raises:
            Conflict: a program has the store open.
            StorageFailed: the disk is full or the folder may not be written; the next start tries again.
        """
        if not self._staged.is_dir():
            return None
        with file_failures_told(self._store), store_lock(self._store):
            note = self._note()
            if note is None:
                backup_steps.gone(self._staged)  # all but the clearing away was done
                return None
            kept = self._store.parent / REPLACED / str(note["kept"])
            self._keep(kept)
            for suffix in ("-wal", "-shm", "-journal"):
                # The log of the replaced store would be taken for the new one's.
                self._beside(suffix).unlink(missing_ok=True)
            self._put(bool(note["keys"]))
            (self._staged / _NOTE).unlink()
            backup_steps.gone(self._staged)
        return kept if kept.is_dir() else None

    def drill(self, backup: Backup, shared: Path) -> Drill:
        """Restore into a new folder beside the store, look into it read-only, and clear it away."""
        begun = time.perf_counter()
        faults: list[str] = []
        counts: tuple[tuple[str, int], ...] = ()
        with file_failures_told(self._store):
            self._store.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(
                prefix="restore-drill-", dir=self._store.parent, ignore_cleanup_errors=True
            ) as folder:
                try:
                    counts = self._copy(backup, Path(folder))
                    for each in _contents(backup):
                        copy = backup_steps.copied(_content(shared, each), Path(folder) / "content")
                        if copy.digest != each.digest:
                            faults.append(f"附件“{each.name}”已损坏或被改动")
                except FileNotFoundError as error:
                    faults.append(f"“{Path(str(error.filename)).name}”不见了")
                except AppError as error:
                    faults.append(error.message_zh)
        return Drill(backup, counts, time.perf_counter() - begun, tuple(faults))

    def _copy(self, backup: Backup, folder: Path) -> tuple[tuple[str, int], ...]:
        """Store and keys of a backup, under the store's own name; gives the counts."""
        if backup.store is None:
            raise _damaged(backup, backup.fault)
        store = folder / self._store.name
        self._copy_one(backup, backup.folder / backup.store.name, backup.store, store)
        if backup.keys is not None:
            self._copy_one(backup, backup.folder / backup.keys.name, backup.keys, keys_of(store))
        found = examined(store, self._unlock)
        if found.is_locked:
            # Without the key its digest proves that it is what was examined when it was made.
            return backup.counts
        if found.faults or found.counts != dict(backup.counts):
            raise _damaged(backup, found.faults[0] if found.faults else "记录数不符")
        return tuple(found.counts.items())

    def _copy_one(self, backup: Backup, source: Path, file: BackedFile, target: Path) -> None:
        try:
            copy = backup_steps.copied(source, target)
        except FileNotFoundError as error:
            raise _damaged(backup, f"“{file.name}”不见了") from error
        except OSError as error:
            raise self._failed_copy(error, backup) from error
        if copy.digest != file.digest:
            raise _damaged(backup, f"“{file.name}”已损坏或被改动")

    def _copy_contents(self, backup: Backup, shared: Path) -> None:
        """Give the vault the files of records that it lacks; those it has beyond them do no harm."""
        for each in _contents(backup):
            target = vault_of(self._store) / each.name[:2] / each.name
            if target.is_file() and backup_steps.seen(target).digest == each.digest:
                continue
            made_folder(target.parent)
            part = vault_of(self._store) / f"{each.name}.part"
            try:
                self._copy_one(backup, _content(shared, each), each, part)
                backup_steps.appeared(part, target)
            finally:
                backup_steps.gone_if_possible(part)

    def _failed_copy(self, error: OSError, backup: Backup) -> AppError:
        with suppress(OSError):
            if _free(self._store.parent) < (backup.store.size if backup.store else 0):
                return disk_full(self._store)
        return unreadable(backup.place)

    def _keep(self, kept: Path) -> None:
        """The replaced files under a second name; complete, or not there."""
        found = [each for each in map(self._beside, _BESIDE) if each.is_file()]
        if kept.exists() or not found:
            return
        made_folder(kept.parent)
        part = kept.with_name(f"{kept.name}.part")
        backup_steps.gone(part)
        part.mkdir()
        for each in found:
            # A second name for the log would be the log itself, which a later store truncates.
            link = each.name == self._store.name
            (backup_steps.kept_beside if link else backup_steps.copied)(each, part / each.name)
        backup_steps.appeared(part, kept)

    def _free_name(self, stamp: datetime) -> str:
        """Two restores in one second, or a clock set back, must not find the other's folder."""
        name = f"{stamp:%Y%m%d-%H%M%S}"
        taken = {each.name for each in (self._store.parent / REPLACED).glob("*")}
        return next(each for each in chain([name], (f"{name}-{n}" for n in count(2))) if each not in taken)

    def _put(self, has_keys: bool) -> None:
        keys = self._staged / keys_of(self._store).name
        if keys.is_file():
            keys.replace(keys_of(self._store))
        elif not has_keys:
            keys_of(self._store).unlink(missing_ok=True)
        staged = self._staged / self._store.name
        if staged.is_file():
            staged.replace(self._store)
        flush_folder(self._store.parent)

    def _note(self) -> dict[str, object] | None:
        try:
            return dict(json.loads((self._staged / _NOTE).read_bytes()))
        except FileNotFoundError:
            return None

    def _beside(self, suffix: str) -> Path:
        return self._store.with_name(f"{self._store.name}{suffix}")


def _contents(backup: Backup) -> tuple[BackedFile, ...]:
    try:
        return read_contents(backup)
    except (OSError, ValueError) as error:
        raise _damaged(backup, "附件清单已损坏或不见了") from error


def _content(shared: Path, file: BackedFile) -> Path:
    return shared / file.name[:2] / file.name


def _damaged(backup: Backup, why: str) -> StorageFailed:
    return StorageFailed(
        "backup_damaged",
        f"没有恢复：备份“{backup.name}”不能用（{why}）。",
        "请换一份备份；现在的数据没有改动。",
    )


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
