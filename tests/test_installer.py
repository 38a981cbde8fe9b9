"""What goes into a bundle and an installer; the bundle itself is tried by `run.py build`."""

import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import PySide6
import pytest
from PySide6.QtCore import QLibraryInfo

import main
from core.model.program import VERSION
from installer import audit
from installer.debian.deb import Asked, asked_of_system, control_text, maintainer_script, wanted_libraries
from installer.icon import SIDES, write_ico
from installer.icu_data import WANTED, archive_with, keep_chinese, read_archive
from installer.licences import TEXTS, gather_texts, without_licence, without_text
from installer.portable import make_room
from installer.windows.setup import compile_setup

needs_objdump = pytest.mark.skipif(not shutil.which("objdump"), reason="packages are made with binutils")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Qt for Linux brings ICU")
DEBIAN = Path(__file__).resolve().parents[1] / "installer" / "debian"
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
@needs_objdump
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


@pytest.mark.skipif(
    shutil.which("dpkg-query") is None, reason="texts of libraries come from Debian's packages"
)
def test_a_library_of_the_system_brings_the_text_of_its_licence(tmp_path: Path):
    library = next(path for path in Path("/lib").glob("*-linux-gnu/libuuid.so.1"))
    (tmp_path / library.name).touch()
    assert without_text(tmp_path) == [library.name]
    made = {text.name: text.read_text("utf-8") for text in gather_texts([library], tmp_path / TEXTS)}
    assert without_text(tmp_path) == []
    assert "BSD" in made["libuuid.so.1.txt"]
    assert made["GPL-2.txt"].lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in made["CPython.txt"]
    with pytest.raises(SystemExit, match=r"libown\.so\.1 的许可文本"):
        gather_texts([tmp_path / "libown.so.1"], tmp_path)


@needs_objdump
def test_what_the_system_must_have_is_read_from_the_programs(tmp_path: Path):
    folder = tmp_path / "bundle"
    folder.mkdir()
    shutil.copy(next(Path(PySide6.__path__[0]).glob("QtCore.abi3.so")), folder)
    asked = asked_of_system(folder)
    assert {"libstdc++.so.6", "libc.so.6"} <= asked.libraries
    assert "libm.so.6" not in asked.libraries
    assert (2, 2) < asked.glibc < (2, 29)


def test_depends_of_the_deb_follow_from_what_the_programs_ask_for():
    text = control_text(Asked(frozenset(), (2, 31)), 200_000)
    assert "Depends: libc6 (>= 2.31), libstdc++6, " in text
    assert "libglib2.0-0 | libglib2.0-0t64" in text
    assert "Recommends: libcups2 | libcups2t64\n" in text
    assert f"Version: {VERSION}\n" in text
    assert "libwayland" not in text


def test_list_of_libraries_has_four_words_a_line_and_names_nothing_twice():
    names = [each.library for each in wanted_libraries()]
    assert len(names) == len(set(names)) > 10


@pytest.mark.parametrize("name", ["preinst", "postinst", "prerm", "postrm"])
def test_scripts_of_the_deb_are_whole(name: str):
    text = maintainer_script(name, 200_000)
    assert "@" not in text
    subprocess.run(["sh", "-n"], input=text, text=True, check=True)
    assert ("正在运行" in text) == (name in ("preinst", "prerm"))


def test_launcher_hands_arguments_on_and_names_a_library_that_is_missing(tmp_path: Path):
    shutil.copy(DEBIAN / "libraries.txt", tmp_path)
    launcher = Path(shutil.copy(DEBIAN / "launcher.sh", tmp_path))
    program = tmp_path / "shepingtong-cli"
    program.write_text('#!/bin/sh\necho "$@"\nexit "$1"\n')
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "ldd").write_text("#!/bin/sh\nprintf '\\tlibGL.so.1 => not found\\n'\n")
    (tmp_path / "bin").mkdir()
    named = tmp_path / "bin" / "shepingtong-cli"
    named.symlink_to(launcher)
    for each in (program, launcher, tools / "ldd"):
        each.chmod(0o755)
    surroundings = {"PATH": f"{tools}:/usr/bin:/bin"}

    def told(*arguments: str) -> tuple[int, str, str]:
        run = subprocess.run([named, *arguments], env=surroundings, capture_output=True, text=True)
        return run.returncode, run.stdout, run.stderr

    assert told("3", "a b") == (3, "3 a b\n", "")
    status, _out, words = told("134")
    assert status == 134
    assert "libGL.so.1（软件包 libgl1）" in words


def test_portable_folder_holds_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(main, "__file__", str(tmp_path / "main.py"))
    assert main.data_folder(None) != tmp_path / "shepingtong-data"
    make_room(tmp_path)
    assert main.data_folder(None) == tmp_path / "shepingtong-data"
    assert main.data_folder(tmp_path / "other") == tmp_path / "other"


def test_icon_for_windows_holds_every_size(qapp, tmp_path: Path):
    write_ico(tmp_path / "a.ico")
    content = (tmp_path / "a.ico").read_bytes()
    assert struct.unpack_from("<HHH", content) == (0, 1, len(SIDES))
    size, place = struct.unpack_from("<II", content, 6 + 16 * (len(SIDES) - 1) + 8)
    assert content[place : place + 4] == b"\x89PNG"
    assert place + size == len(content)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")
def test_script_of_the_windows_installer_compiles_without_a_warning(qapp, tmp_path: Path):
    bundle = tmp_path / "考核 程序"
    (bundle / "_internal").mkdir(parents=True)
    for each in ("shepingtong.exe", "shepingtong-cli.exe", "_internal/a.dll"):
        (bundle / each).write_bytes(b"MZ")
    compile_setup("makensis", bundle, tmp_path / "t.exe", tmp_path)
    assert (tmp_path / "t.exe").stat().st_size > 50_000


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("", 2, "没有查"),
        ([{"name": "a", "version": "1", "vulns": []}], 0, "查过的 1 个程序库没有"),
        ([{"name": "a", "skip_reason": "not found"}], 2, "a：查不到安全公告"),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}],
            1,
            "X-1，改好的版本：2。",
        ),
    ],
)
def test_audit_tells_known_weaknesses_and_what_was_not_asked_by_its_status(
    monkeypatch, capsys, answer, status, said
):
    told = json.dumps({"dependencies": answer}) if answer else "ConnectionError"
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=told))
    assert audit.main() == status
    assert said in capsys.readouterr().out
