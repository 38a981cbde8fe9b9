"""What a store holds after a fault, and whether it may: every told act is there, and nothing half."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import AppError
from core.model.attachment import Attachment
from core.model.audit import ActQuery
from db.backup import FolderBackups
from db.schema import upgrade_store
from db.store import is_older, open_store
from db.vault import open_vault

STORE = "shepingtong.sqlite"
ALL_ACTS = ActQuery(limit=1_000_000)
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Held:
    """The acts of a store, each by verb and number of changes, its faults, and its good backups."""

    acts: tuple[tuple[str, int], ...] = ()
    faults: tuple[str, ...] = ()
    backups: int = 0
    lost: int = 0
    """Attachments whose content is not there."""


@dataclass
class Tally:
    """One line of the report: how many runs, and what was wrong in them."""

    what: str
    runs: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def run(self, name: str, wrong: Sequence[str]) -> None:
        """Count a run."""
        self.runs += 1
        self.wrong += [f"{name}: {each}" for each in wrong]

    def note(self, what: str) -> None:
        """Count something that is worth telling."""
        self.notes[what] = self.notes.get(what, 0) + 1


def held_in(folder: Path) -> Held:
    """Look into a data folder as the next start of the program would; that it refuses is a fault."""
    path = folder / STORE
    try:
        files = FolderBackups(path)
        good = [each for each in files.listed(folder / "backups") if not files.faults(each)]
        if not path.exists():
            return Held(backups=len(good))
        if is_older(path):
            upgrade_store(path)
        with closing(open_store(path)) as store, store.reading() as view:
            acts = tuple((each.verb, each.change_count) for each in reversed(view.log.find(ALL_ACTS)))
            vault = open_vault(path)
            lost = sum(not vault.is_whole(each.digest) for each in view.all(Attachment))
            vault.close()
            return Held(acts, store.check().faults, len(good), lost)
    except AppError as error:
        return Held(faults=(f"{error.code} {error.message_zh}",))


def judged(before: Held, after: Held, found: Held, *, told: bool) -> list[str]:
    """What is wrong with a store where the way from `before` to `after` was broken off, `told` or not."""
    wrong = list(found.faults)
    if told and found.acts != after.acts:
        wrong.append(f"told, and not there: {found.acts[-2:]}")
    if told and found.backups < after.backups:
        wrong.append("told, and the backup is not there")
    if found.backups < min(before.backups, after.backups):
        wrong.append("an older backup is gone")
    if found.lost > max(before.lost, after.lost):
        wrong.append("a record without its file")
    grown = after.acts[: len(before.acts)] == before.acts
    prefix = grown and len(found.acts) >= len(before.acts) and found.acts == after.acts[: len(found.acts)]
    if not prefix and found.acts not in (before.acts, after.acts):
        wrong.append(f"half done: {found.acts[-2:]}")
    return wrong
