"""Backups as folders: the store, its keys and a manifest; the files of records lie beside all of them once.

    PLACE/000012-20261128-213000/   shepingtong.sqlite [shepingtong.sqlite.keys] contents.txt manifest.json
    PLACE/contents/ab/abcd…         each file of records once, however many backups need it

A folder appears under its name when everything in it is on the disk and was examined.
"""

import json
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from core.errors import StorageFailed
from core.model.backup import (
    BackedFile,
    Backup,
    BackupDraft,
    BackupSettings,
    Drill,
    Examined,
    StoreNow,
)
from core.model.program import VERSION
from db import backup_steps
from db.backup_failures import no_room, place_failures_told, place_gone
from db.backup_manifest import (
    CONTENTS,
    MANIFEST,
    NAME,
    contents_text,
    folder_name,
    manifest_text,
    read_contents,
    read_manifest,
)
from db.durable import made_folder
from db.restoring import Restoring, keys_of, vault_of
from db.sqlite_backup import Unlock, acts_beyond, copy_now, examined, newest_act, unlocked
from db.sqlite_failures import file_failures_told

SHARED = "contents"
ROOM = 3
"""A place must have this many times the bytes that a backup writes."""
_PART = ".part"
_CONTENT = re.compile(r"[0-9A-Za-z_-]{16,100}")


class FolderBackups:
    """Implements core.backup_port.BackupFiles for the store at a path, which may be in use meanwhile."""

    def __init__(self, store_path: Path, unlock: Unlock = unlocked) -> None:
        """`unlock` gives a connection the store's key, where it has one."""
        self._store = store_path
        self._unlock = unlock
        self._restoring = Restoring(store_path, unlock)
        self._one_at_a_time = Lock()
        self._settings = store_path.with_name(f"{store_path.name}.backup.json")

    @property
    def store_path(self) -> Path:
        """The store's file, whether it is there or not."""
        return self._store

    def make(self, place: Path, draft: BackupDraft) -> Backup:
        """Make a backup in a place; when this returns it is whole, examined and on the disk."""
        with self._one_at_a_time, place_failures_told(place, self._store):
            if not self._store.is_file():
                raise StorageFailed(
                    "backup_no_store", f"备份没有做成：数据文件“{self._store}”不在。", "请先恢复数据。"
                )
            # A stick that is not there must not become a folder of the PC's own disk.
            if not place.parent.is_dir():
                raise place_gone(place)
            made_folder(place)
            self._refuse_narrow(place)
            number = 1 + max((each.number for each in self.listed(place)), default=0)
            final = place / folder_name(number, draft.made_at)
            part = place / f"{final.name}{_PART}"
            backup_steps.gone(part)
            try:
                part.mkdir()
                backup = self._filled(part, final, number, draft)
                backup_steps.appeared(part, final)
            except BaseException:
                backup_steps.gone_if_possible(part)
                raise
        return backup

    def listed(self, place: Path) -> tuple[Backup, ...]:
        """The backups in a place, newest first; damaged ones too, with their fault."""
        try:
            names = [each for each in place.iterdir() if NAME.fullmatch(each.name)]
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise place_gone(place) from error
        found = [read_manifest(each) for each in names]
        return tuple(sorted(found, key=lambda each: (each.number, each.name), reverse=True))

    def places_below(self, folder: Path) -> tuple[Path, ...]:
        """Where backups lie: the folder itself, or what it holds; a backup itself stands for its place."""
        if NAME.fullmatch(folder.name) and (folder / MANIFEST).is_file():
            return (folder.parent,)
        try:
            nearby = [folder, *sorted(each for each in folder.iterdir() if each.is_dir())]
        except OSError as error:
            raise place_gone(folder) from error
        return tuple(each for each in nearby if any(NAME.fullmatch(one.name) for one in _names(each)))

    def faults(self, backup: Backup) -> tuple[str, ...]:
        """Everything that is wrong with a backup: each file is read again, the store examined."""
        if backup.fault or backup.store is None:
            return (backup.fault,)
        found = [self._differs(backup.folder, each) for each in (backup.store, backup.keys) if each]
        try:
            contents = read_contents(backup)
            found += [self._differs(_shared(backup.place, each.name).parent, each) for each in contents]
        except (OSError, ValueError):
            found.append("附件清单已损坏或不见了")
        told = [each for each in found if each]
        if not told:
            told += self._store_faults(backup, examined(backup.folder / backup.store.name, self._unlock))
        return tuple(told)

    def remove(self, backups: Sequence[Backup]) -> None:
        """Take backups away; afterwards files of records that no backup of their place needs, too."""
        for place in {each.place for each in backups}:
            with place_failures_told(place, self._store):
                for each in backups:
                    if each.place == place:
                        # Under another name first: half a backup must not look like one.
                        leaving = place / f"{each.name}{_PART}"
                        each.folder.replace(leaving)
                        backup_steps.gone(leaving)
                self._drop_unneeded(place)

    def now(self) -> StoreNow:
        """The store as it is: its newest act if it can be read, its size with what is not yet folded in."""
        parts = (self._store, self._store.with_name(f"{self._store.name}-wal"))
        size = sum(each.stat().st_size for each in parts if each.is_file())
        content_size = sum(each.stat().st_size for each in self._contents())
        last_act, store_id = newest_act(self._store, self._unlock)
        return StoreNow(self._store.is_file(), last_act, store_id, size, content_size)

    def acts_beyond(self, backup: Backup) -> int | None:
        """How many acts the store has that a backup does not; None where the store cannot be read."""
        return acts_beyond(self._store, self._unlock, backup)

    def free(self, place: Path) -> int:
        """Bytes that are free where a place is, or would be; 0 where that cannot be known."""
        there = next((each for each in (place, *place.parents) if each.is_dir()), None)
        return shutil.disk_usage(there).free if there else 0

    def stage(self, backup: Backup, stamp: datetime) -> None:
        """Get everything ready for `finish`; once this returns, the backup takes the store's place."""
        self._restoring.stage(backup, backup.place / SHARED, stamp)

    def finish(self) -> Path | None:
        """Put a staged backup in the store's place; the folder where what it replaced is kept as it was."""
        return self._restoring.finish()

    def drill(self, backup: Backup) -> Drill:
        """Restore a backup into a folder of its own, look into it, and take it away again."""
        return self._restoring.drill(backup, backup.place / SHARED)

    def settings(self) -> BackupSettings:
        """What was decided; the defaults where nothing was, or where it cannot be read."""
        try:
            kept = json.loads(self._settings.read_text("utf-8"))
            return BackupSettings(
                bool(kept.get("at_start", True)),
                bool(kept.get("every_change", True)),
                bool(kept.get("remind", True)),
                str(kept.get("second", "")),
                _moment(kept.get("second_at")),
                _moment(kept.get("drilled_at")),
                str(kept.get("drilled_name", "")),
                _moment(kept.get("checked_at")),
                str(kept.get("restored", "")),
            )
        except (OSError, ValueError, TypeError, AttributeError):
            return BackupSettings()

    def keep_settings(self, settings: BackupSettings) -> None:
        """Keep what was decided."""
        text = json.dumps(asdict(settings), ensure_ascii=False, default=datetime.isoformat)
        part = self._settings.with_name(f"{self._settings.name}{_PART}")
        with file_failures_told(self._settings):
            backup_steps.written(text.encode(), part)
            backup_steps.appeared(part, self._settings)

    def _filled(self, part: Path, final: Path, number: int, draft: BackupDraft) -> Backup:
        """Everything of a backup in its unfinished folder."""
        store = part / self._store.name
        with backup_steps.flushed_on_the_way(store):
            counts = copy_now(self._store, store, self._unlock)
        kept, found = self._flushed_and_examined(store)
        self._refuse_faulty(found, counts)
        keys = keys_of(self._store)
        kept_keys = backup_steps.copied(keys, part / keys.name) if keys.is_file() else None
        # After the store: what its records name was in the vault before them.
        contents = self._shared_contents(final.parent)
        listed = backup_steps.written(contents_text(contents), part / CONTENTS)
        backup = Backup(
            final,
            number,
            draft.made_at,
            draft.reason,
            draft.said,
            VERSION,
            found.revision,
            found.store_id,
            found.last_act,
            found.head,
            tuple(counts.items()),
            kept,
            kept_keys,
            listed,
            len(contents),
            sum(each.size for each in contents),
        )
        backup_steps.written(manifest_text(backup), part / MANIFEST)
        return backup

    def _flushed_and_examined(self, store: Path) -> tuple[BackedFile, Examined]:
        """What the disk has of a copy, and what is in it; at once, as each reads all of it."""
        with ThreadPoolExecutor(1, "backup") as beside:
            examining = beside.submit(examined, store, self._unlock)
            return backup_steps.flushed(store), examining.result()

    def _refuse_faulty(self, found: Examined, counts: dict[str, int]) -> None:
        if found.faults or found.counts != counts:
            why = found.faults[0] if found.faults else "记录数与数据文件不同"
            raise StorageFailed(
                "backup_not_whole",
                f"备份没有做成：做好后检查不合格（{why}）。",
                "请在“系统 › 数据”检查数据文件；原有的备份没有改动。",
            )

    def _refuse_narrow(self, place: Path) -> None:
        there = {each.name for each in (place / SHARED).glob("??/*")}
        now = self.now()
        new = sum(each.stat().st_size for each in self._contents() if each.name not in there)
        needed = ROOM * (now.size + new)
        free = self.free(place)
        if free < needed:
            raise no_room(place, needed, free)

    def _contents(self) -> list[Path]:
        """The files of records; not what is on its way in, nor what was opened."""
        found = vault_of(self._store).glob("??/*")
        return sorted(each for each in found if _CONTENT.fullmatch(each.name) and each.is_file())

    def _shared_contents(self, place: Path) -> list[BackedFile]:
        """See to it that the place has every file of records; those it has already are not copied again."""
        known: dict[str, BackedFile] = {}
        newest = next((each for each in self.listed(place) if not each.fault), None)
        if newest is not None:
            try:
                known = {each.name: each for each in read_contents(newest)}
            except (OSError, ValueError):
                known = {}
        return [self._shared_content(place, each, known.get(each.name)) for each in self._contents()]

    def _shared_content(self, place: Path, content: Path, known: BackedFile | None) -> BackedFile:
        target = _shared(place, content.name)
        size = content.stat().st_size
        if known is not None and _size(target) == known.size:
            is_same = size == known.size
            # Contents never change: one of another size is damaged, and what lies here is the good copy.
            if is_same or backup_steps.seen(target) == known:
                return known
        made_folder(target.parent)
        part = target.with_name(f"{target.name}{_PART}")
        try:
            kept = backup_steps.copied(content, part)
            backup_steps.appeared(part, target)
        except BaseException:
            backup_steps.gone_if_possible(part)
            raise
        return replace(kept, name=content.name)

    def _drop_unneeded(self, place: Path) -> None:
        left = self.listed(place)
        try:
            needed = {one.name for each in left for one in read_contents(each)}
        except (OSError, ValueError):
            return  # a damaged list may need any of them
        for each in (place / SHARED).glob("??/*"):
            if each.name not in needed:
                each.unlink()

    def _differs(self, folder: Path, file: BackedFile) -> str:
        try:
            found = backup_steps.seen(folder / file.name)
        except FileNotFoundError:
            return f"“{file.name}”不见了"
        except OSError:
            return f"“{file.name}”读不出来"
        return "" if found == file else f"“{file.name}”已损坏或被改动"

    def _store_faults(self, backup: Backup, found: Examined) -> tuple[str, ...]:
        if found.is_locked:
            # Without the key its digest proves that it is what was examined when it was made.
            return ()
        if found.faults:
            return found.faults
        same = (found.revision, found.store_id, found.last_act, found.head, found.counts)
        noted = (backup.revision, backup.store_id, backup.last_act, backup.head, dict(backup.counts))
        return () if same == noted else ("内容与备份说明不符",)


def _shared(place: Path, name: str) -> Path:
    return place / SHARED / name[:2] / name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _names(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
