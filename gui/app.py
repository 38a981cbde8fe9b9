"""The window program: one QApplication with its language, look, log and error hook, over one store.

run_window(open_door, folder) -> exit status

The empty window is painted first; only then the worker thread imports the services and opens the store. Where
the office has accounts somebody logs in between.
"""

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from core.errors import AppError
from core.services.log_file import log_bug, start_log, stop_log
from gui.display import apply_display
from gui.jobs import JobRunner, Report
from gui.main_window import MainWindow
from gui.messages import BoxMessages, Messages
from gui.rescue import Rescue
from gui.settings_store import SettingsStore

if TYPE_CHECKING:
    from core.model.user import LoginState
    from core.services.backups import BackupService
    from core.services.door import Converted, Door
    from core.services.services import Services
    from gui.access import Access
    from gui.open_office import OpenOffice
    from gui.workplace import Workplace

APP_ID = "shepingtong"
STORE_TROUBLE = 4

_log = logging.getLogger(__name__)

OpenDoor = Callable[[], "Door"]
OpenBackups = Callable[[], "BackupService"]


def run_window(
    open_door: OpenDoor,
    folder: Path,
    open_backups: OpenBackups | None = None,
    open_sample: OpenDoor | None = None,
) -> int:
    """Open the window over the store behind a door; 4 when it cannot be opened or nobody logs in.

    `open_backups` is asked for help where the store is damaged or gone; `open_sample` is the way into an
    office to play with.
    """
    app, settings = _application()
    messages = BoxMessages(settings)
    log = start_log(folder)
    sys.excepthook = error_hook(messages)
    program = WindowProgram(app, open_door, messages, settings, open_backups, open_sample)
    if folder_of_selftest := os.environ.get("SHEPINGTONG_SELFTEST"):
        from gui.selftest import Selftest  # noqa: PLC0415 - for the checks of a bundle alone

        Selftest(program, Path(folder_of_selftest))
    program.window.show_whole()
    try:
        return app.exec()
    finally:
        program.close()
        stop_log(log)


def run_package_check(path: Path) -> int:
    """Tell what computing a result package again gives; see `gui.package_check`."""
    from gui.package_check import show_package  # noqa: PLC0415 - the window has no need of it

    _app, settings = _application()
    return show_package(path, BoxMessages(settings))


def _application() -> tuple[QApplication, SettingsStore]:
    # Fusion on every system; what `setStyle` gives back would load all of QStyle before the first picture.
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName("社评通")
    app.setDesktopFileName(APP_ID)
    speak_chinese(app)
    settings = SettingsStore(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, APP_ID, APP_ID))
    apply_display(app, settings)
    return app, settings


def speak_chinese(app: QApplication) -> None:
    """Qt's own dialogs, dates and calendars in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


ErrorHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def error_hook(messages: Messages) -> ErrorHook:
    """What happens to an error nobody caught: logged, and told; an error while telling is only logged."""
    telling = False

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal telling
        bug = log_bug(_log, "Unexpected error", error.with_traceback(trace))
        if telling or not issubclass(kind, Exception):
            return
        telling = True
        try:
            messages.show_bug(bug)
        finally:
            telling = False

    return tell


class WindowProgram(QObject):
    """From the empty window to the open office, and back to a closed store."""

    _left_behind = Signal(object)

    def __init__(
        self,
        app: QApplication,
        open_door: OpenDoor,
        messages: Messages,
        settings: SettingsStore,
        open_backups: OpenBackups | None = None,
        open_sample: OpenDoor | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._open_door = open_door
        self._open_sample = open_sample
        self._is_playing = False
        self._door: Door | None = None
        self._access: Access | None = None
        self._messages = messages
        self._settings = settings
        self._services: Services | None = None
        self._is_rescued = False
        self.workplace: Workplace | None = None
        self.jobs = JobRunner(messages, self)
        self.window = MainWindow(self.jobs, settings)
        self.window.painted.connect(self._open)
        self._left_behind.connect(self._tell)
        self._rescue = Rescue(lambda: self.jobs, messages, open_backups, self) if open_backups else None
        if self._rescue is not None:
            self._rescue.restored.connect(self._reopen)
            self._rescue.given_up.connect(self._lose)

    def close(self) -> None:
        """Stop the worker, then let go of the store."""
        self.jobs.shut_down()
        if self._services is not None:
            self._services.close()

    def _open(self) -> None:
        self.jobs.start(
            self._look_in,
            self._go_on,
            title="打开数据",
            failed=self._refused,
            ended=self._quit_if_closed,
        )

    def _look_in(self, _report: Report) -> "OpenOffice | LoginState":
        """Open what needs no login."""
        open_door = self._open_sample if self._is_playing and self._open_sample else self._open_door
        door = self._door = open_door()
        state = door.state()
        return state if state.asks else self._opened(door.alone())

    def _opened(self, services: "Services") -> "OpenOffice":
        # Services and rules take longer to import than the window to paint: they come behind it.
        from gui.open_office import open_office  # noqa: PLC0415 - see above

        self._services = services
        return open_office(services)

    def _go_on(self, found: "OpenOffice | LoginState") -> None:
        from core.model.user import LoginState  # noqa: PLC0415 - the first picture does without

        if not isinstance(found, LoginState):
            self._enter(found)
            return
        assert self._door is not None
        self._make_access().come_in(self._door, found)

    def _make_access(self) -> "Access":
        from gui.access import Access  # noqa: PLC0415 - only offices with users need it

        if self._access is None:
            access = self._access = Access(self.window, self.jobs, self._messages, self._settings)
            access.entered.connect(self._read_office)
            access.given_up.connect(lambda: self._app.exit(0))
            access.stuck.connect(self._mend)
            access.beginning_over.connect(self._begin_over)
        return self._access

    def _read_office(self, services: "Services", place: str = "") -> None:
        """Open the window, at a place other than the first page if one is named."""
        self._services = services

        def enter(office: "OpenOffice") -> None:
            self._enter(office)
            if place and self.workplace is not None:
                self.workplace.go(place)

        self.jobs.start(lambda _report: self._opened(services), enter, title="打开数据", failed=self._refused)

    def _begin_over(self, work: "Callable[[], Converted | None]", title: str) -> None:
        """A fresh window; its first job is what changes the store or lets go of it.

        What the old window's jobs still wanted is dropped: their store is not the one that follows.
        """
        old, self._services, self._access, self.workplace = self.window, None, None, None
        self.jobs.shut_down()
        self.jobs = JobRunner(self._messages, self)
        self.window = MainWindow(self.jobs, self._settings)
        self.window.restoreGeometry(old.saveGeometry())
        self.window.painted.connect(
            lambda: self.jobs.start(
                lambda _report: work(), self._follow, title=title, failed=self._refused, owner=self
            )
        )
        self.window.show()
        old.hide()
        old.deleteLater()

    def _follow(self, converted: "Converted | None") -> None:
        if converted is None:
            self._open()
            return
        if converted.trouble is not None:
            self._messages.show_error(converted.trouble)
        # Accounts were set up or the key was changed there; what is left to do stands there as well.
        self._read_office(converted.services, "users")

    def _enter(self, office: "OpenOffice") -> None:
        from core.services.surroundings import warnings_of  # noqa: PLC0415 - the first picture does without

        access = self._make_access()
        access.door = self._door
        access.watch(office.services)
        self.workplace = office.enter(
            self.window, self.jobs, self._messages, self._settings, is_sample=self._is_playing
        )
        for each in warnings_of(office.services.store.path.parent):
            self._messages.show_problem("数据放在这里不安全", each.message_zh, each.remedy_zh)
        if office.services.store.was_left_open:
            self.workplace.desk.tell("上次没有正常关闭（停电或被强行结束）：数据已全面检查，没有发现问题")
        self.workplace.desk.access = access
        self.workplace.desk.reopen_asked.connect(self._reopen)
        self.workplace.desk.sample_asked.connect(self._play)

    def _reopen(self) -> None:
        """Another store waits to take the place of this one: close it, and open anew."""
        self._begin_over(self._services.close if self._services is not None else lambda: None, "打开数据")

    def _play(self, begin: bool, throw_away: bool) -> None:
        """Turn to the sample office, or back to the own one; what was tried may be thrown away."""
        services = self._services
        if services is None or self._open_sample is None:
            return
        self._is_playing = begin
        folder = services.store.path.parent

        def turn() -> None:
            services.close()
            if throw_away:
                self._throw_away(folder)

        self._begin_over(turn, "打开示例街道" if begin else "回到本单位")

    def _throw_away(self, folder: Path) -> None:
        from core.services.sample import throw_away  # noqa: PLC0415 - the first picture does without

        try:
            throw_away(folder)
        except AppError as error:
            # On the worker; the own office is opened all the same.
            self._left_behind.emit(error)

    def _tell(self, error: AppError) -> None:
        self._messages.show_error(error)

    def _refused(self, error: AppError) -> None:
        if self._is_playing:
            self._is_playing = False
            self._messages.show_error(error, headline="没有打开示例街道")
            self._open()
            return
        self._is_rescued = self._rescue is not None and self._rescue.takes(error)
        if not self._is_rescued:
            self._messages.show_error(error, headline="没有打开数据")

    def _mend(self, error: AppError) -> None:
        """What the login came upon: a backup may help, anything else is told there and can be tried again."""
        if self._rescue is not None and self._access is not None and self._rescue.takes(error):
            self._is_rescued = True
            self._access.leave_to_rescue()

    def _quit_if_closed(self) -> None:
        if self.workplace is None and self._access is None and not self._is_rescued:
            self._app.exit(STORE_TROUBLE)

    def _lose(self, error: AppError) -> None:
        self._messages.show_error(error, headline="没有打开数据")
        self._app.exit(STORE_TROUBLE)
