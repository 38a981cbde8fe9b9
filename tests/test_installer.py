"""What goes into a bundle and an installer; the bundle itself is tried by `run.py build`."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from installer.bundle import without_licence
from installer.icu_data import WANTED, archive_with, keep_chinese, read_archive

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Qt for Linux brings ICU")
HEADER = b"\x10\0\xda\x27\x0c\0\0\0\0\0\x02\0CmnD"


@pytest.fixture
def icu() -> Path:
    return next(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath)).glob("libicudata.so.*"))


def test_archive_of_icu_is_written_as_it_was_read():
    entries = {"icudt73l/zh.res": b"z" * 17, "icudt73l/coll/root.res": b"root"}
    header, read = read_archive(archive_with(HEADER, entries))
    assert header == HEADER
    assert {name: content.rstrip(b"\0") for name, content in read.items()} == entries
    assert list(read) == sorted(entries)


def test_what_is_no_archive_of_icu_is_refused():
    with pytest.raises(ValueError, match="ICU"):
        read_archive(bytes(64))


def test_of_icu_chinese_and_what_all_share_is_kept():
    kept = "zh zh_Hans_SG root coll/zh coll/ucadata gb18030 nfkc"
    dropped = "de coll/de zone/zh curr/zh lang/zh translit/root ibm-37_P100-1995 zu"
    assert [name for name in kept.split() if not WANTED.fullmatch(f"icudt73l/{name}.res")] == []
    assert [name for name in dropped.split() if WANTED.fullmatch(f"icudt73l/{name}.res")] == []


@needs_linux
def test_qt_sorts_chinese_with_what_is_kept(icu: Path, tmp_path: Path):
    small = keep_chinese(icu, tmp_path / "small")
    assert small.stat().st_size < icu.stat().st_size / 6
    sort = (
        "from functools import cmp_to_key; from PySide6.QtCore import QCollator, QLocale;"
        "order = QCollator(QLocale('zh_CN')).compare;"
        "print(*sorted('张阿王李', key=cmp_to_key(order)), sep='')"
    )
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", sort],
        env={"LD_PRELOAD": str(small)},
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "阿李王张", told.stderr


def test_a_library_without_its_licence_is_named(tmp_path: Path):
    for name in (
        "segno-1.6.6.dist-info",
        "typing_extensions-4.16.0.dist-info",
        "libfoo-1.so.2",
        "libssl.so.3",
    ):
        (tmp_path / name).touch()
    assert without_licence(tmp_path, "segno、typing-extensions、libssl") == ["libfoo"]
