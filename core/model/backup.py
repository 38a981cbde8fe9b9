"""Backups: what is in one, why it was made, what the office decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class BackupReason(StrEnum):
    """Why a backup was made."""

    MANUAL = "manual"
    START = "start"
    CHANGE = "change"
    BEFORE_ACT = "before_act"
    BEFORE_RESTORE = "before_restore"
    BEFORE_UPGRADE = "before_upgrade"

    @property
    def label(self) -> str:
        """As it is shown."""
        return _REASONS[self]

    @property
    def by_hand(self) -> bool:
        """Whether somebody asked for it."""
        return self is BackupReason.MANUAL


_REASONS = {
    BackupReason.MANUAL: "手工",
    BackupReason.START: "打开程序时",
    BackupReason.CHANGE: "定时",
    BackupReason.BEFORE_ACT: "重要操作前",
    BackupReason.BEFORE_RESTORE: "恢复前",
    BackupReason.BEFORE_UPGRADE: "升级前",
}


@dataclass(frozen=True, slots=True)
class BackedFile:
    """A file in a backup: its name, size in bytes, SHA-256 digest in hexadecimal."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class BackupDraft:
    """A backup that is to be made: when by the PC's clock, why; `said` names the act that follows."""

    made_at: datetime
    reason: BackupReason
    said: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look into a store's file found; `faults` is empty when it is whole.

    `last_act` is the number of its newest act, `head` the end of the chain of acts, empty if there is none.
    A file that `is_locked` is encrypted with a key that is not at hand; then nothing else is known of it.
    """

    revision: int = 0
    store_id: str = ""
    last_act: int = 0
    head: str = ""
    counts: Mapping[str, int] | None = None
    faults: tuple[str, ...] = ()
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: a folder that appeared under its name when it was whole.

    `number` counts the backups of a place, as a clock can be set back. `contents` is the list of the files of
    records, which lie beside the backups once for all of them; `content_size` is their size in bytes.
    A backup with a `fault` cannot be restored; then only `folder` and, mostly, `made_at` are known.
    """

    folder: Path
    number: int
    made_at: datetime | None
    reason: BackupReason = BackupReason.MANUAL
    said: str = ""
    program: str = ""
    revision: int = 0
    store_id: str = ""
    last_act: int = 0
    head: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    store: BackedFile | None = None
    keys: BackedFile | None = None
    contents: BackedFile | None = None
    content_count: int = 0
    content_size: int = 0
    fault: str = ""

    @property
    def name(self) -> str:
        """What it is called, on the command line too."""
        return self.folder.name

    @property
    def place(self) -> Path:
        """The folder of the backups it belongs to."""
        return self.folder.parent

    @property
    def size(self) -> int:
        """Bytes of all that it would put back."""
        return self.content_size + sum(each.size for each in (self.store, self.keys) if each)

    @property
    def occasion(self) -> str:
        """Why it was made, in words."""
        return f"{self.said}前" if self.said else self.reason.label


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """What the office decided, and when it last did what it must think of itself.

    `second` is the folder on a stick or share, empty when none was chosen. Moments are by the PC's clock.
    `restored` says of the last restore what the log of the store that came by it does not have yet.
    """

    at_start: bool = True
    every_change: bool = True
    remind: bool = True
    second: str = ""
    second_at: datetime | None = None
    drilled_at: datetime | None = None
    drilled_name: str = ""
    checked_at: datetime | None = None
    restored: str = ""


@dataclass(frozen=True, slots=True)
class StoreNow:
    """The store that a backup would replace: its newest act, None if it cannot be read; bytes on the disk."""

    exists: bool
    last_act: int | None
    store_id: str
    size: int
    content_size: int


@dataclass(frozen=True, slots=True)
class Drill:
    """A backup restored on trial: what was counted in it, how many seconds it took, what was wrong."""

    backup: Backup
    counts: tuple[tuple[str, int], ...]
    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """The second place as it is now: chosen or not, there or not, the newest good backup in it."""

    chosen: Path | None
    is_there: bool
    newest: datetime | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class BackupOverview:
    """All that the page of backups shows."""

    settings: BackupSettings
    backups: tuple[Backup, ...]
    second: SecondPlace
    now: StoreNow
    free: int
    drill_is_due: bool

    @property
    def newest(self) -> Backup | None:
        """The newest good one on this PC."""
        return next((each for each in self.backups if not each.fault and self.is_local(each)), None)

    def is_local(self, backup: Backup) -> bool:
        """Whether it lies on this PC and not in the second place."""
        chosen = self.second.chosen
        return chosen is None or chosen not in backup.folder.parents


@dataclass(frozen=True, slots=True)
class BackupOutcome:
    """A backup that was made, and the older ones that were thinned out after it."""

    backup: Backup
    thinned: int
    second: Backup | None = None


def summary(counts: Mapping[str, int]) -> str:
    """What a backup holds, in the words of the clerk: 60 个组织，48 份评分表."""
    parts = (("organizations", "个组织"), ("score_sheets", "份评分表"), ("written_documents", "份文书"))
    said = [f"{counts[table]:,} {words}" for table, words in parts if counts.get(table)]
    return "，".join(said) or "还没有组织"
