"""Backups of real stores: whole and examined, damage found, broken off at every step, disks full and gone."""

import errno
import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from core.errors import StorageFailed
from core.model.backup import Backup
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db import backup_steps
from db.backup import SHARED, FolderBackups
from db.backup_manifest import CONTENTS, MANIFEST
from db.sqlite_backup import examined, unlocked
from db.store import open_store
from db.vault import open_vault
from tests.db.real_backups import (
    KEPT,
    LATER,
    NOON,
    Killed,
    add,
    broken_at,
    damage,
    draft,
    each_break,
    names,
    steps_of,
    tree,
)


def test_backup_is_whole_and_says_what_is_in_it(files: FolderBackups, place: Path, path: Path) -> None:
    backup = files.make(place, draft("导入名册"))
    assert backup == files.listed(place)[0]
    assert files.faults(backup) == ()
    counts = dict(backup.counts)
    assert (counts["organizations"], counts["acts"], backup.last_act) == (1, 2, 2)
    assert (backup.name, backup.said, backup.content_count) == ("000001-20261122-123000", "导入名册", 1)
    assert backup.content_size == len(KEPT)
    assert backup.store_id == files.now().store_id != ""
    assert backup.size == backup.store.size + len(KEPT)


def test_backup_is_made_beside_an_open_act_and_holds_what_was_committed(
    files: FolderBackups, place: Path, path: Path
) -> None:
    with closing(open_store(path)) as store:
        add(store, "乙协会")
        with store.writing(ActDraft("保存组织", "张三")) as work:
            work.add([Organization(new_id(), "丙协会")])
            backup = files.make(place, draft())
    assert (dict(backup.counts)["organizations"], backup.last_act) == (2, 3)


def test_files_of_records_are_copied_once(files: FolderBackups, place: Path, path: Path) -> None:
    files.make(place, draft())
    (content,) = (place / SHARED).glob("??/*")
    before = content.stat().st_mtime_ns, content.stat().st_ino
    with closing(open_vault(path)) as vault:
        vault.keep([LATER])
    assert files.make(place, draft()).content_count == 2
    assert (content.stat().st_mtime_ns, content.stat().st_ino) == before
    assert len(list((place / SHARED).glob("??/*"))) == 2


def test_file_of_a_record_that_is_short_in_the_place_is_copied_again(
    files: FolderBackups, place: Path
) -> None:
    files.make(place, draft())
    (content,) = (place / SHARED).glob("??/*")
    content.write_bytes(b"")
    assert files.faults(files.make(place, draft())) == ()


def test_damaged_file_of_a_record_does_not_take_the_place_of_the_good_copy(
    files: FolderBackups, place: Path, path: Path
) -> None:
    first = files.make(place, draft())
    (content,) = path.with_name(f"{path.name}.files").glob("??/*")
    content.write_bytes(KEPT[:1])
    assert files.faults(files.make(place, draft())) == files.faults(first) == ()


def test_opened_copies_and_unfinished_files_stay_out(files: FolderBackups, place: Path, path: Path) -> None:
    vault = path.with_name(f"{path.name}.files")
    (vault / "opened" / "x").mkdir(parents=True)
    (vault / "opened" / "x" / "扫描件.pdf").write_bytes(b"1")
    (vault / "abc.part").write_bytes(b"1")
    assert files.make(place, draft()).content_count == 1


def test_keys_go_with_the_store(files: FolderBackups, place: Path, path: Path) -> None:
    keys = path.with_name(f"{path.name}.keys")
    keys.write_text("{}")
    backup = files.make(place, draft())
    assert backup.keys is not None
    (backup.folder / backup.keys.name).write_text("{ ")
    assert files.faults(backup) == (f"“{keys.name}”已损坏或被改动",)


def test_encrypted_store_has_an_encrypted_backup(path: Path, place: Path) -> None:
    def unlock(connection: dbapi2.Connection) -> None:
        connection.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"").close()

    plain = path.rename(path.with_name("plain.sqlite"))
    with closing(dbapi2.connect(str(plain), isolation_level=None)) as connection:
        connection.execute(f"ATTACH DATABASE '{path}' AS locked KEY \"x'{'5a' * 32}'\"")
        connection.execute("SELECT sqlcipher_export('locked')").fetchall()
    locked = FolderBackups(path, unlock)
    backup = locked.make(place, draft())
    content = (backup.folder / path.name).read_bytes()
    assert "甲协会".encode() not in content
    assert content[:16] != b"SQLite format 3\x00"
    assert locked.faults(backup) == ()
    assert dict(backup.counts)["organizations"] == 1
    other = FolderBackups(path, lambda each: each.execute(f"PRAGMA key = \"x'{'5b' * 32}'\"").close())
    assert other.faults(backup) == (), "another key: the digests prove it"
    with pytest.raises(StorageFailed):
        other.make(place, draft())
    path.with_name(f"{path.name}.keys").write_text("{}")
    backup = locked.make(place, draft())
    # Without the password the digests prove it, and it is restored as it is: encrypted.
    without = FolderBackups(path)
    assert without.faults(backup) == ()
    path.write_bytes(b"gone")
    without.stage(backup, NOON)
    without.finish()
    assert path.read_bytes() == (backup.folder / path.name).read_bytes()
    damage(backup.folder / path.name)
    assert without.faults(backup) == (f"“{path.name}”已损坏或被改动",)


def test_backup_from_before_the_encryption_is_examined_and_restored(
    files: FolderBackups, place: Path, path: Path
) -> None:
    backup = files.make(place, draft())
    locked = FolderBackups(path, lambda each: each.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"").close())
    assert locked.faults(backup) == ()
    assert locked.drill(backup).faults == ()
    locked.stage(backup, NOON)
    locked.finish()
    assert names(path) == ["甲协会"]


def test_no_damaged_backup_passes(files: FolderBackups, place: Path) -> None:
    """A byte anywhere in any of a backup's files, and cut off ends."""
    files.make(place, draft())
    (folder,) = (each for each in place.iterdir() if each.name != SHARED)
    chance = random.Random(7)
    parts = [*folder.iterdir(), *(place / SHARED).glob("??/*")]
    for part in parts:
        whole = part.read_bytes()
        spots = range(len(whole)) if len(whole) < 400 else chance.sample(range(len(whole)), 60)
        for spot in spots:
            part.write_bytes(
                whole[:spot] + bytes([whole[spot] ^ (1 << chance.randrange(8))]) + whole[spot + 1 :]
            )
            (found,) = files.listed(place)
            assert files.faults(found), (part.name, spot)
        for cut in (0, len(whole) // 2, len(whole) - 1):
            part.write_bytes(whole[:cut])
            assert files.faults(files.listed(place)[0]), (part.name, cut)
        part.unlink()
        assert files.faults(files.listed(place)[0]), part.name
        part.write_bytes(whole)
    assert files.faults(files.listed(place)[0]) == ()


def test_store_of_a_backup_swapped_for_another_whole_one_is_found(
    files: FolderBackups, place: Path, path: Path
) -> None:
    first = files.make(place, draft())
    with closing(open_store(path)) as store:
        add(store, "乙协会")
    second = files.make(place, draft())
    shutil.copy(second.folder / path.name, first.folder / path.name)
    assert files.faults(first) != ()


def test_manifest_cannot_lead_out_of_its_folder(files: FolderBackups, place: Path) -> None:
    backup = files.make(place, draft())
    manifest = backup.folder / MANIFEST
    fields = json.loads(manifest.read_text("utf-8"))
    fields["store"]["name"] = "../../etc/passwd"
    manifest.write_text(json.dumps(fields), "utf-8")
    assert files.listed(place)[0].fault


def test_damaged_store_gives_no_backup_and_leaves_nothing(
    files: FolderBackups, place: Path, path: Path
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + os.urandom(8192) + whole[16384:])
    before = tree(path.parent)
    with pytest.raises(StorageFailed) as caught:
        files.make(place, draft())
    assert caught.value.code in ("store_damaged", "backup_not_whole")
    assert tree(path.parent) == before
    assert list(place.iterdir()) == []


def test_backup_broken_off_anywhere_is_not_there_or_whole(
    files: FolderBackups, place: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files.make(place, draft())
    before = tree(path.parent)
    with closing(open_vault(path)) as vault:
        vault.keep([LATER])
    steps = steps_of(monkeypatch, lambda: files.remove([files.make(place, draft())]))
    assert steps == 6
    for at, after in each_break(steps):
        with monkeypatch.context() as patch:
            broken_at(patch, at, Killed(), after)
            with pytest.raises(Killed):
                files.make(place, draft())
        found = files.listed(place)
        assert all(files.faults(each) == () for each in found)
        assert first in found
        assert len(found) == (2 if (at, after) == (steps, True) else 1)
        files.remove([each for each in found if each != first])
    # What a killed attempt left stands in nobody's way.
    assert files.faults(files.make(place, draft())) == ()
    assert set(before) <= set(tree(path.parent))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "backup_no_room"),
        (errno.EROFS, "backup_place_readonly"),
        (errno.EACCES, "backup_place_readonly"),
        (errno.EIO, "backup_place_gone"),
        (errno.ENODEV, "backup_place_gone"),
        (errno.EFBIG, "backup_too_large"),
    ],
)
def test_failing_disk_is_told_and_leaves_nothing_half(
    files: FolderBackups, place: Path, path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    steps = steps_of(monkeypatch, lambda: files.make(place, draft()))
    shutil.rmtree(place)
    for at in range(1, steps + 1):
        with monkeypatch.context() as patch:
            broken_at(patch, at, OSError(number, "fails"), after=False)
            with pytest.raises(StorageFailed) as caught:
                files.make(place, draft())
        assert caught.value.code == code
        assert caught.value.message_zh.startswith("备份没有做成")
        assert caught.value.remedy_zh
        assert [each for each in place.iterdir() if each.name != SHARED] == []
    assert files.faults(files.make(place, draft())) == ()


def test_place_with_little_room_is_refused_before_anything_is_written(
    files: FolderBackups, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "free", lambda _place: 3 * (files.now().size + len(KEPT)) - 1)
    with pytest.raises(StorageFailed) as caught:
        files.make(place, draft())
    assert caught.value.code == "backup_no_room"
    assert "只剩" in caught.value.message_zh
    assert list(place.iterdir()) == []


def test_second_place_that_is_gone_is_not_made_on_the_own_disk(files: FolderBackups, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with pytest.raises(StorageFailed) as caught:
        files.make(stick / "shepingtong", draft())
    assert caught.value.code == "backup_place_gone"
    assert not stick.exists()


def test_stick_that_lies_is_found_out(
    files: FolderBackups, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = backup_steps.seen
    other = Path(__file__)
    monkeypatch.setattr(backup_steps, "seen", lambda path: true(path if path.suffix == ".sqlite" else other))
    with pytest.raises(StorageFailed) as caught:
        files.make(place, draft())
    assert caught.value.code == "backup_not_kept"
    assert [each for each in place.iterdir() if each.name != SHARED] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, where this account may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False).returncode
    except FileNotFoundError:
        done = 1
    if done:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_full_stick_is_told_and_left_as_it_was(
    files: FolderBackups, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_disk / "photos").write_bytes(bytes(1_900_000))
    with pytest.raises(StorageFailed) as caught:
        files.make(small_disk / "b", draft())
    assert caught.value.code == "backup_no_room"
    # Even where the room seemed to be there.
    monkeypatch.setattr(files, "free", lambda _place: 1 << 30)
    with pytest.raises(StorageFailed) as caught:
        files.make(small_disk / "b", draft())
    assert caught.value.code == "backup_no_room"
    assert list((small_disk / "b").iterdir()) == []
    (small_disk / "photos").unlink()
    assert files.faults(files.make(small_disk / "b", draft())) == ()


def test_removed_backups_take_along_only_what_no_other_needs(
    files: FolderBackups, place: Path, path: Path
) -> None:
    first = files.make(place, draft())
    with closing(open_vault(path)) as vault:
        vault.keep([LATER])
    second = files.make(place, draft())
    files.remove([second])
    assert files.faults(first) == ()
    assert len(list((place / SHARED).glob("??/*"))) == 1


def test_nothing_shared_is_removed_while_a_list_is_damaged(files: FolderBackups, place: Path) -> None:
    first, second = files.make(place, draft()), files.make(place, draft())
    (first.folder / CONTENTS).write_bytes(b"?")
    files.remove([second])
    assert len(list((place / SHARED).glob("??/*"))) == 1


def test_settings_are_kept_and_a_damaged_file_of_them_is_the_default(
    files: FolderBackups, path: Path
) -> None:
    default = files.settings()
    kept = type(default)(False, True, False, "/x", NOON, NOON, "000001-20261122-123000")
    files.keep_settings(kept)
    assert files.settings() == kept
    for damaged in ("", "[]", '{"second_at": 5}', "\x00"):
        path.with_name(f"{path.name}.backup.json").write_text(damaged)
        assert files.settings() == default


def test_looking_into_a_copy_writes_nothing(files: FolderBackups, place: Path, path: Path) -> None:
    backup: Backup = files.make(place, draft())
    before = sorted(backup.folder.iterdir())
    assert examined(backup.folder / path.name, unlocked).faults == ()
    assert sorted(backup.folder.iterdir()) == before
