"""Files that cannot be put where the user wants them: the old one stays, nothing is left over."""

import errno
import os
from pathlib import Path

import pytest

from core.errors import StorageFailed
from core.services.files import refuse_unwritable, write_file


def refused(path: Path) -> str:
    with pytest.raises(StorageFailed) as caught:
        write_file(path, b"new")
    assert caught.value.code == "file_not_written"
    assert caught.value.remedy_zh
    return caught.value.message_zh


def test_file_and_its_folders_are_made_and_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "2025年" / "通报.pdf"
    for content in (b"old", b"new"):
        refuse_unwritable(path)
        write_file(path, content)
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [("通报.pdf", b"new")]


def test_looking_first_leaves_nothing_behind(tmp_path: Path) -> None:
    refuse_unwritable(tmp_path / "还没有" / "通报.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("check", [refuse_unwritable, lambda path: write_file(path, b"new")])
@pytest.mark.parametrize("name", ["", "文件夹", "文件.txt/通报.pdf", "长" * 300])
def test_places_that_take_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check, name: str) -> None:
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "文件.txt").write_bytes(b"old")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StorageFailed) as caught:
        check(Path(name))
    assert Path(name).name in caught.value.message_zh
    assert {each.name for each in tmp_path.iterdir()} == {"文件夹", "文件.txt"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(StorageFailed):
        refuse_unwritable(tmp_path / "管道")
    assert "设备或管道" in refused(tmp_path / "管道")
    assert [(each.name, each.is_fifo()) for each in tmp_path.iterdir()] == [("管道", True)]


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "通报.pdf"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "磁盘已满" in refused(path)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("通报.pdf", b"old")]


def test_a_file_that_is_open_elsewhere_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "通报.pdf"
    path.write_bytes(b"old")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "sharing violation")

    monkeypatch.setattr(Path, "replace", held)
    assert "正被别的程序打开" in refused(path)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("通报.pdf", b"old")]
