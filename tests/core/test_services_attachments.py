"""Files of records: what is kept, what is refused and why, what a look through them finds."""

import errno
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AppError, Conflict, InvalidInput, JobCancelled, NotFound, StorageFailed
from core.model.attachment import Attachment
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.rules.attachment_checks import MAX_FILE_BYTES, checked, safe_name
from core.rules.file_names import MAX_NAME_BYTES
from core.services.attachments import AttachmentFault, AttachmentHealth, AttachmentService
from core.services.services import Services
from db.vault import FolderVault, open_vault

OWNER = new_id()
PDF = b"%PDF-1.7\n" + b"\0" * 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def old_office(*names: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def package(*parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, "content")
    return packed.getvalue()


@pytest.fixture
def folder(bare_services: Services) -> Path:
    """The vault's folder."""
    path = bare_services.store.path
    return path.with_name(f"{path.name}.files")


@pytest.fixture
def desk(bare_services: Services) -> Iterator[AttachmentService]:
    store = bare_services.store
    vault = open_vault(store.path)
    yield AttachmentService(store, "录入员", lambda: datetime(2026, 1, 8, 9, 30), vault)
    vault.close()


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def make(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


def refusal(desk: AttachmentService, path: Path) -> AppError:
    """The error told for a file; nothing may be kept of it."""
    with pytest.raises(AppError) as caught:
        desk.add(OWNER, path)
    assert caught.value.message_zh.endswith("。")
    assert caught.value.remedy_zh.endswith("。")
    assert (desk.of(OWNER), desk.count()) == ((), 0)
    return caught.value


def test_added_file_is_listed_and_opens_as_it_was(desk: AttachmentService, file_of) -> None:
    path = file_of("章程\uff082026\uff09.pdf", PDF)
    added = desk.add(OWNER, path, " 原件在三楼档案室 ")
    assert desk.of(OWNER) == (added,)
    assert (added.name, added.size, added.caption) == (path.name, len(PDF), "原件在三楼档案室")
    assert added.added_at == "2026-01-08T09:30:00"
    opened = desk.file(added)
    assert (opened.name, opened.read_bytes()) == (path.name, PDF)
    assert desk.of(new_id()) == ()


def test_two_records_share_one_content(desk: AttachmentService, file_of) -> None:
    first = desk.add(OWNER, file_of("合影.jpg", b"\xff\xd8\xff" + b"1" * 50))
    second = desk.add(new_id(), file_of("活动合影.jpg", b"\xff\xd8\xff" + b"1" * 50))
    assert first.digest == second.digest
    assert (desk.count(), first.size, second.size) == (1, 53, 53)


def test_the_same_content_is_attached_to_a_record_once(
    desk: AttachmentService, file_of, bare_services: Services
) -> None:
    desk.add(OWNER, file_of("章程.pdf", PDF))
    with pytest.raises(Conflict) as caught:
        desk.add(OWNER, file_of("章程改名.pdf", PDF))
    assert caught.value.code == "attachment_twin"
    assert "章程.pdf" in caught.value.message_zh
    assert [act.verb for act in bare_services.register.acts()] == ["添加附件"]


def test_content_outlives_the_removal_so_that_a_restored_record_has_it(
    desk: AttachmentService, file_of, bare_services: Services
) -> None:
    added = desk.add(OWNER, file_of("章程.pdf", PDF))
    assert desk.remove([added.id], "传错了") == 1
    assert desk.of(OWNER) == ()
    assert desk.check() == AttachmentHealth((), orphans=1)
    assert desk.count() == 1
    newest = bare_services.register.acts()[0]
    assert (newest.verb, newest.reason) == ("删除附件", "传错了")
    with bare_services.store.writing(ActDraft("恢复", "录入员")) as work:
        work.add([added])
    assert desk.file(added).read_bytes() == PDF
    assert desk.check() == AttachmentHealth((), orphans=0)


def test_removing_what_is_gone_removes_nothing(desk: AttachmentService, file_of) -> None:
    added = desk.add(OWNER, file_of("章程.pdf", PDF))
    with pytest.raises(NotFound):
        desk.remove([added.id, new_id()])
    assert desk.of(OWNER) == (added,)


def test_check_names_missing_and_changed_files(desk: AttachmentService, file_of, folder: Path) -> None:
    whole, changed, missing = (
        desk.add(OWNER, file_of(f"{number}.pdf", PDF + bytes([number]))) for number in range(3)
    )
    (folder / changed.digest[:2] / changed.digest).write_bytes(PDF)
    (folder / missing.digest[:2] / missing.digest).unlink()
    seen: list[tuple[int, int]] = []
    health = desk.check(lambda done, total: seen.append((done, total)))
    assert health == AttachmentHealth(
        (AttachmentFault(changed, missing=False), AttachmentFault(missing, missing=True)), orphans=0
    )
    assert [str(fault) for fault in health.faults] == [
        "附件“1.pdf”：内容与添加时不同，可能已损坏或被改动",
        "附件“2.pdf”：文件不见了",
    ]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert desk.file(whole).read_bytes() == PDF + b"\0"
    for damaged in (changed, missing):
        with pytest.raises(AppError, match=damaged.name):
            desk.file(damaged)


def test_cancelling_leaves_nothing(desk: AttachmentService, file_of, folder: Path) -> None:
    seen: list[tuple[int, int]] = []

    def stop_at_the_second(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 2:
            raise JobCancelled

    size = 2_500_000
    with pytest.raises(JobCancelled):
        desk.add(OWNER, file_of("长.pdf", b"%PDF-".ljust(size)), report=stop_at_the_second)
    assert seen == [(1 << 20, size), (2 << 20, size)]
    assert desk.of(OWNER) == ()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


ACCEPTED = {
    "章程.PDF": PDF,
    "扫描.pdf": b"\xef\xbb\xbf\r\n%PDF-1.4",
    "证件.jpeg": b"\xff\xd8\xff\xe0",
    "截图.png": b"\x89PNG\r\n\x1a\n\0",
    "图.bmp": b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
    "图.tif": b"II*\0\x08",
    "图.webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "旧.doc": old_office("Root Entry", "WordDocument"),
    "旧.xls": old_office("Workbook"),
    "更旧.xls": old_office("Book"),
    "旧.ppt": old_office("PowerPoint Document"),
    "新.docx": package("[Content_Types].xml", "word/document.xml"),
    "新.xlsx": package("xl/workbook.xml"),
    "新.pptx": package("ppt/presentation.xml"),
    "稿.wps": old_office("WordDocument"),
    "表.et": package("xl/workbook.xml"),
    "文.ofd": package("OFD.xml", "Doc_0/Document.xml"),
    "名单.txt": "张三\r\n李四\t备注".encode("gb18030"),
    "名单.csv": b"\xff\xfe" + "姓名,电话".encode("utf-16-le"),
    "MZ方案.txt": "MZ方案".encode(),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_papers_pictures_and_office_files_are_kept(name: str) -> None:
    assert b"".join(checked(name, [ACCEPTED[name]])) == ACCEPTED[name]


def test_the_sample_workbooks_are_kept(desk: AttachmentService, data: Path) -> None:
    for name in ("roster.xlsx", "scores.xlsx", "neighbour_points.csv"):
        desk.add(OWNER, data / name)
    assert desk.check() == AttachmentHealth((), orphans=0)


PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200


def test_the_file_dialog_offers_what_is_kept(desk: AttachmentService) -> None:
    assert {name.rpartition(".")[2].lower() for name in ACCEPTED} <= set(desk.suffixes())
    assert not {"exe", "zip", "xlsm"} & set(desk.suffixes())


REFUSED = [
    ("通知.exe", PROGRAM, "file_may_run"),
    ("通知.pdf.exe", PDF, "file_may_run"),
    ("通知.pdf.lnk", b"L\0\0\0\x01\x14\x02\0", "file_may_run"),
    ("安装.MSI", old_office("x"), "file_may_run"),
    ("网页.html", b"<html>", "file_may_run"),
    ("脚本.sh", b"#!/bin/sh", "file_may_run"),
    ("报告\u202efdp.exe", PDF, "file_may_run"),
    ("通知.exe. ", PROGRAM, "file_may_run"),
    ("通知.pdf", PROGRAM, "file_may_run"),
    ("合影.jpg", b"\x7fELF\x02", "file_may_run"),
    ("章程.doc", b"\r\n<html xmlns:o=''>", "file_may_run"),
    ("名单.txt", PROGRAM, "file_may_run"),
    ("汇总.xlsm", package("xl/workbook.xml"), "file_with_macros"),
    ("汇总.xlsx", package("xl/workbook.xml", "xl/vbaProject.bin"), "file_with_macros"),
    ("汇总.xls", old_office("Workbook", "_VBA_PROJECT_CUR"), "file_with_macros"),
    ("秘密.docx", old_office("EncryptedPackage"), "file_encrypted"),
    ("材料.zip", package("a.pdf"), "file_packed"),
    ("录像.mp4", b"\0\0\0\x20ftyp", "file_type_unknown"),
    ("没有后缀", PDF, "file_type_unknown"),
    ("图.pdf", b"\xff\xd8\xff\xe0", "file_type_mismatch"),
    ("混合.pdf", b"GIF89a" + PDF, "file_type_mismatch"),
    ("表.docx", package("xl/workbook.xml"), "file_type_mismatch"),
    ("表.doc", old_office("Workbook"), "file_type_mismatch"),
    ("旧.docx", old_office("WordDocument"), "file_type_mismatch"),
    ("数据.csv", b"a,b\0c", "file_type_mismatch"),
    ("空.pdf", b"", "file_empty"),
]


@pytest.mark.parametrize(("name", "content", "code"), REFUSED)
def test_what_may_run_or_is_not_what_it_says_is_refused(name: str, content: bytes, code: str) -> None:
    shown = safe_name(name)
    with pytest.raises(InvalidInput) as caught:
        list(checked(shown, [content] if content else []))
    assert caught.value.code == code
    assert shown in caught.value.message_zh
    assert "\u202e" not in caught.value.message_zh


@pytest.mark.parametrize("name", ["通知.exe", "报告\u202efdp.exe", "空.pdf", "假.pdf"])
def test_nothing_is_kept_of_a_refused_file(desk: AttachmentService, file_of, name: str) -> None:
    told = refusal(desk, file_of(name, b"" if name == "空.pdf" else PROGRAM))
    assert told.code == ("file_empty" if name == "空.pdf" else "file_may_run")


def test_a_mark_on_the_border_of_two_pieces_is_seen(desk: AttachmentService, file_of) -> None:
    head = package("xl/workbook.xml")
    content = head.ljust((1 << 20) - 5, b"\0") + b"vbaProject.bin"
    assert refusal(desk, file_of("汇总.xlsx", content)).code == "file_with_macros"


def test_two_gigabytes_are_refused_without_reading(
    desk: AttachmentService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "录像.pdf"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    monkeypatch.setattr(Path, "open", lambda *_arguments: pytest.fail("was read"))
    told = refusal(desk, path)
    assert (told.code, "50 MB" in told.message_zh) == ("file_too_large", True)


def test_fifty_megabytes_are_kept_and_a_byte_more_is_not(desk: AttachmentService, file_of) -> None:
    content = b"%PDF-".ljust(MAX_FILE_BYTES, b"\0")
    assert refusal(desk, file_of("大.pdf", content + b"\0")).code == "file_too_large"
    assert desk.add(OWNER, file_of("大.pdf", content)).size == MAX_FILE_BYTES


def test_a_file_that_grows_while_it_is_read_is_refused(desk: AttachmentService, file_of) -> None:
    path = file_of("扫描中.pdf", b"%PDF-".ljust(2 << 20))

    def scanner_goes_on(done: int, _total: int) -> None:
        assert done <= MAX_FILE_BYTES
        with path.open("ab") as file:
            file.write(b"\0" * (1 << 20))

    with pytest.raises(InvalidInput) as caught:
        desk.add(OWNER, path, report=scanner_goes_on)
    assert caught.value.code == "file_too_large"
    assert desk.count() == 0


def test_folders_links_pipes_and_missing_files_are_told(
    desk: AttachmentService, tmp_path: Path, file_of
) -> None:
    (tmp_path / "文件夹.pdf").mkdir()
    (tmp_path / "链接.pdf").symlink_to(file_of("原件.pdf", PDF))
    os.mkfifo(tmp_path / "管道.pdf")
    assert refusal(desk, tmp_path / "文件夹.pdf").code == "not_a_file"
    assert refusal(desk, tmp_path / "链接.pdf").code == "file_is_link"
    assert refusal(desk, tmp_path / "管道.pdf").code == "not_a_file"
    gone = refusal(desk, tmp_path / "U盘" / "章程.pdf")
    assert (gone.code, "U 盘" in gone.remedy_zh) == ("file_missing", True)
    assert refusal(desk, tmp_path / ("长" * 300 + ".pdf")).code == "file_unreadable"


class PulledOut(io.BytesIO):
    """A file on a stick that is pulled out after the first piece."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def pulled_out() -> io.BytesIO:
    return PulledOut(PDF.ljust(2 << 20))


def locked() -> io.BytesIO:
    raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [(pulled_out, "file_unreadable", "U 盘"), (locked, "file_locked", "其他程序")],
)
def test_sources_that_cannot_be_read_are_told(
    desk: AttachmentService,
    file_of,
    monkeypatch: pytest.MonkeyPatch,
    source: Callable[[], io.BytesIO],
    code: str,
    words: str,
) -> None:
    path = file_of("章程.pdf", PDF)
    really = Path.open
    monkeypatch.setattr(Path, "open", lambda each, *given: source() if each == path else really(each, *given))
    told = refusal(desk, path)
    assert isinstance(told, StorageFailed)
    assert (told.code, words in told.message_zh) == (code, True)


def test_a_full_disk_is_told_and_the_next_attempt_works(
    desk: AttachmentService, file_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = file_of("章程.pdf", PDF)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert refusal(desk, path).code == "disk_full"
    assert desk.add(OWNER, path).size == len(PDF)


def test_content_is_on_the_disk_before_its_record(
    bare_services: Services, file_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = bare_services.store
    vault = FolderVault(store.path.with_name("files"))
    desk = AttachmentService(store, "录入员", lambda: datetime(2026, 1, 8), vault)

    def no_act(*_arguments: object) -> None:
        raise StorageFailed("disk_full", "磁盘空间不足。")

    with monkeypatch.context() as patched:
        patched.setattr(store, "writing", no_act)
        with pytest.raises(StorageFailed):
            desk.add(OWNER, file_of("章程.pdf", PDF))
    assert desk.of(OWNER) == ()
    assert desk.check() == AttachmentHealth((), orphans=1)


def test_a_record_from_another_pc_opens_neither_a_program_nor_outside_its_folder(
    desk: AttachmentService, file_of, folder: Path
) -> None:
    added = desk.add(OWNER, file_of("章程.pdf", PDF))
    with pytest.raises(InvalidInput):
        desk.file(Attachment(new_id(), OWNER, "程序.exe", added.digest, added.size, ""))
    outside = Attachment(new_id(), OWNER, "../../外面.pdf", added.digest, added.size, "")
    assert desk.file(outside).is_relative_to(folder)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("章程.pdf", "章程.pdf"),
        ("䶮㛃\U00030edd.pdf", "䶮㛃\U00030edd.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1"),
        ("Lpt³ .txt", "_Lpt³ .txt"),
        ("CONTENT.pdf", "CONTENT.pdf"),
        ("a<b>:c|d?.pdf", "a_b__c_d_.pdf"),
        ("..\\..\\a.pdf", ".._.._a.pdf"),
        ("通知.exe. .", "通知.exe"),
        ("\u3000通知\u200b\u202e.pdf\u2066", "通知.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("残\udc80缺.pdf", "残缺.pdf"),
        (".pdf", "附件.pdf"),
        (" . ", "附件"),
        ("长" * 100 + ".docx", "长" * 65 + ".docx"),
    ],
)
def test_names_become_safe_for_windows(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(st.characters() | st.sampled_from(" .\u3000/\\:\u202e\udc80"), max_size=300))
def test_a_safe_name_stays_as_it_is_and_can_be_made(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert 0 < len(safe.encode()) <= MAX_NAME_BYTES
    assert not set(safe) & set('<>:"/\\|?*\x00')
    assert safe[-1] not in ". "
