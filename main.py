"""社评通: wires the rooms, then opens the window or carries out one command."""

from __future__ import annotations

import atexit
import gc
import getpass
import os
import sys
from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import platformdirs

if TYPE_CHECKING:
    from core.backup_port import BackupFiles
    from core.cli.invocation import Invocation
    from core.model.office_font import FontPlace, SoundFont
    from core.model.tables import OutSheet
    from core.model.workbook import RawWorkbook
    from core.paper.fonts import FontLibrary
    from core.paper.page import DrawsCharts
    from core.ports import FileVault, Paper, Store, StoreKeys
    from core.services.apart import Apart
    from core.services.backups import BackupService
    from core.services.door import Admit, Door, Way
    from core.services.services import Outside, Services
    from db.data_key import DataKey
    from db.keyring import Keyring as HasKey
    from db.sealing import Sealing

# Names are looked up character by character; the dictionary of phrases would cost a tenth of a second.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

APP_ID = "shepingtong"
STORE_NAME = "shepingtong.sqlite"
PORTABLE_FOLDER = "shepingtong-data"
SAMPLE_FOLDER = "sample-office"
"""Where the office to play with lies, beside the store; it can be thrown away."""
PACKAGE = ".sptpkg"
"""A result package under this name is opened by the window program: the installers tell the system so."""
APART = "--apart"
"""The one argument of the child that reads what came from outside; nobody types it."""


def main(arguments: Sequence[str]) -> int:
    """Run the program with these arguments; the exit status of interface.md 7."""
    if list(arguments) == [APART]:
        return _serve_apart()
    # What is loaded is no garbage: looking for some all the while would take a twentieth of a start.
    gc.set_threshold(1_000_000, 20, 20)
    if not arguments:
        return _run_window()  # nothing of the command line is loaded
    if len(arguments) == 1 and arguments[0].endswith(PACKAGE):
        from gui.app import run_package_check

        return run_package_check(Path(arguments[0]))
    try:
        return _run_typed(arguments)
    except KeyboardInterrupt:
        from core.cli.terminal import tell_interrupted

        return tell_interrupted("--json" in arguments)


def _run_typed(arguments: Sequence[str]) -> int:
    from core.cli.arguments import parse

    _utf8_streams()
    call = parse(arguments)
    if isinstance(call, int):
        return call
    if call.command:
        return _run_command(call)
    return _run_window(call.data, demo=call.demo)


def data_folder(given: Path | None) -> Path:
    """Where the store lies: the folder given, else one beside the program (portable), else the user's own."""
    if given:
        return given
    beside = Path(sys.executable if getattr(sys, "frozen", False) else __file__).resolve().parent
    portable = beside / PORTABLE_FOLDER
    return portable if portable.is_dir() else Path(platformdirs.user_data_dir(APP_ID, appauthor=False))


def _run_command(call: Invocation) -> int:
    from core.cli.commands import run_command
    from core.services.log_file import start_log, stop_log

    log = start_log(data_folder(call.data))
    try:
        return run_command(
            call,
            lambda call, create: open_door(data_folder(call.data), create),
            lambda call: open_backups(data_folder(call.data)),
        )
    finally:
        stop_log(log)


def open_door(folder: Path, create: bool) -> Door:
    """The way into the store in a folder."""
    from core.services.door import Door
    from db.data_key import keys_path
    from db.sqlite_failures import file_failures_told
    from db.sqlite_header import needs_key

    path = folder / STORE_NAME
    # First of all: with a restored store come its keys.
    with file_failures_told(path):
        open_backups(folder).finish()

    def has_keys() -> bool:
        with file_failures_told(path):
            return keys_path(path).exists() or needs_key(path)

    return Door(
        cast("StoreKeys", _Late(cache(lambda: _key_files(path)))),
        has_keys,
        lambda way, admit: open_services(folder, create, way, admit),
        _actor(),
    )


def _key_files(path: Path) -> StoreKeys:
    """What encrypts is loaded where there are keys: it would make every other start slower."""
    from db.store_keys import KeyFiles

    return KeyFiles(path)


def open_services(folder: Path, create: bool, way: Way | None = None, admit: Admit | None = None) -> Services:
    """All services of the store in a folder; makes the store first where `create` says so.

    Raises:
        AppError: the store is missing, in use, damaged or of a newer program; or nobody may come in this way.
    """
    from core.services.door import Way, alone
    from core.services.services import Services
    from db.store import open_store
    from db.vault import open_vault

    path = folder / STORE_NAME
    way = way or Way()
    key = _key_of(way)
    _make_ready(path, create, key)
    store = open_store(path, key=key)
    try:
        gate = (admit or alone(_actor()))(store)
        open_backups(folder, key).note_restored(store, gate.session.actor)
        vault = open_vault(path, _sealing(key))
    except BaseException:
        store.close()
        raise
    # All that is loaded stays: looking through it again and again would cost an import a sixth of its time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    return Services(store, gate.session.actor, _outside(store, vault, key), gate)


def _make_ready(path: Path, create: bool, key: DataKey | None) -> None:
    """Make the store where it is to be made, bring it up to date where it is older."""
    from db.store import is_older

    backups = open_backups(path.parent, key)
    if create and not path.exists():
        from db.schema import create_store

        backups.refuse_new_store()
        create_store(path)
        return
    if not is_older(path, key):
        return
    from core.errors import StorageFailed
    from core.model.backup import BackupReason
    from core.model.journal import ActDraft
    from core.services.setup import complete_upgrade
    from db.schema import Completion, upgrade_store
    from db.sqlite_failures import damaged

    try:
        backups.make(reason=BackupReason.BEFORE_UPGRADE)
    except StorageFailed as error:
        if error.code != "backup_not_whole":
            raise
        # What cannot be copied whole is damaged: then an older backup helps, not an upgrade.
        raise damaged(path) from error
    # Nobody has come in yet: it is done in the name of who uses the PC.
    upgrade_store(path, Completion(ActDraft("升级数据", _actor()), complete_upgrade), key=key)


def _outside(store: Store, vault: FileVault, key: DataKey | None) -> Outside:
    """What the services of an open store use beside it."""
    from core.services.services import Outside

    return Outside(
        clock=datetime.now,
        read_workbook=_read_workbook,
        read_workbooks=_read_workbooks,
        write_workbook=_write_workbook,
        paper=cast(
            "Paper",
            _Late(lambda: _current_paper(store, vault), font_names=_font_names, sound_font=_sound_font),
        ),
        vault=vault,
        own_fonts=_own_fonts,
        backups=_backup_files(store.path, key),
        keys=cast("StoreKeys", _Late(cache(lambda: _key_files(store.path)))),
    )


def open_backups(folder: Path, key: DataKey | None = None) -> BackupService:
    """The backups of the store in a folder, whether it can be opened or not."""
    from core.services.backups import BackupService

    return BackupService(_backup_files(folder / STORE_NAME, key), datetime.now)


def _backup_files(path: Path, key: DataKey | None) -> BackupFiles:
    from db.backup import FolderBackups
    from db.sqlite_engine import give_key

    return FolderBackups(path, partial(give_key, key)) if key else FolderBackups(path)


def _key_of(way: Way) -> DataKey | None:
    """The key for the file of the store, if it is encrypted."""
    return cast("HasKey", way.ring).key if way.is_encrypted and way.ring else None


def _sealing(key: DataKey | None) -> Sealing | None:
    if key is None:
        return None
    from db.sealing import Sealing

    return Sealing(key)


class _Late:
    """Stands for what is made when it is asked for something: most commands print nothing.

    What is named in `instead` is answered without it.
    """

    def __init__(self, make: Callable[[], object], **instead: Callable[..., object]) -> None:
        self._make = make
        self.__dict__ |= instead

    def __getattr__(self, name: str) -> Any:
        return getattr(self._make(), name)


def _current_paper(store: Store, vault: FileVault) -> Paper:
    """The paper with the fonts that the office uses now: they may have changed since it was last asked."""
    from core.model.office import Office
    from core.services.fonts import fonts_in_use

    with store.reading() as view:
        own_fonts = any(office.use_office_fonts for office in view.all(Office))
        added = fonts_in_use(view, vault)
    return _paper(own_fonts, tuple(added.items()))


@cache
def _paper(own_fonts: bool, added: tuple[tuple[FontPlace, tuple[Path, ...]], ...]) -> Paper:
    """A font that was added for a face goes before the PC's own."""
    from core.model.office_font import FontPlace
    from core.paper.fonts import FontLibrary, Role
    from core.paper.render import ReportLabPaper
    from core.paper.system_fonts import find_office_fonts

    files = dict(added)
    rare = files.pop(FontPlace.RARE, ())
    chosen = {Role(place.value): paths[-1] for place, paths in files.items() if paths}
    of_the_pc = find_office_fonts() if own_fonts else {}
    fonts = FontLibrary(extra=rare, office_fonts={**of_the_pc, **chosen})
    return ReportLabPaper(fonts, cast("DrawsCharts", _Late(lambda: _charts(fonts))))


def _charts(fonts: FontLibrary) -> DrawsCharts:
    """What draws charts is loaded with the first one: it takes a tenth of a second."""
    from core.paper.charts import Charts

    return Charts(fonts)


def _own_fonts() -> Sequence[tuple[str, str]]:
    from core.paper.system_fonts import find_office_fonts

    return [(role.label, path.name) for role, path in find_office_fonts().items()]


def _read_workbook(path: Path) -> RawWorkbook:
    """Loads the reader when it is first needed; most commands never do."""
    from core.sheets.reader import read_workbook

    return read_workbook(path, _workbook_apart)


def _read_workbooks(paths: Sequence[Path]) -> Generator[Callable[[], RawWorkbook], None, None]:
    from core.sheets.reader import read_workbooks

    return read_workbooks(paths, _workbook_apart)


def _workbook_apart(name: str, content: bytes) -> RawWorkbook:
    return cast("RawWorkbook", _apart()("workbook", name, name, content))


def _font_names(content: bytes) -> tuple[str, ...]:
    return cast("tuple[str, ...]", _apart()("font_names", "字体文件", content))


def _sound_font(content: bytes, face: str = "") -> SoundFont:
    return cast("SoundFont", _apart()("sound_font", "字体文件", content, face))


@cache
def _apart() -> Apart:
    """The child process for what came from outside; of the two programs of a bundle the one with streams."""
    from core.services.apart import Apart

    program = Path(sys.executable)
    if getattr(sys, "frozen", False):
        command = [str(program.with_name(f"shepingtong-cli{program.suffix}"))]
    else:
        command = [str(program), str(Path(__file__).resolve())]
    apart = Apart([*command, APART])
    atexit.register(apart.close)
    return apart


def _serve_apart() -> int:
    """Be that child."""
    from core.services.apart import serve

    def workbook(name: str, content: bytes) -> object:
        from core.sheets.reader import read_content

        return read_content(name, content)

    def font_names(content: bytes) -> object:
        from core.paper import font_checks

        return font_checks.font_names(content)

    def sound_font(content: bytes, face: str) -> object:
        from core.paper import font_checks

        return font_checks.sound_font(content, face)

    sys.dont_write_bytecode = True
    tasks: dict[str, Callable[..., object]] = {
        "workbook": workbook,
        "font_names": font_names,
        "sound_font": sound_font,
    }
    serve(tasks, sys.stdin.buffer, sys.stdout.buffer)
    return 0


def _write_workbook(sheets: Sequence[OutSheet]) -> bytes:
    from core.sheets.writer import write_workbook

    return write_workbook(sheets)


def _actor() -> str:
    """The PC account's name, which stands in the log of an office without accounts."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "本机用户"


def _run_window(data: Path | None = None, *, demo: bool = False) -> int:
    from gui.app import run_window

    if not demo:
        folder = data_folder(data)
        return run_window(
            lambda: open_door(folder, create=True),
            folder,
            lambda: open_backups(folder),
            lambda: _sample_door(folder / SAMPLE_FOLDER),
        )
    import tempfile

    with tempfile.TemporaryDirectory(prefix="shepingtong-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        return run_window(lambda: _sample_door(folder), folder)


def _sample_door(folder: Path) -> Door:
    """The way into the sample office of a folder, which is filled where there is none."""
    from core.services.sample import fill_sample

    if not (folder / STORE_NAME).exists():
        services = open_services(folder, create=True)
        fill_sample(services)
        services.close()
    return open_door(folder, create=False)


def _utf8_streams() -> None:
    """Chinese on a Windows console or a C locale must not end in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
