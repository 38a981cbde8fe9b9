"""What the desk of backups needs from outside: folders of backups, and the place of the store."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from core.model.backup import Backup, BackupDraft, BackupSettings, Drill, StoreNow


class BackupFiles(Protocol):
    """Backups of one store, which may be in use, damaged or missing; a place is a folder that holds some."""

    @property
    def store_path(self) -> Path:
        """The store's file, whether it is there or not."""

    def make(self, place: Path, draft: BackupDraft) -> Backup:
        """Make a backup in a place; when this returns it is whole, examined and on the disk.

        Raises:
            StorageFailed: place full, gone or read-only, or the store damaged; nothing half done is left.
        """

    def listed(self, place: Path) -> tuple[Backup, ...]:
        """The backups in a place, newest first; damaged ones too, with their fault; none where it is missing.

        Raises:
            StorageFailed: the place is there and cannot be read.
        """

    def places_below(self, folder: Path) -> tuple[Path, ...]:
        """Where backups lie in a folder that somebody points at: a place, what holds one, or a backup.

        Raises:
            StorageFailed: the folder cannot be read.
        """

    def faults(self, backup: Backup) -> tuple[str, ...]:
        """Everything that is wrong with a backup, all of it read again; empty when it can be restored."""

    def remove(self, backups: Sequence[Backup]) -> None:
        """Take backups away.

        Raises:
            StorageFailed: their place is gone or read-only.
        """

    def now(self) -> StoreNow:
        """The store as it is."""

    def acts_beyond(self, backup: Backup) -> int | None:
        """How many acts the store has that a backup does not; None where the store cannot be read."""

    def free(self, place: Path) -> int:
        """Bytes that are free where a place is or would be; 0 where that cannot be known."""

    def stage(self, backup: Backup, stamp: datetime) -> None:
        """Get everything ready for `finish`; when this returns, the backup takes the store's place at last.

        Raises:
            StorageFailed: the backup is damaged or cannot be read, the disk is full; nothing was changed.
        """

    def finish(self) -> Path | None:
        """Put what was staged in the closed store's place; the folder of what was replaced, as it was.

        Raises:
            Conflict: a program has the store open.
            StorageFailed: the folder cannot be written; it is done at the next start.
        """

    def drill(self, backup: Backup) -> Drill:
        """Restore a backup into a folder of its own, look into it, and take it away again.

        Raises:
            StorageFailed: the disk is full or the folder cannot be written.
        """

    def settings(self) -> BackupSettings:
        """What was decided about backups; the defaults where nothing was."""

    def keep_settings(self, settings: BackupSettings) -> None:
        """Keep what was decided.

        Raises:
            StorageFailed: the folder cannot be written.
        """
