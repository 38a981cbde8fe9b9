"""The box of a record's files: adding several, refusals, opening, saving elsewhere, a lost file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.settings_store import SettingsStore
from gui.widgets import attachments as module
from gui.widgets.attachments import AttachmentBox, icon_of, shown_size

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


@pytest.fixture
def box(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> AttachmentBox:
    owner = sample.register.register().organizations[0].id
    made = AttachmentBox(Desk(sample, jobs, messages, settings, 2025), owner)
    qtbot.addWidget(made)
    made.show()
    made.load()
    wait_for_jobs()
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "现场照片.png"
    path.write_bytes(PNG)
    return path


def test_several_files_are_added_and_each_refusal_is_told(
    box: AttachmentBox, picture: Path, tmp_path: Path, wait_for_jobs
) -> None:
    note = tmp_path / "说明.txt"
    note.write_text("到场 40 人", encoding="utf-8")
    program = tmp_path / "安装.exe"
    program.write_bytes(b"MZ")
    empty = tmp_path / "空的.pdf"
    empty.touch()
    box.add([picture, program, note, empty])
    wait_for_jobs()
    assert box.files_shown() == ("现场照片.png", "说明.txt")
    assert "安装.exe" in box._trouble.text()
    assert "空的.pdf" in box._trouble.text()
    assert box._hint.isHidden()


def test_files_can_be_dropped(box: AttachmentBox, picture: Path, wait_for_jobs) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    box.dragEnterEvent(entering)
    assert entering.isAccepted()
    box.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    wait_for_jobs()
    assert box.files_shown() == ("现场照片.png",)


def test_file_is_opened_by_the_system_and_saved_elsewhere(
    box: AttachmentBox, picture: Path, tmp_path: Path, messages, wait_for_jobs, monkeypatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        module.QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    box.add([picture])
    wait_for_jobs()
    (line,) = box._lines
    line.face.click()
    wait_for_jobs()
    assert opened[0].read_bytes() == PNG
    messages.chosen = tmp_path / "另存.png"
    line.menu.actions()[1].trigger()
    wait_for_jobs()
    assert messages.chosen.read_bytes() == PNG


def test_lost_file_is_told_before_anybody_opens_it(
    box: AttachmentBox, picture: Path, sample: Services, wait_for_jobs
) -> None:
    box.add([picture])
    wait_for_jobs()
    assert box._lines[0]._fault.isHidden()
    (kept,) = (path for path in sample.store.path.parent.rglob("*") if path.is_file() and is_kept(path))
    kept.chmod(0o600)
    kept.unlink()
    box.load()
    wait_for_jobs()
    assert "文件不见了" in box._lines[0]._fault.text()


def is_kept(path: Path) -> bool:
    return path.read_bytes() == PNG


def test_removed_file_leaves_the_list(box: AttachmentBox, picture: Path, wait_for_jobs) -> None:
    box.add([picture])
    wait_for_jobs()
    box._lines[0].menu.actions()[2].trigger()
    wait_for_jobs()
    assert box.files_shown() == ()
    assert box._hint.isVisible()


@pytest.mark.parametrize(("size", "words"), [(0, "0 字节"), (4_403, "4.2 KB"), (5 << 20, "5.0 MB")])
def test_sizes_are_words(size: int, words: str) -> None:
    assert shown_size(size) == words


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("章程.PDF", "file-pdf-line"),
        ("照片.jpeg", "image-line"),
        ("名册.et", "file-excel-2-line"),
        ("说明", "file-text-line"),
    ],
)
def test_icon_follows_the_type(name: str, icon: str) -> None:
    assert icon_of(name) == icon
