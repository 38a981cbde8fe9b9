"""What a store holds after a fault, and whether it may: every told act is there, and nothing half."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from core.errors import AccessDenied, AppError
from core.model.attachment import Attachment
from core.model.audit import ActQuery
from core.model.backup import Backup
from core.services.backups import RESTORED
from core.services.kept_contents import kept_for_papers
from db.backup import SHARED, FolderBackups
from db.data_key import DataKey
from db.schema import upgrade_store
from db.sealing import Sealing
from db.sqlite_engine import give_key
from db.store import SqliteStore, is_older, open_store
from db.store_keys import KeyFiles
from db.vault import open_vault

STORE = "shepingtong.sqlite"
LOGIN = "zhangsan"
PASSWORDS = ("Chengdong-2025", "Chengxi-2026")
"""Of the one account: at first, and after the command that changes it."""
ALL_ACTS = ActQuery(limit=1_000_000)
TOLD_EVERY = 50
_OF_STARTS = ("登录", RESTORED)
"""Acts that the start of the program notes, by the beginning of their verbs."""


@dataclass(frozen=True)
class Held:
    """The acts of a store, each by verb and number of changes, its faults, and its good backups."""

    acts: tuple[tuple[str, int], ...] = ()
    faults: tuple[str, ...] = ()
    backups: int = 0
    lost: int = 0
    """Attachments and kept papers whose content is not there."""
    way: str = ""
    """Whether it is encrypted, and which password opens it; empty without accounts."""
    is_old: bool = False
    """Whether it is of an older program; it was upgraded then, to look into it."""
    has_place: bool = False
    """Whether a second place for backups was chosen."""


@dataclass
class Tally:
    """One line of the report: how many runs, and what was wrong in them."""

    what: str
    runs: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def run(self, name: str, wrong: Sequence[str]) -> None:
        """Count a run; of many, say how far they are, and at once what is wrong."""
        self.runs += 1
        self.wrong += [f"{name}: {each}" for each in wrong]
        if wrong or self.runs % TOLD_EVERY == 0:
            print(f"  {self.what}：{self.runs} 次，问题 {len(self.wrong)}", *wrong, flush=True)

    def note(self, what: str) -> None:
        """Count something that is worth telling."""
        self.notes[what] = self.notes.get(what, 0) + 1


def held_in(folder: Path) -> Held:
    """Look into a data folder as the next start of the program would; that it refuses is a fault.

    One that is byte for byte like another is not looked into again.
    """
    known = _bytes_of(folder, (each for each in folder.rglob("*") if each.suffix != ".log"))
    if known not in _seen:
        _seen[known] = _held_in(folder / STORE)
    return _seen[known]


_seen: dict[bytes, Held] = {}
_engines: list[Engine] = []


def _bytes_of(folder: Path, files: Iterable[Path]) -> bytes:
    """A digest of names and contents in a folder."""
    digest = hashlib.sha256()
    for each in sorted(files):
        content = each.read_bytes() if each.is_file() else b""
        digest.update(f"{each.relative_to(folder)} {each.is_file()} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()


def _held_in(path: Path) -> Held:
    try:
        FolderBackups(path).finish()
        key, way = way_in(path)
        files = backups_of(path, key)
        good = sum(_is_good(files, each) for each in files.listed(path.parent / "backups"))
        held = Held(backups=good, way=way, has_place=bool(files.settings().second))
        return _looked_into(path, key, held) if path.exists() else held
    except AppError as error:
        return Held(faults=(f"{error.code} {error.message_zh}",))


def _looked_into(path: Path, key: DataKey | None, held: Held) -> Held:
    is_old = is_older(path, key)
    if is_old:
        upgrade_store(path, key=key)
    with closing(open_store(path, key=key)) as store:
        _share_questions(store)
        return _examined(store, path, key, replace(held, is_old=is_old))


def _share_questions(store: SqliteStore) -> None:
    """Give it what the first store translated: each would translate its hundreds of questions anew."""
    _engines.append(store._engine)
    del _engines[1:]
    store._engine.dialect, store._engine._compiled_cache = _engines[0].dialect, _engines[0]._compiled_cache


def _examined(store: SqliteStore, path: Path, key: DataKey | None, held: Held) -> Held:
    with store.reading() as view:
        acts = tuple((each.verb, each.change_count) for each in reversed(view.log.find(ALL_ACTS)))
        vault = open_vault(path, Sealing(key) if key else None)
        wanted = {*kept_for_papers(view), *(each.digest for each in view.all(Attachment))}
        lost = sum(not vault.is_whole(each) for each in wanted)
        vault.close()
        return replace(held, acts=acts, faults=store.check().faults, lost=lost)


def way_in(path: Path) -> tuple[DataKey | None, str]:
    """The key of an encrypted store, and how somebody comes in, as Held.way has it."""
    keys = KeyFiles(path)
    ring = keys.ring()
    is_encrypted = keys.is_encrypted()
    # The keys of a set-up that was broken off are nobody's.
    if ring is None or not (is_encrypted or keys.has_users()):
        return None, ""
    for password in PASSWORDS:
        try:
            ring.unlock(LOGIN, password)
        except AccessDenied:
            continue
        return ring.key if is_encrypted else None, f"{'encrypted' if is_encrypted else 'plain'} {password}"
    raise AccessDenied("nobody_comes_in", "没有一个密码打得开。", "")


def backups_of(path: Path, key: DataKey | None) -> FolderBackups:
    """The backups of a store, with its key if it has one."""
    return FolderBackups(path, partial(give_key, key)) if key else FolderBackups(path)


_good: set[bytes] = set()


def _is_good(files: FolderBackups, backup: Backup) -> bool:
    """Whether a backup has no fault; one with the very bytes of a good one is good."""
    known = _bytes_of(backup.place, (*backup.folder.iterdir(), *(backup.place / SHARED).rglob("*")))
    if known not in _good and not files.faults(backup):
        _good.add(known)
    return known in _good


def judged(before: Held, after: Held, found: Held, *, told: bool) -> list[str]:
    """What is wrong with a store where the way from `before` to `after` was broken off, `told` or not.

    What a start notes does not count: the next start notes it too, and a restore brings another log.
    """
    before, after, found = map(_without_starts, (before, after, found))
    wrong = list(found.faults)
    if told and found.acts != after.acts:
        wrong.append(f"told, and not there: {found.acts[-2:]}")
    if told and found.backups < after.backups:
        wrong.append("told, and the backup is not there")
    if told and not found.faults and (found.way, found.has_place) != (after.way, after.has_place):
        wrong.append(f"told, and not so: {found.way} {found.has_place}")
    if found.backups < min(before.backups, after.backups):
        wrong.append("an older backup is gone")
    if found.lost > max(before.lost, after.lost):
        wrong.append("a record without its file")
    grown = after.acts[: len(before.acts)] == before.acts
    prefix = grown and len(found.acts) >= len(before.acts) and found.acts == after.acts[: len(found.acts)]
    if not prefix and found.acts not in (before.acts, after.acts):
        wrong.append(f"half done: {found.acts[-2:]}")
    if before.is_old and not found.is_old and found.acts != after.acts:
        wrong.append("upgraded by half")
    return wrong


def _without_starts(held: Held) -> Held:
    return replace(held, acts=tuple(each for each in held.acts if not each[0].startswith(_OF_STARTS)))
