"""Restoring real backups: the old store kept, damage refused, broken off at every step, tried by a drill."""

import errno
import os
import shutil
from contextlib import closing, suppress
from pathlib import Path

import pytest

from core.errors import StorageFailed
from db.backup import SHARED, FolderBackups
from db.backup_manifest import CONTENTS
from db.restoring import REPLACED
from db.store import open_store
from db.vault import open_vault
from tests.db.real_backups import (
    LATER,
    NOON,
    Killed,
    add,
    broken_at,
    damage,
    draft,
    each_break,
    grown,
    names,
    steps_of,
    tree,
)


def test_restore_puts_the_backup_in_place_and_keeps_the_old_store(
    files: FolderBackups, place: Path, path: Path
) -> None:
    backup = files.make(place, draft())
    grown(path)
    old = path.read_bytes()
    files.stage(backup, NOON)
    assert names(path) == ["甲协会", "乙协会"]
    kept = files.finish()
    assert kept == path.parent / REPLACED / "20261122-123000"
    assert (kept / path.name).read_bytes() == old
    assert names(path) == ["甲协会"]
    assert files.finish() is None
    assert not list(path.parent.glob("*.restoring*"))


def test_two_restores_in_one_second_keep_both_old_stores(
    files: FolderBackups, place: Path, path: Path
) -> None:
    backup = files.make(place, draft())
    for _ in range(2):
        grown(path)
        files.stage(backup, NOON)
        files.finish()
    assert len(list((path.parent / REPLACED).glob(f"*/{path.name}"))) == 2


def test_log_of_the_replaced_store_is_kept_and_never_taken_for_the_new_ones(
    files: FolderBackups, place: Path, path: Path
) -> None:
    backup = files.make(place, draft())
    store = open_store(path)
    add(store, "乙协会")
    # As if the power went: the log stays behind.
    log = path.with_name(f"{path.name}-wal").read_bytes()
    store.close()
    path.with_name(f"{path.name}-wal").write_bytes(log)
    files.stage(backup, NOON)
    kept = files.finish()
    assert (kept / f"{path.name}-wal").read_bytes() == log
    assert names(path) == ["甲协会"]


def test_looking_at_a_damaged_store_leaves_it_and_its_log_to_the_byte(
    files: FolderBackups, path: Path
) -> None:
    store = open_store(path)
    add(store, "乙协会")
    log_path = path.with_name(f"{path.name}-wal")
    log, main = log_path.read_bytes(), path.read_bytes()
    store.close()
    log_path.write_bytes(log)
    path.write_bytes(main)
    assert files.now().last_act == 3
    assert (log_path.read_bytes(), path.read_bytes()) == (log, main)
    for content in (b"", b"\x00" * 4096, main[:6000], os.urandom(20_000)):
        log_path.unlink(missing_ok=True)
        path.write_bytes(content)
        assert files.now().last_act is None
        assert path.read_bytes() == content


def test_restore_brings_lost_and_changed_files_of_records_back(
    files: FolderBackups, place: Path, path: Path
) -> None:
    with closing(open_vault(path)) as vault:
        later = vault.keep([LATER])
        backup = files.make(place, draft())
        first, second = sorted(path.with_name(f"{path.name}.files").glob("??/*"))
        first.unlink()
        second.write_bytes(b"changed")
        files.stage(backup, NOON)
        files.finish()
        assert all(vault.is_whole(each.digest) for each in vault.kept())
        assert vault.place(later.digest).read_bytes() == LATER


def test_restore_on_a_bare_pc_from_the_stick_alone(files: FolderBackups, path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    path.with_name(f"{path.name}.keys").write_text('{"wrapped": 1}')
    files.make(stick / "shepingtong-1", draft())
    shutil.rmtree(path.parent)
    bare = FolderBackups(tmp_path / "new pc" / "shepingtong.sqlite")
    (found,) = bare.places_below(stick)
    bare.stage(bare.listed(found)[0], NOON)
    assert bare.finish() is None
    assert names(bare.store_path) == ["甲协会"]
    assert Path(f"{bare.store_path}.keys").read_text() == '{"wrapped": 1}'
    with closing(open_vault(bare.store_path)) as vault:
        assert len(vault.kept()) == 1


def test_backups_are_found_from_any_folder_around_them(files: FolderBackups, place: Path) -> None:
    backup = files.make(place, draft())
    for pointed in (place, place.parent, backup.folder):
        assert files.places_below(pointed) == (place,)


@pytest.mark.parametrize("part", ["shepingtong.sqlite", CONTENTS, "content"])
def test_damaged_backup_is_not_restored(files: FolderBackups, place: Path, path: Path, part: str) -> None:
    backup = files.make(place, draft())
    grown(path)
    (content,) = (place / SHARED).glob("??/*")
    shutil.rmtree(path.with_name(f"{path.name}.files"))
    damaged = content if part == "content" else backup.folder / part
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\x00")
    with pytest.raises(StorageFailed) as caught:
        files.stage(backup, NOON)
    assert caught.value.code == "backup_damaged"
    assert files.finish() is None
    assert names(path) == ["甲协会", "乙协会"]


def test_restore_broken_off_anywhere_is_old_or_new(
    files: FolderBackups, place: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at each step of staging and finishing; the next start says which it is, by finishing it."""
    backup = files.make(place, draft())
    path.with_name(f"{path.name}.keys").write_text("{}")
    newer = files.make(place, draft())
    grown(path)

    def restore() -> None:
        files.stage(newer, NOON)
        files.finish()

    with closing(open_store(path)) as store:
        old = store.path.read_bytes()
    steps = steps_of(monkeypatch, restore)
    assert steps == 6
    for at, after in each_break(steps):
        shutil.rmtree(path.parent / REPLACED)
        path.write_bytes(old)
        with monkeypatch.context() as patch:
            broken_at(patch, at, Killed(), after)
            with pytest.raises(Killed):
                restore()
        staged = path.with_name(f"{path.name}.restoring").exists()
        files.finish()
        assert names(path) == (["甲协会"] if staged else ["甲协会", "乙协会"])
        kept = list((path.parent / REPLACED).glob(f"*/{path.name}"))
        assert [each.read_bytes() for each in kept if staged] == ([old] if staged else [])
        (path.parent / REPLACED).mkdir(exist_ok=True)
    assert files.faults(backup) == ()


@pytest.mark.parametrize("name", ["replace", "unlink"])
def test_finishing_broken_off_between_its_renames_is_done_at_the_next_start(
    files: FolderBackups, place: Path, path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    backup = files.make(place, draft())
    grown(path)
    old = path.read_bytes()
    true = getattr(Path, name)
    for at in range(1, 6):
        files.stage(backup, NOON)
        calls = 0

        def breaking(own: Path, *given: object, at: int = at, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Killed
            return true(own, *given, **named)

        with monkeypatch.context() as patch:
            patch.setattr(Path, name, breaking)
            with suppress(Killed):
                files.finish()
        files.finish()
        assert names(path) == ["甲协会"]
        assert (path.parent / REPLACED / "20261122-123000" / path.name).read_bytes() == old
        assert not list(path.parent.glob("*.restoring*"))
        shutil.rmtree(path.parent / REPLACED)
        path.write_bytes(old)


def test_full_disk_at_a_restore_leaves_the_store(
    files: FolderBackups, place: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = files.make(place, draft())
    grown(path)
    before = path.read_bytes()
    steps = steps_of(monkeypatch, lambda: files.stage(backup, NOON))
    files.finish()
    path.write_bytes(before)
    for at in range(1, steps + 1):
        with monkeypatch.context() as patch:
            broken_at(patch, at, OSError(errno.ENOSPC, "full"), after=False)
            with pytest.raises(StorageFailed):
                files.stage(backup, NOON)
        assert files.finish() is None
        assert path.read_bytes() == before


def test_drill_restores_aside_and_leaves_nothing(files: FolderBackups, place: Path, path: Path) -> None:
    backup = files.make(place, draft())
    before = tree(path.parent)
    drill = files.drill(backup)
    assert (drill.faults, dict(drill.counts)["organizations"]) == ((), 1)
    assert tree(path.parent) == before
    damage(backup.folder / path.name)
    assert "已损坏" in files.drill(backup).faults[0]
