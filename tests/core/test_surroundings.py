"""Surroundings that offices have: each works, or says in words why not; never a traceback, nothing half."""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

import main
from core.errors import AppError, StorageFailed
from core.model.organization import Community
from core.patience import MOST_SECONDS, patiently, who_has
from core.services import surroundings
from core.services.files import read_bytes, write_file
from core.services.services import Services
from core.services.setup import OfficeDraft
from core.services.surroundings import kind_of_system, warnings_of
from db.store import open_store
from tests.conftest import DATA
from tests.sheets.bad_workbooks import a_workbook

ROOT = Path(__file__).resolve().parents[2]
STORE = main.STORE_NAME
CAPABILITIES_3, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 0x20080522, 1, 2


class _Rights(ctypes.Structure):
    """The effective, permitted and inheritable privileges of a thread of Linux, in two words each."""

    _fields_ = (("words", ctypes.c_uint32 * 6),)


def run(*arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
    """The program as its user starts it."""
    return started(ROOT / "main.py", *arguments, **options)


def started(*arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
    """Python with these arguments."""
    command = [sys.executable, "-B", *map(str, arguments)]
    given: dict[str, object] = {"capture_output": True, "encoding": "utf-8", "timeout": 120, **options}
    return subprocess.run(command, **given)


@pytest.fixture
def of_an_ordinary_user() -> Iterator[None]:
    """Rights of files mean nothing to root, so this thread does without that privilege meanwhile."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    head, before = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0), _Rights()
    assert system.capget(head, ctypes.byref(before)) == 0
    without = _Rights.from_buffer_copy(before)
    without.words[0] &= ~(1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    assert system.capset(head, ctypes.byref(without)) == 0
    yield
    assert system.capset(head, ctypes.byref(before)) == 0


def an_office(folder: Path) -> Path:
    services = main.open_services(folder, create=True)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    services.close()
    return folder


def words(done: "subprocess.CompletedProcess[str]") -> str:
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr + done.stdout


posix = pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")


@posix
@pytest.mark.parametrize(
    ("spoil", "arguments", "told"),
    [
        (lambda folder: folder.chmod(0o555), ("check",), ("不让写", "只读", "没有权限", "写不了", "不能写")),
        (lambda folder: (folder / STORE).chmod(0o000), ("check",), ("权限", "读不出来", "打不开")),
        (lambda folder: folder.chmod(0o000), ("check",), ("权限", "读不出来", "打不开")),
        (
            lambda folder: (folder.parent / "roster.xlsx").chmod(0o000),
            ("import", "roster", "{place}/roster.xlsx"),
            ("没有读取权限",),
        ),
        (
            lambda folder: folder.parent.joinpath("只读").chmod(0o555),
            ("export", "roster", "-o", "{place}/只读/表.xlsx"),
            ("不让写",),
        ),
    ],
    ids=[
        "read-only folder",
        "store without rights",
        "folder without rights",
        "file without rights",
        "output",
    ],
)
@pytest.mark.usefixtures("of_an_ordinary_user")
def test_rights_that_are_missing_are_told(
    tmp_path: Path,
    spoil: Callable[[Path], object],
    arguments: tuple[str, ...],
    told: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = an_office(tmp_path / "数据")
    shutil.copy(DATA / "roster.xlsx", tmp_path)
    (tmp_path / "只读").mkdir()
    spoil(folder)
    given = [each.format(place=tmp_path) for each in arguments]
    try:
        status = main.main(["--data", str(folder), *given])
        said = "".join(capsys.readouterr())
        assert (status, "Traceback" in said) == (4, False), said
        assert any(word in said for word in told), said
    finally:
        folder.chmod(0o777)


@pytest.mark.parametrize(
    "name",
    [
        "我的 文档",
        "两  个 空格 ",
        "引号'“”`",
        "百分号 %s %(x)s {0} {name}",
        "井号#问号?与&号=1;分号",
        "-减号开头",
        "龘𠮷𫠊😀",
        "点.点..sqlite",
        "$HOME ~ ! *",
        "长" * 80,
        pytest.param('双"引\t号\\反斜', marks=posix),
        pytest.param("换\n行", marks=posix),
    ],
)
def test_odd_paths_work(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / name
    an_office(folder)
    roster = a_workbook(folder / "名 册#1.xlsx", ("组织名称", "所属社区"), ("甲队", "东湖社区"))
    out = folder / "出 去" / "表 %s.xlsx"
    for arguments in (
        ("import", "roster", roster),
        ("export", "roster", "-o", out),
        ("print", "roster", "-o", out.with_suffix(".pdf")),
        ("check",),
        ("backup", "now"),
        ("diagnosis", "-o", folder / "包.zip"),
    ):
        assert main.main([f"--data={folder}", *map(str, arguments)]) == 0, capsys.readouterr()
    assert out.stat().st_size > 1000


TWICE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from main import main
_, folder, roster = sys.argv
sys.exit(main(["--data", folder, "import", "roster", roster]) or main(["--data", folder, "check"]))
"""


@posix
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX"},
        {"LANG": "zh_CN.GB18030"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"TZ": "Pacific/Kiritimati"},
        {"TMPDIR": "/gibt/es/nicht"},
        {},
    ],
    ids=[
        "C without UTF-8",
        "POSIX",
        "GB18030",
        "Turkish",
        "far zone",
        "no folder for temporary files",
        "bare",
    ],
)
def test_odd_environments_work(tmp_path: Path, environment: dict[str, str]) -> None:
    """Neither HOME nor a name of the user in any of them."""
    folder = an_office(tmp_path / "数据")
    done = started("-c", TWICE, folder, DATA / "roster.xlsx", env=environment)
    assert done.returncode == 0, words(done)
    assert "数据文件完好" in words(done)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_output_that_takes_nothing(tmp_path: Path) -> None:
    folder = an_office(tmp_path / "数据")
    with Path("/dev/full").open("w") as full:
        done = run("--data", folder, "check", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert "Traceback" not in done.stderr
    assert done.returncode == 4


def test_no_output_at_all(tmp_path: Path) -> None:
    folder = an_office(tmp_path / "数据")
    done = run(
        "--data", folder, "check", capture_output=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert done.returncode == 0


@posix
def test_what_would_be_written_into_a_folder_that_is_gone_is_refused(
    services: Services, tmp_path: Path
) -> None:
    before = services.store.path.parent
    moved = before.rename(tmp_path / "移走了")
    with pytest.raises(StorageFailed) as caught:
        services.register.save_community(Community("", "新村"))
    assert caught.value.code == "store_gone"
    assert STORE in caught.value.message_zh
    moved.rename(before)
    services.register.save_community(Community("", "新村"))


@posix
def test_a_folder_deleted_while_open_is_told(services: Services) -> None:
    shutil.rmtree(services.store.path.parent)
    with pytest.raises(AppError) as caught:
        services.register.save_community(Community("", "新村"))
    assert caught.value.code == "store_gone"


@pytest.mark.parametrize("year", [1980, 2001, 2099])
def test_a_clock_that_is_wrong_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], year: int
) -> None:
    folder = an_office(tmp_path)

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(year, 1, 1, 0, 0, 30)

    monkeypatch.setattr(main, "datetime", Wrong)
    for arguments in (("import", "roster", DATA / "roster.xlsx"), ("check",), ("backup", "now")):
        status = main.main(["--data", str(folder), *map(str, arguments)])
        assert status == 0, capsys.readouterr()
    assert "Traceback" not in capsys.readouterr().err


def test_two_at_one_store(tmp_path: Path) -> None:
    folder = an_office(tmp_path / "数据")
    services = main.open_services(folder, create=False)
    done = run("--data", folder, "check")
    assert (done.returncode, "正由另一个社评通使用" in words(done)) == (3, True)
    services.close()
    assert main.main(["--data", str(folder), "check"]) == 0


def test_a_store_copied_while_it_is_open_is_whole(sample: Services, tmp_path: Path) -> None:
    sample.register.save_community(Community("", "新村"))
    folder = tmp_path / "复制"
    shutil.copytree(sample.store.path.parent, folder)
    copy = open_store(folder / sample.store.path.name)
    health = copy.check()
    with copy.reading() as view:
        names = {each.name for each in view.all(Community)}
    copy.close()
    assert (health.faults, "新村" in names) == ((), True)


def held(times: int, error: OSError) -> tuple[Callable[[], str], list[int]]:
    tries: list[int] = []

    def act() -> str:
        tries.append(1)
        if len(tries) <= times:
            raise error
        return "done"

    return act, tries


class Watch:
    """Time that passes while somebody sleeps, and only then."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self._seconds += seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What those who wait for a file look at."""
    made = Watch()
    monkeypatch.setattr("core.patience.time", made)
    return made


@pytest.mark.usefixtures("watch")
def test_a_file_that_is_held_for_a_moment_is_waited_for() -> None:
    act, tries = held(3, OSError(errno.EBUSY, "busy"))
    assert patiently(act) == "done"
    assert len(tries) == 4


def test_a_file_that_stays_held_is_given_up_after_some_seconds(watch: Watch) -> None:
    act, tries = held(10_000, OSError(errno.ETXTBSY, "busy"))
    with pytest.raises(OSError, match="busy"):
        patiently(act)
    assert 2 <= MOST_SECONDS <= watch.monotonic() <= 5
    assert len(tries) < 100


@posix
def test_what_does_not_pass_is_not_waited_for() -> None:
    act, tries = held(10_000, PermissionError(errno.EACCES, "no"))
    with pytest.raises(PermissionError):
        patiently(act)
    assert len(tries) == 1


def a_lock_of_excel(path: Path) -> Path:
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(bytes([4]) + "李四".encode("gb18030") + b" " * 60)
    return lock


@pytest.mark.usefixtures("watch")
def test_who_has_a_file_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "表.xlsx"
    paper.write_bytes(b"old")
    a_lock_of_excel(paper)
    assert "李四" in who_has(paper)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EBUSY, "held")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StorageFailed) as caught:
        write_file(paper, b"new")
    assert "李四" in caught.value.message_zh and "表.xlsx" in caught.value.message_zh
    assert sorted(each.name for each in tmp_path.iterdir()) == ["~$表.xlsx", "表.xlsx"]
    assert paper.read_bytes() == b"old"


def test_libre_office_is_told_too(tmp_path: Path) -> None:
    (tmp_path / ".~lock.表.xlsx#").write_text(",李四,pc,", encoding="utf-8")
    assert "LibreOffice" in who_has(tmp_path / "表.xlsx")
    assert who_has(tmp_path / "另一个.xlsx") == ""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_is_not_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.services.files.MOST_BYTES", 1 << 20)
    with pytest.raises(AppError) as caught:
        read_bytes(Path("/dev/zero"))
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize(
    ("folder", "kind", "codes"),
    [
        ("数据", "", ()),
        ("数据", "network", ("on_network",)),
        ("数据", "stick", ("on_stick",)),
        ("OneDrive - 街道办/数据", "", ("in_sync_folder",)),
        ("我的坚果云/数据", "", ("in_sync_folder",)),
        ("BaiduSyncdisk", "", ("in_sync_folder",)),
        ("WPS云盘/社评通", "network", ("on_network", "in_sync_folder")),
        ("OneDriver的数据", "", ()),
    ],
)
def test_places_that_endanger_the_data_are_told(
    tmp_path: Path, folder: str, kind: str, codes: tuple[str, ...]
) -> None:
    found = warnings_of(tmp_path / folder, lambda _folder: kind)
    assert tuple(each.code for each in found) == codes
    assert all(each.message_zh and each.remedy_zh for each in found)


def test_a_folder_with_the_mark_of_a_sync_program_is_told(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert [each.code for each in warnings_of(tmp_path / "数据", lambda _: "")] == ["in_sync_folder"]


@posix
@pytest.mark.parametrize(
    ("system", "kind"), [("cifs", "network"), ("nfs4", "network"), ("vfat", "stick"), ("ext4", "")]
)
def test_network_drives_are_known_by_their_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, kind: str
) -> None:
    place = tmp_path / "共 享"
    place.mkdir()
    mounts = tmp_path / "mountinfo"
    shown = str(place).replace(" ", "\\040")
    rest = "rw,relatime shared:1"
    lines = (f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n99 22 0:50 / {shown} {rest} - {system} //pc/x rw\n",)
    mounts.write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr(surroundings, "MOUNTS", mounts)
    assert kind_of_system(place / "数据") == kind
    assert kind_of_system(tmp_path) == ""


def test_the_command_line_warns_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = an_office(tmp_path / "Dropbox" / "数据")
    assert main.main(["--data", str(folder), "check", "--json"]) == 0
    told = capsys.readouterr()
    assert "网盘" in told.err
    assert told.out.startswith("{")


@posix
@pytest.mark.usefixtures("of_an_ordinary_user")
def test_a_folder_without_rights_is_diagnosed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = an_office(tmp_path / "数据")
    folder.chmod(0o000)
    try:
        status = main.main(["--data", str(folder), "diagnosis", "-o", str(tmp_path / "包.zip")])
    finally:
        folder.chmod(0o777)
    assert (status, (tmp_path / "包.zip").exists()) == (0, True), capsys.readouterr()
