"""The desks of one open store behind the guard, made once by main.py for the window or a command."""

from dataclasses import dataclass
from functools import partial

from core.backup_port import BackupFiles
from core.model.rights import RIGHTS
from core.model.user import Session
from core.ports import (
    Clock,
    FileVault,
    OwnFonts,
    Paper,
    ReadWorkbook,
    ReadWorkbooks,
    Store,
    StoreKeys,
    WriteWorkbook,
)
from core.services.backups import BackupService, GuardedStore
from core.services.desks import Desks
from core.services.guard import Gate, Guarded


@dataclass(frozen=True, slots=True)
class Outside:
    """What the services use from outside the store."""

    clock: Clock
    read_workbook: ReadWorkbook
    read_workbooks: ReadWorkbooks
    write_workbook: WriteWorkbook
    paper: Paper
    vault: FileVault
    own_fonts: OwnFonts = tuple
    backups: BackupFiles | None = None
    keys: StoreKeys | None = None


class Services(Desks):
    """`store` is for checking and closing only, `actor` the name that stands in the log."""

    def __init__(self, store: Store, actor: str, outside: Outside, gate: Gate | None = None) -> None:
        """The services of a store, in one person's name; where backups are kept, great acts wait for one."""
        backups = BackupService(outside.backups, outside.clock) if outside.backups else None
        guarded_store = GuardedStore(store, backups) if backups else store
        super().__init__(guarded_store, actor, outside, gate or Gate(Session.alone(actor)), backups)
        # Desks work with each other as they are; only what is called from outside goes through the guard.
        self._inside = Desks(self.store, actor, outside, self.gate, backups)
        for name in RIGHTS:
            if name != "backups" or backups:
                setattr(self, name, Guarded(name, partial(getattr, self._inside, name), self.gate))

    def open_all(self) -> None:
        """Open every desk now: whoever is at the window must not wait for the first click."""
        for name in RIGHTS:
            getattr(self._inside, name)

    def close(self, *, keep_keys: bool = False) -> None:
        """Let go of the store and of opened files, and forget the keys unless the store is opened again."""
        self._outside.vault.close()
        self.store.close()
        if self.gate.ring is not None and not keep_keys:
            self.gate.ring.wipe()
