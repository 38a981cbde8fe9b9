"""The desk of backups that still hold what was protected or erased since: told, and replaced on request."""

from dataclasses import dataclass

from core.errors import NotFound, StorageFailed
from core.model.audit import ActQuery
from core.model.backup import Backup, BackupReason
from core.model.journal import Act, ActDraft
from core.model.personal import ERASED
from core.model.user import DECRYPTED, ENCRYPTED
from core.ports import Report, Store, unwatched
from core.services.backups import BackupService

REPLACED = "销毁旧备份"


@dataclass(frozen=True, slots=True)
class OldBackups:
    """Backups from before an act that encrypted the store or erased somebody's data; `since` is that act.

    `second_missing`: the second place is not at hand, and may hold some more.
    """

    since: Act
    backups: tuple[Backup, ...]
    second_missing: bool

    @property
    def said(self) -> str:
        """What is wrong with them, in a line."""
        return f"有 {len(self.backups)} 份备份是“{self.since.verb}”以前做的，里面还有当时的内容"


class OldBackupService:
    """Takes backups away only after a newer one is there, examined, and the log says so."""

    def __init__(self, store: Store, actor: str, backups: BackupService | None) -> None:
        """Work on the backups of this store in this person's name; None where none are kept."""
        self._store = store
        self._actor = actor
        self._backups = backups

    def found(self) -> OldBackups | None:
        """The backups at hand that hold what was protected since; None where there are none."""
        since = self._protected_by()
        if since is None or self._backups is None:
            return None
        overview = self._backups.overview()
        old = tuple(
            each
            for each in overview.backups
            if not each.fault and each.store_id == overview.now.store_id and each.last_act < since.number
        )
        missing = overview.second.chosen is not None and not overview.second.is_there
        return OldBackups(since, old, missing) if old else None

    def replace(self, report: Report = unwatched) -> OldBackups:
        """Make a new backup in every place that holds old ones, then take the old ones away.

        Raises:
            NotFound: there are none.
            StorageFailed: a new one could not be made or is damaged; the old ones stay.
        """
        old = self.found()
        if old is None or self._backups is None:
            raise NotFound("no_old_backups", "没有要销毁的旧备份。", "备份都是加密或删除以后做的。")
        # First the act, so that the new backups hold it, too.
        told = (
            f"“{old.since.verb}”以前的 {len(old.backups)} 份：{'、'.join(each.name for each in old.backups)}"
        )
        with self._store.writing(ActDraft(REPLACED, self._actor, told, keep=True)):
            pass
        made = [self._backups.make(reason=BackupReason.MANUAL).backup]
        if any(each.place != made[0].place for each in old.backups):
            made.append(self._backups.make_second().backup)
        for done, each in enumerate(made, start=1):
            if faults := self._backups.faults(each):
                raise StorageFailed("backup_not_whole", f"新做的备份有问题：{faults[0]}", "旧备份都还在。")
            report(done, len(made))
        self._backups.discard(old.backups)
        return old

    def _protected_by(self) -> Act | None:
        """The newest act after which older backups hold too much: of those in force, the newest."""
        with self._store.reading() as view:
            turned = view.log.find(ActQuery(verbs=(ENCRYPTED, DECRYPTED), limit=1))
            erased = view.log.find(ActQuery(verbs=(ERASED,), limit=1))
        encrypted = [act for act in turned if act.verb == ENCRYPTED]
        return max((*encrypted, *erased), key=lambda act: act.number, default=None)
