"""Backups of the store: when they are made, where, which are kept, and how one takes the store's place."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from core.backup_port import BackupFiles
from core.errors import AppError, Conflict, NotFound, StorageFailed
from core.model.backup import (
    Backup,
    BackupDraft,
    BackupOutcome,
    BackupOverview,
    BackupReason,
    BackupSettings,
    Drill,
    SecondPlace,
    StoreNow,
    summary,
)
from core.model.journal import ActDraft
from core.ports import Clock, Reading, Report, Store, StoreHealth, Writing, unwatched
from core.rules.backup_times import (
    BETWEEN_CHANGES,
    BETWEEN_CHECKS,
    BETWEEN_DRILLS,
    BETWEEN_STARTS,
    SECOND_PLACE,
    asks_backup_first,
    is_due,
    kept,
)
from core.services.files import refuse_unwritable

LOCAL = "backups"
RESTORED = "恢复备份"
"""The act by which the log of a restored store tells where it came from."""


class BackupService:
    """Needs no open store: it also serves where the store is damaged or missing."""

    def __init__(self, files: BackupFiles, clock: Clock) -> None:
        """Work on the backups of one store."""
        self._files = files
        self._clock = clock

    @property
    def local(self) -> Path:
        """Where the backups of this PC lie."""
        return self._files.store_path.parent / LOCAL

    @property
    def store_path(self) -> Path:
        """The store's file, whether it is there or not."""
        return self._files.store_path

    def make(self, said: str = "", *, reason: BackupReason = BackupReason.MANUAL) -> BackupOutcome:
        """Make a backup on this PC, then thin the older ones out.

        Raises:
            StorageFailed: it could not be made; what was there is untouched.
        """
        return self._make(self.local, BackupDraft(self._moment(), reason, said))

    def make_second(self) -> BackupOutcome:
        """Make a backup in the second place.

        Raises:
            NotFound: no second place was chosen.
            StorageFailed: it is not there, full or read-only.
        """
        settings = self._files.settings()
        if not settings.second:
            raise NotFound("no_second_place", "还没有选第二备份位置。", "请先选一个 U 盘或共享文件夹。")
        outcome = self._make(Path(settings.second), BackupDraft(self._moment(), BackupReason.MANUAL))
        self._files.keep_settings(replace(self._files.settings(), second_at=outcome.backup.made_at))
        return outcome

    def due_at_start(self) -> bool:
        """Whether the program makes a backup after it was opened."""
        return self._files.settings().at_start and self._is_due(BETWEEN_STARTS)

    def due_by_change(self) -> bool:
        """Whether there are changes that no backup has, and the last one is half an hour old."""
        return self._files.settings().every_change and self._is_due(BETWEEN_CHANGES)

    def before(self, verb: str) -> BackupOutcome | None:
        """Make a backup before an act of this verb, unless the newest has everything already.

        Raises:
            StorageFailed: it could not be made, so the act must not begin.
        """
        newest = self._newest(self.local)
        now = self._files.now()
        if now.last_act == 0 or (newest is not None and self._holds_all(newest)):
            return None
        try:
            return self.make(verb, reason=BackupReason.BEFORE_ACT)
        except StorageFailed as error:
            raise StorageFailed(
                error.code, f"没有开始“{verb}”：事先的备份没有做成。{error.message_zh}", error.remedy_zh
            ) from error

    def overview(self) -> BackupOverview:
        """Everything the page shows; looks into manifests only."""
        settings = self._files.settings()
        second = self._second(settings)
        backups = list(self._files.listed(self.local))
        if second.chosen is not None and second.is_there:
            backups += self._files.listed(second.chosen)
        backups.sort(key=_age, reverse=True)
        return BackupOverview(
            settings,
            tuple(backups),
            second,
            self._files.now(),
            self._files.free(self.local),
            is_due(settings.drilled_at, self._moment(), BETWEEN_DRILLS),
        )

    def listed(self, folder: Path | None = None) -> tuple[Backup, ...]:
        """The backups in a folder somebody points at, or those of the page.

        Raises:
            NotFound: there are none in the folder.
            StorageFailed: it cannot be read.
        """
        if folder is None:
            return self.overview().backups
        found = [each for place in self._files.places_below(folder) for each in self._files.listed(place)]
        if not found:
            raise NotFound(
                "no_backups",
                f"“{folder}”里没有社评通的备份。",
                "请选备份所在的文件夹，里面是以编号和日期命名的文件夹。",
            )
        return tuple(sorted(found, key=_age, reverse=True))

    def named(self, name: str, folder: Path | None = None) -> Backup:
        """The backup of this name; the newest good one where no name is given.

        Raises:
            NotFound: there is none.
            Conflict: no name is given, and the folder has backups of several other stores.
        """
        if not name:
            return self.newest_good_in(folder)
        backups = self.listed(folder)
        found = next((each for each in backups if each.name == name), None)
        if found is None:
            raise NotFound("backup_missing", f"没有叫“{name}”的备份。", "请用 backup list 看有哪些。")
        return found

    def newest_good_in(self, folder: Path | None = None) -> Backup:
        """The newest good backup in a folder somebody points at, or of those of the page.

        Several PCs may use one share: the backups of this store go before those of others.

        Raises:
            NotFound: there is none.
            Conflict: there are only backups of several other stores; which of them is not for us to say.
        """
        backups = self.listed(folder)
        return self.newest_good(backups if folder is None else self._of_one_store(backups))

    def newest_good(self, backups: tuple[Backup, ...] | None = None) -> Backup:
        """The newest backup in which nothing is wrong; each is read whole until one is found.

        Raises:
            NotFound: there is none.
        """
        for each in self.listed() if backups is None else backups:
            if not self._files.faults(each):
                return each
        raise NotFound(
            "no_good_backup", "没有找到完好的备份。", "请插上 U 盘或接通共享文件夹，再从那里的备份恢复。"
        )

    def faults(self, backup: Backup) -> tuple[str, ...]:
        """Everything that is wrong with a backup; empty when it can be restored."""
        return self._files.faults(backup)

    def check_is_due(self) -> bool:
        """Whether there are backups of which some were not read again for a month.

        Source: safety.md, threat 14: verified at once and monthly.
        """
        made = [each.made_at for each in self.overview().backups if each.made_at]
        checked = self._files.settings().checked_at
        return bool(made) and is_due(checked or min(made), self._moment(), BETWEEN_CHECKS)

    def check_all(self, report: Report = unwatched) -> dict[Path, tuple[str, ...]]:
        """What is wrong with each backup at hand, by its folder; that they were read is noted.

        Raises:
            JobCancelled: the user asked to stop.
        """
        backups = self.overview().backups
        found: dict[Path, tuple[str, ...]] = {}
        for done, each in enumerate(backups, start=1):
            found[each.folder] = self._files.faults(each)
            report(done, len(backups))
        self._files.keep_settings(replace(self._files.settings(), checked_at=self._moment()))
        return found

    def discard(self, backups: Iterable[Backup]) -> None:
        """Take these backups away for good.

        Raises:
            StorageFailed: their place is gone or read-only.
        """
        self._files.remove(tuple(backups))

    def replaces_something(self) -> bool:
        """Whether there is a store that a restore would replace; one without any act is none."""
        now = self._files.now()
        return now.exists and now.last_act != 0

    def lost_acts(self, backup: Backup) -> int | None:
        """How many acts a restore would take out of the store; None where the store cannot be read."""
        return self._files.acts_beyond(backup)

    def restore(self, backup: Backup) -> Backup | None:
        """Get a restore ready, after a backup of what it replaces; `finish` completes it in the closed store.

        Gives the backup of what is replaced: restoring that one undoes it. None where the store cannot be
        read; it is then kept as it is. On a PC that has no second place, the one it comes from is it.

        Raises:
            StorageFailed: the backup is damaged, or disk or folder do not take it; nothing was changed.
        """
        replaced, now = None, self._files.now()
        if now.last_act:
            replaced = self._saved_before_restore()
        self._files.stage(backup, self._moment())
        settings = replace(self._files.settings(), restored=_restored_words(backup, now))
        if not settings.second and backup.place.name == _own_name(backup.store_id):
            settings = replace(settings, second=str(backup.place.absolute()), second_at=backup.made_at)
        self._files.keep_settings(settings)
        return replaced

    def note_restored(self, store: Store, actor: str) -> None:
        """Keep in the log of the store that it came by a restore, in the name of who opens it first."""
        settings = self._files.settings()
        if settings.restored:
            with store.writing(ActDraft(RESTORED, actor, settings.restored, keep=True)):
                pass
            # Last: what is told twice after a power cut is better than what is told never.
            self._files.keep_settings(replace(self._files.settings(), restored=""))

    def undoing(self) -> Backup:
        """The backup that takes the last restore back.

        Raises:
            NotFound: nothing was restored here.
        """
        for each in self._files.listed(self.local):
            if not each.fault and each.reason is BackupReason.BEFORE_RESTORE:
                return each
        raise NotFound("nothing_restored", "没有可以撤销的恢复。", "请在备份清单里选一份恢复。")

    def refuse_new_store(self) -> None:
        """Refuse to begin anew where the store is gone and its backups are there.

        Raises:
            StorageFailed: there is a backup of a store that is not there.
        """
        newest = self._newest(self.local)
        if newest is not None and newest.made_at is not None:
            raise StorageFailed(
                "store_gone",
                f"数据文件“{self.store_path.name}”不见了，没有新建空的；备份还在，最近一份是 "
                f"{newest.made_at:%Y-%m-%d %H:%M} 做的。",
                "请用备份恢复，或把原来的数据文件放回去。",
            )

    def finish(self) -> Path | None:
        """Complete a restore that was got ready; where what it replaced is kept, None if there was none.

        Raises:
            Conflict: a program has the store open.
            StorageFailed: the folder cannot be written; the next start tries again.
        """
        return self._files.finish()

    def drill(self, backup: Backup | None = None) -> Drill:
        """Restore a backup on trial, the newest if none is given; a good one is noted with its date.

        Raises:
            NotFound: there is no backup.
            StorageFailed: there is no room for the trial.
        """
        chosen = backup or next((each for each in self.listed() if not each.fault), None)
        if chosen is None:
            raise NotFound("no_backups", "还没有备份，不能演练恢复。", "请先做一次备份。")
        drill = self._files.drill(chosen)
        if not drill.faults:
            settings = replace(self._files.settings(), drilled_at=self._moment(), drilled_name=chosen.name)
            self._files.keep_settings(settings)
        return drill

    def settings(self) -> BackupSettings:
        """What was decided about backups."""
        return self._files.settings()

    def keep_settings(self, settings: BackupSettings) -> None:
        """Keep what was decided.

        Raises:
            StorageFailed: the data folder cannot be written.
        """
        self._files.keep_settings(settings)

    def choose_second(self, folder: Path | None) -> SecondPlace:
        """Take a folder on a stick or share as the second place; None goes without one.

        Every store has a folder of its own in it, so that several PCs can use one share.

        Raises:
            StorageFailed: the folder is not there, takes no file or lies in the data folder; or the store
                cannot be read.
        """
        settings = self._files.settings()
        place = "" if folder is None else str(self._own_folder(folder.absolute()))
        if place != settings.second:
            settings = replace(settings, second=place, second_at=None)
            self._files.keep_settings(settings)
        return self._second(settings)

    def _own_folder(self, folder: Path) -> Path:
        data = self._files.store_path.parent.absolute()
        if not folder.is_dir():
            self._refuse("second_place_gone", f"没有找到文件夹“{folder}”。", "请插好 U 盘再选。")
        if folder == data or data in folder.parents:
            self._refuse(
                "second_place_inside",
                f"“{folder}”在数据文件夹里，硬盘坏了会一起丢失。",
                "请选 U 盘、移动硬盘或共享文件夹里的位置。",
            )
        store_id = self._files.now().store_id
        if not store_id:
            self._refuse("second_place_no_store", "现在的数据读不出来，不能选备份位置。", "请先恢复数据。")
        place = folder / _own_name(store_id)
        try:
            refuse_unwritable(place.with_suffix(".try"))
        except StorageFailed as error:
            self._refuse(
                "second_place_unwritable",
                f"“{folder}”里写不进文件，不能用作备份位置。",
                "请打开 U 盘的写保护、清理磁盘，或选另一个 U 盘、移动硬盘、共享文件夹。",
                error,
            )
        return place

    def _of_one_store(self, backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
        newest = self._newest(self.local)
        own = {self._files.now().store_id, newest.store_id if newest else ""}
        found = {each.store_id: each for each in reversed(backups) if not each.fault}
        if mine := own & found.keys():
            return tuple(each for each in backups if each.store_id in mine)
        if len(found) > 1:
            raise Conflict(
                "several_stores",
                f"这里有 {len(found)} 个单位或电脑的备份：{'；'.join(map(_place_words, found.values()))}。",
                "请看清楚是哪一个，直接选它的文件夹。",
            )
        return backups

    def _refuse(self, code: str, message: str, remedy: str, cause: StorageFailed | None = None) -> NoReturn:
        raise StorageFailed(code, message, remedy) from cause

    def _make(self, place: Path, draft: BackupDraft) -> BackupOutcome:
        backup = self._files.make(place, draft)
        return BackupOutcome(backup, self._thin(place))

    def _thin(self, place: Path) -> int:
        """Take out what the rule lets go; a backup stands even where this fails."""
        sound = {each: each.made_at for each in self._files.listed(place) if not each.fault and each.made_at}
        staying = kept(sound, self._moment())
        leaving = [each for each in sound if each not in staying]
        try:
            self._files.remove(leaving)
        except AppError:
            return 0
        return len(leaving)

    def _saved_before_restore(self) -> Backup | None:
        try:
            return self.make(reason=BackupReason.BEFORE_RESTORE).backup
        except StorageFailed as error:
            # A damaged store has no good backup; it is kept as it is.
            if error.code in ("store_damaged", "backup_not_whole"):
                return None
            raise

    def _is_due(self, after: timedelta) -> bool:
        """Whether there is something that no backup has, and the newest one is so old."""
        if not self._files.now().last_act:
            return False
        newest = self._newest(self.local)
        if newest is None:
            return True
        return not self._holds_all(newest) and is_due(newest.made_at, self._moment(), after)

    def _holds_all(self, newest: Backup) -> bool:
        now = self._files.now()
        return (newest.store_id, newest.last_act) == (now.store_id, now.last_act)

    def _newest(self, place: Path) -> Backup | None:
        return next((each for each in self._files.listed(place) if not each.fault), None)

    def _second(self, settings: BackupSettings) -> SecondPlace:
        if not settings.second:
            return SecondPlace(None, False, None, settings.remind)
        place = Path(settings.second)
        is_there = place.parent.is_dir()
        newest = self._newest(place) if is_there else None
        made_at = newest.made_at if newest else settings.second_at
        due = settings.remind and is_due(made_at, self._moment(), SECOND_PLACE)
        return SecondPlace(place, is_there, made_at, due)

    def _moment(self) -> datetime:
        return self._clock().replace(microsecond=0, tzinfo=None)


def _own_name(store_id: str) -> str:
    """The folder of a store in a second place."""
    return f"shepingtong-{store_id.replace('-', '')[-8:]}"


def _place_words(newest: Backup) -> str:
    holds = summary(dict(newest.counts))
    return f"“{newest.place.name}”最近一份是 {newest.made_at:%Y-%m-%d %H:%M} 做的，{holds}"


def _restored_words(backup: Backup, now: StoreNow) -> str:
    made = f"{backup.made_at:%Y-%m-%d %H:%M}" if backup.made_at else backup.name
    if now.last_act is None:
        was = "原来的数据不在或者读不出来"
    else:
        was = f"原来的数据做到第 {now.last_act:,} 号操作" if now.last_act else "原来没有数据"
    return f"{made} 的备份，做到第 {backup.last_act:,} 号操作；{was}"


def _age(backup: Backup) -> tuple[datetime, int]:
    """Orders the backups of several places; those without a readable time come first."""
    return backup.made_at or datetime.min, backup.number


class GuardedStore:
    """A store that makes a backup before every act that changes much: the one place where that is done."""

    def __init__(self, store: Store, backups: BackupService) -> None:
        """Stands for `store`."""
        self._store = store
        self._backups = backups

    def reading(self) -> AbstractContextManager[Reading]:
        """A view for reading."""
        return self._store.reading()

    @contextmanager
    def writing(self, act: ActDraft) -> Iterator[Writing]:
        """One act; a backup before it where its verb asks for one."""
        if asks_backup_first(act.verb):
            self._backups.before(act.verb)
        with self._store.writing(act) as work:
            yield work

    def check(self) -> StoreHealth:
        """Integrity, foreign keys, revision, journal and counts."""
        return self._store.check()

    @property
    def was_left_open(self) -> bool:
        """Whether whoever had it open before never closed it."""
        return self._store.was_left_open

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._store.path

    def close(self) -> None:
        """Let go of the file and of the lock."""
        self._store.close()
