"""The fault suite can fail: a lost act, half an act and writes that nobody flushed are found."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.sqlite_engine import connect
from db.store import open_store
from tests.faults.damages import KINDS
from tests.faults.disk_states import Disk, Node, calls_in, replay
from tests.faults.referee import STORE, Held, held_in, judged

ONE, TWO = (("新增", 1),), (("新增", 1), ("修改", 2))


@pytest.mark.parametrize(
    ("found", "told", "wrong"),
    [
        (Held(ONE), False, ""),
        (Held(TWO), False, ""),
        (Held(TWO), True, ""),
        (Held(ONE), True, "told, and not there"),
        (Held((("新增", 1), ("修改", 1))), False, "half done"),
        (Held(()), False, "half done"),
        (Held(ONE, ("损坏",)), False, "损坏"),
        (Held(ONE, lost=1), False, "a record without its file"),
    ],
)
def test_the_referee_sees_what_must_not_be(found: Held, told: bool, wrong: str) -> None:
    said = judged(Held(ONE), Held(TWO), found, told=told)
    assert (wrong in " ".join(said)) if wrong else said == []


def test_logins_are_neither_lost_nor_half_of_an_act() -> None:
    login = ("登录", 0)
    before, after = Held((*ONE, login)), Held((*TWO, login))
    assert judged(before, after, Held((*ONE, login, ("登录失败", 0))), told=False) == []
    assert judged(before, after, Held((*TWO, login, login)), told=True) == []
    assert judged(before, after, Held((*ONE, login, login)), told=True) != []


def test_that_the_next_start_notes_a_restore_is_no_fault() -> None:
    note = ("恢复备份", 0)
    assert judged(Held(TWO), Held(ONE), Held((*ONE, note)), told=True) == []
    assert judged(Held(TWO), Held(ONE), Held((*TWO, note)), told=True) != []


def test_an_upgrade_is_whole() -> None:
    before, after = Held(ONE, is_old=True), Held(TWO)
    assert judged(before, after, before, told=False) == []
    assert judged(before, after, Held(ONE), told=False) == ["upgraded by half"]


def test_a_backup_that_was_told_and_is_gone_is_seen() -> None:
    before, after = Held(ONE, backups=1), Held(ONE, backups=2)
    assert judged(before, after, Held(ONE, backups=1), told=False) == []
    assert judged(before, after, Held(ONE, backups=1), told=True) == ["told, and the backup is not there"]
    assert judged(before, after, Held(ONE, backups=0), told=False) == ["an older backup is gone"]


def test_a_store_is_looked_into_as_the_next_start_would(empty_store: Path, tmp_path: Path) -> None:
    assert held_in(tmp_path) == Held()
    path = Path(shutil.copy(empty_store, tmp_path / STORE))
    with closing(open_store(path)) as store, store.writing(ActDraft("新增", "张三")) as unit:
        unit.add([Organization(new_id(), "甲队")])
    assert held_in(tmp_path) == Held((("新增", 1),))
    with closing(connect(path)) as other:
        other.execute("UPDATE organizations SET name = '乙队'").close()
    assert "与操作日志不符" in held_in(tmp_path).faults[0]


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


RECORD = f"""\
7 openat(AT_FDCWD<{hexed("/")}>, "{hexed("/d/a")}", O_RDWR|O_CREAT, 0644) = 5<{hexed("/d/a")}>
7 write(5<{hexed("/d/a")}>, "{hexed("x" * 1024)}", 1024) = 1024
8 fsync(5<{hexed("/d/a")}> <unfinished ...>
7 lseek(5<{hexed("/d/a")}>, 0, SEEK_SET) = 0
8 <... fsync resumed>) = 0
7 fsync(6<{hexed("/d")}>) = 0
7 pwrite64(5<{hexed("/d/a")}>, "{hexed("y" * 1024)}", 1024, 0) = 1024
7 write(1<{hexed("pipe:[1]")}>, "{hexed("好了")}", 6) = 6
7 rename("{hexed("/d/a")}", "{hexed("/d/b")}") = 0
"""


def test_what_a_child_writes_is_not_told() -> None:
    child = [line.replace("7 write(1<", "9 write(1<") for line in RECORD.splitlines()]
    assert len(list(calls_in(child))) == len(list(calls_in(RECORD.splitlines()))) - 1


def states(disk: Disk, folder: Path) -> set[tuple[str, bytes]]:
    found = set()
    for seed in range(60):
        disk.write_state(random.Random(seed), folder / str(seed))
        found |= {(each.name, each.read_bytes()) for each in (folder / str(seed)).iterdir()}
    return found


def test_only_what_was_flushed_is_sure(tmp_path: Path) -> None:
    disk = Disk("/d")
    calls = list(calls_in(RECORD.splitlines()))
    assert [call[0] for call in calls] == [
        "openat", "write", "lseek", "fsync", "fsync", "pwrite64", "write", "rename",
    ]  # fmt: skip
    for call in calls[:2]:
        replay(disk, *call)
    unflushed = states(disk, tmp_path / "unflushed")
    assert {("a", b""), ("a", b"x" * 1024), ("a", b"x" * 512)} <= unflushed
    for call in calls[2:5]:
        replay(disk, *call)
    assert states(disk, tmp_path / "flushed") == {("a", b"x" * 1024)}
    assert not disk.told
    for call in calls[5:]:
        replay(disk, *call)
    assert disk.told
    last = states(disk, tmp_path / "last")
    assert {name for name, _ in last} == {"a", "b"}
    assert {content for _, content in last} == {b"x" * 1024, b"y" * 1024, b"y" * 512 + b"x" * 512}


def test_a_renamed_folder_takes_along_what_was_flushed_in_it(tmp_path: Path) -> None:
    disk = Disk("/d")
    disk.name("put", "/d/a", None)
    for name in ("flushed", "late"):
        disk.name("put", f"/d/a/{name}", Node())
        if name == "flushed":
            disk.flush_folder("/d/a")
    replay(disk, "rename", [f'"{hexed("/d/a")}"', f'"{hexed("/d/b")}"'], 0, "")
    disk.flush_folder("/d")
    assert set(disk.kept) == {"/d/b", "/d/b/flushed"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_damage_changes_something(kind) -> None:
    sound = random.Random(3).randbytes(5 * 4096)
    changed = [bytearray(sound) for _ in range(10)]
    for number, content in enumerate(changed):
        kind(content, random.Random(number))
    assert any(content != sound for content in changed)
