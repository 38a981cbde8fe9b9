"""Real backups as their tests make, change and break them off."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from core.model.backup import BackupDraft, BackupReason
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db import backup_steps
from db.store import SqliteStore, open_store

NOON = datetime(2026, 11, 22, 12, 30)
STEPS = ("copied", "written", "flushed", "appeared")
KEPT = b"%PDF-1.4 some scan"
LATER = b"%PDF-1.4 another scan"


def add(store: SqliteStore, name: str) -> None:
    with store.writing(ActDraft("保存组织", "张三")) as work:
        work.add([Organization(new_id(), name)])


def names(path: Path) -> list[str]:
    with closing(open_store(path)) as store, store.reading() as view:
        return [each.name for each in view.all(Organization)]


def draft(said: str = "") -> BackupDraft:
    return BackupDraft(NOON, BackupReason.MANUAL, said)


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder that a backup or a restore could leave."""
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.endswith((".lock", "-shm", "-wal"))
    }


class Killed(BaseException):
    """The program ends here."""


def steps_of(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> int:
    """How many steps on the disk a piece of work takes."""
    count = 0

    def counted(step: Callable[..., object]) -> Callable[..., object]:
        def act(*given: object) -> object:
            nonlocal count
            count += 1
            return step(*given)

        return act

    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(backup_steps, name, counted(getattr(backup_steps, name)))
        work()
    return count


def broken_at(patch: pytest.MonkeyPatch, at: int, error: BaseException, after: bool) -> None:
    """Break off at a step: instead of it, or when it was done."""
    done = 0

    def breaking(step: Callable[..., object]) -> Callable[..., object]:
        def act(*given: object) -> object:
            nonlocal done
            done += 1
            if done == at and not after:
                raise error
            result = step(*given)
            if done == at:
                raise error
            return result

        return act

    for name in STEPS:
        patch.setattr(backup_steps, name, breaking(getattr(backup_steps, name)))
    if isinstance(error, Killed):
        # Nothing is cleared away by a program that was killed.
        patch.setattr(backup_steps, "gone_if_possible", lambda _path: None)


def each_break(steps: int) -> Iterator[tuple[int, bool]]:
    return ((at, after) for at in range(1, steps + 1) for after in (False, True))


def grown(path: Path) -> None:
    with closing(open_store(path)) as store:
        add(store, "乙协会")


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
